// SPDX-License-Identifier: BSL-1.0
#include "reports/overload_report.hpp"

#include "support/csv.hpp"
#include "support/json.hpp"
#include "support/number.hpp"
#include "support/value_text.hpp"

#include <phono/units.hpp>

#include <cstddef>
#include <ostream>

namespace command {

namespace {

std::string volts(double value) { return value_text(phono::voltage{value}); }

std::string hertz(double value) { return value_text(phono::frequency{value}); }

json or_null(const std::optional<double>& value) { return value ? json{*value} : json{}; }

void print_tubes(std::ostream& out, const overload_report& report)
{
    for (const auto& found : report.tubes) {
        out << "  " << brief(found.percent) << " % THD of " << hertz(report.tone);
        if (!found.emf) {
            out << " is not reached by 1 kV of EMF\n";
            continue;
        }
        out << " at " << volts(*found.emf) << " of EMF, RMS";
        if (found.db) out << ": " << signed_fixed(*found.db, 1) << " dB re 5 cm/s";
        out << '\n';
    }
}

json as_json(const overload_report& report)
{
    std::vector<json> amplifiers, tubes;
    for (const auto& each : report.amplifiers) {
        std::vector<json> margins;
        for (std::size_t i = 0; i < report.frequencies.size(); ++i)
            margins.push_back(json::short_object({{"frequency_hz", report.frequencies[i]}, {"margin_db", each.margin_db[i]}}));
        amplifiers.push_back(json::object(
            {{"amplifier", each.name}, {"least_margin_db", each.least_db}, {"at_hz", each.at_hertz}, {"margins", json::array(margins)}}));
    }
    for (const auto& each : report.tubes)
        tubes.push_back(json::short_object({{"thd_percent", each.percent}, {"emf_v", or_null(each.emf)}, {"margin_db", or_null(each.db)}}));
    const auto* first = report.clips_first();
    return json::object({{"preamp", report.name},
                         {"title", report.title},
                         {"signal_v", report.signal},
                         {"swing_v", report.swing},
                         {"clips_first", first ? json{first->name} : json{}},
                         {"amplifiers", json::array(amplifiers)},
                         {"tone_hz", report.tone},
                         {"tubes", json::array(tubes)}});
}

}   // namespace

const amplifier_headroom* overload_report::clips_first() const noexcept
{
    const amplifier_headroom* first = nullptr;
    for (const auto& each : amplifiers)
        if (!first || each.least_db < first->least_db) first = &each;
    return first;
}

void print_overload(std::ostream& out, const std::vector<overload_report>& all)
{
    for (const auto& report : all) {
        out << report.title << '\n';
        if (report.signal > 0.0) out << "  " << volts(report.signal) << " of EMF at 1 kHz and 5 cm/s, RMS";
        else out << "  the source has no output of its own";
        if (!report.amplifiers.empty()) out << "; amplifiers clip at " << volts(report.swing);
        out << '\n';
        const auto* first = report.clips_first();
        for (const auto& each : report.amplifiers)
            out << "  " << each.name << ": " << signed_fixed(each.least_db, 1) << " dB re 5 cm/s, at " << hertz(each.at_hertz)
                << (&each == first && report.amplifiers.size() > 1 ? ", clips first" : "") << '\n';
        print_tubes(out, report);
    }
}

void print_overload_json(std::ostream& out, const std::vector<overload_report>& all)
{
    std::vector<json> items;
    for (const auto& report : all) items.push_back(as_json(report));
    out << json::array(items).text() << '\n';
}

void print_overload_csv(std::ostream& out, const std::vector<overload_report>& all)
{
    out << "preamp,amplifier,frequency_hz,margin_db\n";
    for (const auto& report : all)
        for (const auto& each : report.amplifiers)
            for (std::size_t i = 0; i < report.frequencies.size(); ++i)
                out << csv_field(report.name) << ',' << each.name << ',' << fixed(report.frequencies[i], 6) << ','
                    << fixed(each.margin_db[i], 9) << '\n';
}

}   // namespace command
