// SPDX-License-Identifier: BSL-1.0
#include "curve_argument.hpp"
#include "equaliser.hpp"
#include "failure.hpp"
#include "number.hpp"
#include "options.hpp"
#include "plot.hpp"
#include "preamp_argument.hpp"
#include "response_table.hpp"
#include "subcommands.hpp"

#include <algorithm>
#include <cmath>
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
  phono response --preamp magnetic_riaa --rate 96000 --to 40000

CSV: frequency_hz, then gain in dB of the circuit and of the digital filter and
their difference, then both phases in degrees; where more than one curve or preamp
is asked for, its name stands first. A curve is 0 dB at 1 kHz unless --absolute is
given; a preamp's gain is volts out over volts of its cartridge's EMF.)";

struct arguments {
    std::vector<std::string> curves, preamps;
    bool inverse = false, absolute = false, without_cartridge = false;
    std::string phase = "minimum", speed, against, plot, title;
    double rate = 44100.0, from = 20.0;
    std::optional<double> to;
    int points = 200;
};

std::unique_ptr<filter> curve_filter(const arguments& given, const std::string& name)
{
    equalisation what{name, {}, given.inverse, given.absolute, 1.0};
    if (!given.speed.empty()) what.speed = parse_speed(given.speed);
    return make_equaliser(what);
}

std::vector<response_table> tables(const arguments& given, const std::vector<double>& frequencies)
{
    std::vector<std::string> curves;
    for (const auto& name : given.curves) {
        if (name != "all")
            curves.push_back(name);
        else
            for (const auto& known : phono::catalogue::curves) curves.emplace_back(known.name);
    }
    std::vector<response_table> result;
    const auto phase = parse_phase(given.phase);
    for (const auto& name : curves)
        result.push_back(tabulate(name, *curve_filter(given, name), given.rate, phase, frequencies));
    for (const auto& name : given.preamps)
        result.push_back(tabulate(name, *make_preamp(name, !given.without_cartridge), given.rate, phase, frequencies));
    return result;
}

// 20 kHz, or what the rate allows.
double highest(const arguments& given)
{
    const double nyquist = 0.5 * given.rate;
    const double to = given.to.value_or(nyquist > 20'000.0 ? 20'000.0 : 0.9 * nyquist);
    if (to >= nyquist)
        throw failure{"--to " + brief(to) + ": a digital filter at " + brief(given.rate) + " Hz has a response below " +
                      brief(nyquist) + " Hz only; give a lower --to or a higher --rate"};
    if (to <= given.from) throw failure{"--to " + brief(to) + ": must be above --from " + brief(given.from)};
    return to;
}

std::vector<double> logarithmic(double from, double to, int points)
{
    std::vector<double> result;
    for (int i = 0; i < points; ++i) result.push_back(from * std::pow(to / from, double(i) / (points - 1)));
    result.back() = to;   // exactly
    return result;
}

void draw(const arguments& given, const std::vector<response_table>& all, const std::vector<double>& frequencies)
{
    figure picture{
        .title = given.title, .subtitle = {}, .from_hertz = frequencies.front(), .to_hertz = frequencies.back()};
    if (picture.title.empty()) picture.title = all.size() == 1 ? all.front().title : "Frequency responses";
    if (given.against.empty()) {
        picture.subtitle = "analogue circuit and digital filter at " + brief(given.rate) + " Hz";
        picture.panels = {gain_panel(all), error_panel(all)};
    } else {
        const auto reference = tabulate(
            given.against, *curve_filter(given, given.against), given.rate, parse_phase(given.phase), frequencies);
        picture.subtitle = "above: gain; below: difference from " + reference.title;
        picture.panels = {gain_panel(all), difference_panel(all, reference)};
    }
    write_svg(given.plot, picture);
}

void run(const arguments& given)
{
    const auto frequencies = logarithmic(given.from, highest(given), given.points);
    const auto all = tables(given, frequencies);
    print_csv(std::cout, all);
    if (!given.plot.empty()) draw(given, all, frequencies);
}

}   // namespace

void add_response(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("response", "print and plot frequency responses, analogue against digital");
    auto& subject = *sub.add_option_group("subject");
    subject
        .add_option("--curve", given->curves,
            "name (see phono list), time constants in us as 3180/318/75, or all; may be repeated")
        ->type_name("CURVE");
    subject.add_option("--preamp", given->preamps, "name (see phono list); may be repeated")->type_name("NAME");
    subject.require_option(1, 2);
    sub.add_flag("--without-cartridge", given->without_cartridge, "of a preamp: behind cartridge and load");
    sub.add_option("--rate", given->rate, "sample rate")
        ->check(within(8000.0, 768000.0, "Hz"))
        ->type_name("HZ")
        ->capture_default_str();
    sub.add_option("--from", given->from, "lowest frequency")
        ->check(within(0.001, 384000.0, "Hz"))
        ->type_name("HZ")
        ->capture_default_str();
    sub.add_option("--to", given->to, "highest frequency (default: 20000, or 0.45 of a low rate)")
        ->check(within(0.001, 384000.0, "Hz"))
        ->type_name("HZ");
    sub.add_option("--points", given->points, "how many, spaced evenly on a logarithmic axis")
        ->check(within(2, 1'000'000, ""))
        ->type_name("N")
        ->capture_default_str();
    sub.add_flag("--inverse", given->inverse, "of a curve: the cutting curve");
    sub.add_flag("--absolute", given->absolute, "of a curve: its own level");
    sub.add_option("--speed", given->speed, "of a curve: the disc's speed over that of the transfer")->type_name("A/B");
    add_phase(sub, given->phase);
    auto* plot = sub.add_option("--plot", given->plot, "SVG file to draw")->type_name("FILE.svg");
    sub.add_option("--title", given->title, "the plot's title")->type_name("TEXT")->needs(plot);
    sub.add_option("--against", given->against, "draw the difference from this curve in place of the error")
        ->type_name("CURVE")
        ->needs(plot);
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
