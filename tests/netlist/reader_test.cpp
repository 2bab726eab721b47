// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/documents.hpp"
#include "support/measure.hpp"

#include <phono/analysis/noise.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/netlist_reading.hpp>
#include <phono/phono.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <complex>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What each feature of the language stands for, against closed forms and circuits of blocks.

using namespace phono;
using namespace phono::literals;

namespace {

using complex = std::complex<double>;
constexpr std::array frequencies{1.0, 20.0, 1e3, 15.9e3, 1e5};

netlist_reading read(const std::string& text, const netlist_choice& choice = {})
{
    netlist_reading reading{text, choice};
    INFO(text << '\n' << to_string(reading.problem()));
    REQUIRE_FALSE(reading.problem());
    return reading;
}

complex gain_of(const netlist_reading& reading, double hertz) { return response(circuit{reading.flat()}, frequency{hertz}); }
complex gain_of(const std::string& text, double hertz, const netlist_choice& choice = {}) { return gain_of(read(text, choice), hertz); }

complex s_at(double hertz) { return {0.0, 2.0 * math::pi * hertz}; }

/// The largest relative difference of a netlist's response from a closed form of s.
double worst(const std::string& text, auto&& expected, const netlist_choice& choice = {})
{
    const netlist_reading reading = read(text, choice);
    double most = 0.0;
    for (const double f : frequencies) {
        const complex h = expected(s_at(f));
        most = std::max(most, std::abs(gain_of(reading, f) - h) / std::abs(h));
    }
    return most;
}

constexpr double rounding = 1e-12;

/// 1k and 100n as a low-pass.
complex low_pass(complex s) { return 1.0 / (1.0 + s * 1e3 * 100e-9); }

void check_low_pass(const std::string& text, const netlist_choice& choice = {})
{
    INFO(text);
    CHECK(worst(text, low_pass, choice) < rounding);
}

}   // namespace

TEST_CASE("Lines: comments, continuations, line ends, case and what is passed over leave the circuit as it is")
{
    check_low_pass("t\nV1 in 0 AC 1\nR1 in out 1k\nC1 out 0 100n\n");
    check_low_pass("t\r\n* c\r\nv1 IN 0 ac 1\r\nr1 In OUT 1K\r\nc1 out GND 100N\r\n.END\r\nR9 in");
    check_low_pass("t\nV1 in 0 AC 1 ; source\nR1 in out $ comment\n+ 1k\n* between\n\n\tC1\tout,0  100n // end\n");
    check_low_pass(
        "\nV1 in 0 AC 1\nR1 in out 1k\nC1 out 0 100n\n.tran 1u 1m\n.options reltol=1e-8\n.control\nrun\nlet x = {\n.endc\n.end\n");
    check_low_pass(
        "\xEF\xBB\xBF.title KiCad schematic\nV1 in 0 AC 1\nR1 in out 1k\nC1 out 0 0.1\xC2\xB5"
        "F\n");
    check_low_pass(
        "* LTspice\nV1 N001 0 AC 1 Rser=0\nR1 N001 out 1.0kOhm tol=1 pwr=0.25\nC1 out 0 0.1\xCE\xBC V=25 Irms=1\n.backanno\n.end\n");
}

TEST_CASE("A title may begin with the letter of a part")
{
    for (const char* title : {"Xono preamp with an NE5532", "x", "Ear 834P", "RIAA of 1979", "X1 was the first", "Low noise 12AX7"})
        check_low_pass(std::string{title} + "\nV1 in 0 AC 1\nR1 in out 1k\nC1 out 0 100n\n");
}

TEST_CASE("A comment line of two strokes is none of the circuit's, also within a line that goes on and in a subcircuit")
{
    check_low_pass("t\n// a comment\nV1 in 0 AC 1\nR1 in out\n  // within a line\n+ 1k\nC1 out 0 100n\n");
    check_low_pass("t\nV1 in 0 AC 1\nX1 in out f\nC1 out 0 100n\n.subckt f a b\n//\nR1 a b 1k\n.ends\n");
}

TEST_CASE("The commands that are passed over are those of the page of netlists, and .step is told")
{
    const std::string page = documents::text_of("examples/netlists/README.md"),
                      header = documents::text_of("include/phono/netlist/subcircuits.hpp");
    const std::size_t row = page.find("| passed over |");
    REQUIRE(row != std::string::npos);
    const auto words_of = [](std::string_view text) {
        std::vector<std::string> words;
        for (std::size_t at = 0; (at = text.find('.', at)) < text.size();) {
            std::size_t length = 1;
            while (at + length < text.size() && text[at + length] >= 'a' && text[at + length] <= 'z') ++length;
            if (length > 1) words.emplace_back(text.substr(at, length));
            at += length;
        }
        std::sort(words.begin(), words.end());
        return words;
    };
    const std::size_t list = header.find("\" .ac .tran");
    const std::vector<std::string> told = words_of(std::string_view{page}.substr(row, page.find(";", row) - row));
    std::vector<std::string> passed_over = words_of(std::string_view{header}.substr(list, header.find(';', list) - list));
    passed_over.emplace_back(".control"), passed_over.emplace_back(".title");
    std::sort(passed_over.begin(), passed_over.end());
    CHECK(told == passed_over);
    for (const std::string& command : told)
        if (command != ".control") check_low_pass("t\nV1 in 0 AC 1\nR1 in out 1k\nC1 out 0 100n\n" + command + " x 1 y=2\n");
    const netlist_reading stepped = read("t\nV1 in 0 AC 1\nR1 in out {r}\nC1 out 0 100n\n.param r=1k\n.Step param r 1k 10k 1k\n");
    REQUIRE(stepped.notes().size() == 1);
    CHECK(stepped.notes()[0].line == 6);
    CHECK(stepped.notes()[0].text == ".Step: is passed over: the circuit has the values of the text, or those that are set");
}

TEST_CASE("A node that no part touches is left out of the circuit, which is the same as without it")
{
    constexpr const char* nothing = ".subckt nothing p q\n.ends\n";
    const std::string plain = "V1 in 0 AC 1\nR1 in out 1k\nC1 out 0 100n\n";
    for (const std::string& text : {"t\nX1 a b nothing\n" + plain + nothing,          // before all others
                                    "t\n" + plain + "X1 a out nothing\n" + nothing,   // beside one that parts touch
                                    "t\nV1 in 0 AC 1\nX1 a b in out f\nC1 out 0 100n\n.subckt f p q in out\nX2 p r nothing\n"
                                    "R1 in out 1k\n.ends\n" +
                                        std::string{nothing}}) {
        check_low_pass(text);
        const netlist_reading reading = read(text);
        CHECK(reading.nodes().size() == 2);
        CHECK_FALSE(reading.find("a"));
        CHECK(reading.find("in"));
    }
    // Pins that are told to be unconnected are left out too: here those of an amplifier's supplies.
    constexpr const char* without = "t\nV1 in 0 AC 1\nX1 in out out NE5532\nR1 out 0 1k\n";
    constexpr const char* with = "t\nV1 in 0 AC 1\nX1 in out NC_01 NC_02 out NE5532\nR1 out 0 1k\n";
    CHECK(gain_of(with, 1e3) == gain_of(without, 1e3));
    CHECK(std::isfinite(std::abs(gain_of(with, 1e3))));
    // Within a type it is the same circuit, and what comes behind an empty node is found by its name.
    constexpr netlist<"t\nX1 a b nothing\nR1 in x 1k\nB1 y 0 V=v(x)\nR2 x y 1k\nR3 y out 1k\nC1 out 0 100n\n.subckt nothing p q\n.ends\n">
        stage{};
    static_assert(stage.find_value("R3") == 2);
    static constexpr circuit held{chain{voltage_source{}, stage}};
    const double at_x = std::abs(response(held, at<"x">, 1_kHz));
    CHECK(at_x == Approx(1.0).margin(1e-12));   // y follows x: no current flows
}

TEST_CASE("What is told to be unconnected but wanted is refused, so that no response is without a value")
{
    const auto problem = [](const char* text) { return netlist_reading{text}.problem(); };
    constexpr const char* const controls = "t\nV1 in 0 AC 1\nR1 in out 1k\nE1 out 0 NC_1 0 2\n";
    CHECK(problem(controls).word == "NC_1");
    CHECK(problem("t\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\nG1 NC_1 0 in 0 2\n").word == "NC_1");
    CHECK_FALSE(problem("t\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 1k\nR3 out NC_1 1k\n"));
    netlist_choice choice;
    choice.output = "a";
    CHECK(netlist_reading{"t\nV1 in 0 AC 1\nX1 a b nothing\nR1 in 0 1k\n.subckt nothing p q\n.ends\n", choice}.problem().word == "a");
}

TEST_CASE("Nodes have any names: KiCad's with slashes and brackets, in quotes, LTspice's")
{
    check_low_pass("t\nV1 /in 0 AC 1\nR1 /in \"Net-(C1-Pad1)\" 500\nR2 \"Net-(C1-Pad1)\" /out 500\nC1 /out 0 100n\n");
    check_low_pass("t\nV1 /in 0 AC 1\nR1 /in Net-(U1-Pad2) 500\nR2 net-(u1-PAD2) /out 500\nC1 /out 0 100n\n");
    const netlist_reading reading = read("t\nR1 /in Net-(U1-Pad2) 1k\nC1 Net-(U1-Pad2) 0 100n\nR2 /out Net-(U1-Pad2) 1\nR3 /out 0 1G\n");
    REQUIRE(reading.find("NET-(u1-pad2)"));
    CHECK(reading.nodes()[static_cast<std::size_t>(reading.find("/in")->index - 1)] == "/in");
    CHECK_FALSE(reading.find("elsewhere"));
    CHECK(*reading.find("gnd") == ground);
    CHECK(std::abs(response(circuit{reading.flat()}, *reading.find("Net-(U1-Pad2)"), 1_kHz) - low_pass(s_at(1e3))) < 1e-6);
}

TEST_CASE("Values: parameters in any order, expressions, settings of parts")
{
    check_low_pass("t\n.param b={a/2} a = 2k c=100n\nV1 in 0 AC 1\nR1 in out {b}\nC1 out 0 'c'\n");
    check_low_pass("t\nV1 in 0 AC 1\nR1 in out R={sqrt(1MEG)}\nC1 out 0 C=50n m=2\n.func half(x) {x/2}\n.param y={half(2)}\n");
    check_low_pass("t\nV1 in 0 AC 1 Rser=500\nR1 in out 1k m=2\nC1 out 0 100n\n");
    const std::array settings{netlist_setting{"r1", 1e3}, netlist_setting{"X1.C1", 100e-9}};
    check_low_pass("t\nV1 in 0 AC 1\nR1 in out 5k\nX1 out 0 load\n.subckt load a b\nC1 a b 1n\n.ends\n", {.settings = settings});
}

TEST_CASE("Units that people write are passed over in any case, and what is no unit is told with what was read")
{
    for (const char* ohms : {"10k", "10kOhm", "10KOHMS", "10kR", "10k\xce\xa9", "10k\xe2\x84\xa6", "0.01Megohm"})
        for (const char* farads : {"10n", "10nF", "10NFD", "0.01uFarads", "10nfarad",
                                   "0.01\xc2\xb5"
                                   "F"}) {
            const netlist_reading reading = read("t\nV1 in 0 DC 1.5Volts AC 1V\nR1 in out " + std::string{ohms} + "\nC1 out 0 " + farads +
                                                 "\nL1 out x 1Henry Rser=1mOhm\nR2 x 0 1k tol=5\nI1 0 x 1mAmps\nV2 x y 2vdc\nR3 y 0 1k\n");
            CHECK(reading.notes().empty());
            CHECK(reading.parts()[1].value == Approx(10e3).epsilon(1e-15));
            CHECK(reading.parts()[2].value == Approx(10e-9).epsilon(1e-15));
        }
    const auto notes = [](const std::string& card) {
        std::string all;
        const netlist_reading reading = read("t\nV1 in 0 AC 1\nR9 in out 1k\nR8 out 0 1k\n" + card + "\n");
        for (const netlist_note& note : reading.notes()) all += std::to_string(note.line) + ": " + note.text + "\n";
        return all;
    };
    CHECK(notes("R1 out 0 18ok") == "5: R1: ok of 18ok is passed over, it is read as 18 Ohm\n");
    CHECK(notes("R1 out 0 180kk") == "5: R1: k of 180kk is passed over, it is read as 180 kOhm\n");
    CHECK(notes("R1 out 0 180x") == "5: R1: x of 180x is passed over, it is read as 180 Ohm\n");
    CHECK(notes("C1 out 0 4.7uu Cpar=2ppF") ==
          "5: C1: u of 4.7uu is passed over, it is read as 4.7 uF\n"
          "5: C1: pF of 2ppF is passed over, it is read as 2 pF\n");
    CHECK(notes("C1 out 0 10Farad") == "5: C1: arad of 10Farad is passed over, it is read as 10 fF\n");
    CHECK(notes("L1 out 0 999.5mil") == "");
    CHECK(notes("I1 0 out -2mcd") == "5: I1: cd of -2mcd is passed over, it is read as -2 mA\n");
    CHECK(notes("E1 x 0 out 0 10dB\nR1 x 0 1k") == "");   // a number: what it is of is not known
    // Of a resistor M was perhaps meant to be mega, and of a capacitor F farad: both programs read milli and femto.
    CHECK(notes("R1 out 0 1M") == "5: R1: 1M is 1 mOhm, as ngspice and LTspice read it; 1 MOhm is 1Meg\n");
    CHECK(notes("R1 out 0 2.2mohm") == "5: R1: 2.2mohm is 2.2 mOhm, as ngspice and LTspice read it; 2.2 MOhm is 2.2Meg\n");
    CHECK(notes("R1 out 0 1M\xce\xa9") == "5: R1: 1M\xce\xa9 is 1 mOhm, as ngspice and LTspice read it; 1 MOhm is 1Meg\n");
    CHECK(notes("C1 out 0 1F") == "5: C1: 1F is 1 fF, as ngspice and LTspice read it; 1 F is 1\n");
    CHECK(notes("C1 out 0 1uF\nC2 out 0 1mF\nC3 out 0 10fF\nL1 out 0 10mH Rser=10m\nL2 out 0 10m\nR1 out 0 1Meg\nR2 out 0 1mil") == "");
}

TEST_CASE("A resistor of 0 Ohm joins its ends, which is told")
{
    const std::string around = "V1 in 0 AC 1\nR1 in x 1k\nC1 out 0 100n\n.param turn=1\n";
    for (const char* links : {"R5 x out 0", "R5 out x 0.0Ohm", "R5 x out {1k*(1-turn)}", "R5 x y 0\nR6 y out 0\nR7 out x 0",
                              "R5 x out 0\nR6 out x 0", "R5 x out 0\nR6 0 0 0\nR7 x x 0"}) {
        const netlist_reading reading = read("t\n" + around + links + "\n");
        INFO(links);
        for (const double f : frequencies) CHECK(std::abs(gain_of(reading, f) / low_pass(s_at(f)) - 1.0) < rounding);
        REQUIRE_FALSE(reading.notes().empty());
        CHECK(reading.notes()[0].text == "R5: has 0 Ohm: its ends are joined, where ngspice would put 1 mOhm");
    }
    // A link carries current in and out of a subcircuit, and closes no loop but with sources and inductors.
    check_low_pass("t\nV1 a 0 AC 1\nX1 a b j\nR1 b out 1k\nC1 out c 100n\nX2 c 0 j\n.subckt j p q\nR1 p q 0\n.ends\n");
    CHECK(netlist_reading{"t\nV1 in 0 AC 1\nR1 in out 1k\nL1 out 0 1\nR2 out 0 0\n"}.problem().rule ==
          detail::sentence_of(detail::mistake_kind::loop_of_sources));
    CHECK(netlist_reading{"t\nV1 in 0 AC 1\nR1 in out 0\n"}.problem().rule.empty());
    constexpr netlist<"t\nV1 in 0 AC 1\nR1 in x 1k\nR5 x out 0\nC1 out 0 100n\n"> stage{};
    static constexpr circuit held{chain{stage}};
    CHECK(std::abs(response(held, 1_kHz) - low_pass(s_at(1e3))) < rounding);
}

TEST_CASE("A capacitor's and an inductor's losses stand where LTspice has them")
{
    const auto divided = [](auto&& z) { return [z](complex s) { return z(s) / (1e3 + z(s)); }; };
    const std::string source = "t\nV1 in 0 AC 1\nR1 in out 1k\n";
    CHECK(worst(source + "C1 out 0 1u Rser=2 Lser=1m Rpar=10k Cpar=1n RLshunt=50\n", divided([](complex s) {
                    const complex lossy = 2.0 + 1.0 / (s * 1e-6) + 1.0 / (1.0 / 50.0 + 1.0 / (s * 1e-3));
                    return 1.0 / (1.0 / lossy + 1e-4 + s * 1e-9);
                })) < rounding);
    CHECK(worst(source + "L1 out 0 1m Rser=2 Rpar=10k Cpar=1n\n",
                divided([](complex s) { return 1.0 / (1.0 / (2.0 + s * 1e-3) + 1e-4 + s * 1e-9); })) < rounding);
    CHECK(worst(source + "L1 out 0 1m\n", divided([](complex s) { return 1e-3 + s * 1e-3; }), {.has_coil_resistance = true}) < 1e-11);
    CHECK(worst(source + "L1 out 0 1m\n", divided([](complex s) { return s * 1e-3; })) < rounding);
}

TEST_CASE("Controlled sources: E G F H, B and VALUE that are affine, POLY of the first degree")
{
    const std::string ends = "\nR9 out 0 1k\n";
    const auto times = [](double k) { return [k](complex s) { return k * low_pass(s); }; };
    const std::string before = "t\nV1 in 0 AC 1\nR1 in x 1k\nC1 x 0 100n\n";
    CHECK(worst(before + "E1 out 0 x 0 3" + ends, times(3.0)) < rounding);
    CHECK(worst(before + "E1 out 0 (x,0) {1+2}" + ends, times(3.0)) < rounding);
    CHECK(worst(before + "G1 0 out x 0 3m" + ends, times(3.0)) < rounding);
    CHECK(worst(before + "B1 out 0 V=2*(v(x)-v(in)) + v(in)*2 + v(x) - 7" + ends, times(3.0)) < rounding);
    CHECK(worst(before + "B1 0 out I={3m*v(x)}" + ends, times(3.0)) < rounding);
    CHECK(worst(before + "E1 out 0 VALUE={v(x)*v(vcc)/4}\nVcc vcc 0 12\nRcc vcc 0 1k" + ends, times(3.0)) < rounding);
    CHECK(worst(before + "E1 out 0 POLY(2) x 0 in 0 5 3 0" + ends, times(3.0)) < rounding);
    CHECK(worst(before + "F1 0 out V2 3\nE1 y 0 x 0 1\nR2 y z 1k\nV2 z 0 0" + ends, times(3.0)) < rounding);
    CHECK(worst(before + "H1 out 0 V2 3k\nE1 y 0 x 0 1\nR2 y z 1k\nV2 z 0 DC 0" + ends, times(3.0)) < rounding);
    CHECK(worst(before + "B1 out 0 V=i(V2)*3k\nE1 y 0 x 0 1\nR2 y z 1k\nV2 z 0 0" + ends, times(3.0)) < rounding);
    CHECK(worst("t\nV1 in 0 AC 1\nH1 out 0 V1 -1k\nR1 in x 1k\nC1 x 0 100n\nR9 out 0 1\n",
                [](complex s) { return s * 100e-6 / (1.0 + s * 1e3 * 100e-9); }) < 1e-11);
}

TEST_CASE("A current source drives, and DC sources of either kind give the operating point")
{
    CHECK(worst("t\nI1 0 out AC 1\nR1 out 0 1k\nC1 out 0 100n\n", [](complex s) { return 1e3 * low_pass(s); }) < rounding);
    const netlist_reading reading =
        read("t\nV1 in 0 DC 2 AC 1\nR1 in out 1k\nR2 out 0 1k\nI1 0 out 1m\nI2 out 0 SIN(3m 1 1k)\n", {.input = "V1"});
    const circuit held{reading.flat()};
    CHECK(held.quiescent(*reading.find("in")).si == Approx(2.0).epsilon(1e-12));
    CHECK(held.quiescent(*reading.find("out")).si == Approx(1.0 + 0.5 - 1.5).margin(1e-12));
    CHECK(std::abs(response(held, 1_kHz) - 0.5) < rounding);
}

TEST_CASE("A coupling is told with its line, as other parts are")
{
    const netlist_reading reading = read(
        "t\nK1 L1 L2 0.9\nV1 in 0 AC 1\nR1 in p 10\nL1 p 0 10m\nL2 out 0 1\nR2 out 0 47k\nX1 out c\n"
        ".subckt c a\nL1 a e 1\nR2 e 0 1\nL2 b 0 1\nR1 b 0 1k\nK1 L1 L2 0.5\n.ends\n");
    int couplings = 0;
    for (const netlist_part& part : reading.parts()) {
        INFO(part.name);
        CHECK(part.line > 0);
        if (part.unit[0] != '\0' || part.name.find('K') == std::string::npos) continue;
        CHECK(part.line == (part.name == "K1" ? 2 : 14));
        ++couplings;
    }
    CHECK(couplings == 2);
}

TEST_CASE("Coupled windings: an ideal transformer, and one of three windings with leakage")
{
    const auto loaded = [](double n) {
        return [n](complex s) {
            const complex seen = 1.0 / (1.0 / (s * 1.0) + n * n / 100e3);
            return n * seen / (seen + 100.0);
        };
    };
    CHECK(worst("t\nV1 in 0 AC 1\nR1 in p 100\nL1 p 0 1\nL2 out 0 100\nK1 L1 L2 1\nR2 out 0 100k\n", loaded(10.0)) < 1e-10);
    const netlist_reading three = read("t\nV1 in 0 AC 1\nR1 in p 100\nL1 p 0 1\nL2 out x 4\nL3 x 0 1\nK1 L1 L2 L3 0.99\nR2 out 0 1k\n");
    const complex s = s_at(1e3);
    // Primary current i, secondary j through both: v = s(1 i + (m12 + m13) j), u = s((m12 + m13) i + (4 + 1 + 2 m23) j)
    const double m12 = 0.99 * 2.0, m13 = 0.99, m23 = 0.99 * 2.0;
    const complex a = 100.0 + s, b = s * (m12 + m13), d = s * (5.0 + 2.0 * m23) + 1e3;
    const complex j = -b / (a * d - b * b);
    CHECK(std::abs(gain_of(three, 1e3) - (-j * 1e3)) < 1e-10);
}

TEST_CASE("Subcircuits: parameters with defaults and nesting, local ones before those around, global nodes")
{
    check_low_pass(
        "t\n.subckt rc a b c PARAMS: r=5k c={1/r*100u}\n.param half={r/2}\nR1 a x {half}\nR2 x b {half}\nC1 b c {c}\n.ends rc\n"
        "V1 in 0 AC 1\nX1 in out 0 rc r = 1k\n");
    check_low_pass(
        "t\n.param r=7k\n.subckt outer a b\n.subckt part a b r=9\nR1 a b {r}\n.ends\nX1 a b part r={r/2}\nX2 a b part r={r/2}\n.ends\n"
        "V1 in 0 AC 1\nX1 in out outer r=4k\nC1 out 0 100n\n.subckt part a b\nR1 a b 1\n.ends\n");
    check_low_pass(
        "t\n.global rail\n.subckt load a\nC1 a rail 100n\n.ends\nV1 in 0 AC 1\nR1 in out 1k\nX1 out load\nV2 rail 0 5\nX2 in load\n");
    const netlist_reading reading =
        read("t\n.subckt two a b\nR1 a mid 500\nR2 mid b 500\n.ends\nV1 in 0 AC 1\nXa in out two\nC1 out 0 100n\n");
    REQUIRE(reading.find("xa.mid"));
    CHECK(reading.parts()[0].name == "Xa.R1");
    CHECK(reading.parts()[0].from == "in");
    CHECK(reading.parts()[0].to == "Xa.mid");
    CHECK(reading.parts()[0].value == 500.0);
}

TEST_CASE("LTspice's words: a resistor that is noiseless, and a source that is a file of sound")
{
    const auto noise_of = [](const std::string& word) {
        const netlist_reading reading = read("t\nV1 in 0 AC 1\nR1 in out 1k " + word + "\nC1 out 0 100n\n");
        return noise_density(circuit{reading.flat()}, 1_kHz);
    };
    CHECK(noise_of("") > 1e-9);
    CHECK(noise_of("Noiseless") == noise_of("noisy=0"));
    check_low_pass("t\nV1 in 0 wavefile=\"a b.wav\" chan=0\nR1 in out 1k\nC1 out 0 100n\n");
    check_low_pass("t\nV1 in 0 wavefile=.\\a(1).wav\nR1 in out 1k\nC1 out 0 100n\n");
}

TEST_CASE("What drives: the source named, the one with AC, the one of time, or the node in, and the output is out or what is named")
{
    const std::string two = "t\nV1 a 0 AC 1\nV2 b 0 DC 3 AC 1\nR1 a out 1k\nR2 b out 1k\n";
    CHECK(std::abs(gain_of(two, 1e3, {.input = "V2"}) - 0.5) < rounding);
    CHECK(netlist_reading{two}.problem().rule == detail::sentence_of(detail::mistake_kind::several_drives));
    CHECK(std::abs(gain_of("t\nV1 a 0 SINE(0 1 1k)\nV2 b 0 5\nR1 a out 1k\nR2 b out 1k\n", 1e3) - 0.5) < rounding);
    CHECK(std::abs(gain_of("t\nR1 in x 1k\nR2 x 0 1k\n", 1e3, {.output = "X"}) - 0.5) < rounding);
    CHECK(std::abs(gain_of("t\nV1 a 0 AC 1\nR1 a x 1k\nR2 x out 1k\nR3 out 0 1k\n", 1e3, {.input = "x"}) - 0.5) < rounding);
    const netlist_reading replaced = read("t\nV1 x 0 AC 1\nR2 x out 1k\nR3 out 0 1k\n", {.input = "x"});
    CHECK(std::abs(gain_of(replaced, 1e3) - 0.5) < rounding);
    REQUIRE(replaced.notes().size() == 1);
    CHECK(replaced.notes()[0].text.find("V1: is left out") == 0);
}

TEST_CASE("A source of 0 V at the node in drives where none has AC, and one of another voltage is to be given AC")
{
    const std::string rest = "R1 in out 1k\nC1 out 0 100n\n";
    for (const char* source : {"V1 in 0 0", "V1 in 0 DC 0", "V1 in 0", "V1 0 in dc=0", "V1 in 0 {1-1}"}) {
        const std::string text = "t\n" + std::string{source} + "\n" + rest;
        INFO(text);
        const netlist_reading reading = read(text);
        for (const double f : frequencies) CHECK(std::abs(std::abs(gain_of(reading, f) / low_pass(s_at(f))) - 1.0) < rounding);
        REQUIRE(reading.notes().size() == 1);
        CHECK(reading.notes()[0].text == "V1: has no AC and is at the node in: it drives");
        const netlist_reading by_name = read(text, {.input = "in"});   // and gives way where the node is asked for
        CHECK(by_name.notes()[0].text.find("V1: is left out") == 0);
        check_low_pass(text, {.input = "in"});
    }
    check_low_pass("KiCad\nV1 /in 0 0\nR1 /in out 1k\nC1 out 0 100n\n");
    // Where another has AC that one drives, and its own current may be asked for.
    CHECK(std::abs(gain_of("t\nV1 in 0 0\nV2 x 0 AC 1\nR1 in out 1k\nR2 x out 1k\n", 1e3) - 0.5) < rounding);
    CHECK(std::abs(gain_of("t\nV1 in 0 0\nR1 in 0 1k\nH1 out 0 V1 500\nR2 out 0 1k\n", 1e3) + 0.5) < rounding);
    CHECK(netlist_reading{"t\nV1 in 0 0\nB1 x 0 V=V(in)*V(out)\nR2 x out 1k\n" + rest}.problem().word == "in");   // counted on to be 0
    for (const netlist_choice& choice : {netlist_choice{}, netlist_choice{.input = "in"}})
        CHECK(netlist_reading{"t\nV1 in 0 1\n" + rest, choice}.problem().rule ==
              "the input node is already held by a voltage source: give it AC 1 if it is the input, or name another");
    constexpr netlist<"t\nV1 in 0\nR1 in out 1k\nC1 out 0 100n\n"> whole{};
    static constexpr circuit held{chain{whole}};
    CHECK(std::abs(response(held, 1_kHz) - low_pass(s_at(1e3))) < rounding);
}

TEST_CASE("An amplifier and a triode of the catalogue are taken by their names, which is told")
{
    const netlist_reading reading =
        read("t\nV1 in 0 AC 1\nX1 in fb vcc vee out NE5532\nR1 out fb 9k\nR2 fb 0 1k\nVcc vcc 0 15\nVee vee 0 -15\n");
    CHECK(decibels(gain_of(reading, 1e3)) == Approx(20.0).margin(0.01));
    REQUIRE(reading.devices().size() == 1);
    CHECK(reading.devices()[0].taken_for == "ne5532");
    const netlist_reading valve =
        read("t\nV1 in 0 AC 1\nX1 p in k 12AX7\nR1 b p 100k\nR2 k 0 1.5k\nVb b 0 300\nC1 p out 1u\nR3 out 0 1MEG\n");
    REQUIRE(valve.devices().size() == 1);
    CHECK(valve.devices()[0].kind == netlist_device::triode);
    CHECK(valve.flat().triode_count == 1);
    const auto blocks = chain{voltage_source{}, common_cathode_stage{.tube = triodes::ecc83, .supply = 300_V, .plate_load = 100_kOhm},
                              series_arm{capacitor{1_uF}}, shunt_arm{resistor{1_MOhm}}};
    CHECK(std::abs(gain_of(valve, 1e3) - response(blocks, 1_kHz)) < 1e-9);
}

TEST_CASE("A dual amplifier or double triode by the pins of its package is the two that it holds, without a half that is not connected")
{
    const auto notes_of = [](const netlist_reading& reading) {
        std::string all;
        for (const netlist_note& note : reading.notes()) all += note.text + "\n";
        return all;
    };
    // Two inverting stages, one after the other.
    const std::string around =
        "V1 in 0 AC 1\nR1 in a 1k\nR2 a m 10k\nR3 m b 2.2k\nR4 b out 22k\nC1 b out 1n\nVcc vcc 0 15\nVee vee 0 -15\n";
    const netlist_reading dual = read("t\nXU1 m a 0 vee 0 b out vcc NE5532AP\n" + around);
    const netlist_reading two = read("t\nXU1 0 a m NE5532\nXU2 0 b vcc vee out NE5532\n" + around);
    for (const double f : frequencies) CHECK(gain_of(dual, f) == gain_of(two, f));
    REQUIRE(dual.devices().size() == 2);
    CHECK(dual.devices()[0].name == "XU1.A");
    CHECK(dual.devices()[1].name == "XU1.B");
    CHECK(
        notes_of(dual) ==
        "XU1: has the 8 pins of a dual amplifier: 1 to 3 out - + of A, 4 its negative supply, 5 to 7 + - out of B, 8 its positive supply\n"
        "XU1.A: is taken for the amplifier of the catalogue: ne5532\nXU1.B: is taken for the amplifier of the catalogue: ne5532\n");
    const std::string one = "V1 in 0 AC 1\nR1 in a 1k\nR2 a out 10k\n";
    for (const char* spare : {"unconnected-_U1B-+-Pad5_ unconnected-_U1B---Pad6_ unconnected-_U1B-Pad7_", "0 0 unconnected-(U1B-Pad7)"}) {
        const netlist_reading half = read("t\nXU1 out a 0 NC_1 " + std::string{spare} + " NC_2 TL072\n" + one);
        CHECK(gain_of(half, 1e3) == gain_of("t\nXU1 0 a out TL072\n" + one, 1e3));
        CHECK(half.devices().size() == 1);
        CHECK(notes_of(half).find("XU1: its half that is not connected is left out: B\n") != std::string::npos);
    }

    const std::string stages =
        "V1 in 0 AC 1\nVb b 0 300\nR1 b p 100k\nR2 k 0 1.5k\nC1 p g 100n\nR3 g 0 1meg\nR4 b q 100k\nR5 l 0 1.5k\n"
        "C2 q out 1u\nR6 out 0 1meg\n";
    const netlist_reading both = read("t\nV9 h 0 6.3\nXV1 p in k h h q g l 0 ECC83\n" + stages);
    const netlist_reading valves = read("t\nXV1 p in k ECC83\nXV2 q g l ECC83\n" + stages);
    for (const double f : frequencies) CHECK(std::abs(gain_of(both, f) / gain_of(valves, f) - 1.0) < rounding);
    CHECK(both.flat().triode_count == 2);
    CHECK(notes_of(both).find("XV1: has the 9 pins of a double triode: 1 to 3 plate, grid, cathode of A, 6 to 8 of B, and heaters\n") == 0);
    const std::string stage = "V1 in 0 AC 1\nVb b 0 300\nR1 b p 100k\nR2 k 0 1.5k\nC1 p out 1u\nR6 out 0 1meg\n";
    const netlist_reading single =
        read("t\nXV1 unconnected-_V1A-A-Pad1_ 0 0 h1 h1 p in k h2 12AX7\n" + stage);   // heaters drawn nowhere else
    CHECK(gain_of(single, 1e3) == gain_of("t\nXV1 p in k 12AX7\n" + stage, 1e3));
    CHECK(notes_of(single).find("XV1: its half that is not connected is left out: A\n") != std::string::npos);

    static constexpr circuit in_a_type{
        chain{netlist<"t\nXU1 out a 0 vee 0 0 unconnected-7 vcc TL072\nV1 in 0 AC 1\nR1 in a 1k\n"
                      "R2 a out 10k\nVcc vcc 0 15\nVee vee 0 -15\n">{}}};
    CHECK(std::abs(response(in_a_type, 1_kHz)) == Approx(10.0).epsilon(1e-3));
}

TEST_CASE("Other numbers of pins are refused with those that there are, and a symbol's are wrapped as the page shows")
{
    const auto problem = [](const char* text) { return netlist_reading{text}.problem(); };
    const netlist_problem six = problem("t\nV1 in 0 AC 1\nX1 in out vcc vee out 0 NE5532\nR1 out 0 1k\n");
    CHECK(to_string(six) ==
          "line 3: X1: \"NE5532\": an amplifier of the catalogue has 3 nodes (+, -, out), 5 (+, -, supplies, out), or the 8 pins of a "
          "dual: a "
          "symbol with others wants a .subckt of its pins with an X in it; here it has 6");
    CHECK(problem("t\nV1 in 0 AC 1\nX1 1 0 in 4 5 out 7 8 NE5534\nR1 out 0 1k\n").nodes == 8);   // no dual
    CHECK(
        to_string(problem("t\nV1 in 0 AC 1\nX1 p in k h h 12AX7\nR1 out 0 1k\n")) ==
        "line 3: X1: \"12AX7\": a triode of the catalogue has 3 nodes (plate, grid, cathode), or the 9 pins of a double triode on a noval "
        "base: a symbol with others wants a .subckt of its pins with an X in it; here it has 5");
    CHECK(problem("t\nV1 in 0 AC 1\nX1 p in k p in k h h 0 6SN7\nR1 out 0 1k\n").nodes == 9);   // an octal base
    CHECK(problem("t\n.subckt f a b\nR1 a b 1k\n.ends\nV1 in 0 AC 1\nX1 in out 0 f\n").nodes == 3);

    const std::string page = documents::text_of("examples/netlists/README.md");
    const std::size_t begin = page.find("    .subckt NE5534_DIP8"), end = page.find("    .ends", begin);
    REQUIRE(end != std::string::npos);
    const std::string wrapper = page.substr(begin, end - begin) + "    .ends\n";
    const std::string around = "V1 in 0 AC 1\nR1 out fb 9k\nR2 fb 0 1k\nVcc vcc 0 15\nVee vee 0 -15\n";
    const std::string symbol = "t\n" + wrapper + "XU1 NC_1 fb in vee NC_5 out vcc NC_8 NE5534_DIP8\n" + around;
    INFO(symbol);
    for (const double f : frequencies)
        CHECK(std::abs(gain_of(symbol, f) / gain_of("t\nXU1 in fb vcc vee out NE5534\n" + around, f) - 1.0) < rounding);
}

TEST_CASE("A valve and an amplifier within subcircuits are told by their whole names, in notes and in the circuit")
{
    const netlist_reading reading = read(
        "t\nV1 in 0 AC 1\nVB b 0 250\nX1 in m b stage\nX2 m out b stage\n.subckt stage g o b\nX1 p g k 12AX7\n"
        "X3 p o2 o2 NE5532\nRP b p 100k\nRK k 0 1.5k\nCC o2 o 100n\nRG o 0 1Meg\n.ends\n");
    std::string notes;
    for (const netlist_note& note : reading.notes()) notes += note.text + '\n';
    CHECK(notes ==
          "X1.X1: is taken for a triode: ecc83\nX1.X3: is taken for the amplifier of the catalogue: ne5532\n"
          "X2.X1: is taken for a triode: ecc83\nX2.X3: is taken for the amplifier of the catalogue: ne5532\n");
    std::string devices;
    const bounded_netlist& flat = reading.flat();
    for (int i = 0; i < flat.part_count; ++i)
        if (flat.parts[i].kind == part_kind::triode || flat.parts[i].opens_loop) devices += std::string{flat.parts[i].name} + ' ';
    CHECK(devices == "X1.X3 X2.X3 X1.X1 X2.X1 ");
}

TEST_CASE("A netlist in a type is the circuit of the same text at run time, bit for bit")
{
    constexpr auto schematic =
        chain{netlist<"two poles\n"
                      "V1 in 0 AC 1\n"
                      "R1 in a {r}\n"
                      "C1 a 0 10n\n"
                      "X1 a out buffered gain={sqrt(7)}\n"
                      ".param r=4.7k\n"
                      ".subckt buffered i o gain=1\n"
                      "E1 x 0 i 0 {gain}\n"
                      "R1 x o {3*r}\n"
                      "C1 o 0 1n Rser=10\n"
                      ".ends\n">{}};
    constexpr const char* text =
        "two poles\nV1 in 0 AC 1\nR1 in a {r}\nC1 a 0 10n\nX1 a out buffered gain={sqrt(7)}\n.param r=4.7k\n"
        ".subckt buffered i o gain=1\nE1 x 0 i 0 {gain}\nR1 x o {3*r}\nC1 o 0 1n Rser=10\n.ends\n";
    static constexpr circuit in_type{schematic};
    const netlist_reading reading = read(text);
    const auto& a = in_type.netlist();
    const auto& b = reading.flat();
    REQUIRE(a.part_count == b.part_count);
    CHECK(a.nodes == b.nodes);
    CHECK(a.output == b.output);
    for (int i = 0; i < a.part_count; ++i) {
        CHECK(std::string{a.parts[i].name} == b.parts[i].name);
        CHECK(a.parts[i].kind == b.parts[i].kind);
        CHECK(std::bit_cast<std::uint64_t>(a.parts[i].value) == std::bit_cast<std::uint64_t>(b.parts[i].value));
        CHECK((a.parts[i].a == b.parts[i].a && a.parts[i].b == b.parts[i].b));
        CHECK((a.parts[i].plus == b.parts[i].plus && a.parts[i].minus == b.parts[i].minus));
    }
    CHECK(response(in_type, 1_kHz) == response(circuit{b}, 1_kHz));
    CHECK(response(in_type, at<"X1.X">, 1_kHz) == response(circuit{b}, *reading.find("x1.x"), 1_kHz));

    const auto changed = with<"x1.r1">(with<"C1">(schematic, 22_nF), 1_kOhm);
    const std::array settings{netlist_setting{"X1.R1", 1e3}, netlist_setting{"C1", 22e-9}};
    CHECK(response(changed, 1_kHz) == gain_of(text, 1e3, {.settings = settings}));
    CHECK(response(changed, 1_kHz) != response(schematic, 1_kHz));
}

TEST_CASE("A netlist is a stage of a chain between its nodes in and out, or those that are named")
{
    constexpr netlist<"passive RIAA\nR1 in out 68k\nR2 out x 10k\nC1 x 0 33n\nC2 out 0 11n\n"> network{};
    constexpr auto by_text = chain{magnetic_cartridge{}, loading{}, buffer{40_dB}, network, buffer{0_dB}};
    constexpr auto by_blocks = chain{magnetic_cartridge{},
                                     loading{},
                                     buffer{40_dB},
                                     series_arm{resistor{68_kOhm}},
                                     shunt_arm{parallel(series(resistor{10_kOhm}, capacitor{33_nF}), capacitor{11_nF})},
                                     buffer{0_dB}};
    static_assert(network.role == signal_role::stage);
    double most = 0.0;
    for (const double f : frequencies) {
        const complex one = response(by_text, frequency{f}), other = response(by_blocks, frequency{f});
        most = std::max(most, std::abs(one - other) / std::abs(other));
    }
    measure::note("a netlist against blocks, relative", std::to_string(most));
    CHECK(most < rounding);
    constexpr netlist<"t\nR1 grid plate 1k\nR2 plate 0 1k\n", "grid", "plate"> named{};
    CHECK(std::abs(response(chain{voltage_source{}, named}, 1_kHz) - 0.5) < rounding);

    preamp<by_text> left{48_kHz};
    preamp<by_blocks> right{48_kHz};
    left(1.0), right(1.0);
    for (int i = 0; i < 100; ++i) CHECK(left(0.0) == Approx(right(0.0)).margin(1e-12));
}

TEST_CASE("tol= of a part is kept, in per cent")
{
    const netlist_reading reading{
        "tol\n.param t=2\nV1 in 0 AC 1\nR1 in out 10k tol=5%\nR2 out 0 10k tol={t}\nC1 out 0 1n tol=0\nR3 out 0 1k\n"};
    REQUIRE_FALSE(reading.problem());
    const auto parts = reading.parts();
    CHECK(parts[0].tolerance == 5.0);
    CHECK(parts[1].tolerance == 2.0);
    CHECK(parts[2].tolerance == 0.0);
    CHECK_FALSE(parts[3].tolerance.has_value());
    CHECK(netlist_reading{"tol\nV1 in 0 AC 1\nR1 in out 10k tol=-5\nR2 out 0 1k\n"}.problem().word == "-5");
}
