// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/tube_circuits.hpp"

#include <phono/alias_level.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <memory>

using namespace phono;
using namespace phono::literals;

namespace {

/// Squares and cubes what it is given, at the sampling rate: what its harmonics alias to is known.
class cuber {
public:
    void prepare(frequency) noexcept {}
    void prepare(const process_specification auto&) noexcept {}
    void reset() noexcept {}
    double operator()(double x) noexcept { return x + share * x * x * x; }
    void process(std::span<double> block) noexcept
    {
        for (double& x : block) x = (*this)(x);
    }
    void process(std::span<const double> in, std::span<double> out) noexcept
    {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = (*this)(in[i]);
    }
    std::complex<double> response(frequency) const noexcept { return 1.0; }
    double latency() const noexcept { return 0.0; }
    long unsolved() const noexcept { return 0; }
    fault problem() const noexcept { return {}; }

    double share = 0.0;
};

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
    CHECK(alias_level(cuber{0.1}, 44.1_kHz, 10_kHz, 1_V).decibels == Approx(20.0 * std::log10(0.025 / 1.075)).margin(1e-6));
    CHECK(alias_level(cuber{0.0}, 44.1_kHz, 10_kHz, 1_V).decibels < -250.0);
    // At 192 kHz the third harmonic is a harmonic, and above 20 kHz.
    CHECK(alias_level(cuber{0.1}, 192_kHz, 10_kHz, 1_V).decibels < -250.0);
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
    CHECK(std::isnan(alias_level(cuber{}, 44.1_kHz, 23_kHz, 1_V).decibels));
    CHECK(std::isnan(alias_level(cuber{}, 44.1_kHz, 1_kHz, 0_V).decibels));
}
