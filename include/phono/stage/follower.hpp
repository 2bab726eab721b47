// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/stage/amplifier_stage.hpp>
#include <phono/stage/op_amp.hpp>

#include <type_traits>

namespace phono::inline v0_2 {

/// A voltage follower: an amplifier whose whole output returns to its minus input.
///
/// Circuit of follower{amplifier, feedback}; without the second value a wire takes the place of the resistor.
///
///     in ------------ plus
///                           amplifier ----+-- out
///                +--- minus               |
///                |                        |
///                +-------[feedback]-------+
///
/// Gain, for an open-loop gain A: A/(1 + A). It draws what the amplifier's own input draws, divided by 1 + A, and its output resistance
/// is the amplifier's, divided by 1 + A; both rise as A falls with frequency.
/// Range: feedback 0 (a wire) or above; with it the amplifier's input_capacitance makes a pole in the loop.
template <class Amplifier>
struct follower {
    static_assert(differential_amplifier<Amplifier>,
                  "phono: follower takes an amplifier, such as an op_amp; for an ideal one that loads nothing write buffer{}");
    static constexpr signal_role role = signal_role::stage;

    Amplifier amplifier{};
    resistance feedback{0.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node minus = circuit.node();
        const node out = amplifier.elaborate(circuit, in, minus);
        circuit.optional_series_resistor(out, minus, feedback, "follower.feedback");
        return out;
    }

    /// The amplifier with its feedback removed; for an op_amp only.
    [[nodiscard]] constexpr amplifier_stage open_loop() const noexcept
    {
        static_assert(std::is_same_v<Amplifier, op_amp>, "phono: open_loop takes stages around an op_amp");
        return {amplifier};
    }
};

template <class Amplifier>
follower(Amplifier) -> follower<Amplifier>;
template <class Amplifier>
follower(Amplifier, resistance) -> follower<Amplifier>;

}   // namespace phono::inline v0_2
