// SPDX-License-Identifier: BSL-1.0
#include "reports/match_report.hpp"
#include "reports/match_words.hpp"
#include "support/number.hpp"

#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace command {

namespace {

// Everything below is JSON text already.
using members = std::vector<std::pair<std::string_view, std::string>>;

std::string number(double value) { return std::isfinite(value) ? exact(value) : "null"; }

std::string truth(bool value) { return value ? "true" : "false"; }

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;   // nothing here has control characters
    }
    return result + '"';
}

std::string within(const std::string& open, const std::vector<std::string>& items, const std::string& close, std::size_t depth)
{
    if (items.empty()) return open + close;
    const std::string indent(2 * depth, ' ');
    std::string text = open;
    const char* between = "\n";
    for (const auto& item : items) text += std::exchange(between, ",\n") + indent + "  " + item;
    return text + '\n' + indent + close;
}

std::string array(const std::vector<std::string>& items, std::size_t depth) { return within("[", items, "]", depth); }

std::string object(const members& all, std::size_t depth)
{
    std::vector<std::string> items;
    items.reserve(all.size());
    for (const auto& [name, value] : all) items.push_back(quoted(name) + ": " + value);
    return within("{", items, "}", depth);
}

std::string_view name(phono::match_choice choice)
{
    switch (choice) {
        case phono::match_choice::voltage: return "voltage";
        case phono::match_choice::transimpedance: return "transimpedance";
        case phono::match_choice::either: return "either";
        default: return "neither";
    }
}

std::string rules(const phono::match_verdict& verdict, const phono::cartridge_match& figures, phono::input_mode mode)
{
    std::vector<std::string> items;
    for (std::size_t i = 0; i < phono::match_rules.size(); ++i) {
        if (!verdict.holds[i]) continue;
        const auto& rule = phono::match_rules[i];
        items.push_back(object(
            {
                {"rule", quoted(rule.name)},
                {"about", quoted(rule.subject == phono::rule_subject::cartridge ? "cartridge" : "parts")},
                {"quantity", quoted(rule.quantity.name)},
                {"value", number(rule.quantity.measure(figures, mode))},
                {"comparison", quoted(words(rule.comparison))},
                {"edge", number(rule.edge)},
                {"unit", quoted(rule.quantity.unit)},
                {"grade", quoted(words(rule.grade))},
                {"decides", truth(verdict.decides(i))},
                {"reason", quoted(rule.reason)},
                {"source", quoted(rule.source)},
            },
            3));
    }
    return array(items, 2);
}

members of_input(const phono::cartridge_match& figures, const phono::match_verdict& verdict, phono::input_mode mode)
{
    const auto& input = phono::figures_of(figures, mode);
    std::vector<std::string> cables;
    for (std::size_t i = 0; i < phono::match_cables.size(); ++i)
        cables.push_back("{\"cable_f\": " + number(phono::match_cables[i].si) +
                         ", \"change_at_20_khz_db\": " + number(input.cable_change[i].decibels) + '}');
    return {
        {"gain_at_1_khz_db", number(input.gain_at_1_khz.decibels)},
        {"output_v", number(input.output.si)},
        {"bandwidth_hz", number(input.bandwidth.si)},
        {"response_at_20_khz_db", number(input.at_20_khz.decibels)},
        {"source_bandwidth_hz", number(input.source_bandwidth.si)},
        {"source_response_at_20_khz_db", number(input.source_at_20_khz.decibels)},
        {"amplifier_response_at_20_khz_db", number(input.amplifier_at_20_khz().decibels)},
        {"limited_by", quoted(input.amplifier_limits() ? "amplifier" : "winding")},
        {"peak_db", number(input.peak.decibels)},
        {"noise_v_per_root_hz", number(input.noise)},
        {"cables", array(cables, 2)},
        {"grade", quoted(words(verdict.match))},
        {"grade_as_set", quoted(words(verdict.as_set))},
        {"rules", rules(verdict, figures, mode)},
    };
}

std::string voltage_input(const phono::cartridge_match& figures, const phono::match_verdict& verdict)
{
    auto all = of_input(figures, verdict, phono::input_mode::voltage);
    std::vector<std::string> loads;
    for (const auto& effect : figures.loads)
        loads.push_back("{\"load_ohm\": " + number(effect.load.si) + ", \"gain_at_1_khz_db\": " + number(effect.gain_at_1_khz.decibels) +
                        ", \"response_at_20_khz_db\": " + number(effect.at_20_khz.decibels) + '}');
    all.emplace_back("loads", array(loads, 2));
    return object(all, 1);
}

std::string transimpedance_input(const phono::cartridge_match& figures, const phono::match_verdict& verdict)
{
    auto all = of_input(figures, verdict, phono::input_mode::transimpedance);
    all.emplace_back("input_impedance_at_1_khz_ohm", number(figures.input_impedance_at_1_khz.si));
    all.emplace_back("input_impedance_at_20_khz_ohm", number(figures.input_impedance_at_20_khz.si));
    all.emplace_back("phase_margin_degrees", number(figures.phase_margin));
    return object(all, 1);
}

std::string cartridge(const matched_cartridge& matched)
{
    const auto& figures = matched.figures;
    return object(
        {
            {"name", matched.name.empty() ? "null" : quoted(matched.name)},
            {"title", quoted(matched.title)},
            {"source", quoted(matched.source)},
            {"kind", quoted(figures.kind == phono::cartridge_kind::magnetic ? "magnetic" : "moving coil")},
            {"output_v", number(figures.emf.si)},
            {"coil_ohm", number(figures.resistance.si)},
            {"winding_h", figures.inductance.si > 0.0 ? number(figures.inductance.si) : "null"},
        },
        1);
}

std::string inputs(const phono::match_inputs& given)
{
    return object(
        {
            {"load_ohm", number(given.load.si)},
            {"cable_f", number(given.cable.si)},
            {"voltage_gain_db", number(given.voltage_gain.decibels)},
            {"feedback_ohm", number(given.feedback.si)},
            {"open_loop_gain_db", number(given.open_loop_gain.decibels)},
            {"gain_bandwidth_hz", number(given.gain_bandwidth.si)},
            {"amplifier_noise_v_per_root_hz", number(given.voltage_noise)},
            {"amplifier_noise_a_per_root_hz", number(given.current_noise)},
        },
        1);
}

}   // namespace

void print_match_json(std::ostream& out, const matched_cartridge& matched)
{
    const auto& figures = matched.figures;
    const auto voltage = judge(figures, phono::input_mode::voltage);
    const auto transimpedance = judge(figures, phono::input_mode::transimpedance);
    std::vector<std::string> all_notes;
    for (const auto& note : notes(matched)) all_notes.push_back(quoted(note));
    out << object(
               {
                   {"cartridge", cartridge(matched)},
                   {"inputs", inputs(figures.inputs)},
                   {"notes", array(all_notes, 1)},
                   {"voltage", voltage_input(figures, voltage)},
                   {"transimpedance", transimpedance_input(figures, transimpedance)},
                   {"choice", quoted(name(phono::choose(voltage, transimpedance)))},
                   {"verdict", quoted(overall(figures, voltage, transimpedance))},
               },
               0)
        << '\n';
}

}   // namespace command
