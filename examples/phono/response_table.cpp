// SPDX-License-Identifier: BSL-1.0
#include "response_table.hpp"

#include "number.hpp"

#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <ostream>
#include <utility>

namespace command {

namespace {

double degrees(std::complex<double> gain) { return std::arg(gain) * 180.0 / std::numbers::pi; }

using value_of_row = std::function<double(const response_table::row&, std::size_t)>;

plot_line line(const response_table& table, std::size_t colour, const value_of_row& value)
{
    plot_line result{.name = table.title, .points = {}, .colour = colour};
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        result.points.push_back({table.rows[i].hertz, value(table.rows[i], i)});
    return result;
}

}   // namespace

double decibels(std::complex<double> gain) { return 20.0 * std::log10(std::abs(gain)); }

// Of the ratio: the difference of two logarithms would lose what is below 1e-13 dB.
double response_table::row::error_db() const { return 20.0 * std::log10(std::abs(digital) / std::abs(analogue)); }

response_table tabulate(
    const std::string& name, const filter& filter, double rate, phase phase, const std::vector<double>& frequencies)
{
    const auto digital = filter.digital(rate, phase);
    response_table table{name, filter.title(), {}};
    for (const double hertz : frequencies) table.rows.push_back({hertz, filter.analogue(hertz), digital(hertz)});
    return table;
}

void print_csv(std::ostream& out, const std::vector<response_table>& tables)
{
    const bool several = tables.size() > 1;
    out << (several ? "name," : "")
        << "frequency_hz,analogue_db,digital_db,error_db,analogue_phase_deg,digital_phase_deg\n";
    for (const auto& table : tables) {
        for (const auto& row : table.rows) {
            if (several) out << table.name << ',';
            out << fixed(row.hertz, 6) << ',' << fixed(decibels(row.analogue), 12) << ','
                << fixed(decibels(row.digital), 12) << ',' << exact(row.error_db()) << ','
                << fixed(degrees(row.analogue), 9) << ',' << fixed(degrees(row.digital), 9) << '\n';
        }
    }
}

plot_panel gain_panel(const std::vector<response_table>& tables)
{
    plot_panel panel{.axis = "gain, dB", .lines = {}};
    for (std::size_t i = 0; i < tables.size(); ++i)
        panel.lines.push_back(line(tables[i], i, [](const auto& row, std::size_t) { return decibels(row.analogue); }));
    if (tables.size() != 1) return panel;
    panel.lines.front().name = "analogue";
    auto digital = line(tables.front(), 1, [](const auto& row, std::size_t) { return decibels(row.digital); });
    digital.name = "digital";
    digital.broken = true;
    panel.lines.push_back(std::move(digital));
    return panel;
}

plot_panel error_panel(const std::vector<response_table>& tables)
{
    plot_panel panel{.axis = "|error|, dB", .lines = {}, .logarithmic = true, .height = 200.0};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        panel.lines.push_back(
            line(tables[i], tables.size() == 1 ? 2 : i, [](const auto& row, std::size_t) { return row.error_db(); }));
        panel.lines.back().in_legend = tables.size() == 1;
    }
    if (tables.size() == 1) panel.lines.front().name = "error, digital against analogue";
    return panel;
}

plot_panel difference_panel(const std::vector<response_table>& tables, const response_table& reference)
{
    plot_panel panel{.axis = "difference, dB", .lines = {}, .height = 280.0};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        panel.lines.push_back(line(tables[i], i, [&](const auto& row, std::size_t at) {
            return decibels(row.analogue) - decibels(reference.rows[at].analogue);
        }));
        panel.lines.back().in_legend = false;
    }
    return panel;
}

}   // namespace command
