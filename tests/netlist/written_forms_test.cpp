// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/ngspice.hpp"

#include <phono/netlist_reading.hpp>
#include <phono/phono.hpp>

#include <array>
#include <complex>
#include <string>
#include <vector>

// The ways in which netlists of the field write what they mean: as ngspice reads them, or, where only LTspice does, as it says.

using namespace phono;

namespace {

using complex = std::complex<double>;

constexpr std::array frequencies{20.0, 1e3, 20e3};

/// Netlists between in and out, and the same ones for whom cannot read the first.
struct form {
    const char* name;
    const char* text;
};

/// What ngspice reads.
constexpr form of_ngspice[] = {
    {"an initial voltage, a value by name", "V1 in 0 AC 1\nR1 in out R=10k\nC1 out 0 10n IC=0\n"},
    {"a value behind its model",
     "V1 in 0 AC 1\nR1 in out rmod 10k\nC1 out 0 cmod 10n\n.model rmod R(tc1=0.001 tc2=0)\n.model cmod C(tc1=0)\n"},
    {"the value of a model", "V1 in 0 AC 1\nR1 in out rmod\nC1 out 0 cmod\n.model rmod R r=10k\n.model cmod C (cap=10n)\n"},
    {"a value before its model", "V1 in 0 AC 1\nR1 in out 10k rmod\nL1 out 0 lmod\n.model rmod R(tc1=0.001)\n.model lmod L(ind=1)\n"},
    {"a coupling by name", "V1 in 0 AC 1\nR1 in p 10\nL1 p 0 1\nL2 out 0 4\nR2 out 0 47k\nK1 L1 L2 k=0.99\n"},
    {"values in brackets", "V1 in 0 dc(0) ac(1)\nR1 in out 10k\nC1 out 0 10n\n"},
    {"DC without a value, as KiCad writes it", "V1 in 0 DC ac=1\nR1 in out 10k\nC1 out 0 10n\n"},
    {"a sine beside AC", "V1 in 0 dc 0 ac 1 0 SIN(0 1 1k 0 0 0)\nR1 in out 10k\nC1 out 0 10n\n"},
    {"a sine without brackets before AC", "V1 in 0 SIN 0 1 1k AC 1\nV2 b 0 AC 0\nR1 in out 10k\nR2 out b 10k\n"},
    {"a pulse before AC, a supply by PWL", "V1 in 0 PULSE(0 1 0 1u 1u 1m 2m) AC 1\nV2 b 0 PWL(0 12 1m 12)\nR1 in out 10k\nR2 out b 10k\n"},
    {"POLY in either way",
     "V1 in 0 AC 1\nR1 in a 10k\nR3 a 0 10k\nE1 x 0 POLY(1) (in,0) 0 3\nE2 out x poly(2) in 0 a 0 0 1 2\nR2 out 0 1k\n"},
    {"sources by value, vol and cur",
     "V1 in 0 AC 1\nR1 in 0 10k\nE1 x 0 value={3*v(in)}\nE2 out x vol='2*v(in)'\nG1 0 out cur='v(in)*1m'\nR2 out 0 1k\n"},
    {"F and H", "V1 in 0 AC 1\nVs in a 0\nR1 a 0 10k\nF1 0 x Vs 2\nH1 out x Vs 1k\nR3 x 0 1k\nR2 out 0 10k\n"},
    {"sources in parallel",
     "V1 in 0 AC 1\nVs in a 0\nR1 a 0 10k\nG1 0 out in 0 1m m=2\nG2 0 out value={2m*v(in)} m = {1+2}\nF1 0 out Vs 3 M=4\n"
     "B1 0 out I=v(in)*1m m=5\nR2 out 0 1k m=2\nI1 0 out 1m m=2\n"},
    {"a current that drives, three of it", "I1 0 out AC 1 m=3\nR2 out 0 1k\n"},
    {"the same value for signals", "V1 in 0 AC 1\nR1 in out 10k ac=10k\nR2 out 0 1k m=2 AC = {500*2}\n"},
    {"ground in any case", "V1 in gnd AC 1\nR1 in out 10k\nC1 out GND 10n\nR2 out 0 100k\n"},
};

complex low_pass(double hertz) { return 1.0 / (1.0 + complex{0.0, 2.0 * math::pi * hertz * 10e3 * 10e-9}); }

std::string title(const char* text) { return std::string{"t\n"} + text; }

}   // namespace

TEST_CASE("What ngspice reads in several ways the library reads as it does")
{
    std::vector<std::string> texts;
    for (const form& f : of_ngspice)
        for (const double hertz : frequencies)
            texts.push_back(title(f.text) + ".options reltol=1e-10\n.control\nset numdgt=12\nac lin 1 " + std::to_string(hertz) + ' ' +
                            std::to_string(hertz) + "\nlet re = real(v(out))\nlet im = imag(v(out))\nprint re im\nquit 0\n.endc\n.end\n");
    const std::vector<std::string> answers = ngspice::run(texts);
    double worst = 0.0;
    std::size_t at = 0;
    for (const form& f : of_ngspice) {
        INFO(f.name << '\n' << f.text);
        const netlist_reading reading{title(f.text)};
        INFO(to_string(reading.problem()));
        REQUIRE_FALSE(reading.problem());
        const circuit held{reading.flat()};
        for (const double hertz : frequencies) {
            auto values = ngspice::values(answers[at++]);
            REQUIRE(values.count("re") == 1);
            const complex expected{values["re"], values["im"]};
            worst = std::max(worst, std::abs(complex(response(held, frequency{hertz})) - expected) / std::abs(expected));
        }
    }
    measure::figure("forms of ngspice, relative", worst, "", 1e-9);
    CHECK(worst <= 1e-9);
}

TEST_CASE("What only LTspice and PSpice write is read as they say")
{
    for (const char* text : {
             "V1 in 0 wavefile=\"record.wav\" chan=0\nR1 in out 10k\nC1 out 0 10n\n",   // drives, where none has AC
             "V1 in 0 AC 1 PWL file=record.txt\nR1 in out 10k\nC1 out 0 10n\n",
             "V1 in 0 SINE(0 5m 1k) AC 1\nR1 in out 10k tc=0.001, 0.0\nC1 out 0 10n MTBF=5k V=16 Irms=1 mfg=\"X\" pn=\"Y 2\" type=\"Al\"\n",
             "V1 in 0 DC 0 AC 1 0\nR1 in out R=10k temp=27\nC1 out 0 C=10n\n",
         }) {
        INFO(text);
        const netlist_reading reading{title(text)};
        INFO(to_string(reading.problem()));
        REQUIRE_FALSE(reading.problem());
        const circuit held{reading.flat()};
        for (const double hertz : frequencies) CHECK(std::abs(complex(response(held, frequency{hertz})) - low_pass(hertz)) < 1e-12);
    }
}

TEST_CASE("Sources stand at rest as in ngspice: with the phase of a sine, between points about time 0, as many as m= says")
{
    const char* const circuits[] = {
        "V1 in 0 DC 0 AC 1\nR1 in out 1k\nVB b 0 SIN(250 10 50 0 0 90)\nR2 out b 1k\n",
        "V1 in 0 DC 0 AC 1\nR1 in out 1k\nVB b 0 SINE(1 5 1k 1m 0 30)\nR2 out b 1k\n",
        "V1 in 0 DC 0 AC 1\nR1 in out 1k\nVB b 0 SIN(1 5 1k)\nR2 out b 1k\n",
        "V1 in 0 DC 0 AC 1\nR1 in out 1k\nI1 0 out SIN(1m 2m 1k 0 0 30)\nR2 out 0 1k\n",
        "V1 in 0 DC 0 AC 1\nR1 in out 1k\nVB b 0 PWL(-1 0 1 10)\nR2 out b 1k\n",
        "V1 in 0 DC 0 AC 1\nR1 in out 1k\nVB b 0 PWL(0 3 1 10)\nR2 out b 1k\n",
        "V1 in 0 DC 0 AC 1\nR1 in out 1k\nVB b 0 PWL(1m 3 1 10)\nR2 out b 1k\n",
        "V1 in 0 SIN(1 1 1k 0 0 90) AC 1\nR1 in out 1k\nR2 out 0 1k\n",
        "I1 0 in DC 1m AC 1 m=2\nR1 in out 1k\nR2 out 0 1k\n",
        "I1 0 in AC 1 m=3 PULSE(1m 2m 1 1u 1u 1 3)\nR1 in out 1k\nR2 out 0 1k\n",
    };
    std::vector<std::string> texts;
    for (const char* text : circuits) texts.push_back(title(text) + ".control\nset numdgt=12\nop\nprint v(out)\nquit 0\n.endc\n.end\n");
    const std::vector<std::string> answers = ngspice::run(texts);
    double worst = 0.0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        INFO(circuits[i] << answers[i]);
        auto values = ngspice::values(answers[i]);
        REQUIRE(values.count("v(out)") == 1);
        const netlist_reading reading{title(circuits[i])};
        INFO(to_string(reading.problem()));
        REQUIRE_FALSE(reading.problem());
        const double off = std::abs(circuit{reading.flat()}.quiescent(reading.flat().output).si / values["v(out)"] - 1.0);
        CHECK(off <= 1e-9);
        worst = std::max(worst, off);
    }
    measure::figure("sources at rest, relative", worst, "", 1e-9);
}
