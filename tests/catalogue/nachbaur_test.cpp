// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/exact_riaa.hpp"
#include "support/measure.hpp"
#include "support/reference.hpp"

#include <phono/analysis/conformance.hpp>
#include <phono/analysis/impedance.hpp>
#include <phono/analysis/loop_gain.hpp>
#include <phono/analysis/minimum_gain.hpp>
#include <phono/analysis/open_loop.hpp>
#include <phono/catalogue/nachbaur.hpp>

#include <optional>
#include <string>

/// What F. Nachbaur's text says of his preamp, statement by statement, checked on the macro-model of the catalogue. The numbers beside the
/// statements come from ngspice and from the closed form below, not from the library.
namespace {

using namespace phono;
using namespace phono::literals;
namespace nb = phono::preamps::nachbaur;

using measure::complex;
using measure::real;

// The circuit once more, by hand ----------------------------------------------------------------------------------------------------------

constexpr real input = 100e3L / 2.0L;   // R101 parallel to R102
constexpr real ohm_111 = 220e3L, ohm_113 = 47e3L, ohm_118 = 150e3L, ohm_119 = 220e3L;
constexpr real farad_104 = 2.2e-6L, farad_105 = 2.2e-9L, farad_109 = 220e-9L, farad_110 = 53e-12L;

complex laplace(real hertz) { return {0.0L, 2.0L * measure::pi * hertz}; }
complex parallel_of(complex a, complex b) { return a * b / (a + b); }
const double half_power = measure::decibels(std::sqrt(2.0L));

/// C112 parallel to C111 + R122, in the form that shows the zero, the pole and the integrator.
complex integrator(complex s, real r122, real c111, real c112)
{
    const real pole = r122 * c111 * c112 / (c111 + c112);
    return (1.0L + s * r122 * c111) / (s * (c111 + c112) * (1.0L + s * pole));
}

/// The macro-model: gain 1000 and a pole at 2 kHz; the currents at the minus input give the share b of the output that returns to it.
struct closed_form {
    using network = std::optional<complex> (*)(complex s);   // ohms; empty: removed

    network zf, to_ground;
    real last;   // from the AC ground to the minus input, ohms

    static complex amplifier(complex s) { return 1000.0L / (1.0L + s / (2.0L * measure::pi * 2000.0L)); }

    complex fed_back(complex s) const
    {
        // The DC path as seen from the minus input: a fraction of the output behind an impedance.
        const complex c105 = 1.0L / (s * farad_105), c104 = 1.0L / (s * farad_104);
        complex fraction = 0.25L * c105 / (c105 + ohm_111);
        complex behind = parallel_of(c105, ohm_111) + ohm_111;   // R112 is as large
        fraction *= c104 / (c104 + behind);
        behind = parallel_of(behind, c104) + last;
        const auto admittance = [s](network n) { return n(s) ? 1.0L / *n(s) : complex{}; };
        return (admittance(zf) + fraction / behind) / (admittance(zf) + admittance(to_ground) + 1.0L / behind);
    }
    complex loop(real hertz) const { return amplifier(laplace(hertz)) * fed_back(laplace(hertz)); }
    complex operator()(real hertz) const { return amplifier(laplace(hertz)) / (1.0L + loop(hertz)); }
};

std::optional<complex> pulled(complex) { return {}; }
std::optional<complex> ceramic_zf(complex s) { return 1.0L / (s * farad_109) + ohm_118 / (1.0L + s * ohm_118 * farad_110); }
std::optional<complex> plain_zf(complex s) { return 1.0L / (s * farad_109) + ohm_118; }
std::optional<complex> small_zf(complex s) { return 820.0L + integrator(s, 100e3L, 3e-9L, 1e-9L); }
std::optional<complex> small_ground(complex s) { return 820.0L + 1.0L / (s * 22e-6L); }
std::optional<complex> large_zf(complex s) { return 8.2e3L + integrator(s, 1e6L, 300e-12L, 100e-12L); }
std::optional<complex> large_ground(complex s) { return 8.2e3L + 1.0L / (s * 2.2e-6L); }

constexpr real beside_113(real ohms) { return ohm_113 * ohms / (ohm_113 + ohms); }

constexpr closed_form ceramic_by_hand{ceramic_zf, pulled, beside_113(ohm_119)};
constexpr closed_form magnetic_by_hand{small_zf, small_ground, ohm_113};
constexpr closed_form open_loop_by_hand{pulled, pulled, ohm_113};

/// 600 pF of a ceramic element and C101 into R101 and R102: what is left of the EMF.
complex ceramic_input(real hertz)
{
    const complex s = laplace(hertz);
    return input / (input + 1.0L / (s * 470e-9L) + 1.0L / (s * 600e-12L));
}
/// 1 kOhm and 500 mH with 150 pF across, then C101 into R101 and R102.
complex magnetic_input(real hertz)
{
    const complex s = laplace(hertz);
    const complex behind_coil = input + 1.0L / (s * 470e-9L);
    const complex load = parallel_of(behind_coil, 1.0L / (s * 150e-12L));
    return load / (load + 1000.0L + s * 0.5L) * (input / behind_coil);
}

/// Calls visit(name, schematic, response by hand, loop gain by hand) for every variant of the catalogue.
void for_each_variant(const auto& visit)
{
    const auto stage = [&](const char* name, const auto& schematic, const closed_form& h) {
        visit(
            name, schematic, [h](real f) { return h(f); }, [h](real f) { return h.loop(f); });
    };
    stage("ceramic", preamps::nachbaur_ceramic, ceramic_by_hand);
    stage("ceramic without C110", preamps::nachbaur_ceramic_without_c110, {plain_zf, pulled, beside_113(ohm_119)});
    stage("magnetic", preamps::nachbaur_magnetic, magnetic_by_hand);
    stage("magnetic, R120 to AC ground", preamps::nachbaur_magnetic_r120_acg, {small_zf, pulled, beside_113(820.0L)});
    stage("magnetic, large scale", preamps::nachbaur_magnetic_large, {large_zf, large_ground, ohm_113});
    stage("magnetic, large scale, R120 to AC ground", preamps::nachbaur_magnetic_large_r120_acg, {large_zf, pulled, beside_113(8.2e3L)});
    visit(
        "ceramic, cartridge", preamps::nachbaur_ceramic_cartridge, [](real f) { return ceramic_input(f) * ceramic_by_hand(f); },
        [](real f) { return ceramic_by_hand.loop(f); });
    visit(
        "magnetic, cartridge", preamps::nachbaur_magnetic_cartridge, [](real f) { return magnetic_input(f) * magnetic_by_hand(f); },
        [](real f) { return magnetic_by_hand.loop(f); });
}

// What is measured on a schematic ---------------------------------------------------------------------------------------------------------

/// Gain in dB, as a function of hertz.
template <class Chain>
auto level(const Chain& schematic)
{
    return [schematic](double hertz) { return decibels(response(schematic, frequency{hertz})); };
}

/// The frequency between two others where a level crosses a value, in dB.
double crossing(const auto& level_at, double db, double from, double to)
{
    const bool above = level_at(from) > db;
    REQUIRE((level_at(to) > db) != above);
    for (int i = 0; i < 50; ++i) {
        const double middle = std::sqrt(from * to);
        ((level_at(middle) > db) == above ? from : to) = middle;
    }
    return from;
}

struct peak {
    double hertz, db;
};

/// The highest level between two frequencies, where there is one hump.
peak highest(const auto& level_at, double from, double to)
{
    for (int i = 0; i < 100; ++i) {
        const double third = std::cbrt(to / from), lower = from * third, upper = to / third;
        if (level_at(lower) < level_at(upper)) from = lower;
        else to = upper;
    }
    return {from, level_at(from)};
}

/// The deviation of a level from RIAA, both 0 dB at 1 kHz.
double riaa_error(const auto& level_at, double hertz) { return level_at(hertz) - level_at(1000.0) - measure::riaa_db(hertz); }

/// The same preamp with another amplifier.
template <class Chain>
constexpr Chain with_amplifier(Chain schematic, op_amp amplifier)
{
    block<1>(schematic).amplifier = amplifier;
    return schematic;
}

/// Gain and bandwidth without limits: only the networks are left.
constexpr op_amp ideal{.gain = 200_dB, .corner = 1000_MHz};

/// What the amplifier and the DC path do to the networks is left out: zf, and ri to ground.
template <class Zf, class Ri>
auto networks_alone(const Zf& zf, const Ri& ri)
{
    return chain{voltage_source{}, feedback_stage{ideal, zf, ri}};
}

double ohms(const auto& network, double hertz) { return std::abs(input_impedance(network, frequency{hertz})); }

constexpr auto open = open_loop(preamps::nachbaur_magnetic);

}   // namespace

// The model -------------------------------------------------------------------------------------------------------------------------------

TEST_CASE("Every variant is the circuit solved by hand")
{
    double worst = 0.0;
    for_each_variant([&](const char* name, const auto& schematic, const auto& by_hand, const auto& loop_by_hand) {
        INFO(name);
        CHECK_FALSE(check(schematic));
        const auto f = measure::log_frequencies(0.01, 10e6, 200);
        const auto roots = poles_zeros(schematic);
        const double direct = measure::worst_error_db([&](double hz) { return response(schematic, frequency{hz}); }, by_hand, f);
        const double by_roots = measure::worst_error_db(
            [&](double hz) {
                const auto h = roots({0.0, 2.0 * math::pi * hz});
                return std::complex<double>{h.re, h.im};
            },
            by_hand, f);
        double loop = 0.0;
        for (const double hz : f)
            loop = std::max(loop, static_cast<double>(std::abs(complex{loop_gain(schematic, frequency{hz})} / loop_by_hand(hz) - 1.0L)));
        CHECK(direct < 1e-9);
        CHECK(by_roots < 1e-9);
        CHECK(loop < 1e-9);
        worst = std::max({worst, direct, by_roots});
    });
    measure::figure("Nachbaur, eight variants against the closed form, 0.01 Hz to 10 MHz", worst, "dB", 1e-9);
}

namespace {

template <class Chain>
double from_ngspice(const std::string& name, const Chain& schematic)
{
    const auto rows = measure::reference_rows("linear/nachbaur_" + name);   // hertz, decibels, degrees
    CHECK(rows.size() == 301);
    double worst = 0.0;
    for (const auto& row : rows) {
        const double off = std::abs(level(schematic)(row.at(0)) - row.at(1));
        if (!(off <= worst)) worst = off;
    }
    return worst;
}

}   // namespace

TEST_CASE("The preamp is what ngspice says in every mode")
{
    const auto agrees = [](const std::string& what, const std::string& name, const auto& schematic) {
        INFO(what);
        const double worst = from_ngspice(name, schematic);
        measure::figure("Nachbaur, " + what + ", against ngspice, 1 Hz to 1 MHz", worst, "dB", 1e-6);
        CHECK(worst < 1e-6);
        // What is left is the eighth digit of the netlist's capacitor, which sets the 2 kHz.
        constexpr op_amp of_the_netlist{.gain = 60_dB, .corner = corner(1_kOhm * 79.577472_nF)};
        CHECK(from_ngspice(name, with_amplifier(schematic, of_the_netlist)) < 1e-9);
    };
    agrees("ceramic", "ceramic", preamps::nachbaur_ceramic);
    agrees("ceramic without C110", "ceramic_noC110", preamps::nachbaur_ceramic_without_c110);
    agrees("magnetic", "magnetic", preamps::nachbaur_magnetic);
    agrees("magnetic, R120 to AC ground", "magnetic_R120acg", preamps::nachbaur_magnetic_r120_acg);
    agrees("open loop", "openloop", open);
    agrees("open loop of the ceramic mode", "openloop", open_loop(preamps::nachbaur_ceramic));   // R119 carries no current
    agrees("open loop of the large scale", "openloop", open_loop(preamps::nachbaur_magnetic_large));
}

TEST_CASE("Every variant is a filter within a thousandth of a decibel")
{
    double worst = 0.0;
    for_each_variant([&](const char* name, const auto& schematic, const auto& by_hand, const auto&) {
        for (const double rate : measure::six_rates) {
            INFO(name << " at " << rate << " Hz");
            REQUIRE_FALSE(check(schematic, frequency{rate}));
            const double error = measure::worst_error_db(design(schematic, frequency{rate}), by_hand, measure::band(rate, 500));
            CHECK(error <= 1e-3);
            worst = std::max(worst, error);
        }
    });
    measure::figure("Nachbaur, eight variants as filters, 44.1 to 192 kHz, to 20 kHz", worst, "dB", 1e-3);
}

TEST_CASE("The running preamp has the response of the circuit")
{
    constexpr double rate = 48e3;
    tunable_preamp left{preamps::nachbaur_magnetic, frequency{rate}};
    const auto h = measure::impulse_response<double>(left, std::size_t{1} << 18);   // 5 s: its slowest ringing is at 2 Hz
    const auto f = measure::log_frequencies(20.0, 20e3, 40);
    CHECK(measure::worst_error_db([&](double hz) { return measure::transform(h, hz, rate); }, magnetic_by_hand, f) <= 1e-3);
}

// The amplifier ---------------------------------------------------------------------------------------------------------------------------

TEST_CASE("The open loop has about 60 dB and corners near 40 Hz and 2 kHz")
{
    const auto gain_at = level(open);
    CHECK(crossing(gain_at, 60.0 - half_power, 5.0, 200.0) == Approx(38.16).margin(0.005));
    CHECK(crossing(gain_at, 60.0 - half_power, 500.0, 20e3) == Approx(2015.9).margin(0.05));
    const peak top = highest(gain_at, 40.0, 1500.0);
    CHECK(top.hertz == Approx(234.9).margin(0.1));   // the highest row of ngspice's table is at 234.4 Hz
    CHECK(top.db == Approx(60.487).margin(5e-4));
    const auto f = measure::log_frequencies(0.01, 10e6, 200);
    CHECK(measure::worst_error_db([](double hz) { return response(open, frequency{hz}); }, open_loop_by_hand, f) < 1e-9);
}

TEST_CASE("The neon lamps make the DC loop three times as tight as a plain divider of 12 to 1")
{
    // Plate of V2 over grids of V1, as published: what a divider of resistors would let through.
    constexpr double divider = 27.0 / 315.0;
    const auto plain =
        chain{voltage_source{},
              feedback_stage{nb::amplifier, feedback_path{buffer{gain{math::decibels(divider)}}, series_arm{nb::r111}, shunt_arm{nb::c105},
                                                          series_arm{nb::r112}, shunt_arm{nb::c104}, nb::r113}}};
    const double lamps = std::abs(loop_gain(open, frequency{1e-3}));
    CHECK(lamps == Approx(1000.0 / 4.0).epsilon(1e-4));
    CHECK(lamps / std::abs(loop_gain(plain, frequency{1e-3})) == Approx(0.25 / divider).epsilon(1e-9));
    CHECK(lamps / std::abs(loop_gain(plain, frequency{1e-3})) == Approx(3.0).margin(0.1));
}

TEST_CASE("R101 and R102 make an input of 50 kOhm")
{
    const double seen = std::abs(input_impedance(preamps::nachbaur_ceramic_cartridge, 1_kHz));
    CHECK(seen == Approx(double(std::abs(input + 1.0L / (laplace(1000.0L) * 470e-9L)))).epsilon(1e-9));
    CHECK(seen == Approx(50e3).margin(5.0));
}

TEST_CASE("Switching modes leaves the operating point alone because R119 returns to the AC ground")
{
    // At DC the minus input takes no current: all of the DC path's voltage arrives, whatever R113 is in parallel with.
    const auto dc_gain = [](const auto& schematic) { return poles_zeros(schematic)({}).re; };
    const double expected = 1000.0 / (1.0 + 1000.0 / 4.0);
    const auto mode = [](const auto&... path) {
        return chain{voltage_source{}, feedback_stage{nb::amplifier, series(parallel(nb::r118, nb::c110), nb::c109), path...}};
    };
    CHECK(dc_gain(mode(nb::dc_path(nb::r113))) == Approx(expected).epsilon(1e-9));
    CHECK(dc_gain(open) == Approx(expected).epsilon(1e-9));
    CHECK(dc_gain(preamps::nachbaur_ceramic) == Approx(expected).epsilon(1e-9));
    CHECK(dc_gain(preamps::nachbaur_magnetic) == Approx(expected).epsilon(1e-9));   // CX blocks the way to ground
    CHECK(dc_gain(preamps::nachbaur_magnetic_r120_acg) == Approx(expected).epsilon(1e-9));
    // To ground R119 would divide it: R111, R112 and R113 against 220k.
    const double to_ground = 1000.0 / (1.0 + 250.0 * 220.0 / (220.0 + 220.0 + 47.0 + 220.0));
    CHECK(dc_gain(mode(nb::r119, nb::dc_path(nb::r113))) == Approx(to_ground).epsilon(1e-9));
    CHECK(dc_gain(mode(nb::r119, nb::dc_path(nb::r113))) > 3.0 * dc_gain(open));
}

// Ceramic mode ----------------------------------------------------------------------------------------------------------------------------

TEST_CASE("R119 parallel to R113 makes Ri 38.7 kOhm")
{
    const double ri = ohms(parallel(nb::r113, nb::r119), 1000.0);
    CHECK(ri == Approx(double(beside_113(ohm_119))).epsilon(1e-12));
    CHECK(ri == Approx(38.727e3).margin(0.5));
    // What makes 38.7 kOhm of R113, in the values that there are, is R119.
    CHECK(nearest(resistance{1.0 / (1.0 / 38.7e3 - 1.0 / 47e3)}, e_series::e24) == nb::r119.value);
}

TEST_CASE("The ceramic gain of 150 over 38.7 plus 1 is about 5 or 14 dB")
{
    const auto networks = networks_alone(nb::r118, parallel(nb::r113, nb::r119));
    CHECK(std::abs(response(networks, 1_kHz)) == Approx(double(1.0L + ohm_118 / beside_113(ohm_119))).epsilon(1e-8));
    CHECK(std::abs(response(networks, 1_kHz)) == Approx(4.8733).margin(5e-5));
    CHECK(level(networks)(1000.0) == Approx(13.756).margin(5e-4));
    // The open loop's 60 dB and its 2 kHz corner take a twentieth of a decibel off.
    CHECK(level(preamps::nachbaur_ceramic)(1000.0) == Approx(13.705).margin(5e-4));
}

TEST_CASE("C110 rolls the ceramic response off at about 20 kHz")
{
    const auto half_power_at = [](const auto& schematic) {
        return crossing(level(schematic), level(schematic)(1000.0) - half_power, 2e3, 100e3);
    };
    const auto with = [](capacitance c110) {
        return chain{voltage_source{}, feedback_stage{nb::amplifier, series(parallel(nb::r118, capacitor{c110}), nb::c109),
                                                      nb::dc_path(parallel(nb::r113, nb::r119))}};
    };
    CHECK(half_power_at(preamps::nachbaur_ceramic) == Approx(20.20e3).margin(5.0));
    CHECK(half_power_at(with(53_pF)) == half_power_at(preamps::nachbaur_ceramic));
    CHECK(half_power_at(with(51_pF)) == Approx(20.95e3).margin(10.0));
    CHECK(half_power_at(with(56_pF)) == Approx(19.16e3).margin(10.0));
    CHECK(half_power_at(with(47_pF)) == Approx(22.64e3).margin(20.0));
    // The corner of C110 with R118 alone is 20 kHz.
    const auto falls = [](double hertz) { return measure::decibels(ohms(parallel(nb::r118, nb::c110), hertz) / 150e3L); };
    CHECK(crossing(falls, -half_power, 2e3, 200e3) == Approx(20.02e3).margin(5.0));
}

TEST_CASE("Without C110 the ceramic response is flat far beyond 100 kHz")
{
    const auto gain_at = level(preamps::nachbaur_ceramic_without_c110);
    CHECK(crossing(gain_at, gain_at(1000.0) - 1.0, 10e3, 1e6) == Approx(209.8e3).margin(50.0));
    CHECK(crossing(gain_at, gain_at(1000.0) - half_power, 10e3, 1e6) == Approx(412.3e3).margin(50.0));
}

TEST_CASE("The 2 kHz and 40 Hz corners of the open loop are gone under feedback")
{
    const auto closed = level(preamps::nachbaur_ceramic_without_c110);
    const auto opened = level(open);
    CHECK(opened(20e3) - opened(1000.0) < -18.0);
    CHECK(std::abs(closed(20e3) - closed(1000.0)) < 0.02);
    CHECK(opened(20.0) - opened(1000.0) < -5.0);
    const auto ceramic = level(preamps::nachbaur_ceramic);
    CHECK(ceramic(20.0) - ceramic(1000.0) == Approx(0.167).margin(5e-4));   // C109, not the open loop
    CHECK(std::abs(closed(20.0) - closed(1000.0)) < 0.167);
    // The corner has gone up by the loop gain: 2 kHz times 1 + 1000/4.87.
    CHECK(crossing(closed, closed(1000.0) - half_power, 10e3, 1e6) == Approx(2000.0 * (1.0 + 1000.0 / 4.8733)).epsilon(3e-3));
}

TEST_CASE("A ceramic cartridge of 600 pF into 50 kOhm has its corner at 5.3 kHz and is a velocity source below")
{
    const auto behind = [](double hertz) {   // the input alone: output over EMF less the stage's own gain
        return level(preamps::nachbaur_ceramic_cartridge)(hertz) - level(preamps::nachbaur_ceramic)(hertz);
    };
    CHECK(crossing(behind, -half_power, 500.0, 50e3) == Approx(5305.0).epsilon(2e-3));   // C101 in series makes it 599.2 pF
    // On the 50 kOhm alone, and over the range of elements, 500 to 1000 pF.
    const auto corner_of = [](capacitance element) {
        return crossing(level(chain{ceramic_cartridge{.element = element}, loading{.resistance = 50_kOhm}}), -half_power, 500.0, 50e3);
    };
    CHECK(corner_of(600_pF) == Approx(5305.0).margin(0.5));
    CHECK(corner_of(500_pF) == Approx(6.4e3).margin(50.0));
    CHECK(corner_of(1000_pF) == Approx(3.2e3).margin(50.0));
    // An EMF that follows displacement comes out as velocity: flat from a constant velocity, well below the corner.
    const auto groove = chain{disc_velocity{ceramic_cartridge{.output = 200_mV, .element = 600_pF}}, series_arm{nb::c101},
                              shunt_arm{parallel(nb::r101, nb::r102)}};
    CHECK(std::abs(level(groove)(500.0) - level(groove)(50.0)) < 0.05);
    CHECK(level(groove)(50e3) - level(groove)(500.0) < -19.0);
}

// Magnetic mode ---------------------------------------------------------------------------------------------------------------------------

TEST_CASE("In the bass the magnetic mode runs open loop at about 60 dB")
{
    const auto gain_at = level(preamps::nachbaur_magnetic);
    const peak top = highest(gain_at, 0.5, 100.0);
    CHECK(top.db == Approx(61.19).margin(5e-3));
    CHECK(top.hertz == Approx(2.8).margin(0.05));
    CHECK(gain_at(20.0) == Approx(58.18).margin(5e-3));
    CHECK(gain_at(1000.0) == Approx(38.8755).margin(5e-5));
}

TEST_CASE("A low R120 moves the hump of the open loop down in frequency")
{
    const peak opened = highest(level(open), 40.0, 1500.0);
    const peak to_ground = highest(level(preamps::nachbaur_magnetic), 0.5, 100.0);
    const peak to_ac_ground = highest(level(preamps::nachbaur_magnetic_r120_acg), 5.0, 500.0);
    CHECK(opened.hertz == Approx(234.9).margin(0.1));
    CHECK(to_ground.hertz == Approx(2.84).margin(0.005));
    CHECK(to_ac_ground.hertz == Approx(43.7).margin(0.1));
    CHECK(to_ac_ground.db == Approx(51.04).margin(5e-3));
    // Returned to the AC ground it swamps nothing, and the DC path's bass cut stays: a rumble filter.
    CHECK(riaa_error(level(preamps::nachbaur_magnetic_r120_acg), 20.0) == Approx(-8.33).margin(6e-3));
    CHECK(std::abs(riaa_error(level(preamps::nachbaur_magnetic), 20.0)) < 0.05);
}

TEST_CASE("R120 to ground divides what the DC filter lets through by 58")
{
    const auto minus_input = [](const auto&... ends) {   // disconnected from the amplifier, the DC path driven by the output
        return chain{voltage_source{},     buffer{gain{math::decibels(0.25)}},
                     series_arm{nb::r111}, shunt_arm{nb::c105},
                     series_arm{nb::r112}, shunt_arm{nb::c104},
                     series_arm{nb::r113}, ends...};
    };
    const double expected = (47e3 + 820.0) / 820.0;
    const double divided = std::abs(response(minus_input(), 200_Hz) / response(minus_input(shunt_arm{nb::small_scale.r120}), 200_Hz));
    CHECK(divided == Approx(expected).epsilon(1e-3));
    CHECK(divided == Approx(58.3).margin(0.05));
    const double blocked = std::abs(response(minus_input(), 200_Hz) /
                                    response(minus_input(shunt_arm{series(nb::small_scale.r120, nb::small_scale.cx)}), 200_Hz));
    CHECK(blocked == Approx(expected).epsilon(2e-3));   // 36 ohms of CX, in quadrature with the 820
}

TEST_CASE("Ri is 806 ohms and the floor of the magnetic network 6.1 dB")
{
    const double ri = ohms(parallel(nb::r113, nb::small_scale.r120), 1000.0);
    CHECK(ri == Approx(double(beside_113(820.0L))).epsilon(1e-12));
    CHECK(ri == Approx(805.9).margin(0.05));
    CHECK(level(networks_alone(nb::small_scale.r121, parallel(nb::r113, nb::small_scale.r120)))(1000.0) == Approx(6.10).margin(5e-3));
}

TEST_CASE("C111 integrates from about 50 Hz")
{
    // Where the integrator's straight line reaches the open loop's 60 dB. Far below the network's zero the response is that line.
    const auto meets_60_db = [](const auto& zf) {
        constexpr double low = 1e-3;
        return std::abs(response(networks_alone(zf, parallel(nb::r113, nb::small_scale.r120)), frequency{low})) * low / 1000.0;
    };
    const auto by_hand = [](real farads) { return double(1.0L / (2.0L * measure::pi * farads * beside_113(820.0L) * 1000.0L)); };
    CHECK(meets_60_db(nb::magnetic_network(nb::small_scale)) == Approx(by_hand(4e-9L)).epsilon(1e-4));
    CHECK(meets_60_db(series(nb::small_scale.c111, nb::small_scale.r122)) == Approx(by_hand(3e-9L)).epsilon(1e-4));
    CHECK(meets_60_db(nb::magnetic_network(nb::small_scale)) == Approx(49.4).margin(0.05));
    CHECK(meets_60_db(series(nb::small_scale.c111, nb::small_scale.r122)) == Approx(65.8).margin(0.05));
}

TEST_CASE("At 530 Hz R122 stops C111 and at 1591 Hz C112 takes over")
{
    const auto [r120, r121, r122, c111, c112, cx] = nb::small_scale;
    // The straight lines of either arm meet there: a reactance far below or above the corner, and R122.
    const double r = ohms(series(c111, r122), 1e9), x111 = ohms(series(c111, r122), 1e-3) * 1e-3;
    const double r_too = ohms(parallel(c112, r122), 1e-3), x112 = ohms(parallel(c112, r122), 1e9) * 1e9;
    CHECK(x111 / r == Approx(530.5).margin(0.05));
    CHECK(x112 / r_too == Approx(1591.5).margin(0.05));
    CHECK(x111 / r == Approx(double(1.0L / (2.0L * measure::pi * 100e3L * 3e-9L))).epsilon(1e-9));
    CHECK(x112 / r_too == Approx(double(1.0L / (2.0L * measure::pi * 100e3L * 1e-9L))).epsilon(1e-9));
}

TEST_CASE("The magnetic network is an integrator with a zero of 300 us and a pole of 75 us exactly")
{
    const auto [r120, r121, r122, c111, c112, cx] = nb::small_scale;
    double worst = 0.0;
    for (const double f : measure::log_frequencies(0.1, 10e6, 100)) {
        const complex by_hand = 820.0L + integrator(laplace(f), 100e3L, 3e-9L, 1e-9L);
        const complex z = input_impedance(nb::magnetic_network(nb::small_scale), frequency{f});
        worst = std::max(worst, double(std::abs(z / by_hand - 1.0L)));
    }
    CHECK(worst < 1e-12);

    // Driven by a current, for which 100 GOhm stand, it shows its own zero and pole.
    const auto roots = poles_zeros(chain{voltage_source{}, series_arm{resistor{100_GOhm}}, shunt_arm{parallel(c112, series(c111, r122))}});
    REQUIRE(roots.zeros.count == 1);
    REQUIRE(roots.poles.count == 2);
    const double fast = std::max(-roots.poles[0].re, -roots.poles[1].re);
    CHECK(-1.0 / roots.zeros[0].re == Approx(300e-6).epsilon(1e-12));
    CHECK(1.0 / fast == Approx(75e-6).epsilon(1e-6));
}

TEST_CASE("The average slope of the magnetic response is between 4 and 4.6 dB per octave as that of RIAA")
{
    const auto gain_at = level(preamps::nachbaur_magnetic);
    const auto slope = [](const auto& of, double from, double to) { return (of(to) - of(from)) / std::log2(to / from); };
    CHECK(slope(gain_at, 50.0, 20e3) == Approx(-4.234).margin(5e-4));
    CHECK(slope(gain_at, 20.0, 20e3) == Approx(-3.90).margin(5e-3));
    CHECK(slope(level(chain{voltage_source{}, riaa}), 50.0, 20e3) == Approx(-4.230).margin(5e-4));
    CHECK(slope(gain_at, 50.0, 20e3) < -4.0);
    CHECK(slope(gain_at, 50.0, 20e3) > -4.6);
}

TEST_CASE("R121 holds the magnetic gain near 6 dB until the 2 MHz of gain-bandwidth end")
{
    const auto gain_at = level(preamps::nachbaur_magnetic);
    CHECK(gain_at(0.1e6) == Approx(8.21).margin(5e-3));
    CHECK(gain_at(0.2e6) == Approx(6.08).margin(5e-3));
    CHECK(gain_at(0.5e6) == Approx(4.60).margin(5e-3));
    CHECK(gain_at(1e6) == Approx(2.66).margin(5e-3));

    const auto alone = networks_alone(nb::magnetic_network(nb::small_scale), parallel(nb::r113, nb::small_scale.r120));
    const phono::gain_at least = minimum_gain(alone, 100_Hz, 100_MHz);
    CHECK(least.gain.decibels == Approx(6.10).margin(5e-3));
    CHECK(least.frequency.si == Approx(100e6).epsilon(1e-3));   // the floor is an asymptote
    // Without R121 there is no floor but the gain of one of any non-inverting stage.
    const auto without = networks_alone(parallel(nb::small_scale.c112, series(nb::small_scale.c111, nb::small_scale.r122)),
                                        parallel(nb::r113, nb::small_scale.r120));
    CHECK(minimum_gain(without, 100_Hz, 10_MHz).gain.decibels < 0.1);
}

namespace {

/// The largest difference from RIAA between 20 Hz and 20 kHz, with its sign.
double worst_riaa_error(const auto& level_at)
{
    double worst = 0.0;
    for (const double f : measure::log_frequencies(20.0, 20e3, 1000))
        if (const double error = riaa_error(level_at, f); !(std::abs(error) <= std::abs(worst))) worst = error;
    return worst;
}

}   // namespace

TEST_CASE("The magnetic response is RIAA within a quarter of a decibel")
{
    const auto gain_at = level(preamps::nachbaur_magnetic);
    CHECK(riaa_error(gain_at, 20.0) == Approx(+0.034).margin(5e-4));
    CHECK(riaa_error(gain_at, 200.0) == Approx(+0.224).margin(5e-4));
    CHECK(riaa_error(gain_at, 2e3) == Approx(-0.061).margin(5e-4));
    CHECK(riaa_error(gain_at, 10e3) == Approx(-0.058).margin(5e-4));
    CHECK(riaa_error(gain_at, 20e3) == Approx(+0.068).margin(5e-4));
    const double worst = worst_riaa_error(gain_at);
    measure::figure("Nachbaur, magnetic, against RIAA, 20 Hz to 20 kHz", worst, "dB", 0.25);
    CHECK(worst == Approx(0.228).margin(5e-4));
    CHECK(conformance(preamps::nachbaur_magnetic, riaa).worst().decibels == Approx(worst).margin(1e-5));
    // Above 200 Hz the two ways of R120 hardly differ.
    for (const double f : {500.0, 2e3, 10e3, 20e3}) CHECK(std::abs(riaa_error(level(preamps::nachbaur_magnetic_r120_acg), f)) < 0.15);
}

TEST_CASE("The other network with the same corners is not RIAA")
{
    const auto [r120, r121, r122, c111, c112, cx] = nb::small_scale;
    const auto other = chain{
        voltage_source{}, feedback_stage{nb::amplifier, series(r121, c111, parallel(r122, c112)), series(r120, cx), nb::dc_path(nb::r113)}};
    const auto gain_at = level(other);
    CHECK(riaa_error(gain_at, 20.0) == Approx(-3.0).margin(0.05));
    CHECK(riaa_error(gain_at, 10e3) < -1.0);
    CHECK(riaa_error(gain_at, 20e3) < -1.0);
    // Its zero is R122 (C111 + C112), its pole R122 C112.
    const auto roots = poles_zeros(chain{voltage_source{}, series_arm{resistor{100_GOhm}}, shunt_arm{series(c111, parallel(r122, c112))}});
    REQUIRE(roots.zeros.count == 1);
    REQUIRE(roots.poles.count == 2);
    CHECK(-1.0 / roots.zeros[0].re == Approx(400e-6).epsilon(1e-12));
    CHECK(1.0 / std::max(-roots.poles[0].re, -roots.poles[1].re) == Approx(100e-6).epsilon(1e-6));
    measure::note("Nachbaur, magnetic, the other network, against RIAA, dB", std::to_string(worst_riaa_error(gain_at)));
}

TEST_CASE("At ten times the impedance the magnetic network keeps its corners and has a floor of 6.75 dB")
{
    const auto ri = parallel(nb::r113, nb::large_scale.r120);
    CHECK(ohms(ri, 1000.0) == Approx(6.98e3).margin(5.0));
    const auto alone = networks_alone(nb::magnetic_network(nb::large_scale), ri);
    const double floor = minimum_gain(alone, 100_Hz, 100_MHz).gain.decibels;
    CHECK(floor == Approx(measure::decibels(1.0L + 8.2e3L / beside_113(8.2e3L))).margin(1e-3));
    CHECK(floor == Approx(6.75).margin(5e-3));
    CHECK(std::abs(response(alone, frequency{1e-3})) * 1e-3 / 1000.0 == Approx(57.0).margin(0.05));   // where the integrator reaches 60 dB
    for (const double f : {10.0, 1e3, 100e3}) {                                                       // R121 is 8.2k: ten times 820
        const auto small = input_impedance(nb::magnetic_network(nb::small_scale), frequency{f});
        CHECK(std::abs(input_impedance(nb::magnetic_network(nb::large_scale), frequency{f}) / small - 10.0) < 1e-9);
    }
    measure::note("Nachbaur, magnetic, large scale, against RIAA, dB",
                  std::to_string(worst_riaa_error(level(preamps::nachbaur_magnetic_large))));
}

// Stability -------------------------------------------------------------------------------------------------------------------------------

TEST_CASE("Every loop keeps a phase margin of 60 degrees and the floor is where the text has it")
{
    for_each_variant([](const char* name, const auto& schematic, const auto&, const auto& loop_by_hand) {
        INFO(name);
        const auto margin = phase_margin(schematic);
        REQUIRE(margin);
        const complex there = loop_by_hand(static_cast<real>(margin->crossover.si));
        CHECK(double(std::abs(there)) == Approx(1.0).epsilon(1e-6));
        CHECK(margin->degrees == Approx(180.0 - double(std::abs(std::arg(there)) * 180.0L / measure::pi)).margin(1e-4));
        CHECK(margin->degrees > 60.0);
        // No crossing of the loop gain has less.
        double previous = 2.0, least = 180.0;
        for (const double f : measure::log_frequencies(1e-3, 1e9, 20000)) {
            const complex loop = loop_by_hand(static_cast<real>(f));
            const double size = double(std::abs(loop));
            if ((size < 1.0) != (previous < 1.0)) least = std::min(least, 180.0 - double(std::abs(std::arg(loop)) * 180.0L / measure::pi));
            previous = size;
        }
        CHECK(margin->degrees == Approx(least).margin(0.2));
        const auto least_gain = minimum_gain(without_cartridge(schematic), 20_Hz, 200_kHz);
        char text[96];
        std::snprintf(text, sizeof text, "%.1f degrees at %.4g Hz, %.2f dB at %.4g Hz", margin->degrees, margin->crossover.si,
                      least_gain.gain.decibels, least_gain.frequency.si);
        measure::note(std::string{"Nachbaur, "} + name + ": phase margin, least gain", text);
    });
    CHECK(minimum_gain(preamps::nachbaur_magnetic, 20_Hz, 200_kHz).gain.decibels == Approx(6.08).margin(5e-3));
}
