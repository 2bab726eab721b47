// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/filter/guarded_fit.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The largest difference of two magnitudes, functions of frequency in hertz, from 20 Hz to the top of the band, in decibels.
/// Not a number if one of them is not.
[[nodiscard]] constexpr double largest_error_db(const auto& digital, const auto& analogue, frequency rate) noexcept
{
    const double top = top_of_band(rate);
    constexpr int points = 200;
    double worst = 0.0;
    for (int i = 0; i <= points; ++i) {
        const double hertz = 20.0 * math::exp(math::log(top / 20.0) * i / points);
        const double off = math::abs(math::decibels(math::abs(digital(hertz)) / math::abs(analogue(hertz))));
        if (!(off <= worst)) worst = off;
        if (!(worst >= 0.0)) break;   // a NaN stays
    }
    return worst;
}

/// Samples by which the first of two responses is later than the second at 1 kHz.
constexpr double delay_at_1_khz(const auto& digital, const auto& analogue, frequency rate) noexcept
{
    return -math::arg(digital(1000.0) / analogue(1000.0)) / (2.0 * math::pi * 1000.0) * rate.si;
}

/// The fixed filter behind a discretised circuit that restores the circuit's own small-signal magnitude, and how well it does.
struct post_correction {
    digital_filter filter{};
    double error_db = 0.0;   ///< the largest small-signal error from 20 Hz to the top of the band
    double delay = 0.0;      ///< samples by which corrected signals of 1 kHz are later than the circuit's; early if negative
};

/// Of the correction's numerator: a higher one gains nothing.
inline constexpr int highest_correction_degree = 8;

/// Designs the correction from responses, functions of frequency in hertz: the circuit's own, by which the result is judged; what is
/// wanted, which is the same as the circuit's modes give it; and the discretisation's. The latter two agree at low frequencies, so that
/// only the sampling error near the top of the band is left to correct: by a few guard poles and a numerator fitted to the ratio of the
/// powers. Stable and minimum-phase by construction; distortion products are corrected as the signal is.
///
/// What is wanted does not come from the nodal equations, because a fit that goes to half of all frequencies and is then extrapolated
/// magnifies what is not smooth: their rounding, up to 1e-11 where the response is far down and another at each frequency, becomes 1e-9 of
/// the phase at 1 kHz. What is amiss with the modes is in both responses alike.
/// (eq. 27 of large_signal/README.md)
[[nodiscard]] constexpr post_correction design_post_correction(const auto& circuit, const auto& wanted, const auto& discrete,
                                                               frequency rate) noexcept
{
    const fit_band& band = band_for(rate.si);
    post_correction result;
    result.filter.rate = rate;
    double power[fit_band::nodes]{};
    bool is_silent = true;
    for (int j = 0; j < fit_band::nodes; ++j) {
        const double hertz = band.w[j] * rate.si / (2.0 * math::pi);
        const double asked = math::norm(wanted(hertz)), stepped = math::norm(discrete(hertz));
        power[j] = asked / stepped;
        is_silent = is_silent && asked == 0.0 && stepped == 0.0;
    }
    if (is_silent) return result;   // a gain of 0: there is nothing to correct
    const guarded_fit fit{band, power, highest_correction_degree - band.guards};
    result.filter.fallback = fit.rungs;
    result.filter.zeros = fit.zeros, result.filter.poles = fit.guards;
    result.filter.gain = fit.gain;
    if (!fit.found) result.filter.fail(unfitted);
    const auto corrected = [&](double hertz) {
        const double w = 2.0 * math::pi * hertz / rate.si;
        return discrete(hertz) * result.filter(math::complex{math::cos(w), -math::sin(w)});
    };
    result.error_db = largest_error_db(corrected, circuit, rate);
    result.delay = delay_at_1_khz(corrected, circuit, rate);
    return result;
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
