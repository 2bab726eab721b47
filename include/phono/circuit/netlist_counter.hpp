// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/amplifier_noise.hpp>
#include <phono/circuit/fault.hpp>
#include <phono/circuit/part.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2 {

/// A netlist that only counts: default-constructed blocks elaborate into it at compile time, to find the size that their
/// types need. This is why a block's choice of parts may depend on its type but never on its values.
class netlist_counter {
public:
    constexpr phono::node node() noexcept { return phono::node{++size.nodes}; }
    constexpr void resistor(phono::node, phono::node, resistance, const char* = "") noexcept { ++size.parts; }
    constexpr void capacitor(phono::node, phono::node, capacitance, const char* = "") noexcept { reactance(); }
    constexpr void optional_capacitor(phono::node, phono::node, capacitance, const char*) noexcept { reactance(); }
    constexpr void inductor(phono::node, phono::node, inductance, const char* = "") noexcept { reactance(), ++size.branches; }
    constexpr void optional_inductor(phono::node, phono::node, inductance, const char*) noexcept { reactance(), ++size.branches; }
    constexpr void optional_series_resistor(phono::node, phono::node, resistance, const char*) noexcept { branch(); }
    constexpr void optional_shunt_resistor(phono::node, phono::node, resistance, const char*) noexcept { ++size.parts; }
    constexpr void biased_resistor(phono::node, phono::node, resistance, voltage, const char* = "") noexcept { ++size.parts; }
    constexpr void of_model() noexcept {}
    constexpr void supply(phono::node, voltage, const char* = "", phono::node = ground) noexcept { branch(); }
    constexpr void triode(phono::node, phono::node, phono::node, const any_law&) noexcept { ++size.parts, ++size.triodes; }
    constexpr void source(phono::node, phono::node = ground) noexcept { branch(); }
    constexpr void inject(phono::node, phono::node = ground) noexcept { ++size.parts; }
    constexpr void amplifier(phono::node, phono::node, phono::node, phono::node, double, const char* = "") noexcept { branch(); }
    constexpr void loop_amplifier(phono::node, phono::node, phono::node, phono::node, double, const char* = "") noexcept
    {
        branch();
        ++size.amplifiers;
    }
    constexpr void end_amplifier(phono::node, const amplifier_noise& = {}) noexcept {}
    constexpr void transconductance(phono::node, phono::node, phono::node, phono::node, double, const char* = "") noexcept { ++size.parts; }
    constexpr phono::node ideal(phono::node, const math::rational&, bool = false) noexcept
    {
        ++size.factors;
        branch();
        return node();
    }
    constexpr void scale_source(const math::rational&) noexcept { ++size.factors; }
    constexpr void check_value(double, value_rule, const char*, const char* = "") noexcept {}
    constexpr void report(const fault&) noexcept {}
    constexpr void mark(int, phono::node) noexcept { ++size.marks; }
    constexpr phono::node marked_node(int) noexcept { return {}; }
    constexpr void mark_rail(int, phono::node, const char*) noexcept { ++size.marks; }
    constexpr phono::node rail(int, const char*) noexcept { return {}; }
    constexpr void name_nodes(const placed_names& placed) noexcept { size.add_names(placed.table); }

    netlist_size size{};

private:
    constexpr void reactance() noexcept { ++size.parts, ++size.reactances; }
    constexpr void branch() noexcept { ++size.parts, ++size.branches; }
};

}   // namespace phono::inline v0_2
