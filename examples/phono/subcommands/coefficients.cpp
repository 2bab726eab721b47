// SPDX-License-Identifier: BSL-1.0
#include "arguments/options.hpp"
#include "filters/equaliser.hpp"
#include "filters/preamps.hpp"
#include "subcommands/subcommands.hpp"
#include "support/json.hpp"
#include "support/number.hpp"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  phono coefficients --curve riaa --rate 44100
  phono coefficients --curve riaa --rate 96000 --inverse --json
  phono coefficients --preamp magnetic_riaa --rate 48000

Sections in cascade, each y = b0 x + b1 x[-1] + b2 x[-2] - a1 y[-1] - a2 y[-2]:
mind the sign of a1 and a2, some programs want the opposite. Seventeen digits;
rounded to float they lose accuracy in the bass at high rates. Of a preamp with tubes
they hold for small signals.)";

struct arguments {
    equalisation wanted;
    std::string preamp, phase = "minimum";
    double rate = 0.0;
    bool as_json = false;
};

std::string level(const arguments& given, const filter& filter)
{
    if (!given.preamp.empty()) return std::string{"volts in, volts out"} + (filter.has_tubes() ? ", small signals" : "");
    return given.wanted.absolute ? "the curve's own level" : "0 dB at 1 kHz of the record";
}

void print_csv(const arguments& given, const filter& filter, const phono::biquad_cascade& sections)
{
    std::cout << "# " << filter.title() << "\n# sample rate " << brief(given.rate) << " Hz, " << level(given, filter)
              << "\n# y = b0 x + b1 x[-1] + b2 x[-2] - a1 y[-1] - a2 y[-2]\nb0,b1,b2,a1,a2\n";
    for (const auto& s : sections)
        std::cout << exact(s.b0) << ',' << exact(s.b1) << ',' << exact(s.b2) << ',' << exact(s.a1) << ',' << exact(s.a2) << '\n';
}

void print_json(const arguments& given, const filter& filter, const phono::biquad_cascade& sections)
{
    std::vector<json> all;
    for (const auto& s : sections)
        all.push_back(json::short_object({{"b0", s.b0}, {"b1", s.b1}, {"b2", s.b2}, {"a1", s.a1}, {"a2", s.a2}}));
    std::cout << json::object(
                     {{"title", filter.title()}, {"rate_hz", given.rate}, {"level", level(given, filter)}, {"sections", json::array(all)}})
                     .text()
              << '\n';
}

void run(const arguments& given)
{
    const auto filter = given.preamp.empty() ? make_equaliser(given.wanted) : make_preamp(given.preamp, true);
    const auto sections = filter.sections(given.rate, parse_phase(given.phase));
    (given.as_json ? print_json : print_csv)(given, filter, sections);
}

}   // namespace

void add_coefficients(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("coefficients", "print second-order sections to paste elsewhere");
    add_subject(sub, given->wanted.curve, given->preamp, "name (see phono list), cartridge included");
    sub.add_option("--rate", given->rate, "sample rate in Hz")->required()->check(within(8000.0, 768000.0, "Hz"))->type_name("HZ");
    sub.add_flag("--inverse", given->wanted.inverse, "the cutting curve");
    sub.add_option("--speed", given->wanted.speed, "the disc's speed over that of the transfer, as 78/33.33")->type_name("A/B");
    sub.add_flag("--absolute", given->wanted.absolute, "leave the curve's own level");
    add_phase(sub, given->phase);
    sub.add_flag("--json", given->as_json, "JSON in place of CSV");
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
