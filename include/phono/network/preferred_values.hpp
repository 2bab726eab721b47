// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/decimal.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2 {

/// The series of preferred values in which resistors, capacitors and inductors are made, by the number of values per decade.
/// Source: IEC 60063.
enum class e_series { e6 = 6, e12 = 12, e24 = 24, e48 = 48, e96 = 96, e192 = 192 };

namespace detail {

// IEC 60063. E12 is every second value of E24 and E6 every fourth; E96 is every second value of E192 and E48 every fourth. From E48 on
// the values are powers of the series' root to three digits, except 920 in E192; E24 is older and departs from its root in eight values.
inline constexpr short preferred_in_24[] = {100, 110, 120, 130, 150, 160, 180, 200, 220, 240, 270, 300,
                                            330, 360, 390, 430, 470, 510, 560, 620, 680, 750, 820, 910};
inline constexpr short preferred_in_192[] = {
    100, 101, 102, 104, 105, 106, 107, 109, 110, 111, 113, 114, 115, 117, 118, 120, 121, 123, 124, 126, 127, 129, 130, 132,
    133, 135, 137, 138, 140, 142, 143, 145, 147, 149, 150, 152, 154, 156, 158, 160, 162, 164, 165, 167, 169, 172, 174, 176,
    178, 180, 182, 184, 187, 189, 191, 193, 196, 198, 200, 203, 205, 208, 210, 213, 215, 218, 221, 223, 226, 229, 232, 234,
    237, 240, 243, 246, 249, 252, 255, 258, 261, 264, 267, 271, 274, 277, 280, 284, 287, 291, 294, 298, 301, 305, 309, 312,
    316, 320, 324, 328, 332, 336, 340, 344, 348, 352, 357, 361, 365, 370, 374, 379, 383, 388, 392, 397, 402, 407, 412, 417,
    422, 427, 432, 437, 442, 448, 453, 459, 464, 470, 475, 481, 487, 493, 499, 505, 511, 517, 523, 530, 536, 542, 549, 556,
    562, 569, 576, 583, 590, 597, 604, 612, 619, 626, 634, 642, 649, 657, 665, 673, 681, 690, 698, 706, 715, 723, 732, 741,
    750, 759, 768, 777, 787, 796, 806, 816, 825, 835, 845, 856, 866, 876, 887, 898, 909, 920, 931, 942, 953, 965, 976, 988};

/// The value at a place in a series, from 100 up to 1000 (the first of the next decade).
[[nodiscard]] constexpr int preferred_number(e_series series, int place) noexcept
{
    const int count = static_cast<int>(series);
    if (place == count) return 1000;
    const int table = count <= 24 ? 24 : 192, at = place * (table / count);
    return count <= 24 ? preferred_in_24[at] : preferred_in_192[at];
}

[[nodiscard]] constexpr double nearest_preferred(double value, e_series series) noexcept
{
    if (!(value >= 1e-20 && value <= 1e24)) return value;
    int decade = 0;
    while (value < math::decimal(100, decade)) --decade;
    while (value >= math::decimal(1000, decade)) ++decade;
    int place = 1;
    while (value >= math::decimal(preferred_number(series, place), decade)) ++place;
    const double below = math::decimal(preferred_number(series, place - 1), decade);
    const double above = math::decimal(preferred_number(series, place), decade);
    return value / below < above / value ? below : above;
}

}   // namespace detail

/// The preferred value nearest in ratio: nearest(4.8_kOhm, e_series::e24) is 4.7_kOhm, the same value as that literal.
/// Range: 1e-20 to 1e24 in the SI unit; any other value is returned unchanged, for check() to report.
[[nodiscard]] constexpr resistance nearest(resistance r, e_series series) noexcept
{
    return resistance{detail::nearest_preferred(r.si, series)};
}
/// The same for a capacitance.
[[nodiscard]] constexpr capacitance nearest(capacitance c, e_series series) noexcept
{
    return capacitance{detail::nearest_preferred(c.si, series)};
}
/// The same for an inductance.
[[nodiscard]] constexpr inductance nearest(inductance l, e_series series) noexcept
{
    return inductance{detail::nearest_preferred(l.si, series)};
}

}   // namespace phono::inline v0_2
