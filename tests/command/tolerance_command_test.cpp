// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/json_reader.hpp"
#include "support/svg.hpp"

#include <phono/analysis/preferred_parts.hpp>
#include <phono/analysis/worst_corner.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/published_preamps.hpp>
#include <phono/chain/without_cartridge.hpp>

namespace {

using namespace programs;
using std::string;

const string muffsy = "tolerance --preamp muffsy_passive --without-cartridge ";

}   // namespace

TEST_CASE("tolerance --json is what the library says of the preamp")
{
    const workshop shop;
    const json_reader found{run(shop, muffsy + "--json --builds 200 --seed 12345678901 --spread normal --resistors 0.5 --part capacitor=2% "
                                               "--bound 0.1 --from 30 --to 15000 --points 4 --choose E24,E12 --level 1.5")};
    const phono::circuit held{phono::without_cartridge(phono::preamps::muffsy_passive)};
    const auto& riaa = phono::curves::riaa;
    const phono::tolerance_options options{
        .choice = {.parts = {.resistors = phono::percent{0.5}, .parts = {{"capacitor", phono::percent{2.0}}}},
                   .spread = phono::part_spread::normal,
                   .seed = 12345678901},
        .builds = 200,
        .bound = phono::gain{0.1},
        .band = {.from = phono::frequency{30.0}, .to = phono::frequency{15e3}, .per_octave = 4}};
    const auto agrees = [&](const string& path, double value) {
        INFO(path);
        CHECK(found.number(path) == Approx(value).epsilon(1e-9).margin(1e-12));
    };
    const auto expected = phono::tolerance(held, riaa, options);
    agrees("drawn_db", expected.nominal.decibels);
    agrees("corner_db", phono::worst_corner(held, riaa, options.choice.parts, options.band).decibels);
    for (const auto& [name, figures] : {std::pair{"deviation.", expected.deviation}, {"balance.", expected.balance}}) {
        agrees(name + string{"mean_db"}, figures.mean.decibels);
        agrees(name + string{"p50_db"}, figures.p50.decibels);
        agrees(name + string{"p95_db"}, figures.p95.decibels);
        agrees(name + string{"p99_db"}, figures.p99.decibels);
        agrees(name + string{"worst_db"}, figures.worst.decibels);
        agrees(name + string{"worst_build"}, figures.worst_build);
        agrees(name + string{"yield"}, figures.yield);
    }
    CHECK(found.at("seed") == "12345678901");
    CHECK(found.number("deviation.yield") > 0.0);
    CHECK(found.number("deviation.yield") < 1.0);
    for (std::size_t i = 0; i < expected.band.size(); ++i) {
        const string at = "band." + std::to_string(i) + '.';
        agrees(at + "frequency_hz", expected.band[i].at.si);
        agrees(at + "p5_db", expected.band[i].p5.decibels);
        agrees(at + "highest_db", expected.band[i].highest.decibels);
    }
    const auto sensitive = phono::sensitivity(held, options.choice.parts, options.band);
    for (std::size_t i = 0; i < sensitive.parts.size(); ++i) {
        const string at = "parts." + std::to_string(i) + '.';
        CHECK(found.at(at + "part") == sensitive.parts[i].part.name);
        agrees(at + "worst_db_per_percent", sensitive.parts[i].worst);
        agrees(at + "of_tolerance_db", sensitive.parts[i].of_tolerance());
        agrees(at + "gain_db_per_percent.3", sensitive.parts[i].gain[3]);
    }
    const auto series = phono::preferred_costs(held, riaa, options.band);
    for (std::size_t i = 0; i < series.size(); ++i) agrees("series." + std::to_string(i) + ".deviation_db", series[i].deviation.decibels);
    const auto chosen = phono::best_preferred(
        held, riaa, {.resistors = phono::e_series::e24, .capacitors = phono::e_series::e12, .level = 1.5, .band = options.band});
    agrees("chosen.best_db", chosen.best.decibels);
    for (std::size_t i = 0; i < chosen.parts.size(); ++i) agrees("chosen.parts." + std::to_string(i) + ".chosen", chosen.parts[i].chosen);
}

TEST_CASE("tolerance prints the same with any number of threads, and other builds for another seed")
{
    const workshop shop;
    const string options = muffsy + "--json --builds 333 ";
    const string one = run(shop, options + "--jobs 1");
    CHECK(run(shop, options + "--jobs 3") == one);
    CHECK(run(shop, options) == one);
    CHECK(run(shop, options + "--seed 2") != one);
}

TEST_CASE("tolerance prints figures, the parts that matter and what series cost")
{
    const workshop shop;
    const string text = run(shop, muffsy + "--builds 100 --choose E96");
    INFO(text);
    for (const auto* words :
         {"Muffsy's passive network, two LT1028, behind cartridge and load\nagainst RIAA",
          "100 builds, seed 1: resistors 1 %, capacitors 5 %", "worst deviation of a build", "<= 0.5 dB",
          "largest difference of two channels", "\ncapacitor_1  ", "\nE192 ", "Best values found of E96 for resistors and E96"})
        CHECK(text.find(words) != string::npos);
    std::istringstream lines(text);
    for (string line; std::getline(lines, line);) CHECK(line.size() <= 120);

    const auto rows = table(run(shop, muffsy + "--builds 100 --csv"));
    REQUIRE(rows.size() == 81);
    for (const auto& row : rows) {
        CHECK(row.at("lowest_db") <= row.at("p5_db"));
        CHECK(row.at("p5_db") <= row.at("p95_db"));
        CHECK(row.at("p95_db") <= row.at("highest_db"));
    }
}

TEST_CASE("tolerance knows tubes and another cartridge, and --plot draws the band of builds")
{
    const workshop shop;
    const string text = run(shop, "tolerance --preamp tube_passive_riaa --builds 20 --plot builds.svg");
    CHECK(text.find("common_cathode_stage.plate_load") != string::npos);
    CHECK(text.find("triode.") == string::npos);
    const string svg = contents(shop / "builds.svg");
    check_svg(svg);
    CHECK(svg.find("<polygon") != string::npos);
    CHECK(svg.find("all 20 builds") != string::npos);
    CHECK(svg.find("nine of ten at each frequency") != string::npos);
    const string other = run(shop, "tolerance --preamp muffsy_passive --builds 20 --cartridge shure_m97xe --cartridge-parts 10");
    CHECK(other.find("magnetic_cartridge.inductance") != string::npos);
}

TEST_CASE("tolerance refuses what it cannot build in one line")
{
    const workshop shop;
    const auto refused = [&](const string& arguments, const string& words) {
        const auto done = attempt(shop, arguments);
        INFO(done.err);
        CHECK(done.status == 2);
        CHECK(done.err.find(words) != string::npos);
        CHECK(count(done.err, "\n") == 1);
    };
    refused(muffsy + "--part resitor_3=1", "no part of that name is bought for this preamp; nearest: resistor_3");
    refused(muffsy + "--part resistor_3", "as loading.resistance=0.1");
    refused(muffsy + "--choose E10", "E6, E12, E24, E48, E96 or E192");
    refused(muffsy + "--choose E96 --only valve", "no part of that name is bought");
    refused(muffsy + "--from 20k --to 20", "--from must be below --to");
    refused(muffsy + "--json --csv", "excludes");
    for (const char* seed : {"-1", "18446744073709551616", "1e3", "0x10", "1.5"})
        refused(muffsy + "--seed " + seed, "is not a whole number from 0 to 18446744073709551615");
    refused("tolerance --preamp mufsy", "muffsy_passive");
}
