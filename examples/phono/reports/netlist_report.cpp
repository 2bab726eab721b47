// SPDX-License-Identifier: BSL-1.0
#include "reports/netlist_report.hpp"

#include "filters/root_text.hpp"
#include "netlists/doubtful.hpp"
#include "support/json.hpp"
#include "support/number.hpp"
#include "support/padded.hpp"
#include "support/value_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string_view>

namespace command {

namespace {

using rows = std::vector<std::vector<std::string>>;

// Columns as wide as their widest entry, each row indented by two spaces.
void print_rows(std::ostream& out, const rows& all)
{
    std::vector<std::size_t> width;
    for (const auto& row : all)
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i == width.size()) width.push_back(0);
            width[i] = std::max(width[i], row[i].size());
        }
    for (const auto& row : all) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) line += "  " + (i + 1 < row.size() ? padded(row[i], width[i]) : row[i]);
        while (line.ends_with(' ')) line.pop_back();
        out << line << '\n';
    }
}

void print_devices(std::ostream& out, std::string_view heading, const auto& devices)
{
    if (devices.empty()) return;
    out << heading << '\n';
    rows all;
    for (const auto& device : devices) all.push_back({device.name, device.taken_for, device.place});
    print_rows(out, all);
}

std::string count_of(std::size_t count, const std::string& one) { return std::to_string(count) + ' ' + one + (count == 1 ? "" : "s"); }

// From the lowest frequency to the highest.
std::vector<phono::math::complex> by_frequency(const auto& roots)
{
    std::vector<phono::math::complex> all(roots.begin(), roots.end());
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& one, const auto& other) { return std::hypot(one.re, one.im) < std::hypot(other.re, other.im); });
    return all;
}

json root_json(const phono::math::complex& root)
{
    return json::short_object(
        {{"re_rad_s", json{root.re}}, {"im_rad_s", json{root.im}}, {"hz", json{std::hypot(root.re, root.im) / (2.0 * std::numbers::pi)}}});
}

json roots_json(const auto& roots)
{
    std::vector<json> all;
    for (const auto& root : by_frequency(roots)) all.push_back(root_json(root));
    return json::array(all);
}

std::string volts_text(const std::optional<double>& volts) { return volts ? fixed(*volts, 3) + " V" : "not determined"; }

json device_json(const netlist_report::device& device)
{
    return json::short_object({{"name", device.name}, {"place", device.place}, {"taken_for", device.taken_for}});
}

json valve_json(const netlist_report::valve& valve)
{
    const auto& t = valve.at_rest;
    return json::object({{"name", valve.name},
                         {"place", valve.place},
                         {"taken_for", valve.taken_for},
                         {"plate_v", t.plate.si},
                         {"grid_v", t.grid.si},
                         {"cathode_v", t.cathode.si},
                         {"plate_a", t.plate_current.si},
                         {"grid_a", t.grid_current.si},
                         {"mu", conducts(t) ? json{t.mu} : json{}},
                         {"gm_s", t.transconductance},
                         {"rp_ohm", conducts(t) ? json{t.plate_resistance.si} : json{}},
                         {"plate_w", t.dissipation}});
}

}   // namespace

void print_netlist(std::ostream& out, const netlist_report& report)
{
    out << report.title << '\n' << report.file << ": from " << report.input << " to " << report.output << "\n\n";
    out << count_of(report.parts.size(), "part") << '\n';
    rows parts;
    for (const auto& part : report.parts) {
        auto value = part.unit.empty() ? brief(part.value) : value_text(part.value, part.unit);
        if (part.count != 1.0) value += ", m=" + brief(part.count);
        if (part.tolerance) value += ", " + brief(*part.tolerance) + " %";
        parts.push_back({part.name, value, part.from, part.to, part.place});
    }
    print_rows(out, parts);
    print_devices(out, "\nvalves", report.valves);
    print_devices(out, "\namplifiers", report.amplifiers);
    if (!report.notes.empty()) out << "\nnotes\n";
    for (const auto& note : report.notes) out << "  " << note << '\n';
    if (!report.valves.empty()) {
        out << "\nvalves at rest\n";
        rows at_rest{{"", "plate/V", "grid/V", "cathode/V", "Ip/mA", "Ig/uA", "mu", "gm/mS", "rp/kOhm", "plate/W"}};
        for (const auto& valve : report.valves) {
            const auto& t = valve.at_rest;
            const bool is_alive = conducts(t);
            at_rest.push_back({valve.name, fixed(t.plate.si, 2), fixed(t.grid.si, 3), fixed(t.cathode.si, 3),
                               fixed(1e3 * t.plate_current.si, 4), fixed(1e6 * t.grid_current.si, 4), is_alive ? fixed(t.mu, 2) : "-",
                               fixed(1e3 * t.transconductance, 3), is_alive ? fixed(1e-3 * t.plate_resistance.si, 2) : "-",
                               fixed(t.dissipation, 3)});
        }
        print_rows(out, at_rest);
    }
    out << '\n' << count_of(report.nodes.size(), "node") << ", at rest\n";
    rows nodes;
    for (const auto& node : report.nodes) nodes.push_back({node.name, volts_text(node.volts)});
    print_rows(out, nodes);
    const bool has_response = std::isfinite(report.phase_deg);
    out << "\n1 kHz: "
        << (has_response ? signed_fixed(report.gain_db, 3) + " dB, " + signed_fixed(report.phase_deg, 2) + " degrees" : "no response")
        << '\n';
    rows roots;
    for (const auto& pole : by_frequency(report.transfer.poles)) roots.push_back({"pole", root_text(pole)});
    for (const auto& zero : by_frequency(report.transfer.zeros)) roots.push_back({"zero", root_text(zero)});
    print_rows(out, roots);
}

void print_netlist_json(std::ostream& out, const netlist_report& report)
{
    std::vector<json> parts, nodes, valves, amplifiers, notes;
    for (const auto& part : report.parts)
        parts.push_back(json::short_object({{"name", part.name},
                                            {"value", part.value},
                                            {"unit", part.unit},
                                            {"from", part.from},
                                            {"to", part.to},
                                            {"in_parallel", part.count},
                                            {"tolerance_percent", part.tolerance ? json{*part.tolerance} : json{}},
                                            {"place", part.place}}));
    for (const auto& node : report.nodes)
        nodes.push_back(json::short_object({{"name", node.name}, {"volts", node.volts ? json{*node.volts} : json{}}}));
    for (const auto& valve : report.valves) valves.push_back(valve_json(valve));
    for (const auto& amplifier : report.amplifiers) amplifiers.push_back(device_json(amplifier));
    for (const auto& note : report.notes) notes.emplace_back(note);
    out << json::object({{"file", report.file},
                         {"title", report.title},
                         {"input", report.input},
                         {"output", report.output},
                         {"parts", json::array(parts)},
                         {"nodes", json::array(nodes)},
                         {"valves", json::array(valves)},
                         {"amplifiers", json::array(amplifiers)},
                         {"notes", json::array(notes)},
                         {"gain_at_1_khz_db", report.gain_db},
                         {"phase_at_1_khz_deg", report.phase_deg},
                         {"gain", report.transfer.gain},
                         {"poles", roots_json(report.transfer.poles)},
                         {"zeros", roots_json(report.transfer.zeros)},
                         {"fault", report.fault.empty() ? json{} : json{report.fault}}})
               .text()
        << '\n';
}

}   // namespace command
