// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/triode_law.hpp>
#include <phono/netlist/mistake.hpp>

#include <cstdint>
#include <string_view>

namespace phono::inline v0_2::detail {

/// What a subcircuit is as a valve.
struct valve_reading {
    bool is_triode = false;
    any_law law{};
    int plate = 0, grid = 0, cathode = 0;      ///< its pins
    mistake_kind wrong = mistake_kind::none;   ///< what is the matter with a valve that is none of these; none where it is no valve at all
    std::string_view word{};
    std::string_view left_out{};   ///< a parameter of the grid's diode that the law has not, such as cjo
    std::uint64_t used = 0;        ///< bit i: card i is part of the law; the others are parts beside it, such as capacitances
};

}   // namespace phono::inline v0_2::detail
