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
    return std::string{" With the parts as set the "} + (first ? "voltage" : "trans-impedance") + " input does better than the other.";
}

std::string quieter(const phono::cartridge_match& figures)
{
    const double advantage = figures.transimpedance_input.noise.snr - figures.voltage_input.noise.snr;
    if (std::abs(advantage) < 0.05) return " Both are as quiet.";
    return std::string{" The trans-impedance input is "} + fixed(std::abs(advantage), 1) + " dB " +
           (advantage >= 0.0 ? "quieter" : "noisier") + ", RIAA- and A-weighted.";
}

// What 5 nF of cable do at 20 kHz to one input and to the other.
std::string cable(const phono::cartridge_match& figures)
{
    const double voltage = std::abs(figures.voltage_input.cable_change.back().decibels);
    const double current = std::abs(figures.transimpedance_input.cable_change.back().decibels);
    constexpr double unheard = 0.1;
    const std::string told = " (5 nF: " + fixed(voltage, 3) + " and " + fixed(current, 3) + " dB at 20 kHz)";
    if (voltage < unheard && current < unheard) return " Neither minds the cable" + told + '.';
    if (current < unheard) return " The trans-impedance input hardly minds the cable, the voltage input does" + told + '.';
    if (voltage < unheard) return " The trans-impedance input minds the cable, the voltage input hardly" + told + '.';
    return " Both mind the cable" + told + '.';
}

std::string mended(const matched_cartridge& matched)
{
    if (!matched.mending) return {};
    const auto farads = value_text(matched.mending->capacitor);
    return " With " + farads + " across Rf the loop of the trans-impedance input has " + fixed(matched.mending->phase_margin, 0) +
           " degrees (--feedback-capacitor).";
}

std::string of_coil(const phono::cartridge_match& figures)
{
    return " The trans-impedance input's gain depends on the coil: Rf over " + value_text(figures.resistance) + '.';
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
    if (!matched.figures.knows_winding()) {
        const auto [least, most] = matched.figures.inputs.unknown_winding;
        const double coil = matched.figures.resistance.si;
        all.push_back("Winding inductance unknown: taken to be " + value_text(phono::inductance{least * coil}) + " to " +
                      value_text(phono::inductance{most * coil}) +
                      "; the figures are those of the most, the verdicts those of the worst; --winding gives it.");
    }
    return all;
}

std::string finding(const phono::match_rule& rule, double value)
{
    return std::string{rule.quantity.name} + " is " + with_unit(value, rule.quantity) + " (" + std::string{words(rule.comparison)} + ' ' +
           with_unit(rule.edge, rule.quantity) + ')';
}

match_verdicts verdicts_of(const phono::cartridge_match& figures)
{
    using enum phono::input_mode;
    return {judge(figures, voltage), judge(figures, transimpedance), judge(figures, transformer)};
}

phono::match_choice choice_of(const phono::cartridge_match& figures, const match_verdicts& verdicts)
{
    if (figures.kind == phono::cartridge_kind::magnetic) return phono::choose(verdicts[0], verdicts[1]);
    return phono::choose(verdicts[0], verdicts[1], verdicts[2]);
}

std::string summary(const phono::match_verdict& verdict)
{
    const std::string text{words(verdict.match)};
    if (verdict.as_set == verdict.match) return text;
    return text + (verdict.as_set == match_grade::does_not_suit ? ", but not as set" : ", with a reservation as set");
}

std::string overall(const matched_cartridge& matched, const match_verdicts& verdicts)
{
    const auto& figures = matched.figures;
    const auto& [voltage, transimpedance, transformer] = verdicts;
    const auto other = [](const char* which, const phono::match_verdict& verdict) {
        return std::string{which} + (verdict.match == match_grade::usable ? " is usable." : " does not suit.");
    };
    std::string text;
    switch (choice_of(figures, verdicts)) {
        case phono::match_choice::voltage:
            text = "The voltage input; " + other("a trans-impedance input", transimpedance);
            if (transimpedance.match == match_grade::does_not_suit) return text;
            break;
        case phono::match_choice::transimpedance: text = "The trans-impedance input; " + other("a voltage input", voltage); break;
        case phono::match_choice::transformer:
            text = "A step-up transformer, " + fixed(figures.transformer_input.noise.snr - figures.voltage_input.noise.snr, 1) +
                   " dB quieter than the voltage input; " + other("a plain voltage input", voltage) + ' ' +
                   other("A trans-impedance input", transimpedance);
            break;
        case phono::match_choice::either:
            text = voltage.match == match_grade::suits ? "Either input suits." : "Either input is usable.";
            break;
        default: return "Neither input suits.";
    }
    return text + as_set_better(voltage, transimpedance) + quieter(figures) + cable(figures) + of_coil(figures) + mended(matched);
}

}   // namespace command
