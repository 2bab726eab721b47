// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/network/node.hpp>
#include <phono/units.hpp>

#include <concepts>

namespace phono::inline v0_2 {

namespace detail {

/// Accepts every part that a two-terminal network may place, as a netlist does, and stores none: used to try a network out.
struct trial_circuit {
    constexpr phono::node node() noexcept { return {}; }
    constexpr void resistor(phono::node, phono::node, resistance, const char* = "") noexcept {}
    constexpr void capacitor(phono::node, phono::node, capacitance, const char* = "") noexcept {}
    constexpr void inductor(phono::node, phono::node, inductance, const char* = "") noexcept {}
    constexpr void optional_capacitor(phono::node, phono::node, capacitance, const char*) noexcept {}
    constexpr void optional_inductor(phono::node, phono::node, inductance, const char*) noexcept {}
    constexpr void optional_series_resistor(phono::node, phono::node, resistance, const char*) noexcept {}
    constexpr void optional_shunt_resistor(phono::node, phono::node, resistance, const char*) noexcept {}
    constexpr void biased_resistor(phono::node, phono::node, resistance, voltage, const char* = "") noexcept {}
    constexpr void of_model() noexcept {}
    constexpr void supply(phono::node, voltage, const char* = "", phono::node = {}) noexcept {}
    constexpr void triode(phono::node, phono::node, phono::node, const auto&) noexcept {}
    constexpr void amplifier(phono::node, phono::node, phono::node, phono::node, double, const char* = "") noexcept {}
    constexpr void loop_amplifier(phono::node, phono::node, phono::node, phono::node, double, const char* = "") noexcept {}
    template <class Noise = int>
    constexpr void end_amplifier(phono::node, const Noise& = {}) noexcept
    {
    }
    constexpr void transconductance(phono::node, phono::node, phono::node, phono::node, double, const char* = "") noexcept {}
    constexpr void report(const auto&) noexcept {}
    constexpr void check_value(double, auto, const char*, const char* = "") noexcept {}
};

/// Places a default-constructed network. This makes the compiler instantiate the body of its elaborate(), which a requires-expression does
/// not: a body that calls what no circuit has is reported where the network is written, not where the whole schematic is elaborated.
template <class Network>
inline constexpr bool can_be_placed = [] {
    trial_circuit circuit;
    Network{}.elaborate(circuit, node{1}, ground);
    return true;
}();

}   // namespace detail

/// A two-terminal network that places its parts between two nodes of a circuit: a default-constructible type with
/// `elaborate(circuit, a, b)`, which returns nothing. A user's own type is as good as the library's.
template <class Network>
concept impedance = std::default_initializable<Network> && requires(const Network& network, detail::trial_circuit& circuit, node a, node b)
{
    {
        network.elaborate(circuit, a, b)
        } -> std::same_as<void>;
} && detail::can_be_placed<Network>;

}   // namespace phono::inline v0_2
