// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/analysis/conformance.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/equaliser/passive_network.hpp>
#include <phono/phono.hpp>

#include <cmath>

namespace {

using namespace phono;
using namespace phono::literals;
using measure::real;

// A constant schematic is held to its curve by the compiler.
constexpr auto bought =
    chain{voltage_source{}, nearest(passive_network_for<shunt_form::parallel>(riaa, {.impedance = 47_kOhm}), e_series::e24, e_series::e24)};
static_assert(worst_deviation(bought, riaa) < 0.2_dB);
static_assert(!(worst_deviation(bought, riaa) < 0.02_dB));

}   // namespace

TEST_CASE("Conformance finds the extremes of a deviation that is known")
{
    const auto of = [](const curve& c, const auto&... band) { return conformance(chain{voltage_source{}, c}, riaa, band...); };
    const auto off = [](const curve& c, real f) {
        const auto a = measure::exact(c), b = measure::exact(riaa);
        return measure::decibels(std::abs(a(f) / a(1000.0L)) / std::abs(b(f) / b(1000.0L)));
    };
    // At the ends of the band.
    const auto iec = of(riaa_iec);
    CHECK(iec.worst_at().si == 20.0);
    CHECK(std::fabs(iec.worst().decibels - off(riaa_iec, 20.0L)) < 1e-11);
    CHECK(iec.highest_at.si == 20e3);
    constexpr curve neumann_curve{.lags = {3180_us, 75_us}, .leads = {318_us, 3.18_us}};
    const auto neumann = of(neumann_curve);
    CHECK(neumann.worst_at().si == 20e3);
    CHECK(std::fabs(neumann.worst().decibels - off(neumann_curve, 20e3L)) < 1e-11);
    CHECK(neumann.lowest_at.si == 20.0);
    CHECK(of(neumann_curve, 100_Hz, 10_kHz).worst_at().si == 10e3);

    // A dip between two lags where a curve has two leads: 2/(x + 1/x) at their geometric mean, of lags x apart from it.
    for (const double centre : {37.7, 511.0, 3456.7, 15432.1}) {
        const duration t = time_constant(frequency{centre});
        const curve dip{.lags = {t * 1.5, t / 1.5, 3180_us, 75_us}, .leads = {t, t, 318_us}};
        const auto told = of(dip);
        const auto shape = [&](real f) {
            const real x = f / static_cast<real>(centre);
            return (1.0L + x * x) / std::sqrt((1.0L + 2.25L * x * x) * (1.0L + x * x / 2.25L));
        };
        CHECK(std::fabs(told.lowest_at.si / centre - 1.0) < 1e-6);
        CHECK(std::fabs(told.lowest.decibels - measure::decibels(2.0L / (1.5L + 1.0L / 1.5L) / shape(1000.0L))) < 1e-11);
        CHECK(told.lowest.decibels <= 0.0);
        CHECK(told.highest.decibels >= 0.0);
    }
}

TEST_CASE("Conformance finds a resonance")
{
    const inductance l = 100_mH;
    for (const double q : {2.0, 5.0, 10.0})
        for (const double f0 : {333.0, 1777.0, 9999.0}) {
            const double w = 2.0 * static_cast<double>(measure::pi) * f0;
            const auto resonant = chain{voltage_source{}, series_arm{series(resistor{resistance{w * l.si / q}}, inductor{l})},
                                        shunt_arm{capacitor{capacitance{1.0 / (w * w * l.si)}}}};
            const auto told = conformance(resonant, curve{});
            const auto magnitude = [&](real f) {
                const real x = f / static_cast<real>(f0), d = x / static_cast<real>(q);
                return 1.0L / std::sqrt((1.0L - x * x) * (1.0L - x * x) + d * d);
            };
            const real peak_at = static_cast<real>(f0) * std::sqrt(1.0L - 0.5L / static_cast<real>(q * q));
            CHECK(std::fabs(told.highest_at.si / static_cast<double>(peak_at) - 1.0) < 1e-6);
            CHECK(std::fabs(told.highest.decibels - measure::decibels(magnitude(peak_at) / magnitude(1000.0L))) < 1e-9);
        }
}

TEST_CASE("Conformance is not a number where a schematic or a band cannot be judged")
{
    const auto faulty = chain{voltage_source{}, passive_network_for<shunt_form::parallel>(riaa, {.load = 8_kOhm})};
    CHECK(std::isnan(conformance(faulty, riaa).worst().decibels));
    CHECK_FALSE(worst_deviation(faulty, riaa) < 100.0_dB);
    const auto silent = chain{voltage_source{}, buffer{.gain = gain{-1e5}}, riaa};
    CHECK(std::isnan(conformance(silent, riaa).worst().decibels));
    const auto sound = chain{voltage_source{}, riaa};
    CHECK(std::isnan(conformance(sound, riaa, 20_kHz, 20_Hz).worst().decibels));
    CHECK(std::isnan(conformance(sound, riaa, frequency{0.0}).worst().decibels));
    CHECK(std::isnan(conformance(sound, riaa, frequency{1e-300}, frequency{1e300}).worst().decibels));
    CHECK(std::fabs(conformance(sound, riaa).worst().decibels) < 1e-13);
}
