// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/network/impedance.hpp>
#include <phono/stage/amplifier_stage.hpp>
#include <phono/stage/op_amp.hpp>

#include <type_traits>

namespace phono::inline v0_2 {

/// A current-to-voltage stage: the signal goes directly to an amplifier's minus input, a virtual ground through the feedback of zf.
/// The cartridge's own coil sets the current; the capacitance of a cable is almost shorted.
///
/// Circuit:
///
///          +----------[zf]----------+
///          |                        |
///     in --+-- minus                |
///                    amplifier -----+-- out
///     ground -- plus
///
/// Gain from the EMF behind a coil Zc: -A/(1 + A) zf/(Zc + Zin), with the input impedance Zin = zf/(1 + A).
template <class Amplifier, class Zf>
struct transimpedance_stage {
    static_assert(differential_amplifier<Amplifier>, "phono: transimpedance_stage takes an amplifier first");
    static_assert(impedance<Zf>, "phono: transimpedance_stage takes a part or a network; write resistor{1_kOhm}, not 1_kOhm");
    static constexpr signal_role role = signal_role::current_input;
    static constexpr bool equalises = phono::equalises<Zf>;

    Amplifier amplifier{};
    Zf zf{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node out = amplifier.elaborate(circuit, ground, in);
        zf.elaborate(circuit, out, in);
        return out;
    }

    /// The amplifier with zf removed; for an op_amp only.
    [[nodiscard]] constexpr amplifier_stage open_loop() const noexcept
    {
        static_assert(std::is_same_v<Amplifier, op_amp>, "phono: open_loop takes stages around an op_amp");
        return {amplifier, true};
    }
};

template <class Amplifier, class Zf>
transimpedance_stage(Amplifier, Zf) -> transimpedance_stage<Amplifier, Zf>;

}   // namespace phono::inline v0_2
