// SPDX-License-Identifier: BSL-1.0
#include "support/built_preamp.hpp"
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/reference.hpp"

#include <phono/analysis/tolerance.hpp>
#include <phono/analysis/worst_corner.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/circuit/bounded_netlist.hpp>
#include <phono/equaliser/passive_network.hpp>
#include <phono/spice/spice.hpp>

#include <bit>
#include <cmath>
#include <map>

using namespace phono;
using namespace phono::literals;

namespace {

constexpr double factor(part_spread spread, int build, int part)
{
    return detail::part_factor(spread, percent{100.0}, 1, build, part) - 1.0;
}

// Recorded: by g++ 12 and clang 14 alike, and by the compiler itself.
static_assert(detail::part_factor(part_spread::uniform, percent{5.0}, 1, 0, 0) == 0x1.f9fc090db77aap-1);
static_assert(detail::part_factor(part_spread::normal, percent{5.0}, 1, 7, 3) == 0x1.02c666af52857p+0);
static_assert(detail::part_factor(part_spread::corners, percent{5.0}, 0xffff'ffff'ffff'ffff, 2'000'000'000, 4095) == 0x1.0cccccccccccdp+0);

struct moments {
    double mean = 0.0, square = 0.0, within_a_third = 0.0, largest = 0.0;
};

moments moments_of(part_spread spread)
{
    constexpr int builds = 2000, parts = 50;
    moments m;
    for (int i = 0; i < builds; ++i) {
        for (int k = 0; k < parts; ++k) {
            const double x = factor(spread, i, k);
            m.mean += x, m.square += x * x, m.within_a_third += std::fabs(x) < 1.0 / 3.0 ? 1.0 : 0.0;
            m.largest = std::max(m.largest, std::fabs(x));
        }
    }
    for (double* sum : {&m.mean, &m.square, &m.within_a_third}) *sum /= builds * parts;
    return m;
}

constexpr double four_sigma = 4.0 / 316.0;   // of a mean of 100,000 values of deviation 1

constexpr auto low_pass = chain{voltage_source{}, series_arm{resistor{10_kOhm}}, shunt_arm{capacitor{10_nF}}};
constexpr curve low_pass_curve{.lags = {100_us}};

/// Of the low-pass with a time constant that is larger by a factor, re the one that it should have: it grows with frequency.
double low_pass_deviation(double factor)
{
    const auto squared = [](double hertz, double tau) { return 1.0 / (1.0 + std::pow(2.0 * math::pi * hertz * tau, 2.0)); };
    const auto at = [&](double hertz) { return squared(hertz, 1e-4 * factor) / squared(hertz, 1e-4); };
    return std::max(std::fabs(10.0 * std::log10(at(20e3) / at(1e3))), std::fabs(10.0 * std::log10(at(20.0) / at(1e3))));
}

/// FNV-1a over the bits of all figures.
std::uint64_t checksum(const tolerance_result& result)
{
    std::uint64_t sum = 0xcbf2'9ce4'8422'2325;
    const auto take = [&](double value) {
        for (auto bits = std::bit_cast<std::uint64_t>(value); bits != 0; bits >>= 8) sum = (sum ^ (bits & 0xff)) * 0x100'0000'01b3;
    };
    for (const build_figures& f : {result.deviation, result.balance})
        for (const double value : {f.mean.decibels, f.p50.decibels, f.p95.decibels, f.p99.decibels, f.worst.decibels, f.yield}) take(value);
    for (const band_point& p : result.band)
        for (const double value : {p.at.si, p.nominal.decibels, p.lowest.decibels, p.p5.decibels, p.p50.decibels, p.highest.decibels})
            take(value);
    return sum;
}

/// How far a build's response, as the bench computes it, is from that of the build's own netlist, in dB.
template <netlist_size size>
double largest_difference(const circuit<size>& held, int builds)
{
    const build_choice choice{.parts = {.cartridge = percent{10.0}}, .spread = part_spread::corners, .seed = 3};
    const detail::build_bench bench{held, curve{}, choice, {.per_octave = 2}};
    REQUIRE_FALSE(bench.problem());
    CHECK(bench.circuit().is_quick());
    auto own = bench.make_room();
    std::vector<double> squared(bench.points() + 1);
    double largest = 0.0;
    for (int i = 0; i < builds; ++i) {
        bench.evaluate(i, own, squared);
        const circuit built{build(held, choice, i)};
        for (std::size_t k = 0; k < squared.size(); k += 4) {
            const double expected = std::norm(response(built, frequency{bench.hertz()[k]}));
            largest = std::max(largest, std::fabs(10.0 * std::log10(squared[k] / expected)));
        }
    }
    return largest;
}

}   // namespace

TEST_CASE("Uniform values fill their tolerance evenly, normal ones as a bell cut off at three deviations, corners its ends")
{
    const moments uniform = moments_of(part_spread::uniform);
    CHECK(std::fabs(uniform.mean) < four_sigma / std::sqrt(3.0));
    CHECK(std::fabs(uniform.square - 1.0 / 3.0) < four_sigma * std::sqrt(1.0 / 5.0 - 1.0 / 9.0));
    CHECK(std::fabs(uniform.within_a_third - 1.0 / 3.0) < four_sigma * 0.48);
    CHECK(uniform.largest <= 1.0);
    CHECK(uniform.largest > 0.999);

    // With P = erf(3/sqrt 2): the variance is s^2 (1 - 6 phi(3)/P), and erf(1/sqrt 2)/P lie within one deviation s = 1/3.
    const double whole = std::erf(3.0 / std::sqrt(2.0)), phi = std::exp(-4.5) / std::sqrt(2.0 * math::pi);
    const moments normal = moments_of(part_spread::normal);
    CHECK(std::fabs(normal.mean) < four_sigma / 3.0);
    CHECK(std::fabs(normal.square - (1.0 - 6.0 * phi / whole) / 9.0) < four_sigma * std::sqrt(2.0) / 9.0);
    CHECK(std::fabs(normal.within_a_third - std::erf(std::sqrt(0.5)) / whole) < four_sigma * 0.47);
    CHECK(normal.largest <= 1.0);
    CHECK(normal.largest > 0.99);

    const moments corners = moments_of(part_spread::corners);
    CHECK(std::fabs(corners.mean) < four_sigma);
    CHECK(corners.square == Approx(1.0));
}

TEST_CASE("Another seed, build or part gives another value, and the same the same")
{
    const auto value = [](std::uint64_t seed, int build, int part) {
        return detail::part_factor(part_spread::uniform, percent{1.0}, seed, build, part);
    };
    CHECK(value(1, 2, 3) == value(1, 2, 3));
    CHECK(value(1, 2, 3) != value(2, 2, 3));
    CHECK(value(1, 2, 3) != value(1ull << 32 | 1, 2, 3));
    CHECK(value(1, 2, 3) != value(1, 3, 3));
    CHECK(value(1, 2, 3) != value(1, 2, 4));
}

TEST_CASE("Tolerances are those of a part's kind, of its name, and of itself, the nearer before the farther")
{
    constexpr auto schematic =
        chain{magnetic_cartridge{}, loading{.capacitance = 150_pF, .cable = 100_pF}, series_arm{resistor{1_kOhm}},
              feedback_stage{op_amp{.second_corner = 1_MHz, .input_capacitance = 5_pF}, resistor{10_kOhm}, resistor{1_kOhm}}};
    fault problem;
    const tolerances given{.resistors = percent{2.0},
                           .capacitors = percent{10.0},
                           .parts = {{"resistor_2", percent{0.1}}, {"resistor", percent{0.5}}, {"loading.cable", percent{20.0}}}};
    std::map<std::string, double> found;
    for (const auto& each : toleranced_parts(elaborate(schematic), given, problem)) found[each.name] = each.tolerance.value;
    CHECK_FALSE(problem);
    CHECK(found == std::map<std::string, double>{{"magnetic_cartridge.resistance", 0.0},
                                                 {"magnetic_cartridge.inductance", 0.0},
                                                 {"loading.resistance", 2.0},
                                                 {"loading.capacitance", 10.0},
                                                 {"loading.cable", 20.0},
                                                 {"resistor_1", 0.5},
                                                 {"resistor_2", 0.1},
                                                 {"resistor_3", 0.5}});
}

TEST_CASE("Twenty builds are those that are recorded, and ngspice gets their responses")
{
    const auto table = measure::reference_rows("tolerance/builds");
    REQUIRE(table.size() == 201);
    const circuit held{built::preamp};
    double worst = 0.0;
    for (int i = 0; i < built::builds; ++i) {
        const auto made = build(held, built::choice, i);
        std::ifstream file(PHONO_REFERENCE "/tolerance/build_" + std::to_string(i) + ".cir");
        std::istringstream text(spice(made, "build " + std::to_string(i)));
        int values = 0;
        for (std::string recorded, line; std::getline(file, recorded) && std::getline(text, line);) {
            if (line.starts_with('E')) continue;   // a gain, which the C library computes from decibels
            CHECK(line == recorded);
            values += line.starts_with('R') || line.starts_with('C') || line.starts_with('L') ? 1 : 0;
        }
        CHECK(values == 16);
        const circuit responding{made};
        for (const auto& row : table)
            worst = std::max(worst, std::fabs(decibels(response(responding, frequency{row[0]})) - row[static_cast<std::size_t>(i) + 1]));
    }
    measure::figure("twenty builds against ngspice", worst, "dB", 1e-8);
    CHECK(worst < 1e-8);
}

TEST_CASE("A build is computed as its netlist is: every preamp of the catalogue, at the corners of its tolerances")
{
    double worst = 0.0;
    catalogue::for_each_preamp([&](const auto& known) {
        INFO(known.name);
        worst = std::max(worst, largest_difference(circuit{bounded(elaborate(known.value))}, 2));
    });
    measure::figure("builds against their netlists", worst, "dB", 1e-9);
    CHECK(worst < 1e-9);
}

TEST_CASE("The triodes of every build are biased anew")
{
    double worst = 0.0;
    catalogue::for_each_tube_preamp([&](const auto& known) {
        INFO(known.name);
        worst = std::max(worst, largest_difference(circuit{bounded(elaborate(known.value))}, 2));
    });
    measure::figure("builds with tubes against their netlists", worst, "dB", 1e-9);
    CHECK(worst < 1e-9);
}

TEST_CASE("Figures of an RC low-pass are those of the formula over the same draws")
{
    constexpr int builds = 999;
    const tolerance_options options{
        .choice = {.parts = {.resistors = percent{10.0}, .capacitors = percent{0.0}}, .seed = 5}, .builds = builds, .bound = 0.5_dB};
    const auto found = tolerance(low_pass, low_pass_curve, options);
    REQUIRE_FALSE(found.problem);
    std::vector<double> expected, apart;
    for (int i = 0; i < builds; ++i)
        expected.push_back(low_pass_deviation(detail::part_factor(part_spread::uniform, percent{10.0}, 5, i, 0)));
    const auto worst = std::max_element(expected.begin(), expected.end()) - expected.begin();
    double sum = 0.0, good = 0.0;
    for (const double d : expected) sum += d, good += d <= 0.5 ? 1.0 : 0.0;
    std::sort(expected.begin(), expected.end());
    CHECK(found.nominal.decibels == Approx(0.0).margin(1e-12));
    CHECK(found.deviation.mean.decibels == Approx(sum / builds).epsilon(1e-9));
    CHECK(found.deviation.p50.decibels == Approx(expected[499]).epsilon(1e-9));   // the 500th of 999 is the least with half at or below it
    CHECK(found.deviation.p95.decibels == Approx(expected[949]).epsilon(1e-9));
    CHECK(found.deviation.p99.decibels == Approx(expected[989]).epsilon(1e-9));
    CHECK(found.deviation.worst.decibels == Approx(expected[998]).epsilon(1e-9));
    CHECK(found.deviation.worst_build == worst);
    CHECK(found.deviation.yield == Approx(good / builds).epsilon(1e-12));
    CHECK(good > 100.0);
    CHECK(good < 900.0);

    // Two channels differ most at 20 kHz, where the gain is almost that of an integrator: by the ratio of their time constants.
    double largest = 0.0;
    for (int i = 0; i + 1 < builds; i += 2) {
        const auto tau = [&](int build) { return 1e-4 * detail::part_factor(part_spread::uniform, percent{10.0}, 5, build, 0); };
        const auto level = [&](int build) { return -10.0 * std::log10(1.0 + std::pow(2.0 * math::pi * 20e3 * tau(build), 2.0)); };
        largest = std::max(largest, std::fabs(level(i) - level(i + 1)));
    }
    CHECK(found.balance.worst.decibels == Approx(largest).epsilon(1e-9));
    CHECK(found.balance.worst_build % 2 == 0);

    REQUIRE(found.band.size() == 81);
    CHECK(found.band.front().at == 20_Hz);
    CHECK(found.band.back().at == 20_kHz);
    const band_point& top = found.band.back();
    CHECK(top.lowest < top.p5);
    CHECK(top.p5 < top.p50);
    CHECK(top.p50 < top.p95);
    CHECK(top.p95 < top.highest);
    CHECK(std::max(-top.lowest.decibels, top.highest.decibels) == Approx(expected[998]).epsilon(1e-9));
}

TEST_CASE("Corners reach what the tolerance permits, and a hundred builds of exact parts are one")
{
    const auto corners = tolerance(low_pass, low_pass_curve, {.choice = {.spread = part_spread::corners}, .builds = 64});
    CHECK(corners.deviation.worst.decibels == Approx(low_pass_deviation(0.99 * 0.95)).epsilon(1e-9));
    CHECK(worst_corner(low_pass, low_pass_curve).decibels == Approx(low_pass_deviation(0.99 * 0.95)).epsilon(1e-9));
    const auto exact = tolerance(low_pass, low_pass_curve, {.choice = {.parts = {percent{0.0}, percent{0.0}}}, .builds = 100});
    CHECK(exact.deviation.worst.decibels < 1e-12);
    CHECK(exact.balance.worst.decibels == 0.0);
    CHECK(exact.deviation.yield == 1.0);
}

TEST_CASE("The figures have the same bits whatever the compiler, and in whatever order threads build")
{
    constexpr auto network = chain{voltage_source{}, passive_network<shunt_form::parallel>{47_kOhm, 16_nF, 6.8_kOhm, 47_nF}};
    const tolerance_options options{.choice = {.spread = part_spread::normal, .seed = 42}, .builds = 500, .bound = 0.2_dB};
    const auto found = tolerance(network, riaa, options);
    CHECK(checksum(found) == 0xe438'8c8a'217d'6d37);
    CHECK(found.deviation.p95.decibels == 0x1.bd8099db49849p-3);
    const auto backwards = tolerance(network, riaa, options, [](std::size_t count, const auto& task) {
        for (std::size_t i = count; i-- > 0;) task(i);
    });
    CHECK(checksum(backwards) == checksum(found));
}

TEST_CASE("No corner of a network of four parts is worse than the one that sensitivities tell")
{
    constexpr auto network = chain{voltage_source{}, passive_network<shunt_form::series>{10_kOhm, 220_nF, 1.5_kOhm, 68_nF}};
    const tolerances parts{.resistors = percent{2.0}, .capacitors = percent{10.0}};
    const detail::build_bench bench{circuit{network}, riaa, {.parts = parts}, {}};
    auto own = bench.make_room();
    std::vector<double> squared(bench.points() + 1);
    double worst = 0.0;
    for (int corner = 0; corner < 16; ++corner) {
        const auto end = [&](int k, double by) { return (corner >> k & 1) == 1 ? 1.0 + by : 1.0 - by; };
        bench.evaluate(std::vector<double>{end(0, 0.02), end(1, 0.1), end(2, 0.02), end(3, 0.1)}, own, squared);
        worst = std::max(worst, bench.deviation(squared));
    }
    CHECK(worst_corner(network, riaa, parts).decibels == Approx(worst).epsilon(1e-12));
    CHECK(tolerance(network, riaa, {.choice = {.parts = parts}}).deviation.worst.decibels < worst);
}

TEST_CASE("What cannot be built is a problem with a sentence")
{
    const auto rule = [](const tolerance_options& options) { return std::string{tolerance(low_pass, riaa, options).problem.rule}; };
    CHECK(rule({.builds = 0}) == "must be 1 to 1,000,000");
    CHECK(rule({.choice = {.parts = {.resistors = percent{100.0}}}}) == "must have a tolerance of 0 % or above and below 100 %");
    CHECK(rule({.choice = {.parts = {.parts = {{"valve", percent{1.0}}}}}}) ==
          "must name parts of the circuit that are bought; this entry names none");
    CHECK(rule({.band = {.from = 20_kHz}}) == "must be above zero and below build_band.to");
    CHECK(rule({.band = {.from = frequency{1e-300}, .to = frequency{1e300}}}) == "must be no less than 1e-300 of build_band.to");
    CHECK(rule({.band = {.per_octave = 1}}) == "must be 2 to 1000");
    CHECK(rule({}).empty());
    CHECK(std::string{tolerance(chain{voltage_source{}, series_arm{resistor{resistance{-1.0}}}}, riaa).problem.rule} ==
          "must be above zero");
}
