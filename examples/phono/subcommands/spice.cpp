// SPDX-License-Identifier: BSL-1.0
#include "arguments/options.hpp"
#include "filters/equaliser.hpp"
#include "filters/preamps.hpp"
#include "subcommands/subcommands.hpp"
#include "support/text_file.hpp"

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
volts, the output the node out. Values have seventeen digits.)";

struct arguments {
    equalisation wanted;
    std::string preamp, output;
    bool without_cartridge = false;
};

void run(const arguments& given)
{
    const auto filter = given.preamp.empty() ? make_equaliser(given.wanted) : make_preamp(given.preamp, !given.without_cartridge);
    const auto netlist = filter.netlist();
    if (given.output.empty()) {
        std::cout << netlist;
        return;
    }
    write_text(given.output, netlist);
    std::cout << given.output << ": " << filter.title() << "; to run it: ngspice -b " << given.output << '\n';
}

}   // namespace

void add_spice(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("spice", "write a circuit as a netlist that ngspice runs");
    add_subject(sub, given->wanted.curve, given->preamp, "name (see phono list)");
    sub.add_flag("--without-cartridge", given->without_cartridge, "of a preamp: behind cartridge and load");
    sub.add_flag("--inverse", given->wanted.inverse, "of a curve: the cutting curve");
    sub.add_option("--speed", given->wanted.speed, "of a curve: the disc's speed over that of the transfer")->type_name("A/B");
    sub.add_flag("--absolute", given->wanted.absolute, "of a curve: its own level, not 0 dB at 1 kHz");
    for (const auto* of_curve : {"--inverse", "--speed", "--absolute"}) sub.get_option(of_curve)->needs(sub.get_option("--curve"));
    sub.get_option("--without-cartridge")->needs(sub.get_option("--preamp"));
    sub.add_option("--output", given->output, "file to write in place of the standard output")->type_name("FILE");
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
