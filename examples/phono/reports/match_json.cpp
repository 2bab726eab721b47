// SPDX-License-Identifier: BSL-1.0
#include "reports/match_report.hpp"
#include "reports/match_words.hpp"
#include "support/json.hpp"

#include <array>
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
        case phono::match_choice::transformer: return "transformer";
        case phono::match_choice::either: return "either";
        default: return "neither";
    }
}

json rules(const phono::match_verdict& verdict)
{
    std::vector<json> items;
    for (std::size_t i = 0; i < phono::match_rules.size(); ++i) {
        if (!verdict.holds[i]) continue;
        const auto& rule = phono::match_rules[i];
        items.push_back(json::object({
            {"rule", rule.name},
            {"about", rule.subject == phono::rule_subject::cartridge ? "cartridge" : "parts"},
            {"quantity", rule.quantity.name},
            {"value", verdict.values[i]},
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

json::members of_input(const matched_cartridge& matched, const match_verdicts& verdicts, phono::input_mode mode)
{
    const auto& figures = matched.figures;
    const auto& verdict = verdicts.at(static_cast<std::size_t>(mode));
    const auto& step = matched.steps.at(static_cast<std::size_t>(mode));
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
        {"noise_v_per_root_hz", input.noise.density},
        {"snr_riaa_a_db", input.noise.snr},
        {"snr_riaa_db", input.noise.snr_riaa},
        {"rise_time_s", step.rise_time().si},
        {"overshoot", step.overshoot()},
        {"cables", json::array(cables)},
        {"grade", words(verdict.match)},
        {"grade_as_set", words(verdict.as_set)},
        {"rules", rules(verdict)},
    };
}

json voltage_input(const matched_cartridge& matched, const match_verdicts& verdicts)
{
    auto all = of_input(matched, verdicts, phono::input_mode::voltage);
    std::vector<json> loads;
    for (const auto& effect : matched.figures.loads)
        loads.push_back(json::short_object({{"load_ohm", effect.load.si},
                                            {"gain_at_1_khz_db", effect.gain_at_1_khz.decibels},
                                            {"response_at_20_khz_db", effect.at_20_khz.decibels}}));
    all.emplace_back("loads", json::array(loads));
    return json::object(all);
}

json transimpedance_input(const matched_cartridge& matched, const match_verdicts& verdicts)
{
    const auto& figures = matched.figures;
    auto all = of_input(matched, verdicts, phono::input_mode::transimpedance);
    all.emplace_back("input_impedance_at_1_khz_ohm", figures.input_impedance_at_1_khz.si);
    all.emplace_back("input_impedance_at_20_khz_ohm", figures.input_impedance_at_20_khz.si);
    all.emplace_back("phase_margin_degrees", figures.phase_margin);
    const auto& mending = matched.mending;
    all.emplace_back("mending_capacitor_f", mending ? json{mending->capacitor.si} : json{});
    all.emplace_back("mended_phase_margin_degrees", mending ? json{mending->phase_margin} : json{});
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
        {"winding_h", figures.knows_winding() ? json{figures.inductance.si} : json{}},
    });
}

json inputs(const matched_cartridge& matched)
{
    const auto& given = matched.figures.inputs;
    const double coil = matched.figures.resistance.si;
    return json::object({
        {"load_ohm", given.load.si},
        {"cable_f", given.cable.si},
        {"voltage_gain_db", given.voltage_gain.decibels},
        {"feedback_ohm", given.feedback.si},
        {"feedback_capacitor_f", given.feedback_capacitor.si},
        {"amplifier", matched.amplifier},
        {"open_loop_gain_db", given.amplifier.gain.decibels},
        {"gain_bandwidth_hz", given.amplifier.gain_bandwidth.si},
        {"amplifier_noise_v_per_root_hz", given.amplifier.voltage_noise.white},
        {"amplifier_noise_corner_hz", given.amplifier.voltage_noise.corner.si},
        {"amplifier_noise_a_per_root_hz", given.amplifier.current_noise.white},
        {"amplifier_current_noise_corner_hz", given.amplifier.current_noise.corner.si},
        {"step_up", given.transformer.ratio},
        {"least_unknown_winding_h", given.unknown_winding.least * coil},
        {"most_unknown_winding_h", given.unknown_winding.most * coil},
        {"groove_noise_db", given.groove_noise.decibels},
    });
}

json steps(const matched_cartridge& matched)
{
    constexpr std::array names{"voltage", "transimpedance", "transformer"};
    const auto table = steps_of(matched);
    std::vector<json> items;
    for (std::size_t n = 0; n < table.times.size(); ++n) {
        json::members row{{"time_s", table.times[n]}};
        for (std::size_t i = 0; i < table.inputs.size(); ++i) row.emplace_back(names.at(i), table.inputs[i][n]);
        items.push_back(json::short_object(row));
    }
    return json::array(items);
}

json whole(const matched_cartridge& matched, bool with_steps)
{
    const auto& figures = matched.figures;
    const auto verdicts = verdicts_of(figures);
    const auto all_notes = notes(matched);
    const bool has_transformer = figures.kind == phono::cartridge_kind::moving_coil;
    json::members all{
        {"cartridge", cartridge(matched)},
        {"inputs", inputs(matched)},
        {"notes", json::array({all_notes.begin(), all_notes.end()})},
        {"voltage", voltage_input(matched, verdicts)},
        {"transimpedance", transimpedance_input(matched, verdicts)},
        {"transformer", has_transformer ? json::object(of_input(matched, verdicts, phono::input_mode::transformer)) : json{}},
        {"choice", name(choice_of(figures, verdicts))},
        {"verdict", overall(matched, verdicts)},
    };
    if (with_steps) all.emplace_back("steps", steps(matched));
    return json::object(all);
}

}   // namespace

void print_match_json(std::ostream& out, const matched_cartridge& matched, bool with_steps)
{
    out << whole(matched, with_steps).text() << '\n';
}

void print_matches_json(std::ostream& out, const std::vector<matched_cartridge>& all)
{
    std::vector<json> items;
    for (const auto& matched : all) items.push_back(whole(matched, false));
    out << json::array(items).text() << '\n';
}

}   // namespace command
