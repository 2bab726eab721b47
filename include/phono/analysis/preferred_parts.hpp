// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/preferred_descent.hpp>
#include <phono/analysis/sensitivity.hpp>
#include <phono/analysis/tolerance.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2 {

/// What preferred values cost: the worst deviation from a curve with each part at its nearest value of a series.
struct preferred_cost {
    e_series resistors{}, capacitors{};   ///< inductors are of the capacitors' series
    gain deviation{};
};

/// A part and the preferred value that was chosen for it.
struct preferred_part {
    toleranced_part part;
    double chosen = 0.0;   ///< in the SI unit
};

/// The best preferred values that were found.
struct preferred_result {
    fault problem{};   ///< all else is empty where there is one
    gain drawn{};      ///< worst deviation with the values as drawn
    gain nearest{};    ///< with the nearest preferred value of each part that is chosen
    gain best{};       ///< with those found
    std::vector<preferred_part> parts{};
};

namespace detail {

/// The bought parts, by place, that a search is to choose.
[[nodiscard]] inline std::vector<std::size_t> free_parts(const build_bench& bench, const preferred_search& wanted, fault& problem)
{
    std::vector<std::size_t> free;
    const auto& bought = bench.bought();
    for (const std::string_view name : wanted.parts)
        if (std::none_of(bought.begin(), bought.end(), [&](const auto& part) { return part.is_called(name); }))
            problem = {"preferred_search.parts", {}, "must name parts of the circuit that are bought"};
    const auto is_wanted = [&](const toleranced_part& part) {
        return std::any_of(wanted.parts.begin(), wanted.parts.end(), [&](std::string_view name) { return part.is_called(name); });
    };
    for (std::size_t k = 0; k < bought.size(); ++k)
        if (is_wanted(bought[k])) free.push_back(k);
    if (!wanted.parts.empty()) return free;
    constexpr double least = 1e-3;   // dB per %: 0.02 dB for a tolerance of 20 %
    const auto all = sensitivities_of(bench);
    for (std::size_t k = 0; k < bought.size(); ++k)
        if (!is_of_cartridge(bought[k].role) && bought[k].role != signal_role::load && math::abs(all[k].worst) >= least) free.push_back(k);
    return free;
}

}   // namespace detail

/// What each series costs, from E12 to E192 for resistors with E6 to E192 for capacitors: the worst deviation from a curve with every part
/// of the preamp at its nearest value, before any tolerance. The cartridge's parts stay as they are.
/// Errors: none where the circuit has a problem. Not real-time: it allocates.
template <netlist_size size>
[[nodiscard]] std::vector<preferred_cost> preferred_costs(const circuit<size>& held, const curve& target, const build_band& band = {})
{
    std::vector<preferred_cost> costs;
    const detail::build_bench bench{held, target, {}, band};
    if (bench.problem()) return costs;
    auto own = bench.make_room();
    std::vector<double> factors(bench.bought().size(), 1.0), squared(bench.points() + 1);
    for (const e_series resistors : {e_series::e12, e_series::e24, e_series::e48, e_series::e96, e_series::e192}) {
        for (const e_series capacitors : {e_series::e6, e_series::e12, e_series::e24, e_series::e48, e_series::e96, e_series::e192}) {
            for (std::size_t k = 0; k < factors.size(); ++k) {
                const toleranced_part& part = bench.bought()[k];
                const bool is_reactance = part.kind == part_kind::capacitor || part.kind == part_kind::inductor;
                if (!detail::is_of_cartridge(part.role))
                    factors[k] = detail::nearest_preferred(part.value, is_reactance ? capacitors : resistors) / part.value;
            }
            bench.evaluate(factors, own, squared);
            costs.push_back({resistors, capacitors, gain{bench.deviation(squared)}});
        }
    }
    return costs;
}

/// Searches for the preferred values of a circuit's parts that come nearest to a curve:
///
///     const auto found = best_preferred(schematic, riaa, {.resistors = e_series::e24, .capacitors = e_series::e12});
///     for (const auto& each : found.parts) std::cout << each.part.name << ' ' << each.chosen << '\n';
///
/// From every level of impedance within the range, 24 to the decade, each part begins at its nearest value; then single parts and pairs are
/// moved by up to two values, until no such move is better. The best of these places is the result: no better one lies beside it, but the
/// best of all is not promised.
/// Without names those parts are chosen that make 0.001 dB per % or more, except those of the cartridge and its load.
/// Errors: a problem where the circuit has one, a name is no bought part's or the level is out of range. Not real-time: it allocates.
template <netlist_size size>
[[nodiscard]] preferred_result best_preferred(const circuit<size>& held, const curve& target, const preferred_search& wanted = {},
                                              const build_loop& loop = detail::one_after_the_other)
{
    preferred_result result;
    const detail::build_bench bench{held, target, {}, wanted.band};
    result.problem = bench.problem();
    if (!result.problem && !(wanted.level >= 1.0 && wanted.level <= 100.0))
        result.problem = {"preferred_search.level", wanted.level, "must be 1 to 100", -1};
    if (result.problem) return result;
    const auto free = detail::free_parts(bench, wanted, result.problem);
    if (result.problem) return result;

    constexpr double step = 2.302585092994045684 / 24.0;
    const int side = static_cast<int>(math::detail::log_by_series(wanted.level) / step);
    std::vector<std::vector<int>> places(static_cast<std::size_t>(2 * side + 1));
    std::vector<double> deviation(places.size());
    loop(places.size(), [&](std::size_t i) {
        detail::preferred_descent from{bench, free, wanted};
        places[i] = from.nearest(math::detail::exp_by_series(step * (static_cast<int>(i) - side)));
        deviation[i] = from.descend(places[i]);
    });
    const auto best = static_cast<std::size_t>(std::min_element(deviation.begin(), deviation.end()) - deviation.begin());
    detail::preferred_descent at{bench, free, wanted};
    for (std::size_t i = 0; i < free.size(); ++i) result.parts.push_back({bench.bought()[free[i]], at.value(i, places[best][i])});
    result.nearest = gain{at.deviation(at.nearest(1.0))};
    result.best = gain{deviation[best]};
    auto own = bench.make_room();
    std::vector<double> squared(bench.points() + 1);
    bench.evaluate(std::vector<double>(bench.bought().size(), 1.0), own, squared);
    result.drawn = gain{bench.deviation(squared)};
    return result;
}

/// The same of schematics.
template <class... Block>
[[nodiscard]] std::vector<preferred_cost> preferred_costs(const chain<Block...>& schematic, const curve& target,
                                                          const build_band& band = {})
{
    return preferred_costs(circuit{schematic}, target, band);
}
/// The same of a schematic.
template <class... Block>
[[nodiscard]] preferred_result best_preferred(const chain<Block...>& schematic, const curve& target, const preferred_search& wanted = {},
                                              const build_loop& loop = detail::one_after_the_other)
{
    return best_preferred(circuit{schematic}, target, wanted, loop);
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
