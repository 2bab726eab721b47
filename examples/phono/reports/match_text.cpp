// SPDX-License-Identifier: BSL-1.0
#include "reports/match_report.hpp"
#include "reports/match_words.hpp"
#include "support/number.hpp"
#include "support/padded.hpp"
#include "support/value_text.hpp"

#include <algorithm>
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

struct row {
    std::string what, voltage, transimpedance;
};

std::string decibels(phono::gain gain, int decimals = 2) { return signed_fixed(gain.decibels, decimals) + " dB"; }

std::string corner(phono::frequency at) { return std::isfinite(at.si) ? value_text(at) : "no limit"; }

std::string density(double noise) { return fixed(noise * 1e9, 3) + " nV/rtHz"; }

// The same for both inputs.
row of_both(const phono::cartridge_match& figures, std::string what, const auto& text)
{
    return {std::move(what), text(figures.voltage_input), text(figures.transimpedance_input)};
}

std::vector<row> table(const phono::cartridge_match& figures)
{
    const auto both = [&](std::string what, const auto& text) { return of_both(figures, std::move(what), text); };
    using input = phono::input_figures;
    std::vector<row> rows{
        {"", "voltage input", "trans-impedance input"},
        both("gain at 1 kHz, EMF to output", [](const input& f) { return decibels(f.gain_at_1_khz); }),
        both("output at 5 cm/s, RMS", [](const input& f) { return value_text(f.output); }),
        both("from there to a line's 0.316 V",
             [](const input& f) { return decibels(phono::gain{phono::math::decibels(line_level / f.output.si)}, 1); }),
        both("-3 dB bandwidth, re 1 kHz", [](const input& f) { return corner(f.bandwidth); }),
        both("  by source and input alone", [](const input& f) { return corner(f.source_bandwidth); }),
        both("response at 20 kHz, re 1 kHz", [](const input& f) { return decibels(f.at_20_khz); }),
        both("  by source and input alone", [](const input& f) { return decibels(f.source_at_20_khz); }),
        both("  by the amplifier", [](const input& f) { return decibels(f.amplifier_at_20_khz()); }),
    };
    for (std::size_t i = 0; i < phono::match_cables.size(); ++i)
        rows.push_back(both("change at 20 kHz by " + value_text(phono::match_cables[i]) + " of cable",
                            [i](const input& f) { return decibels(f.cable_change[i], 3); }));
    for (const auto& effect : figures.loads)
        rows.push_back({"load " + value_text(effect.load) + ": 1 kHz, 20 kHz",
                        decibels(effect.gain_at_1_khz) + ", " + decibels(effect.at_20_khz), "no load resistor"});
    rows.push_back({"input impedance at 1 kHz", value_text(figures.inputs.load), value_text(figures.input_impedance_at_1_khz)});
    rows.push_back({"  at 20 kHz", "", value_text(figures.input_impedance_at_20_khz)});
    rows.push_back({"phase margin of its loop", "", fixed(figures.phase_margin, 1) + " degrees"});
    rows.push_back(both("noise at 1 kHz, re the EMF", [](const input& f) { return density(f.noise); }));
    return rows;
}

void print(std::ostream& out, const std::vector<row>& rows)
{
    std::size_t first = 0;
    std::size_t second = 0;
    for (const auto& r : rows) {
        first = std::max(first, r.what.size());
        second = std::max(second, r.voltage.size());
    }
    for (const auto& r : rows) out << padded(r.what, first + 3) << padded(r.voltage, second + 3) << r.transimpedance << '\n';
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

void print(std::ostream& out, std::string_view input, const phono::match_verdict& verdict, const phono::cartridge_match& figures,
           phono::input_mode mode)
{
    out << input << ": " << summary(verdict) << ".\n";
    for (std::size_t i = 0; i < phono::match_rules.size(); ++i) {
        const auto& rule = phono::match_rules[i];
        const bool objects = verdict.objects(i);
        if (!(verdict.decides(i) || objects) || said_again(verdict, i)) continue;
        print_wrapped(out,
                      std::string{"  - "} + (objects ? "as set: " : "") + finding(rule, figures, mode) + ": " + std::string{rule.reason} +
                          ". [" + std::string{rule.source} + ']',
                      4);
    }
}

}   // namespace

void print_match(std::ostream& out, const matched_cartridge& matched)
{
    const auto& figures = matched.figures;
    const auto& inputs = figures.inputs;
    const bool magnetic = figures.kind == phono::cartridge_kind::magnetic;
    print_wrapped(out,
                  matched.title + ": " + (magnetic ? "magnetic" : "moving coil") + ", " + value_text(figures.resistance) + ", winding " +
                      (figures.inductance.si > 0.0 ? value_text(figures.inductance) : "unknown") + ", " + value_text(figures.emf) +
                      " RMS of EMF at 1 kHz and 5 cm/s RMS. [" + matched.source + ']',
                  2);
    print_wrapped(out,
                  "Voltage input: load " + value_text(inputs.load) + ", gain " + brief(inputs.voltage_gain.decibels) +
                      " dB. "
                      "Trans-impedance input: feedback resistor Rf " +
                      value_text(inputs.feedback) + ".",
                  2);
    print_wrapped(out,
                  "Both: no RIAA, cable " + value_text(inputs.cable) + ", amplifier of open-loop gain " +
                      brief(inputs.open_loop_gain.ratio()) + " and gain-bandwidth " + value_text(inputs.gain_bandwidth) + ", " +
                      brief(inputs.voltage_noise * 1e9) + " nV and " + brief(inputs.current_noise * 1e12) +
                      " pA per square root of a hertz.",
                  2);
    for (const auto& note : notes(matched)) print_wrapped(out, note, 2);
    out << '\n';
    print(out, table(figures));
    out << '\n';
    const auto voltage = judge(figures, phono::input_mode::voltage);
    const auto transimpedance = judge(figures, phono::input_mode::transimpedance);
    print(out, "Voltage input", voltage, figures, phono::input_mode::voltage);
    print(out, "Trans-impedance input", transimpedance, figures, phono::input_mode::transimpedance);
    print_wrapped(out, "Overall: " + overall(figures, voltage, transimpedance), 2);
}

}   // namespace command
