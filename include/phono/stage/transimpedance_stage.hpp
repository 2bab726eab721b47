// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/block.hpp>
#include <phono/network/impedance.hpp>
#include <phono/stage/op_amp.hpp>

#include <type_traits>

namespace phono {

/// A current-to-voltage stage: the signal straight into an amplifier's minus input, which zf from the output holds near zero volts.
/// The cartridge's own coil sets the current; the cable lies across next to nothing.
///
/// Gain from the EMF behind a coil Zc: -A/(1 + A) zf/(Zc + Zin), with the input impedance Zin = zf/(1 + A).
/// Range: cable 0 (absent) or above.
template <class Amplifier, class Zf>
struct transimpedance_stage {
    static_assert(std::is_same_v<Amplifier, op_amp>, "phono: transimpedance_stage takes an amplifier first");
    static_assert(impedance<Zf>, "phono: transimpedance_stage takes a part or a network; write resistor{1_kOhm}, not 1_kOhm");
    static constexpr signal_role role = signal_role::stage;

    Amplifier amplifier{};
    Zf zf{};
    capacitance cable{0.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        circuit.optional_capacitor(in, ground, cable, "transimpedance_stage.cable");
        const node out = amplifier.elaborate(circuit, ground, in);
        zf.elaborate(circuit, out, in);
        return out;
    }
};

template <class Amplifier, class Zf> transimpedance_stage(Amplifier, Zf) -> transimpedance_stage<Amplifier, Zf>;
template <class Amplifier, class Zf> transimpedance_stage(Amplifier, Zf, capacitance) -> transimpedance_stage<Amplifier, Zf>;

}  // namespace phono
