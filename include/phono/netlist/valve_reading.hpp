// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/triode_law.hpp>
#include <phono/netlist/mistake.hpp>

#include <cstdint>
#include <string_view>

namespace phono::inline v0_2::detail {

/// Settings of a .model that a law has no place for.
struct left_out_settings {
    static constexpr int most = 6;
    std::string_view name[most]{};
    int count = 0;

    constexpr void add(std::string_view setting) noexcept
    {
        if (count < most) name[count++] = setting;
    }
    [[nodiscard]] constexpr const std::string_view* begin() const noexcept { return name; }
    [[nodiscard]] constexpr const std::string_view* end() const noexcept { return name + count; }
};

/// What a subcircuit is as a valve.
struct valve_reading {
    bool is_triode = false;
    any_law law{};
    std::string_view plate{}, grid{}, cathode{};   ///< its nodes: pins, or nodes behind stoppers
    mistake_kind wrong = mistake_kind::none;   ///< what is the matter with a valve that is none of these; none where it is no valve at all
    std::string_view word{};
    left_out_settings left_out{};   ///< of the grid's diode: its capacitance cjo, its transit time tt
    std::uint64_t used = 0;         ///< bit i: card i is part of the law; the others are parts beside it, such as capacitances
    std::uint64_t stoppers = 0;     ///< of those, resistors between a pin and an electrode
};

}   // namespace phono::inline v0_2::detail
