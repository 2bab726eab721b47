// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/network/impedance.hpp>

namespace phono::inline v0_2 {

/// A transistor, or several, in common-base connection: the signal current enters the small resistance of the emitter, and nearly the same
/// current leaves the collector.
///
/// Units: input_resistance is the emitter's 26 mV/I at room temperature plus any resistance in series.
/// Noise: an emitter has no thermal noise; its shot noise, that of half its resistance, is not in the model.
/// Range: input_resistance and current_gain above zero.
struct common_base {
    resistance input_resistance{2.6};
    double current_gain = 1.0;
};

/// A current input without a feedback loop: the signal current flows into a common-base input and out into a load.
///
/// Both are given, common_base_stage{common_base{}, resistor{1_kOhm}}: the load's type is found by its place, behind the input.
///
/// Gain from the EMF behind a coil Zc: current_gain load/(Zc + input_resistance). The input of the next block is in parallel with the load.
template <class Load>
struct common_base_stage {
    static_assert(impedance<Load>, "phono: common_base_stage takes a common_base and the part or network that its output current drives");
    static constexpr signal_role role = signal_role::current_input;
    static constexpr bool equalises = phono::equalises<Load>;

    common_base input{};
    Load load{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node out = circuit.node();
        circuit.resistor(in, ground, input.input_resistance, "common_base.input_resistance");
        circuit.of_model();
        circuit.check_value(input.current_gain, value_rule::positive, "common_base.current_gain");
        circuit.transconductance(ground, out, in, ground, input.current_gain / input.input_resistance.si, "common_base.current_gain");
        load.elaborate(circuit, out, ground);
        return out;
    }
};

template <class Load>
common_base_stage(common_base, Load) -> common_base_stage<Load>;

}   // namespace phono::inline v0_2
