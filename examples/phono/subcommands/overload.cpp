// SPDX-License-Identifier: BSL-1.0
#include "arguments/cartridge_options.hpp"
#include "arguments/options.hpp"
#include "arguments/output_option.hpp"
#include "arguments/part_value.hpp"
#include "arguments/preamp_options.hpp"
#include "filters/measured_preamp.hpp"
#include "filters/preamps.hpp"
#include "netlists/read_netlist.hpp"
#include "plot/plot.hpp"
#include "reports/overload_report.hpp"
#include "reports/response_table.hpp"
#include "subcommands/subcommands.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"
#include "support/workers.hpp"

#include <phono/analysis/overload.hpp>
#include <phono/measurement/level_at_distortion.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono overload --preamp rjm_vsps --swing 13
      How far above 5 cm/s each amplifier clips, and at what frequency.
  phono overload --preamp rjm_vsps --preamp leach_head_amp --plot headroom.svg
  phono overload --preamp tube_passive_riaa --json
      Tubes have no such limit: the EMF at which THD reaches 1 % and 3 %, played.

The groove is one that RIAA cut, whose level rises with frequency: the margin at f is
that of 5 cm/s at 1 kHz brought there by the recording curve (Holman, 1976). The EMF
is the cartridge's at 1 kHz and 5 cm/s, or --signal.)";

constexpr double from_hertz = 20.0, to_hertz = 20e3;
constexpr double thd_percents[] = {1.0, 3.0};

struct arguments {
    preamp_options preamps;
    loaded_cartridge_argument cartridge;
    double swing = 13.0, signal = 0.0, tone = 1000.0, rate = 96'000.0;
    int points = 200;
    bool as_json = false, as_csv = false;
    text_file plot;
};

// What an amplifier is called: as the netlist does, or by its part and the block that it stands in.
std::string name_of(const preamp_argument& subject, int place, const phono::amplifier_margin& found)
{
    const auto names =
        subject.is_netlist() ? read_netlist_of(subject.netlist).names_of(phono::netlist_device::amplifier) : std::vector<std::string>{};
    if (static_cast<std::size_t>(place) < names.size()) return names[static_cast<std::size_t>(place)];
    return std::string{found.name} + " of block " + std::to_string(found.block);
}

void add_amplifiers(overload_report& report, const preamp_argument& subject, const filter& preamp, phono::detail::groove_signal signal)
{
    const auto circuit = preamp.circuit();
    const phono::overload_conditions asked{.swing = phono::voltage{report.swing}};
    const phono::detail::headroom within{circuit, signal, asked};
    const auto found = phono::detail::overload_of(circuit, signal, asked);
    for (int i = 0; i < found.count; ++i) {
        const auto& least = found.margins[i];
        amplifier_headroom each{name_of(subject, i, least), least.least.decibels, least.at.si, {}};
        for (const double hertz : report.frequencies) each.margin_db.push_back(-10.0 * std::log10(within.load(i, hertz)));
        report.amplifiers.push_back(each);
    }
}

void add_tubes(overload_report& report, const filter& preamp, double rate)
{
    const measured_preamp running{preamp, rate, 0};
    report.tubes.resize(std::size(thd_percents));
    workers{available_processors()}.each(report.tubes.size(), [&](std::size_t i) {
        auto& found = report.tubes[i];
        found.percent = thd_percents[i];
        const double peak =
            phono::level_at_distortion(running, phono::frequency{rate}, phono::frequency{report.tone}, 0.01 * found.percent).si;
        if (!std::isfinite(peak)) return;
        found.emf = peak / std::sqrt(2.0);
        if (report.signal > 0.0) found.db = 20.0 * std::log10(*found.emf / report.signal);
    });
}

overload_report overload_of(const arguments& given, const preamp_argument& subject)
{
    const auto [preamp, turns] =
        given.cartridge.cartridge.empty() ? stepped_preamp{make_preamp(subject, true)} : make_stepped_preamp(subject, given.cartridge);
    auto signal = preamp.signal();
    if (given.signal > 0.0) signal.at_reference = given.signal * turns;
    overload_report report{subject.text(), preamp.title(), given.swing, signal.at_reference / turns, given.tone};
    report.frequencies = logarithmic_frequencies(from_hertz, to_hertz, given.points);
    if (preamp.has_tubes()) add_tubes(report, preamp, given.rate);
    if (signal.at_reference > 0.0) add_amplifiers(report, subject, preamp, signal);
    else if (!preamp.has_tubes())
        throw failure{subject.text() + ": its source has no output at 5 cm/s to compare with; give one as --signal 5mV, or a --cartridge"};
    for (auto& tubes : report.tubes)
        if (tubes.emf) *tubes.emf /= turns;
    return report;
}

void draw(const text_file& file, const std::vector<overload_report>& all)
{
    figure picture{
        .title = "Headroom", .subtitle = "how far a record of 5 cm/s, cut by RIAA, may be exceeded", .from = from_hertz, .to = to_hertz};
    if (all.size() == 1) picture.title = all.front().title + ": headroom";
    plot_panel panel{.axis = "dB re 5 cm/s", .lines = {}, .height = 420.0};
    for (const auto& report : all)
        for (const auto& each : report.amplifiers) {
            plot_line line{
                .name = all.size() == 1 ? each.name : report.name + ", " + each.name, .points = {}, .colour = panel.lines.size()};
            for (std::size_t i = 0; i < report.frequencies.size(); ++i) line.points.push_back({report.frequencies[i], each.margin_db[i]});
            panel.lines.push_back(line);
        }
    if (panel.lines.empty()) throw failure{"--plot: no amplifier with a limit to draw; tubes have none (phono distortion draws theirs)"};
    picture.panels = {panel};
    write_svg(file, picture);
}

void run(const arguments& given)
{
    std::vector<overload_report> all;
    for (const auto& subject : given.preamps.some()) all.push_back(overload_of(given, subject));
    if (!given.plot.name.empty()) draw(given.plot, all);
    (given.as_json ? print_overload_json : given.as_csv ? print_overload_csv : print_overload)(std::cout, all);
}

}   // namespace

void add_overload(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("overload", "tell how loud a record a preamp takes, and what clips first");
    given->preamps.add_to(sub, "name (see phono list)", true);
    sub.add_option("--swing", given->swing, "peak at which the output of every amplifier clips")
        ->transform(within(1e-3, 1e3, "V"))
        ->type_name("VOLTS")
        ->capture_default_str();
    sub.add_option("--signal", given->signal, "EMF, RMS, at 1 kHz and 5 cm/s (default: the cartridge's output)")
        ->transform(part_value(1e-9, 100.0, "V", "0.3m"))
        ->type_name("VOLT");
    sub.add_option("--tone", given->tone, "at which the distortion of tubes is measured")
        ->transform(within(20.0, 10e3, "Hz"))
        ->type_name("HZ")
        ->capture_default_str();
    sub.add_option("--rate", given->rate, "sample rate that tubes run at")
        ->transform(within(44'100.0, 768'000.0, "Hz"))
        ->type_name("HZ")
        ->capture_default_str();
    sub.add_option("--points", given->points, "how many margins, spaced evenly on a logarithmic axis")
        ->transform(within(2, 1'000'000, ""))
        ->type_name("N")
        ->capture_default_str();
    auto* as_json = sub.add_flag("--json", given->as_json, "JSON in place of text");
    sub.add_flag("--csv", given->as_csv, "margins against frequency in place of text")->excludes(as_json);
    add_cartridge(sub, given->cartridge);
    add_output(sub, "--plot", "SVG file to draw the margins in", given->plot)->type_name("FILE.svg");
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
