// SPDX-License-Identifier: BSL-1.0
#include "arguments/part_value.hpp"

#include "support/number.hpp"
#include "support/value_text.hpp"

namespace command {

namespace {

constexpr std::string_view prefixes = "pnumkMG";

// Applies a prefix; one below unity is applied as a divisor, so that the quotient is rounded once, as a literal is.
double scaled(double value, char prefix)
{
    switch (prefix) {
        case 'p': return value / 1e12;
        case 'n': return value / 1e9;
        case 'u': return value / 1e6;
        case 'm': return value / 1e3;
        case 'k': return value * 1e3;
        case 'M': return value * 1e6;
        default: return value * 1e9;
    }
}

void drop_spaces(std::string_view& text)
{
    while (text.ends_with(' ')) text.remove_suffix(1);
    while (text.starts_with(' ')) text.remove_prefix(1);
}

bool drop(std::string_view& text, std::string_view ending)
{
    if (!text.ends_with(ending)) return false;
    text.remove_suffix(ending.size());
    return true;
}

// As people write it: an ohm is a Greek letter, too, of which Unicode has two, and hertz have a small letter.
void drop_unit(std::string_view& text, std::string_view unit)
{
    if (unit.empty() || drop(text, unit)) return;
    if (unit == "Hz") static_cast<void>(drop(text, "hz") || drop(text, "HZ"));
    if (unit == "Ohm") static_cast<void>(drop(text, "\u03A9") || drop(text, "\u2126") || drop(text, "ohm"));
}

// The prefix at the end of a text, if there is one. Micro is a Greek letter, too, of which Unicode has two.
std::optional<char> drop_prefix(std::string_view& text)
{
    if (drop(text, "\u00B5") || drop(text, "\u03BC")) return 'u';
    if (text.empty() || prefixes.find(text.back()) == std::string_view::npos) return std::nullopt;
    const char prefix = text.back();
    text.remove_suffix(1);
    return prefix;
}

}   // namespace

std::optional<double> parse_part_value(std::string_view text, std::string_view unit) noexcept
{
    drop_spaces(text);
    drop_unit(text, unit);
    drop_spaces(text);
    const auto prefix = drop_prefix(text);
    drop_spaces(text);
    const auto value = parse_number(text);
    return value && prefix ? std::optional{scaled(*value, *prefix)} : value;
}

std::optional<double> parse_quantity(std::string_view text, std::string_view unit) noexcept
{
    if (!unit.empty() && !unit.starts_with("dB")) return parse_part_value(text, unit);
    drop_spaces(text);
    bool is_unit = false;
    if (unit == "dBFS") is_unit = drop(text, "dBFS") || drop(text, "dBTP");
    if (!unit.empty() && !is_unit) static_cast<void>(drop(text, "dB") || drop(text, "db"));
    drop_spaces(text);
    return parse_number(text);
}

bool is_slip(double value) noexcept { return value > 0.0 && value < 1e-18; }

CLI::Validator part_value(double lowest, double highest, const std::string& unit, const std::string& example)
{
    const auto check = [lowest, highest, unit, example](std::string& text) -> std::string {
        const auto value = parse_part_value(text, unit);
        if (value && is_slip(*value)) return "'" + text + "' is next to 0; give 0, or a value as " + example;
        if (!value || !(*value >= lowest && *value <= highest))
            return "'" + text + "' is not a value from " + value_text(lowest, unit) + " to " + value_text(highest, unit) +
                   "; write it as " + example;
        text = exact(*value);
        return {};
    };
    return CLI::Validator{check, ""};
}

}   // namespace command
