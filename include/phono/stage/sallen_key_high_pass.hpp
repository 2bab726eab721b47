// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/network/preferred_values.hpp>
#include <phono/stage/op_amp.hpp>

namespace phono::inline v0_2 {

/// A second-order high-pass around an amplifier, by Sallen and Key.
///
/// Circuit:
///
///               +------[r1]------------+
///               |                      |
///     in --[c1]-+-[c2]-+--- plus       |
///                      |     amplifier +-- out
///                    [r2]    minus     |
///                      |       |       |
///                   ground     +--[rf]-+
///                              |
///                            [ri]
///                              |
///                            ground
///
/// Formula, for a large open-loop gain and K = 1 + rf/ri: H = K s^2 T / (1 + s (r1 (c1 + c2) + r2 c2 (1 - K)) + s^2 T), T = r1 r2 c1 c2.
/// The corner is 1/(2 pi sqrt(T)); with K = 1 the Q is sqrt(T)/(r1 (c1 + c2)), and the section is Butterworth, 3.01 dB down at the corner,
/// where it is 0.707. The resistance of the source adds to what c1 sees: keep it well below r1.
/// Range: r1, r2, c1 and c2 above zero; rf 0 (a wire) or above and ri 0 (absent) or above: unless both are above zero, K is 1.
/// Above K = 1 + r1 (c1 + c2)/(r2 c2) the section oscillates.
/// Source: R. P. Sallen, E. L. Key, A Practical Method of Designing RC Active Filters, IRE Trans. Circuit Theory 2, 1955.
struct sallen_key_high_pass {
    static constexpr signal_role role = signal_role::stage;

    resistance r1{56e3};
    resistance r2{112e3};
    capacitance c1{100e-9};
    capacitance c2{100e-9};
    op_amp amplifier{};
    resistance rf{0.0};
    resistance ri{0.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node middle = circuit.node(), plus = circuit.node(), minus = circuit.node();
        circuit.capacitor(in, middle, c1, "sallen_key_high_pass.c1");
        circuit.capacitor(middle, plus, c2, "sallen_key_high_pass.c2");
        circuit.resistor(plus, ground, r2, "sallen_key_high_pass.r2");
        const node out = amplifier.elaborate(circuit, plus, minus);
        circuit.resistor(out, middle, r1, "sallen_key_high_pass.r1");
        circuit.optional_series_resistor(out, minus, rf, "sallen_key_high_pass.rf");
        circuit.optional_shunt_resistor(minus, ground, ri, "sallen_key_high_pass.ri");
        return out;
    }
};

/// The unity-gain section with this corner and Q, by default Butterworth, from two equal capacitors: sallen_key_high_pass_for(20_Hz).
///
/// Formula: r1 = 1/(2 Q w c) and r2 = 2 Q/(w c), with w = 2 pi corner.
/// Errors: check() reports the parts that a corner, Q or capacitance out of range (zero or below) leads to.
[[nodiscard]] constexpr sallen_key_high_pass sallen_key_high_pass_for(frequency corner, double q = 0.70710678118654752,
                                                                      capacitance c = capacitance{100e-9},
                                                                      const op_amp& amplifier = {}) noexcept
{
    const double reactance = 1.0 / (angular(corner).si * c.si);
    return {.r1 = resistance{reactance / (2.0 * q)}, .r2 = resistance{reactance * 2.0 * q}, .c1 = c, .c2 = c, .amplifier = amplifier};
}

/// The section with each part of its filter at its nearest preferred value; response() gives the corner that results.
[[nodiscard]] constexpr sallen_key_high_pass nearest(sallen_key_high_pass exact, e_series resistors, e_series capacitors) noexcept
{
    exact.r1 = nearest(exact.r1, resistors), exact.r2 = nearest(exact.r2, resistors);
    exact.c1 = nearest(exact.c1, capacitors), exact.c2 = nearest(exact.c2, capacitors);
    return exact;
}

}   // namespace phono::inline v0_2
