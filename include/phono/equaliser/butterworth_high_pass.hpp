// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>

namespace phono::inline v0_2 {

/// A Butterworth high-pass, against rumble and warps, as an ideal, buffered block.
///
/// Formula: H(s) = s^n / prod(s - p), the n poles p spread evenly over the left half of the circle |s| = 2 pi corner; so
/// |H| = 1/sqrt(1 + (corner/f)^2n): 3.01 dB down at the corner, 6 n dB per octave below it.
/// Range: a corner above zero; an order from 1 to 8.
/// Source: S. Butterworth, On the Theory of Filter Amplifiers, Experimental Wireless 7, 1930.
struct butterworth_high_pass {
    static constexpr signal_role role = signal_role::stage;

    frequency corner{20.0};
    int order = 2;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        circuit.check_value(corner.si, value_rule::positive, "butterworth_high_pass.corner", "Hz");
        if (!has_order()) circuit.report({"butterworth_high_pass.order", static_cast<double>(order), "must be from 1 to 8", -1});
        return circuit.ideal(in, transfer());
    }

    /// The filter as poles, zeros and gain.
    [[nodiscard]] constexpr math::rational transfer() const noexcept
    {
        math::rational h;
        if (!has_order()) return h;
        const double w = angular(corner).si;
        if (order % 2 != 0) h.poles.add({-w});
        for (int pair = 0; pair < order / 2; ++pair) {
            const double angle = math::pi * (2 * pair + 1) / (2 * order);   // from the imaginary axis
            h.poles.add({-w * math::sin(angle), w * math::cos(angle)});
        }
        for (int zero = 0; zero < order; ++zero) h.zeros.add({});
        return h;
    }

    friend constexpr bool operator==(const butterworth_high_pass&, const butterworth_high_pass&) noexcept = default;

private:
    [[nodiscard]] constexpr bool has_order() const noexcept { return order >= 1 && order <= 8; }
};

}   // namespace phono::inline v0_2
