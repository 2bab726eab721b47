// SPDX-License-Identifier: BSL-1.0
#include "reports/distortion_table.hpp"

#include "support/json.hpp"
#include "support/number.hpp"

#include <cmath>
#include <ostream>

namespace command {

namespace {

constexpr int highest = phono::harmonic_levels::highest;

double rms(phono::voltage peak) { return peak.si / std::sqrt(2.0); }

std::string level(const phono::harmonic_levels& found, int harmonic)
{
    const double decibels = found.level(harmonic).decibels;
    return std::isfinite(decibels) ? fixed(decibels, 4) : "";
}

json head(const std::string& name, const std::string& title, double rate, int oversampling)
{
    return json::short_object({{"name", name}, {"title", title}, {"rate_hz", rate}, {"oversampling", double(oversampling)}});
}

}   // namespace

void print_csv(std::ostream& out, const distortion_table& table)
{
    out << "frequency_hz,emf_v,output_v,thd_percent";
    for (int n = 2; n <= highest; ++n) out << ",h" << n << "_db";
    out << '\n';
    for (const auto& row : table.rows) {
        out << fixed(row.harmonics.tone.si, 3) << ',' << brief(row.emf, 9) << ',' << brief(rms(row.harmonics.fundamental), 9) << ','
            << brief(100.0 * row.harmonics.thd, 7);
        for (int n = 2; n <= highest; ++n) out << ',' << level(row.harmonics, n);
        out << '\n';
    }
}

void print_csv(std::ostream& out, const intermodulation_table& table)
{
    out << "output_v,second_percent,third_percent,both_percent\n";
    for (const auto& row : table.rows)
        out << brief(row.output, 9) << ',' << brief(100.0 * row.products.second, 7) << ',' << brief(100.0 * row.products.third, 7) << ','
            << brief(100.0 * row.products.total(), 7) << '\n';
}

void print_json(std::ostream& out, const distortion_table& table)
{
    std::vector<json> rows;
    for (const auto& row : table.rows) {
        std::vector<json> harmonics;
        for (int n = 2; n <= highest; ++n) harmonics.emplace_back(row.harmonics.level(n).decibels);   // null above 20 kHz
        rows.push_back(json::object({{"frequency_hz", row.harmonics.tone.si},
                                     {"emf_v", row.emf},
                                     {"output_v", rms(row.harmonics.fundamental)},
                                     {"thd_percent", 100.0 * row.harmonics.thd},
                                     {"h2_to_h7_db", json::array(harmonics)}}));
    }
    out << json::object({{"preamp", head(table.name, table.title, table.rate, table.oversampling)}, {"rows", json::array(rows)}}).text()
        << '\n';
}

void print_json(std::ostream& out, const intermodulation_table& table)
{
    std::vector<json> rows;
    for (const auto& row : table.rows)
        rows.push_back(json::short_object({{"output_v", row.output},
                                           {"second_percent", 100.0 * row.products.second},
                                           {"third_percent", 100.0 * row.products.third},
                                           {"both_percent", 100.0 * row.products.total()}}));
    out << json::object({{"preamp", head(table.name, table.title, table.rate, table.oversampling)},
                         {"method", table.method},
                         {"rows", json::array(rows)}})
               .text()
        << '\n';
}

}   // namespace command
