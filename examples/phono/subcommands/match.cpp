// SPDX-License-Identifier: BSL-1.0
#include "arguments/match_argument.hpp"
#include "arguments/options.hpp"
#include "arguments/output_option.hpp"
#include "arguments/part_value.hpp"
#include "arguments/preamp_options.hpp"
#include "filters/matched_cartridge.hpp"
#include "filters/netlist_filter.hpp"
#include "plot/plot.hpp"
#include "reports/match_report.hpp"
#include "reports/response_table.hpp"
#include "subcommands/subcommands.hpp"
#include "support/failure.hpp"
#include "support/value_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono match --cartridge denon_dl103
  phono match --coil 40 --winding 150u --output 0.3m
  phono match --coil 2 --winding 2u --output 0.2m --gain-bandwidth 100M
  phono match --cartridge denon_dl103 --winding 150u --plot match.svg
  phono match --cartridge at_oc9xml --amplifier ad797 --feedback-capacitor 22p
  phono match --cartridge at_oc9xml --json
  phono match --all
  phono match --cartridge shure_m97xe --netlist stage.cir
      On the load that the netlist has at its input.

A voltage input reads the cartridge's voltage across a load, a trans-impedance input
the current that its coil lets through; a step-up transformer stands before a voltage
input. Values may have a prefix and their unit: 40,
1.5k, 150uH. An EMF is RMS at 1 kHz and 5 cm/s RMS. `phono list cartridges`
and `phono list amplifiers` show the names.)";

struct arguments {
    cartridge_argument cartridge;
    input_arguments inputs;
    preamp_options netlist;
    bool as_json = false, all = false, draws_steps = false;
    text_file plot;
};

constexpr double from_hertz = 20.0;
constexpr double to_hertz = 200e3;   // the limits of most inputs lie above 20 kHz

plot_line line(const std::string& name, std::size_t colour, const std::function<double(double)>& decibels)
{
    plot_line result{.name = name, .points = {}, .colour = colour};
    for (const double hertz : logarithmic_frequencies(from_hertz, to_hertz, 600)) result.points.push_back({hertz, decibels(hertz)});
    return result;
}

void draw(const text_file& file, const matched_cartridge& matched)
{
    const auto relative = [](const std::function<double(double)>& decibels) {
        return [&decibels, reference = decibels(1000.0)](double hertz) { return decibels(hertz) - reference; };
    };
    figure picture{.title = matched.title + ": voltage and trans-impedance input",
                   .subtitle = "above: gain from the EMF; below: the same re 1 kHz; no RIAA",
                   .from = from_hertz,
                   .to = to_hertz};
    picture.panels = {{.axis = "gain, dB", .lines = {}}, {.axis = "re 1 kHz, dB", .lines = {}, .height = 280.0}};
    picture.panels[0].lines = {line("voltage input", 0, matched.voltage_db), line("trans-impedance input", 1, matched.transimpedance_db)};
    picture.panels[1].lines = {line("voltage input", 0, relative(matched.voltage_db)),
                               line("trans-impedance input", 1, relative(matched.transimpedance_db))};
    if (matched.transformer_db) {
        picture.panels[0].lines.push_back(line("transformer", 2, matched.transformer_db));
        picture.panels[1].lines.push_back(line("transformer", 2, relative(matched.transformer_db)));
    }
    for (auto& below : picture.panels[1].lines) below.in_legend = false;
    write_svg(file, picture);
}

// The step of each input over where it settles, so that they compare.
void draw_steps(const text_file& file, const matched_cartridge& matched)
{
    constexpr double from = 0.01, to = 100.0, microsecond = 1e-6;
    figure picture{.title = matched.title + ": a step through each input",
                   .subtitle = "re the level at which it settles; no RIAA",
                   .axis = "time after the step, us",
                   .from = from,
                   .to = to};
    picture.panels = {{.axis = "of the level", .lines = {}}};
    const bool has_transformer = static_cast<bool>(matched.transformer_db);
    constexpr std::array names{"voltage input", "trans-impedance input", "transformer"};
    for (std::size_t i = 0; i < (has_transformer ? 3U : 2U); ++i) {
        plot_line drawn{.name = names.at(i), .points = {}, .colour = i};
        const auto& step = matched.steps.at(i);
        for (const double time : logarithmic_frequencies(from, to, 1200))
            drawn.points.push_back({time, step(phono::duration{microsecond * time}) / step.level().si});
        picture.panels[0].lines.push_back(drawn);
    }
    write_svg(file, picture);
}

// The voltage input's load is what the netlist has at its input; the cable comes on top.
input_arguments inputs_of(const arguments& given)
{
    auto inputs = given.inputs;
    if (!given.netlist.is_given()) return inputs;
    const auto netlist = given.netlist.one().netlist;
    const auto load = load_of_netlist(netlist);
    if (!(load.ohms > 0.0 && load.ohms < 1e9))
        throw failure{netlist.file + ": its input is no load: it takes no current at 1 kHz, or gives some; give --load"};
    if (std::abs(load.ohms_at_10_khz / load.ohms - 1.0) > 0.05)
        std::cerr << "phono: warning: " << netlist.file << ": its input is more than a resistor and a capacitor, "
                  << value_text(load.ohms, "Ohm") << " at 1 kHz and " << value_text(load.ohms_at_10_khz, "Ohm")
                  << " at 10 kHz; it is judged as the first\n";
    inputs.load = load.ohms;
    inputs.cable += std::max(load.farads, 0.0);
    return inputs;
}

void run(const arguments& given)
{
    const auto inputs = inputs_of(given);
    if (given.all) {
        const auto all = match_all(inputs);
        return (given.as_json ? print_matches_json : print_matches)(std::cout, all);
    }
    const auto matched = match_cartridge(given.cartridge, inputs);
    if (!given.plot.name.empty()) (given.draws_steps ? draw_steps : draw)(given.plot, matched);
    (given.as_json ? print_match_json : print_match)(std::cout, matched);
}

}   // namespace

void add_match(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& which = given->cartridge;
    auto& inputs = given->inputs;
    auto& sub = *app.add_subcommand("match", "judge whether a cartridge suits a voltage or a trans-impedance input");
    auto* all = sub.add_flag("--all", given->all, "one table over all cartridges of the catalogue");
    sub.add_option("--cartridge", which.name, "name (see phono list)")->type_name("CARTRIDGE")->excludes(all);
    sub.add_option("--coil", which.resistance, "or its values: the coil's resistance")
        ->transform(part_value(1e-3, 1e6, "Ohm", "40 or 1.5k"))
        ->type_name("OHM");
    sub.add_option("--winding", which.inductance, "the coil's inductance; 0 if it is not known")
        ->transform(part_value(0.0, 100.0, "H", "150u or 500m"))
        ->type_name("HENRY");
    sub.add_option("--output", which.output, "EMF, RMS, at 1 kHz and 5 cm/s RMS")
        ->transform(part_value(1e-9, 100.0, "V", "0.3m"))
        ->type_name("VOLT");
    sub.add_option("--kind", which.kind, "magnetic or moving-coil (default: by the coil)")
        ->check(CLI::IsMember({"magnetic", "moving-coil", "ceramic"}))
        ->type_name("KIND");
    sub.add_option("--load", inputs.load,
                   "voltage input: load resistor (default: 47k for a magnetic cartridge, 10 coils but at "
                   "least 100 Ohm for a moving coil, or what its maker recommends nearest to that)")
        ->transform(part_value(1e-2, 1e9, "Ohm", "100 or 47k"))
        ->type_name("OHM");
    given->netlist.add_netlist_to(sub, "voltage input: a SPICE netlist, whose input is the load in place of --load",
                                  preamp_options::nodes::of_long_names);
    given->netlist.make_exclude_netlist(*sub.get_option("--load"));
    sub.add_option("--gain", inputs.gain_db, "voltage input: gain of its amplifier (default: 40)")
        ->transform(within(0.1, 120.0, "dB"))
        ->type_name("DB");
    sub.add_option("--feedback", inputs.feedback, "trans-impedance input: feedback resistor (default: 1k)")
        ->transform(part_value(1e-2, 1e9, "Ohm", "1k"))
        ->type_name("OHM");
    sub.add_option("--feedback-capacitor", inputs.feedback_capacitor, "trans-impedance input: across the feedback resistor (default: none)")
        ->transform(part_value(0.0, 1e-3, "F", "22p"))
        ->type_name("FARAD");
    sub.add_option("--step-up", inputs.step_up, "transformer: its turns, as 1:10 (default: the most that suit the coil, 1:5 to 1:40)")
        ->type_name("RATIO");
    sub.add_option(
           "--amplifier", inputs.amplifier,
           "of the voltage and the trans-impedance input: name (default: lt1028 for a moving coil, ne5534a for a magnetic cartridge)")
        ->type_name("AMPLIFIER");
    sub.add_option("--cable", inputs.cable, "capacitance across the cartridge (default: 100p)")
        ->transform(part_value(0.0, 1e-3, "F", "100p"))
        ->type_name("FARAD");
    sub.add_option("--open-loop-gain", inputs.open_loop_gain, "in place of that amplifier's, as a ratio")
        ->transform(part_value(1.0, 1e9, "", "100k"))
        ->type_name("RATIO");
    sub.add_option("--gain-bandwidth", inputs.gain_bandwidth, "in place of that amplifier's")
        ->transform(part_value(1e3, 100e9, "Hz", "10M"))
        ->type_name("HZ");
    sub.add_flag("--json", given->as_json, "JSON in place of text");
    auto* plot = add_output(sub, "--plot", "SVG file to draw the responses in", given->plot)->type_name("FILE.svg")->excludes(all);
    sub.add_flag("--step", given->draws_steps, "draw what becomes of a step, in place of frequency responses")->needs(plot);
    for (const char* value : {"--coil", "--winding", "--output", "--kind"}) sub.get_option(value)->excludes(all);
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
