// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/documents.hpp"
#include "support/measure.hpp"
#include "support/reference.hpp"

#include <phono/circuit/circuit.hpp>
#include <phono/netlist_reading.hpp>

#include <map>

// The netlists of tests/reference, read as they are, against what ngspice made of them.

using namespace phono;

namespace {

constexpr double worst_db = 1e-8, worst_degrees = 1e-7;
constexpr double worst_rest = 1e-6, vntol = 1e-12;   // of a node's voltage, and ngspice's absolute tolerance

/// A netlist as it lies in tests/reference, with the file that it includes.
netlist_reading reading_of(const std::string& name, const std::string& output = {})
{
    static const std::string triodes = documents::text_of("tests/reference/tube/triodes.inc");
    static const netlist_file included{"triodes.inc", triodes};
    netlist_choice choice;
    choice.output = output;
    choice.files = {&included, 1};
    return netlist_reading{documents::text_of("tests/reference/" + name + ".cir"), choice};
}

bounded_netlist circuit_of(const std::string& name, const std::string& output = {})
{
    const netlist_reading reading = reading_of(name, output);
    INFO(name << ": " << to_string(reading.problem()));
    REQUIRE_FALSE(reading.problem());
    static std::vector<netlist_reading> kept;   // a circuit's names live in its reading
    kept.push_back(reading);
    return reading.flat();
}

/// The differences from a pair of columns, decibels and degrees, where the response is within 200 dB of its peak.
std::pair<double, double> differences(const bounded_netlist& flat, const std::string& table, std::size_t column)
{
    const circuit held{flat};
    INFO(table);
    REQUIRE_FALSE(held.problem());
    double db = 0.0, degrees = 0.0;
    for (const auto& row : measure::reference_rows(table)) {
        const auto h = response(held, frequency{row[0]});
        const double off = std::abs(decibels(h) - row[column]), turn = phono::degrees(h) - row[column + 1];
        const double angle = std::abs(turn - 360.0 * std::round(turn / 360.0));
        if (!(off <= db)) db = off;
        if (!(angle <= degrees)) degrees = angle;
    }
    return {db, degrees};
}

}   // namespace

TEST_CASE("The linear netlists that ngspice ran are read and have its response")
{
    double db = 0.0, degrees = 0.0;
    int files = 0;
    for (const std::string& file : documents::files_below("tests/reference/linear", ".cir")) {
        const std::string name =
            file.substr(std::string{"tests/reference/"}.size(), file.size() - std::string{"tests/reference/.cir"}.size());
        const auto [off, turn] = differences(circuit_of(name, name == "linear/tia_zin" ? "inn" : ""), name, 1);
        INFO(name);
        CHECK(off <= worst_db);
        CHECK(turn <= worst_degrees);
        db = std::max(db, off), degrees = std::max(degrees, turn);
        ++files;
    }
    CHECK(files == 12);
    measure::figure("12 linear netlists of tests/reference: response", db, "dB", worst_db);
    measure::figure("12 linear netlists of tests/reference: response", degrees, "deg", worst_degrees);
}

TEST_CASE("The netlists of builds are read and have ngspice's gain")
{
    const auto table = measure::reference_rows("tolerance/builds");
    double worst = 0.0;
    for (std::size_t build = 0; build < 20; ++build) {
        const circuit held{circuit_of("tolerance/build_" + std::to_string(build))};
        for (const auto& row : table) worst = std::max(worst, std::abs(decibels(response(held, frequency{row.at(0)})) - row.at(build + 1)));
    }
    measure::figure("20 builds of tests/reference/tolerance: gain", worst, "dB", worst_db);
    CHECK(worst <= worst_db);
}

TEST_CASE("The netlists with triodes that ngspice ran are read and have its small-signal response")
{
    struct subject {
        const char *name, *node;
        std::size_t column;
    };
    double worst = 0.0, worst_turn = 0.0;
    for (const subject& s : {subject{"tube/single12ax7_direct_ac", "out", 1},
                             {"tube/single12ax7_direct_ac", "p", 3},
                             {"tube/single12ax7_coupled_ac", "out", 1},
                             {"tube/single12ax7_coupled_ac", "p", 3},
                             {"tube/nach_triode_openloop", "out", 1},
                             {"tube/nach_triode_ceramic", "out", 1},
                             {"tube/nach_triode_magnetic", "out", 1},
                             {"tube_smooth/ck_ac", "o", 1},
                             {"tube_smooth/ck_ac", "p", 3},
                             {"tube_smooth/ck_ac", "k", 5},
                             {"tube_smooth/fb_ac", "o", 1}}) {
        const auto [off, turn] = differences(circuit_of(s.name, s.node), s.name, s.column);
        INFO(s.name << ' ' << s.node);
        CHECK(off <= worst_db);
        CHECK(turn <= worst_degrees);
        worst = std::max(worst, off), worst_turn = std::max(worst_turn, turn);
    }
    measure::figure("netlists with triodes: response", worst, "dB", worst_db);
    measure::figure("netlists with triodes: response", worst_turn, "deg", worst_degrees);
}

TEST_CASE("The netlists with triodes that ngspice ran are read and have its operating points")
{
    const std::map<std::string, std::map<std::string, double>> printed{
        {"tube/single12ax7_direct_ac", {{"p", 202.9497194633}, {"k", 1.455752708060}, {"g", 0.0}}},
        {"tube/single12ax7_coupled_ac", {{"p", 202.9179320835}, {"k", 1.456229518756}, {"g", 0.0009999939073307}}},
        {"tube/nach_triode_openloop",
         {{"p1a", 176.4434433733},
          {"p1b", 176.7702331104},
          {"k1", 28.04392439908},
          {"gp", 26.92326836619},
          {"inn", 26.91871141745},
          {"bias", 26.92316836773},
          {"k2", 178.3232783953},
          {"p2a", 314.7857537022},
          {"p2b", 305.4422713639},
          {"acg", 26.91866441828},
          {"dv", 26.91822442609}}},
        {"tube/nach_triode_ceramic",
         {{"p1a", 176.4434429017},
          {"p1b", 176.7702347177},
          {"k1", 28.04392427002},
          {"gp", 26.92326824230},
          {"inn", 26.91871126456},
          {"bias", 26.92316824384},
          {"k2", 178.3232789615},
          {"p2a", 314.7857898379},
          {"p2b", 305.4422320694},
          {"acg", 26.91867253865},
          {"dv", 26.91823254646}}},
        {"tube/nach_triode_magnetic",
         {{"p1a", 176.4434433734},
          {"p1b", 176.7702331102},
          {"k1", 28.04392439909},
          {"gp", 26.92326836620},
          {"inn", 26.91871141746},
          {"bias", 26.92316836774},
          {"k2", 178.3232783952},
          {"p2a", 314.7857536989},
          {"p2b", 305.4422713675},
          {"acg", 26.91866441823},
          {"dv", 26.91822442545}}},
        {"tube_smooth/ck_ac", {{"g", -1.80945760191e-07}, {"k", 1.455701037971}, {"p", 202.9532641534}}},
        {"tube_smooth/fb_ac",
         {{"g1", -1.78222158814e-10},
          {"k1", 1.455248290454},
          {"p1", 202.9251674538},
          {"g2", -1.80945760192e-07},
          {"k2", 1.455701037971},
          {"p2", 202.9532641534},
          {"m", 1.387060845527},
          {"o", 0.5827986745912}}}};
    double worst = 0.0;
    int nodes = 0;
    for (const auto& [name, volts] : printed) {
        const netlist_reading reading = reading_of(name, volts.begin()->first);
        INFO(name << ": " << to_string(reading.problem()));
        REQUIRE_FALSE(reading.problem());
        const circuit held{reading.flat()};
        REQUIRE_FALSE(held.problem());
        for (const auto& [node, expected] : volts) {
            INFO(node);
            REQUIRE(reading.find(node));
            // At this grid nothing but a diode's leakage flows, to which ngspice's gmin of 1 fS adds.
            const bool is_leakage = name == "tube/single12ax7_coupled_ac" && node == "g";
            const double gmin = is_leakage ? 1e-15 * 1e6 * held.triodes()[0].vgk : 0.0;
            const double off = std::abs(held.quiescent(*reading.find(node)).si - gmin - expected);
            const double relative = expected == 0.0 ? off : std::max(off - vntol, 0.0) / std::abs(expected);
            CHECK(relative <= worst_rest);
            worst = std::max(worst, relative);
            ++nodes;
        }
    }
    measure::figure(std::to_string(nodes) + " nodes at rest, relative", worst, "", worst_rest);
}

TEST_CASE("Every netlist of tests/reference is read")
{
    int read = 0;
    for (const std::string& file : documents::files_below("tests/reference", ".cir")) {
        const std::string name = file.substr(std::string{"tests/reference/"}.size());
        const std::string output = name.starts_with("tube_smooth/") ? "o" : name == "linear/tia_zin.cir" ? "inn" : "";
        const netlist_reading reading = reading_of(name.substr(0, name.size() - 4), output);
        INFO(name << ": " << to_string(reading.problem()));
        CHECK_FALSE(reading.problem());
        CHECK_FALSE(circuit{reading.flat()}.problem());
        ++read;
    }
    measure::note("netlists of tests/reference", std::to_string(read));
    CHECK(read == 58);
}
