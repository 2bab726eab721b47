// SPDX-License-Identifier: BSL-1.0
#include "arguments/amplifier_argument.hpp"
#include "arguments/cartridge_options.hpp"
#include "arguments/options.hpp"
#include "arguments/output_option.hpp"
#include "arguments/part_value.hpp"
#include "arguments/preamp_options.hpp"
#include "filters/preamps.hpp"
#include "netlists/read_netlist.hpp"
#include "plot/noise_plot.hpp"
#include "reports/noise_report.hpp"
#include "reports/response_table.hpp"
#include "subcommands/subcommands.hpp"
#include "support/failure.hpp"
#include "support/listed.hpp"
#include "support/number.hpp"

#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono noise --preamp rjm_vsps --amplifier ne5534a --weight a --parts
      A-weighted, and which part makes how much.
  phono noise --preamp rjm_vsps --amplifier-noise 3.5n,0.4p
  phono noise --preamp leach_head_amp --preamp sowter_8055 --plot noise.svg
  phono noise --preamp rjm_vsps --cartridge ortofon_2m_red --weight a --json
  phono noise --preamp kennedy_single_tube --triode-corner 1k --parts

Resistors, among them those of coils and windings, make 4kTR; a triode the noise of a
resistor of 2.5/gm in series with its grid; amplifiers what the catalogue says, or
--amplifier or --amplifier-noise in its place. A netlist's amplifier is an X with a name
of the catalogue; one of controlled sources makes no noise.
The signal is the cartridge's EMF at 1 kHz and 5 cm/s.
Blocks are counted in the order of the signal from the cartridge, which is block 0.
CSV: frequency_hz, then the density at the output and of the same noise in series with
the EMF, in V per root hertz; the name first where there are several preamps.)";

struct arguments {
    preamp_options preamps;
    std::string weight = "none", amplifier, amplifiers, title;
    loaded_cartridge_argument cartridge;
    double from = 20.0, to = 20e3, temperature = 300.0, triode_corner = 0.0, signal = 0.0;
    int points = 200;
    bool with_parts = false, as_json = false, as_csv = false;
    text_file plot;
};

// `3.5n,0.4p`, or `3.5n`.
phono::amplifier_noise parse_amplifier_noise(const std::string& text)
{
    if (text.empty()) return {};
    constexpr double most = 1e-3;   // V, and A, per root hertz
    const auto comma = text.find(',');
    const auto volts = parse_part_value(std::string_view{text}.substr(0, comma), "V");
    const auto amperes = comma == std::string::npos ? std::optional{0.0} : parse_part_value(std::string_view{text}.substr(comma + 1), "A");
    if (!volts || !amperes || !(*volts >= 0.0 && *volts <= most && *amperes >= 0.0 && *amperes <= most))
        throw failure{"--amplifier-noise " + text + ": give volts and amperes per root hertz, as 3.5n,0.4p"};
    return {.voltage = *volts, .current = *amperes};
}

noise_request request_of(const arguments& given)
{
    if (given.to <= given.from) throw failure{"--to " + brief(given.to) + ": must be above --from " + brief(given.from)};
    noise_request asked;
    asked.conditions = {.temperature = given.temperature,
                        .weight = parse_noise_weight(given.weight),
                        .from = phono::frequency{given.from},
                        .to = phono::frequency{given.to},
                        .triode_corner = phono::frequency{given.triode_corner},
                        .signal = phono::voltage{given.signal}};
    asked.amplifiers =
        given.amplifier.empty() ? parse_amplifier_noise(given.amplifiers) : find_amplifier(given.amplifier).value.with_noise().noise;
    asked.frequencies = logarithmic_frequencies(given.from, given.to, given.points);
    return asked;
}

// What of a netlist makes no noise. Throws a failure where another amplifier's noise is asked for and no amplifier has noise at its inputs.
std::vector<std::string> noiseless_of(const arguments& given, const preamp_argument& subject)
{
    if (!subject.is_netlist()) return {};
    const auto& read = read_netlist_of(subject.netlist);
    const auto names = read.noiseless();
    const std::string option = !given.amplifier.empty() ? "--amplifier" : !given.amplifiers.empty() ? "--amplifier-noise" : "";
    if (option.empty() || read.reading.flat().amplifier_count > 0) return names;
    if (names.empty()) throw failure{option + ": " + subject.text() + " has no amplifier; leave it out"};
    throw failure{option + ": the amplifiers of " + subject.text() + " are controlled sources (" + listed(names) +
                  "), of which none is known to be an input that makes noise; in their place give an X with the name of an amplifier of " +
                  "the catalogue, as NE5532, and no subcircuit of that name"};
}

preamp_noise noise_of_preamp(const arguments& given, const preamp_argument& subject, const noise_request& asked)
{
    const auto noiseless = noiseless_of(given, subject);
    const auto [preamp, turns] =
        given.cartridge.cartridge.empty() ? stepped_preamp{make_preamp(subject, true)} : make_stepped_preamp(subject, given.cartridge);
    auto behind = asked;
    behind.conditions.signal = behind.conditions.signal * turns;
    auto found = noise_of(preamp, behind);
    // Behind an ideal transformer all voltages are those before it times its turns.
    found.at_input /= turns;
    for (auto& at : found.densities) at.input /= turns;
    return {subject.text(), preamp.title(), asked, found, subject.is_netlist(), noiseless};
}

void run(const arguments& given)
{
    const auto asked = request_of(given);
    std::vector<preamp_noise> all;
    for (const auto& subject : given.preamps.some()) all.push_back(noise_of_preamp(given, subject, asked));
    if (!given.plot.name.empty()) {
        auto picture = draw(all);
        if (!given.title.empty()) picture.title = given.title;
        write_svg(given.plot, picture);
    }
    if (given.as_json) print_noise_json(std::cout, all);
    else if (given.as_csv) print_noise_csv(std::cout, all);
    else print_noise(std::cout, all, given.with_parts);
}

}   // namespace

void add_noise(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("noise", "tell how much noise a preamp makes, and which part of it");
    given->preamps.add_to(sub, "name (see phono list)", true);
    sub.add_option("--weight", given->weight, "none, riaa (for a stage without equaliser), a, or riaa-a for both")
        ->check(CLI::IsMember(noise_weight_words()))
        ->type_name("WEIGHT")
        ->capture_default_str();
    sub.add_flag("--parts", given->with_parts, "a line for each part that makes a thousandth or more");
    sub.add_option("--from", given->from, "lowest frequency")->transform(within(0.001, 10e6, "Hz"))->type_name("HZ")->capture_default_str();
    sub.add_option("--to", given->to, "highest frequency")->transform(within(0.001, 10e6, "Hz"))->type_name("HZ")->capture_default_str();
    auto* of_amplifiers = sub.add_option("--amplifier-noise", given->amplifiers,
                                         "of every amplifier, in place of its own: V and A per root hertz, as 3.5n,0.4p");
    of_amplifiers->type_name("EN,IN");
    sub.add_option("--amplifier", given->amplifier, "whose noise every amplifier of the catalogue has, by name (see phono list)")
        ->type_name("AMPLIFIER")
        ->excludes(of_amplifiers);
    sub.add_option("--triode-corner", given->triode_corner, "below which a triode's noise rises as 1/f")
        ->transform(within(0.0, 1e6, "Hz"))
        ->type_name("HZ");
    sub.add_option("--temperature", given->temperature, "of all resistors")
        ->transform(within(1.0, 1000.0, "K"))
        ->type_name("K")
        ->capture_default_str();
    sub.add_option("--signal", given->signal, "EMF, RMS, at 1 kHz and 5 cm/s (default: the cartridge's output)")
        ->transform(part_value(1e-9, 100.0, "V", "0.3m"))
        ->type_name("VOLT");
    sub.add_option("--points", given->points, "how many densities, spaced evenly on a logarithmic axis")
        ->transform(within(2, 1'000'000, ""))
        ->type_name("N")
        ->capture_default_str();
    auto* as_json = sub.add_flag("--json", given->as_json, "JSON in place of text");
    sub.add_flag("--csv", given->as_csv, "densities in place of text")->excludes(as_json);
    add_cartridge(sub, given->cartridge);
    auto* plot = add_output(sub, "--plot", "SVG file to draw the densities in", given->plot)->type_name("FILE.svg");
    sub.add_option("--title", given->title, "the plot's title")->type_name("TEXT")->needs(plot);
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
