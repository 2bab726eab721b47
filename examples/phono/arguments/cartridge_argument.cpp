// SPDX-License-Identifier: BSL-1.0
#include "arguments/cartridge_argument.hpp"

#include "arguments/part_value.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <cctype>
#include <cstddef>

namespace command {

namespace {

struct bounds {
    double lowest, highest;
};
constexpr bounds coil_ohms{1e-3, 1e6}, load_ohms{1e-2, 1e9};
constexpr double most_ohms_of_moving_coil = 250.0;   // high-output ones included; the coils of magnetic cartridges have more
constexpr double most_henries = 100.0, most_farads = 1e-3;

bool is_within(const std::optional<double>& value, bounds range) { return value && *value >= range.lowest && *value <= range.highest; }

// A value has a prefix and a unit behind its digits at most; a name that begins with a digit, as 2m_red, has more.
bool looks_like_name(std::string_view text)
{
    if (text.find(',') != std::string_view::npos || parse_part_value(text, "Ohm")) return false;
    const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
    for (std::size_t i = 1; i < text.size(); ++i)
        if (text[i] == '_' || (is_letter(text[i - 1]) && is_letter(text[i]))) return true;
    return false;
}

// Both values, or nothing where one is impossible.
std::optional<value_pair> parse_pair(std::string_view text, bounds ohms, std::string_view other_unit, double most)
{
    const auto comma = text.find(',');
    const auto resistance = parse_part_value(text.substr(0, comma), "Ohm");
    if (!is_within(resistance, ohms)) return std::nullopt;
    if (comma == std::string_view::npos) return value_pair{*resistance, 0.0};
    const auto other = parse_part_value(text.substr(comma + 1), other_unit);
    if (!is_within(other, {0.0, most}) || is_slip(*other)) return std::nullopt;
    return value_pair{*resistance, *other};
}

}   // namespace

std::optional<value_pair> parse_coil(std::string_view option, std::string_view text)
{
    const bool is_value = !text.empty() && (std::isdigit(static_cast<unsigned char>(text.front())) != 0 || text.find_first_of(",+-.") == 0);
    if ((!is_value && text.find(',') == std::string_view::npos) || looks_like_name(text)) return std::nullopt;
    const auto coil = parse_pair(text, coil_ohms, "H", most_henries);
    if (!coil)
        throw failure{std::string{option} + ' ' + std::string{text} +
                      ": give a name (phono list cartridges), or the coil's resistance and inductance, as 1.3k,650m"};
    if (text.find(',') == std::string_view::npos && coil->resistance > most_ohms_of_moving_coil)
        throw failure{std::string{option} + ' ' + std::string{text} + ": a coil of more than " + brief(most_ohms_of_moving_coil) +
                      " Ohm has an inductance that matters; give it too, as 1.3k,650m, or " + std::string{text} + ",0 if there is none"};
    return coil;
}

value_pair parse_load(std::string_view text)
{
    const auto load = parse_pair(text, load_ohms, "F", most_farads);
    if (!load) throw failure{"--load " + std::string{text} + ": give a resistance and, cable included, a capacitance, as 47k,250p"};
    return *load;
}

double parse_step_up(std::string_view text)
{
    if (text.empty()) return 1.0;
    const auto colon = text.find(':');
    const auto primary = colon == std::string_view::npos ? std::optional{1.0} : parse_number(text.substr(0, colon));
    const auto secondary = parse_number(colon == std::string_view::npos ? text : text.substr(colon + 1));
    const bool is_ratio = primary && secondary && *primary > 0.0 && *secondary > 0.0;
    const double ratio = is_ratio ? *secondary / *primary : 0.0;
    if (!(ratio >= 0.1 && ratio <= 1000.0))
        throw failure{"--step-up " + std::string{text} + ": give the transformer's turns, primary to secondary, as 1:10"};
    if (ratio < 1.0)
        throw failure{"--step-up " + std::string{text} + ": steps down; the primary's turns come first: write 1:" + brief(1.0 / ratio)};
    return ratio;
}

}   // namespace command
