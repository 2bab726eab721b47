// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/amplifier_noise.hpp>
#include <phono/circuit/circuit_block.hpp>

#include <concepts>

namespace phono::inline v0_2 {

/// An amplifier for a feedback stage: it places itself between its plus and minus input nodes and returns its output node.
/// One of your own places its gain by circuit.loop_amplifier(...), where loop_gain() then opens the loop, and names its output and its noise
/// by circuit.end_amplifier(out, noise).
template <class Amplifier>
concept differential_amplifier = std::default_initializable<Amplifier> &&
    requires(const Amplifier& a, netlist_counter& circuit, node plus, node minus)
{
    {
        a.elaborate(circuit, plus, minus)
        } -> std::same_as<node>;
};

/// An amplifier with a differential input and a finite open-loop gain, as a part of a stage.
///
/// Circuit: gain * (plus - minus), a pole at `corner`, one at `second_corner`, then the output resistance.
///
///     plus ---+-----------------+------- +
///             |                 |           gain --[pole: corner]--[pole: second_corner]--[output_resistance]-- out
///     [input_resistance] [input_capacitance]
///             |                 |
///     minus --+-----------------+------- -
///
/// Noise: that of `noise` at the inputs, none unless it is given. The poles and the input resistance stand for what transistors do and make
/// no thermal noise; the output resistance does.
/// Range: gain finite, corner above zero; the second corner, the input resistance and capacitance (between the inputs) and
/// the output resistance 0 (absent) or above.
struct op_amp {
    phono::gain gain{100.0};
    frequency corner{100.0};
    frequency second_corner{0.0};
    resistance input_resistance{0.0};
    capacitance input_capacitance{0.0};
    resistance output_resistance{0.0};
    amplifier_noise noise{};

    /// Places the amplifier between its input nodes and returns its output node.
    constexpr node elaborate(auto& circuit, node plus, node minus) const noexcept
    {
        const inner_nodes inner = nodes_of(circuit);
        const node out = circuit.node();
        place(circuit, plus, minus, out, inner);
        return out;
    }
    /// Places it between its input nodes and an output node that there is already.
    constexpr void place(auto& circuit, node plus, node minus, node out) const noexcept
    {
        place(circuit, plus, minus, out, nodes_of(circuit));
    }

private:
    struct inner_nodes {
        node driven, first, between, second, inside;
    };
    [[nodiscard]] static constexpr inner_nodes nodes_of(auto& circuit) noexcept
    {
        return {circuit.node(), circuit.node(), circuit.node(), circuit.node(), circuit.node()};
    }

    constexpr void place(auto& circuit, node plus, node minus, node out, const inner_nodes& inner) const noexcept
    {
        const auto& [driven, first, between, second, inside] = inner;
        circuit.check_value(corner.si, value_rule::positive, "op_amp.corner", "Hz");
        circuit.check_value(second_corner.si, value_rule::not_negative, "op_amp.second_corner", "Hz");
        circuit.optional_shunt_resistor(plus, minus, input_resistance, "op_amp.input_resistance");
        circuit.of_model();
        circuit.optional_capacitor(plus, minus, input_capacitance, "op_amp.input_capacitance");
        circuit.of_model();
        circuit.loop_amplifier(driven, ground, plus, minus, gain.ratio(), "op_amp.gain");
        low_pass(circuit, driven, first, corner, "op_amp.corner");
        circuit.amplifier(between, ground, first, ground, 1.0, "op_amp.buffer");
        low_pass(circuit, between, second, second_corner, "op_amp.second_corner");
        circuit.amplifier(inside, ground, second, ground, 1.0, "op_amp.buffer");
        circuit.optional_series_resistor(inside, out, output_resistance, "op_amp.output_resistance");
        circuit.end_amplifier(out, noise);
    }

    /// An RC section that gives one pole; none for a corner of 0.
    static constexpr void low_pass(auto& circuit, node from, node to, frequency at, const char* name) noexcept
    {
        constexpr resistance arbitrary{1e3};
        circuit.resistor(from, to, arbitrary, name);
        circuit.of_model();
        circuit.optional_capacitor(to, ground, at.si > 0.0 ? time_constant(at) / arbitrary : capacitance{0.0}, name);
        circuit.of_model();
    }
};

/// The open-loop corner of an amplifier with this gain and gain-bandwidth product.
[[nodiscard]] constexpr frequency corner_of(gain open_loop, frequency gain_bandwidth) noexcept
{
    return gain_bandwidth / open_loop.ratio();
}

}   // namespace phono::inline v0_2
