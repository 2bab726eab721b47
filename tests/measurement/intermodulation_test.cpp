// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/waveshaper.hpp"

#include <phono/measurement/intermodulation.hpp>
#include <phono/phono.hpp>

#include <cmath>

using namespace phono;
using namespace phono::literals;

namespace {

/// The RIAA curve, then x + a x^2 + b x^3: what the shaper is given has the levels of the output.
class equalised_shaper : public waveshaper {
public:
    void prepare(frequency rate) noexcept { curve.prepare(rate); }
    void prepare(const process_specification auto& s) noexcept { curve.prepare(s); }
    void reset() noexcept { curve.reset(); }
    double operator()(double x) noexcept { return waveshaper::operator()(curve(x)); }
    void process(std::span<double> block) noexcept
    {
        for (double& x : block) x = (*this)(x);
    }
    void process(std::span<const double> in, std::span<double> out) noexcept
    {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = (*this)(in[i]);
    }
    [[nodiscard]] std::complex<double> response(frequency f) const noexcept { return curve.response(f); }

    preamp<chain{voltage_source{}, riaa}> curve{};
};

}   // namespace

TEST_CASE("SMPTE intermodulation of x + a x^2 + b x^3 is that of its closed form, with an equaliser before it as well")
{
    // Of L at 60 Hz and H at 7 kHz: sidebands a L H, and 3/4 b L^2 H, each twice, over H + b (3/4 H^3 + 3/2 L^2 H).
    const double a = 0.02, b = 0.01, low = 1.6, high = 0.4;
    const double reference = high + b * (0.75 * high * high * high + 1.5 * low * low * high);
    const auto is_right = [&](const intermodulation& found) {
        CHECK(found.high_output.si == Approx(reference).epsilon(1e-9));
        CHECK(found.second == Approx(2.0 * a * low * high / reference).epsilon(1e-9));
        CHECK(found.third == Approx(1.5 * b * low * low * high / reference).epsilon(1e-9));
        CHECK(found.total() == Approx(std::hypot(found.second, found.third)).epsilon(1e-12));
        CHECK(found.low_tone.si == Approx(60.0).margin(2.6));
        CHECK(found.high_tone.si == Approx(7e3).margin(2.6));
    };
    is_right(smpte_intermodulation(waveshaper{.square = a, .cube = b}, 96_kHz, 2_V));
    equalised_shaper equalised{{.square = a, .cube = b}};
    equalised.prepare(96_kHz);
    is_right(smpte_intermodulation(equalised, 96_kHz, 2_V));
}

TEST_CASE("CCIF intermodulation of x + a x^2 + b x^3 is that of its closed form")
{
    // Of A at 19 and at 20 kHz: a A^2 at 1 kHz and 3/4 b A^3 at 18 and at 21 kHz, over twice A + b (3/4 + 3/2) A^3.
    const double a = 0.02, b = 0.01, each = 1.0;
    const double reference = 2.0 * (each + b * 2.25 * each * each * each);
    const intermodulation found = ccif_intermodulation(waveshaper{.square = a, .cube = b}, 192_kHz, 2_V);
    CHECK(found.second == Approx(a * each * each / reference).epsilon(1e-9));
    CHECK(found.third == Approx(1.5 * b * each * each * each / reference).epsilon(1e-9));
}

TEST_CASE("there is no intermodulation figure of a processor with a problem, at too low a rate or of silence")
{
    CHECK(std::isnan(smpte_intermodulation(preamp<chain{voltage_source{}, riaa}>{}, 44.1_kHz, 1_V).second));
    CHECK(std::isnan(smpte_intermodulation(waveshaper{}, 12_kHz, 1_V).second));
    CHECK(std::isnan(ccif_intermodulation(waveshaper{}, 40_kHz, 1_V).third));
    CHECK(std::isnan(ccif_intermodulation(waveshaper{}, 44.1_kHz, 0_V).third));
    CHECK(smpte_intermodulation(waveshaper{}, 44.1_kHz, 1_V).total() < 1e-12);
}
