// SPDX-License-Identifier: BSL-1.0
#include "reports/match_report.hpp"
#include "reports/match_words.hpp"
#include "support/json.hpp"

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace command {

namespace {

std::string_view name(phono::match_choice choice)
{
    switch (choice) {
        case phono::match_choice::voltage: return "voltage";
        case phono::match_choice::transimpedance: return "transimpedance";
        case phono::match_choice::either: return "either";
        default: return "neither";
    }
}

json rules(const phono::match_verdict& verdict, const phono::cartridge_match& figures, phono::input_mode mode)
{
    std::vector<json> items;
    for (std::size_t i = 0; i < phono::match_rules.size(); ++i) {
        if (!verdict.holds[i]) continue;
        const auto& rule = phono::match_rules[i];
        items.push_back(json::object({
            {"rule", rule.name},
            {"about", rule.subject == phono::rule_subject::cartridge ? "cartridge" : "parts"},
            {"quantity", rule.quantity.name},
            {"value", rule.quantity.measure(figures, mode)},
            {"comparison", words(rule.comparison)},
            {"edge", rule.edge},
            {"unit", rule.quantity.unit},
            {"grade", words(rule.grade)},
            {"decides", verdict.decides(i)},
            {"reason", rule.reason},
            {"source", rule.source},
        }));
    }
    return json::array(items);
}

json::members of_input(const phono::cartridge_match& figures, const phono::match_verdict& verdict, phono::input_mode mode)
{
    const auto& input = phono::figures_of(figures, mode);
    std::vector<json> cables;
    for (std::size_t i = 0; i < phono::match_cables.size(); ++i)
        cables.push_back(
            json::short_object({{"cable_f", phono::match_cables[i].si}, {"change_at_20_khz_db", input.cable_change[i].decibels}}));
    return {
        {"gain_at_1_khz_db", input.gain_at_1_khz.decibels},
        {"output_v", input.output.si},
        {"bandwidth_hz", input.bandwidth.si},
        {"response_at_20_khz_db", input.at_20_khz.decibels},
        {"source_bandwidth_hz", input.source_bandwidth.si},
        {"source_response_at_20_khz_db", input.source_at_20_khz.decibels},
        {"amplifier_response_at_20_khz_db", input.amplifier_at_20_khz().decibels},
        {"limited_by", input.amplifier_limits() ? "amplifier" : "winding"},
        {"peak_db", input.peak.decibels},
        {"noise_v_per_root_hz", input.noise},
        {"cables", json::array(cables)},
        {"grade", words(verdict.match)},
        {"grade_as_set", words(verdict.as_set)},
        {"rules", rules(verdict, figures, mode)},
    };
}

json voltage_input(const phono::cartridge_match& figures, const phono::match_verdict& verdict)
{
    auto all = of_input(figures, verdict, phono::input_mode::voltage);
    std::vector<json> loads;
    for (const auto& effect : figures.loads)
        loads.push_back(json::short_object({{"load_ohm", effect.load.si},
                                            {"gain_at_1_khz_db", effect.gain_at_1_khz.decibels},
                                            {"response_at_20_khz_db", effect.at_20_khz.decibels}}));
    all.emplace_back("loads", json::array(loads));
    return json::object(all);
}

json transimpedance_input(const phono::cartridge_match& figures, const phono::match_verdict& verdict)
{
    auto all = of_input(figures, verdict, phono::input_mode::transimpedance);
    all.emplace_back("input_impedance_at_1_khz_ohm", figures.input_impedance_at_1_khz.si);
    all.emplace_back("input_impedance_at_20_khz_ohm", figures.input_impedance_at_20_khz.si);
    all.emplace_back("phase_margin_degrees", figures.phase_margin);
    return json::object(all);
}

json cartridge(const matched_cartridge& matched)
{
    const auto& figures = matched.figures;
    return json::object({
        {"name", matched.name.empty() ? json{} : json{matched.name}},
        {"title", matched.title},
        {"source", matched.source},
        {"kind", figures.kind == phono::cartridge_kind::magnetic ? "magnetic" : "moving coil"},
        {"output_v", figures.emf.si},
        {"coil_ohm", figures.resistance.si},
        {"winding_h", figures.inductance.si > 0.0 ? json{figures.inductance.si} : json{}},
    });
}

json inputs(const phono::match_inputs& given)
{
    return json::object({
        {"load_ohm", given.load.si},
        {"cable_f", given.cable.si},
        {"voltage_gain_db", given.voltage_gain.decibels},
        {"feedback_ohm", given.feedback.si},
        {"open_loop_gain_db", given.open_loop_gain.decibels},
        {"gain_bandwidth_hz", given.gain_bandwidth.si},
        {"amplifier_noise_v_per_root_hz", given.voltage_noise},
        {"amplifier_noise_a_per_root_hz", given.current_noise},
    });
}

}   // namespace

void print_match_json(std::ostream& out, const matched_cartridge& matched)
{
    const auto& figures = matched.figures;
    const auto voltage = judge(figures, phono::input_mode::voltage);
    const auto transimpedance = judge(figures, phono::input_mode::transimpedance);
    const auto all_notes = notes(matched);
    out << json::object({
                            {"cartridge", cartridge(matched)},
                            {"inputs", inputs(figures.inputs)},
                            {"notes", json::array({all_notes.begin(), all_notes.end()})},
                            {"voltage", voltage_input(figures, voltage)},
                            {"transimpedance", transimpedance_input(figures, transimpedance)},
                            {"choice", name(phono::choose(voltage, transimpedance))},
                            {"verdict", overall(figures, voltage, transimpedance)},
                        })
               .text()
        << '\n';
}

}   // namespace command
