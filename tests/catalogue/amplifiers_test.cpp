// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/catalogue/amplifiers.hpp>
#include <phono/chain/chain.hpp>
#include <phono/source/voltage_source.hpp>
#include <phono/stage/amplifier_stage.hpp>

#include <cmath>
#include <string>

using namespace phono;
using namespace phono::literals;
using catalogue::find_amplifier;

static_assert(find_amplifier("ne5534a")->value.gain == 100_dB && find_amplifier("ne5534") == nullptr);

TEST_CASE("Noise has the densities that the data sheet states, at both frequencies")
{
    const struct {
        const amplifier_sheet& sheet;
        double hertz, nanovolts, picoamperes;   // 0: not stated
    } table[] = {
        {amplifiers::ne5532, 1000, 5, 0.7},   {amplifiers::ne5532, 30, 8, 2.7},      {amplifiers::ne5534a, 1000, 3.5, 0.4},
        {amplifiers::ne5534a, 30, 5.5, 1.5},  {amplifiers::opa1612, 1000, 1.1, 1.7}, {amplifiers::opa1612, 10, 2, 3},
        {amplifiers::ad797, 1000, 0.9, 2},    {amplifiers::ad797, 10, 1.7, 0},       {amplifiers::lt1028, 1000, 0.85, 1},
        {amplifiers::lm4562, 1000, 2.7, 1.6}, {amplifiers::lm4562, 10, 6.4, 3.1},    {amplifiers::op27, 1000, 3, 0.4},
        {amplifiers::tl072, 1000, 18, 0.01},  {amplifiers::opa2134, 1000, 8, 0.003}, {amplifiers::lme49720, 1000, 2.7, 1.6},
    };
    for (const auto& row : table) {
        INFO(row.hertz << " Hz, " << row.nanovolts << " nV");
        CHECK(row.sheet.voltage_noise.at(frequency{row.hertz}) == Approx(row.nanovolts * 1e-9).epsilon(1e-12));
        if (row.picoamperes > 0.0)
            CHECK(row.sheet.current_noise.at(frequency{row.hertz}) == Approx(row.picoamperes * 1e-12).epsilon(1e-12));
    }
}

TEST_CASE("Corners that the sheet states agree with densities that it states elsewhere")
{
    // LT1028: 1.0 nV and 4.7 pA at 10 Hz; OP27: 3.5 nV and 1.7 pA at 10 Hz. Typical figures, rounded to two digits.
    CHECK(amplifiers::lt1028.voltage_noise.at(10_Hz) == Approx(1.0e-9).epsilon(0.05));
    CHECK(amplifiers::lt1028.current_noise.at(10_Hz) == Approx(4.7e-12).epsilon(0.05));
    CHECK(amplifiers::op27.voltage_noise.at(10_Hz) == Approx(3.5e-9).epsilon(0.05));
    CHECK(amplifiers::op27.current_noise.at(10_Hz) == Approx(1.7e-12).epsilon(0.15));
    // NE5534A: 3.42 nV white with a corner of 47.6 Hz, 0.309 pA with 678 Hz, by hand from its four densities.
    CHECK(amplifiers::ne5534a.voltage_noise.white == Approx(3.42e-9).epsilon(1e-3));
    CHECK(amplifiers::ne5534a.voltage_noise.corner.si == Approx(47.6).epsilon(1e-3));
    CHECK(amplifiers::ne5534a.current_noise.white == Approx(0.309e-12).epsilon(1e-3));
    CHECK(amplifiers::ne5534a.current_noise.corner.si == Approx(678.0).epsilon(1e-3));
}

TEST_CASE("The one-pole amplifier has its sheet's gain at DC and unity at the gain-bandwidth product")
{
    for (const auto& known : catalogue::amplifiers) {
        INFO(known.name);
        const chain open{voltage_source{}, amplifier_stage{known.value.one_pole()}};
        CHECK(decibels(response(open, 0_Hz)) == Approx(known.value.gain.decibels).margin(1e-9));
        CHECK(decibels(response(open, known.value.gain_bandwidth)) == Approx(0.0).margin(1e-4));
    }
}

TEST_CASE("Every amplifier's figures are physical")
{
    for (const auto& known : catalogue::amplifiers) {
        INFO(known.name);
        catalogue::for_each_figure(known.value, [](auto name, double value, auto) {
            INFO(name);
            CHECK(std::isfinite(value));
            CHECK(value > 0.0);
        });
        measure::note(std::string{known.name}, std::to_string(known.value.voltage_noise.white * 1e9) + " nV, corner " +
                                                   std::to_string(known.value.voltage_noise.corner.si) + " Hz; " +
                                                   std::to_string(known.value.current_noise.white * 1e12) + " pA, corner " +
                                                   std::to_string(known.value.current_noise.corner.si) + " Hz");
    }
    CHECK(catalogue::amplifiers.size() == 12);
}
