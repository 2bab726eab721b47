// SPDX-License-Identifier: BSL-1.0
#include "netlists/doubtful.hpp"

#include "support/number.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>

namespace command {

namespace {

using phono::part, phono::part_kind;

std::string volts(phono::voltage v) { return brief(std::abs(v.si) < 5e-4 ? 0.0 : v.si, 3) + " V"; }

// Why a triode takes no current, and what may be meant.
std::string why_dead(const phono::tube_bias& t)
{
    constexpr double small = 0.5;   // V
    const double plate = t.plate.si, cathode = t.cathode.si;
    if (plate - cathode > small) return "its grid is at " + volts(t.grid - t.cathode) + " against its cathode";
    if (std::abs(plate) <= small && std::abs(cathode) <= small) return "its plate is at " + volts(t.plate) + "; is a supply missing?";
    const auto both = "its plate is at " + volts(t.plate) + " and its cathode at " + volts(t.cathode);
    return both + (plate < -small ? "; is the supply reversed?" : "; are plate and cathode swapped?");
}

bool drives(const part& p) { return (p.kind == part_kind::voltage_source || p.kind == part_kind::current_source) && p.value != 0.0; }

// The only part but one that touches a node; -1 where there are more, or none.
int only_other(const phono::bounded_netlist& parts, phono::node n, int but)
{
    int found = -1;
    for (int i = 0; i < parts.part_count; ++i) {
        if (i == but || !parts.parts[i].touches(n)) continue;
        if (found >= 0) return -1;
        found = i;
    }
    return found;
}

// The resistors and inductors in a row from a source; nothing without an inductor.
std::optional<drawn_coil> coil_from(const phono::bounded_netlist& parts, int source)
{
    drawn_coil coil{source, {}, parts.parts[source].a};
    bool has_inductor = false;
    for (int at = source;;) {
        const int next = coil.behind == phono::ground ? -1 : only_other(parts, coil.behind, at);
        if (next < 0) break;
        const part& p = parts.parts[next];
        if (p.kind != part_kind::resistor && p.kind != part_kind::inductor) break;
        std::string name = p.name;
        name.erase(std::min(name.find(".rser"), name.size()));   // an inductor's own
        if (coil.parts.empty() || coil.parts.back() != name) coil.parts.push_back(name);
        has_inductor = has_inductor || p.kind == part_kind::inductor;
        coil.behind = p.a == coil.behind ? p.b : p.a;
        at = next;
    }
    return has_inductor ? std::optional{coil} : std::nullopt;
}

}   // namespace

bool conducts(const phono::tube_bias& at_rest) noexcept
{
    constexpr double least = 1e-9;   // A
    return at_rest.plate_current.si >= least && std::isfinite(at_rest.mu);
}

std::vector<std::string> dead_valves(const read_netlist& read, const phono::circuit<phono::bounded_size>& circuit)
{
    std::vector<std::string> all;
    if (circuit.problem()) return all;
    const auto at_rest = phono::bias(circuit);
    const auto devices = read.reading.devices();
    for (std::size_t i = 0; i < static_cast<std::size_t>(circuit.netlist().triode_count) && i < devices.size(); ++i)
        if (!conducts(at_rest[i]))
            all.push_back(read.source.place(devices[i].line) + ": " + devices[i].name + " does not conduct: " + why_dead(at_rest[i]));
    return all;
}

std::optional<drawn_coil> coil_behind_drive(const phono::bounded_netlist& parts)
{
    for (int i = 0; i < parts.part_count; ++i) {
        if (!drives(parts.parts[i]) || parts.parts[i].kind != part_kind::voltage_source) continue;
        const auto coil = coil_from(parts, i);
        return coil && coil->behind == phono::ground ? std::nullopt : coil;   // what leads to ground is a load
    }
    return std::nullopt;
}

std::optional<drawn_coil> coil_left_behind(const phono::bounded_netlist& parts)
{
    phono::node driven = phono::ground;
    for (int i = 0; i < parts.part_count; ++i)
        if (drives(parts.parts[i])) driven = parts.parts[i].a;
    for (int i = 0; i < parts.part_count && driven != phono::ground; ++i) {
        const part& p = parts.parts[i];
        if (p.kind != part_kind::voltage_source || drives(p) || p.emf != 0.0) continue;
        if (const auto coil = coil_from(parts, i); coil && coil->behind == driven) return coil;
    }
    return std::nullopt;
}

std::string name_of(const phono::netlist_reading& reading, phono::node n)
{
    const auto names = reading.nodes();
    if (n == phono::ground) return "0";
    const auto place = static_cast<std::size_t>(n.index) - 1;
    return place < names.size() && !names[place].empty() ? names[place] : "a node within a model";
}

}   // namespace command
