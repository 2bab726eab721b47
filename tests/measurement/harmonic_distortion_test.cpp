// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/reference.hpp"
#include "support/tube_circuits.hpp"
#include "support/waveshaper.hpp"

#include <phono/measurement/harmonic_distortion.hpp>
#include <phono/measurement/level_at_distortion.hpp>
#include <phono/tube_preamp.hpp>

#include <cmath>
#include <limits>
#include <memory>
#include <string>

using namespace phono;
using namespace phono::literals;

namespace {

/// Passes 1 V and no more.
class limiter : public waveshaper {
public:
    double operator()(double x) noexcept { return x > 1.0 ? 1.0 : x < -1.0 ? -1.0 : x; }
    void process(std::span<double> block) noexcept
    {
        for (double& x : block) x = (*this)(x);
    }
    void process(std::span<const double> in, std::span<double> out) noexcept
    {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = (*this)(in[i]);
    }
};

/// y = x + s x^2, where s follows the mean of x^2 with a time constant of ten seconds, as the bias of a stage may.
class slow_bias : public waveshaper {
public:
    explicit slow_bias(long& played) : played_{&played} {}

    double operator()(double x) noexcept
    {
        ++*played_;
        bias_ += (x * x - bias_) * (1.0 / (10.0 * rate));
        return x + bias_ * x * x;
    }
    void process(std::span<double> block) noexcept
    {
        for (double& x : block) x = (*this)(x);
    }
    void process(std::span<const double> in, std::span<double> out) noexcept
    {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = (*this)(in[i]);
    }

    static constexpr double rate = 48e3;

private:
    long* played_;
    double bias_ = 0.0;
};

/// Where a limiter of 1 V has so much THD, by Fourier's integrals to the 19th harmonic: b_n = 2/pi int_0^pi y sin(n t) dt.
double level_of_limiter(double thd)
{
    const auto found = [](double peak) {
        double b[20] = {};
        constexpr int points = 200'000;
        for (int i = 0; i < points; ++i) {
            const double t = static_cast<double>(measure::pi) * (i + 0.5) / points, y = std::min(peak * std::sin(t), 1.0);
            for (int n = 1; n < 20; n += 2) b[n] += y * std::sin(n * t);
        }
        double sum = 0.0;
        for (int n = 3; n < 20; n += 2) sum += b[n] * b[n];
        return std::sqrt(sum) / b[1];
    };
    double below = 1.0, above = 2.0;
    while (above - below > 1e-7) (found(0.5 * (below + above)) < thd ? below : above) = 0.5 * (below + above);
    return below;
}

using stage = tube_preamp<std::remove_const_t<decltype(reference::single_direct)>>;

}   // namespace

TEST_CASE("the harmonics of x + a x^2 + b x^3 are those of its closed form")
{
    // Of A sin: A + 3/4 b A^3, a A^2 / 2 and b A^3 / 4.
    const waveshaper shaper{.square = 0.02, .cube = 0.01};
    const harmonic_levels found = harmonic_distortion(shaper, 96_kHz, 1_kHz, 2_V);
    const double fundamental = 2.0 + 0.75 * 0.01 * 8.0, second = 0.02 * 2.0 / fundamental, third = 0.01 * 2.0 / fundamental;
    CHECK(found.fundamental.si == Approx(fundamental).epsilon(1e-12));
    CHECK(found.relative[2] == Approx(second).epsilon(1e-10));
    CHECK(found.relative[3] == Approx(third).epsilon(1e-10));
    CHECK(found.thd == Approx(std::hypot(second, third)).epsilon(1e-10));
    CHECK(found.level(2).decibels == Approx(20.0 * std::log10(second)).margin(1e-9));
    for (const int n : {4, 5, 6, 7}) CHECK(found.relative[n] < 1e-13);
    CHECK(std::fabs(found.tone.si - 1000.0) < 3.0);
    CHECK(found.unrest == 0.0);
}

TEST_CASE("harmonics count to 20 kHz and below half the rate")
{
    const waveshaper shaper{.square = 0.02, .cube = 0.01};
    CHECK(harmonic_distortion(shaper, 192_kHz, 7_kHz, 1_V).relative[2] > 0.0);
    CHECK(harmonic_distortion(shaper, 192_kHz, 7_kHz, 1_V).level(3).decibels == -std::numeric_limits<double>::infinity());
    CHECK(harmonic_distortion(shaper, 16_kHz, 3_kHz, 1_V).level(3).decibels == -std::numeric_limits<double>::infinity());
}

TEST_CASE("harmonics of a 12AX7 stage are those of ngspice's transients, from 0.1 to 2 V")
{
    constexpr double bound = 0.01;
    for (const frequency rate : {48_kHz, 192_kHz}) {
        const auto preamp = std::make_unique<stage>(reference::single_direct, rate);
        double worst = 0.0;
        for (const auto& row : measure::reference_rows("tube/single12ax7_direct_harmonics")) {
            const harmonic_levels found = harmonic_distortion(*preamp, rate, 1_kHz, voltage{row[0]});
            for (const int n : {2, 3}) {
                const double expected = row[static_cast<std::size_t>(n)] / row[1];
                worst = std::max(worst, std::fabs(found.level(n).decibels - measure::decibels(expected)));
            }
            CHECK(found.fundamental.si == Approx(row[1]).epsilon(1e-5));
        }
        measure::figure("H2 and H3 of a 12AX7 stage against ngspice, " + measure::in_khz(rate.si), worst, "dB", bound);
        CHECK(worst < bound);
    }
}

TEST_CASE("a level at which distortion reaches 1 and 3 per cent is found")
{
    // a A / 2 = 1 % for a = 0.02 at A = 1 V.
    CHECK(level_at_distortion(waveshaper{.square = 0.02}, 96_kHz, 1_kHz, 0.01).si == Approx(1.0).epsilon(2e-5));
    CHECK(level_at_distortion(limiter{}, 96_kHz, 1_kHz, 0.01).si == Approx(level_of_limiter(0.01)).epsilon(1e-4));
    const auto preamp = std::make_unique<stage>(reference::single_direct, 48_kHz);
    for (const double thd : {0.01, 0.03}) {
        const voltage level = level_at_distortion(*preamp, 48_kHz, 1_kHz, thd);
        CHECK(harmonic_distortion(*preamp, 48_kHz, 1_kHz, level).thd == Approx(thd).epsilon(1e-4));
        measure::note("EMF of " + std::to_string(100.0 * thd) + " % THD", std::to_string(level.si) + " V peak");
    }
}

TEST_CASE("what takes ten seconds to settle need not have settled for its level of distortion to be known")
{
    // The bias tends to A^2/2, the second harmonic of A sin then to A^2/2 A/2 of it: 1 % at A^3 = 0.04.
    long played = 0;
    const voltage level = level_at_distortion(slow_bias{played}, frequency{slow_bias::rate}, 1_kHz, 0.01);
    const double expected = std::cbrt(0.04), seconds = static_cast<double>(played) / slow_bias::rate;
    measure::figure("level of 1 % behind a slow bias", std::fabs(measure::decibels(level.si / expected)), "dB", 1e-4);
    measure::note("played for it", std::to_string(seconds) + " s");
    CHECK(std::fabs(measure::decibels(level.si / expected)) < 1e-4);
    CHECK(seconds < 20.0);   // half a minute for each of 20 levels would be 600
}

TEST_CASE("there is no figure of a processor with a problem, of a tone beyond half the rate or of distortion that is never reached")
{
    CHECK(std::isnan(harmonic_distortion(preamp<chain{voltage_source{}, riaa}>{}, 44.1_kHz, 1_kHz, 1_V).thd));
    CHECK(std::isnan(harmonic_distortion(waveshaper{}, 44.1_kHz, 23_kHz, 1_V).thd));
    CHECK(std::isnan(harmonic_distortion(waveshaper{}, 44.1_kHz, 1_kHz, 0_V).fundamental.si));
    for (const double rate : {std::numeric_limits<double>::infinity(), 1e300, 1e11})   // a record of these has no length
        CHECK(std::isnan(harmonic_distortion(waveshaper{}, frequency{rate}, 1_kHz, 1_V).thd));
    CHECK(std::isnan(level_at_distortion(waveshaper{}, 44.1_kHz, 1_kHz, 0.01).si));
    CHECK(std::isnan(level_at_distortion(waveshaper{.square = 0.02}, 44.1_kHz, 1_kHz, 0.0).si));
}
