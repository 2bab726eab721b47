// SPDX-License-Identifier: BSL-1.0
#include "support/bench.hpp"

#include <phono/analysis/impedance.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <type_traits>

namespace {

using namespace phono;
using namespace phono::literals;
using namespace bench;
using measure::figure;
using measure::note;

/// A step-up for coils of a few ohms. Its values are of our choice, of the size that such transformers have.
constexpr step_up_transformer one_to_ten{.ratio = 10.0,
                                         .primary_resistance = 2.5_Ohm,
                                         .secondary_resistance = 280_Ohm,
                                         .magnetising = 2_H,
                                         .leakage = 4_uH,
                                         .secondary_capacitance = 180_pF};
constexpr moving_coil_cartridge coil{.output = 0.4_mV, .resistance = 12_Ohm, .inductance = 25_uH};
constexpr cable arm_cable{.capacitance = 120_pF, .resistance = 300_mOhm};
constexpr loading into_47k{.resistance = 47_kOhm, .capacitance = 60_pF};
constexpr auto whole = chain{coil, arm_cable, one_to_ten, into_47k};

real si(auto quantity) { return static_cast<real>(quantity.si); }

/// Two coupled windings by their mesh equations: L1, L2 and their mutual inductance instead of a core and an ideal transformer.
struct windings {
    real n, r1, r2, l1, l2, mutual, c2;

    explicit windings(const step_up_transformer& t)
        : n(static_cast<real>(t.ratio)),
          r1(si(t.primary_resistance)),
          r2(si(t.secondary_resistance)),
          l1(si(t.leakage) + si(t.magnetising)),
          l2(n * n * si(t.magnetising)),
          mutual(n * si(t.magnetising)),
          c2(si(t.secondary_capacitance))
    {
    }

    /// What the secondary's terminals see beside a load.
    complex with_own_capacitance(complex s, complex load) const { return load / (1.0L + s * c2 * load); }
    /// (source + r1 + s l1) i1 - s M i2 = 1;  -s M i1 + (r2 + s l2 + load) i2 = 0;  the output is load i2.
    complex gain(complex s, complex source, complex load) const
    {
        const complex z = with_own_capacitance(s, load), m = s * mutual;
        return z * m / ((source + r1 + s * l1) * (r2 + s * l2 + z) - m * m);
    }
    complex input(complex s, complex load) const
    {
        const complex m = s * mutual;
        return r1 + s * l1 - m * m / (r2 + s * l2 + with_own_capacitance(s, load));
    }
    complex output(complex s, complex source) const
    {
        const complex m = s * mutual;
        return with_own_capacitance(s, r2 + s * l2 - m * m / (source + r1 + s * l1));
    }
};

/// The coil and its cable as an EMF and an impedance.
complex source_impedance(complex s) { return across(12.0L + s * 25e-6L + 0.3L, 1.0L / (s * 120e-12L)); }
complex source_emf(complex s) { return 1.0L / (1.0L + (12.3L + s * 25e-6L) * s * 120e-12L); }
complex load_impedance(complex s) { return 47e3L / (1.0L + s * 47e3L * 60e-12L); }

/// The largest relative difference of two functions of frequency, 10 Hz to 100 kHz.
double worst_in_band(auto&& measured, auto&& expected) { return worst_relative(measured, expected, 10.0, 100e3); }

}   // namespace

TEST_CASE("A step-up transformer is two coupled windings")
{
    const windings t{one_to_ten};
    const double gain = worst_in_band([](frequency f) { return response(whole, f); },
                                      [&](complex s) { return source_emf(s) * t.gain(s, source_impedance(s), load_impedance(s)); });
    const auto roots = poles_zeros(whole);
    const double by_roots = worst_in_band(
        [&](frequency f) {
            const math::complex h = roots({0.0, angular(f).si});
            return std::complex<double>{h.re, h.im};
        },
        [&](complex s) { return source_emf(s) * t.gain(s, source_impedance(s), load_impedance(s)); });
    const double input = worst_in_band(
        [](frequency f) {
            return input_impedance(chain{coil, one_to_ten, into_47k}, f);
        },
        [&](complex s) { return t.input(s, load_impedance(s)); });
    const double output = worst_in_band(
        [](frequency f) {
            return output_impedance(chain{coil, arm_cable, one_to_ten}, f);
        },
        [&](complex s) { return t.output(s, source_impedance(s)); });
    is_small("gain against the mesh equations, 10 Hz to 100 kHz", gain);
    is_small("the same by poles and zeros", by_roots);
    is_small("input impedance", input);
    is_small("output impedance", output);
}

TEST_CASE("In mid-band a transformer multiplies by its ratio and divides the load by its square")
{
    // Reactances left out: EMF - coil, cable and primary - 1:n - secondary - load.
    const real source = 12.3L + 2.5L, n = 10.0L, load = 47e3L, reflected = (280.0L + load) / (n * n);
    const real expected = n * reflected / (source + reflected) * load / (280.0L + load);
    const double gain_db = decibels(response(whole, 1_kHz)), expected_db = measure::decibels(expected);
    const std::complex<double> z = input_impedance(chain{coil, one_to_ten, into_47k}, 1_kHz);
    const double behind = std::abs(output_impedance(chain{coil, arm_cable, one_to_ten}, 1_kHz));
    note("1:10 between 12 ohms and 47 kohms at 1 kHz, dB", std::to_string(gain_db) + ", resistances alone " + std::to_string(expected_db));
    note("the cartridge sees at 1 kHz, ohms", std::to_string(z.real()) + " " + std::to_string(z.imag()) + "j, with 47 kohms/100 = 470");
    note("output impedance at 1 kHz, ohms", std::to_string(behind));
    CHECK(gain_db == Approx(expected_db).margin(2e-4));   // the magnetising current at 1 kHz: (source/(2 pi f L))^2/2
    // Resistance: 2.5 + (280 + 47k)/100 = 475.3, and 2 H across all of it but the primary's 2.5.
    const real w = 2.0L * measure::pi * 1e3L;
    const complex closed = 2.5L + complex{0.0L, w * 4e-6L} +
                           across(complex{0.0L, w * 2.0L}, 2.8L + 1.0L / (1.0L / complex{470.0L} + complex{0.0L, w * 240e-12L * 100.0L}));
    CHECK(relative(z, closed) < 1e-12);
    CHECK(z.real() == Approx(475.3).epsilon(2e-3));
    CHECK(behind == Approx(280.0 + 100.0 * static_cast<double>(source)).epsilon(1e-4));   // 280 + 100 (12 + 0.3 + 2.5)
}

TEST_CASE("A transformer passes no direct voltage")
{
    CHECK(std::abs(response(whole, 0_Hz)) < 1e-15);
    const math::rational h = poles_zeros(whole);
    CHECK(std::any_of(h.zeros.begin(), h.zeros.end(), [](math::complex z) { return z == math::complex{}; }));
    // The bass corner: what the magnetising inductance sees, over 2 pi of it. The mid-band gain is taken where neither end counts.
    const real seen = static_cast<real>(std::abs(across(12.0L + 0.3L + 2.5L, (280.0L + 47e3L) / 100.0L)));
    const auto corner = static_cast<double>(seen / (2.0L * measure::pi * 2.0L));
    note("bass corner, Hz", std::to_string(corner));
    CHECK(decibels(response(whole, frequency{corner})) - decibels(response(whole, 1_kHz)) == Approx(-3.0103).margin(1e-3));
}

TEST_CASE("What a transformer may lack is left out by 0")
{
    constexpr step_up_transformer bare{.ratio = 5.0, .secondary_resistance = 100_Ohm, .magnetising = 1_H};
    const windings t{bare};
    constexpr loading resistive{.resistance = 10_kOhm};
    const double gain = worst_in_band(
        [&](frequency f) {
            return response(chain{coil, bare, resistive}, f);
        },
        [&](complex s) { return t.gain(s, 12.0L + s * 25e-6L, 10e3L); });
    const double input = worst_in_band(
        [&](frequency f) {
            return input_impedance(chain{coil, bare, resistive}, f);
        },
        [](complex s) { return across(s, 10.1e3L / 25.0L); });
    CHECK(gain < 1e-12);
    CHECK(input < 1e-12);
    // An ideal source, which holds the core's voltage: the ratio, from 0 Hz on.
    const auto held = chain{voltage_source{}, bare, resistive};
    CHECK_FALSE(check(held));
    CHECK(std::abs(response(held, 20_Hz) - 5.0 / 1.01) < 1e-12);
    // A cable of nothing is a wire.
    CHECK(std::abs(response(chain{coil, cable{}, bare, resistive}, 20_kHz) / response(chain{coil, bare, resistive}, 20_kHz) - 1.0) < 1e-14);
}

TEST_CASE("A cable is its resistance and then its capacitance")
{
    const double worst = worst_in_band(
        [](frequency f) {
            return response(chain{coil, arm_cable, loading{.resistance = 100_Ohm}}, f);
        },
        [](complex s) { return source_emf(s) * 100.0L / (100.0L + source_impedance(s)); });
    CHECK(worst < 1e-12);
}

TEST_CASE("A transformer of impossible parts is named with part and rule")
{
    const auto with = [](step_up_transformer t) { return check(chain{coil, t, into_47k}); };
    constexpr const char* positive = "must be above zero";
    constexpr const char* not_negative = "must not be negative";
    for (const double bad : {0.0, -1.0}) {
        is_fault(with({.ratio = bad}), "step_up_transformer.ratio", positive);
        is_fault(with({.secondary_resistance = resistance{bad}}), "step_up_transformer.secondary_resistance", positive);
        is_fault(with({.magnetising = inductance{bad}}), "step_up_transformer.magnetising", positive);
    }
    is_fault(with({.primary_resistance = -1_Ohm}), "step_up_transformer.primary_resistance", not_negative);
    is_fault(with({.leakage = -1_uH}), "step_up_transformer.leakage", not_negative);
    is_fault(with({.secondary_capacitance = -1_pF}), "step_up_transformer.secondary_capacitance", not_negative);
    is_fault(check(chain{coil, cable{.capacitance = -1_pF}, into_47k}), "cable.capacitance", not_negative);
    is_fault(check(chain{coil, cable{.resistance = -1_Ohm}, into_47k}), "cable.resistance", not_negative);
    CHECK_FALSE(with(one_to_ten));
}

TEST_CASE("A moving-coil cartridge with its transformer becomes a filter within a thousandth of a decibel")
{
    constexpr auto schematic = chain{coil, arm_cable, one_to_ten, into_47k, riaa};
    const windings t{one_to_ten};
    const auto exact = measure::exact(riaa);
    double worst = 0.0;
    for (const double rate : measure::six_rates) {
        REQUIRE_FALSE(check(schematic, frequency{rate}));
        const double error = measure::worst_error_db(design(schematic, frequency{rate}), [&](double f) {
            const complex s = s_at(f);
            return source_emf(s) * t.gain(s, source_impedance(s), load_impedance(s)) * exact(static_cast<real>(f));
        });
        if (!(error <= worst)) worst = error;
    }
    figure("coil, cable, transformer, loading and RIAA at six rates, 20 Hz to 20 kHz", worst, "dB", 1e-3);
    CHECK(worst < 1e-3);
}

TEST_CASE("A flat transfer is played without cartridge cable transformer and loading")
{
    constexpr auto schematic = chain{coil, arm_cable, one_to_ten, into_47k, buffer{20_dB}, riaa};
    constexpr auto behind = without_cartridge(schematic);
    static_assert(std::is_same_v<std::remove_const_t<decltype(behind)>, decltype(chain{voltage_source{}, buffer{}, riaa})>);
    CHECK(std::abs(response(behind, 0_Hz)) == Approx(10.0).epsilon(1e-12));   // 20 dB, and RIAA's 0 dB at DC
    // Only what stands before the first stage is the cartridge's.
    constexpr auto later = without_cartridge(chain{coil, into_47k, buffer{}, shunt_arm{resistor{1_kOhm}}, series_arm{resistor{1_kOhm}}});
    static_assert(std::is_same_v<std::remove_const_t<decltype(later)>,
                                 decltype(chain{voltage_source{}, buffer{}, shunt_arm{resistor{}}, series_arm{resistor{}}})>);
    static_assert(std::is_same_v<decltype(without_cartridge(chain{coil, arm_cable, one_to_ten, into_47k})), chain<voltage_source>>);
}
