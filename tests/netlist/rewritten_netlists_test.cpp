// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/documents.hpp"
#include "support/measure.hpp"

#include <phono/netlist_reading.hpp>
#include <phono/phono.hpp>
#include <phono/spice/spice.hpp>

#include <complex>
#include <string>
#include <vector>

// What `spice` writes of a netlist that was read is a netlist, too.

using namespace phono;

namespace {

constexpr double worst = 1e-9;   // relative

struct subject {
    std::string name, text, output{};
};

/// Circuits in which supplies feed nothing that is modelled, or what only a switch looks at.
std::vector<subject> with_idle_supplies()
{
    const std::string stage =
        "V1 in 0 AC 1\nR1 in g 1k\nR2 g 0 1meg\nVB bb 0 300\nRP bb p 100k\nRK k 0 1.5k\nCO p out 100n\nRL out 0 1meg\n";
    const std::string second = "RP2 bb p2 100k\nRG2 g2 0 1meg\nRK2 k2 0 1.5k\n";
    const std::string amplifier = "V1 in 0 AC 1\nR1 out fb 10k\nR2 fb 0 1k\n";
    return {
        {"a supply", "t\nVX x 0 12\n" + stage + "X1 p g k 12AX7\n"},
        {"heaters from a source with resistors to ground",
         "t\n" + stage + second + "VH h1 h2 6.3\nRH1 h1 0 100\nRH2 h2 0 100\nXU1 p g k h1 h2 p2 g2 k2 h2 ECC83\n"},
        {"heaters from a source to nothing", "t\n" + stage + second + "VH h1 h2 6.3\nXU1 p g k h1 h2 p2 g2 k2 NC_9 ECC83\n"},
        {"heaters behind a resistor", "t\n" + stage + second + "VH h 0 12.6\nRH h h4 1\nXU1 p g k h4 0 p2 g2 k2 NC_9 ECC83\n"},
        {"an amplifier's supplies behind resistors",
         "t\nVP p15 0 15\nRP p15 vp 100\nVN n15 0 -15\nRN n15 vn 100\nLN vn vn2 1m\nX1 in fb vp vn2 out NE5532\n" + amplifier},
        {"an amplifier's supplies behind resistors, with capacitors",
         "t\nVP p15 0 15\nRP p15 vp 100\nCP vp 0 100n\nVN n15 0 -15\nRN n15 vn 100\nCN vn 0 100n\nX1 in fb vp vn out NE5532\n" + amplifier},
        {"the same with the resistors first", "t\nRP p15 vp 100\nVP p15 0 15\nVN vn 0 -15\nX1 in fb vp vn out NE5532\n" + amplifier},
        {"a supply halved", "t\nVP vp 0 30\nEN vn 0 vp 0 -0.5\nX1 in fb vp vn out NE5532\n" + amplifier},
        {"a supply halved, as KiCad sorts it", "t\nEN vn 0 vp 0 -0.5\nVP vp 0 30\nX1 in fb vp vn out NE5532\n" + amplifier},
        {"a switch by a source of what another holds, as KiCad sorts it",
         "t\nE1 n2 0 n1 0 1\nR1 in out 1k\nR3 out 0 10k\nS1 out 0 n2 0 m\nV1 in 0 AC 1\nV2 n1 0 5\n.model m SW(vt=2.5 ron=10)\n"},
        {"a switch by a source of what another holds",
         "t\nV1 in 0 AC 1\nR1 in out 1k\nR2 out 0 10k\nVC c 0 0\nBN n 0 V=1-V(c)\nEN n2 0 n 0 2\nS1 out 0 n2 0 m\n.model m SW(vt=0.5)\n"}};
}

std::vector<subject> of_reference()
{
    std::vector<subject> all;
    for (const std::string& file : documents::files_below("tests/reference", ".cir"))
        all.push_back({file, documents::text_of(file),
                       file.find("tube_smooth/") != std::string::npos ? "o"
                       : file.ends_with("linear/tia_zin.cir")         ? "inn"
                                                                      : ""});
    return all;
}

}   // namespace

TEST_CASE("What is written of a netlist is read, and is the same circuit")
{
    static const std::string triodes = documents::text_of("tests/reference/tube/triodes.inc");
    static const netlist_file included{"triodes.inc", triodes};
    std::vector<subject> all = with_idle_supplies();
    for (subject& s : of_reference()) all.push_back(std::move(s));
    double most = 0.0;
    for (const subject& s : all) {
        INFO(s.name << '\n' << s.text);
        const netlist_reading reading{s.text, {.output = s.output, .files = {&included, 1}}};
        INFO(to_string(reading.problem()));
        REQUIRE_FALSE(reading.problem());
        const std::string written = spice(reading.flat(), "t");
        const netlist_reading again{written};
        INFO(written << to_string(again.problem()));
        CHECK_FALSE(again.problem());
        if (again.problem()) continue;
        const circuit one{reading.flat()}, other{again.flat()};
        for (const double hertz : {20.0, 1e3, 20e3}) {
            const std::complex<double> h = response(one, frequency{hertz}), same = response(other, frequency{hertz});
            const double off = std::abs(same - h) / std::abs(h);
            CHECK(off <= worst);
            if (off > most) most = off;
        }
    }
    measure::figure(std::to_string(all.size()) + " netlists, written and read again: response, relative", most, "", worst);
}

TEST_CASE("A misspelt node behind a supply is told all the same")
{
    const netlist_reading misspelt{"t\nV1 in 0 AC 1\nVP vp 0 15\nRP vp vpp 100\nR1 in out 1k\nR2 out 0 1k\n"};
    CHECK(misspelt.problem().word == "vpp");
    CHECK(misspelt.problem().line == 4);
    const netlist_reading plate{"t\nV1 in 0 AC 1\nVB bb 0 300\nRP bb plate 100k\nX1 p in k 12AX7\nRK k 0 1k\nCO p out 1u\nRL out 0 1meg\n"};
    CHECK(plate.problem().word == "plate");
}
