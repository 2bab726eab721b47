// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/filter/magnitude_fit.hpp>

namespace phono {

namespace detail {

/// The largest difference of two magnitudes, functions of frequency in hertz, from 20 Hz to 20 kHz (or 0.45 of a low rate), in decibels.
/// Not a number where one of them is none.
constexpr double largest_error_db(const auto& digital, const auto& analogue, frequency rate) noexcept
{
    const double top = rate.si < 44.1e3 ? 0.45 * rate.si : 20e3;
    constexpr int points = 200;
    double worst = 0.0;
    for (int i = 0; i <= points; ++i) {
        const double hertz = 20.0 * math::exp(math::log(top / 20.0) * i / points);
        const double off = math::abs(math::decibels(math::abs(digital(hertz)) / math::abs(analogue(hertz))));
        if (!(off <= worst)) worst = off;
        if (!(worst >= 0.0)) break;   // not a number stays
    }
    return worst;
}

/// Samples by which the first of two responses is later than the second at 1 kHz.
constexpr double delay_at_1_khz(const auto& digital, const auto& analogue, frequency rate) noexcept
{
    return -math::arg(digital(1000.0) / analogue(1000.0)) / (2.0 * math::pi * 1000.0) * rate.si;
}

}   // namespace detail

/// The fixed filter behind a discretised circuit that brings its small-signal magnitude to the circuit's own, and what it achieves.
struct post_correction {
    digital_filter filter{};
    double error_db = 0.0;   ///< at most, from 20 Hz to 20 kHz or 0.45 of the rate, at small signals
    double delay = 0.0;      ///< samples by which corrected signals of 1 kHz are later than the circuit's; early if negative
};

/// Designs it from the circuit's response and the discretisation's, functions of frequency in hertz. Both have the circuit's own
/// behaviour at low frequencies, so that only what the sampling costs near the top of the band is left to correct: a few guard
/// poles and a numerator fitted to the ratio of the powers. Stable and minimum-phase by construction; distortion products are corrected
/// as the signal is.
constexpr post_correction design_post_correction(const auto& circuit, const auto& discrete, frequency rate) noexcept
{
    using detail::fit_band;
    const fit_band& band = detail::band_for(rate.si);
    post_correction result;
    result.filter.rate = rate;
    double target[fit_band::nodes]{};
    for (int j = 0; j < fit_band::nodes; ++j) {
        const double hertz = band.w[j] * rate.si / (2.0 * math::pi);
        target[j] = math::norm(circuit(hertz)) / math::norm(discrete(hertz));
        for (int i = 0; i < band.guards; ++i) target[j] *= (1.0 - band.guard[i]) * (1.0 - band.guard[i]) + 4.0 * band.guard[i] * band.h[j];
    }
    constexpr int highest = 8;   // more gains nothing
    for (int degree = highest; degree >= 0; --degree, ++result.filter.fallback) {
        detail::correction found;
        if (!detail::magnitude_fit{band, target, degree}.factor(found)) continue;
        double zeros_at_dc = 1.0;
        for (const math::complex z : found.zeros) {
            zeros_at_dc *= digital_filter::factor({1.0}, z).re;
            result.filter.zeros.add(z);
        }
        for (int i = 0; i < band.guards; ++i) result.filter.poles.add({band.guard[i]});
        result.filter.gain = math::sqrt(found.dc_power) / math::abs(zeros_at_dc);
        break;
    }
    const auto corrected = [&](double hertz) {
        const double w = 2.0 * math::pi * hertz / rate.si;
        return discrete(hertz) * result.filter(math::complex{math::cos(w), -math::sin(w)});
    };
    result.error_db = detail::largest_error_db(corrected, circuit, rate);
    result.delay = detail::delay_at_1_khz(corrected, circuit, rate);
    return result;
}

}   // namespace phono
