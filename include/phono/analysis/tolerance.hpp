// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/build.hpp>

#include <algorithm>
#include <cmath>

namespace phono::inline v0_2 {

/// What tolerance() is to build and how it judges.
///
/// Range: 1 to 1,000,000 builds, of which the response of each is kept: 700 bytes each with the usual band.
struct tolerance_options {
    build_choice choice{};
    int builds = 1000;
    gain bound{0.5};   ///< the worst deviation with which a build is good
    build_band band{};
};

/// Figures of many builds. A percentile is the least of their values below or at which so many lie.
struct build_figures {
    gain mean{}, p50{}, p95{}, p99{}, worst{};
    int worst_build = -1;   ///< of channels the first of the two
    double yield = 0.0;     ///< the share within the bound, 0 to 1
};

/// Deviations from the curve at a frequency, in dB at 0 dB at the reference.
struct band_point {
    frequency at{};
    gain nominal{}, lowest{}, p5{}, p50{}, p95{}, highest{};
};

/// What becomes of a schematic when it is built of real parts.
struct tolerance_result {
    fault problem{};             ///< all else is empty where there is one
    gain nominal{};              ///< the worst deviation of the schematic as it is drawn
    build_figures deviation{};   ///< the worst deviation of each build from the curve, both 0 dB at the reference
    build_figures balance{};     ///< the largest difference between two channels, the builds 2 k and 2 k + 1, level included
    int without_response = 0;    ///< builds whose triodes have no operating point: none of the figures' but the yields'
    std::vector<band_point> band{};
};

/// How a loop is shared among threads: calls the function with 0, 1 ... count - 1, in any order, and returns when all have ended.
using build_loop = std::function<void(std::size_t count, const std::function<void(std::size_t)>& task)>;

namespace detail {

inline void one_after_the_other(std::size_t count, const std::function<void(std::size_t)>& task)
{
    for (std::size_t i = 0; i < count; ++i) task(i);
}

/// The place of a percentile among so many values in order.
[[nodiscard]] constexpr std::size_t rank(double share, std::size_t count) noexcept
{
    const double exact = share * static_cast<double>(count);
    const auto below = static_cast<std::size_t>(exact);
    const std::size_t up = static_cast<double>(below) < exact ? below + 1 : below;
    return up == 0 ? 0 : up - 1;
}

/// Figures of values in dB; NaN is no value, and no good one.
[[nodiscard]] inline build_figures figures_of(const std::vector<double>& values, gain bound)
{
    build_figures found;
    std::vector<double> ordered;
    double sum = 0.0;
    int good = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!math::is_finite(values[i])) continue;
        if (found.worst_build < 0 || values[i] > values[static_cast<std::size_t>(found.worst_build)])
            found.worst_build = static_cast<int>(i);
        ordered.push_back(values[i]);
        sum += values[i];
        good += values[i] <= bound.decibels ? 1 : 0;
    }
    const std::size_t count = ordered.size();
    if (count == 0) return found;
    std::sort(ordered.begin(), ordered.end());
    const auto at = [&](double share) { return gain{ordered[rank(share, count)]}; };
    return {gain{sum / static_cast<double>(count)},
            at(0.5),
            at(0.95),
            at(0.99),
            gain{ordered.back()},
            found.worst_build,
            static_cast<double>(good) / static_cast<double>(values.size())};
}

/// Builds and judges; the bench has no problem.
[[nodiscard]] inline tolerance_result judge_builds(const build_bench& bench, const tolerance_options& options, const build_loop& loop)
{
    constexpr std::size_t at_once = 32;
    const std::size_t points = bench.points(), row = points + 1, builds = static_cast<std::size_t>(options.builds);
    std::vector<double> squared(row * builds), deviation(builds), balance(builds / 2);
    const auto of = [&](std::size_t build) { return std::span{squared}.subspan(row * build, row); };
    loop((builds + at_once - 1) / at_once, [&](std::size_t chunk) {
        auto own = bench.make_room();
        std::vector<double> ratio(points);
        for (std::size_t k = chunk * at_once; k < builds && k < (chunk + 1) * at_once; ++k) {
            bench.evaluate(static_cast<int>(k), own, of(k));
            deviation[k] = bench.deviation(of(k));
            if (k % 2 == 0) continue;   // at_once is even: the other channel is of this chunk
            for (std::size_t i = 0; i < points; ++i) ratio[i] = of(k)[i] / of(k - 1)[i];
            balance[k / 2] = largest_decibels(ratio, 1.0);
        }
    });

    tolerance_result result;
    auto own = bench.make_room();
    std::vector<double> nominal(row);
    bench.evaluate(std::vector<double>(bench.bought().size(), 1.0), own, nominal);
    result.nominal = gain{bench.deviation(nominal)};
    result.deviation = figures_of(deviation, options.bound);
    result.balance = figures_of(balance, options.bound);
    if (result.balance.worst_build >= 0) result.balance.worst_build *= 2;
    for (const double d : deviation) result.without_response += math::is_finite(d) ? 0 : 1;

    result.band.resize(points);
    loop(points, [&](std::size_t i) {
        std::vector<double> here;
        for (std::size_t k = 0; k < builds; ++k)
            if (math::is_finite(deviation[k])) here.push_back(of(k)[i] / of(k)[points]);
        std::sort(here.begin(), here.end());
        const auto decibels = [](double ratio) { return gain{decibels_of_squares(ratio)}; };
        band_point& point = result.band[i];
        point.at = frequency{bench.hertz()[i]};
        point.nominal = decibels(nominal[i] / nominal[points]);
        if (here.empty()) return;
        const auto at = [&](double share) { return decibels(here[rank(share, here.size())]); };
        point.lowest = decibels(here.front()), point.highest = decibels(here.back());
        point.p5 = at(0.05), point.p50 = at(0.5), point.p95 = at(0.95);
    });
    return result;
}

}   // namespace detail

/// Builds a circuit of parts with tolerances, many times, and tells how far the builds are from a curve, how many are good, and how far two
/// of them, the channels of a stereo pair, are apart:
///
///     const auto made = tolerance(schematic, riaa, {.choice = {.parts = {.capacitors = percent{2.0}}}, .builds = 10'000});
///     made.deviation.p95;   // 95 of 100 are this close to RIAA or closer
///
/// Triodes find the operating point of every build anew; they are all alike. The parts of a cartridge have no tolerance unless one is
/// given, as do amplifiers, which the closed loop makes alike.
/// The same options give the same figures to the last bit, whatever the compiler, the machine and the number of threads, as far as the
/// schematic's own values are the same: a gain in decibels depends on the C library's exponential.
/// `loop` shares the work among threads; without it all is done by the caller's.
/// Accuracy: each build's response within 1e-9 dB of response() of its netlist; an extreme between two points of the band within 0.1 %.
/// Errors: a problem where the circuit has one or an option is out of range. Not real-time: it allocates.
template <netlist_size size>
[[nodiscard]] tolerance_result tolerance(const circuit<size>& held, const curve& target, const tolerance_options& options = {},
                                         const build_loop& loop = detail::one_after_the_other)
{
    tolerance_result result;
    const detail::build_bench bench{held, target, options.choice, options.band};
    result.problem = bench.problem();
    if (!result.problem && (options.builds < 1 || options.builds > 1'000'000))
        result.problem = {"tolerance_options.builds", static_cast<double>(options.builds), "must be 1 to 1,000,000", -1};
    return result.problem ? result : detail::judge_builds(bench, options, loop);
}

/// The same of a schematic.
template <class... Block>
[[nodiscard]] tolerance_result tolerance(const chain<Block...>& schematic, const curve& target, const tolerance_options& options = {},
                                         const build_loop& loop = detail::one_after_the_other)
{
    return tolerance(circuit{schematic}, target, options, loop);
}

}   // namespace phono::inline v0_2
