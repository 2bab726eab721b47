// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/analysis/impedance.hpp>
#include <phono/phono.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>

namespace {

using namespace phono;
using namespace phono::literals;

constexpr op_amp quick{.gain = 100_dB, .corner = 100_Hz};

}   // namespace

TEST_CASE("Feedback stages have the gain of the closed loop and not of an ideal amplifier")
{
    constexpr op_amp poor{.gain = 60_dB, .corner = 2_kHz};
    const auto non_inverting = chain{voltage_source{}, feedback_stage{poor, resistor{150_kOhm}, resistor{38.7_kOhm}}};
    const auto inverting = chain{voltage_source{}, inverting_stage{poor, resistor{150_kOhm}, resistor{38.7_kOhm}}};
    constexpr double beta = 38.7 / 188.7;
    for (const double f : {20.0, 1e3, 2e3, 2e4, 1e5, 1e6}) {
        const std::complex<double> a = 1000.0 / std::complex<double>{1.0, f / 2e3};
        const auto expected = a / (1.0 + a * beta);
        CHECK(std::abs(response(non_inverting, frequency{f}) / expected - 1.0) < 1e-12);
        CHECK(std::abs(response(inverting, frequency{f}) / (-expected * (1.0 - beta)) - 1.0) < 1e-12);
    }
    CHECK(std::abs(input_impedance(inverting, 20_Hz)) == Approx(38.7e3 + 150e3 / 1001.0).epsilon(1e-4));
}

TEST_CASE("An amplifier's input and output resistance load what they are joined to")
{
    constexpr op_amp loaded{.gain = 60_dB, .corner = 2_kHz, .input_resistance = 100_kOhm, .output_resistance = 1_kOhm};
    // Open loop: zf is out of reach, ri is next to nothing.
    const auto open = chain{voltage_source{}, series_arm{resistor{100_kOhm}}, feedback_stage{loaded, resistor{1_GOhm}, resistor{1_mOhm}},
                            shunt_arm{resistor{1_kOhm}}};
    CHECK(std::abs(response(open, 1_Hz)) == Approx(1000.0 / 2.0 / 2.0).epsilon(1e-5));
}

TEST_CASE("Stages with amplifiers become filters within a thousandth of a decibel")
{
    double worst = 0.0;
    const auto schematic = chain{moving_coil_cartridge{.resistance = 12_Ohm, .inductance = 25_uH}, cable{.capacitance = 100_pF},
                                 transimpedance_stage{quick, resistor{1_kOhm}},
                                 feedback_stage{op_amp{.gain = 60_dB, .corner = 2_kHz}, resistor{150_kOhm}, resistor{38.7_kOhm}}, riaa};
    for (const double rate : {44.1e3, 48e3, 88.2e3, 96e3, 176.4e3, 192e3}) {
        REQUIRE_FALSE(check(schematic, frequency{rate}));
        const digital_filter filter = design(schematic, frequency{rate});
        for (double f = 20.0; f <= 20e3; f *= 1.02)
            worst = std::max(worst, std::abs(decibels(filter.response(frequency{f})) - decibels(response(schematic, frequency{f}))));
    }
    std::printf("trans-impedance, feedback stage and RIAA at six rates: %.1e dB (at most 1e-3)\n", worst);
    CHECK(worst < 1e-3);
}
