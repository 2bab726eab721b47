// SPDX-License-Identifier: BSL-1.0
#include "reports/match_report.hpp"
#include "reports/match_words.hpp"
#include "support/number.hpp"
#include "support/padded.hpp"
#include "support/value_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace command {

namespace {

constexpr std::size_t text_width = 100;
constexpr double line_level = 0.316;   // V RMS: -10 dBV

// What is said of each input, in the order of input_mode; of a magnetic cartridge the transformer's is empty.
struct row {
    std::string what;
    std::array<std::string, 3> inputs;
};

std::string decibels(phono::gain gain, int decimals = 2) { return signed_fixed(gain.decibels, decimals) + " dB"; }

std::string corner(phono::frequency at) { return std::isfinite(at.si) ? value_text(at) : "no limit"; }

// The same for all inputs.
row of_all(const phono::cartridge_match& figures, std::string what, const auto& text)
{
    row result{std::move(what), {text(figures.voltage_input), text(figures.transimpedance_input), {}}};
    if (figures.kind == phono::cartridge_kind::moving_coil) result.inputs[2] = text(figures.transformer_input);
    return result;
}

row of_steps(const matched_cartridge& matched, std::string what, const auto& text)
{
    row result{std::move(what), {text(matched.steps[0]), text(matched.steps[1]), {}}};
    if (matched.figures.kind == phono::cartridge_kind::moving_coil) result.inputs[2] = text(matched.steps[2]);
    return result;
}

std::vector<row> table(const matched_cartridge& matched)
{
    const auto& figures = matched.figures;
    const auto each = [&](std::string what, const auto& text) { return of_all(figures, std::move(what), text); };
    using input = phono::input_figures;
    std::vector<row> rows{
        {"", {"voltage input", "trans-impedance input", ""}},
        each("gain at 1 kHz, EMF to output", [](const input& f) { return decibels(f.gain_at_1_khz); }),
        each("output at 5 cm/s, RMS", [](const input& f) { return value_text(f.output); }),
        each("from there to a line's 0.316 V",
             [](const input& f) { return decibels(phono::gain{phono::math::decibels(line_level / f.output.si)}, 1); }),
        each("SNR re 5 cm/s, RIAA and A", [](const input& f) { return fixed(f.noise.snr, 1) + " dB"; }),
        each("  by RIAA alone", [](const input& f) { return fixed(f.noise.snr_riaa, 1) + " dB"; }),
        each("  added to groove and coil",
             [&](const input& f) { return fixed(phono::detail::added_noise(figures, f.noise.snr), 1) + " dB"; }),
        each("-3 dB bandwidth, re 1 kHz", [](const input& f) { return corner(f.bandwidth); }),
        each("  by source and input alone", [](const input& f) { return corner(f.source_bandwidth); }),
        each("response at 20 kHz, re 1 kHz", [](const input& f) { return decibels(f.at_20_khz); }),
        each("  by source and input alone", [](const input& f) { return decibels(f.source_at_20_khz); }),
        each("  by the amplifier", [](const input& f) { return decibels(f.amplifier_at_20_khz()); }),
        of_steps(matched, "rise time of a step, 10 to 90 %", [](const phono::step_response& s) { return value_text(s.rise_time()); }),
        of_steps(matched, "  its overshoot", [](const phono::step_response& s) { return fixed(100.0 * s.overshoot(), 1) + " %"; }),
    };
    if (figures.kind == phono::cartridge_kind::moving_coil)
        rows.front().inputs[2] = "transformer 1:" + brief(figures.inputs.transformer.ratio);
    for (std::size_t i = 0; i < phono::match_cables.size(); ++i)
        rows.push_back(each("change at 20 kHz by " + value_text(phono::match_cables[i]) + " of cable",
                            [i](const input& f) { return decibels(f.cable_change[i], 3); }));
    for (const auto& effect : figures.loads)
        rows.push_back({"load " + value_text(effect.load) + ": 1 kHz, 20 kHz",
                        {decibels(effect.gain_at_1_khz) + ", " + decibels(effect.at_20_khz), "no load resistor", ""}});
    rows.push_back({"input impedance at 1 kHz", {value_text(figures.inputs.load), value_text(figures.input_impedance_at_1_khz), ""}});
    rows.push_back({"  at 20 kHz", {"", value_text(figures.input_impedance_at_20_khz), ""}});
    rows.push_back({"phase margin of its loop", {"", fixed(figures.phase_margin, 1) + " degrees", ""}});
    return rows;
}

void print(std::ostream& out, const std::vector<row>& rows)
{
    std::array<std::size_t, 3> width{};
    for (const auto& r : rows) {
        width[0] = std::max(width[0], r.what.size());
        width[1] = std::max(width[1], r.inputs[0].size());
        width[2] = std::max(width[2], r.inputs[1].size());
    }
    for (const auto& r : rows) {
        std::string line =
            padded(r.what, width[0] + 3) + padded(r.inputs[0], width[1] + 3) + padded(r.inputs[1], width[2] + 3) + r.inputs[2];
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << '\n';
    }
}

// Broken at spaces; further lines are indented by `indent`.
void print_wrapped(std::ostream& out, std::string_view text, std::size_t indent)
{
    std::size_t room = text_width;
    while (text.size() > room) {
        auto end = text.rfind(' ', room);
        if (end == std::string_view::npos) end = text.size();
        out << text.substr(0, end) << '\n' << std::string(indent, ' ');
        text.remove_prefix(std::min(end + 1, text.size()));
        room = text_width - indent;
    }
    out << text << '\n';
}

// Of two rules with the same reason the last is the stronger.
bool said_again(const phono::match_verdict& verdict, std::size_t rule)
{
    for (auto later = rule + 1; later < phono::match_rules.size(); ++later)
        if (verdict.holds[later] && phono::match_rules[later].reason == phono::match_rules[rule].reason) return true;
    return false;
}

void print(std::ostream& out, std::string_view input, const phono::match_verdict& verdict)
{
    out << input << ": " << summary(verdict) << ".\n";
    for (std::size_t i = 0; i < phono::match_rules.size(); ++i) {
        const auto& rule = phono::match_rules[i];
        const bool objects = verdict.objects(i);
        if (!(verdict.decides(i) || objects) || said_again(verdict, i)) continue;
        print_wrapped(out,
                      std::string{"  - "} + (objects ? "as set: " : "") + finding(rule, verdict.values[i]) + ": " +
                          std::string{rule.reason} + ". [" + std::string{rule.source} + ']',
                      4);
    }
}

}   // namespace

void print_match(std::ostream& out, const matched_cartridge& matched)
{
    const auto& figures = matched.figures;
    const auto& inputs = figures.inputs;
    const bool magnetic = figures.kind == phono::cartridge_kind::magnetic;
    const auto say = [&out](const std::string& text) { print_wrapped(out, text, 2); };
    say(matched.title + ": " + (magnetic ? "magnetic" : "moving coil") + ", " + value_text(figures.resistance) + ", winding " +
        (figures.knows_winding() ? value_text(figures.inductance) : "unknown") + ", " + value_text(figures.emf) +
        " RMS of EMF at 1 kHz and 5 cm/s RMS. [" + matched.source + ']');
    say("Voltage input: load " + value_text(inputs.load) + ", gain " + brief(inputs.voltage_gain.decibels) +
        " dB. "
        "Trans-impedance input: feedback resistor Rf " +
        value_text(inputs.feedback) +
        (inputs.feedback_capacitor.si > 0.0 ? ", across it " + value_text(inputs.feedback_capacitor) : std::string{}) + ".");
    say("Both: no RIAA, cable " + value_text(inputs.cable) + ", amplifier " + matched.amplifier + ": open-loop gain " +
        brief(inputs.amplifier.gain.decibels, 4) + " dB" + ", gain-bandwidth " + value_text(inputs.amplifier.gain_bandwidth) + ", " +
        brief(inputs.amplifier.voltage_noise.white * 1e9, 3) + " nV and " + brief(inputs.amplifier.current_noise.white * 1e12, 3) +
        " pA per square root of a hertz and 1/f below " + value_text(inputs.amplifier.voltage_noise.corner) + " and " +
        value_text(inputs.amplifier.current_noise.corner) + '.');
    if (!magnetic)
        say("Transformer: 1:" + brief(inputs.transformer.ratio) + ", windings of " + value_text(inputs.transformer.primary_resistance) +
            " and " + value_text(inputs.transformer.secondary_resistance) + " before " + value_text(inputs.transformer_load) +
            ", an NE5534A and a gain of " + brief(inputs.voltage_gain.decibels) + " dB.");
    for (const auto& note : notes(matched)) say(note);
    out << '\n';
    print(out, table(matched));
    out << '\n';
    const auto verdicts = verdicts_of(figures);
    print(out, "Voltage input", verdicts[0]);
    print(out, "Trans-impedance input", verdicts[1]);
    if (!magnetic) print(out, "Transformer", verdicts[2]);
    say("Overall: " + overall(matched, verdicts));
}

}   // namespace command
