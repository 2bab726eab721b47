// SPDX-License-Identifier: BSL-1.0
#include "arguments/cartridge_options.hpp"
#include "arguments/curve_argument.hpp"
#include "arguments/output_option.hpp"
#include "arguments/preamp_options.hpp"
#include "arguments/tolerance_argument.hpp"
#include "filters/preamps.hpp"
#include "netlists/read_netlist.hpp"
#include "plot/tolerance_plot.hpp"
#include "reports/tolerance_report.hpp"
#include "subcommands/subcommands.hpp"
#include "support/failure.hpp"
#include "support/suggestion.hpp"
#include "support/workers.hpp"

#include <phono/analysis/worst_corner.hpp>
#include <phono/print.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono tolerance --preamp muffsy_passive --without-cartridge --plot builds.svg
  phono tolerance --preamp muffsy_passive --capacitors 2 --spread normal \
      --builds 10000 --bound 0.2
  phono tolerance --preamp rjm_vsps --part resistor=0.1 --part capacitor_2=1
  phono tolerance --preamp muffsy_passive --without-cartridge --choose E96,E12
  phono tolerance --preamp tube_passive_riaa --json

Each build draws every part within its tolerance; tubes find the operating point of
every build anew. The same seed gives the same figures with any number of --jobs. A
device's own parts (an amplifier's pole, a tube's capacitances) have no tolerance, nor
has the cartridge unless --cartridge-parts gives it one. A part of a netlist has what its
tol= says, in per cent as in LTspice, unless --part names it.
--csv is the deviation against frequency: as drawn, and of the builds at each frequency
the lowest, three percentiles and the highest.)";

struct arguments {
    preamp_options preamp;
    std::string curve = "riaa";
    bool without_cartridge = false, as_json = false, as_csv = false;
    std::size_t jobs = 0;
    loaded_cartridge_argument cartridge;
    tolerance_argument tolerance;
    text_file plot;
};

// The library says which entry it is; here is what is near to it.
void require_known_parts(const erased_circuit& circuit, const std::vector<std::string_view>& wanted, const std::string& option)
{
    phono::fault none;
    const auto bought = phono::toleranced_parts(circuit.netlist(), {}, none);
    std::vector<std::string_view> names;
    for (const auto& part : bought) names.push_back(part.name);
    for (const auto name : wanted)
        if (std::none_of(bought.begin(), bought.end(), [&](const auto& part) { return part.is_called(name); }))
            throw failure{option + " " + std::string{name} + ": no part of that name is bought for this preamp; " + nearest(name, names)};
}

// What the text of a netlist says of its parts by tol=, as long as --part does not name them; of how many.
int add_stated(const preamp_argument& asked, const erased_circuit& circuit, std::vector<phono::part_tolerance>& parts)
{
    if (!asked.is_netlist()) return 0;
    phono::fault none;
    const auto bought = phono::toleranced_parts(circuit.netlist(), {}, none);
    std::vector<phono::part_tolerance> stated;
    for (const auto& part : read_netlist_of(asked.netlist).reading.parts()) {
        const auto is_this = [&](const auto& other) { return other.name == part.name; };
        const auto is_named = [&](const auto& other) { return other.part == part.name; };
        if (!part.tolerance || std::none_of(bought.begin(), bought.end(), is_this)) continue;
        if (std::none_of(parts.begin(), parts.end(), is_named)) stated.push_back({part.name, phono::percent{*part.tolerance}});
    }
    parts.insert(parts.begin(), stated.begin(), stated.end());
    return static_cast<int>(stated.size());
}

tolerance_report analysed(const arguments& given)
{
    const auto curve = parse_curve(given.curve);
    const auto asked = given.preamp.one();
    const auto preamp =
        given.cartridge.cartridge.empty() ? make_preamp(asked, !given.without_cartridge) : make_preamp(asked, given.cartridge);
    const auto circuit = preamp.circuit();
    tolerance_report report{.title = preamp.title(), .curve = curve.title, .options = tolerance_options_of(given.tolerance)};
    report.search = search_of(given.tolerance);
    std::vector<std::string_view> named;
    for (const auto& part : report.options.choice.parts.parts) named.push_back(part.part);
    require_known_parts(circuit, named, "--part");
    if (report.search) require_known_parts(circuit, report.search->parts, "--only");
    report.stated = add_stated(asked, circuit, report.options.choice.parts.parts);

    workers team{given.jobs == 0 ? available_processors() : given.jobs};
    const phono::build_loop loop = [&team](std::size_t count, const auto& task) { team.each(count, task); };
    const auto& choice = report.options.choice;
    report.builds = phono::tolerance(circuit, curve.value, report.options, loop);
    if (report.builds.problem) throw failure{preamp.title() + ": " + phono::to_string(report.builds.problem)};
    report.corner = phono::worst_corner(circuit, curve.value, choice.parts, report.options.band);
    report.sensitivity = phono::sensitivity(circuit, choice.parts, report.options.band);
    report.series = phono::preferred_costs(circuit, curve.value, report.options.band);
    if (report.search) report.chosen = phono::best_preferred(circuit, curve.value, *report.search, loop);
    if (report.chosen.problem) throw failure{preamp.title() + ": " + phono::to_string(report.chosen.problem)};
    return report;
}

void run(const arguments& given)
{
    const auto report = analysed(given);
    if (!given.plot.name.empty()) write_svg(given.plot, draw_builds(report));
    (given.as_json ? print_tolerance_json : given.as_csv ? print_tolerance_csv : print_tolerance)(std::cout, report);
}

}   // namespace

void add_tolerance(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("tolerance", "build a preamp many times of parts with tolerances, and judge the builds");
    given->preamp.add_to(sub, "name (see phono list)");
    sub.add_option("--curve", given->curve, "what it is to follow: a name (see phono list), or time constants in us as 3180/318/75")
        ->type_name("CURVE")
        ->capture_default_str();
    auto* without_cartridge = sub.add_flag("--without-cartridge", given->without_cartridge, "behind cartridge and load");
    add_cartridge(sub, given->cartridge);
    sub.get_option("--cartridge")->excludes(without_cartridge);
    given->preamp.make_exclude_netlist(*without_cartridge);
    add_tolerance(sub, given->tolerance);
    sub.add_option("--jobs", given->jobs, "threads (default: one per processor)")->check(CLI::Range(1, 1024))->type_name("N");
    auto* as_json = sub.add_flag("--json", given->as_json, "JSON in place of text");
    sub.add_flag("--csv", given->as_csv, "a table of the deviation against frequency in place of text")->excludes(as_json);
    add_output(sub, "--plot", "SVG file to draw the builds in", given->plot)->type_name("FILE.svg");
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
