// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/netlist.hpp>
#include <phono/netlist_reading.hpp>
#include <phono/phono.hpp>

#include <array>
#include <string>

// A resistor within a triode's model between a pin and the electrode of which its law speaks, such as a grid stopper.

using namespace phono;

namespace {

/// A stage whose triode has these cards in its model, and what stands between the stage and its pins.
std::string stage(const std::string& between, const std::string& pins, const std::string& law, const std::string& beside)
{
    return "t\nV1 in 0 AC 1\nR2 in 0 1meg\nVB bb 0 300\nRP bb p 100k\nRK k 0 1.5k\nCO p out 100n\nRL out 0 1meg\n" + between + "X1 " +
           pins + " T\n.subckt T A G K MU=100 EX=1.4 KG1=1060 KP=600 KVB=300 RGI=2000\n" + beside + law +
           ".ends\n.model DXG D(IS=1n RS=1)\n";
}

/// Koren's law with a diode at its grid, between nodes of these names.
std::string koren_at(const std::string& a, const std::string& g, const std::string& k)
{
    return "B7 7 0 V = V(" + a + ',' + k + ")/{KP}*ln(1+exp({KP}*(1/{MU}+V(" + g + ',' + k + ")/sqrt({KVB}+V(" + a + ',' + k + ")*V(" + a +
           ',' + k + ")))))\nR7 7 0 1G\nBG " + a + ' ' + k + " I = 2*pwr(max(V(7),0),{EX})/{KG1}\nRG " + g + " 5 {RGI}\nDG 5 " + k +
           " DXG\nCGP " + g + ' ' + a + " 1.7p\n";
}

constexpr std::array frequencies{20.0, 1e3, 20e3, 1e6};

}   // namespace

TEST_CASE("A triode with a grid stopper in its model is the one with that resistor before its grid")
{
    struct subject {
        const char* name;
        std::string inside, outside, node;
    };
    const std::string plain = koren_at("A", "G", "K");
    double worst = 0.0;
    for (const subject& s :
         {subject{"a grid stopper", stage("", "p in k", koren_at("A", "Gi", "K"), "Rstop G Gi 68k\n"),
                  stage("Rstop in gi 68k\n", "p gi k", plain, ""), "gi"},
          {"a grid stopper the other way round, and a capacitance at the pin",
           stage("", "p in k", koren_at("A", "11", "K"), "Cin G K 10p\nRstop 11 G {34k*2}\n"),
           stage("Rstop in gi 68k\nCin in k 10p\n", "p gi k", plain, ""), "gi"},
          {"stoppers at plate, grid and cathode", stage("", "p in k", koren_at("ai", "gi", "ki"), "Ra A ai 1k\nRg1 G gi 2k\nRk K ki 10\n"),
           stage("Ra p ai 1k\nRg1 in gi 2k\nRk1 k ki 10\n", "ai gi ki", plain, ""), "gi"}}) {
        INFO(s.name << '\n' << s.inside);
        const netlist_reading inside{s.inside}, outside{s.outside};
        INFO(to_string(inside.problem()) << to_string(outside.problem()));
        REQUIRE_FALSE(inside.problem());
        REQUIRE_FALSE(outside.problem());
        const circuit one{inside.flat()}, other{outside.flat()};
        CHECK(std::abs(one.quiescent(*inside.find("p")).si / other.quiescent(*outside.find("p")).si - 1.0) < 1e-12);
        for (const double hertz : frequencies) {
            const std::complex<double> h = response(one, frequency{hertz}), same = response(other, frequency{hertz});
            worst = std::max(worst, std::abs(h - same) / std::abs(same));
        }
        // As a part beside the law it makes its noise, as a resistor on the schematic.
        int silent = 0;
        for (int i = 0; i < inside.flat().part_count; ++i) {
            const part& p = inside.flat().parts[i];
            const std::string_view name = p.name;
            if (name.ends_with("Rstop") || name.ends_with("Rg1")) silent += p.is_of_model ? 1 : 0;
        }
        CHECK(silent == 0);
    }
    measure::figure("triodes with stoppers in their models, relative", worst, "", 1e-12);
    CHECK(worst <= 1e-12);
}

TEST_CASE("A grid stopper within a model is read in a type, and its value can be changed")
{
    constexpr netlist<R"(t
V1 in 0 AC 1
R2 in 0 1meg
VB bb 0 300
RP bb p 100k
RK k 0 1.5k
CO p out 100n
RL out 0 1meg
X1 p in k T
.subckt T A G K MU=100 EX=1.4 KG1=1060 KP=600 KVB=300
Rstop G Gi 68k
B7 7 0 V = V(A,K)/{KP}*ln(1+exp({KP}*(1/{MU}+V(Gi,K)/sqrt({KVB}+V(A,K)*V(A,K)))))
R7 7 0 1G
BG A K I = 2*pwr(max(V(7),0),{EX})/{KG1}
CGP Gi A 1.7p
.ends
)">
        stage_of_it{};
    constexpr auto shorter = with<"X1.Rstop">(stage_of_it, resistance{1e3});
    // The Miller capacitance behind the stopper: a pole of 68k and 1.7p * (1 + 29.8).
    const auto gain = [](const auto& block, double hertz) { return decibels(response(circuit{chain{block}}, frequency{hertz})); };
    CHECK(gain(stage_of_it, 1e3) - gain(stage_of_it, 44.7e3) == Approx(3.0).margin(0.2));
    CHECK(gain(shorter, 1e3) - gain(shorter, 44.7e3) == Approx(0.0).margin(0.01));
}
