// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/ngspice.hpp"

#include <phono/netlist_reading.hpp>
#include <phono/phono.hpp>

#include <array>
#include <cmath>
#include <string>

// Triodes that stand upon each other, so that a plate, or a cathode, has its only path at DC through another triode: against ngspice, and
// what has no path at all is still refused.

using namespace phono;
using namespace phono::literals;

namespace {

const std::string law =
    ".subckt tr A G K MU=28 EX=1.3 KG1=330 KP=320 KVB=300\n"
    "E1 7 0 VALUE={V(A,K)/KP*LOG(1+EXP(KP*(1/MU+V(G,K)/SQRT(KVB+V(A,K)*V(A,K)))))}\nRE1 7 0 1G\n"
    "G1 A K VALUE={(PWR(V(7),EX)+PWR(V(7),EX))/KG1}\nCGK G K 3p\nCGP G A 1.4p\nCPK A K 1.7p\n.ends\n";
const std::string cascode =
    "cascode\nV1 in 0 AC 1\nV2 b 0 250\nRg in 0 100k\nX1 c in k tr\nX2 p g2 c tr\nR1 b g2 100k\nR2 g2 0 47k\n"
    "C2 g2 0 1u\nRk k 0 680\nRp b p 47k\nC1 p out 1u\nRL out 0 600k\n";
const std::string srpp =
    "SRPP\nV1 in 0 AC 1\nV2 b 0 250\nRg in 0 100k\nX1 c in k tr\nX2 b c k2 tr\nRk k 0 680\nRk2 k2 c 680\nC1 k2 out 1u\n"
    "RL out 0 600k\n";
const std::string three =
    "three upon each other\nV1 in 0 AC 1\nV2 b 0 350\nRg in 0 100k\nX1 c in k tr\nX2 d g2 c tr\nX3 p g3 d tr\n"
    "R1 b g3 100k\nR2 g3 g2 47k\nR3 g2 0 47k\nC2 g2 0 1u\nC3 g3 0 1u\nRk k 0 680\nRp b p 47k\nC1 p out 1u\nRL out 0 600k\n";

/// What ngspice prints of a circuit at DC, and its gain in decibels at 1 kHz.
std::map<std::string, double> by_ngspice(const std::string& text)
{
    return ngspice::values(
        ngspice::run({text + law +
                      ".options reltol=1e-9 abstol=1e-15 vntol=1e-12 gmin=1e-18\n.control\nset numdgt=15\nop\nprint all\n"
                      "ac lin 1 1k 1k\nprint vdb(out)\nquit 0\n.endc\n.end\n"})[0]);
}

}   // namespace

TEST_CASE("A cascode, an SRPP and three triodes upon each other have the operating point and gain of ngspice")
{
    double volts = 0.0, decibels = 0.0;
    for (const std::string& text : {cascode, srpp, three}) {
        INFO(text);
        const netlist_reading reading{text + law};
        REQUIRE_FALSE(reading.problem());
        const circuit held{reading.flat()};
        INFO(held.problem().part << ' ' << held.problem().rule);
        REQUIRE_FALSE(held.problem());
        auto expected = by_ngspice(text);
        for (const char* const name : {"b", "c", "d", "g2", "g3", "k", "k2", "p"}) {
            const auto at = reading.find(name);
            if (!at) continue;
            REQUIRE(expected.contains(name));
            INFO(name);
            const double off = std::fabs(held.quiescent(*at).si - expected[name]);
            CHECK(off < 1e-9);
            volts = std::max(volts, off);
        }
        const double off = std::fabs(20.0 * std::log10(std::abs(response(held, 1_kHz))) - expected["vdb(out)"]);
        CHECK(off < 1e-9);
        decibels = std::max(decibels, off);
    }
    measure::figure("operating points of stacked triodes, to ngspice, V", volts, "V", 1e-9);
    measure::figure("their gains", decibels, "dB", 1e-9);
}

TEST_CASE("A catalogue's triodes may stand upon each other too")
{
    std::string text = cascode;
    for (const char* const from : {"X1 c in k tr", "X2 p g2 c tr"}) text.replace(text.find(from) + std::string{from}.size() - 2, 2, "6DJ8");
    const netlist_reading reading{text};
    REQUIRE_FALSE(reading.problem());
    const circuit held{reading.flat()};
    REQUIRE_FALSE(held.problem());
    const auto& at_rest = held.triodes();
    // Kirchhoff's law between the two: the plate current of the lower is all that flows from the upper.
    CHECK(at_rest[0].at_rest.plate == Approx(at_rest[1].at_rest.plate + at_rest[1].at_rest.grid).epsilon(1e-9));
    CHECK(at_rest[0].at_rest.plate > 1e-3);
    CHECK(held.quiescent(*reading.find("c")).si > 20.0);
}

TEST_CASE("An electrode that has no path to a supply or to ground is refused by its valve's name, whatever stands beside it")
{
    const auto fault_of = [](const std::string& text) {
        const netlist_reading reading{text + law};
        INFO(to_string(reading.problem()));
        REQUIRE_FALSE(reading.problem());
        const fault found = circuit{reading.flat()}.problem();
        return std::string{found.part} + ' ' + found.rule;
    };
    const std::string begin = "t\nV1 in 0 AC 1\nV2 b 0 250\nRg in 0 100k\nC1 p out 1u\nRL out 0 600k\n";
    CHECK(fault_of(begin + "X1 p in k tr\nRk k 0 680\nRb b 0 1k\n") ==
          "X1 must have a DC path from its plate to a supply: a resistor gives one");
    CHECK(fault_of(begin + "X1 p in k tr\nRp b p 10k\nCk k 0 1u\n") ==
          "X1 must have a DC path from its cathode to ground: a resistor gives one");
    CHECK(fault_of(begin + "X1 p g k tr\nCg in g 1u\nRp b p 10k\nRk k 0 1k\n") ==
          "X1 must have a DC path from its grid to ground: a resistor gives one");
    // A second triode that is right, and one whose path would be through the first.
    CHECK(fault_of(begin + "X2 q in k tr\nRq b q 10k\nX1 p in k tr\nRk k 0 680\n").find("X1 must have a DC path from its plate") == 0);
    CHECK(fault_of("t\nV1 in 0 AC 1\nRg in 0 100k\nX1 c in k tr\nX2 p in c tr\nRk k 0 680\nC1 p out 1u\nRL out 0 600k\n")
              .find("must have a DC path") != std::string::npos);
}

TEST_CASE("A triode whose law stands on its cathode, or that has pins for its heater, is that of ngspice")
{
    const std::string begin = "stage\nV1 in 0 AC 1\nV2 b 0 250\nR0 in 0 1meg\nRP b p 100k\nRK k 0 1.5k\nC1 p out 100n\nRL out 0 470k\n";
    const std::string parameters = " MU=100 EX=1.4 KG1=1060 KP=600 KVB=300\n";
    const std::string on_cathode = "X1 p in k t\n.subckt t A G K" + parameters +
                                   "E1 7 K VALUE={V(A,K)/KP*LN(1+EXP(KP*(1/MU+V(G,K)/SQRT(KVB+V(A,K)*V(A,K)))))}\n"
                                   "G1 A K VALUE={2*PWR(V(7,K),EX)/KG1}\n";
    const std::string heated = "X1 p in k h 0 t\nV6 h 0 6.3\n.subckt t A G K H1 H2" + parameters +
                               "E1 7 0 VALUE={V(A,K)/KP*LN(1+EXP(KP*(1/MU+V(G,K)/SQRT(KVB+V(A,K)*V(A,K)))))}\nRE1 7 0 1G\n"
                               "G1 A K VALUE={2*PWR(V(7),EX)/KG1}\nRH H1 H2 21\n";
    double volts = 0.0, decibels = 0.0;
    for (const std::string& text :
         {begin + on_cathode + "RE1 7 K 1G\n.ends\n", begin + on_cathode + ".ends\n", begin + heated + ".ends\n"}) {
        INFO(text);
        const netlist_reading reading{text};
        INFO(to_string(reading.problem()));
        REQUIRE_FALSE(reading.problem());
        REQUIRE(reading.flat().triode_count == 1);
        const circuit held{reading.flat()};
        auto expected = by_ngspice(text);
        for (const char* const name : {"p", "k"})
            volts = std::max(volts, std::fabs(held.quiescent(*reading.find(name)).si - expected[name]));
        decibels = std::max(decibels, std::fabs(20.0 * std::log10(std::abs(response(held, 1_kHz))) - expected["vdb(out)"]));
    }
    CHECK(volts < 1e-9);
    CHECK(decibels < 1e-9);
    measure::figure("operating points, to ngspice, V", volts, "V", 1e-9);
    measure::figure("gains", decibels, "dB", 1e-9);
    // What flows from the source on the cathode to elsewhere would be the cathode's current, which the law has not.
    CHECK(netlist_reading{begin + on_cathode + "RE1 7 0 1G\n.ends\n"}.problem());
    CHECK(netlist_reading{begin + on_cathode + "RE1 7 A 1G\n.ends\n"}.problem());
    CHECK(netlist_reading{begin + on_cathode + "G2 7 0 A K 1u\n.ends\n"}.problem());
}
