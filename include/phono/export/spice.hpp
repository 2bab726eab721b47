// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/check.hpp>
#include <phono/export/spice_writer.hpp>
#include <phono/print.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phono {

namespace detail {

/// Degrees need ngspice's own commands; without nobreak the table's heading would come again on every page.
inline constexpr std::string_view spice_analysis = ".ac dec 50 10 100k\n"
                                                   ".print ac vdb(out) vp(out)\n"
                                                   ".control\n"
                                                   "set units=degrees\n"
                                                   "set numdgt=15\n"
                                                   "set nobreak\n"
                                                   ".endc\n";

}  // namespace detail

/// A schematic as a netlist that ngspice runs as it is: `ngspice -b FILE` prints the response, frequency, decibels and degrees, from
/// 10 Hz to 100 kHz.
///
/// Cards: R, C, L, E and G, and the source Vin: the EMF in volts, or groove velocity in m/s behind disc_velocity. A part bears the
/// schematic's name for it (loading.resistance is Rloading_resistance, a second one Rloading_resistance_2), a block's output the
/// block's, with its place from 1 (magnetic_cartridge_1; a block whose parts do not name it goes by its role), and the chain's
/// output is `out`. Curves become buffered sections of one root each. What is 0 and so absent is a comment; where it is a short
/// circuit, an E of gain 0.
/// Errors: no netlist can be written of a part with an impossible value: the text is then nothing but comments, one of which
/// names the fault. Any other fault that check() finds stands in a comment.
/// Accuracy: values have 17 significant digits. On every schematic and curve of the catalogue and on 50 random circuits ngspice 39 gets
/// what response() says to 1.4e-9 dB and 9.9e-9 degrees, within 80 dB of the peak (tests/spice_test, which fails beyond 1e-6 dB or
/// 1e-5 degrees, and holds poles_zeros() to the same).
/// Not real-time: it allocates.
template <class... Block>
std::string spice(const chain<Block...>& schematic, std::string_view title = "a phono schematic")
{
    constexpr netlist_size size = detail::size_of_blocks<Block...>();
    constexpr int count = static_cast<int>(sizeof...(Block));
    netlist<size> circuit;
    detail::spice_elaborator<netlist<size>, count> builder{{circuit, ground}};
    schematic.blocks.for_each(builder);
    detail::spice_cards cards;
    cards.comment(title);
    if (const auto found = check(schematic)) cards.comment("phono: " + to_string(*found));
    if (circuit.problem) return cards.text() + ".end\n";
    cards.comment("Input: Vin, volts of EMF (of disc_velocity: metres per second). Output: node out. Run: ngspice -b FILE");
    const std::span<const part> parts{circuit.parts.begin(), static_cast<std::size_t>(circuit.part_count)};
    const std::span<const ideal_factor> factors{circuit.factor.begin(), static_cast<std::size_t>(circuit.factors)};
    detail::spice_writer{parts, factors, builder.blocks.entry, cards}.write();
    return cards.text() + std::string{detail::spice_analysis} + ".end\n";
}

}  // namespace phono
