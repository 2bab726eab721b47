// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/equaliser/feedback_network.hpp>

namespace phono::inline v0_2 {

/// The feedback that makes a feedback_stage give a disc's curve, RIAA unless told otherwise, with the wanted gain at 1 kHz:
/// feedback_stage{amplifier, riaa_feedback{.gain_at_1_kHz = 40_dB, .ri = 1_kOhm}}.
///
/// Circuit: the series form of a feedback_network as zf, and ri.
///
///     output --[r1 || c1]--[r2 || c2]--+-- minus input
///                                      |
///                                    [ri]
///                                      |
///                                    ground
///
/// Gain, for a large open-loop gain: the curve, at the stated gain, times (1 + s floor()), since a non-inverting stage never has less than
/// 1. That is +0.04 dB at 20 kHz for RIAA at 40 dB; a low-pass of the same time constant behind the stage cancels it.
/// Range: a gain that is above the curve's shelf over its turnover at DC, for RIAA 20 dB there and 1 dB at 1 kHz; ri above zero. The
/// curve's level is ignored.
/// Errors: a curve that is not two lags with one lead between them, and no high-pass, does not compile where the values are constants; at
/// run time, as with a gain too low, check() says so. For the IEC's high-pass put a capacitor behind the stage.
/// Source: for_non_inverting() and feedback_network_for(), by whose names the same is done by hand.
struct riaa_feedback {
    static constexpr bool equalises = true;

    gain gain_at_1_kHz{40.0};
    resistance ri{1e3};
    phono::curve curve = disc_curve(duration{3180e-6}, duration{318e-6}, duration{75e-6});

    /// Places the network between an amplifier's output and its minus input, and ri from there to ground.
    constexpr void connect(auto& circuit, node output, node minus) const noexcept
    {
        const bool exists = has_network();
        if (!exists)
            circuit.report({"riaa_feedback.gain_at_1_kHz", gain_at_1_kHz.decibels,
                            "must be higher: no such network gives the curve with so little gain at 1 kHz", -1, "dB"});
        (exists ? network() : feedback_network<feedback_form::series>{}).elaborate(circuit, output, minus);
        circuit.resistor(minus, ground, ri, "riaa_feedback.ri");
    }

    /// The gain below the bass shelf that gives gain_at_1_kHz, the floor included; NaN where none does.
    [[nodiscard]] constexpr gain gain_at_dc() const noexcept { return gain::from_ratio(ratio_at_dc()); }
    /// The network from the output to the minus input, for nearest().
    [[nodiscard]] constexpr feedback_network<feedback_form::series> network() const noexcept
    {
        return feedback_network_for<feedback_form::series>(for_non_inverting(curve, gain_at_dc()), ri * (ratio_at_dc() - 1.0));
    }
    /// The time constant of the zero that remains, for the low-pass that cancels it.
    [[nodiscard]] constexpr duration floor() const noexcept { return floor_of(curve, gain_at_dc()); }

private:
    /// |H(1 kHz)|^2 = (g |C|)^2 (1 + (w floor)^2), where the floor is a time constant over the gain g at DC.
    [[nodiscard]] constexpr double ratio_at_dc() const noexcept
    {
        phono::curve shape = curve;
        shape.level = gain{};
        const double w = angular(frequency{1000.0}).si;
        const double wanted = gain_at_1_kHz.ratio() / math::abs(shape.transfer()({0.0, w}));
        const double lowest = w * floor_of(curve, gain{}).si;
        return math::sqrt(wanted * wanted - lowest * lowest);
    }
    [[nodiscard]] constexpr bool has_network() const noexcept
    {
        const detail::network_constants t = detail::constants_of(curve);
        return ratio_at_dc() * t.turnover > t.shelf;
    }
};

}   // namespace phono::inline v0_2
