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
}

}   // namespace

std::optional<double> parse_part_value(std::string_view text, std::string_view unit) noexcept
{
    if (!unit.empty() && text.ends_with(unit)) text.remove_suffix(unit.size());
    drop_spaces(text);
    if (text.empty() || prefixes.find(text.back()) == std::string_view::npos) return parse_number(text);
    const char prefix = text.back();
    text.remove_suffix(1);
    drop_spaces(text);
    const auto value = parse_number(text);
    return value ? std::optional{scaled(*value, prefix)} : std::nullopt;
}

std::optional<double> parse_quantity(std::string_view text, std::string_view unit) noexcept
{
    if (!unit.empty() && unit != "dB") return parse_part_value(text, unit);
    for (const auto ending : {"dB", "db"}) {
        if (unit.empty() || !text.ends_with(ending)) continue;
        text.remove_suffix(2);
        drop_spaces(text);
    }
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
