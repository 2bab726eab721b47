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

// The name of the part that a netlist writes, of which this may be a setting alone: L1 of L1.rser.
std::string own_name(const part& p)
{
    std::string name = p.name;
    for (const std::string_view setting : {".rser", ".cpar", ".rpar"})
        if (name.ends_with(setting)) name.erase(name.size() - setting.size());
    return name;
}

// What is connected to a node besides the part that leads there: the name of that part; none where there are more, or no resistor or inductor.
std::string only_other(const phono::bounded_netlist& parts, phono::node n, const std::string& but)
{
    std::string found;
    for (int i = 0; i < parts.part_count; ++i) {
        const part& p = parts.parts[i];
        if (!p.touches(n) || own_name(p) == but) continue;
        const bool may_be_of_coil = p.kind == part_kind::resistor || p.kind == part_kind::inductor || p.kind == part_kind::capacitor;
        if (!may_be_of_coil || (!found.empty() && own_name(p) != found)) return {};
        found = own_name(p);
    }
    return found;
}

// A part with all its settings: where it leads from a node, and what it is.
struct whole_part {
    phono::node behind = phono::ground;
    int ends = 0;   // besides that node
    bool has_inductor = false, is_resistor = false;

    whole_part(const phono::bounded_netlist& parts, const std::string& name, phono::node from)
    {
        int count = 0;
        for (int i = 0; i < parts.part_count; ++i) {
            const part& p = parts.parts[i];
            if (own_name(p) != name) continue;
            ++count;
            has_inductor = has_inductor || p.kind == part_kind::inductor;
            is_resistor = p.kind == part_kind::resistor;
            for (const phono::node n : {p.a, p.b}) {
                if (n == from || (ends > 0 && n == behind) || is_within(parts, name, n)) continue;
                behind = n, ++ends;
            }
        }
        is_resistor = is_resistor && count == 1;
    }

private:
    // True for a node that nothing else touches.
    static bool is_within(const phono::bounded_netlist& parts, const std::string& name, phono::node n)
    {
        for (int i = 0; i < parts.part_count && n != phono::ground; ++i)
            if (parts.parts[i].touches(n) && own_name(parts.parts[i]) != name) return false;
        return n != phono::ground;
    }
};

// The resistors and inductors in a row from a source; nothing without an inductor.
std::optional<drawn_coil> coil_from(const phono::bounded_netlist& parts, int source)
{
    drawn_coil coil{source, {}, parts.parts[source].a};
    bool has_inductor = false;
    for (std::string at = own_name(parts.parts[source]); coil.behind != phono::ground;) {
        const std::string next = only_other(parts, coil.behind, at);
        if (next.empty()) break;
        const whole_part whole{parts, next, coil.behind};
        if (whole.ends != 1 || (!whole.has_inductor && !whole.is_resistor)) break;
        coil.parts.push_back(next);
        has_inductor = has_inductor || whole.has_inductor;
        coil.behind = whole.behind;
        at = next;
    }
    return has_inductor ? std::optional{coil} : std::nullopt;
}

// The same from a source, or, where that only controls another, from the other.
std::optional<drawn_coil> coil_behind(const phono::bounded_netlist& parts, int source)
{
    const phono::node from = parts.parts[source].a;
    int controlled = -1;
    for (int i = 0; i < parts.part_count; ++i) {
        const part& p = parts.parts[i];
        if (i != source && p.touches(from)) return coil_from(parts, source);
        if (p.kind == part_kind::amplifier && p.plus == from && p.minus == phono::ground && p.b == phono::ground) controlled = i;
    }
    return controlled < 0 ? std::nullopt : coil_from(parts, controlled);
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
        const auto coil = coil_behind(parts, i);
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
        if (const auto coil = coil_behind(parts, i); coil && coil->behind == driven) return coil;
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
