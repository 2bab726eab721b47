// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/flat_card.hpp>
#include <phono/netlist/number.hpp>
#include <phono/netlist/reading_state.hpp>

#include <charconv>
#include <cmath>
#include <string>

namespace phono::inline v0_2::detail {

/// A value as it is written on a schematic: 180 kOhm, 4.7 uF.
[[nodiscard]] inline std::string schematic_value(double value, char unit)
{
    constexpr char factors[] = "fpnum\0kMGT";
    const double size = std::abs(value);
    int place = 5;   // of none
    double in_factor = value;
    if (size > 0.0)
        while (place > 0 && std::abs(in_factor) < 0.9999995) in_factor = value * std::pow(10.0, 3.0 * (5 - --place));
    while (place < 9 && std::abs(in_factor) >= 999.9995) in_factor = value / std::pow(10.0, 3.0 * (++place - 5));
    char digits[32];
    auto* const end = std::to_chars(digits, digits + sizeof digits, in_factor, std::chars_format::general, 6).ptr;
    std::string text{digits, end};
    text += ' ';
    if (factors[place] != '\0') text += factors[place];
    return text + unit_of(unit);
}

/// A note as a sentence, its part before it.
[[nodiscard]] inline std::string text_of(const reading_state& state, const reading_note& note)
{
    std::string text = std::string{state.prefix_of(note.instance)} + std::string{note.part} + std::string{note.behind} + ": ";
    const std::string what{note.what};
    const std::string says{text_of(note.kind)};
    const netlist_number number = number_of(note.what);
    const std::string digits{number.digits};
    switch (note.kind) {
        case note_kind::letters_passed_over:
            return text + std::string{number.unit} + " of " + what + ' ' + says + ' ' + schematic_value(note.value, note.unit);
        case note_kind::milli_ohms:
            return text + what + " is " + schematic_value(note.value, note.unit) + ", " + says + ' ' + digits + " MOhm is " + digits +
                   "Meg";
        case note_kind::femto_farads:
            return text + what + " is " + schematic_value(note.value, note.unit) + ", " + says + ' ' + digits + " F is " + digits;
        default: return text + says + (what.empty() ? "" : ' ' + what);
    }
}

}   // namespace phono::inline v0_2::detail
