// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/curves.hpp>

#include <string>
#include <string_view>

namespace command {

/// A replay curve as the command line names it.
struct curve_argument {
    std::string name;    ///< as in the catalogue, or as typed
    std::string title;   ///< for people
    phono::curve value;
};

/// A name of the catalogue, or three time constants in microseconds, bass shelf / turnover / treble, `-` for one that is
/// absent: `3180/318/75`, `-/318/100`. A turnover without a shelf gets the library's documented one, so that its gain stays
/// finite. Or a label and a year, `columbia 1941` (parse_label). Anything else is a failure that names the nearest curves.
[[nodiscard]] curve_argument parse_curve(std::string_view text);

/// The time constants of a curve, in microseconds: `3180/318/75`, and `, high-pass 7950` where it has one.
[[nodiscard]] std::string time_constants(const phono::curve& curve);

}   // namespace command
