// SPDX-License-Identifier: BSL-1.0
#include "arguments/tolerance_argument.hpp"

#include "arguments/options.hpp"
#include "arguments/part_value.hpp"
#include "support/failure.hpp"

#include <charconv>
#include <cstdint>
#include <limits>
#include <string_view>
#include <system_error>

namespace command {

namespace {

constexpr double most_percent = 99.0;

phono::part_spread parse_spread(std::string_view text)
{
    return text == "normal" ? phono::part_spread::normal : text == "corners" ? phono::part_spread::corners : phono::part_spread::uniform;
}

phono::part_tolerance parse_part(std::string_view text)
{
    const auto equals = text.rfind('=');
    const auto value = equals == std::string_view::npos ? std::nullopt : parse_quantity(text.substr(equals + 1), "%");
    if (!value || equals == 0 || !(*value >= 0.0 && *value <= most_percent))
        throw failure{"--part '" + std::string{text} + "': give a part's name and its tolerance, 0 to 99 %, as loading.resistance=0.1"};
    return {text.substr(0, equals), phono::percent{*value}};
}

/// Refuses what is no seed. CLI11 would take the nearest number that fits for one that does not, and -1 for the highest.
std::string refusal_of_seed(const std::string& text)
{
    std::uint64_t seed = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (wrong == std::errc{} && end == text.data() + text.size()) return {};
    return "'" + text + "' is not a whole number from 0 to " + std::to_string(std::numeric_limits<std::uint64_t>::max());
}

phono::e_series parse_series(std::string_view text)
{
    using phono::e_series;
    for (const auto& [name, series] : {std::pair{"6", e_series::e6},
                                       {"12", e_series::e12},
                                       {"24", e_series::e24},
                                       {"48", e_series::e48},
                                       {"96", e_series::e96},
                                       {"192", e_series::e192}})
        if (text.size() > 1 && (text.front() == 'E' || text.front() == 'e') && text.substr(1) == name) return series;
    throw failure{"--choose '" + std::string{text} + "': give a series of preferred values, E6, E12, E24, E48, E96 or E192, " +
                  "or two with a comma, E96,E12: that of resistors and that of capacitors"};
}

}   // namespace

void add_tolerance(CLI::App& app, tolerance_argument& given)
{
    const auto percent = [&](const std::string& name, double& value, const std::string& about) {
        app.add_option(name, value, about)->transform(within(0.0, most_percent, "%"))->type_name("PERCENT")->capture_default_str();
    };
    percent("--resistors", given.resistors, "tolerance of resistors");
    percent("--capacitors", given.capacitors, "of capacitors");
    percent("--inductors", given.inductors, "of inductors");
    percent("--cartridge-parts", given.cartridge, "of the parts of cartridge, cable and transformer");
    app.add_option("--part", given.parts, "of one part, or all of a name, as this command prints them; may be repeated")
        ->type_name("NAME=PERCENT");
    app.add_option("--spread", given.spread, "how values lie within their tolerance: normal is cut off there, at three deviations")
        ->check(CLI::IsMember({"uniform", "normal", "corners"}))
        ->type_name("KIND")
        ->capture_default_str();
    app.add_option("--builds", given.builds, "how many are built")
        ->transform(within(1, 1'000'000, ""))
        ->type_name("N")
        ->capture_default_str();
    app.add_option("--seed", given.seed, "the same seed gives the same builds")
        ->check(CLI::Validator{refusal_of_seed, ""})
        ->type_name("N")
        ->capture_default_str();
    app.add_option("--bound", given.bound, "the worst deviation of a good build")
        ->transform(within(1e-6, 100.0, "dB"))
        ->type_name("DB")
        ->capture_default_str();
    app.add_option("--from", given.from, "lowest frequency")->transform(within(0.001, 1e6, "Hz"))->type_name("HZ")->capture_default_str();
    app.add_option("--to", given.to, "highest frequency")->transform(within(0.001, 1e6, "Hz"))->type_name("HZ")->capture_default_str();
    app.add_option("--points", given.per_octave, "frequencies per octave; extremes between them are found too")
        ->transform(within(2, 1000, ""))
        ->type_name("N")
        ->capture_default_str();
    auto* choose =
        app.add_option("--choose", given.series, "search for the best values of a series, or of two: E96,E12 for resistors and capacitors");
    choose->type_name("SERIES");
    app.add_option("--only", given.only, "a part to choose (default: all that matter but the load); may be repeated")
        ->type_name("NAME")
        ->needs(choose);
    app.add_option("--level", given.level, "by how much the impedance of all chosen parts may change, either way")
        ->transform(within(1.0, 100.0, ""))
        ->type_name("RATIO")
        ->needs(choose)
        ->capture_default_str();
}

phono::tolerance_options tolerance_options_of(const tolerance_argument& given)
{
    if (given.to <= given.from) throw failure{"--from must be below --to"};
    phono::tolerance_options options;
    options.choice.parts.resistors = phono::percent{given.resistors};
    options.choice.parts.capacitors = phono::percent{given.capacitors};
    options.choice.parts.inductors = phono::percent{given.inductors};
    options.choice.parts.cartridge = phono::percent{given.cartridge};
    for (const auto& text : given.parts) options.choice.parts.parts.push_back(parse_part(text));
    options.choice.spread = parse_spread(given.spread);
    options.choice.seed = given.seed;
    options.builds = given.builds;
    options.bound = phono::gain{given.bound};
    options.band = {.from = phono::frequency{given.from}, .to = phono::frequency{given.to}, .per_octave = given.per_octave};
    return options;
}

std::optional<phono::preferred_search> search_of(const tolerance_argument& given)
{
    if (given.series.empty()) return std::nullopt;
    const std::string_view text = given.series;
    const auto comma = text.find(',');
    phono::preferred_search search;
    search.resistors = parse_series(text.substr(0, comma));
    search.capacitors = comma == std::string_view::npos ? search.resistors : parse_series(text.substr(comma + 1));
    search.parts.assign(given.only.begin(), given.only.end());
    search.level = given.level;
    search.band = tolerance_options_of(given).band;
    return search;
}

}   // namespace command
