// SPDX-License-Identifier: BSL-1.0
#include "reports/response_table.hpp"

#include "support/number.hpp"

#include <cmath>
#include <numbers>
#include <ostream>

namespace command {

namespace {

double degrees(std::complex<double> gain) { return std::arg(gain) * 180.0 / std::numbers::pi; }

}   // namespace

double decibels(std::complex<double> gain) { return 20.0 * std::log10(std::abs(gain)); }

// Of the ratio: the difference of two logarithms would lose what is below 1e-13 dB.
double response_table::row::error_db() const { return 20.0 * std::log10(std::abs(digital) / std::abs(analogue)); }

response_table tabulate(const std::string& name, const response_pair& what, const std::vector<double>& frequencies)
{
    response_table table{name, what.title, {}};
    for (const double hertz : frequencies) table.rows.push_back({hertz, what.analogue(hertz), what.digital(hertz)});
    return table;
}

response_table tabulate(const std::string& name, const filter& filter, double rate, phase phase, const std::vector<double>& frequencies)
{
    const auto analogue = [&](double hertz) { return filter.analogue(hertz); };
    return tabulate(name, response_pair{filter.title(), analogue, filter.digital(rate, phase)}, frequencies);
}

void print_csv(std::ostream& out, const std::vector<response_table>& tables)
{
    const bool several = tables.size() > 1;
    out << (several ? "name," : "") << "frequency_hz,analogue_db,digital_db,error_db,analogue_phase_deg,digital_phase_deg\n";
    for (const auto& table : tables) {
        for (const auto& row : table.rows) {
            if (several) out << table.name << ',';
            out << fixed(row.hertz, 6) << ',' << fixed(decibels(row.analogue), 12) << ',' << fixed(decibels(row.digital), 12) << ','
                << exact(row.error_db()) << ',' << fixed(degrees(row.analogue), 9) << ',' << fixed(degrees(row.digital), 9) << '\n';
        }
    }
}

}   // namespace command
