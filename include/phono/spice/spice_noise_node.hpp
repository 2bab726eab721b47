// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/spice/spice_cards.hpp>
#include <phono/units.hpp>

#include <cmath>
#include <string>

namespace phono::inline v0_2::detail {

/// ngspice's own constants (CODATA 2014) and its temperature of 27 C.
inline constexpr double spice_4kt = 4.0 * 1.38064852e-23 * 300.15;
inline constexpr double spice_charge = 1.6021766208e-19;

/// Writes a source of noise and returns its node, whose voltage to ground has this density, in V per square root of a hertz, and is 0 at DC.
///
/// White noise is that of a resistor. With a corner it is that of a diode, of which KF = 2 q corner and AF = 1 make
/// 2 q I + KF I/f = 2 q I (1 + corner/f); a fixed voltage sets I, and its current is copied into a resistor, past which a coil leads the DC.
[[nodiscard]] inline std::string noise_node(spice_cards& cards, const std::string& name, double density, frequency corner)
{
    std::string at = cards.node(name);
    if (!(corner.si > 0.0)) {
        cards.card('R', at, {at, "0"}, density * density / spice_4kt);
        return at;
    }
    constexpr double volts = 0.5, emission = 10.0, saturation = 1e-3, coil = 1e12;
    const double thermal_volts = spice_4kt / (4.0 * spice_charge);
    const double amperes = saturation * std::expm1(volts / (emission * thermal_volts));
    const std::string diode = cards.node(at + "_diode");
    cards.card('D', diode, {diode, "0"}, diode);
    cards.card('V', diode, {diode, "0"}, volts);
    cards.card('F', at, {"0", at, "V" + diode}, 1.0);
    cards.silent_resistor(at, {at, "0"}, density / std::sqrt(2.0 * spice_charge * amperes));
    cards.card('L', at, {at, "0"}, coil);
    cards.line(".model " + diode + " D(IS=" + spice_number(saturation) + " N=" + spice_number(emission) +
               " KF=" + spice_number(2.0 * spice_charge * corner.si) + " AF=1)");
    return at;
}

}   // namespace phono::inline v0_2::detail
