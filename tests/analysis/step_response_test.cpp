// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/analysis/step_response.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/match.hpp>
#include <phono/phono.hpp>

#include <cmath>

/// Step responses against closed forms, and against the equations of the circuit integrated in time.
namespace {

using namespace phono;
using namespace phono::literals;

/// R in series, C to ground.
constexpr auto low_pass(resistance r, capacitance c)
{
    return chain{moving_coil_cartridge{.resistance = r}, loading{.resistance = 1_GOhm, .capacitance = c}};
}

}   // namespace

TEST_CASE("The step of one pole is 1 - exp(-t/T) and rises in T ln 9")
{
    const step_response step{low_pass(1_kOhm, 1_nF)};
    const double constant = 1e-6 / (1.0 + 1e-6), level = 1.0 / (1.0 + 1e-6);
    for (const double t : {0.0, 1e-8, 1e-6, 3e-6, 1e-4})
        CHECK(step(duration{t}) == Approx(level * (1.0 - std::exp(-t / constant))).epsilon(1e-9).margin(1e-12));
    CHECK(step.rise_time().si == Approx(constant * std::log(9.0)).epsilon(1e-9));
    CHECK(step.overshoot() == Approx(0.0).margin(1e-12));
    CHECK(step.level().si == Approx(level));
}

TEST_CASE("The step of a resonance overshoots by exp(-pi zeta/sqrt(1 - zeta^2))")
{
    // 1 kOhm in series with 0.1 H, 1 nF to ground: w0 = 1e5, zeta = R/(2 L w0) = 0.05.
    const magnetic_cartridge coil{.resistance = 1_kOhm, .inductance = 100_mH};
    const step_response step{chain{coil, loading{.resistance = resistance{1e15}, .capacitance = 1_nF}}};
    const double zeta = 0.05, w0 = 1e5, damped = w0 * std::sqrt(1.0 - zeta * zeta);
    for (const double t : {1e-6, 1e-5, 3.1e-5, 1e-4, 1e-3}) {
        const double expected = 1.0 - std::exp(-zeta * w0 * t) * (std::cos(damped * t) + zeta * w0 / damped * std::sin(damped * t));
        CHECK(step(duration{t}) == Approx(expected).epsilon(1e-9));
    }
    CHECK(step.overshoot() == Approx(std::exp(-measure::pi * zeta / std::sqrt(1.0 - zeta * zeta))).epsilon(1e-6));
}

TEST_CASE("Poles that coincide are moved apart and cost 1e-5 at most")
{
    math::rational twice;
    twice.gain = 1e12;
    for (int i = 0; i < 2; ++i) twice.poles.add({-1e6});
    const step_response step{twice};
    for (const double t : {1e-7, 1e-6, 3e-6, 1e-5})
        CHECK(std::abs(step(duration{t}) - (1.0 - (1.0 + t * 1e6) * std::exp(-t * 1e6))) < 2e-5);
}

TEST_CASE("A step through both inputs obeys the circuit's equations and settles at their gain")
{
    // The trans-impedance input inverts: it settles at -Rf/Rc, within its loop gain.
    const auto& cartridge = cartridges::at_oc9xml;
    const match_inputs inputs = usual_inputs(cartridge);
    const step_response voltage{voltage_input(cartridge, inputs)}, current{transimpedance_input(cartridge, inputs)};
    CHECK(current.level().si == Approx(-1e3 / 12.0).epsilon(1e-4));
    CHECK(voltage.level().si == Approx(100.0 * 120.0 / 132.0).epsilon(1e-4));
    CHECK(voltage(1_s) == Approx(voltage.level().si).epsilon(1e-9));
    CHECK(current(1_s) == Approx(current.level().si).epsilon(1e-9));
    // From 0, for neither passes infinite frequencies.
    CHECK(std::abs(voltage(0_s)) < 1e-6 * voltage.level().si);
    CHECK(std::abs(current(0_s)) < 1e-6 * std::abs(current.level().si));
    // A pole alone would rise in 0.35 over its bandwidth; these are near to that.
    const cartridge_match found = match(cartridge, inputs);
    std::printf("    AT-OC9XML: voltage %.3f us, trans-impedance %.3f us and %.0f %% of overshoot\n", 1e6 * voltage.rise_time().si,
                1e6 * current.rise_time().si, 100.0 * current.overshoot());
    CHECK(voltage.rise_time().si * found.voltage_input.bandwidth.si == Approx(0.35).margin(0.03));
}

TEST_CASE("With the amplifier of before a current input is the slower one")
{
    // Bandwidths of 46.7 and 98.9 kHz: "faster transients" is not what the figures say.
    const auto& cartridge = cartridges::at_oc9xml;
    match_inputs inputs{.load = 120_Ohm};
    inputs.amplifier = {100_dB, 10_MHz, {1e-9}, {2e-12}};
    inputs.feedback_capacitor = 22_pF;
    CHECK(rise_time(transimpedance_input(cartridge, inputs)) > rise_time(voltage_input(cartridge, inputs)));
}

TEST_CASE("A step that passes no DC counts from the gain at 1 kHz and decays")
{
    const auto& cartridge = cartridges::ortofon_mc2000;
    const step_response step{transformer_input(cartridge, usual_inputs(cartridge))};
    CHECK(step.level().si == Approx(match(cartridge).transformer_input.gain_at_1_khz.ratio()).epsilon(1e-3));
    CHECK(step.rise_time().si > 0.0);
    CHECK(std::abs(step(1_s)) < 1e-3 * step.level().si);
}

TEST_CASE("A step response can be evaluated at compile time, and a fault gives none")
{
    static constexpr duration rise = rise_time(low_pass(1_kOhm, 1_nF));
    CHECK(rise.si == Approx(1e-6 * std::log(9.0)).epsilon(1e-5));
    CHECK(std::isnan(step_response{low_pass(1_kOhm, capacitance{-1e-9})}(1_s)));
}
