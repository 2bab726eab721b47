// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <phono/phono.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>
#include <fstream>
#include <string>

namespace {

using namespace phono;

/// The amplifier of the reference netlists: gain 1e5, its pole by 1 kOhm and 1.59154943 uF (100 Hz).
constexpr op_amp reference_amplifier{.gain = 100_dB, .corner = corner(1_kOhm * 1.59154943_uF)};
constexpr transimpedance_stage current_input{reference_amplifier, resistor{1_kOhm}, 100_pF};

/// A(s) of that amplifier.
std::complex<double> open_loop(double hertz) { return 1e5 / std::complex<double>{1.0, hertz / reference_amplifier.corner.si}; }

template <class Chain>
void agrees_with_ngspice(const std::string& name, const Chain& schematic)
{
    std::ifstream file(std::string{PHONO_REFERENCE "/linear/"} + name + ".csv");
    REQUIRE(file);
    std::string heading;
    std::getline(file, heading);
    const math::rational roots = poles_zeros(schematic);
    double hertz = 0.0, expected = 0.0, phase = 0.0, direct = 0.0, by_roots = 0.0;
    char comma = 0;
    int rows = 0;
    for (; file >> hertz >> comma >> expected >> comma >> phase; ++rows) {
        direct = std::max(direct, std::abs(decibels(response(schematic, frequency{hertz})) - expected));
        by_roots = std::max(by_roots, std::abs(20.0 * std::log10(math::abs(roots({0.0, 2.0 * math::pi * hertz}))) - expected));
    }
    std::printf("%-10s direct %8.1e dB, poles and zeros %8.1e dB (at most 1e-9 dB)\n", name.c_str(), direct, by_roots);
    CHECK(rows > 200);
    CHECK(direct < 1e-9);
    CHECK(by_roots < 1e-9);
}

}  // namespace

TEST_CASE("A cartridge read as a current source is what ngspice says")
{
    agrees_with_ngspice("tia_Rc2", chain{moving_coil_cartridge{.coil = 2_Ohm, .winding = 2_uH}, current_input});
    agrees_with_ngspice("tia_Rc12", chain{moving_coil_cartridge{.coil = 12_Ohm, .winding = 25_uH}, current_input});
    agrees_with_ngspice("tia_Rc40", chain{moving_coil_cartridge{.coil = 40_Ohm, .winding = 150_uH}, current_input});
}

TEST_CASE("An amplifier of gain 1e5 and 10 MHz gain-bandwidth has its open-loop corner at 100 Hz")
{
    CHECK(corner_of(100_dB, 10_MHz).si == Approx(100.0).epsilon(1e-12));
    CHECK(corner_of(100_dB, 10_MHz).si == Approx(reference_amplifier.corner.si).epsilon(1e-8));
}

TEST_CASE("The virtual earth is Zf over one plus the gain, with an output resistance in series with Zf")
{
    constexpr transimpedance_stage bare{reference_amplifier, resistor{1_kOhm}};
    constexpr op_amp real{.gain = 100_dB, .corner = reference_amplifier.corner, .output_resistance = 50_Ohm};
    constexpr transimpedance_stage with_output{real, resistor{1_kOhm}};
    for (const double f : {10.0, 100.0, 1e3, 1e4, 2e4, 1e5}) {
        CHECK(std::abs(input_impedance(bare, frequency{f}) * (1.0 + open_loop(f)) / 1000.0 - 1.0) < 1e-6);
        CHECK(std::abs(input_impedance(with_output, frequency{f}) * (1.0 + open_loop(f)) / 1050.0 - 1.0) < 1e-6);
    }
}

TEST_CASE("A cable hardly matters to a current input and much to a voltage input")
{
    const auto at_20_khz = [](const auto& schematic) { return decibels(response(schematic, 20_kHz)); };
    const moving_coil_cartridge coil{.coil = 12_Ohm, .winding = 25_uH};
    const double current_mode = at_20_khz(chain{coil, transimpedance_stage{reference_amplifier, resistor{1_kOhm}, 5_nF}}) -
                                at_20_khz(chain{coil, transimpedance_stage{reference_amplifier, resistor{1_kOhm}}});
    const magnetic_cartridge magnet = cartridges::typical_magnetic;
    const double voltage_mode = at_20_khz(chain{magnet, loading{.cable = 5_nF}}) - at_20_khz(chain{magnet, loading{}});
    std::printf("5 nF of cable at 20 kHz: %+.4f dB into a current input, %+.2f dB into 47 kOhm\n", current_mode, voltage_mode);
    CHECK(std::abs(current_mode) < 0.02);
    CHECK(std::abs(voltage_mode) > 10.0);
}

TEST_CASE("Feedback stages have the gain of the closed loop, not of an ideal amplifier")
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
    const auto open = chain{voltage_source{}, series_arm{resistor{100_kOhm}},
                            feedback_stage{loaded, resistor{1_GOhm}, resistor{1_mOhm}}, shunt_arm{resistor{1_kOhm}}};
    CHECK(std::abs(response(open, 1_Hz)) == Approx(1000.0 / 2.0 / 2.0).epsilon(1e-5));
}

TEST_CASE("Stages with amplifiers become filters within a thousandth of a decibel")
{
    double worst = 0.0;
    const auto schematic = chain{moving_coil_cartridge{.coil = 12_Ohm, .winding = 25_uH}, current_input,
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
