// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/stage/op_amp.hpp>

namespace phono::inline v0_2 {

/// A third-order Butterworth high-pass against rumble and warps, as a circuit around one amplifier: rumble_filter{20_Hz}.
///
/// Circuit: three capacitors of one value, which resistors turn into the filter of this corner.
///
///                          +------[r2]------------+
///                          |                      |
///     in --[c]--+---[c]----+--[c]-+--- plus       |
///               |                 |     amplifier +-- out
///             [r1]              [r3]    minus ----+
///               |                 |
///            ground             ground
///
/// Formula, for a large open-loop gain, with u = s/(2 pi corner): H = u^3/(1 + 2u + 2u^2 + u^3), 3.01 dB down at the corner and 18 dB per
/// octave below it. With w = 2 pi corner: r1 = 0.718/(w c), r2 = 0.282/(w c), r3 = 4.939/(w c). The sections load each other: this is not
/// an RC before a sallen_key_high_pass of Q 1, which needs a buffer between them. The source's resistance should be far below r2, 22 kOhm
/// at 20 Hz and 100 nF.
/// Range: corner and capacitance above zero.
/// For order 2 write sallen_key_high_pass_for(20_Hz); for any order without a circuit butterworth_high_pass. Preferred values:
/// series_arm{capacitor{100_nF}}, shunt_arm{resistor{57.6_kOhm}}, sallen_key_high_pass{.r1 = 22.6_kOhm, .r2 = 392_kOhm} is this circuit.
/// Source: the resistances are derived here, by equating the coefficients of the circuit's denominator with Butterworth's.
struct rumble_filter {
    static constexpr signal_role role = signal_role::stage;

    frequency corner{20.0};
    phono::capacitance capacitance{100e-9};
    op_amp amplifier{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        circuit.check_value(corner.si, value_rule::positive, "rumble_filter.corner", "Hz");
        circuit.check_value(capacitance.si, value_rule::positive, "rumble_filter.capacitance", "F");
        const node first = circuit.node(), second = circuit.node(), plus = circuit.node(), minus = circuit.node();
        circuit.capacitor(in, first, capacitance, "rumble_filter.c1");
        circuit.resistor(first, ground, r1(), "rumble_filter.r1");
        circuit.capacitor(first, second, capacitance, "rumble_filter.c2");
        circuit.capacitor(second, plus, capacitance, "rumble_filter.c3");
        circuit.resistor(plus, ground, r3(), "rumble_filter.r3");
        const node out = amplifier.elaborate(circuit, plus, minus);
        circuit.resistor(out, second, r2(), "rumble_filter.r2");
        circuit.optional_series_resistor(out, minus, resistance{0.0}, "rumble_filter.feedback");
        return out;
    }

    [[nodiscard]] constexpr resistance r1() const noexcept { return scaled(0.71805716506044618); }
    [[nodiscard]] constexpr resistance r2() const noexcept { return scaled(0.28194283493955382); }
    [[nodiscard]] constexpr resistance r3() const noexcept { return scaled(4.93946505858672289); }

private:
    /// A multiple of the reactance of a capacitor at the corner. The three multiples are the reciprocals of a, b and c in
    /// a b c = 1, (a + b) c = 1, a + 3 c = 2, where 9 c^3 - 12 c^2 + 7 c = 1.
    [[nodiscard]] constexpr resistance scaled(double multiple) const noexcept
    {
        return resistance{multiple / (angular(corner).si * capacitance.si)};
    }
};

}   // namespace phono::inline v0_2
