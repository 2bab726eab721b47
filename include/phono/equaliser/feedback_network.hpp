// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/equaliser/network_constants.hpp>
#include <phono/network/preferred_values.hpp>

namespace phono::inline v0_2 {

/// The topology of an equalising feedback network.
enum class feedback_form {
    series,   ///< r1 parallel to c1, in series with r2 parallel to c2
    ladder,   ///< c1 parallel to all of: r1 in series with (r2 parallel to c2)
};

/// A network whose impedance follows a disc's curve: the zf of an inverting, trans-impedance or feedback stage.
///
/// Circuit:
///
///     series                              ladder
///
///         +--[r1]--+  +--[r2]--+              +-----------[c1]-----------+
///     a --+        +--+        +-- b      a --+                          +-- b
///         +--[c1]--+  +--[c2]--+              |          +--[r2]--+      |
///                                             +---[r1]---+        +------+
///                                                        +--[c2]--+
///
/// Impedance: series r1/(1 + s r1 c1) + r2/(1 + s r2 c2); ladder 1/(s c1 + 1/(r1 + r2/(1 + s r2 c2))); at DC r1 + r2 in both.
/// Range: all four above zero.
/// Source of the two forms: S. P. Lipshitz, On RIAA Equalization Networks, JAES 27(6), 1979; the formulas are derived here.
template <feedback_form form>
struct feedback_network {
    static constexpr bool equalises = true;

    resistance r1{};
    capacitance c1{};
    resistance r2{};
    capacitance c2{};

    constexpr void elaborate(auto& circuit, node a, node b) const noexcept
    {
        const node inner = circuit.node();
        circuit.resistor(a, inner, r1, "feedback_network.r1");
        circuit.capacitor(a, form == feedback_form::series ? inner : b, c1, "feedback_network.c1");
        circuit.resistor(inner, b, r2, "feedback_network.r2");
        circuit.capacitor(inner, b, c2, "feedback_network.c2");
    }

    friend constexpr bool operator==(const feedback_network&, const feedback_network&) noexcept = default;
};

/// The network whose impedance is exactly its DC resistance times the curve normalised to 0 dB at DC; the level of the curve is ignored:
/// feedback_network_for<feedback_form::series>(riaa, 100_kOhm).
///
/// Formula, with T1, T2, T3 the curve's shelf, turnover and treble and r the resistance at DC:
/// series r1 = r (T1 - T2)/(T1 - T3), r1 c1 = T1, r2 = r - r1, r2 c2 = T3;
/// ladder c1 = T1 T3/(r T2), r1 = r T2/T, r2 = r - r1, r2 c2 = T, with T = T1 + T3 - T1 T3/T2.
/// Errors: a curve that is not two lags with one lead between them does not compile where the values are constants; at run time
/// check() reports the network's parts.
template <feedback_form form>
[[nodiscard]] constexpr feedback_network<form> feedback_network_for(const curve& wanted, resistance at_dc) noexcept
{
    const detail::network_constants t = detail::constants_of(wanted);
    const double r = at_dc.si;
    if constexpr (form == feedback_form::series) {
        const double r1 = r * (t.shelf - t.turnover) / (t.shelf - t.treble);
        const double r2 = r * (t.turnover - t.treble) / (t.shelf - t.treble);
        return {resistance{r1}, capacitance{t.shelf / r1}, resistance{r2}, capacitance{t.treble / r2}};
    } else {
        const double inner = t.turnover + t.spread() / t.turnover;   // r2 c2
        const double c1 = t.shelf * t.treble / t.turnover / r, r2 = r * t.spread() / t.turnover / inner;
        return {resistance{r * t.turnover / inner}, capacitance{c1}, resistance{r2}, capacitance{inner / r2}};
    }
}

/// The DC resistance of the network whose impedance has this magnitude at a frequency, by default 1 kHz: a transimpedance_stage with
/// feedback_network_for<...>(riaa, resistance_at_dc(riaa, 1_kOhm)) has a trans-impedance of 1 kOhm there.
[[nodiscard]] constexpr resistance resistance_at_dc(curve wanted, resistance impedance, frequency at = frequency{1000.0}) noexcept
{
    wanted.level = gain{};
    return impedance / math::abs(wanted.transfer()({0.0, angular(at).si}));
}

/// The network with each part at its nearest preferred value; conformance() gives the resulting error.
template <feedback_form form>
[[nodiscard]] constexpr feedback_network<form> nearest(const feedback_network<form>& exact, e_series resistors,
                                                       e_series capacitors) noexcept
{
    return {nearest(exact.r1, resistors), nearest(exact.c1, capacitors), nearest(exact.r2, resistors), nearest(exact.c2, capacitors)};
}

/// The curve to design zf for, so that 1 + zf/ri, the gain of a feedback_stage, is the wanted curve.
///
/// The gain of a non-inverting stage cannot fall below 1: as zf/ri falls with the curve, a zero appears where it meets 1, and the turnover
/// is shifted a little. With zf for the curve returned here and r/ri = gain - 1, where r is the DC resistance of zf, the turnover is
/// right and the result is exactly the wanted curve times (1 + s floor_of(...)), which an RC low-pass of that time constant after the
/// stage cancels.
/// Formula: T2 becomes T2 - (T1 - T2)(T2 - T3)/(T2 (gain - 1)). Range: a gain at DC above T1/T2, 20 dB for RIAA.
/// Errors: below that no such network exists; the curve is returned without a turnover, which feedback_network_for() rejects.
/// Source: derived.
[[nodiscard]] constexpr curve for_non_inverting(curve wanted, gain at_dc) noexcept
{
    const detail::network_constants t = detail::constants_of(wanted);
    const double g = at_dc.ratio();
    wanted.leads = {duration{g * t.turnover > t.shelf ? t.turnover - t.spread() / t.turnover / (g - 1.0) : 0.0}};
    return wanted;
}

/// The time constant of the zero that a non-inverting stage of this gain at DC adds to a curve: T1 T3/(T2 gain). RIAA at a gain of 60 dB
/// has 0.75 us, which is +0.038 dB at 20 kHz.
[[nodiscard]] constexpr duration floor_of(const curve& wanted, gain at_dc) noexcept
{
    const detail::network_constants t = detail::constants_of(wanted);
    return duration{t.shelf * t.treble / t.turnover / at_dc.ratio()};
}

}   // namespace phono::inline v0_2
