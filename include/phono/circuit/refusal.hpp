// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace phono::inline v0_2::detail {

/// Not constexpr: it ends the evaluation of a constant schematic that has a fault.
inline void a_constant_schematic_has_a_fault_and_the_lines_around_this_one_name_the_part_and_its_value() {}

/// Refuses a constant schematic. Compilers print the calls that led here: clang this one with its values, g++ the one that placed the part,
/// with the part's name.
constexpr void phono_refuses(const char* /*part*/, double /*value*/, const char* /*rule*/, int block)
{
    if (block >= -1) a_constant_schematic_has_a_fault_and_the_lines_around_this_one_name_the_part_and_its_value();
}

}   // namespace phono::inline v0_2::detail
