// SPDX-License-Identifier: BSL-1.0
#include "arguments/curve_argument.hpp"
#include "arguments/options.hpp"
#include "arguments/preamp_argument.hpp"
#include "filters/equaliser.hpp"
#include "subcommands/subcommands.hpp"
#include "support/number.hpp"

#include <array>
#include <cstddef>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
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
    equalisation what;
    std::string preamp, speed, phase = "minimum";
    double rate = 0.0;
    bool json = false;
};

using fields = std::vector<std::pair<std::string, double>>;

fields named(const second_order_section& s) { return {{"b0", s.b0}, {"b1", s.b1}, {"b2", s.b2}, {"a1", s.a1}, {"a2", s.a2}}; }

std::string level(const arguments& given, const filter& filter)
{
    if (!given.preamp.empty()) return std::string{"volts in, volts out"} + (filter.has_tubes() ? ", small signals" : "");
    return given.what.absolute ? "the curve's own level" : "0 dB at 1 kHz of the record";
}

void print_csv(const arguments& given, const filter& filter, const std::vector<second_order_section>& sections)
{
    std::cout << "# " << filter.title() << "\n# sample rate " << brief(given.rate) << " Hz, " << level(given, filter)
              << "\n# y = b0 x + b1 x[-1] + b2 x[-2] - a1 y[-1] - a2 y[-2]\nb0,b1,b2,a1,a2\n";
    for (const auto& s : sections)
        std::cout << exact(s.b0) << ',' << exact(s.b1) << ',' << exact(s.b2) << ',' << exact(s.a1) << ',' << exact(s.a2) << '\n';
}

std::string quoted(const std::string& text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

void print_json(const arguments& given, const filter& filter, const std::vector<second_order_section>& sections)
{
    std::cout << "{\n  \"title\": " << quoted(filter.title()) << ",\n  \"rate_hz\": " << brief(given.rate)
              << ",\n  \"level\": " << quoted(level(given, filter)) << ",\n  \"sections\": [";
    const char* between_sections = "\n";
    for (const auto& section : sections) {
        std::cout << std::exchange(between_sections, ",\n") << "    {";
        const char* between = "";
        for (const auto& [name, value] : named(section)) std::cout << std::exchange(between, ", ") << quoted(name) << ": " << exact(value);
        std::cout << '}';
    }
    std::cout << "\n  ]\n}\n";
}

void run(const arguments& given)
{
    auto what = given.what;
    if (!given.speed.empty()) what.speed = parse_speed(given.speed);
    const auto filter = given.preamp.empty() ? make_equaliser(what) : make_preamp(given.preamp, true);
    const auto sections = filter->sections(given.rate, parse_phase(given.phase));
    (given.json ? print_json : print_csv)(given, *filter, sections);
}

}   // namespace

void add_coefficients(CLI::App& app)
{
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("coefficients", "print second-order sections to paste elsewhere");
    auto& subject = *sub.add_option_group("subject");
    subject.add_option("--curve", given->what.curve, "name (see phono list) or time constants in us")->type_name("CURVE");
    subject.add_option("--preamp", given->preamp, "name (see phono list), cartridge included")->type_name("NAME");
    subject.require_option(1);
    sub.add_option("--rate", given->rate, "sample rate in Hz")->required()->check(within(8000.0, 768000.0, "Hz"))->type_name("HZ");
    sub.add_flag("--inverse", given->what.inverse, "the cutting curve");
    sub.add_option("--speed", given->speed, "the disc's speed over that of the transfer, as 78/33.33")->type_name("A/B");
    sub.add_flag("--absolute", given->what.absolute, "leave the curve's own level");
    add_phase(sub, given->phase);
    sub.add_flag("--json", given->json, "JSON in place of CSV");
    sub.footer(examples);
    sub.callback([given] { run(*given); });
}

}   // namespace command
