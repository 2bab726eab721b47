// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/check.hpp>
#include <phono/print.hpp>
#include <phono/spice/spice_analysis.hpp>
#include <phono/spice/spice_writer.hpp>

#include <string>
#include <string_view>

namespace phono::inline v0_2 {

namespace detail {

/// What ngspice needs for six digits of a nonlinear circuit or a transient. gmin is across each diode, whose saturation current is 1 nA.
inline constexpr const char* spice_precision = ".options reltol=1e-6 gmin=1e-15\n";

/// The fault of a triode whose law is not one of the library's.
template <netlist_size size>
fault unwritten_law(const flat_netlist<size>& circuit)
{
    for (int t = 0; t < circuit.triode_count; ++t)
        if (spice_law(circuit.triodes[t].law).lines.empty())
            return {"triode",
                    {},
                    "has a law of its own, which no netlist can state: give it koren or dempwolf_zoelzer",
                    circuit.triodes[t].block};
    return {};
}

/// A netlist and what is wrong with it as a text for ngspice.
template <netlist_size size>
std::string spice_text(const flat_netlist<size>& circuit, const fault& found, std::string_view title, const spice_analysis& wanted)
{
    const spice_request request{wanted};
    spice_cards cards;
    cards.comment(title);
    if (found) cards.comment("phono: " + to_string(found));
    const fault unwritten = request.problem ? request.problem : unwritten_law(circuit);
    if (unwritten) cards.comment("phono: " + to_string(unwritten));
    if (circuit.problem || unwritten) return cards.text() + ".end\n";
    cards.comment("Input: Vin, volts of EMF (of disc_velocity: metres per second). Output: node out. Run: ngspice -b FILE");
    spice_writer{circuit, cards}.write(request.drive, std::holds_alternative<spice_noise>(wanted));
    const bool is_linear = circuit.triode_count == 0 && request.drive.empty();
    return cards.text() + (is_linear ? "" : spice_precision) + request.lines + ".end\n";
}

}   // namespace detail

/// A schematic as a netlist that ngspice runs unchanged: `ngspice -b FILE` prints the response from 10 Hz to 100 kHz (frequency, decibels,
/// degrees) or, if the last argument asks for it, the operating point, the transient of a sine or the noise.
///
/// Cards: R, C, L, E and G, and the source Vin: the EMF in volts, or groove velocity in m/s with disc_velocity. A part keeps its name in
/// the schematic (loading.resistance is Rloading_resistance, a second one Rloading_resistance_2); a block's output has the name of the
/// block and its place from 1 (magnetic_cartridge_1; a block whose parts do not name it goes by its role); the chain's output is `out`.
/// Curves become buffered sections of one root each. A part that is absent because its value is 0 becomes a comment; a short circuit
/// becomes an E of gain 0. A DC supply is a V in series with a resistor, at a node of its own. Nodes that have no DC path get one, an R
/// and an L at a node named ..._dc, which no signal sees. A triode is an X, whose subcircuit states its law and the law's parameters
/// by name: B sources, and D where the grid has a diode. An R that stands for a device or a curve and is no resistor of the circuit has `noisy=0`, so that `.noise` is right. The
/// noise of an op_amp, which is written where the noise is asked for, is an R of its own, or where it has a corner a D, and reaches the
/// inputs by E and G.
/// Errors: a part with an impossible value, an analysis out of its range or a triode whose law is not one of the library's cannot be
/// written: the text is then only comments, one of which names the fault. Any other fault that check() finds is noted in a comment.
/// Accuracy: values have 17 significant digits, of which ngspice 39 reads eleven within an expression. Within 80 dB of the peak, on every
/// schematic and curve of the catalogue and on 50 random circuits without tubes, ngspice agrees with response() to 1.4e-9 dB and 9.9e-9
/// degrees (tests/spice/spice_test, which fails beyond 1e-6 dB or 1e-5 degrees, and holds poles_zeros() to the same). On the catalogue's
/// tube preamps, a stage with each of its triodes and 30 random circuits they agree to 6.7e-9 dB, and the quiescent voltages to a millionth
/// or 0.02 uV, which is what ngspice's gmin of 1 fS across each diode makes (tests/spice/spice_tubes_test).
/// Not real-time: it allocates.
template <class... Block>
std::string spice(const chain<Block...>& schematic, std::string_view title = "a phono schematic",
                  const spice_analysis& wanted = spice_response{})
{
    return detail::spice_text(elaborate(schematic), check(schematic), title, wanted);
}

/// The same of a netlist, as build() makes one.
template <netlist_size size>
std::string spice(const flat_netlist<size>& flat, std::string_view title = "a phono circuit",
                  const spice_analysis& wanted = spice_response{})
{
    return detail::spice_text(flat, analyse(circuit{flat}).problem, title, wanted);
}

}   // namespace phono::inline v0_2
