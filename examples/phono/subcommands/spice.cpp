// SPDX-License-Identifier: BSL-1.0
#include "arguments/options.hpp"
#include "arguments/output_option.hpp"
#include "filters/equaliser.hpp"
#include "filters/preamps.hpp"
#include "netlists/read_netlist.hpp"
#include "subcommands/subcommands.hpp"
#include "support/failure.hpp"

#include <iostream>
#include <memory>
#include <string>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono spice --preamp magnetic_riaa --output preamp.cir
  ngspice -b preamp.cir
      Prints the preamp's response: frequency, decibels, degrees.
  phono spice --curve riaa --inverse > cut.cir
      A curve alone, as buffered sections.

Parts and nodes bear the names of the schematic; the input is the source Vin, in
volts, the output the node out. Values have seventeen digits. --output is the file to
write; the node of a netlist that is its output is --output-node.)";

// The comment that every one begins with, behind its title.
constexpr text_kind netlist_text{"netlist", "* ", "\n* Input: Vin, volts of EMF"};

struct arguments {
    equalisation wanted;
    preamp_options preamp;
    text_file output;
    bool without_cartridge = false;
};

// A node's name is no likely name of a file.
void refuse_node_as_file(const arguments& given)
{
    if (!given.preamp.is_given() || given.output.name.empty()) return;
    const auto asked = given.preamp.one();
    if (!asked.is_netlist() || !read_netlist_of(asked.netlist).reading.find(given.output.name)) return;
    throw failure{"--output " + given.output.name + ": is a node of " + asked.text() +
                  ", and --output names the file to write here; give --output-node " + given.output.name + ", or --output ./" +
                  given.output.name + " for a file of that name"};
}

void run(const arguments& given)
{
    refuse_node_as_file(given);
    const auto filter = given.preamp.is_given() ? make_preamp(given.preamp.one(), !given.without_cartridge) : make_equaliser(given.wanted);
    const auto netlist = filter.netlist();
    if (given.output.name.empty()) {
        std::cout << netlist;
        return;
    }
    write_text(given.output, netlist_text, netlist);
    std::cout << given.output.name << ": " << filter.title() << "; to run it: ngspice -b " << given.output.name << '\n';
}

}   // namespace

void add_spice(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("spice", "write a circuit as a netlist that ngspice runs");
    add_subject(sub, given->wanted.curve, given->preamp, "name (see phono list)", preamp_options::nodes::of_long_names);
    auto* without_cartridge = sub.add_flag("--without-cartridge", given->without_cartridge, "of a preamp: behind cartridge and load");
    sub.add_flag("--inverse", given->wanted.inverse, "of a curve: the cutting curve");
    sub.add_option("--speed", given->wanted.speed, "of a curve: the disc's speed over that of the transfer")->type_name("A/B");
    sub.add_flag("--absolute", given->wanted.absolute, "of a curve: its own level, not 0 dB at 1 kHz");
    for (const auto* of_curve : {"--inverse", "--speed", "--absolute"}) sub.get_option(of_curve)->needs(sub.get_option("--curve"));
    given->preamp.make_need_preamp(*without_cartridge);
    add_output(sub, "--output", "file to write in place of the standard output", given->output);
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
