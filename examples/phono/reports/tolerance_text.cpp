// SPDX-License-Identifier: BSL-1.0
#include "reports/tolerance_report.hpp"
#include "support/number.hpp"
#include "support/padded.hpp"
#include "support/value_text.hpp"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string>

namespace command {

namespace {

constexpr std::size_t name_width = 36, column = 11;
constexpr std::size_t most_parts = 20;
constexpr double least_decibels = 0.0005;

std::string in_front(const std::string& text, std::size_t width)
{
    return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string decibels(phono::gain gain) { return in_front(fixed(gain.decibels, 3), column); }

void print_figures(std::ostream& out, const std::string& name, const phono::build_figures& figures)
{
    out << padded(name, name_width);
    for (const auto value : {figures.mean, figures.p50, figures.p95, figures.p99, figures.worst}) out << decibels(value);
    out << in_front(fixed(100.0 * figures.yield, 1) + " %", column) << '\n';
}

// Whether the cartridge's load is among the parts, and with it the cartridge.
bool has_load(const tolerance_report& report)
{
    const auto& parts = report.sensitivity.parts;
    return std::any_of(parts.begin(), parts.end(), [](const auto& each) { return each.part.is_called("loading.resistance"); });
}

void print_builds(std::ostream& out, const tolerance_report& report)
{
    const auto& choice = report.options.choice;
    const auto& band = report.options.band;
    out << report.title << "\nagainst " << report.curve << ", " << value_text(band.from) << " to " << value_text(band.to) << ", 0 dB at "
        << value_text(band.reference) << "\n\n"
        << report.options.builds << " builds, seed " << choice.seed << ": resistors " << brief(choice.parts.resistors.value)
        << " %, capacitors " << brief(choice.parts.capacitors.value) << " %, inductors " << brief(choice.parts.inductors.value) << " %, "
        << (report.stated > 0 ? "tol= of " + std::to_string(report.stated) + (report.stated == 1 ? " part, " : " parts, ") : std::string{})
        << spread_word(choice.spread) << "\nWorst deviation as drawn " << fixed(report.builds.nominal.decibels, 3)
        << " dB; at the worst corner of all tolerances " << fixed(report.corner.decibels, 3) << " dB"
        << (has_load(report) ? ",\ncartridge and load included, whose own droop is in it; --without-cartridge leaves them out" : "")
        << "\n\n"
        << padded("dB", name_width);
    for (const auto* head : {"mean", "p50", "p95", "p99", "worst"}) out << in_front(head, column);
    out << in_front("<= " + brief(report.options.bound.decibels) + " dB", column) << '\n';
    print_figures(out, "worst deviation of a build", report.builds.deviation);
    if (report.builds.balance.worst_build >= 0) print_figures(out, "largest difference of two channels", report.builds.balance);
    if (report.builds.without_response > 0)
        out << report.builds.without_response << " builds have no operating point of their tubes, and are not good\n";
}

void print_parts(std::ostream& out, const tolerance_report& report)
{
    out << '\n' << padded("part, worst first", name_width);
    for (const auto* head : {"value", "dB per %", "at", "tolerance", "makes dB"}) out << in_front(head, column + 1);
    out << '\n';
    const auto& parts = report.sensitivity.parts;
    std::size_t shown = 0;
    for (; shown < std::min(parts.size(), most_parts) && parts[shown].of_tolerance() >= least_decibels; ++shown) {
        const auto& each = parts[shown];
        out << padded(each.part.name, name_width) << in_front(part_text(each.part, each.part.value), column + 1)
            << in_front(signed_fixed(each.worst, 4), column + 1) << in_front(value_text(each.worst_at), column + 1)
            << in_front(brief(each.part.tolerance.value) + " %", column + 1) << in_front(fixed(each.of_tolerance(), 3), column + 1) << '\n';
    }
    if (parts.size() > shown) out << "and " << parts.size() - shown << " parts that matter less, which --json shows\n";
}

void print_series(std::ostream& out, const tolerance_report& report)
{
    out << "\nWorst deviation in dB with every part at its nearest preferred value, before any tolerance\n"
        << padded("resistors of, capacitors of", name_width);
    std::vector<phono::e_series> columns;
    for (const auto& cost : report.series)
        if (cost.resistors == report.series.front().resistors) columns.push_back(cost.capacitors);
    for (const auto series : columns) out << in_front(series_word(series), column);
    for (std::size_t i = 0; i < report.series.size(); ++i) {
        if (i % columns.size() == 0) out << '\n' << padded(series_word(report.series[i].resistors), name_width);
        out << decibels(report.series[i].deviation);
    }
    out << '\n';
}

void print_chosen(std::ostream& out, const tolerance_report& report)
{
    const auto& chosen = report.chosen;
    out << "\nBest values found of " << series_word(report.search->resistors) << " for resistors and "
        << series_word(report.search->capacitors) << " for capacitors: " << fixed(chosen.best.decibels, 4) << " dB (nearest values "
        << fixed(chosen.nearest.decibels, 4) << " dB, as drawn " << fixed(chosen.drawn.decibels, 4) << " dB)\n";
    for (const auto& each : chosen.parts)
        out << padded(each.part.name, name_width) << in_front(part_text(each.part, each.part.value), column + 1) << "  -> "
            << part_text(each.part, each.chosen) << '\n';
}

}   // namespace

std::string part_text(const phono::toleranced_part& part, double value)
{
    switch (part.kind) {
        case phono::part_kind::capacitor: return value_text(phono::capacitance{value});
        case phono::part_kind::inductor: return value_text(phono::inductance{value});
        default: return value_text(phono::resistance{value});
    }
}

std::string spread_word(phono::part_spread spread)
{
    switch (spread) {
        case phono::part_spread::normal: return "normal";
        case phono::part_spread::corners: return "corners";
        default: return "uniform";
    }
}

std::string series_word(phono::e_series series) { return "E" + std::to_string(static_cast<int>(series)); }

void print_tolerance(std::ostream& out, const tolerance_report& report)
{
    print_builds(out, report);
    print_parts(out, report);
    print_series(out, report);
    if (report.search) print_chosen(out, report);
}

void print_tolerance_csv(std::ostream& out, const tolerance_report& report)
{
    out << "frequency_hz,drawn_db,lowest_db,p5_db,p50_db,p95_db,highest_db\n";
    for (const auto& at : report.builds.band) {
        out << fixed(at.at.si, 6);
        for (const auto value : {at.nominal, at.lowest, at.p5, at.p50, at.p95, at.highest}) out << ',' << fixed(value.decibels, 12);
        out << '\n';
    }
}

}   // namespace command
