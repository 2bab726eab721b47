// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/json_reader.hpp"
#include "support/sounds.hpp"

#include <cstdio>

/// What of a netlist the command understands, but doubts that it is meant, and what it must not pass over without a word.
namespace {

using namespace programs;
using std::string;

void write_text(const fs::path& path, const string& text) { std::ofstream(path, std::ios::binary) << text; }

/// A buffered low-pass of 10 kOhm and 10 nF with a gain of ten.
const string low_pass = "low-pass\nV1 in 0 AC 1\nR1 in a 10k\nC1 a 0 10n\nE1 out 0 a 0 10\nRL out 0 1MEG\n.end\n";

/// A triode stage; `supply` and `valve` are its lines.
string triode_stage(const string& supply, const string& valve)
{
    return "a triode\nV1 in 0 AC 1\n" + supply + "\nRP b p 100k\n" + valve + "\nRK k 0 1.5k\nC1 p out 100n\nRL out 0 1MEG\n";
}

/// An input of 47 kOhm and 250 pF, and behind it a buffer.
const string input_stage = "R1 in 0 47k\nC1 in 0 250p\nE1 out 0 in 0 1\nRL out 0 1k\n";
const string drawn_cartridge = "drawn\nV1 emf 0 AC 1\nRc emf m 1.3k\nLc m in 650m\n" + input_stage;

/// Refused in one line with these words.
void refuses(const workshop& shop, const string& arguments, const string& words)
{
    const auto done = attempt(shop, arguments);
    INFO(arguments << ": " << done.err);
    CHECK(done.status == 2);
    CHECK(count(done.err, "\n") == 1);
    CHECK(done.err.find(words) != string::npos);
}

}   // namespace

TEST_CASE("tol= of a netlist is the tolerance of its part, in per cent, unless --part names it")
{
    const workshop shop;
    write_text(shop / "plain.cir", low_pass);
    const auto with = [&](const string& of_r1, const string& of_c1) {
        write_text(shop / "stated.cir", "low-pass\n.param t=2\nV1 in 0 AC 1\nR1 in a 10k " + of_r1 + "\nC1 a 0 10n " + of_c1 +
                                            "\nE1 out 0 a 0 10\nRL out 0 1MEG\n.end\n");
    };
    const string ends = " --builds 200 --json --bound 20 --curve 3180/318/75";
    const auto built = [&](const string& what) { return run(shop, "tolerance --netlist " + what + ends); };
    with("tol=0.1", "tol=10%");
    CHECK(built("stated.cir") == built("plain.cir --part R1=0.1 --part C1=10"));
    CHECK(built("stated.cir") != built("plain.cir"));
    CHECK(built("stated.cir --part C1=1") == built("plain.cir --part R1=0.1 --part C1=1"));
    with("tol={t}", "Rser=0 tol=0");
    CHECK(built("stated.cir") == built("plain.cir --part R1=2 --part C1=0"));

    // Exact parts: every build is the circuit as it is drawn. RL loads an ideal source, and matters to none.
    with("tol=0", "tol=0");
    const json_reader exact{built("stated.cir")}, usual{built("plain.cir")};
    CHECK(exact.number("deviation.worst_db") == Approx(exact.number("drawn_db")).epsilon(1e-12));
    CHECK(usual.number("deviation.worst_db") > usual.number("drawn_db") + 0.1);
    CHECK(run(shop, "tolerance --netlist stated.cir --builds 2").find("inductors 5 %, tol= of 2 parts, uniform") != string::npos);
    with("tol=-1", "");
    refuses(shop, "tolerance --netlist stated.cir", "R1: '-1': ");
}

TEST_CASE("A triode that does not conduct is told, and has no figures that are none")
{
    const workshop shop;
    const string right = "VB b 0 300", valve = "X1 p in k 12AX7";
    struct dead {
        string supply, valve, words;
    };
    const auto stage =
        GENERATE_COPY(values<dead>({{"VB b 0 0", valve, "its plate is at 0 V; is a supply missing?"},
                                    {"VB 0 b 300", valve, "; is the supply reversed?"},
                                    {right, "X1 k in p 12AX7", "; are plate and cathode swapped?"},
                                    {right + "\nVN 0 n 300\nRG g n 1MEG\nCI in g 100n", "X1 p g k 12AX7", " against its cathode"}}));
    write_text(shop / "stage.cir", triode_stage(stage.supply, stage.valve));
    const auto told = attempt(shop, "netlist stage.cir --input in");
    INFO(told.out << told.err);
    CHECK(told.out.find("X1 does not conduct: ") != string::npos);
    CHECK(told.out.find(stage.words) != string::npos);
    for (const string nothing : {"nan", "inf", "-0.000 "}) CHECK(told.out.find(nothing) == string::npos);
    const auto rests = attempt(shop, "bias --netlist stage.cir --input in");
    INFO(rests.out << rests.err);
    CHECK(rests.err.find("phono: warning: stage.cir:") == 0);
    CHECK(rests.err.find(stage.words) != string::npos);
    for (const string nothing : {"nan", "inf", "-0.000 "}) CHECK(rests.out.find(nothing) == string::npos);
    CHECK(rests.out.find(" - ") != string::npos);
    write(shop / "in.wav", sine(0.1, 1000.0, 48'000, 0.01));
    for (const string subject : {"play in.wav out.wav --gain 0 --overwrite", "noise", "response"})
        CHECK(attempt(shop, subject + " --netlist stage.cir --input in").err.find("X1 does not conduct: ") != string::npos);
}

TEST_CASE("A triode that conducts is not warned of")
{
    const workshop shop;
    write_text(shop / "stage.cir", triode_stage("VB b 0 300", "X1 p in k 12AX7"));
    CHECK(run(shop, "netlist stage.cir").find("conduct") == string::npos);
    run(shop, "bias --netlist stage.cir");
}

TEST_CASE("A cartridge that a netlist draws is not applied to a flat transfer without a word")
{
    const workshop shop;
    write_text(shop / "drawn.cir", drawn_cartridge);
    write(shop / "in.wav", sine(0.1, 10'000.0, 48'000, 0.05));
    const string sentence = "phono: warning: drawn.cir: Rc and Lc stand between the source and in: ";
    const auto twice = attempt(shop, "play in.wav out.wav --netlist drawn.cir");
    INFO(twice.err);
    CHECK(twice.status == 0);
    CHECK(twice.err.find(sentence + "if that is a cartridge, a flat transfer holds it already, and --input in enters behind it") == 0);
    run(shop, "play in.wav out.wav --overwrite --netlist drawn.cir --input in");   // warns of nothing
    CHECK(attempt(shop, "play in.wav out.wav --overwrite --netlist drawn.cir --input V1").err.empty());

    // Another cartridge: in series with the drawn one, or in its place.
    CHECK(attempt(shop, "response --netlist drawn.cir --cartridge 600,300m").err.find(sentence + "--cartridge is in series") == 0);
    write_text(shop / "input.cir", "input\nV1 in 0 AC 1\n" + input_stage);
    const auto in_place = attempt(shop, "response --netlist drawn.cir --input in --cartridge 600,300m");
    const auto rows = table(in_place.out), wanted = table(run(shop, "response --netlist input.cir --cartridge 600,300m"));
    REQUIRE(rows.size() == wanted.size());
    for (std::size_t i = 0; i < rows.size(); ++i) CHECK(rows[i].at("analogue_db") == Approx(wanted[i].at("analogue_db")).margin(1e-9));
    CHECK(in_place.err.find("left out, since that node is the input") != string::npos);
    const auto loaded = attempt(shop, "response --netlist input.cir --cartridge 600,300m --load 47k");
    CHECK(loaded.err == "phono: warning: input.cir: R1 loads the input already, and --load stands beside it\n");
    CHECK(attempt(shop, "match --cartridge shure_m97xe --netlist drawn.cir --input-node in").out ==
          run(shop, "match --cartridge shure_m97xe --netlist input.cir"));
}

TEST_CASE("A value of --set in another unit than its part's is refused")
{
    const workshop shop;
    write_text(shop / "stage.cir", low_pass);
    refuses(shop, "response --netlist stage.cir --set R1=10uF", "--set R1=10uF: F is no unit of R1, which has Ohm");
    refuses(shop, "response --netlist stage.cir --set C1=10kOhm", "--set C1=10kOhm: Ohm is no unit of C1, which has F");
    refuses(shop, "response --netlist stage.cir --set R1=10F", "--set R1=10F: F is no unit of R1, which has Ohm");
    refuses(shop, "response --netlist stage.cir --set R1=1mH", "H is no unit of R1, which has Ohm");
    for (const string value : {"R1=10kOhm", "R1=10kohms", "R1=10k", "C1=10nF", "C1=10f", "E1=5V"})
        CHECK(attempt(shop, "response --netlist stage.cir --points 2 --set " + value).status == 0);
}

TEST_CASE("The file that spice writes is no node of the netlist")
{
    const workshop shop;
    write_text(shop / "stage.cir", low_pass);
    refuses(shop, "spice --netlist stage.cir --output A", "--output A: is a node of stage.cir, and --output names the file to write here");
    CHECK_FALSE(fs::exists(shop / "A"));
    run(shop, "spice --netlist stage.cir --output ./a");
    CHECK(fs::exists(shop / "a"));
    CHECK(run(shop, "spice --netlist stage.cir --output-node a") != run(shop, "spice --netlist stage.cir"));
}

TEST_CASE("play says which gain it applied, and that is the --gain of the same samples")
{
    const workshop shop;
    write_text(shop / "stage.cir", low_pass);
    write(shop / "in.wav", sine(0.1, 1000.0, 48'000, 0.05));
    const string said = run(shop, "play in.wav own.wav --netlist stage.cir");
    const double gain = number_after(said, "; gain ");
    CHECK(gain == Approx(-20.0 + 10.0 * std::log10(1.0 + std::pow(2.0 * 3.14159265358979 * 1000.0 * 1e-4, 2))).margin(0.006));
    run(shop, "play in.wav same.wav --netlist stage.cir --gain " + std::to_string(gain));
    CHECK(difference_db(programs::read(shop / "same.wav").samples, programs::read(shop / "own.wav").samples) < -55.0);   // of 0.01 dB
}

TEST_CASE("phono netlist tells roots from low to high, an unstable circuit's in hertz, and reads the standard input")
{
    const workshop shop;
    write_text(
        shop / "roots.cir",
        "roots\nV1 in 0 AC 1\nR1 in a 1k\nC1 a 0 1n\nE1 b 0 a 0 1\nC2 b c 1u\nR2 c 0 1k\nE2 d 0 c 0 1\nR3 d out 1k\nC3 out 0 100n\n");
    const json_reader found{run(shop, "netlist roots.cir --json")};
    CHECK(found.number("poles.0.hz") == Approx(159.155).epsilon(1e-4));
    CHECK(found.number("poles.1.hz") == Approx(1591.55).epsilon(1e-4));
    CHECK(found.number("poles.2.hz") == Approx(159155.0).epsilon(1e-4));
    const auto piped = attempt(shop, "netlist - < roots.cir");
    INFO(piped.err);
    CHECK(piped.status == 0);
    CHECK(piped.out.find("\n-: from in to out\n") != string::npos);

    // A gain of 10 whose inputs are swapped: the pole of 1 kHz goes to 8.999 kHz on the right, with 1 MOhm across its capacitor.
    write_text(shop / "swapped.cir",
               "swapped\nV1 in 0 AC 1\nR1 in a 10k\nE1 b 0 a m 10\nRp b out 1k\nCp out 0 159.155n\nR2 m 0 1\nR3 m out 1u\n"
               "R4 a 0 10k\n");
    const auto stable = attempt(shop, "response --netlist swapped.cir --points 2");
    INFO(stable.err);
    CHECK(stable.status == 0);
    write_text(shop / "swapped.cir",
               "swapped\nV1 in 0 AC 1\nR1 in a 10k\nE1 b 0 m a 10\nRp b out 1k\nCp out 0 159.155n\nR2 m 0 1MEG\n"
               "R3 m out 1u\nR4 a 0 10k\n");
    for (const string subject : {"response --netlist swapped.cir", "netlist swapped.cir"}) {
        const auto done = attempt(shop, subject);
        INFO(done.err);
        CHECK(done.status == 2);
        CHECK(done.err.find("is not stable: it has a pole at 8.999 kHz, in the right half-plane; are + and - of an amplifier swapped?") !=
              string::npos);
    }
}

TEST_CASE("What of a value or a model is read otherwise than it may be meant is told by whatever plays the circuit")
{
    const workshop shop;
    write_text(shop / "milli.cir", "load\nV1 in 0 AC 1\nR1 in out 10k\nR2 out 0 1M\n");
    const auto done = attempt(shop, "response --netlist milli.cir --points 2");
    CHECK(done.status == 0);
    CHECK(done.err == "phono: warning: milli.cir:4: R2: 1M is 1 mOhm, as ngspice and LTspice read it; 1 MOhm is 1Meg\n");
    write_text(shop / "clean.cir", low_pass);
    CHECK(attempt(shop, "response --netlist clean.cir --points 2").err.empty());
}

TEST_CASE("The two amplifiers of a dual are of the catalogue, and make its noise")
{
    const workshop shop;
    write_text(shop / "dual.cir",
               "a dual\nV1 in 0 AC 1\nXU1 out m in vee 0 m2 m2 vcc NE5532\nRf out m 10k\nRg m 0 1k\nVCC vcc 0 15\nVEE vee 0 -15\n");
    CHECK(run(shop, "noise --netlist dual.cir").find("silent") == string::npos);
}

TEST_CASE("A drawn cartridge is one with the capacitance of its coil, and behind a buffer of its source")
{
    const workshop shop;
    write(shop / "in.wav", sine(0.1, 10'000.0, 48'000, 0.05));
    const auto warns = [&](const string& cartridge, const string& of) {
        write_text(shop / "drawn.cir", "drawn\n" + cartridge + input_stage);
        const auto done = attempt(shop, "play in.wav out.wav --overwrite --netlist drawn.cir");
        INFO(done.err);
        CHECK(done.status == 0);
        const string sentence = "phono: warning: drawn.cir: " + of + " between the source and in: if that is a cartridge";
        CHECK((of.empty() ? done.err.find("if that is a cartridge") == string::npos : done.err.find(sentence) == 0));
    };
    warns("V1 emf 0 AC 1\nRc emf m 1.3k\nLc m in 650m Cpar=10p\n", "Rc and Lc stand");
    warns("V1 emf 0 AC 1\nLc emf in 650m Rser=1.3k Cpar=10p Rpar=1Meg\n", "Lc stands");
    warns("V1 src 0 AC 1\nE9 emf 0 src 0 1\nRc emf m 1.3k\nLc m in 650m\n", "Rc and Lc stand");
    warns("V1 src 0 AC 1\nRload src 0 47k\nE9 emf 0 src 0 1\nRc emf m 1.3k\nLc m in 650m\n", "");   // what is loaded is an input
    warns("V1 emf 0 AC 1\nRc emf in 1.3k\nLc emf in 650m\n", "");
}

TEST_CASE("What spice writes of a preamp with its cartridge is played with that warning, too, and as it was without it")
{
    const workshop shop;
    write(shop / "in.wav", sine(0.1, 10'000.0, 48'000, 0.05));
    run(shop, "spice --preamp magnetic_riaa --output preamp.cir");
    const auto done = attempt(shop, "play in.wav out.wav --netlist preamp.cir");
    INFO(done.err);
    CHECK(done.err.find("stand between the source and") != string::npos);
    run(shop, "spice --preamp magnetic_riaa --without-cartridge --output alone.cir");
    run(shop, "play in.wav out.wav --overwrite --netlist alone.cir");   // warns of nothing
}

TEST_CASE("A fault of a valve is told by its line and its name")
{
    const workshop shop;
    const string open_grid =
        "a triode\nV1 in 0 AC 1\nC9 in g 1u\nVB b 0 300\nRP b p 100k\nXV p g k 12AX7\nRK k 0 1.5k\nC1 p out 100n\nRL out 0 1MEG\n";
    write_text(shop / "open.cir", open_grid);
    const string sentence = "phono: open.cir:6: XV: must have a DC path from its grid to ground: a resistor gives one\n";
    for (const string command :
         {"netlist open.cir", "response --netlist open.cir", "bias --netlist open.cir", "match --netlist open.cir"}) {
        const auto done = attempt(shop, command);
        INFO(command << done.err);
        CHECK(done.status == 2);
        CHECK(done.err == sentence);
    }
    refuses(shop, "spice --netlist open.cir", "open.cir:6: XV: must have");
}

TEST_CASE("phono netlist shows m= and tol=, and what drives a circuit by a current")
{
    const workshop shop;
    write_text(shop / "parallel.cir", "t\nI1 0 in AC 1\nR1 in out 1k m=2 tol=5\nC1 out 0 10n TOL=2.5% m=3\nR2 out 0 1k\n");
    const string told = run(shop, "netlist parallel.cir");
    INFO(told);
    CHECK(told.find("parallel.cir: from the current of I1 into in to out\n") != string::npos);
    CHECK(told.find("1 kOhm, m=2, 5 %") != string::npos);
    CHECK(told.find("10 nF, m=3, 2.5 %") != string::npos);
    const json_reader read{run(shop, "netlist parallel.cir --json")};
    CHECK(read.number("parts.0.in_parallel") == 2.0);
    CHECK(read.number("parts.0.tolerance_percent") == 5.0);
    CHECK(read.number("parts.2.in_parallel") == 1.0);
    write_text(shop / "sensed.cir", "t\nV1 in 0 AC 1\nR1 in 0 1k\nH1 out 0 V1 1k\nR2 out 0 1k\n");
    CHECK(run(shop, "netlist sensed.cir").find("sensed.cir: from the voltage of V1 to out\n") != string::npos);
}

TEST_CASE("A library that is not there is told, and missed only where something is asked for that it may have")
{
    const workshop shop;
    const string stage = "t\nV1 in 0 AC 1\nX1 in fb out opamp\nR1 out fb 1k\nR2 fb 0 1k\n.lib opamp.sub\n";
    write_text(shop / "whole.cir", stage + ".subckt opamp p n o\nE1 o 0 p n 1e6\n.ends\n");
    const string sentence =
        "whole.cir:6: .lib opamp.sub: this file is not there; what the netlist asks for it has itself, or the catalogue\n";
    CHECK(attempt(shop, "response --netlist whole.cir").err == "phono: warning: " + sentence);
    CHECK(run(shop, "netlist whole.cir").find("  " + sentence) != string::npos);
    write_text(shop / "lacking.cir", stage);
    const auto lacking = attempt(shop, "response --netlist lacking.cir");
    CHECK(lacking.status == 2);
    CHECK(lacking.err.find("lacking.cir:6: .lib opamp.sub: this file is not there") != string::npos);
    CHECK(lacking.err.find("lacking.cir:3: X1: 'opamp': there is no subcircuit") != string::npos);
    write_text(shop / "wrong.cir", stage + ".subckt opamp p n o\nE1 o 0 p n 1e6\n.ends\nR3 fb 0 4k7\n");
    refuses(shop, "response --netlist wrong.cir", "'4k7'");
    write_text(shop / "included.cir", "t\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n.include more.inc\n");
    refuses(shop, "response --netlist included.cir", "included.cir:5: .include more.inc: this file is not there");
    write_text(shop / "section.cir", "t\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\n.lib more.lib typical\n");
    refuses(shop, "response --netlist section.cir", "section.cir:5: .lib more.lib: this file is not there");
}
