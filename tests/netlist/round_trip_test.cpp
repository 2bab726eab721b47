// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/quiescent_names.hpp"

#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/chain/without_cartridge.hpp>
#include <phono/large_signal/tube_engine.hpp>
#include <phono/netlist_reading.hpp>
#include <phono/spice/spice.hpp>

#include <cctype>
#include <functional>
#include <memory>
#include <sstream>
#include <utility>

// Every preamp of the catalogue, written as a netlist and read back.

using namespace phono;
using namespace phono::literals;

namespace {

constexpr double worst_db = 1e-9, worst_degrees = 1e-9;
constexpr double worst_rest = 1e-9;          // of a node's voltage, and volts where that is below 1 V
constexpr double worst_over_time = -200.0;   // decibels below the peak

/// A schematic, whatever its type.
struct subject {
    std::string name, text;
    std::function<std::complex<double>(double hertz)> response;
    std::map<std::string, double> at_rest;   ///< volts, by the names of the netlist
    bounded_netlist flat;
};

template <class Chain>
subject subject_of(const std::string& name, const Chain& schematic)
{
    const circuit held{schematic};
    INFO(name);
    REQUIRE_FALSE(held.problem());
    subject s{name,
              spice(schematic, name),
              [schematic](double hertz) { return phono::response(schematic, frequency{hertz}); },
              {},
              bounded(held.netlist())};
    if (s.flat.triode_count > 0) s.at_rest = ngspice::volts_by_name(held, s.text);
    return s;
}

const std::vector<subject>& all()
{
    static const std::vector<subject> found = [] {
        std::vector<subject> those;
        const auto take = [&](const auto& known) {
            those.push_back(subject_of(std::string{known.name}, known.value));
            those.push_back(subject_of(std::string{known.name} + " without cartridge", without_cartridge(known.value)));
        };
        catalogue::for_each_preamp(take);
        catalogue::for_each_tube_preamp(take);
        return those;
    }();
    return found;
}

netlist_reading read_back(const std::string& name, const std::string& text)
{
    netlist_reading reading{text};
    INFO(name << ": " << to_string(reading.problem()) << '\n' << text);
    REQUIRE_FALSE(reading.problem());
    return reading;
}

/// The same circuit with its parts, but those of subcircuits, in reverse order. They begin with capitals, commands do not.
std::string reversed(const std::string& text)
{
    std::vector<std::string> lines;
    std::vector<std::size_t> parts;
    std::istringstream in{text};
    bool is_inside = false;
    for (std::string line; std::getline(in, line); lines.push_back(line)) {
        REQUIRE(line.find('+') != 0);   // a continued line would have to go with its beginning
        is_inside = (is_inside || line.find(".subckt") == 0) && line.find(".ends") != 0;
        if (!is_inside && !line.empty() && std::isupper(static_cast<unsigned char>(line[0]))) parts.push_back(lines.size());
    }
    REQUIRE(parts.size() > 4);
    for (std::size_t i = 0; i < parts.size() / 2; ++i) std::swap(lines[parts[i]], lines[parts[parts.size() - 1 - i]]);
    std::string all;
    for (const std::string& line : lines) all += line + '\n';
    return all;
}

double larger(double a, double b) { return b <= a ? a : b; }   // and NaN

/// What is played: a tone of 1 kHz, a click, a sweep upwards.
enum class transient { tone, click, sweep };

/// One channel of so many volts at a rate, from rest.
std::vector<double> played(const bounded_netlist& flat, frequency rate, transient kind, double volts)
{
    const auto engine = std::make_unique<detail::tube_engine<bounded_netlist>>();
    engine->design(flat, rate, oversampling::automatic);
    REQUIRE_FALSE(engine->problem());
    std::vector<double> out;
    for (int n = 0; n < 2000; ++n) {
        const double tone = std::sin(2.0 * math::pi * 1000.0 * n / rate.si), sweep = std::sin(3e-4 * n * n);
        out.push_back((*engine)(volts * (kind == transient::tone ? tone : kind == transient::sweep ? sweep : n == 100 ? 1.0 : 0.0)));
    }
    return out;
}

}   // namespace

TEST_CASE("A preamp of the catalogue, written as a netlist and read, has its response")
{
    const std::vector<double> frequencies = measure::log_frequencies(10.0, 100e3, 200);
    double db = 0.0, degrees = 0.0;
    for (const subject& s : all()) {
        const netlist_reading reading = read_back(s.name, s.text);
        const circuit held{reading.flat()};
        REQUIRE_FALSE(held.problem());
        double off = 0.0, turned = 0.0;
        for (const double hertz : frequencies) {
            const auto own = s.response(hertz), back = response(held, frequency{hertz});
            const double turn = phono::degrees(back) - phono::degrees(own);
            off = larger(off, std::abs(decibels(back) - decibels(own)));
            turned = larger(turned, std::abs(turn - 360.0 * std::round(turn / 360.0)));
        }
        INFO(s.name << '\n' << s.text);
        CHECK(off <= worst_db);
        CHECK(turned <= worst_degrees);
        db = larger(db, off), degrees = larger(degrees, turned);
    }
    const std::string title = std::to_string(all().size()) + " netlists read back: response";
    measure::figure(title, db, "dB", worst_db);
    measure::figure(title, degrees, "deg", worst_degrees);
}

TEST_CASE("A preamp with tubes, written as a netlist and read, has its operating point")
{
    double worst = 0.0;
    int nodes = 0;
    for (const subject& s : all()) {
        const netlist_reading reading = read_back(s.name, s.text);
        const circuit held{reading.flat()};
        for (const auto& [name, volts] : s.at_rest) {
            INFO(s.name << ' ' << name << '\n' << s.text);
            REQUIRE(reading.find(name));
            const double off = std::abs(held.quiescent(*reading.find(name)).si - volts) / std::max(1.0, std::abs(volts));
            CHECK(off <= worst_rest);
            worst = larger(worst, off);
            ++nodes;
        }
    }
    CHECK(nodes > 50);
    measure::figure(std::to_string(nodes) + " nodes at rest", worst, "", worst_rest);
}

TEST_CASE("A preamp with tubes, written as a netlist and read, plays the same in any order of its parts")
{
    double worst = -1e300, worst_reversed = -1e300;
    int played_back = 0;
    for (const subject& s : all()) {
        if (s.flat.triode_count == 0 || s.flat.factors > 0) continue;   // a curve is a circuit once it is written
        const netlist_reading same = read_back(s.name, s.text), otherwise = read_back(s.name, reversed(s.text));
        for (const frequency rate : {44.1_kHz, 96_kHz, 192_kHz})
            for (const transient kind : {transient::tone, transient::click, transient::sweep})
                for (const double volts : {0.005, 1.0}) {
                    const std::vector<double> own = played(s.flat, rate, kind, volts);
                    const double off = measure::residual_db(played(same.flat(), rate, kind, volts), own);
                    INFO(s.name << ", " << rate.si << " Hz, " << static_cast<int>(kind) << ", " << volts << " V");
                    CHECK(off <= worst_over_time);
                    worst = larger(worst, off);
                    if (rate.si != 96e3) continue;
                    const double off_reversed = measure::residual_db(played(otherwise.flat(), rate, kind, volts), own);
                    CHECK(off_reversed <= worst_over_time);
                    worst_reversed = larger(worst_reversed, off_reversed);
                }
        ++played_back;
    }
    CHECK(played_back >= 10);
    measure::figure(std::to_string(played_back) + " preamps with tubes, tones, clicks and sweeps at three rates", worst, "dB",
                    worst_over_time);
    measure::figure("the same at 96 kHz, their parts in reverse order", worst_reversed, "dB", worst_over_time);
}
