// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"

#include <phono/analysis/noise.hpp>
#include <phono/catalogue/amplifiers.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/published_preamps.hpp>

namespace {

using namespace programs;
using namespace phono;
using namespace phono::literals;
using std::string;

/// The number behind a key of the JSON, the first of that name.
double member(const string& text, const string& key) { return number_after(text, '"' + key + "\": "); }

/// RJM's preamp with an amplifier of 3.5 nV and 0.4 pA.
auto noisy_vsps()
{
    auto preamp = preamps::rjm_vsps;
    block<2>(preamp).amplifier.noise = {.voltage = 3.5e-9, .current = 0.4e-12};
    return preamp;
}

const string subject = "noise --preamp rjm_vsps --amplifier-noise 3.5n,0.4p ";

}   // namespace

TEST_CASE("noise says what the library finds")
{
    const workshop shop;
    const auto preamp = noisy_vsps();
    const auto expected = noise(preamp, {.weight = noise_weight::by_a});
    const string text = run(shop, subject + "--weight a --json");
    CHECK(member(text, "rms_v") == Approx(expected.rms.si).epsilon(1e-12));
    CHECK(member(text, "at_input_v") == Approx(expected.at_input.si).epsilon(1e-12));
    CHECK(member(text, "snr_db") == Approx(expected.snr).epsilon(1e-12));
    CHECK(member(text, "silent_amplifiers") == 0.0);
    CHECK(member(text, "share") == Approx(expected.shares[0].share).epsilon(1e-12));
    CHECK(text.find("\"loading.resistance\"") != string::npos);
    CHECK(count(text, "\"share\"") == expected.count);
    const string hot = run(shop, subject + "--from 100 --to 5k --temperature 350 --json");
    CHECK(member(hot, "rms_v") == Approx(noise(preamp, {.temperature = 350.0, .from = 100_Hz, .to = 5_kHz}).rms.si).epsilon(1e-12));
}

TEST_CASE("noise takes the amplifiers of the catalogue, and another in their place")
{
    const workshop shop;
    const auto with = [](const amplifier_sheet& sheet) {
        auto preamp = preamps::rjm_vsps;
        block<2>(preamp).amplifier.noise = sheet.with_noise().noise;
        return noise(preamp).rms.si;
    };
    CHECK(member(run(shop, "noise --preamp rjm_vsps --json"), "rms_v") == Approx(noise(preamps::rjm_vsps).rms.si).epsilon(1e-12));
    CHECK(noise(preamps::rjm_vsps).rms.si == Approx(with(amplifiers::ne5534a)).epsilon(1e-12));
    CHECK(member(run(shop, "noise --preamp rjm_vsps --amplifier opa1612 --json"), "rms_v") ==
          Approx(with(amplifiers::opa1612)).epsilon(1e-12));
}

TEST_CASE("noise prints densities as CSV and draws them")
{
    const workshop shop;
    const auto preamp = noisy_vsps();
    const auto rows = table(run(shop, subject + "--csv --points 7 --plot noise.svg --title 'How quiet'"));
    REQUIRE(rows.size() == 7);
    CHECK(rows.front().at("frequency_hz") == 20.0);
    CHECK(rows.back().at("frequency_hz") == 20e3);
    for (const auto& row : rows) {
        const frequency f{row.at("frequency_hz")};
        CHECK(row.at("output_v_per_root_hz") == Approx(noise_density(preamp, f)).epsilon(1e-6));
        CHECK(row.at("input_v_per_root_hz") == Approx(input_noise_density(preamp, f)).epsilon(1e-6));
    }
    const string drawn = contents(shop / "noise.svg");
    CHECK(drawn.find("How quiet") != string::npos);
    CHECK(count(drawn, "<polyline") == 2);
}

TEST_CASE("noise speaks to people with a line for each part")
{
    const workshop shop;
    const string text = run(shop, "noise --preamp denon_dl103_riaa --preamp rjm_vsps --parts");
    INFO(text);
    CHECK(text.find("denon_dl103_riaa: ") == 0);
    CHECK(text.find("6.457 nV at the output") != string::npos);
    CHECK(text.find("71.4 %") != string::npos);   // 100 of 140 ohms
    CHECK(text.find("block 0, moving_coil_cartridge.resistance 40 Ohm: thermal noise") != string::npos);
    CHECK(text.find("voltage noise") != string::npos);
    const string silent = run(shop, "noise --preamp hagtech_transimpedance");
    CHECK(silent.find("1 amplifier whose noise the catalogue does not have") != string::npos);
    CHECK(run(shop, "noise --preamp nachbaur_magnetic").find("give --signal") != string::npos);
    CHECK(run(shop, "noise --preamp nachbaur_magnetic --signal 5m").find("dB above it") != string::npos);
}

TEST_CASE("noise takes another cartridge in the place of a preamp's own and its output as the signal")
{
    const workshop shop;
    auto preamp = noisy_vsps();
    const auto& other = cartridges::shure_m97xe;
    block<0>(preamp).resistance = other.resistance, block<0>(preamp).inductance = other.inductance, block<0>(preamp).output = other.output;
    const auto expected = noise(preamp);
    const string text = run(shop, subject + "--cartridge shure_m97xe --json");
    CHECK(member(text, "rms_v") == Approx(expected.rms.si).epsilon(1e-12));
    CHECK(member(text, "snr_db") == Approx(expected.snr).epsilon(1e-12));
    CHECK(run(shop, subject + "--cartridge 600,300m --json").find("\"snr_db\": null") != string::npos);
}

TEST_CASE("Behind an ideal transformer the noise at the input is less by its turns")
{
    const workshop shop;
    auto preamp = noisy_vsps();
    const auto& coil = cartridges::denon_dl103;
    block<0>(preamp).resistance = 100.0 * coil.resistance, block<0>(preamp).inductance = 1_uH, block<0>(preamp).output = 10.0 * coil.output;
    const auto expected = noise(preamp);
    const string text = run(shop, subject + "--cartridge denon_dl103 --step-up 1:10 --json");
    CHECK(member(text, "rms_v") == Approx(expected.rms.si).epsilon(1e-9));
    CHECK(member(text, "at_input_v") == Approx(0.1 * expected.at_input.si).epsilon(1e-9));
    CHECK(member(text, "snr_db") == Approx(expected.snr).epsilon(1e-9));
}

TEST_CASE("noise refuses what makes no sense in one line")
{
    const workshop shop;
    const auto refused = [&](const string& words, const string& reason) {
        const auto done = attempt(shop, "noise " + words);
        INFO(done.err);
        CHECK(done.status == 2);
        CHECK(done.err.find(reason) != string::npos);
        CHECK(count(done.err, "\n") == 1);
    };
    refused("", "--preamp is required");
    refused("--preamp rjm_vsp", "unknown preamp 'rjm_vsp'; nearest: rjm_vsps");
    refused("--preamp rjm_vsps --from 1k --to 100", "--to 100: must be above --from 1000");
    refused("--preamp rjm_vsps --amplifier-noise loud", "--amplifier-noise loud: give volts and amperes per root hertz, as 3.5n,0.4p");
    refused("--preamp rjm_vsps --amplifier-noise 3,4", "give volts and amperes");
    refused("--preamp rjm_vsps --amplifier ne5534", "--amplifier: unknown amplifier 'ne5534'; nearest: ne5534a");
    refused("--preamp rjm_vsps --weight c", "--weight");
    refused("--preamp rjm_vsps --json --csv", "excludes");
}
