// SPDX-License-Identifier: BSL-1.0
#include "filters/netlist_filter.hpp"

#include "filters/netlist_functions.hpp"
#include "netlists/doubtful.hpp"
#include "netlists/read_netlist.hpp"
#include "support/failure.hpp"
#include "support/listed.hpp"
#include "support/warning.hpp"

#include <algorithm>
#include <complex>
#include <memory>
#include <numbers>
#include <string>
#include <utility>

namespace command {

namespace {

using phono::part, phono::part_kind;

bool drives(const part& p) { return (p.kind == part_kind::voltage_source || p.kind == part_kind::current_source) && p.value != 0.0; }

part& drive_of(phono::bounded_netlist& parts, const std::string& file)
{
    for (int i = 0; i < parts.part_count; ++i)
        if (drives(parts.parts[i])) return parts.parts[i];
    throw failure{file + ": nothing drives this circuit; give a source AC 1, or --input"};
}

// Refuses a source that no cartridge can take the place of. That of a node of the text can; else it drives a node of the reader's own.
void check_source(const read_netlist& read, const phono::bounded_netlist& parts, const phono::part& drive)
{
    const auto names = read.reading.nodes();
    const auto place = static_cast<std::size_t>(drive.a.index) - 1;
    if (drive.a != phono::ground && place < names.size() && !names[place].empty()) return;
    bool is_current = true;   // whose node controls alone
    for (int i = 0; i < parts.part_count; ++i) is_current = is_current && (drives(parts.parts[i]) || !parts.parts[i].touches(drive.a));
    throw failure{read.asked.file + ": " + (is_current ? "its source is a current" : "the current of its source controls another part") +
                  ", so that no cartridge can take its place; leave --cartridge out, or name a node by --input"};
}

// A number that no block of the netlist has.
int free_block(const phono::bounded_netlist& parts)
{
    int last = -1;
    for (int i = 0; i < parts.part_count; ++i) last = std::max(last, parts.parts[i].block);
    return last + 1;
}

// The netlist with a coil between its source and what that was connected to, and a load across both, if there is one.
phono::bounded_netlist behind_coil(phono::bounded_netlist parts, const other_cartridge& coil, const std::string& file)
{
    constexpr int added = 5;   // parts at most
    const int block = free_block(parts);
    if (parts.part_count + added > phono::bounded_size.parts || parts.nodes + 2 > phono::bounded_size.nodes ||
        block + 1 >= phono::bounded_size.blocks)
        throw failure{file + ": is too large to have a cartridge before it; leave --cartridge out"};
    auto& drive = drive_of(parts, file);
    const auto out = drive.a, back = drive.b;
    const auto emf = parts.node(), inside = parts.node();
    drive.kind = part_kind::voltage_source;
    drive.a = emf;

    const double squared = coil.step_up * coil.step_up;
    parts.begin_block(block);
    parts.resistor(emf, inside, phono::resistance{squared * coil.resistance}, "cartridge.resistance");
    parts.optional_inductor(inside, out, phono::inductance{squared * coil.inductance}, "cartridge.inductance");
    parts.optional_capacitor(out, back, phono::capacitance{coil.interwinding / squared}, "cartridge.interwinding");
    parts.end_block(phono::signal_role::source, out);
    if (!coil.load) return parts;
    parts.begin_block(block + 1);
    parts.resistor(out, back, phono::resistance{coil.load->resistance}, "loading.resistance");
    parts.optional_capacitor(out, back, phono::capacitance{coil.load->other}, "loading.capacitance");
    parts.end_block(phono::signal_role::load, out);
    return parts;
}

// The circuit of a netlist. All of it is a stage, and its parts are bought: which of them stand for a cartridge, a text does not say.
phono::bounded_netlist parts_of(const read_netlist& read)
{
    auto parts = read.reading.flat();
    for (auto& block : parts.blocks) block.role = phono::signal_role::stage;
    return parts;
}

// What the source of a circuit sees, in siemens.
std::complex<double> admittance_at(const erased_circuit& circuit, double hertz)
{
    const auto& parts = circuit.netlist();
    int row = parts.nodes;   // of the source's current
    for (int i = 0; i < parts.part_count && !drives(parts.parts[i]); ++i) row += parts.parts[i].is_branch() ? 1 : 0;
    const auto current = phono::detail::solution(circuit.equations(), row, phono::math::complex{0.0, 2.0 * std::numbers::pi * hertz});
    return {-current.re, -current.im};
}

// R1 and L1, which a netlist has in series between its source and a node.
std::string between(const read_netlist& read, const drawn_coil& coil)
{
    return read.asked.file + ": " + listed(coil.parts) + (coil.parts.size() == 1 ? " stands" : " stand") + " between the source and " +
           name_of(read.reading, coil.behind);
}

// The circuit without the source of a cartridge that leads to the node that is driven in its place: its coil carries no current then.
phono::bounded_netlist without_drawn_coil(const read_netlist& read, phono::bounded_netlist parts)
{
    const auto coil = coil_left_behind(parts);
    if (!coil) return parts;
    auto& source = parts.parts[coil->source];
    source.kind = part_kind::shunt_resistor, source.value = 0.0;   // an open circuit
    warn_once(between(read, *coil) + ": left out, since that node is the input");
    return parts;
}

void warn_of_another_cartridge(const read_netlist& read, const other_cartridge& cartridge)
{
    const auto& parts = read.reading.flat();
    if (const auto coil = coil_behind_drive(parts))
        warn_once(between(read, *coil) + ": --cartridge is in series with that; if it is one, --input " +
                  name_of(read.reading, coil->behind) + " has the other in their place");
    constexpr double least_that_loads_none = 10e6;   // Ohm
    phono::node in = phono::ground;
    for (int i = 0; i < parts.part_count; ++i)
        if (drives(parts.parts[i])) in = parts.parts[i].a;
    for (int i = 0; cartridge.load && i < parts.part_count; ++i) {
        const part& p = parts.parts[i];
        const bool is_across = (p.a == in && p.b == phono::ground) || (p.b == in && p.a == phono::ground);
        if (p.is_thermal() && is_across && p.value < least_that_loads_none)
            warn_once(read.asked.file + ": " + p.name + " loads the input already, and --load stands beside it");
    }
}

// Of what is likely not meant.
void warn_of_doubts(const read_netlist& read)
{
    for (const auto& note : read.notes())
        if (note.is_doubt) warn_once(read.told(note));
    for (const auto& sentence : dead_valves(read, erased_circuit{read.reading.flat()})) warn_once(sentence);
}

// Refuses a circuit that no part of it can be right in, with the place of the part.
schematic_functions functions_of(const read_netlist& read, phono::bounded_netlist parts)
{
    auto functions = functions_of_parts(std::make_shared<const phono::bounded_netlist>(std::move(parts)));
    if (functions.problem.block >= 0) throw failure{read.told(functions.problem)};
    return functions;
}

}   // namespace

void warn_of_drawn_cartridge(const netlist_argument& given)
{
    const auto& read = read_netlist_of(given);
    if (!given.input.empty()) return;
    if (const auto coil = coil_behind_drive(read.reading.flat()))
        warn_once(between(read, *coil) + ": if that is a cartridge, a flat transfer holds it already, and --input " +
                  name_of(read.reading, coil->behind) + " enters behind it");
}

filter netlist_filter(const netlist_argument& given)
{
    const auto& read = read_netlist_of(given);
    warn_of_doubts(read);
    return {read.title, functions_of(read, parts_of(read))};
}

filter netlist_filter(const netlist_argument& given, const other_cartridge& cartridge)
{
    const auto& read = read_netlist_of(given);
    warn_of_doubts(read);
    warn_of_another_cartridge(read, cartridge);
    auto parts = without_drawn_coil(read, parts_of(read));
    check_source(read, parts, drive_of(parts, given.file));
    auto functions = functions_of(read, behind_coil(std::move(parts), cartridge, given.file));
    functions.signal.at_reference = cartridge.output * cartridge.step_up;
    return {read.title + ", " + cartridge.title, std::move(functions)};
}

netlist_load load_of_netlist(const netlist_argument& given)
{
    const auto& read = read_netlist_of(given);
    if (const auto coil = coil_behind_drive(read.reading.flat()))
        warn_once(between(read, *coil) + ": counted to the load; if that is a cartridge, --input-node " +
                  name_of(read.reading, coil->behind) + " leaves it out");
    warn_of_doubts(read);
    const erased_circuit circuit{without_drawn_coil(read, parts_of(read))};
    if (circuit.problem()) throw failure{read.told(circuit.problem())};
    auto parts = circuit.netlist();
    if (drive_of(parts, given.file).kind != part_kind::voltage_source)
        throw failure{given.file + ": is driven by a current, which sees no load; name the node of its input by --input-node"};
    constexpr double high = 10e3;   // Hz
    const auto middle = admittance_at(circuit, 1e3), top = admittance_at(circuit, high);
    return {1.0 / middle.real(), top.imag() / (2.0 * std::numbers::pi * high), 1.0 / top.real()};
}

}   // namespace command
