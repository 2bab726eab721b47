// SPDX-License-Identifier: BSL-1.0
#include "reports/match_words.hpp"

#include "support/number.hpp"
#include "support/value_text.hpp"

#include <cmath>

namespace command {

namespace {

using phono::match_grade;

// A ratio and decibels take no prefix.
std::string with_unit(double value, const phono::match_quantity& quantity)
{
    if (quantity.unit == "dB") return fixed(value, 2) + " dB";
    if (quantity.unit.empty()) return brief(std::round(value * 100.0) / 100.0);
    return value_text(value, quantity.unit);
}

std::string as_set_better(const phono::match_verdict& voltage, const phono::match_verdict& transimpedance)
{
    if (voltage.as_set == transimpedance.as_set) return {};
    const bool first = voltage.as_set < transimpedance.as_set;
    return std::string{" With the parts as set the "} + (first ? "voltage" : "trans-impedance") + " input does better.";
}

// The noise that the other input would save; for moving coils only, whose noise is nearly flat.
std::string noise_difference(const phono::cartridge_match& figures)
{
    if (figures.kind != phono::cartridge_kind::moving_coil) return {};
    const double advantage = phono::math::decibels(figures.voltage_input.noise / figures.transimpedance_input.noise);
    return std::string{" The trans-impedance input is "} + fixed(std::abs(advantage), 1) + " dB " +
           (advantage >= 0.0 ? "quieter" : "noisier") + " and hardly minds the cable, but its gain depends on the coil.";
}

}   // namespace

std::string_view words(match_grade grade) noexcept
{
    switch (grade) {
        case match_grade::suits: return "suits";
        case match_grade::usable: return "usable";
        default: return "does not suit";
    }
}

std::string_view words(phono::rule_comparison comparison) noexcept
{
    switch (comparison) {
        case phono::rule_comparison::at_most: return "at most";
        case phono::rule_comparison::above: return "above";
        case phono::rule_comparison::below: return "below";
        default: return "at least";
    }
}

std::vector<std::string> notes(const matched_cartridge& matched)
{
    std::vector<std::string> all;
    if (!matched.guess.empty()) all.push_back(matched.guess);
    if (matched.figures.inductance.si == 0.0)
        all.emplace_back("Winding inductance unknown: bandwidth is an upper bound; --winding gives it.");
    return all;
}

std::string finding(const phono::match_rule& rule, const phono::cartridge_match& figures, phono::input_mode mode)
{
    return std::string{rule.quantity.name} + " is " + with_unit(rule.quantity.measure(figures, mode), rule.quantity) + " (" +
           std::string{words(rule.comparison)} + ' ' + with_unit(rule.edge, rule.quantity) + ')';
}

std::string summary(const phono::match_verdict& verdict)
{
    const std::string text{words(verdict.match)};
    if (verdict.as_set == verdict.match) return text;
    return text + (verdict.as_set == match_grade::does_not_suit ? ", but not as set" : ", with a reservation as set");
}

std::string overall(const phono::cartridge_match& figures, const phono::match_verdict& voltage, const phono::match_verdict& transimpedance)
{
    const auto other = [](const char* which, const phono::match_verdict& verdict) {
        return std::string{which} + (verdict.match == match_grade::usable ? " is usable." : " does not suit.");
    };
    std::string text;
    switch (phono::choose(voltage, transimpedance)) {
        case phono::match_choice::voltage:
            text = "The voltage input; " + other("a trans-impedance input", transimpedance);
            if (transimpedance.match == match_grade::does_not_suit) return text;
            break;
        case phono::match_choice::transimpedance: text = "The trans-impedance input; " + other("a voltage input", voltage); break;
        case phono::match_choice::either:
            text = voltage.match == match_grade::suits ? "Either input suits." : "Either input is usable.";
            break;
        default: return "Neither input suits.";
    }
    return text + as_set_better(voltage, transimpedance) + noise_difference(figures);
}

}   // namespace command
