// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/json_reader.hpp"
#include "support/sounds.hpp"
#include "support/svg.hpp"

#include <cstdio>
#include <numbers>

namespace {

using namespace programs;
using std::string;

void write_text(const fs::path& path, const string& text) { std::ofstream(path, std::ios::binary) << text; }

// A buffered low-pass of 10 kOhm and 10 nF with a gain of ten.
const string low_pass = "low-pass\nV1 in 0 AC 1\nR1 in a 10k\nC1 a 0 10n\nE1 out 0 a 0 10\nRL out 0 1MEG\n.end\n";

double low_pass_db(double hertz, double ohms = 10e3)
{
    const double x = 2.0 * std::numbers::pi * hertz * ohms * 10e-9;
    return 20.0 - 10.0 * std::log10(1.0 + x * x);
}

void check_low_pass(const csv& rows, double ohms)
{
    for (const auto& row : rows) {
        const double f = row.at("frequency_hz");
        INFO(f << " Hz");
        CHECK(std::abs(row.at("analogue_db") - low_pass_db(f, ohms)) <= 1e-7);   // frequencies have six decimals
    }
}

}   // namespace

TEST_CASE("response takes a netlist, with values that --set gives its parts")
{
    const workshop shop;
    write_text(shop / "stage.cir", low_pass);
    check_low_pass(table(run(shop, "response --netlist stage.cir")), 10e3);
    check_low_pass(table(run(shop, "response --netlist stage.cir --set r1=51k --set RL=10k")), 51e3);
    check_low_pass(table(run(shop, "response --netlist stage.cir --input in --output out")), 10e3);
    const auto at_a = table(run(shop, "response --netlist stage.cir --output a --points 2"));
    CHECK(at_a.front().at("analogue_db") == Approx(low_pass_db(20.0) - 20.0).margin(1e-9));
    const auto behind = table(run(shop, "response --netlist stage.cir --input-node a --points 2"));
    CHECK(behind.back().at("analogue_db") == Approx(20.0).margin(1e-9));
}

TEST_CASE("What is wrong with a netlist is told with file, line and word")
{
    const workshop shop;
    write_text(shop / "stage.cir", low_pass);
    const auto refused = [&](const string& arguments, const string& words) {
        const auto done = attempt(shop, arguments);
        INFO(arguments << ": " << done.err);
        CHECK(done.status == 2);
        CHECK(done.out.empty());
        CHECK(count(done.err, "\n") == 1);
        CHECK(done.err.find(words) != string::npos);
    };
    refused("response --netlist stage.cir --set R9=1k", "R9");
    refused("response --netlist stage.cir --set R1=4k7", "to which the letter is the point; write 4.7k");
    refused("response --netlist stage.cir --set R1=47,000", "phono: --set R1=47,000: 47,000 must have a point, not a comma; write 47000");
    refused("response --netlist stage.cir --set R1=47kF", "phono: --set R1=47kF: F is no unit of R1, which has Ohm");
    refused("response --netlist stage.cir --set c1=47kk", "phono: --set c1=47kk: k is no unit of c1, which has F");
    refused("response --netlist stage.cir --set R1", "give a part of the netlist and its value, as R5=51k");
    refused("response --netlist stage.cir --output outt", "outt");
    write_text(shop / "amp.cir", "t\nV1 in 0 AC 1\nR1 in /amp/out 1k\nR2 /amp/out out2 1k\nC1 out2 0 1n\n");
    refused("response --netlist amp.cir",
            "phono: amp.cir: no node is named out: name one so, or say which node is the output; give it by --output: /amp/out or out2\n");
    refused("response --netlist stage.cir --input V9", "V9");
    refused("response --netlist stage.cir --open-loop",
            "--open-loop: stage.cir is a netlist, which does not tell its feedback networks from its other parts; open the loop by their "
            "values "
            "in place of --open-loop: --set R5=1T of a resistor that feeds back, --set C3=0 of a capacitor");
    refused("response --input in --curve riaa", "--input requires --netlist");
    refused("bias --netlist stage.cir", "stage.cir: has no triode");
    refused("bias", "--preamp is required, or --netlist");
    refused("play in.wav out.wav --netlist stage.cir --with-cartridge", "excludes");
    refused("play in.wav out.wav --netlist stage.cir --preamp magnetic_riaa", "give one of the two");
    refused("match --cartridge shure_m97xe --netlist stage.cir --load 47k", "excludes");
    refused("spice --netlist stage.cir --output nowhere/out.cir", "there is no folder nowhere");
    write_text(shop / "wrong.cir", "wrong\nV1 in 0 AC 1\n\nR1 in out 4k7\n");
    refused("play in.wav out.wav --netlist wrong.cir", "phono: wrong.cir:4: R1: '4k7': ");
    refused("netlist wrong.cir --json", "the factor stands behind all digits; write 4.7k");
    // All lines that are wrong, in their order.
    write_text(shop / "more.cir", "wrong\nV1 in 0 AC 1\nR1 in out 4k7\nC1 out 0 10n\nR2 out 0 10,5k\n");
    const auto done = attempt(shop, "netlist more.cir");
    INFO(done.err);
    CHECK(done.status == 2);
    CHECK(count(done.err, "\n") == 2);
    CHECK(done.err.find("phono: more.cir:3: R1: '4k7': ") == 0);
    CHECK(done.err.find("\nphono: more.cir:5: R2: '10,5k': ") != string::npos);
}

TEST_CASE("The loop of a netlist is opened by the value of what feeds back, as the refusal of --open-loop says")
{
    const workshop shop;
    write_text(shop / "loop.cir", "t\nV1 in 0 AC 1\nE1 out 0 in m 1000\nR1 out m 9k\nC1 out m 1p\nR2 m 0 1k\n");
    const auto gain = [&](const string& settings) {
        return table(run(shop, "response --points 2 --netlist loop.cir" + settings)).front().at("analogue_db");
    };
    CHECK(gain("") == Approx(20.0 * std::log10(1000.0 / (1.0 + 100.0))).margin(1e-6));
    CHECK(gain(" --set R1=1T --set C1=0") == Approx(60.0).margin(1e-4));
}

TEST_CASE("Several netlists and preamps stand in one table and one plot")
{
    const workshop shop;
    write_text(shop / "one.cir", low_pass);
    write_text(shop / "two.cir", "* the second\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n");
    const string text = run(shop, "response --netlist one.cir --preamp magnetic_riaa --netlist two.cir --points 10 --plot plot.svg");
    CHECK(count(text, "one.cir,") == 10);
    CHECK(count(text, "two.cir,") == 10);
    CHECK(text.find("magnetic_riaa,") < text.find("one.cir,"));
    const string svg = contents(shop / "plot.svg");
    check_svg(svg);
    CHECK(svg.find("low-pass") != string::npos);
}

TEST_CASE("A netlist that phono wrote of a preamp is that preamp to every subcommand")
{
    const auto name = GENERATE(as<string>{}, "magnetic_riaa", "nachbaur_magnetic_cartridge");
    const workshop shop;
    run(shop, "spice --output preamp.cir --preamp " + name);
    const auto response = [&](const string& what) { return table(run(shop, "response --points 100 --rate 96000 " + what)); };
    const auto own = response("--preamp " + name), read = response("--netlist preamp.cir");
    for (std::size_t i = 0; i < own.size(); ++i) {
        INFO(own[i].at("frequency_hz") << " Hz");
        CHECK(std::abs(own[i].at("analogue_db") - read[i].at("analogue_db")) <= 1e-9);
        CHECK(std::abs(own[i].at("digital_db") - read[i].at("digital_db")) <= 1e-6);
    }
    write(shop / "in.wav", sine(0.5, 1000.0, 96'000, 0.3));
    run(shop, "play in.wav own.wav --with-cartridge --gain 0 --preamp " + name);
    run(shop, "play in.wav read.wav --gain 0 --netlist preamp.cir --input Vin");
    CHECK(difference_db(programs::read(shop / "read.wav").samples, programs::read(shop / "own.wav").samples) < -160.0);
    run(shop, "coefficients --rate 96000 --form json --netlist preamp.cir");
    run(shop, "spice --netlist preamp.cir --output again.cir");
    CHECK(response("--netlist again.cir").front().at("analogue_db") == Approx(own.front().at("analogue_db")).margin(1e-9));
}

TEST_CASE("A netlist with triodes rests and plays as the preamp that it was written of")
{
    // Two triodes, and four.
    const auto name = GENERATE(as<string>{}, "tube_passive_riaa", "tube_feedback_riaa", "nachbaur_magnetic_tube_cartridge");
    const workshop shop;
    run(shop, "spice --output preamp.cir --preamp " + name);
    const auto values = [](const string& text) {   // behind the name of each triode
        std::vector<double> all;
        std::istringstream lines(text);
        string line, word;
        for (std::getline(lines, line); std::getline(lines, line);) {
            std::istringstream fields(line);
            fields >> word;
            for (double value = 0.0; fields >> value;) all.push_back(value);
        }
        return all;
    };
    CHECK(values(run(shop, "bias --netlist preamp.cir")) == values(run(shop, "bias --preamp " + name)));

    write(shop / "in.wav", sine(0.9, 100.0, 96'000, 0.2));
    run(shop, "play in.wav own.wav --with-cartridge --full-scale 0.3 --preamp " + name);
    run(shop, "play in.wav read.wav --full-scale 0.3 --netlist preamp.cir --input Vin");
    const double off = difference_db(programs::read(shop / "read.wav").samples, programs::read(shop / "own.wav").samples);
    std::printf("%s as a netlist: %.1f dB from the preamp of blocks, at most -150 dB\n", name.c_str(), off);
    CHECK(off < -150.0);
    const json_reader own{run(shop, "distortion --points 2 --to 0.1 --json --preamp " + name)};
    const json_reader read{run(shop, "distortion --points 2 --to 0.1 --json --netlist preamp.cir")};
    CHECK(read.number("rows.1.thd_percent") == Approx(own.number("rows.1.thd_percent")).epsilon(1e-5));
}

TEST_CASE("A netlist that phono wrote of a preamp behind its cartridge plays as that preamp to -200 dB")
{
    const auto name = GENERATE(as<string>{}, "magnetic_riaa", "e_asphyx_two_stage", "actidamp_iv", "kennedy_single_tube",
                               "e_asphyx_tube_phono", "nachbaur_magnetic_tube");
    const workshop shop;
    run(shop, "spice --output preamp.cir --without-cartridge --preamp " + name);
    double worst = -400.0;
    for (const int rate : {44'100, 48'000}) {
        write(shop / "in.wav", sine(0.5, 1000.0, rate, 0.3));
        run(shop, "play in.wav own.wav --overwrite --format double --preamp " + name);
        run(shop, "play in.wav read.wav --overwrite --format double --netlist preamp.cir");
        const double off = difference_db(programs::read(shop / "read.wav").samples, programs::read(shop / "own.wav").samples);
        CHECK(off < -200.0);
        worst = std::max(worst, off);
    }
    std::printf("%s, written and read: %.1f dB from itself, at most -200 dB\n", name.c_str(), worst);
}

TEST_CASE("A stage plays the same beside any number of others, which have engines of other sizes")
{
    const workshop shop;
    write(shop / "in.wav", sine(0.9, 200.0, 96'000, 0.2));
    const auto heard = [&](int triodes) {
        string text = "stages side by side\nV1 in 0 AC 1\nVB b 0 300\nC1 p1 out 100n\nRL out 0 1MEG\n";
        for (int i = 1; i <= triodes; ++i) {
            const auto n = std::to_string(i);
            text += "X" + n + " p" + n + " in c" + n + " 12AX7\nRP" + n + " b p" + n + " 100k\nRK" + n + " c" + n + " 0 1.5k\n";
        }
        write_text(shop / "stages.cir", text);
        run(shop, "play in.wav out.wav --netlist stages.cir --full-scale 0.5 --gain 0 --overwrite");
        return programs::read(shop / "out.wav").samples;
    };
    const auto alone = heard(1);
    for (const int triodes : {2, 3, 4, 5, 8}) {
        const double off = difference_db(heard(triodes), alone);
        std::printf("beside %d others: %.1f dB, at most -140 dB\n", triodes - 1, off);
        CHECK(off < -140.0);
    }
}

TEST_CASE("What a recording was played through stands in it, with the values that were set")
{
    const workshop shop;
    write_text(shop / "stage.cir", low_pass);
    write(shop / "in.wav", impulse(48'000, 0.1));
    run(shop, "play in.wav a.wav --netlist stage.cir --set R1=12k");
    const string said = run(shop, "info a.wav");
    INFO(said);
    CHECK(said.find("netlist stage.cir (") != string::npos);
    CHECK(said.find("R1=12k") != string::npos);
}

TEST_CASE("A cartridge takes the place of a netlist's source")
{
    const workshop shop;
    write_text(shop / "input.cir", "input\nV1 in 0 AC 1\nR1 in 0 47k\nC1 in 0 250p\nE1 out 0 in 0 1\nRL out 0 1k\n");
    write_text(shop / "whole.cir",
               "whole\nV1 emf 0 AC 1\nRc emf m 1.3k\nLc m in 650m\nR1 in 0 47k\nC1 in 0 250p\nE1 out 0 in 0 1\nRL out 0 1k\n");
    const string ends = " --points 50";
    const auto moved = table(run(shop, "response --netlist input.cir --cartridge 1.3k,650m" + ends));
    write_text(shop / "bare.cir", "bare\nV1 in 0 AC 1\nR1 in 0 1T\nE1 out 0 in 0 1\nRL out 0 1k\n");
    const auto loaded = table(run(shop, "response --netlist bare.cir --cartridge 1.3k,650m --load 47k,250p" + ends));
    const auto whole = table(run(shop, "response --netlist whole.cir" + ends));
    for (std::size_t i = 0; i < whole.size(); ++i) {
        CHECK(std::abs(moved[i].at("analogue_db") - whole[i].at("analogue_db")) <= 1e-10);
        CHECK(std::abs(moved[i].at("digital_db") - whole[i].at("digital_db")) <= 1e-6);
        CHECK(std::abs(loaded[i].at("analogue_db") - whole[i].at("analogue_db")) <= 1e-5);   // of the 1 TOhm
    }

    // Behind a transformer of 1:10 the coil of 40 Ohm is one of 4 kOhm with ten times the EMF.
    const auto stepped = table(run(shop, "response --netlist input.cir --cartridge 40 --step-up 1:10 --points 2 --from 20 --to 100"));
    CHECK(stepped.front().at("analogue_db") == Approx(20.0 + 20.0 * std::log10(47.0 / 51.0)).margin(1e-5));

    // On an input without a load the cartridge's EMF is all there; a source whose current is another part's has no other in its place.
    write_text(shop / "open.cir", "t\nV1 in 0 AC 1\nE1 out 0 in 0 10\nR1 out 0 1k\n");
    for (const auto& row : table(run(shop, "response --netlist open.cir --cartridge 1.3k,650m --points 3")))
        CHECK(row.at("analogue_db") == Approx(20.0).margin(1e-9));
    const auto refused = [&](const string& name, const string& text, const string& words) {
        write_text(shop / name, text);
        const auto done = attempt(shop, "response --cartridge 1.3k,650m --netlist " + name);
        INFO(done.err);
        CHECK(done.status == 2);
        CHECK(done.err.find(name + ": " + words + ", so that no cartridge can take its place") != string::npos);
    };
    refused("sensed.cir", "t\nV1 in 0 AC 1\nR1 in 0 47k\nF1 0 out V1 1\nR2 out 0 1k\n", "the current of its source controls another part");
    refused("current.cir", "t\nI1 0 out AC 1\nR2 out 0 1k\n", "its source is a current");
    const string text = run(shop, "noise --netlist input.cir --cartridge shure_m97xe --json");
    const json_reader found{text};
    CHECK(text.find("\"snr_db\": null") == string::npos);
}

TEST_CASE("match takes the load from a netlist's input")
{
    const workshop shop;
    write_text(shop / "input.cir", "input\nV1 in 0 AC 1\nR1 in 0 33k\nC1 in 0 150p\nE1 out 0 in 0 1\nRL out 0 1k\n");
    CHECK(run(shop, "match --cartridge shure_m97xe --netlist input.cir --cable 100p") ==
          run(shop, "match --cartridge shure_m97xe --load 33k --cable 250p"));
    write_text(shop / "odd.cir", "odd\nV1 in 0 AC 1\nR1 in 0 100k\nR2 in a 10k\nC2 a 0 1n\nE1 out 0 in 0 1\nRL out 0 1k\n");
    const auto done = attempt(shop, "match --cartridge shure_m97xe --netlist odd.cir");
    CHECK(done.status == 0);
    CHECK(done.err.find("phono: warning: odd.cir: its input is more than a resistor and a capacitor") == 0);
}

TEST_CASE("phono netlist tells parts, nodes, voltages at rest, poles and zeros")
{
    const workshop shop;
    write_text(shop / "stage.cir",
               "A stage\nV1 in 0 AC 1\nVB b 0 9\nR1 b a 10k\nR2 a 0 20k\nC1 in a 1u\n"
               "X1 a out half\nRL out 0 1k\n.subckt half i o\nE1 o 0 i 0 {k}\n.param k = 0.5\n.ends\n.end\n");
    const string text = run(shop, "netlist stage.cir");
    INFO(text);
    CHECK(text.starts_with("A stage\nstage.cir: from in to out\n"));
    CHECK(text.find("\n  R2     20 kOhm  a    0  stage.cir:5\n") != string::npos);
    CHECK(text.find("\n  X1.E1  0.5      out  0  stage.cir:10\n") != string::npos);
    const json_reader found{run(shop, "netlist stage.cir --json")};
    CHECK(found.at("title") == "A stage");
    CHECK(found.at("input") == "in");
    CHECK(found.at("output") == "out");
    CHECK(found.number("poles.0.hz") == Approx(1.0 / (2.0 * std::numbers::pi * 1e-6 * 20e3 / 3.0)).epsilon(1e-9));
    CHECK(found.number("zeros.0.hz") == 0.0);
    double at_a = 0.0, at_out = 0.0;
    for (int i = 0; found.has("nodes." + std::to_string(i) + ".name"); ++i) {
        const auto path = "nodes." + std::to_string(i);
        if (found.at(path + ".name") == "a") at_a = found.number(path + ".volts");
        if (found.at(path + ".name") == "out") at_out = found.number(path + ".volts");
    }
    CHECK(at_a == Approx(6.0).epsilon(1e-12));
    CHECK(at_out == Approx(3.0).epsilon(1e-12));
    CHECK(json_reader{run(shop, "netlist stage.cir --json --set R2=10k")}.number("gain_at_1_khz_db") < found.number("gain_at_1_khz_db"));
}

TEST_CASE("A netlist's parts have tolerances and noise, by their names")
{
    const workshop shop;
    write_text(shop / "stage.cir", low_pass);
    const string built = run(shop, "tolerance --netlist stage.cir --builds 50 --part R1=2 --bound 20");
    INFO(built);
    CHECK(built.find("C1") != string::npos);
    CHECK(built.find("R1") != string::npos);
    const json_reader noise{run(shop, "noise --netlist stage.cir --signal 1 --temperature 300 --json")};
    // Of R1 alone: kT/C limited by the band, within its first-order corner of 1.6 kHz.
    const double k = 1.380649e-23, corner = 1.0 / (2.0 * std::numbers::pi * 10e3 * 10e-9);
    const double expected = 10.0 * std::sqrt(4.0 * k * 300.0 * 10e3 * corner * (std::atan(20e3 / corner) - std::atan(20.0 / corner)));
    INFO(run(shop, "noise --netlist stage.cir --signal 1 --json"));
    CHECK(noise.number("preamps.0.rms_v") == Approx(expected).epsilon(1e-3));
    // Valves and amplifiers, too, by their names and without a block, of which a netlist has none.
    write_text(shop / "valves.cir",
               "t\nV1 in 0 AC 1\nVB b 0 250\nX1 in m b stage\nX2 m out b stage\n.subckt stage g o b\nX7 p g k 12AX7\nX3 p o2 o2 NE5532\n"
               "RP b p 100k\nRK k 0 1.5k\nCC o2 o 100n\nRG o 0 1Meg\n.ends\n");
    const string parts = run(shop, "noise --netlist valves.cir --parts");
    INFO(parts);
    CHECK(parts.find("  X1.X7: plate current's noise\n") != string::npos);
    CHECK(parts.find("  X1.X3: current noise\n") != string::npos);
    CHECK(parts.find("  X1.RK 1.5 kOhm: thermal noise\n") != string::npos);
    CHECK(parts.find("block") == string::npos);
}

TEST_CASE("noise names the amplifiers of a netlist that make none, and refuses another's noise that none would have")
{
    const workshop shop;
    const string ends = "\nR1 a 0 100\nR2 out a 10k\nR3 in 0 47k\nRL out 0 10k\n";
    const string sheet = ".subckt NE5532 p m vp vn o\nEgain o 0 p m 100k\nRs vp vn 7.5k\n.ends\n";
    write_text(shop / "model.cir", "model\nV1 in 0 AC 1\nV2 v 0 15\nV3 0 w 15\nXU1 in a v w out NE5532" + ends + sheet);
    write_text(shop / "named.cir", "named\nV1 in 0 AC 1\nV2 v 0 15\nV3 0 w 15\nXU1 in a v w out NE5532" + ends);
    const string model = run(shop, "noise --netlist model.cir");
    INFO(model);
    CHECK(model.find("  silent  XU1, a controlled source: taken to make no noise") != string::npos);
    const string named = run(shop, "noise --netlist named.cir");
    CHECK(named.find("silent") == string::npos);
    const json_reader quiet{run(shop, "noise --netlist model.cir --json")}, noisy{run(shop, "noise --netlist named.cir --json")};
    CHECK(quiet.at("preamps.0.noiseless.0") == "XU1");
    CHECK_FALSE(noisy.has("preamps.0.noiseless.0"));
    CHECK(noisy.number("preamps.0.rms_v") > 2.0 * quiet.number("preamps.0.rms_v"));   // 5 nV beside 100 Ohm's 1.3 nV
    for (const string option : {"--amplifier ne5532", "--amplifier-noise 5n"}) {
        const auto done = attempt(shop, "noise --netlist model.cir " + option);
        INFO(done.err);
        CHECK(done.status == 2);
        CHECK(done.err.find("the amplifiers of model.cir are controlled sources (XU1)") != string::npos);
        CHECK(attempt(shop, "noise --netlist named.cir " + option).status == 0);
    }
    write_text(shop / "passive.cir", "passive\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n");
    const auto none = attempt(shop, "noise --netlist passive.cir --amplifier ne5532");
    CHECK(none.status == 2);
    CHECK(none.err.find("passive.cir has no amplifier") != string::npos);
}
