// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/exact_riaa.hpp"
#include "support/sounds.hpp"

#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/match/match_inputs.hpp>

namespace {

using namespace programs;
using std::string;

/// A preamp's cartridge and load as the command line has them; empty where they are of another kind.
struct own_input {
    string cartridge{}, load{};
};

own_input own_input_of(const auto& schematic)
{
    own_input own;
    const auto pair = [](double first, double second) {
        std::ostringstream text;
        text.precision(17);
        text << first << ',' << second;
        return text.str();
    };
    schematic.blocks.for_each([&]<class Block>(const Block& block, int) {
        if constexpr (phono::is_coil_cartridge<Block>) own.cartridge = pair(block.resistance.si, block.inductance.si);
        if constexpr (std::is_same_v<Block, phono::loading>) own.load = pair(block.resistance.si, block.capacitance.si + block.cable.si);
    });
    return own;
}

const measure::loaded_cartridge shure{1550.0L, 0.65L, 47e3L, 250e-12L};

}   // namespace

TEST_CASE("A cartridge in its load stands before a curve")
{
    const auto [options, cartridge, turns] = GENERATE(table<string, measure::loaded_cartridge, double>({
        {"--cartridge 1.3k,650m --load 47k,250p", {1300.0L, 0.65L, 47e3L, 250e-12L}, 1.0},
        {"--cartridge 1.3kOhm,650mH --load 47kOhm,250pF", {1300.0L, 0.65L, 47e3L, 250e-12L}, 1.0},
        {"--cartridge shure_m97xe --load 47k,250p", shure, 1.0},
        {"--cartridge shure_m97xe", {1550.0L, 0.65L, 47e3L, 0.0L}, 1.0},
        {"--cartridge 40 --load 100", {40.0L, 0.0L, 100.0L, 0.0L}, 1.0},
        {"--cartridge denon_dl103 --load 47k,150p --step-up 1:10", {4000.0L, 0.0L, 47e3L, 150e-12L}, 10.0},
        {"--cartridge 12,25u --step-up 20 --load 47k,100p", {4800.0L, 0.01L, 47e3L, 100e-12L}, 20.0},
    }));
    const workshop shop;
    for (const auto& row : programs::table(run(shop, "response --curve riaa --rate 96000 --points 40 " + options))) {
        const double f = row.at("frequency_hz");
        const double wanted = measure::decibels(std::abs(cartridge(f)) * static_cast<measure::real>(turns)) + measure::riaa_db(f);
        CHECK(row.at("analogue_db") == Approx(wanted).margin(1e-6));
        CHECK(row.at("digital_db") == Approx(wanted).margin(1e-4));
    }
}

TEST_CASE("A preamp with its own cartridge and load put in by hand is the preamp")
{
    const workshop shop;
    int compared = 0, refused = 0;
    const auto visit = [&](const auto& entry) {
        const auto own = own_input_of(entry.value);
        const string preamp = "response --points 9 --rate 96000 --preamp " + string{entry.name};
        INFO(entry.name << ": " << own.cartridge << " into " << own.load);
        if (own.cartridge.empty()) {
            const auto done = attempt(shop, preamp + " --cartridge 1k,500m");
            CHECK(done.status == 2);
            CHECK(done.err.find("begins with no coil") != string::npos);
            ++refused;
            return;
        }
        if (own.load.empty()) CHECK(attempt(shop, preamp + " --cartridge 1k,500m --load 47k").err.find("has no load") != string::npos);
        const auto whole = programs::table(run(shop, preamp));
        for (const string& load : {string{}, own.load.empty() ? string{} : " --load " + own.load}) {
            const auto rows = programs::table(run(shop, preamp + " --cartridge " + own.cartridge + load));
            for (std::size_t i = 0; i < whole.size(); ++i) {
                CHECK(rows[i].at("analogue_db") == Approx(whole[i].at("analogue_db")).margin(1e-6));
                CHECK(rows[i].at("digital_db") == Approx(whole[i].at("digital_db")).margin(1e-3));
            }
        }
        ++compared;
    };
    phono::catalogue::for_each_preamp(visit);
    phono::catalogue::for_each_tube_preamp(visit);
    CHECK(compared > 5);
    CHECK(refused > 0);
}

TEST_CASE("A recording is played through a preamp with another cartridge")
{
    const auto preamp = GENERATE(as<string>{}, "magnetic_riaa", "e_asphyx_tube_phono");
    const workshop shop;
    auto click = impulse(96'000, 1.0);
    click.samples[0] = 0.01;   // of 50 mV
    write(shop / "in.wav", click);
    run(shop, "play in.wav out.wav --gain 0 --preamp " + preamp + " --cartridge shure_m97xe --load 47k,250p");
    const auto out = read(shop / "out.wav").samples;
    const string response = "response --rate 96000 --from 100 --to 15000 --points 8 --preamp " + preamp;
    for (const auto& row : programs::table(run(shop, response + " --cartridge shure_m97xe --load 47k,250p"))) {
        const auto gain = std::abs(measure::transform(out, row.at("frequency_hz"), 96e3)) / 0.01;
        CHECK(measure::decibels(gain) == Approx(row.at("analogue_db")).margin(0.02));
    }
    const auto rows = programs::table(run(shop, "coefficients --rate 96000 --curve riaa --cartridge shure_m97xe --load 47k,250p"));
    CHECK(rows.size() >= 2);
}

TEST_CASE("What a cartridge's load did is taken out of a recording up to 20 kHz, and no more boosted than the limit")
{
    const auto [rate, limit] = GENERATE(table<int, double>({{44'100, 24.0}, {96'000, 24.0}, {192'000, 24.0}, {96'000, 12.0}}));
    const workshop shop;
    write(shop / "in.wav", impulse(rate, 0.2));
    const auto said = run(shop, "equalise in.wav out.wav --curve acoustic --undo-cartridge shure_m97xe --load 47k,250p --limit " +
                                    std::to_string(limit) + "dB");
    CHECK(said.find("taken out (boost at most") != string::npos);
    const double told = number_after(said, " dB, within ");
    CHECK(told < (limit > 20.0 ? 0.01 : 0.5));
    const auto out = read(shop / "out.wav").samples;
    const double sampled = rate;   // no lambda takes a structured binding
    const auto gain_db = [&](double f) { return measure::decibels(std::abs(measure::transform(out, f, sampled)) / impulse_height); };
    const auto at_1k = std::abs(shure(1000.0L));
    for (const double f : measure::log_frequencies(20.0, 20e3, 60)) {
        INFO(f << " Hz");
        CHECK(gain_db(f) == Approx(measure::decibels(at_1k / std::abs(shure(f)))).margin(told + 0.005));
    }
    for (const double f : measure::log_frequencies(1000.0, 0.499 * rate, 100)) CHECK(gain_db(f) < limit + 0.1);
}

TEST_CASE("A cartridge that cannot be is refused with what would do")
{
    const auto [options, says] = GENERATE(table<string, string>({
        {"--cartridge shure_m97", "unknown cartridge 'shure_m97'; nearest: shure_m97xe"},
        {"--cartridge 0,650m", "or the coil's resistance and inductance, as 1.3k,650m"},
        {"--cartridge 1.3k,", "or the coil's resistance and inductance"},
        {"--cartridge 1.3k,-1", "or the coil's resistance and inductance"},
        {"--cartridge 1.3k,1e-308", "or the coil's resistance and inductance"},
        {"--cartridge 1k,1H --load 0", "--load 0: give a resistance and, cable included, a capacitance"},
        {"--cartridge 1k,1H --load 47k,1k", "--load 47k,1k: give a resistance"},
        {"--cartridge 1k,1H --step-up 1:0", "--step-up 1:0: give the transformer's turns"},
        {"--cartridge 1k,1H --step-up 10:1", "--step-up 10:1: steps down; the primary's turns come first: write 1:10"},
        {"--cartridge 1k,1H --step-up 0.5", "--step-up 0.5: steps down; the primary's turns come first: write 1:2"},
        {"--cartridge 2m_red", "unknown cartridge '2m_red'; nearest: ortofon_2m_red"},
        {"--cartridge 1.3x", "--cartridge 1.3x: give a name"},
        {"--cartridge 1.3k", "--cartridge 1.3k: a coil of more than 250 Ohm has an inductance that matters; give it too, as 1.3k,650m"},
        {"--cartridge shure_m97xe --load 0", "--load 0: give a resistance"},
        {"--load 47k", "--load requires --cartridge"},
    }));
    const workshop shop;
    const auto done = attempt(shop, "response --curve riaa " + options);
    INFO(done.err);
    CHECK(done.status == 2);
    CHECK(done.out.empty());
    CHECK(done.err.find(says) != string::npos);
}

TEST_CASE("A load of more than ten nanofarads is warned of once, and a coil without inductance is taken where it is said to have none")
{
    const workshop shop;
    const auto done = attempt(shop, "response --curve riaa --cartridge shure_m97xe --load 47k,250n");
    CHECK(done.status == 0);
    CHECK(done.err == "phono: warning: --load 47k,250n: 250 nF is much; cables and inputs have some hundred picofarads, as in 47k,250p\n");
    run(shop, "response --curve riaa --cartridge shure_m97xe --load 47k,10n");
    // What is refused is told in one line, without the warning.
    const auto refused = [&](const string& arguments) {
        const auto wrong = attempt(shop, arguments);
        INFO(wrong.err);
        CHECK(wrong.status == 2);
        CHECK(std::count(wrong.err.begin(), wrong.err.end(), '\n') == 1);
        CHECK(wrong.err.find("warning") == string::npos);
    };
    refused("noise --preamp magnetic_riaa --cartridge 0,0 --load 1e300,1e300");
    refused("noise --preamp magnetic_ria --cartridge 1k,1H --load 47k,250n");
    refused("noise --preamp magnetic_riaa --cartridge shure_m97x --load 47k,250n");
    // And of several preamps once.
    const auto twice = attempt(shop, "noise --preamp magnetic_riaa --preamp rjm_vsps --cartridge 1k,1H --load 47k,250n --signal 5m");
    CHECK(std::count(twice.err.begin(), twice.err.end(), '\n') == 1);
    run(shop, "response --curve riaa --cartridge 1.3k,0");
}

TEST_CASE("A cartridge whose load cannot be taken out is refused by the option that names it")
{
    const auto [options, says] = GENERATE(table<string, string>({
        {"shure_m97", "--undo-cartridge: unknown cartridge 'shure_m97'"},
        {"0,650m", "--undo-cartridge 0,650m: give a name"},
        {"2k,10H --load 1k --limit 1", "--limit 1: taking out this load boosts the treble by more"},
    }));
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.1));
    const auto done = attempt(shop, "equalise in.wav out.wav --curve riaa --undo-cartridge " + options);
    INFO(done.err);
    CHECK(done.status == 2);
    CHECK(done.err.find(says) != string::npos);
    CHECK_FALSE(fs::exists(shop / "out.wav"));
}
