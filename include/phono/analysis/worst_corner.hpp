// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/sensitivity.hpp>

namespace phono::inline v0_2 {

/// The worst deviation from a curve that tolerances permit: a build of which every part is at that end of its tolerance that is the worse one.
///
/// Which end that is, is told at each frequency by the sensitivities there, upwards and downwards; each such build is computed. It is the
/// worst of all where no sensitivity changes its sign within the tolerances, as for those of some per cent.
/// Errors: NaN where the circuit has a problem, or a tolerance is out of range. Not real-time: it allocates.
template <netlist_size size>
[[nodiscard]] gain worst_corner(const circuit<size>& held, const curve& target, const tolerances& parts = {}, const build_band& band = {})
{
    const detail::build_bench bench{held, target, {.parts = parts}, band};
    if (bench.problem()) return gain{std::numeric_limits<double>::quiet_NaN()};
    const auto sensitive = detail::sensitivities_of(bench);
    auto own = bench.make_room();
    std::vector<double> factors(sensitive.size(), 1.0), squared(bench.points() + 1);
    bench.evaluate(factors, own, squared);
    double worst = bench.deviation(squared);
    for (std::size_t i = 0; i < bench.points(); ++i)
        for (const double direction : {1.0, -1.0}) {
            for (std::size_t k = 0; k < factors.size(); ++k) {
                const double by = direction * sensitive[k].part.tolerance.ratio();
                factors[k] = sensitive[k].deviation[i] < 0.0 ? 1.0 - by : 1.0 + by;
            }
            bench.evaluate(factors, own, squared);
            const double here = bench.deviation(squared);
            worst = here > worst ? here : worst;
        }
    return gain{worst};
}

/// The same of a schematic.
template <class... Block>
[[nodiscard]] gain worst_corner(const chain<Block...>& schematic, const curve& target, const tolerances& parts = {},
                                const build_band& band = {})
{
    return worst_corner(circuit{schematic}, target, parts, band);
}

}   // namespace phono::inline v0_2
