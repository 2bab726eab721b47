// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/network/impedance.hpp>
#include <phono/stage/amplifier_stage.hpp>
#include <phono/stage/op_amp.hpp>

#include <type_traits>

namespace phono::inline v0_2 {

/// An inverting amplifier: zi from the signal to the amplifier's minus input, zf from there to its output.
///
///                +----------[zf]----------+
///                |                        |
///     in --[zi]--+-- minus                |
///                          amplifier -----+-- out
///        ground ---- plus
///
/// Gain, for a large open-loop gain: -zf/zi; input impedance zi.
template <class Amplifier, class Zf, class Zi>
struct inverting_stage {
    static_assert(differential_amplifier<Amplifier>,
                  "phono: inverting_stage takes an amplifier first; feedback has nothing to act on without one");
    static_assert(impedance<Zf> && impedance<Zi>, "phono: inverting_stage takes parts or networks; write resistor{47_kOhm}, not 47_kOhm");
    static constexpr signal_role role = signal_role::stage;
    static constexpr bool equalises = phono::equalises<Zf> || phono::equalises<Zi>;

    Amplifier amplifier{};
    Zf zf{};
    Zi zi{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node minus = circuit.node();
        const node out = amplifier.elaborate(circuit, ground, minus);
        zi.elaborate(circuit, in, minus);
        zf.elaborate(circuit, out, minus);
        return out;
    }

    /// The amplifier with both networks removed; for an op_amp only.
    [[nodiscard]] constexpr amplifier_stage open_loop() const noexcept
    {
        static_assert(std::is_same_v<Amplifier, op_amp>, "phono: open_loop takes stages around an op_amp");
        return {amplifier, true};
    }
};

template <class Amplifier, class Zf, class Zi>
inverting_stage(Amplifier, Zf, Zi) -> inverting_stage<Amplifier, Zf, Zi>;

}   // namespace phono::inline v0_2
