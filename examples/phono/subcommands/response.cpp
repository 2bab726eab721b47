// SPDX-License-Identifier: BSL-1.0
#include "arguments/cartridge_options.hpp"
#include "arguments/curve_argument.hpp"
#include "arguments/options.hpp"
#include "arguments/output_option.hpp"
#include "arguments/preamp_options.hpp"
#include "arguments/speed_argument.hpp"
#include "arguments/transfer_options.hpp"
#include "filters/cascade.hpp"
#include "filters/equaliser.hpp"
#include "filters/loaded_cartridge.hpp"
#include "filters/preamps.hpp"
#include "filters/rumble_filter.hpp"
#include "plot/asymptotes.hpp"
#include "plot/response_plot.hpp"
#include "reports/response_table.hpp"
#include "subcommands/subcommands.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <phono/catalogue/curves.hpp>
#include <phono/chain/response.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono response --curve riaa --rate 44100
  phono response --curve riaa --rate 44100 --points 1000 --plot riaa.svg
  phono response --curve all --against riaa --plot curves.svg
      Every disc curve, and below what each does that RIAA does not.
  phono response --netlist stage.cir --netlist other.cir --output out --plot both.svg
      --input, --output and --set hold for every netlist.
  phono response --preamp magnetic_riaa --rate 96000 --to 40000
  phono response --curve riaa --cartridge shure_m97xe --load 47k,250p
  phono response --preamp nachbaur_magnetic --open-loop --asymptotes riaa \
      --rate 768000 --from 1 --to 300000 --plot nachbaur.svg
      With the feedback networks and without them, and RIAA as straight lines.

CSV: frequency_hz, then gain in dB of the circuit and of the digital filter and
their difference, error_db, digital less analogue, then both phases in degrees: it tells
how far the filter is from the circuit, not the circuit from a curve. How far that is
from RIAA `phono tolerance` says, in its line 'as drawn', and --against draws; where more than one curve or preamp
is asked for, its name stands first. A curve is 0 dB at 1 kHz unless --absolute is
given, and with --cartridge its gain is volts out over volts of EMF; a preamp's gain
is that too, with tubes that of small signals: their digital filter is that of the
circuit linearised, while play solves it whole and reports how exact that is. The
open loop of NAME is called 'NAME open loop'; a plot shows those that are the same
once.)";

struct arguments {
    std::vector<std::string> curves;
    preamp_options preamps;
    bool inverse = false, absolute = false, without_cartridge = false, open_loop = false;
    std::string phase = "minimum", undo, speed, undo_speed, against, asymptotes, title;
    text_file plot;
    loaded_cartridge_argument cartridge;
    rumble_argument rumble;
    double rate = 44100.0, from = 20.0;
    std::optional<double> to;
    int points = 200;
};

filter curve_filter(const arguments& given, const std::string& name)
{
    const auto curve = make_equaliser({.curve = name,
                                       .undo = given.undo,
                                       .speed = given.speed,
                                       .undo_speed = given.undo_speed,
                                       .inverse = given.inverse,
                                       .absolute = given.absolute});
    const double speed = parse_speed("--speed", given.speed);
    if (given.cartridge.cartridge.empty()) return with_rumble_filter(curve, given.rumble, speed);
    const auto loaded = loaded_cartridge(given.cartridge);
    return with_rumble_filter(cascade(loaded.title() + "; " + curve.title(), loaded, curve), given.rumble, speed);
}

// What a plot is drawn against: a curve by itself.
filter reference_curve(const arguments& given)
{
    return make_equaliser({.curve = given.against, .speed = given.speed, .inverse = given.inverse, .absolute = given.absolute});
}

filter preamp_filter(const arguments& given, const preamp_argument& asked)
{
    const auto preamp =
        given.cartridge.cartridge.empty() ? make_preamp(asked, !given.without_cartridge) : make_preamp(asked, given.cartridge);
    return with_rumble_filter(preamp, given.rumble, 1.0);
}

// A filter with its name on the command line.
struct named_filter {
    std::string name;
    command::filter filter;
    bool is_netlist = false;
};

std::vector<named_filter> curves(const arguments& given)
{
    std::vector<named_filter> result;
    for (const auto& name : given.curves) {
        if (name != "all") result.push_back({name, curve_filter(given, name)});
        else
            for (const auto& curve : phono::catalogue::curves)
                result.push_back({std::string{curve.name}, curve_filter(given, std::string{curve.name})});
    }
    return result;
}

std::vector<named_filter> preamps(const arguments& given)
{
    std::vector<named_filter> result;
    for (const auto& asked : given.preamps.all()) result.push_back({asked.text(), preamp_filter(given, asked), asked.is_netlist()});
    return result;
}

// 20 kHz, or what the rate allows.
double highest(const arguments& given)
{
    const double nyquist = 0.5 * given.rate;
    const double to = given.to.value_or(nyquist > 20'000.0 ? 20'000.0 : 0.9 * nyquist);
    if (given.to && to >= nyquist)
        throw failure{"--to " + brief(to) + ": a digital filter at " + brief(given.rate) + " Hz has a response below " + brief(nyquist) +
                      " Hz only; give a lower --to or a higher --rate"};
    if (to <= given.from)
        throw failure{given.to ? "--to " + brief(to) + ": must be above --from " + brief(given.from)
                               : "--from " + brief(given.from) + ": must be below " + brief(to) + " Hz; give a lower one, or --to"};
    return to;
}

response_table open_loop(const arguments& given, const named_filter& preamp, const std::vector<double>& frequencies)
{
    const auto found = preamp.filter.open_loop();
    if (preamp.is_netlist)
        throw failure{"--open-loop: " + preamp.name +
                      " is a netlist, which does not tell its feedback networks from its other parts; open the loop by " +
                      "their values in place of --open-loop: --set R5=1T of a resistor that feeds back, --set C3=0 of a capacitor"};
    if (!found && preamp.filter.has_tubes())
        throw failure{"--open-loop: " + preamp.name + " has tubes, whose operating points would go with the feedback; " +
                      "give a preamp without, such as nachbaur_magnetic"};
    if (!found)
        throw failure{"--open-loop: " + preamp.name + " has no stage with feedback networks to pull; " +
                      "give a preamp that has one, such as nachbaur_magnetic"};
    return tabulate(preamp.name + " open loop", *found, given.rate, parse_phase(given.phase), frequencies);
}

// Placed so that the curve itself has the same level at 1 kHz as the filter drawn with it.
plot_line asymptotes_beside(const arguments& given, const filter& drawn)
{
    const auto named = parse_curve(given.asymptotes);
    const auto curve = phono::scaled(named.value, parse_speed("--speed", given.speed)).transfer();
    auto line = asymptotes(given.inverse ? curve.reciprocal() : curve, given.from, highest(given), phono::decibels(drawn.analogue(1000.0)));
    line.name = named.title + ", asymptotes";
    return line;
}

void run(const arguments& given)
{
    if (given.open_loop && !given.preamps.is_given()) throw failure{"--open-loop requires --preamp"};
    const auto frequencies = logarithmic_frequencies(given.from, highest(given), given.points);
    const auto tabulated = [&](const named_filter& asked) {
        return tabulate(asked.name, asked.filter, given.rate, parse_phase(given.phase), frequencies);
    };
    const auto asked_curves = curves(given);
    const auto asked_preamps = preamps(given);
    std::vector<response_table> tables;
    std::vector<response_table> open_loops;
    for (const auto& curve : asked_curves) tables.push_back(tabulated(curve));
    for (const auto& preamp : asked_preamps) tables.push_back(tabulated(preamp));
    if (given.open_loop)
        for (const auto& preamp : asked_preamps) open_loops.push_back(open_loop(given, preamp, frequencies));
    const auto with = [&tables](const std::vector<response_table>& others) {
        auto all = tables;
        all.insert(all.end(), others.begin(), others.end());
        return all;
    };

    if (!given.plot.name.empty()) {   // before anything is printed: drawing and writing may be refused
        response_plot plot{given.title, given.rate};
        if (!given.against.empty()) plot.reference = tabulated({given.against, reference_curve(given)});
        const auto& first = asked_preamps.empty() ? asked_curves.front() : asked_preamps.front();
        if (!given.asymptotes.empty()) plot.over_gains = asymptotes_beside(given, first.filter);
        auto drawn_loops = without_repetition(open_loops);
        if (drawn_loops.size() == 1) drawn_loops.front().title = "Open loop";
        write_svg(given.plot, draw(with(drawn_loops), plot));
    }
    print_csv(std::cout, with(open_loops));
}

}   // namespace

void add_response(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("response", "print and plot frequency responses, analogue against digital");
    auto& subject = *sub.add_option_group("subject");
    auto* curve = subject.add_option("--curve,--label", given->curves,
                                     "name (see phono list), time constants in us as 3180/318/75, label and year, or all; may be repeated");
    curve->type_name("CURVE");
    given->preamps.add_to(sub, subject, "name (see phono list)", true);
    subject.require_option(1, 3);
    auto* without_cartridge = sub.add_flag("--without-cartridge", given->without_cartridge, "of a preamp: behind cartridge and load");
    sub.add_flag("--open-loop", given->open_loop, "of a preamp: also its gain with the feedback networks pulled");
    sub.add_option("--rate", given->rate, "sample rate")->transform(within(8000.0, 768000.0, "Hz"))->type_name("HZ")->capture_default_str();
    sub.add_option("--from", given->from, "lowest frequency")
        ->transform(within(0.001, 384000.0, "Hz"))
        ->type_name("HZ")
        ->capture_default_str();
    sub.add_option("--to", given->to, "highest frequency (default: 20000, or 0.45 of a low rate)")
        ->transform(within(0.001, 384000.0, "Hz"))
        ->type_name("HZ");
    sub.add_option("--points", given->points, "how many, spaced evenly on a logarithmic axis")
        ->transform(within(2, 1'000'000, ""))
        ->type_name("N")
        ->capture_default_str();
    auto* inverse = sub.add_flag("--inverse", given->inverse, "of a curve: the cutting curve");
    auto* undo = sub.add_option("--undo", given->undo, "ahead of a curve: one that is taken off first");
    undo->type_name("CURVE")->excludes(inverse);
    sub.add_flag("--absolute", given->absolute, "of a curve: its own level");
    sub.add_option("--speed", given->speed, "of a curve: the disc's speed over that of the transfer, as \"78/33 1/3\"")->type_name("A/B");
    sub.add_option("--undo-speed", given->undo_speed, "brought from speed B to A since the undone curve was applied")
        ->type_name("A/B")
        ->needs(undo);
    add_phase(sub, given->phase);
    add_rumble(sub, given->rumble);
    add_cartridge(sub, given->cartridge);
    sub.get_option("--cartridge")->excludes(without_cartridge);
    auto* plot = add_output(sub, "--plot", "SVG file to draw", given->plot)->type_name("FILE.svg");
    sub.add_option("--title", given->title, "the plot's title")->type_name("TEXT")->needs(plot);
    sub.add_option("--against", given->against, "draw the difference from this curve in place of the error")
        ->type_name("CURVE")
        ->needs(plot);
    sub.add_option("--asymptotes", given->asymptotes,
                   "draw this curve's straight lines too, the curve being as loud at 1 kHz as the first preamp")
        ->type_name("CURVE")
        ->needs(plot);
    undo->needs(curve);
    given->preamps.make_need_preamp(*without_cartridge);
    sub.footer(examples);
    sub.callback([given, &sub] {
        const auto is_given = [&](const char* name) { return sub.get_option(name)->count() > 0; };
        for (const auto* of_curve : {"--inverse", "--speed", "--absolute"})
            if (is_given(of_curve) && !is_given("--curve") && !is_given("--against"))
                throw failure{std::string{of_curve} + " requires --curve or --against"};
        run(*given);
    });
}

}   // namespace command
