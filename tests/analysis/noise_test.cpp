// SPDX-License-Identifier: BSL-1.0
#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/exact_riaa.hpp"
#include "support/tube_circuits.hpp"

#include <phono/analysis/bias.hpp>
#include <phono/analysis/noise.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <complex>
#include <string>

/// Noise against closed forms.
namespace {

using namespace phono;
using namespace phono::literals;

constexpr double k4t = 4.0 * 1.380649e-23 * 300.0;

/// An amplifier whose poles are beyond any band of interest.
constexpr op_amp flat(double ratio, const amplifier_noise& noise)
{
    return {.gain = gain::from_ratio(ratio), .corner = frequency{1e13}, .noise = noise};
}

constexpr double square(double x) { return x * x; }

double off(double seen, double expected) { return std::abs(seen / expected - 1.0); }

/// Simpson's rule on a fine logarithmic grid.
double integral(const auto& density, double from, double to)
{
    constexpr int steps = 40000;
    const double width = std::log(to / from) / steps;
    double sum = 0.0;
    for (int i = 0; i <= steps; ++i) {
        const double f = from * std::exp(width * i), term = f * density(f);
        sum += i == 0 || i == steps ? term : i % 2 == 1 ? 4.0 * term : 2.0 * term;
    }
    return sum * width / 3.0;
}

/// The A weighting as IEC 61672-1 states it, with the 2.000 dB that bring it to 0 dB at 1 kHz written as the same formula there.
double a_weight(double hertz)
{
    const auto formula = [](double f) {
        const double f2 = f * f;
        return square(12194.217) * f2 * f2 /
               ((f2 + square(20.598997)) * std::sqrt((f2 + square(107.65265)) * (f2 + square(737.86223))) * (f2 + square(12194.217)));
    };
    return formula(hertz) / formula(1e3);
}

constexpr chain moving_coil{moving_coil_cartridge{.output = 0.3_mV, .resistance = 40_Ohm}, loading{.resistance = 100_Ohm},
                            amplifier_stage{flat(1.0, {.voltage = 0.8e-9, .current = 2e-12})}};

// 149.366 nV in 19980 Hz, by the compiler.
constexpr double coil_density = noise_density(moving_coil, 1_kHz);
static_assert(math::abs(coil_density / 1.0567067e-9 - 1.0) < 1e-5);
constexpr auto coil_report = noise(moving_coil);
static_assert(math::abs(coil_report.rms.si / 149.366e-9 - 1.0) < 1e-5);

const chain magnetic{magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
                     loading{.resistance = 47_kOhm, .capacitance = 250_pF}};

/// The square of its density.
double of_magnetic(double f)
{
    const std::complex<double> s{0.0, 2.0 * math::pi * f}, coil = 1300.0 + s * 0.65;
    return k4t * (1.0 / (1.0 / coil + 1.0 / 47e3 + s * 250e-12)).real();
}

double sum_of_shares(const auto& report)
{
    double sum = 0.0, before = 1.0;
    for (const noise_share& part : report) {
        CHECK(part.share <= before);   // the largest first
        before = part.share;
        sum += part.share;
    }
    return sum;
}

}   // namespace

TEST_CASE("A cartridge with its load makes the noise of the real part of their impedance")
{
    for (const double f : {1.0, 20.0, 1e3, 8e3, 12485.0, 20e3, 1e5})
        CHECK(off(noise_density(magnetic, frequency{f}), std::sqrt(of_magnetic(f))) < 1e-12);
    const auto report = noise(magnetic);
    CHECK(off(report.rms.si, std::sqrt(integral(of_magnetic, 20.0, 20e3))) < 1e-9);
    CHECK(std::abs(sum_of_shares(report) - 1.0) < 1e-12);
    REQUIRE(report.count == 2);
    CHECK(std::string{report.shares[0].name} == "loading.resistance");
    CHECK(report.shares[0].value == 47e3);
    CHECK(report.shares[0].block == 1);
    CHECK(off(noise(magnetic, {.from = 100_Hz, .to = 3_kHz}).rms.si, std::sqrt(integral(of_magnetic, 100.0, 3e3))) < 1e-9);
}

TEST_CASE("Three quarters of a magnetic cartridge's weighted noise on 47 kOhm are the 47 kOhm's")
{
    const auto weighted = noise(magnetic, {.weight = noise_weight::by_riaa_and_a});
    REQUIRE(weighted.count == 2);
    CHECK(weighted.shares[0].share == Approx(0.75).margin(0.05));
    CHECK(std::abs(sum_of_shares(weighted) - 1.0) < 1e-12);
}

TEST_CASE("A moving coil of 40 ohms on 100 ohms and an amplifier of 0.8 nV and 2 pA make 149.366 nV")
{
    const double z = 40.0 * 100.0 / 140.0;
    const double density = k4t * z + square(0.8e-9) + square(2e-12 * z);
    CHECK(off(coil_report.rms.si, std::sqrt(19980.0 * density)) < 1e-9);
    CHECK(coil_report.rms.si == Approx(149.366e-9).epsilon(3.4e-6));
    CHECK(coil_density == Approx(std::sqrt(density)).epsilon(1e-12));
    const auto again = noise(moving_coil);   // at run time
    CHECK(off(again.rms.si, coil_report.rms.si) < 1e-12);
    REQUIRE(again.count == 4);
    CHECK(std::abs(sum_of_shares(again) - 1.0) < 1e-12);
    double found = 0.0;
    for (const noise_share& part : again)
        if (part.kind == noise_kind::amplifier_current) found = part.share;
    CHECK(off(found, square(2e-12 * z) / density) < 1e-9);
    // The EMF reaches the input by 100/140: 0.3 mV of it in 5 cm/s.
    CHECK(off(again.at_input.si, again.rms.si * 1.4) < 1e-9);
    CHECK(std::abs(again.snr - 20.0 * std::log10(0.3e-3 / 1.4 / again.rms.si)) < 1e-8);
    CHECK(off(input_noise_density(moving_coil, 1_kHz), 1.4 * std::sqrt(density)) < 1e-12);
}

TEST_CASE("A trans-impedance stage adds the noise of Rf and of its amplifier to that of the coil")
{
    const double rc = 12.0, rf = 560.0, en = 1.1e-9, in = 1.7e-12, fe = 80.0, fi = 300.0;
    const amplifier_noise noisy{.voltage = en, .current = in, .voltage_corner = frequency{fe}, .current_corner = frequency{fi}};
    const chain stage{moving_coil_cartridge{.output = 0.3_mV, .resistance = resistance{rc}},
                      transimpedance_stage{flat(1e12, noisy), resistor{resistance{rf}}}};
    const double gain = rf / rc;
    const auto density = [&](double f) {
        return k4t * rc * square(gain) + k4t * rf + square(en * (1.0 + gain)) * (1.0 + fe / f) + square(in * rf) * (1.0 + fi / f);
    };
    for (const double f : {1.0, 20.0, 1e3, 20e3}) CHECK(off(noise_density(stage, frequency{f}), std::sqrt(density(f))) < 1e-9);
    const double power = 19980.0 * density(1e30) + (square(en * (1.0 + gain)) * fe + square(in * rf) * fi) * std::log(1000.0);
    CHECK(off(noise(stage).rms.si, std::sqrt(power)) < 1e-9);
    CHECK(off(noise(stage).at_input.si, std::sqrt(power) / gain) < 1e-9);
}

TEST_CASE("Current noise counts by the magnitude of an impedance and thermal noise by its real part")
{
    const chain stage{magnetic_cartridge{.resistance = 1_kOhm, .inductance = 500_mH}, loading{.resistance = 47_kOhm, .capacitance = 150_pF},
                      feedback_stage{flat(1e9, {.voltage = 4e-9, .current = 0.6e-12}), resistor{10_kOhm}, resistor{100_Ohm}}};
    for (const double f : {20.0, 1e3, 15e3}) {
        const std::complex<double> s{0.0, 2.0 * math::pi * f};
        const std::complex<double> z = 1.0 / (1.0 / (1e3 + s * 0.5) + 1.0 / 47e3 + s * 150e-12);
        const double parallel = 1e6 / 10.1e3;
        const double at_input =
            k4t * z.real() + square(0.6e-12) * std::norm(z) + square(4e-9) + k4t * parallel + square(0.6e-12 * parallel);
        CHECK(off(noise_density(stage, frequency{f}), 101.0 * std::sqrt(at_input)) < 1e-6);   // the loop gain is 1e7
    }
}

TEST_CASE("Windings of a transformer make noise and its ratio does not")
{
    const chain stepped{
        moving_coil_cartridge{.resistance = 14_Ohm},
        step_up_transformer{.ratio = 10.0, .primary_resistance = 2_Ohm, .secondary_resistance = 300_Ohm, .magnetising = 1e6_H},
        loading{.resistance = 47_kOhm}};
    const double source = 1600.0 + 300.0, z = source * 47e3 / (source + 47e3);
    CHECK(off(noise_density(stepped, 1_kHz), std::sqrt(k4t * z)) < 1e-9);
    CHECK(noise(stepped).count == 4);
}

TEST_CASE("A curve shapes the noise from before it and not that from behind")
{
    const chain before{voltage_source{}, series_arm{resistor{10_kOhm}}, riaa};
    const chain behind{voltage_source{}, riaa, series_arm{resistor{10_kOhm}}, buffer{}};
    const chain undone{voltage_source{}, series_arm{resistor{10_kOhm}}, riaa, inverse(riaa), buffer{}};
    for (const double f : {20.0, 1e3, 20e3}) {
        const double thermal = std::sqrt(k4t * 1e4), curve = std::abs(response(chain{voltage_source{}, riaa}, frequency{f}));
        CHECK(off(noise_density(before, frequency{f}), thermal * curve) < 1e-12);
        CHECK(off(noise_density(behind, frequency{f}), thermal) < 1e-12);
        CHECK(off(noise_density(undone, frequency{f}), thermal) < 1e-12);
    }
    CHECK(std::isnan(noise(before).snr));   // a voltage source has no output of its own
    CHECK(std::abs(noise(behind, {.signal = 1_V}).snr + 20.0 * std::log10(std::sqrt(k4t * 1e4 * 19980.0)) -
                   decibels(response(behind, 1_kHz))) < 1e-9);
}

TEST_CASE("Noise is weighted by RIAA and by A as the standards have them")
{
    const chain plain{voltage_source{}, series_arm{resistor{1_kOhm}}};
    const auto rms = [&](noise_weight weight) { return noise(plain, {.weight = weight}).rms.si / std::sqrt(k4t * 1e3); };
    const auto riaa_weight = [](double f) { return std::pow(10.0, measure::riaa_db(f) / 20.0); };
    const auto rms_of = [&](const auto& weight) { return std::sqrt(integral([&](double f) { return square(weight(f)); }, 20.0, 20e3)); };
    CHECK(off(rms(noise_weight::unweighted), std::sqrt(19980.0)) < 1e-10);
    CHECK(off(rms(noise_weight::by_a), rms_of(a_weight)) < 1e-9);
    CHECK(off(rms(noise_weight::by_riaa), rms_of(riaa_weight)) < 1e-9);
    CHECK(off(rms(noise_weight::by_riaa_and_a), rms_of([&](double f) { return riaa_weight(f) * a_weight(f); })) < 1e-9);
    // The table of IEC 61672-1, to its tenth of a decibel.
    constexpr double table[][2]{{19.953, -50.5}, {31.62, -39.4}, {63.1, -26.2}, {125.9, -16.1}, {251.2, -8.6},   {501.2, -3.2},
                                {1e3, 0.0},      {1995.0, 1.2},  {3981.0, 1.0}, {7943.0, -1.1}, {15849.0, -6.6}, {19953.0, -9.3}};
    for (const auto& row : table) CHECK(10.0 * std::log10(detail::a_power(row[0])) == Approx(row[1]).margin(0.06));
}

TEST_CASE("A triode makes the noise of a resistor of 2.5/gm in series with its grid")
{
    const auto& stage = reference::single_coupled;
    const circuit held{stage};
    const double gm = bias(held)[0].transconductance;
    const auto with = [&](const noise_conditions& asked) { return square(noise_density(held, 1_kHz, asked)); };
    const double tube = with({}) - with({.triode_factor = 0.0});
    // From the grid to the output: what the source's gain is behind the divider of 10 kOhm with 100 nF and the leak of 1 MOhm.
    const double grid = std::abs(response(held, 1_kHz) / response(held, at<"grid1">, 1_kHz));
    CHECK(off(std::sqrt(tube), std::sqrt(k4t * 2.5 / gm) * grid) < 1e-3);   // interelectrode capacitances
    const double flicker = with({.triode_corner = 3_kHz}) - with({.triode_factor = 0.0});
    CHECK(off(flicker, 4.0 * tube) < 1e-9);
    bool is_told = false;
    for (const noise_share& part : noise(held)) is_told = is_told || part.kind == noise_kind::triode;
    CHECK(is_told);
}

TEST_CASE("A resonance of any sharpness is found and integrated")
{
    // k T/C in an endless band, and all of it in one that holds the resonance: R in series with L and C has 4kTR |H|^2.
    for (const double q : {10.0, 1e3, 1e5}) {
        const double l = 0.1, c = 1.0 / (square(2.0 * math::pi * 1234.5) * l), r = std::sqrt(l / c) / q;
        const chain resonant{voltage_source{}, series_arm{series(resistor{resistance{r}}, inductor{inductance{l}})},
                             shunt_arm{capacitor{capacitance{c}}}};
        const double all = 1.380649e-23 * 300.0 / c;
        const auto report = noise(resonant, {.from = frequency{1e-6}, .to = frequency{1e9}});
        CHECK(off(square(report.rms.si), all) < 1e-6);
    }
}

TEST_CASE("Noise that cannot be told is not a number")
{
    const chain faulty{voltage_source{}, series_arm{resistor{resistance{-1.0}}}, shunt_arm{resistor{1_kOhm}}};
    CHECK(std::isnan(noise_density(faulty, 1_kHz)));
    CHECK(std::isnan(noise(faulty).rms.si));
    CHECK(noise(faulty).count == 0);
    CHECK(std::isnan(noise(magnetic, {.from = 20_kHz, .to = 20_Hz}).rms.si));
    CHECK(std::isnan(noise(magnetic, {.temperature = -1.0}).rms.si));
    CHECK(std::isnan(noise_density(magnetic, 0_Hz)));
    const chain loud{moving_coil_cartridge{}, loading{}, amplifier_stage{op_amp{.noise = {.voltage = -1e-9}}}};
    CHECK(std::string{check(loud).part} == "amplifier_noise.voltage");
    const chain silent{voltage_source{}, buffer{}};
    CHECK(noise(silent).rms.si == 0.0);
    CHECK(noise(silent).count == 0);
}

TEST_CASE("Noise is found without allocating")
{
    const long before = allocations;
    const double rms = noise(moving_coil).rms.si;
    const long after = allocations;
    CHECK(after == before);
    CHECK(rms > 0.0);
    static_assert(noexcept(noise(moving_coil))&& noexcept(noise_density(moving_coil, frequency{})));
}
