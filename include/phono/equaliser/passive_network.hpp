// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/equaliser/network_constants.hpp>
#include <phono/network/preferred_values.hpp>

#include <limits>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

/// The topology of the shunt of a passive equaliser.
enum class shunt_form {
    parallel,   ///< c1 to ground, and parallel to it r2 in series with c2
    series,     ///< c1, and in series with it to ground r2 parallel to c2
};

/// A passive equaliser between two stages: r1 in series, followed by a shunt of c1, r2 and c2. It loads the stage before it and is loaded
/// by the stage after it, and gives the curve only with the source and load that it was designed for: passive_network_for().
///
/// Circuit:
///
///     parallel                            series
///
///     in --[r1]--+------+-- out           in --[r1]--+-- out
///                |      |                            |
///              [c1]   [r2]                         [c1]
///                |      |                            |
///                |    [c2]                       +---+---+
///                |      |                        |       |
///              ground ground                   [r2]    [c2]
///                                                |       |
///                                              ground  ground
///
/// Transfer function, with r for (r1 + source) parallel to load, times load/(load + r1 + source):
/// parallel (1 + s r2 c2)/(1 + s (r2 c2 + r c1 + r c2) + s^2 r c1 r2 c2),
/// series (1 + s r2 (c1 + c2))/(1 + s (r2 c1 + r2 c2 + r c1) + s^2 r c1 r2 c2).
/// Range: all four above zero.
/// Source of the two forms: S. P. Lipshitz, On RIAA Equalization Networks, JAES 27(6), 1979; the formulas are derived here.
template <shunt_form form>
struct passive_network {
    static constexpr signal_role role = signal_role::equaliser;

    resistance r1{};
    capacitance c1{};
    resistance r2{};
    capacitance c2{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node out = circuit.node(), inner = circuit.node();
        circuit.resistor(in, out, r1, "passive_network.r1");
        if constexpr (form == shunt_form::parallel) {
            circuit.capacitor(out, ground, c1, "passive_network.c1");
            circuit.resistor(out, inner, r2, "passive_network.r2");
        } else {
            circuit.capacitor(out, inner, c1, "passive_network.c1");
            circuit.resistor(inner, ground, r2, "passive_network.r2");
        }
        circuit.capacitor(inner, ground, c2, "passive_network.c2");
        return out;
    }

    friend constexpr bool operator==(const passive_network&, const passive_network&) noexcept = default;
};

/// The source and load between which a passive equaliser works, and the wanted impedance level.
struct between_stages {
    resistance impedance{10e3};   ///< seen by its shunt: (r1 + source) parallel to load
    resistance source{0.0};       ///< output resistance of the stage before, 0 or above
    resistance load{0.0};         ///< input resistance of the stage after; 0 for none
};

namespace detail {

/// Not constexpr: the compiler names it where a constant network is requested that does not exist.
inline void phono_a_passive_network_of_this_impedance_has_no_r1_above_zero_between_its_source_and_its_load() {}

/// The r1 that gives the wanted impedance, in ohms; zero or less, infinite or NaN where none does.
[[nodiscard]] constexpr double series_resistance(const between_stages& place) noexcept
{
    double behind = place.impedance.si;   // r1 + source
    if (place.load.si == place.impedance.si) behind = std::numeric_limits<double>::infinity();
    else if (place.load.si != 0.0) behind = place.impedance.si / (1.0 - place.impedance.si / place.load.si);
    double r1 = behind - place.source.si;
    if (!(place.source.si >= 0.0 && place.load.si >= 0.0)) r1 = std::numeric_limits<double>::quiet_NaN();
    if (std::is_constant_evaluated() && !(r1 > 0.0 && math::is_finite(r1)))
        phono_a_passive_network_of_this_impedance_has_no_r1_above_zero_between_its_source_and_its_load();
    return r1;
}

}   // namespace detail

/// The passive equaliser that gives a curve exactly between its source and load, except for the curve's level, which is ignored:
/// passive_network_for<shunt_form::parallel>(riaa, {.impedance = 22_kOhm, .source = 1_kOhm, .load = 470_kOhm}).
///
/// Formula, with T1, T2, T3 the curve's shelf, turnover and treble and r the impedance: r1 = 1/(1/r - 1/load) - source;
/// parallel r2 c2 = T2, r c1 = T1 T3/T2, r c2 = (T1 - T2)(T2 - T3)/T2;
/// series r c1 = T1 + T3 - T2, r2 c2 = T1 T3/(T1 + T3 - T2), r2 c1 = T2 - r2 c2.
/// Errors: a curve that is not two lags with one lead between them, an impedance that leaves no r1 above zero, or a source or load below
/// zero does not compile where the values are constants; at run time check() reports the network's parts.
template <shunt_form form>
[[nodiscard]] constexpr passive_network<form> passive_network_for(const curve& wanted, const between_stages& place = {}) noexcept
{
    const detail::network_constants t = detail::constants_of(wanted);
    const double r = place.impedance.si, r1 = detail::series_resistance(place);
    if constexpr (form == shunt_form::parallel) {
        const double c1 = t.shelf * t.treble / t.turnover / r, c2 = t.spread() / t.turnover / r;
        return {resistance{r1}, capacitance{c1}, resistance{t.turnover / c2}, capacitance{c2}};
    } else {
        const double apart = t.shelf + t.treble - t.turnover;   // r c1
        const double c1 = apart / r, r2 = t.spread() / apart / c1;
        return {resistance{r1}, capacitance{c1}, resistance{r2}, capacitance{t.shelf * t.treble / apart / r2}};
    }
}

/// The network with each part at its nearest preferred value; conformance() gives the resulting error. Over the impedances of E12, RIAA
/// with E24 parts throughout is within 0.32 dB from 20 Hz to 20 kHz, with E96 parts within 0.12 dB; some impedances do far better:
/// 47 kOhm, 16 nF, 6.8 kOhm and 47 nF in the parallel form is within 0.026 dB.
template <shunt_form form>
[[nodiscard]] constexpr passive_network<form> nearest(const passive_network<form>& exact, e_series resistors, e_series capacitors) noexcept
{
    return {nearest(exact.r1, resistors), nearest(exact.c1, capacitors), nearest(exact.r2, resistors), nearest(exact.c2, capacitors)};
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
