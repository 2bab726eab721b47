// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/kernel/block_choice.hpp>
#include <phono/kernel/block_form.hpp>
#include <phono/kernel/channel_lanes.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/math/instruction_sets.hpp>

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
    using loop = std::conditional_t<is_shared, detail::loop_of_any<T, at.vectors()>, detail::loop_of_states<T, n, at.turns, is_slow>>;
    const detail::block_modes of_block = block.modes();
    const auto run = [&](bool is_for_avx2, std::vector<T> result) {
        detail::state<T> states[32]{};
        detail::state<T> rests[32]{};
        for (std::size_t first = 0; first < result.size(); first += 1024) {
            T* const part = result.data() + first;
            if (is_for_avx2) math::run_for_avx2<loop>(&of_block, room.data(), part, std::size_t{1024}, states, rests);
            else math::run_as_compiled<loop>(&of_block, room.data(), part, std::size_t{1024}, states, rests);
        }
        for (const auto& s : states) result.push_back(T(s));
        for (const detail::state<T>& r : rests) result.push_back(r);
        return result;
    };
    const auto narrow = run(false, samples), wide = run(true, samples);
    REQUIRE(std::isfinite(static_cast<double>(narrow[4095])));
    CHECK(narrow[4095] != samples[4095]);   // it has run
    int differ = 0;
    for (std::size_t i = 0; i < narrow.size(); ++i) differ += std::memcmp(&narrow[i], &wide[i], sizeof(T)) != 0 ? 1 : 0;
    return differ;
}

/// The same of channels side by side.
template <class T, int reals, int sections, int width>
int frames_that_differ()
{
    using one_type = one<T, reals, sections, sections>;
    parallel_form form;
    form.direct = 0.3;
    form.real_count = reals;
    for (int i = 0; i < reals; ++i) form.real[i] = {0.99 - 0.21 * i, 0.001 + 0.13 * i};
    form.section_count = sections;
    for (int i = 0; i < sections; ++i) form.sections[i] = {0.9, 0.05, 0.2, -0.1, false};
    using modes = detail::modes_of<one_type>;
    using loop = typename detail::channel_lanes<modes>::template loop<reals, sections, width>;

    const auto run = [&](bool is_for_avx2) {
        std::mt19937 generator{9};
        std::uniform_real_distribution<double> amplitude{-1.0, 1.0};
        std::vector<T> samples(1001 * width);
        for (T& x : samples) x = static_cast<T>(amplitude(generator));
        std::vector<one_type> channels(width, one_type{modal_kernel<T, reals, sections, sections, true>{form}});
        modes* of[width];
        for (std::size_t c = 0; c < width; ++c) of[c] = detail::kernel_access::modes_of(channels[c]);
        T* buffers[width];
        for (std::size_t c = 0; c < width; ++c) buffers[c] = samples.data() + c * 1001;
        const detail::interleaved_frames<T, width> interleaved{samples.data()};
        const detail::planar_frames<T, width> planar{buffers, 0};
        modes* const* const first = of;
        if (is_for_avx2) {
            math::run_for_avx2<loop>(first, &interleaved, std::size_t{1001});
            math::run_for_avx2<loop>(first, &planar, std::size_t{1001});
        } else {
            math::run_as_compiled<loop>(first, &interleaved, std::size_t{1001});
            math::run_as_compiled<loop>(first, &planar, std::size_t{1001});
        }
        return samples;
    };
    const auto narrow = run(false), wide = run(true);
    REQUIRE(std::isfinite(static_cast<double>(narrow.back())));
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

template <class T>
int frames_that_differ()
{
    constexpr int width = 32 / sizeof(T);
    return frames_that_differ<T, 1, 0, width>() + frames_that_differ<T, 2, 0, width>() + frames_that_differ<T, 0, 1, width>() +
           frames_that_differ<T, 5, 1, width>();
}

}   // namespace

TEST_CASE("a processor with AVX2 runs a program that is compiled for any x86-64 faster, and computes the same bits", "[kernel]")
{
    if constexpr (math::may_have_avx2) {
        if (!math::has_avx2()) WARN("this processor has no AVX2");
        else {
            CHECK(samples_that_differ<double>() == 0);
            CHECK(samples_that_differ<float>() == 0);
            CHECK(frames_that_differ<double>() == 0);
            CHECK(frames_that_differ<float>() == 0);
        }
    }
}
