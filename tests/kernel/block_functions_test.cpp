// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/kernel/block_form.hpp>
#include <phono/kernel/block_functions.hpp>
#include <phono/kernel/channel_lanes.hpp>
#include <phono/kernel/modal_kernel.hpp>

#include <cmath>
#include <cstring>
#include <random>
#include <type_traits>
#include <utility>
#include <vector>

using namespace phono;

namespace {

template <class T, int reals, int sections, int pairs>
struct one {
    modal_kernel<T, reals, sections, pairs, true> kernel_;
};

/// How many samples, and states behind them, differ between the loops as compiled and those for AVX2.
template <class T, int reals, int sections, bool is_slow, bool is_shared>
int samples_that_differ()
{
    parallel_form form;
    form.direct = 0.3;
    form.real_count = reals;
    for (int i = 0; i < reals; ++i) form.real[i] = {(is_slow ? 0.9999 : 0.99) - 0.21 * i, 0.001 + 0.13 * i};
    form.section_count = sections;
    for (int i = 0; i < sections; ++i) form.sections[i] = {0.9 - 0.1 * i, 0.05, 0.2, -0.1, is_shared && i > 0};
    one<T, reals, sections, is_shared ? 0 : sections> preamp{modal_kernel < T, reals, sections, is_shared ? 0 : sections, true > {form}};
    const auto& modes = *detail::kernel_access::modes_of(preamp);

    constexpr int n = reals + 2 * sections;
    detail::block_form<T> block{modes, n};
    std::vector<detail::state<T>> room(static_cast<std::size_t>(block.size()));
    block.compute(modes, room.data());
    constexpr detail::block_layout<T> at{n, detail::block_layout<T>{2 * sections}.vectors()};
    REQUIRE((is_shared || block.modes().turns == at.turns));

    std::mt19937 generator{7};
    std::uniform_real_distribution<double> amplitude{-1.0, 1.0};
    std::vector<T> samples(4096);
    for (T& x : samples) x = static_cast<T>(amplitude(generator));
    const auto run = [&]<class Functions>(std::type_identity<Functions>, std::vector<T> result) {
        detail::state<T> states[32]{};
        T rests[32]{};
        for (std::size_t first = 0; first < result.size(); first += 1024) {
            T* const part = result.data() + first;
            if constexpr (is_shared) Functions::template run_any<at.vectors()>(block.modes(), room.data(), part, 1024, states, rests);
            else Functions::template run_states<n, at.turns, is_slow>(block.modes(), room.data(), part, 1024, states, rests);
        }
        for (const auto& s : states) result.push_back(T(s));
        for (const T r : rests) result.push_back(r);
        return result;
    };
    const auto narrow = run(std::type_identity<detail::block_functions<T>>{}, samples);
    const auto wide = run(std::type_identity<detail::avx2_block_functions<T>>{}, samples);
    REQUIRE(std::isfinite(static_cast<double>(narrow[4095])));
    CHECK(narrow[4095] != samples[4095]);   // it has run
    int differ = 0;
    for (std::size_t i = 0; i < narrow.size(); ++i) differ += std::memcmp(&narrow[i], &wide[i], sizeof(T)) != 0 ? 1 : 0;
    return differ;
}

template <class T>
int samples_that_differ()
{
    const auto of_reals = []<int... reals>(std::integer_sequence<int, reals...>)
    {
        return (samples_that_differ<T, reals + 1, 0, false, false>() + ...) + (samples_that_differ<T, reals + 1, 1, false, false>() + ...) +
               (samples_that_differ<T, reals + 1, 1, true, false>() + ...);
    };
    return of_reals(std::make_integer_sequence<int, 5>{}) + samples_that_differ<T, 9, 2, false, false>() +
           samples_that_differ<T, 3, 3, false, true>() + samples_that_differ<T, 3, 3, true, true>();
}

}   // namespace

TEST_CASE("a processor with AVX2 runs a program that is compiled for any x86-64 faster, and computes the same bits", "[kernel]")
{
    if (!detail::avx2_block_functions<double>::can_run()) {
        WARN("compiled for AVX or more, or not on a processor with AVX2: there is one kind of loop");
        return;
    }
    CHECK(samples_that_differ<double>() == 0);
    CHECK(samples_that_differ<float>() == 0);
}
