// SPDX-License-Identifier: BSL-1.0
#include "plot/tolerance_plot.hpp"

#include "support/number.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace command {

namespace {

constexpr std::size_t most_parts = 6;

plot_line line(const std::string& name, std::size_t colour, const tolerance_report& report, const auto& value)
{
    plot_line result{.name = name, .points = {}, .colour = colour};
    for (const auto& at : report.builds.band) result.points.push_back({at.at.si, value(at)});
    return result;
}

plot_area area(const std::string& name, std::size_t colour, double opacity, const tolerance_report& report, const auto& low,
               const auto& high)
{
    plot_area result{.name = name, .lower = {}, .upper = {}, .colour = colour, .opacity = opacity};
    for (const auto& at : report.builds.band) {
        result.lower.push_back({at.at.si, low(at)});
        result.upper.push_back({at.at.si, high(at)});
    }
    return result;
}

plot_panel band_panel(const tolerance_report& report)
{
    using point = phono::band_point;
    plot_panel panel{.axis = "deviation from " + report.curve + ", dB"};
    panel.areas = {area(
                       "all " + std::to_string(report.options.builds) + " builds", 0, 0.16, report,
                       [](const point& at) { return at.lowest.decibels; }, [](const point& at) { return at.highest.decibels; }),
                   area(
                       "nine of ten at each frequency", 0, 0.3, report, [](const point& at) { return at.p5.decibels; },
                       [](const point& at) { return at.p95.decibels; })};
    panel.lines.push_back(line("as drawn", 1, report, [](const point& at) { return at.nominal.decibels; }));
    const double bound = report.options.bound.decibels;
    for (const double side : {bound, -bound}) {
        panel.lines.push_back(line("+-" + brief(bound) + " dB, which " + fixed(100.0 * report.builds.deviation.yield, 1) + " % keep", 7,
                                   report, [side](const point&) { return side; }));
        panel.lines.back().broken = true;
        panel.lines.back().in_legend = side > 0.0;
    }
    return panel;
}

plot_panel sensitivity_panel(const tolerance_report& report)
{
    plot_panel panel{.axis = "dB per % of a part", .height = 220.0};
    const auto& parts = report.sensitivity.parts;
    for (std::size_t i = 0; i < std::min(parts.size(), most_parts); ++i) {
        const auto& each = parts[i];
        plot_line of{.name = each.part.name + ", " + part_text(each.part, each.part.value), .points = {}, .colour = i};
        for (std::size_t k = 0; k < each.deviation.size(); ++k) of.points.push_back({report.sensitivity.at[k].si, each.deviation[k]});
        panel.lines.push_back(of);
    }
    return panel;
}

}   // namespace

figure draw_builds(const tolerance_report& report)
{
    figure result{.title = report.title, .subtitle = {}};
    const auto& parts = report.options.choice.parts;
    result.subtitle = "resistors " + brief(parts.resistors.value) + " %, capacitors " + brief(parts.capacitors.value) + " %, " +
                      spread_word(report.options.choice.spread) + "; 0 dB at 1 kHz; below, the parts that matter most";
    result.from = report.options.band.from.si;
    result.to = report.options.band.to.si;
    result.panels = {band_panel(report), sensitivity_panel(report)};
    return result;
}

}   // namespace command
