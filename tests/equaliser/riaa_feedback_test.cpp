// SPDX-License-Identifier: BSL-1.0
#include "support/bench.hpp"

#include <phono/analysis/conformance.hpp>
#include <phono/analysis/open_loop.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <string>

namespace {

using namespace phono;
using namespace phono::literals;
using measure::complex;
using measure::real;

/// An amplifier as good as ideal: 220 dB, up to 1 MHz.
constexpr op_amp huge{.gain = 220_dB, .corner = 1_MHz};

constexpr auto stage(const riaa_feedback& wanted) { return chain{voltage_source{}, feedback_stage{huge, wanted}}; }
/// With the low-pass behind it that cancels the zero of a non-inverting stage.
constexpr auto stage_with_low_pass(const riaa_feedback& wanted)
{
    return chain{voltage_source{}, feedback_stage{huge, wanted}, series_arm{resistor{1_kOhm}},
                 shunt_arm{capacitor{wanted.floor() / 1_kOhm}}};
}
double level(const auto& schematic, frequency f) { return decibels(response(schematic, f)); }

static_assert(riaa_feedback{}.curve == riaa);
static_assert(riaa_feedback::equalises);

}   // namespace

TEST_CASE("RIAA by feedback has the stated gain at 1 kHz, and the curve")
{
    for (const gain wanted : {2_dB, 20_dB, 40_dB, 60_dB}) {
        for (const curve& c : {riaa, curves::aes, curves::columbia_lp, normalised(riaa)}) {
            const riaa_feedback feedback{.gain_at_1_kHz = wanted, .ri = 470_Ohm, .curve = c};
            INFO(wanted.decibels << " dB");
            if (wanted.decibels < 10.0 && check(stage(feedback))) continue;   // not every curve has its network at 2 dB
            // The amplifier's own 1e-11 at 20 kHz is at most 1e-6 dB of 80 dB at DC.
            CHECK(level(stage(feedback), 1_kHz) == Approx(wanted.decibels).margin(1e-6));
            CHECK(std::fabs(conformance(stage_with_low_pass(feedback), c).worst().decibels) < 1e-6);
        }
    }
    // Without the low-pass what remains is the floor, T1 T3/T2 over the gain at DC: 0.758 us at 40 dB, which is 0.039 dB at 20 kHz.
    constexpr riaa_feedback feedback{.gain_at_1_kHz = 40_dB, .ri = 1_kOhm};
    const double floor = 3180e-6 * 75e-6 / 318e-6 / 989.8, w = 2.0 * 3.14159265358979 * 20e3;
    CHECK(feedback.floor().si == Approx(floor).epsilon(1e-4));
    CHECK(level(stage(feedback), 20_kHz) - 40.0 + 19.6203 == Approx(10.0 * std::log10(1.0 + w * w * floor * floor)).margin(5e-4));
}

TEST_CASE("RIAA by feedback is the network that is designed by hand")
{
    constexpr riaa_feedback feedback{.gain_at_1_kHz = 40_dB, .ri = 1_kOhm};
    const auto network = feedback_network_for<feedback_form::series>(for_non_inverting(riaa, feedback.gain_at_dc()),
                                                                     1_kOhm * (feedback.gain_at_dc().ratio() - 1.0));
    const auto by_hand = chain{voltage_source{}, feedback_stage{huge, network, resistor{1_kOhm}}};
    for (const frequency f : {1_Hz, 100_Hz, 10_kHz, 1_MHz})
        CHECK(std::abs(response(stage(feedback), f) / response(by_hand, f) - 1.0) < 1e-9);
    CHECK(feedback.gain_at_dc().decibels == Approx(59.911).margin(1e-3));
    // What one buys: within 0.4 dB, and still one network and one resistor.
    constexpr auto bought = nearest(feedback.network(), e_series::e96, e_series::e24);
    CHECK(std::fabs(conformance(chain{voltage_source{}, feedback_stage{huge, bought, resistor{1_kOhm}}}, riaa).worst().decibels) < 0.4);
}

TEST_CASE("RIAA by feedback stands among the other paths of its stage, and is taken out of the open loop")
{
    constexpr auto around = [](const op_amp& amplifier) {
        return chain{voltage_source{}, feedback_stage{amplifier, riaa_feedback{.gain_at_1_kHz = 40_dB, .ri = 1_kOhm}, resistor{10_kOhm}}};
    };
    // A further network leads to ground: ri is 1 kOhm parallel to 10 kOhm, which multiplies all but the 1 of the gain by 1.1.
    const complex alone = response(stage({.gain_at_1_kHz = 40_dB}), 1_kHz), both = response(around(huge), 1_kHz);
    CHECK(std::abs(both - (1.1L * alone - 0.1L)) < 1e-6);
    bench::response_is("open loop", open_loop(around(op_amp{.gain = 100_dB, .corner = 100_Hz})),
                       [](complex s) { return bench::low_pass(s, 1e5L, 100.0L); });
}

TEST_CASE("A gain that RIAA by feedback cannot have is a fault")
{
    CHECK_FALSE(check(stage({.gain_at_1_kHz = gain{0.97}})));   // by the closed form 0.960 dB is the least
    for (const gain too_low : {gain{0.95}, gain{0.0}, gain{-20.0}}) {
        const fault found = check(stage({.gain_at_1_kHz = too_low}));
        REQUIRE(found);
        CHECK(std::string{found.part} == "riaa_feedback.gain_at_1_kHz");
        CHECK(*found.value == too_low.decibels);
    }
    CHECK(check(stage({.curve = riaa_iec})));
    bench::is_fault(check(stage({.ri = -1_kOhm})), "feedback_network.r1", "must be above zero");
}
