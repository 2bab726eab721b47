// SPDX-License-Identifier: BSL-1.0
#include "reports/response_table.hpp"

#include "support/csv.hpp"
#include "support/number.hpp"

#include <phono/chain/response.hpp>

#include <cmath>
#include <complex>
#include <ostream>

namespace command {

// Computed from the ratio: the difference of two logarithms would lose what is below 1e-13 dB.
double response_table::row::error_db() const { return phono::decibels(std::abs(digital) / std::abs(analogue)); }

std::vector<double> logarithmic_frequencies(double from, double to, int points)
{
    std::vector<double> result;
    for (int i = 0; i < points; ++i) result.push_back(from * std::pow(to / from, double(i) / (points - 1)));
    result.back() = to;
    return result;
}

response_table tabulate(const std::string& name, const filter& filter, double rate, phono::phase phase,
                        const std::vector<double>& frequencies)
{
    response_table table{name, filter.title(), {}};
    const auto digital = filter.digital(rate, phase);
    for (const double hertz : frequencies) table.rows.push_back({hertz, filter.analogue(hertz), digital(hertz)});
    return table;
}

void print_csv(std::ostream& out, const std::vector<response_table>& tables)
{
    const bool several = tables.size() > 1;
    out << (several ? "name," : "") << "frequency_hz,analogue_db,digital_db,error_db,analogue_phase_deg,digital_phase_deg\n";
    for (const auto& table : tables) {
        for (const auto& row : table.rows) {
            if (several) out << csv_field(table.name) << ',';
            out << fixed(row.hertz, 6) << ',' << fixed(phono::decibels(row.analogue), 12) << ',' << fixed(phono::decibels(row.digital), 12)
                << ',' << exact(row.error_db()) << ',' << fixed(phono::degrees(row.analogue), 9) << ','
                << fixed(phono::degrees(row.digital), 9) << '\n';
        }
    }
}

}   // namespace command
