// SPDX-License-Identifier: BSL-1.0
#include "arguments/preamp_options.hpp"
#include "filters/netlist_functions.hpp"
#include "netlists/doubtful.hpp"
#include "netlists/read_netlist.hpp"
#include "reports/netlist_report.hpp"
#include "subcommands/subcommands.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <phono/chain/response.hpp>
#include <phono/tube/dempwolf_zoelzer.hpp>
#include <phono/tube/koren.hpp>

#include <cmath>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono netlist stage.cir
  phono netlist stage.cir --set R5=51k --output p1
  phono netlist stage.cir --json

Parts with their values, of subcircuits as X1.R5; what each valve and amplifier was
taken for; the voltages at rest; poles and zeros from input to output. The input is
the source with AC, or the node in; the output the node out. Files of .include and
.lib are read beside the one that names them. FILE may be -, the standard input.)";

struct arguments {
    preamp_options netlist;
    bool as_json = false;
};

// The source whose current drives, or is asked for: its drive is connected to a node of the reader's own.
std::string source_behind(const phono::netlist_reading& reading, phono::node drive)
{
    const auto& parts = reading.flat();
    for (int i = 0; i < parts.part_count; ++i) {
        const auto& p = parts.parts[i];
        if (p.plus != drive && p.a != drive && p.b != drive) continue;
        if (p.kind == phono::part_kind::transconductance)
            return "the current of " + std::string{p.name} + (p.a == phono::ground ? "" : " out of " + name_of(reading, p.a)) +
                   (p.b == phono::ground ? "" : " into " + name_of(reading, p.b));
        if (p.kind == phono::part_kind::voltage_source && p.b == drive) return "the voltage of " + std::string{p.name};
    }
    return name_of(reading, drive);
}

// The node, or the two, that the drive is connected to.
std::string input_of(const phono::netlist_reading& reading)
{
    const auto& parts = reading.flat();
    const auto names = reading.nodes();
    for (int i = 0; i < parts.part_count; ++i) {
        const auto& p = parts.parts[i];
        const bool is_source = p.kind == phono::part_kind::voltage_source || p.kind == phono::part_kind::current_source;
        if (!is_source || p.value == 0.0) continue;
        if (p.a != phono::ground && names[static_cast<std::size_t>(p.a.index) - 1].empty()) return source_behind(reading, p.a);
        return name_of(reading, p.a) + (p.b == phono::ground ? "" : " against " + name_of(reading, p.b));
    }
    return {};
}

template <class Grid>
std::string koren_text(const phono::any_law& law, const std::string& grid)
{
    if (!law.is<phono::koren<Grid>>()) return {};
    const auto of = phono::koren<Grid>::of(law.value);
    auto text = "Koren's law, mu " + brief(of.mu) + ", ex " + brief(of.ex) + ", kg1 " + brief(of.kg1) + ", kp " + brief(of.kp) + ", kvb " +
                brief(of.kvb);
    if (of.vct != 0.0) text += ", vct " + brief(of.vct);
    return text + ", " + grid;
}

std::string law_text(const phono::any_law& law)
{
    if (auto text = koren_text<phono::no_grid_current>(law, "no grid current"); !text.empty()) return text;
    if (auto text = koren_text<phono::power_grid_current>(law, "grid current by a power law"); !text.empty()) return text;
    if (auto text = koren_text<phono::diode_grid_current>(law, "grid current of a diode"); !text.empty()) return text;
    if (!law.is<phono::dempwolf_zoelzer>()) return "a law of its own";
    return "the law of Dempwolf and Zoelzer, mu " + brief(phono::dempwolf_zoelzer::of(law.value).mu);
}

void add_parts(netlist_report& report, const read_netlist& read)
{
    for (const auto& part : read.reading.parts())
        report.parts.push_back(
            {part.name, read.source.place(part.line), part.value, part.unit, part.from, part.to, part.count, part.tolerance});
    for (const auto& note : read.notes()) report.notes.push_back(read.told(note));
}

void add_rest(netlist_report& report, const read_netlist& read, const erased_circuit& circuit)
{
    constexpr double largest = 1e9;   // V: what DC does not determine is beyond, or no number
    int number = 0;
    for (const auto& name : read.reading.nodes()) {
        const double volts = circuit.quiescent(phono::node{++number}).si;
        if (name.empty()) continue;                                                                              // within a model
        report.nodes.push_back({name, std::abs(volts) < largest ? std::optional{volts + 0.0} : std::nullopt});   // of -0, 0
    }
    for (auto& sentence : dead_valves(read, circuit)) report.notes.push_back(std::move(sentence));
    const auto at_rest = phono::bias(circuit);
    const auto devices = read.reading.devices();
    for (int i = 0; i < circuit.netlist().triode_count; ++i) {
        const auto& device = devices[static_cast<std::size_t>(i)];
        const auto taken_for = device.taken_for + ": " + law_text(circuit.netlist().triodes[i].law);
        report.valves.push_back({{device.name, read.source.place(device.line), taken_for}, at_rest[static_cast<std::size_t>(i)]});
    }
    for (const auto& device : devices)
        if (device.kind == phono::netlist_device::amplifier)
            report.amplifiers.push_back({device.name, read.source.place(device.line), device.taken_for});
}

netlist_report report_of(const netlist_argument& given)
{
    const auto& read = read_netlist_of(given);
    auto functions = functions_of_parts(std::make_shared<const phono::bounded_netlist>(read.reading.flat()));
    const erased_circuit circuit{read.reading.flat()};
    netlist_report report{given.file, read.title, input_of(read.reading), name_of(read.reading, read.reading.flat().output)};
    add_parts(report, read);
    add_rest(report, read, circuit);
    report.transfer = functions.model.forward;
    report.gain_db = phono::decibels(functions.response(1000.0));
    report.phase_deg = phono::degrees(functions.response(1000.0));
    if (functions.problem) {
        report.fault_at = read.place_of(functions.problem.part);
        functions.problem.block = -1;   // of which a netlist has one
        report.fault = problem_text(functions);
    }
    return report;
}

void run(const arguments& given)
{
    const auto report = report_of(given.netlist.one().netlist);
    (given.as_json ? print_netlist_json : print_netlist)(std::cout, report);
    if (!report.fault.empty()) throw failure{report.fault_at + ": " + report.fault};
}

}   // namespace

void add_netlist(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("netlist", "tell what is understood of a SPICE netlist");
    given->netlist.add_file_to(sub);
    sub.add_flag("--json", given->as_json, "JSON in place of text");
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
