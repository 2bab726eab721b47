// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/tube_circuits.hpp"
#include "support/waveshaper.hpp"

#include <phono/measurement/alias_level.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <memory>

using namespace phono;
using namespace phono::literals;

namespace {

gain of_stage(oversampling factor, double volts)
{
    const auto preamp =
        std::make_unique<tube_preamp<std::remove_const_t<decltype(reference::smooth)>>>(reference::smooth, 44.1_kHz, factor);
    return alias_level(*preamp, 44.1_kHz, 10_kHz, voltage{volts});
}

}   // namespace

TEST_CASE("the third harmonic of 10 kHz at 44.1 kHz comes back as an alias of its own level")
{
    // Of a sine of peak 1, x + 0.1 x^3 makes 0.025 of the third harmonic in 1.075 of the sine.
    CHECK(alias_level(waveshaper{.cube = 0.1}, 44.1_kHz, 10_kHz, 1_V).decibels == Approx(20.0 * std::log10(0.025 / 1.075)).margin(1e-6));
    CHECK(alias_level(waveshaper{}, 44.1_kHz, 10_kHz, 1_V).decibels < -250.0);
    // At 192 kHz the third harmonic is a harmonic, and above 20 kHz.
    CHECK(alias_level(waveshaper{.cube = 0.1}, 192_kHz, 10_kHz, 1_V).decibels < -250.0);
}

TEST_CASE("each doubling of the oversampling lessens what a hard overload at 10 kHz aliases to")
{
    double before = 0.0;
    for (const oversampling factor : {oversampling::none, oversampling::twice, oversampling::four_times, oversampling::eight_times}) {
        const double level = of_stage(factor, 4.0).decibels;
        measure::note(std::to_string(static_cast<int>(factor)) + " times: 4 V of 10 kHz at 44.1 kHz", std::to_string(level) + " dBc");
        CHECK(level < before - 3.0);
        before = level;
    }
    CHECK(of_stage(oversampling::automatic, 0.1).decibels < -150.0);
}

TEST_CASE("alias_level has no figure of a processor with a problem or of a tone beyond half the rate")
{
    CHECK(std::isnan(alias_level(preamp<chain{voltage_source{}, riaa}>{}, 44.1_kHz, 1_kHz, 1_V).decibels));
    CHECK(std::isnan(alias_level(waveshaper{}, 44.1_kHz, 23_kHz, 1_V).decibels));
    CHECK(std::isnan(alias_level(waveshaper{}, 44.1_kHz, 1_kHz, 0_V).decibels));
}
