// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/block.hpp>
#include <phono/network/impedance.hpp>
#include <phono/stage/op_amp.hpp>

#include <type_traits>

namespace phono {

/// A non-inverting amplifier: the signal at the amplifier's plus input, zf from its output to the minus input, ri from there to
/// ground. The closed loop is solved with the circuit: the network loads the amplifier, and the gain is finite.
/// Gain, for a large open-loop gain: 1 + zf/ri.
template <class Amplifier, class Zf, class Ri>
struct feedback_stage {
    static_assert(std::is_same_v<Amplifier, op_amp>, "phono: feedback_stage takes an amplifier first; feedback has nothing to act on without one");
    static_assert(impedance<Zf> && impedance<Ri>, "phono: feedback_stage takes parts or networks; write resistor{47_kOhm}, not 47_kOhm");
    static constexpr signal_role role = signal_role::stage;

    Amplifier amplifier{};
    Zf zf{};
    Ri ri{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node inverting = circuit.node();
        const node out = amplifier.elaborate(circuit, in, inverting);
        zf.elaborate(circuit, out, inverting);
        ri.elaborate(circuit, inverting, ground);
        return out;
    }
};

/// An inverting amplifier: zi from the signal to the amplifier's minus input, zf from there to its output.
/// Gain, for a large open-loop gain: -zf/zi; input impedance zi.
template <class Amplifier, class Zf, class Zi>
struct inverting_stage {
    static_assert(std::is_same_v<Amplifier, op_amp>, "phono: inverting_stage takes an amplifier first; feedback has nothing to act on without one");
    static_assert(impedance<Zf> && impedance<Zi>, "phono: inverting_stage takes parts or networks; write resistor{47_kOhm}, not 47_kOhm");
    static constexpr signal_role role = signal_role::stage;

    Amplifier amplifier{};
    Zf zf{};
    Zi zi{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node inverting = circuit.node();
        const node out = amplifier.elaborate(circuit, ground, inverting);
        zi.elaborate(circuit, in, inverting);
        zf.elaborate(circuit, out, inverting);
        return out;
    }
};

template <class Amplifier, class Zf, class Ri> feedback_stage(Amplifier, Zf, Ri) -> feedback_stage<Amplifier, Zf, Ri>;
template <class Amplifier, class Zf, class Zi> inverting_stage(Amplifier, Zf, Zi) -> inverting_stage<Amplifier, Zf, Zi>;

}  // namespace phono
