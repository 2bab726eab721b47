// SPDX-License-Identifier: BSL-1.0
#include "netlist/written_netlists.hpp"
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/ngspice.hpp"

#include <phono/circuit/circuit.hpp>
#include <phono/netlist_reading.hpp>

#include <functional>

// Random netlists, given to ngspice as they are, to a solver of this folder as the circuits that they were written from, and to the reader.

namespace {

using random_netlists::netlist;

constexpr double worst_db = 1e-6, worst_of_solver = 1e-8;   // where the response is within 80 dB of its peak
constexpr std::uint64_t netlists = 200;

struct simulated {
    netlist text;
    std::vector<ngspice::row> points;   ///< hertz, decibels, degrees
    double peak = -1e300;
};

/// All of them by ngspice, once for this program.
const std::vector<simulated>& all()
{
    static const std::vector<simulated> found = [] {
        std::vector<std::string> texts;
        std::vector<simulated> those;
        for (std::uint64_t seed = 1; seed <= netlists; ++seed) {
            those.push_back({random_netlists::random_netlist(seed), {}});
            texts.push_back(those.back().text.text);
        }
        std::size_t at = 0;
        for (const std::string& printed : ngspice::run(texts)) {
            simulated& one = those[at++];
            one.points = ngspice::table(printed);
            INFO(one.text.text << printed);
            REQUIRE(one.points.size() == 41);
            for (const auto& p : one.points) one.peak = std::max(one.peak, p.second);
        }
        return those;
    }();
    return found;
}

/// The largest difference, in decibels, from a response in the same units; not a number persists.
double difference(const simulated& one, const std::function<std::complex<double>(double hertz)>& response)
{
    double worst = 0.0;
    for (const auto& p : one.points) {
        if (p.second < one.peak - 80.0) continue;
        const std::complex<double> h = response(p.first);
        const double size = std::abs(h / std::polar(std::pow(10.0, p.second / 20.0), p.third * std::acos(-1.0) / 180.0) - 1.0);
        const double off = 20.0 * std::log10(1.0 + size);   // of magnitude and phase together
        if (worst == worst && !(off <= worst)) worst = off;
    }
    return worst;
}

}   // namespace

TEST_CASE("ngspice gets the response of the circuit that a random netlist was written from")
{
    double worst = 0.0;
    for (const simulated& one : all()) {
        nodal::solver solver{one.text.parts};
        const double off = difference(one, [&](double hertz) { return std::complex<double>{solver(one.text.output, hertz)}; });
        INFO(one.text.text);
        CHECK(off <= worst_of_solver);
        worst = std::max(worst, off);
    }
    measure::figure("200 random netlists: ngspice and a nodal analysis in long double", worst, "dB", worst_of_solver);
}

TEST_CASE("The library reads random netlists and gets the response of ngspice")
{
    double worst = 0.0;
    for (const simulated& one : all()) {
        phono::netlist_choice choice;
        choice.output = one.text.output;
        const phono::netlist_reading reading{one.text.text, choice};
        INFO(one.text.text << to_string(reading.problem()));
        REQUIRE_FALSE(reading.problem());
        const phono::circuit held{reading.flat()};
        REQUIRE_FALSE(held.problem());
        const double off = difference(one, [&](double hertz) { return phono::response(held, phono::frequency{hertz}); });
        CHECK(off <= worst_db);
        worst = std::max(worst, off);
    }
    measure::figure("200 random netlists: ngspice and the library", worst, "dB", worst_db);
}

TEST_CASE("Random netlists have every kind of part and every way of writing")
{
    std::map<std::string, int> times;
    for (const simulated& one : all()) {
        for (const auto& p : one.text.parts) ++times[std::string(1, p.kind)];
        for (const char* words :
             {".subckt", "params:", "{",    "'",   "\n+",      " ; ", " $ ", "\r\n",  "\t",   "value=", "vol='", "cur='", "meg",
              "Net-_",   "/amp/",   "N001", "gnd", "\n.param", "Meg", "MEG", "sqrt(", "max(", "?",      "\nX",   "\nB"})
            if (one.text.text.find(words) != std::string::npos) ++times[words];
    }
    for (const auto& [what, count] : times) {
        INFO(what << ": " << count);
        CHECK(count >= 3);
    }
    CHECK(times.size() == 35);
}
