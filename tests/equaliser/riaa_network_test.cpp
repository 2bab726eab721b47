// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/analysis/conformance.hpp>
#include <phono/analysis/impedance.hpp>
#include <phono/analysis/open_loop.hpp>
#include <phono/equaliser/feedback_network.hpp>
#include <phono/equaliser/passive_network.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace phono;
using namespace phono::literals;
using enum phono::e_series;
using measure::complex;
using measure::real;

constexpr auto shunt_parallel = shunt_form::parallel;
constexpr auto shunt_series = shunt_form::series;
constexpr auto in_series = feedback_form::series;
constexpr auto ladder = feedback_form::ladder;

const std::vector<double> audible = measure::log_frequencies(20.0, 20e3, 601);
const double levels[] = {1e3, 2.2e3, 4.7e3, 10e3, 22e3, 47e3, 100e3};

complex s_at(real f) { return {0.0L, 2.0L * measure::pi * f}; }
complex across(complex a, complex b) { return a * b / (a + b); }
complex condenser(capacitance c, real f) { return 1.0L / (s_at(f) * static_cast<real>(c.si)); }

/// The network as a divider, each part by its own impedance; a load of 0 is none.
template <shunt_form form>
complex divider(const passive_network<form>& n, real source, real load, real f)
{
    const complex r2 = static_cast<real>(n.r2.si), c1 = condenser(n.c1, f), c2 = condenser(n.c2, f);
    complex shunt = form == shunt_parallel ? across(c1, r2 + c2) : c1 + across(r2, c2);
    if (load > 0.0L) shunt = across(shunt, load);
    return shunt / (shunt + source + static_cast<real>(n.r1.si));
}

template <feedback_form form>
complex impedance_of(const feedback_network<form>& n, real f)
{
    const complex r1 = static_cast<real>(n.r1.si), r2 = static_cast<real>(n.r2.si), c1 = condenser(n.c1, f), c2 = condenser(n.c2, f);
    return form == in_series ? across(r1, c1) + across(r2, c2) : across(c1, r1 + across(r2, c2));
}

/// The worst deviation of a response from a curve, both 0 dB at 1 kHz, on a grid.
double worst_off(const auto& response, const curve& wanted, const std::vector<double>& frequencies = audible)
{
    const auto ideal = measure::exact(wanted);
    const auto off = [&](real f) { return measure::decibels(std::abs(response(f)) / std::abs(ideal(f))); };
    double worst = 0.0;
    for (const double f : frequencies) worst = std::max(worst, std::fabs(off(f) - off(1000.0L)));
    return worst;
}

/// A schematic's own response, as a function of frequency.
auto response_of(const auto& schematic)
{
    return [schematic](real f) { return complex{phono::response(schematic, frequency{static_cast<double>(f)})}; };
}

/// Calls visit(schematic) for the network between an ideal source, a source resistance and a load, those of 0 left out.
template <shunt_form form>
void with_stages(const passive_network<form>& n, const between_stages& place, auto&& visit)
{
    const series_arm source{resistor{place.source}};
    const shunt_arm load{resistor{place.load}};
    if (place.source.si == 0.0 && place.load.si == 0.0) visit(chain{voltage_source{}, n});
    else if (place.load.si == 0.0) visit(chain{voltage_source{}, source, n});
    else if (place.source.si == 0.0) visit(chain{voltage_source{}, n, load});
    else visit(chain{voltage_source{}, source, n, load});
}

/// The places that a network of a level is tried in.
std::vector<between_stages> places(double level)
{
    return {{.impedance = resistance{level}},
            {.impedance = resistance{level}, .source = resistance{0.07 * level}},
            {.impedance = resistance{level}, .source = resistance{0.8 * level}},
            {.impedance = resistance{level}, .load = resistance{47.0 * level}},
            {.impedance = resistance{level}, .load = resistance{1.1 * level}},
            {.impedance = resistance{level}, .source = resistance{0.4 * level}, .load = resistance{3.0 * level}}};
}

/// Every curve of the catalogue that two lags and one lead make.
std::vector<curve> two_lags_and_a_lead()
{
    std::vector<curve> found;
    for (const auto& known : catalogue::curves) {
        const curve& c = known.value;
        const auto count = [](const time_constants& constants) {
            return std::count_if(constants.begin(), constants.end(), [](duration t) { return t.si != 0.0; });
        };
        if (count(c.lags) == 2 && count(c.leads) == 1 && count(c.high_passes) == 0) found.push_back(c);
    }
    return found;
}

template <shunt_form form>
double worst_of_exact_networks(const curve& wanted)
{
    double worst = 0.0;
    for (const double level : levels)
        for (const between_stages& place : places(level)) {
            const auto n = passive_network_for<form>(wanted, place);
            // Not only the shape: below the shelf the network is the divider of r1 and the source with the load.
            auto ideal = measure::exact(wanted);
            if (place.load.si > 0.0) ideal.level *= place.load.si / static_cast<real>(place.load.si + n.r1.si + place.source.si);
            ideal.level /= std::pow(10.0L, static_cast<real>(wanted.level.decibels) / 20.0L);
            with_stages(n, place, [&](const auto& schematic) {
                REQUIRE_FALSE(check(schematic));
                worst = std::max(worst, measure::worst_error_db(response_of(schematic), ideal, audible));
                worst = std::max(worst, std::fabs(conformance(schematic, wanted).worst().decibels));
            });
        }
    return worst;
}

/// An amplifier as good as ideal: 220 dB, up to 1 MHz.
constexpr op_amp huge{.gain = 220_dB, .corner = 1_MHz};
constexpr op_amp plain{.gain = 60_dB, .corner = 2_kHz};

complex open_loop(const op_amp& a, real f)
{
    return std::pow(10.0L, static_cast<real>(a.gain.decibels) / 20.0L) / complex{1.0L, f / static_cast<real>(a.corner.si)};
}

// Values and their cost are the compiler's work where they are constants.
constexpr auto network_22k = passive_network_for<shunt_parallel>(riaa, {.impedance = 22_kOhm, .source = 1_kOhm, .load = 470_kOhm});
constexpr auto cost =
    conformance(chain{voltage_source{}, series_arm{resistor{1_kOhm}}, nearest(network_22k, e96, e24), shunt_arm{resistor{470_kOhm}}}, riaa);
static_assert(cost.highest.decibels - cost.lowest.decibels < 0.3 && cost.highest.decibels - cost.lowest.decibels > 0.001);
static_assert(nearest(network_22k, e24, e24) == passive_network<shunt_parallel>{.r1 = 22_kOhm, .c1 = 33_nF, .r2 = 3.3_kOhm, .c2 = 100_nF});
static_assert(feedback_network<in_series>::equalises && feedback_network<ladder>::equalises);
static_assert(impedance<feedback_network<in_series>> && impedance<feedback_network<ladder>>);
static_assert(circuit_block<passive_network<shunt_parallel>> && passive_network<shunt_series>::role == signal_role::equaliser);

}   // namespace

TEST_CASE("A passive network of exact values is the curve at any level between any source and load")
{
    const double parallel_worst = worst_of_exact_networks<shunt_parallel>(riaa);
    const double series_worst = worst_of_exact_networks<shunt_series>(riaa);
    measure::figure("RIAA, c1 parallel to (r2, c2): seven levels, six places", parallel_worst, "dB", 1e-9);
    measure::figure("RIAA, c1 in series with r2 || c2: seven levels, six places", series_worst, "dB", 1e-9);
    CHECK(parallel_worst < 1e-9);
    CHECK(series_worst < 1e-9);
}

TEST_CASE("Any curve of two lags and one lead has its passive networks")
{
    const auto curves = two_lags_and_a_lead();
    CHECK(curves.size() >= 10);
    double worst = 0.0;
    for (const curve& c : curves) {
        worst = std::max(worst, worst_of_exact_networks<shunt_parallel>(c));
        worst = std::max(worst, worst_of_exact_networks<shunt_series>(c));
    }
    measure::figure(std::to_string(curves.size()) + " curves of the catalogue, both forms", worst, "dB", 1e-9);
    CHECK(worst < 1e-9);
    // The order in which the lags are written does not matter.
    const curve swapped{.lags = {75_us, duration{}, 3180_us}, .leads = {duration{}, 318_us}};
    CHECK(passive_network_for<shunt_series>(swapped) == passive_network_for<shunt_series>(riaa));
}

TEST_CASE("A network that is not made for its source and load is off the curve by what the closed form says")
{
    const auto n = passive_network_for<shunt_parallel>(riaa, {.impedance = 47_kOhm});
    const auto loaded = chain{voltage_source{}, series_arm{resistor{4.7_kOhm}}, n, shunt_arm{resistor{470_kOhm}}};
    const double expected = worst_off([&](real f) { return divider(n, 4700.0L, 470e3L, f); }, riaa);
    const double told = std::fabs(conformance(loaded, riaa).worst().decibels);
    std::printf("    47 kOhm network, 4.7 kOhm before and 470 kOhm behind it unminded: %.4f dB\n", told);
    CHECK(expected > 0.05);
    CHECK(told == Approx(expected).epsilon(1e-6));
}

namespace {

template <shunt_form form>
void table_of_preferred_values(const char* title)
{
    struct choice {
        const char* name;
        e_series resistors, capacitors;
        double most;   // of the worst error, in dB: as passive_network.hpp has it
    };
    std::printf("    RIAA from preferred values, %s: worst dB re 1 kHz, 20 Hz to 20 kHz\n", title);
    std::printf("    %10s  %-22s %-22s %-22s\n", "level", "R and C of E24", "R of E96, C of E24", "R and C of E96");
    for (const double level : {10e3, 12e3, 15e3, 18e3, 22e3, 27e3, 33e3, 39e3, 47e3, 56e3, 68e3, 82e3}) {
        const auto exact = passive_network_for<form>(riaa, {.impedance = resistance{level}});
        std::printf("    %6g kOhm", level / 1e3);
        for (const choice c : {choice{"E24", e24, e24, 0.32}, choice{"E96, E24", e96, e24, 0.32}, choice{"E96", e96, e96, 0.12}}) {
            const auto n = nearest(exact, c.resistors, c.capacitors);
            const curve_deviation told = conformance(chain{voltage_source{}, n}, riaa);
            std::printf("  %+8.4f at %8.1f Hz", told.worst().decibels, told.worst_at().si);
            INFO(c.name << " at " << level);
            const auto closed_form = [&](real f) { return divider(n, 0.0L, 0.0L, f); };
            const auto ideal = measure::exact(riaa);
            const auto off = [&](real f) {
                return measure::decibels(std::abs(closed_form(f) / closed_form(1000.0L)) / std::abs(ideal(f) / ideal(1000.0L)));
            };
            double lowest = 0.0, highest = 0.0;
            for (const double f : measure::log_frequencies(20.0, 20e3, 20001)) {
                lowest = std::min(lowest, off(f));
                highest = std::max(highest, off(f));
            }
            CHECK(std::fabs(told.worst().decibels) < c.most);
            CHECK(std::fabs(told.lowest.decibels - lowest) < 1e-7);
            CHECK(std::fabs(told.highest.decibels - highest) < 1e-7);
            CHECK(std::fabs(off(told.lowest_at.si) - told.lowest.decibels) < 1e-9);
            CHECK(std::fabs(off(told.highest_at.si) - told.highest.decibels) < 1e-9);
        }
        std::printf("\n");
    }
}

}   // namespace

TEST_CASE("Preferred values cost what the closed form of their network says")
{
    table_of_preferred_values<shunt_parallel>("c1 parallel to (r2, c2)");
    table_of_preferred_values<shunt_series>("c1 in series with r2 || c2");
}

TEST_CASE("The parts of E24 for 47 kOhm happen to keep to the curve")
{
    constexpr auto n = nearest(passive_network_for<shunt_parallel>(riaa, {.impedance = 47_kOhm}), e24, e24);
    CHECK(n == passive_network<shunt_parallel>{.r1 = 47_kOhm, .c1 = 16_nF, .r2 = 6.8_kOhm, .c2 = 47_nF});
    CHECK(worst_off([&](real f) { return divider(n, 0.0L, 0.0L, f); }, riaa) == Approx(0.026).margin(0.0005));
}

TEST_CASE("Finer series keep closer to the curve")
{
    // Over curves as well as levels: the products of a network's parts are off by what the curve and the series have in common.
    double mean[4]{};
    int networks = 0;
    for (const curve& c : two_lags_and_a_lead())
        for (double level = 1e3; level < 1e4; level *= 1.037) {
            const auto exact = passive_network_for<shunt_parallel>(c, {.impedance = resistance{level}});
            int place = 0;
            for (const e_series series : {e24, e48, e96, e192})
                mean[place++] += std::fabs(conformance(chain{voltage_source{}, nearest(exact, series, series)}, c).worst().decibels);
            ++networks;
        }
    for (double& sum : mean) sum /= networks;
    std::printf("    mean of the worst errors of %d networks: E24 %.3f, E48 %.3f, E96 %.3f, E192 %.3f dB\n", networks, mean[0], mean[1],
                mean[2], mean[3]);
    CHECK(mean[0] > 1.5 * mean[1]);
    CHECK(mean[1] > 1.5 * mean[2]);
    CHECK(mean[2] > 1.5 * mean[3]);
}

TEST_CASE("A place that has no network is a fault of its r1")
{
    const auto fault_of = [](const between_stages& place) {
        return check(chain{voltage_source{}, passive_network_for<shunt_parallel>(riaa, place)});
    };
    const auto too_much_source = fault_of({.impedance = 10_kOhm, .source = 12_kOhm});
    REQUIRE(too_much_source);
    CHECK(std::string{too_much_source.part} == "passive_network.r1");
    CHECK(std::string{too_much_source.rule} == "must be above zero");
    CHECK(too_much_source.value == -2000.0);
    const auto too_much_load = fault_of({.impedance = 10_kOhm, .load = 8_kOhm});
    REQUIRE(too_much_load);
    CHECK(too_much_load.value < 0.0);
    const auto no_series_resistor = fault_of({.impedance = 10_kOhm, .load = 10_kOhm});
    REQUIRE(no_series_resistor);
    CHECK(std::string{no_series_resistor.rule} == "must be finite");
    CHECK(fault_of({.impedance = resistance{0.0}}));
    // A source or load that no stage has is not reckoned with: 10 kOhm behind -1 kOhm would be a plausible 11 kOhm.
    for (const between_stages& place :
         {between_stages{.source = -1_kOhm}, between_stages{.load = -100_kOhm}, between_stages{.source = -1_kOhm, .load = -100_kOhm},
          between_stages{.source = resistance{std::nan("")}}, between_stages{.load = resistance{std::nan("")}}}) {
        const auto impossible = fault_of(place);
        REQUIRE(impossible);
        CHECK(std::string{impossible.part} == "passive_network.r1");
        CHECK(std::isnan(passive_network_for<shunt_series>(riaa, place).r1.si));
    }
    CHECK_FALSE(fault_of({.impedance = 10_kOhm, .source = 9.9_kOhm, .load = 10.1_kOhm}));
}

TEST_CASE("A curve that two resistors and two capacitors cannot give is a fault")
{
    const curve turnover_below_shelf{.lags = {318_us, 75_us}, .leads = {3180_us}};
    const curve negative_lag{.lags = {3180_us, -75_us}, .leads = {318_us}};
    for (const curve& c : {riaa_iec, curves::riaa_3us18, curves::bass_629, curves::acoustic, turnover_below_shelf, negative_lag}) {
        CHECK(check(chain{voltage_source{}, passive_network_for<shunt_parallel>(c, {.impedance = 10_kOhm})}));
        CHECK(check(chain{voltage_source{}, passive_network_for<shunt_series>(c, {.impedance = 10_kOhm})}));
        CHECK(check(chain{voltage_source{}, inverting_stage{huge, feedback_network_for<in_series>(c, 10_kOhm), resistor{1_kOhm}}}));
        CHECK(check(chain{voltage_source{}, inverting_stage{huge, feedback_network_for<ladder>(c, 10_kOhm), resistor{1_kOhm}}}));
    }
    CHECK_FALSE(check(chain{voltage_source{}, passive_network_for<shunt_series>(recorded(riaa_iec))}));
}

TEST_CASE("A part that is left out of a network is a fault and not another network")
{
    const auto forgotten = check(chain{voltage_source{}, passive_network<shunt_parallel>{.r1 = 22_kOhm, .c1 = 33_nF, .c2 = 100_nF}});
    REQUIRE(forgotten);
    CHECK(std::string{forgotten.part} == "passive_network.r2");
}

TEST_CASE("Passive networks become filters within a thousandth of a decibel")
{
    double worst = 0.0;
    const between_stages place{.impedance = 15_kOhm, .source = 600_Ohm, .load = 220_kOhm};
    const auto sweep = [&](const auto& network) {
        const auto schematic = chain{
            magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
            loading{.resistance = 47_kOhm, .capacitance = 250_pF},
            feedback_stage{op_amp{.gain = 80_dB, .corner = 1_kHz, .output_resistance = 50_Ohm}, resistor{9.1_kOhm}, resistor{100_Ohm}},
            series_arm{resistor{place.source}},
            network,
            shunt_arm{resistor{place.load}}};
        const auto alone = chain{voltage_source{}, series_arm{resistor{place.source}}, network, shunt_arm{resistor{place.load}}};
        for (const double rate : measure::six_rates) {
            REQUIRE_FALSE(check(schematic, frequency{rate}));
            worst = std::max(worst, measure::worst_error_db(design(schematic, frequency{rate}), response_of(schematic), audible));
            worst = std::max(worst, measure::worst_error_db(design(alone, frequency{rate}), response_of(alone), audible));
        }
    };
    sweep(passive_network_for<shunt_parallel>(riaa, place));
    sweep(passive_network_for<shunt_series>(riaa, place));
    sweep(nearest(passive_network_for<shunt_parallel>(riaa, place), e24, e12));
    measure::figure("passive networks, alone and behind cartridge and amplifier, six rates", worst, "dB", 1e-3);
    CHECK(worst < 1e-3);
}

TEST_CASE("A running preamp plays its passive network")
{
    constexpr auto schematic = chain{voltage_source{}, passive_network_for<shunt_series>(riaa, {.impedance = 10_kOhm})};
    preamp<schematic> playing{48_kHz};
    const auto h = measure::impulse_response<double>(playing, 48000);
    const auto ideal = measure::exact(riaa);
    double worst = 0.0;
    for (const double f : measure::log_frequencies(20.0, 20e3, 50))
        worst = std::max(worst, std::fabs(measure::decibels(std::abs(measure::transform(h, f, 48e3)) / std::abs(ideal(f)))));
    measure::figure("impulse through the running network at 48 kHz", worst, "dB", 1e-3);
    CHECK(worst < 1e-3);
}

TEST_CASE("A feedback network of exact values has the curve for its impedance")
{
    double worst = 0.0;
    for (const curve& c : two_lags_and_a_lead()) {
        auto ideal = measure::exact(c);
        for (const double level : levels) {
            ideal.level = level;
            const auto a = feedback_network_for<in_series>(c, resistance{level});
            const auto b = feedback_network_for<ladder>(c, resistance{level});
            for (const double f : measure::log_frequencies(1.0, 1e6, 200)) {
                worst = std::max(worst, static_cast<double>(std::abs(complex{input_impedance(a, frequency{f})} / ideal(f) - 1.0L)));
                worst = std::max(worst, static_cast<double>(std::abs(complex{input_impedance(b, frequency{f})} / ideal(f) - 1.0L)));
            }
        }
    }
    measure::figure("impedance over curve, every curve, both forms, 1 Hz to 1 MHz", worst, "", 1e-12);
    CHECK(worst < 1e-12);
    const resistance at_dc = resistance_at_dc(riaa, 100_kOhm);
    CHECK(std::abs(input_impedance(feedback_network_for<ladder>(riaa, at_dc), 1_kHz)) == Approx(100e3).epsilon(1e-12));
    CHECK(at_dc.si == Approx(989.8079e3).epsilon(1e-6));
}

TEST_CASE("A published network is the one that the formulas give")
{
    // keith-snook.info, RIAA-3 calculator: 88.333 kOhm and 36 nF in series with 7.5 kOhm and 10 nF.
    constexpr auto n = feedback_network_for<in_series>(riaa, resistance{88333.0 + 1.0 / 3.0 + 7500.0});
    CHECK(n.r1.si == Approx(88333.0).epsilon(1e-5));
    CHECK(n.c1.si == Approx(36e-9).epsilon(1e-12));
    CHECK(n.r2.si == Approx(7500.0).epsilon(1e-12));
    CHECK(n.c2.si == Approx(10e-9).epsilon(1e-12));
    CHECK(nearest(n, e96, e24) == feedback_network<in_series>{.r1 = 88.7_kOhm, .c1 = 36_nF, .r2 = 7.5_kOhm, .c2 = 10_nF});
    const auto told = conformance(chain{voltage_source{}, inverting_stage{huge, nearest(n, e96, e24), resistor{1_kOhm}}}, riaa);
    std::printf("    88.7 kOhm, 36 nF, 7.5 kOhm, 10 nF: %+.4f dB at %.0f Hz\n", told.worst().decibels, told.worst_at().si);
    CHECK(std::fabs(told.worst().decibels) ==
          Approx(worst_off([&](real f) { return impedance_of(nearest(n, e96, e24), f); }, riaa)).margin(1e-5));
}

TEST_CASE("An inverting stage has the curve and its finite gain takes off what the loop says")
{
    double ideal_worst = 0.0, finite_worst = 0.0, finite_off = 0.0;
    const auto compare = [&](const auto& zf) {
        const resistance zi = 10_kOhm;
        const auto good = chain{voltage_source{}, inverting_stage{huge, zf, resistor{zi}}};
        ideal_worst = std::max(ideal_worst, worst_off(response_of(good), riaa));
        ideal_worst = std::max(ideal_worst, std::fabs(conformance(good, riaa).worst().decibels));
        const auto finite = chain{voltage_source{}, inverting_stage{plain, zf, resistor{zi}}};
        finite_off = std::max(finite_off, std::fabs(conformance(finite, riaa).worst().decibels));
        for (const double f : audible) {
            const complex a = open_loop(plain, f), z = impedance_of(zf, f), ri = static_cast<real>(zi.si);
            const complex expected = -a * z / (z + ri * (1.0L + a));
            const complex found = response_of(finite)(f);
            finite_worst = std::max(finite_worst, std::fabs(measure::decibels(std::abs(found) / std::abs(expected))));
        }
    };
    compare(feedback_network_for<in_series>(riaa, 1_MOhm));
    compare(feedback_network_for<ladder>(riaa, 1_MOhm));
    measure::figure("inverting stage of 20 dB at 1 kHz, both forms, 220 dB of open-loop gain", ideal_worst, "dB", 1e-6);
    measure::figure("the same with 60 dB and 2 kHz against its closed form", finite_worst, "dB", 1e-9);
    std::printf("    which is %.3f dB off the curve\n", finite_off);
    CHECK(ideal_worst < 1e-6);
    CHECK(finite_worst < 1e-9);
    CHECK(finite_off > 0.01);
}

TEST_CASE("A trans-impedance stage with an equalising network plays a moving coil")
{
    const moving_coil_cartridge coil{.resistance = 10_Ohm, .inductance = 10_uH};
    double worst = 0.0;
    const auto compare = [&](const auto& zf) {
        const auto stage = chain{coil, transimpedance_stage{huge, zf}};
        worst = std::max(worst, worst_off(
                                    [&](real f) {
                                        return response_of(stage)(f) *
                                               (10.0L + s_at(f) * 10e-6L);   // what the winding takes off is not the network's
                                    },
                                    riaa));
    };
    compare(feedback_network_for<in_series>(riaa, 10_kOhm));
    compare(feedback_network_for<ladder>(riaa, 10_kOhm));
    measure::figure("trans-impedance stage, both forms, less the winding", worst, "dB", 1e-6);
    CHECK(worst < 1e-6);
}

TEST_CASE("A non-inverting stage has a floor and a network made for it leaves only one zero")
{
    for (const double at_1_khz : {20.0, 30.0, 40.0, 50.0}) {
        const gain at_dc{at_1_khz + 19.911};
        const double g = std::pow(10.0, at_dc.decibels / 20.0);
        const resistance ri = 1_kOhm, zf_at_dc = ri * (g - 1.0);
        const auto with = [&](const auto& zf) { return feedback_stage{huge, zf, resistor{ri}}; };

        // The network of the curve itself: 1 + zf/ri.
        const auto plain_network = chain{voltage_source{}, with(feedback_network_for<in_series>(riaa, zf_at_dc))};
        const auto h = measure::exact(riaa);
        const auto closed_form = [&](real f) { return 1.0L + static_cast<real>(g - 1.0) * h(f); };
        const auto off = [&](const auto& response, real f) {
            return measure::decibels(std::abs(response(f) / response(1000.0L)) / std::abs(h(f) / h(1000.0L)));
        };
        const double found = off(response_of(plain_network), 20e3L), expected = off(closed_form, 20e3L);
        CHECK(std::fabs(found - expected) < 1e-6);

        // The network made for it: the curve times one zero, which a low-pass behind the stage takes away.
        const curve made = for_non_inverting(riaa, at_dc);
        const auto t = static_cast<real>(floor_of(riaa, at_dc).si);
        const auto series_stage = with(feedback_network_for<in_series>(made, zf_at_dc));
        const auto ladder_stage = with(feedback_network_for<ladder>(made, zf_at_dc));
        const auto less_zero = [&](const auto& stage) {
            const auto schematic = chain{voltage_source{}, stage};
            return worst_off([&](real f) { return response_of(schematic)(f) / (1.0L + s_at(f) * t); }, riaa);
        };
        const auto corrected = [&](const auto& stage) {
            return conformance(
                       chain{voltage_source{}, stage, series_arm{resistor{1_kOhm}}, shunt_arm{capacitor{floor_of(riaa, at_dc) / 1_kOhm}}},
                       riaa)
                .worst()
                .decibels;
        };
        const double zero = off([&](real f) { return h(f) * (1.0L + s_at(f) * t); }, 20e3L);
        std::printf("    %2.0f dB at 1 kHz: +%.4f dB at 20 kHz; made for it +%.4f dB; with the low-pass of %.3f us %+.1e dB at worst\n",
                    at_1_khz, found, zero, static_cast<double>(t) * 1e6, corrected(series_stage));
        CHECK(less_zero(series_stage) < 1e-6);
        CHECK(less_zero(ladder_stage) < 1e-6);
        CHECK(std::fabs(corrected(series_stage)) < 1e-6);
        CHECK(std::fabs(corrected(ladder_stage)) < 1e-6);
        CHECK(zero > 0.0);
    }
}

TEST_CASE("The floor of a stage of 60 dB is a zero of three quarters of a microsecond")
{
    const duration zero = floor_of(riaa, 60_dB);
    CHECK(zero.si == Approx(0.75e-6).epsilon(1e-12));
    CHECK(measure::decibels(std::abs(1.0L + s_at(20e3L) * static_cast<real>(zero.si))) == Approx(0.038).margin(0.0005));
}

TEST_CASE("A non-inverting stage of too little gain has no network")
{
    for (const gain too_little : {gain{19.99}, gain{0.0}, gain{-20.0}}) {
        const auto zf = feedback_network_for<in_series>(for_non_inverting(riaa, too_little), 10_kOhm);
        CHECK(check(chain{voltage_source{}, feedback_stage{huge, zf, resistor{1_kOhm}}}));
    }
    const auto zf = feedback_network_for<in_series>(for_non_inverting(riaa, gain{20.01}), 10_kOhm);
    CHECK_FALSE(check(chain{voltage_source{}, feedback_stage{huge, zf, resistor{1_kOhm}}}));
}
