// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/network/equalises.hpp>
#include <phono/network/impedance.hpp>
#include <phono/network/links.hpp>
#include <phono/stage/amplifier_stage.hpp>
#include <phono/stage/feedback_path.hpp>
#include <phono/stage/op_amp.hpp>

#include <type_traits>

namespace phono::inline v0_2 {

namespace detail {

/// True for a block that equalises, a curve or a passive_network, which has an input and an output and is no feedback network.
template <class Item>
inline constexpr bool is_equaliser_block = circuit_block<Item>&& equalises<Item>;

}   // namespace detail

/// A non-inverting amplifier: the signal is at the plus input, and all feedback networks meet at the minus input.
///
/// Circuit of feedback_stage{amplifier, zf, ri}:
///
///     in ------------ plus
///                           amplifier ----+-- out
///                +--- minus               |
///                |                        |
///                +----------[zf]----------+
///                |
///              [ri]
///                |
///              ground
///
/// zf connects the output to the minus input; ri and any further network connect the minus input to ground. A feedback_path, in any place,
/// leads from the output through its own ladder to the minus input; in the first place it replaces zf, and every network leads to ground.
/// So does a riaa_feedback, which holds zf and ri: feedback_stage{amplifier, riaa_feedback{.gain_at_1_kHz = 40_dB, .ri = 1_kOhm}}.
/// The closed loop is solved with the circuit: the networks load the amplifier, and its gain is finite.
/// Gain, for a large open-loop gain: 1 + zf/ri.
template <class Amplifier, class... Path>
struct feedback_stage {
    static_assert(differential_amplifier<Amplifier>,
                  "phono: feedback_stage takes an amplifier first; feedback has nothing to act on without one");
    static_assert(
        !(detail::is_equaliser_block<Path> || ...),
        "phono: a curve is no network: write feedback_stage{amplifier, riaa_feedback{.gain_at_1_kHz = 40_dB, .ri = 1_kOhm}}, with "
        ".curve for another one than RIAA");
    static_assert(((impedance<Path> || detail::has_ground_foot<Path> || detail::is_equaliser_block<Path>)&&...),
                  "phono: feedback_stage takes parts, networks or feedback_paths; write resistor{47_kOhm}, not 47_kOhm");
    static_assert(sizeof...(Path) > 0, "phono: feedback_stage takes the feedback behind its amplifier; without any, write amplifier_stage");
    static constexpr signal_role role = signal_role::stage;
    static constexpr bool equalises = (phono::equalises<Path> || ...);

    Amplifier amplifier{};
    detail::links<Path...> paths{};

    constexpr feedback_stage() noexcept = default;
    explicit constexpr feedback_stage(Amplifier first, Path... path) noexcept : amplifier(first), paths(detail::link(path...)) {}

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node minus = circuit.node();
        const node out = amplifier.elaborate(circuit, in, minus);
        paths.for_each([&](const auto& path, int place) {
            if constexpr (detail::has_ground_foot<std::remove_cvref_t<decltype(path)>>) path.connect(circuit, out, minus);
            else path.elaborate(circuit, place == 0 ? out : minus, place == 0 ? minus : ground);
        });
        return out;
    }

    /// The stage with its networks removed; feedback_paths, which set the amplifier's operating point, stay.
    [[nodiscard]] constexpr auto open_loop() const noexcept { return without_networks(paths); }

private:
    template <class... Kept>
    [[nodiscard]] constexpr auto without_networks(detail::links<>, const Kept&... kept) const noexcept
    {
        if constexpr (sizeof...(Kept) == 0) return amplifier_stage{amplifier};
        else return feedback_stage<Amplifier, Kept...>{amplifier, kept...};
    }
    template <class Head, class... Tail, class... Kept>
    [[nodiscard]] constexpr auto without_networks(const detail::links<Head, Tail...>& rest, const Kept&... kept) const noexcept
    {
        if constexpr (detail::is_feedback_path<Head>) return without_networks(rest.tail, kept..., rest.head);
        else return without_networks(rest.tail, kept...);
    }
};

template <class Amplifier, class... Path>
feedback_stage(Amplifier, Path...) -> feedback_stage<Amplifier, Path...>;

}   // namespace phono::inline v0_2
