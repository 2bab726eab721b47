// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/documents.hpp"
#include "support/measure.hpp"
#include "support/ngspice.hpp"

#include <phono/catalogue/triodes.hpp>
#include <phono/netlist_reading.hpp>
#include <phono/phono.hpp>

// The two netlists of examples/netlists, as KiCad and LTspice export them: read, compared with ngspice and with blocks, and played.

using namespace phono;
using namespace phono::literals;

namespace {

constexpr double worst_of_ngspice = 1e-6, worst_of_blocks = 1e-9, worst_of_playing = 1e-3;   // decibels

const std::string folder = std::string{PHONO_SOURCE} + "/examples/netlists/";

netlist_reading reading_of(const std::string& name)
{
    static const std::string library = documents::text_of("examples/netlists/opamps.lib");
    static const netlist_file file{"opamps.lib", library};
    netlist_choice choice;
    choice.files = {&file, 1};
    const netlist_reading reading{documents::text_of("examples/netlists/" + name), choice};
    INFO(to_string(reading.problem()));
    REQUIRE_FALSE(reading.problem());
    return reading;
}

/// The circuit of the netlist of LTspice.
constexpr common_cathode_stage valve{
    .tube = triodes::koren_12ax7, .plate_load = 100_kOhm, .cathode_resistor = 1.5_kOhm, .bypass = 100_uF, .rail = 2};
constexpr chain two_triodes{magnetic_cartridge{.resistance = 750_Ohm, .inductance = 500_mH},
                            loading{.resistance = 47_kOhm, .capacitance = 150_pF},
                            supply_rail{.number = 1, .voltage = 330_V},
                            decoupling{.number = 2, .from = 1, .resistance = 15_kOhm, .capacitance = 47_uF},
                            valve,
                            series_arm{series(capacitor{220_nF}, resistor{255_kOhm})},
                            shunt_arm{parallel(capacitor{3.3_nF}, series(capacitor{10_nF}, resistor{31.6_kOhm}), resistor{1_MOhm})},
                            valve,
                            series_arm{capacitor{1_uF}},
                            shunt_arm{resistor{100_kOhm}}};

/// How loud the command plays a tone, re itself: as it stands, 1 kHz comes out as it went in.
double played_db(const std::string& netlist, double hertz)
{
    const programs::workshop shop;
    programs::audio tone{48000, 1, std::vector<double>(144000)};
    for (std::size_t n = 0; n < tone.samples.size(); ++n)
        tone.samples[n] = 0.01 * std::sin(2.0 * math::pi * hertz / 48e3 * static_cast<double>(n));
    programs::write(shop / "tone.wav", tone);
    const auto done = shop.run("'" PHONO_COMMAND "' play tone.wav out.wav --format double --netlist '" + folder + netlist + "'");
    INFO(done.out << done.err);
    REQUIRE(done.status == 0);
    const programs::audio out = programs::read(shop / "out.wav");
    REQUIRE(out.samples.size() == tone.samples.size());
    double in_power = 0.0, out_power = 0.0;
    for (std::size_t n = 96000; n < out.samples.size(); ++n)   // whole periods, of the last second
        in_power += tone.samples[n] * tone.samples[n], out_power += out.samples[n] * out.samples[n];
    return 10.0 * std::log10(out_power / in_power);
}

}   // namespace

TEST_CASE("A stage exported by KiCad has the response that ngspice gets of it")
{
    std::string text = documents::text_of("examples/netlists/kicad_riaa.cir");
    text.replace(text.find("opamps.lib"), std::string{"opamps.lib"}.size(), folder + "opamps.lib");
    const std::string commands =
        ".control\nset units=degrees\nset numdgt=15\nset nobreak\nac dec 50 10 100k\nlet db=db(v(\"/out\"))\nlet ph=ph(v(\"/out\"))\n"
        "print db ph\nquit 0\n.endc\n";
    text.insert(text.find(".end"), commands);
    const circuit held{reading_of("kicad_riaa.cir").flat()};
    const auto rows = ngspice::table(ngspice::run({text})[0]);
    REQUIRE(rows.size() == 201);
    double worst = 0.0;
    for (const auto& row : rows) worst = std::max(worst, std::abs(decibels(response(held, frequency{row.first})) - row.second));
    measure::figure("kicad_riaa.cir and ngspice", worst, "dB", worst_of_ngspice);
    CHECK(worst <= worst_of_ngspice);
}

TEST_CASE("Two triodes exported by LTspice have the response of the same circuit of blocks")
{
    const netlist_reading reading = reading_of("ltspice_two_triodes.net");
    const circuit held{reading.flat()};
    const circuit blocks{two_triodes};
    REQUIRE_FALSE(blocks.problem());
    double worst = 0.0;
    for (const double hertz : measure::log_frequencies(10.0, 100e3, 200))
        worst = std::max(worst, std::abs(decibels(response(held, frequency{hertz})) - decibels(response(blocks, frequency{hertz}))));
    measure::figure("ltspice_two_triodes.net and blocks", worst, "dB", worst_of_blocks);
    CHECK(worst <= worst_of_blocks);
    CHECK(std::abs(held.quiescent(*reading.find("n002")).si - blocks.quiescent(at<"plate1">).si) < 1e-9);
    CHECK(std::abs(held.quiescent(*reading.find("N010")).si - blocks.quiescent(at<"cathode2">).si) < 1e-9);
}

TEST_CASE("The command plays the exported netlists with their response")
{
    for (const char* name : {"kicad_riaa.cir", "ltspice_two_triodes.net"}) {
        const circuit held{reading_of(name).flat()};
        double worst = 0.0;
        for (const double hertz : {100.0, 1e3, 8e3}) {
            const double expected = decibels(response(held, frequency{hertz})) - decibels(response(held, 1_kHz)),
                         played = played_db(name, hertz);
            INFO(name << ", " << hertz << " Hz: " << played << " dB, by the circuit " << expected);
            CHECK(std::abs(played - expected) <= worst_of_playing);
            worst = std::max(worst, std::abs(played - expected));
        }
        measure::figure(std::string{name} + ", played, re 1 kHz", worst, "dB", worst_of_playing);
    }
}
