// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/tube/triode.hpp>

namespace phono::inline v0_2 {

/// Two triodes with a common cathode resistor, the tail, between which they share its current.
///
/// Circuit: as a block of a chain, the signal is at the first grid and the second grid is at ground; the output is the second plate, in
/// phase with the signal, or the first if inverting. tail_supply is usually 0 V or below.
///
///                     supply                   supply
///                       |                        |
///                  [plate_load]             [plate_load]
///                       |                        |
///     out, inverting ---+                        +--- out
///                       |                        |
///                     plate                    plate
///     in --+-------- grid   tube        tube   grid -------- ground
///          |         cathode                 cathode
///     [grid_leak]       |                        |
///          |            +-----------+------------+
///        ground                     |
///                                 [tail]
///                                   |
///                              tail_supply
///
/// Range: any supply, 0 V being switched off; resistances above zero; grid_leak 0 (absent) or above. rail, if not 0, is the
/// number of a supply_rail or decoupling before it in the chain, which feeds both plate loads in place of an ideal supply.
struct differential_pair {
    static constexpr signal_role role = signal_role::stage;

    triode tube{};
    voltage supply{300.0};
    resistance plate_load{100e3};
    resistance tail{47e3};
    voltage tail_supply{-100.0};
    resistance grid_leak{0.0};
    bool inverting = false;
    int rail = 0;

    /// The plate nodes of the two triodes.
    struct plates {
        node first, second;
    };

    /// Places the two triodes and their plate loads between given grids and a common cathode node.
    constexpr plates place(auto& circuit, node first_grid, node second_grid, node cathode) const noexcept
    {
        const plates out{circuit.node(), circuit.node()};
        const node feed = circuit.rail(rail, "differential_pair.rail");
        const voltage emf = rail == 0 ? supply : voltage{0.0};
        circuit.biased_resistor(out.first, feed, plate_load, emf, "differential_pair.plate_load");
        circuit.biased_resistor(out.second, feed, plate_load, emf, "differential_pair.plate_load");
        tube.elaborate(circuit, out.first, first_grid, cathode);
        tube.elaborate(circuit, out.second, second_grid, cathode);
        return out;
    }

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        circuit.check_value(supply.si, value_rule::finite, "differential_pair.supply", "V");
        circuit.check_value(tail_supply.si, value_rule::finite, "differential_pair.tail_supply", "V");
        const node cathode = circuit.node();
        circuit.optional_shunt_resistor(in, ground, grid_leak, "differential_pair.grid_leak");
        circuit.biased_resistor(cathode, ground, tail, tail_supply, "differential_pair.tail");
        const plates out = place(circuit, in, ground, cathode);
        return inverting ? out.first : out.second;
    }
};

}   // namespace phono::inline v0_2
