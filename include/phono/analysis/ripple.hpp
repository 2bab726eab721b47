// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/response.hpp>
#include <phono/circuit/signal_flow.hpp>

#include <complex>
#include <string_view>

namespace phono::inline v0_2 {

/// Volts at the output per volt of ripple on a supply: an alternating voltage in series with the EMF of a supply_rail, the signal being
/// silent. Of several supply_rails `supply` is the place, from 0 and in the order of the chain.
///
/// A curve counts where all that comes from the supply goes through it: behind the stages it equalises the ripple, before them it does not.
/// Errors: NaN where the schematic has no such supply_rail, or a fault of its own (see check()).
template <class... Block>
[[nodiscard]] constexpr std::complex<double> ripple_gain(const chain<Block...>& schematic, frequency f, int supply = 0) noexcept
{
    const circuit held{schematic};
    if (held.problem()) return detail::no_response();
    auto rippling = held.netlist();
    node fed = ground;
    int seen = 0;
    for (int i = 0; i < rippling.part_count; ++i) {
        part& p = rippling.parts[i];
        if (p.kind != part_kind::voltage_source) continue;
        const bool is_wanted = std::string_view{p.name} == "supply_rail.voltage" && seen++ == supply;
        p.value = is_wanted ? 1.0 : 0.0;
        if (is_wanted) fed = p.a;
    }
    if (fed == ground) return detail::no_response();
    const math::complex s = detail::on_axis(f);
    math::complex out = output_voltage(nodal_equations{rippling, held.triodes()}, s);
    for (int i = 0; i < rippling.factors; ++i) {
        const ideal_factor& block = rippling.factor[i];
        if (block.out == ground) continue;   // it scales the source
        detail::signal_flow around{rippling};
        around.stop_at(block.out);
        around.begin_at(fed);
        around.spread();
        if (!around.reaches(rippling.output)) out = detail::times_factor(out, block, s);
    }
    return detail::standard(out);
}

}   // namespace phono::inline v0_2
