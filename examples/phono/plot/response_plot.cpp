// SPDX-License-Identifier: BSL-1.0
#include "plot/response_plot.hpp"

#include "support/number.hpp"

#include <phono/chain/response.hpp>

#include <algorithm>
#include <complex>
#include <cstddef>
#include <functional>
#include <utility>

namespace command {

namespace {

using value_of_row = std::function<double(const response_table::row&, std::size_t)>;

plot_line line(const response_table& table, std::size_t colour, const value_of_row& value)
{
    plot_line result{.name = table.title, .points = {}, .colour = colour};
    for (std::size_t i = 0; i < table.rows.size(); ++i) result.points.push_back({table.rows[i].hertz, value(table.rows[i], i)});
    return result;
}

// For a single table also the digital filter's gain, on top of the analogue one.
plot_panel gain_panel(const std::vector<response_table>& tables)
{
    plot_panel panel{.axis = "gain, dB", .lines = {}};
    for (std::size_t i = 0; i < tables.size(); ++i)
        panel.lines.push_back(line(tables[i], i, [](const auto& row, std::size_t) { return phono::decibels(row.analogue); }));
    if (tables.size() != 1) return panel;
    panel.lines.front().name = "analogue";
    auto digital = line(tables.front(), 1, [](const auto& row, std::size_t) { return phono::decibels(row.digital); });
    digital.name = "digital";
    digital.broken = true;
    panel.lines.push_back(std::move(digital));
    return panel;
}

// |digital - analogue|.
plot_panel error_panel(const std::vector<response_table>& tables)
{
    plot_panel panel{.axis = "|error|, dB", .lines = {}, .logarithmic = true, .height = 200.0};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        panel.lines.push_back(line(tables[i], tables.size() == 1 ? 2 : i, [](const auto& row, std::size_t) { return row.error_db(); }));
        panel.lines.back().in_legend = tables.size() == 1;
    }
    if (tables.size() == 1) panel.lines.front().name = "error, digital against analogue";
    return panel;
}

// The difference of each from the reference.
plot_panel difference_panel(const std::vector<response_table>& tables, const response_table& reference)
{
    plot_panel panel{.axis = "difference, dB", .lines = {}, .height = 280.0};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        panel.lines.push_back(line(tables[i], i, [&](const auto& row, std::size_t at) {
            return phono::decibels(row.analogue) - phono::decibels(reference.rows[at].analogue);
        }));
        panel.lines.back().in_legend = false;
    }
    return panel;
}

// The same circuit, within rounding.
bool same_gain(const response_table::row& a, const response_table::row& b)
{
    return a.hertz == b.hertz && std::abs(a.analogue - b.analogue) <= 1e-9 * std::abs(b.analogue);
}

bool same_gain(const response_table& a, const response_table& b)
{
    return std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(),
                      [](const auto& one, const auto& other) { return same_gain(one, other); });
}

}   // namespace

figure draw(const std::vector<response_table>& tables, const response_plot& how)
{
    const auto& rows = tables.front().rows;
    figure result{.title = how.title, .subtitle = {}, .from = rows.front().hertz, .to = rows.back().hertz};
    if (result.title.empty()) result.title = tables.size() == 1 ? tables.front().title : "Frequency responses";
    if (how.reference) {
        result.subtitle = "above: gain; below: difference from " + how.reference->title;
        result.panels = {gain_panel(tables), difference_panel(tables, *how.reference)};
    } else {
        result.subtitle = "analogue circuit and digital filter at " + brief(how.rate) + " Hz";
        result.panels = {gain_panel(tables), error_panel(tables)};
    }
    if (how.over_gains) result.panels.front().lines.push_back(*how.over_gains);
    return result;
}

std::vector<response_table> without_repetition(const std::vector<response_table>& tables)
{
    std::vector<response_table> result;
    for (const auto& table : tables)
        if (std::none_of(result.begin(), result.end(), [&](const auto& other) { return same_gain(table, other); })) result.push_back(table);
    return result;
}

}   // namespace command
