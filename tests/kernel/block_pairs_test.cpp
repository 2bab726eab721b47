// SPDX-License-Identifier: BSL-1.0
#include "kernel/wide_loops.hpp"
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/kernel/block_form.hpp>
#include <phono/kernel/parallel_form.hpp>
#include <phono/kernel/sized_modes.hpp>
#include <phono/kernel/state.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <span>
#include <string>
#include <vector>

using namespace phono;

namespace {

using measure::real;
using modes_type = detail::roomy_modes<double, 48, 8>;

/// A filter of random modes of which none is slow (slow_modes).
parallel_form random_form(wide::modes of, std::mt19937& generator)
{
    std::uniform_real_distribution<double> share{0.0, 1.0}, gain{-1.0, 1.0};
    parallel_form form;
    form.direct = gain(generator);
    form.real_count = of.reals;
    for (int i = 0; i < of.reals; ++i) {
        const double distance = std::pow(1.9 * 300.0, share(generator)) / 300.0;   // of the pole from 1
        form.real[i] = {1.0 - distance, distance * gain(generator)};
    }
    form.section_count = of.sections;
    for (int i = 0; i < of.sections; ++i) {
        const double radius = 0.98 - 0.5 * share(generator), angle = 0.01 + 3.0 * share(generator), sine = radius * std::sin(angle);
        form.sections[i] = {radius * std::cos(angle), sine * sine, gain(generator), sine * gain(generator), false};
    }
    return form;
}

/// What it makes of an input, in long double, and the largest sum of what its modes contribute, whatever their signs.
struct exact_output {
    std::vector<real> y{};
    real largest = 0.0L;

    exact_output(const parallel_form& form, const std::vector<double>& in)
    {
        std::vector<real> s(32), a(8), b(8);
        for (const real x : in) {
            real sum = 0.0L, size = 0.0L;
            const auto add = [&](real contribution) { sum += contribution, size += std::fabs(contribution); };
            add(static_cast<real>(form.direct) * x);
            for (int i = 0; i < form.real_count; ++i) {
                real& each = s[static_cast<std::size_t>(i)];
                add(static_cast<real>(form.real[i].gain) * each);
                each = static_cast<real>(form.real[i].pole) * each + x;
            }
            for (int i = 0; i < form.section_count; ++i) {
                const auto& c = form.sections[i];
                const auto at = static_cast<std::size_t>(i);
                const real was = a[at], alpha = c.alpha;
                add(static_cast<real>(c.a_gain) * was), add(static_cast<real>(c.b_gain) * b[at]);
                a[at] = alpha * was - static_cast<real>(c.gamma) * b[at] + x;
                b[at] = alpha * b[at] + was;
            }
            y.push_back(sum);
            largest = std::max(largest, size);
        }
    }

    /// How far outputs are from others, re that sum.
    [[nodiscard]] double off(const std::vector<double>& outputs, const auto& others) const
    {
        real most = 0.0L;
        for (std::size_t i = 0; i < outputs.size(); ++i) most = std::max(most, std::fabs(static_cast<real>(outputs[i]) - others[i]));
        return static_cast<double>(most / largest);
    }
};

/// Calls of every length up to 160 that is whole blocks, of some up to 4096, and again of the shortest ones.
std::vector<std::size_t> lengths_of_calls()
{
    std::vector<std::size_t> lengths;
    for (std::size_t length = 4; length <= 160; length += 4) lengths.push_back(length);
    for (std::size_t length = 164; length < 4096; length = length * 5 / 16 * 4) lengths.push_back(length);
    lengths.insert(lengths.end(), {4096, 64, 8, 4, 128, 132});
    return lengths;
}

std::vector<double> played(wide::loop loop, const std::vector<detail::state<double>>& room, std::vector<double> samples)
{
    detail::state<double> states[32]{};
    std::size_t done = 0;
    for (const std::size_t length : lengths_of_calls()) {
        loop(room.data(), samples.data() + done, length, states);
        done += length;
    }
    REQUIRE(done == samples.size());
    return samples;
}

struct worst {
    double to_single = 0.0, to_exact = 0.0;

    /// Of a random filter of a size, which plays noise about a step.
    void take(std::size_t size, std::mt19937& generator)
    {
        const wide::modes of = wide::sizes[size];
        const parallel_form form = random_form(of, generator);
        modes_type modes;
        modes.set(form);
        detail::block_form<double> block{modes, of.reals + 2 * of.sections};
        REQUIRE(!block.modes().is_slow);
        std::vector<detail::state<double>> room(static_cast<std::size_t>(block.size()));
        block.compute(modes, room.data());

        std::size_t samples = 0;
        for (const std::size_t length : lengths_of_calls()) samples += length;
        std::uniform_real_distribution<double> amplitude{-0.3, 0.3};
        std::vector<double> in(samples);
        for (double& x : in) x = 0.7 + amplitude(generator);
        const exact_output exact{form, in};
        const auto y = played(wide::loop_of(size), room, in), single = played(wide::single_loop_of(size), room, in);
        to_single = std::max(to_single, exact.off(y, single));
        to_exact = std::max(to_exact, exact.off(y, exact.y));
    }
};

/// By a processor, and compiled by a compiler, that computes with registers of 64 bytes. What __builtin_cpu_supports knows is that of x86.
[[nodiscard]] bool has_wide_registers()
{
#if defined(__x86_64__) && defined(__GNUC__)
    return wide::loop_of(0) != nullptr && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

}   // namespace

TEST_CASE("two blocks at once are what one after the other is, and the filter in long double, within rounding", "[kernel]")
{
    if (!has_wide_registers()) {
        WARN("no pairs of blocks: compiled, or run, without AVX-512");
        return;
    }
    std::mt19937 generator{17};
    for (std::size_t size = 0; size < wide::sizes.size(); ++size) {
        worst found;
        for (int filter = 0; filter < 10; ++filter) found.take(size, generator);
        const std::string of =
            std::to_string(wide::sizes[size].reals) + " real modes, " + std::to_string(wide::sizes[size].sections) + " sections: ";
        measure::figure(of + "pairs to single blocks", found.to_single, "", 1e-15);
        measure::figure(of + "pairs to long double", found.to_exact, "", 2e-15);
        CHECK(found.to_single <= 1e-15);
        CHECK(found.to_exact <= 2e-15);
    }
}

TEST_CASE("channels in registers of 64 bytes are transposed and back", "[kernel]")
{
    if (!has_wide_registers()) WARN("no such registers: compiled, or run, without AVX-512");
    else CHECK(wide::misplaced_numbers() == 0);
}
