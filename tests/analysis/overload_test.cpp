// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/exact_riaa.hpp"

#include <phono/analysis/overload.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <limits>

/// Headroom against closed forms.
namespace {

using namespace phono;
using namespace phono::literals;

constexpr op_amp wide{.gain = 140_dB, .corner = frequency{1e9}};
constexpr magnetic_cartridge five_millivolts{.output = 5_mV, .resistance = 1_Ohm, .inductance = inductance{1e-9}};
constexpr loading load{.resistance = 47_kOhm};

/// What 5 mV RMS times 100 leaves of 13 V.
const double at_1_khz = 20.0 * std::log10(13.0 / (std::sqrt(2.0) * 5e-3 * 100.0));

constexpr chain flat_first{five_millivolts, load, feedback_stage{wide, resistor{9.9_kOhm}, resistor{100_Ohm}}, normalised(riaa),
                           feedback_stage{wide, resistor{1_kOhm}, resistor{1_kOhm}}};

static_assert(overload_margin(flat_first, 0, 1_kHz).decibels > overload_margin(flat_first, 0, 20_kHz).decibels + 19.0);

}   // namespace

TEST_CASE("A flat first stage runs out of headroom at the top of the band and one behind the curve has the same everywhere")
{
    const auto headroom = overload(flat_first, {.swing = 13_V});
    REQUIRE(headroom.count == 2);
    CHECK(headroom.margins[0].least.decibels == Approx(at_1_khz + measure::riaa_db(20e3)).margin(0.001));
    CHECK(headroom.margins[0].at == 20_kHz);
    CHECK(headroom.margins[1].least.decibels == Approx(at_1_khz - 20.0 * std::log10(2.0)).margin(0.001));
    CHECK(headroom.clips_first().block == 2);
    for (const double f : {20.0, 1e3, 20e3}) {
        CHECK(overload_margin(flat_first, 0, frequency{f}).decibels == Approx(at_1_khz + measure::riaa_db(f)).margin(0.001));
        CHECK(overload_margin(flat_first, 1, frequency{f}).decibels == Approx(at_1_khz - 20.0 * std::log10(2.0)).margin(0.001));
    }
}

TEST_CASE("Headroom follows the swing and the cartridge's output")
{
    const double usual = overload(flat_first).clips_first().least.decibels;
    CHECK(overload(flat_first, {.swing = 6.5_V}).clips_first().least.decibels == Approx(usual - 20.0 * std::log10(2.0)).margin(1e-9));
    CHECK(overload(flat_first, {.signal = 10_mV}).clips_first().least.decibels == Approx(usual - 20.0 * std::log10(2.0)).margin(1e-9));
    const chain as_velocity{disc_velocity{five_millivolts}, load, feedback_stage{wide, resistor{9.9_kOhm}, resistor{100_Ohm}}};
    CHECK(overload(as_velocity).clips_first().least.decibels == Approx(usual).margin(1e-9));
}

TEST_CASE("A ceramic cartridge's EMF follows displacement and has the least headroom in the bass")
{
    const chain ceramic{ceramic_cartridge{.output = 200_mV, .element = 1_uF}, loading{.resistance = 10_MOhm}, follower{wide}};
    const auto first = overload(ceramic).clips_first();
    // 1 kHz/f of the EMF, and the recording curve.
    const auto margin = [](double f) { return 20.0 * std::log10(13.0 / (std::sqrt(2.0) * 0.2) * f / 1e3) + measure::riaa_db(f); };
    CHECK(overload_margin(ceramic, 0, 20_kHz).decibels == Approx(margin(20e3)).margin(0.001));
    CHECK(overload_margin(ceramic, 0, 50_Hz).decibels == Approx(margin(50.0)).margin(0.001));
    CHECK(first.least.decibels == Approx(margin(20.0)).margin(0.001));
    CHECK(first.at == 20_Hz);
}

TEST_CASE("Headroom that cannot be told is not a number")
{
    const chain sourceless{voltage_source{}, follower{wide}};
    CHECK(std::isnan(overload(sourceless).clips_first().least.decibels));
    CHECK(overload(sourceless, {.signal = 1_V}).clips_first().least.decibels ==
          Approx(20.0 * std::log10(13.0 / std::sqrt(2.0)) + measure::riaa_db(20e3)).margin(1e-5));
    const chain without_amplifier{five_millivolts, load};
    CHECK(overload(without_amplifier).count == 0);
    CHECK(std::isnan(overload(without_amplifier).clips_first().least.decibels));
    CHECK(std::isnan(overload(flat_first, {.swing = 0_V}).clips_first().least.decibels));
    for (const double signal : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()})
        CHECK(std::isnan(overload_margin(flat_first, 0, 1_kHz, {.signal = voltage{signal}}).decibels));
    for (const double from : {0.0, 1e-300})
        CHECK(std::isnan(overload_margin(flat_first, 0, 1_kHz, {.from = frequency{from}, .to = frequency{1e300}}).decibels));
    CHECK(std::isnan(overload_margin(flat_first, 2, 1_kHz).decibels));
    CHECK(std::isnan(overload_margin(flat_first, 0, 0_Hz).decibels));
}
