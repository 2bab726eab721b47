// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/filter/guarded_fit.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

namespace detail {

/// Splits an analogue response into the roots that exp(sT) maps and the power that is left to the fit.
class matched_target {
public:
    constexpr matched_target(const math::rational& h, double rate, const fit_band& where) noexcept : band_(where)
    {
        const double period = 1.0 / rate;
        double scale = h.gain;
        int excess = h.poles.degree() - h.zeros.degree();
        extra_degree = excess;
        for (; excess > 0; --excess) scale *= period;
        for (; excess < 0; ++excess) scale /= period;
        for (int j = 0; j < fit_band::nodes; ++j) power[j] = scale * scale;
        sign = h.gain < 0.0 ? -1.0 : 1.0;
        const int longest = h.zeros.count > h.poles.count ? h.zeros.count : h.poles.count;
        for (int i = 0; i < longest; ++i) {
            if (i < h.zeros.count) take(period * h.zeros[i], zeros, true);
            if (i < h.poles.count) take(period * h.poles[i], poles, false);
        }
    }

    math::roots zeros;   ///< mapped, in the z-plane
    math::roots poles;
    double power[fit_band::nodes]{};   ///< |H|^2 divided by what the mapped roots contribute
    double sign = 1.0;
    int extra_degree = 0;   ///< degree of the fitted polynomial beyond one per guard pole

private:
    static constexpr double fastest = 12.0;   ///< |Re s| T beyond which exp(sT) would vanish

    constexpr void take(math::complex s, math::roots& mapped, bool is_zero) noexcept
    {
        const double a = s.re, b = s.im;
        const bool is_mapped = b < math::pi && math::abs(a) <= fastest;
        const double r = is_mapped ? math::exp(a) : 0.0;
        if (is_mapped) mapped.add(math::exp(s));
        if (is_zero && b == 0.0) {
            if (math::abs(a) > band_.edge * math::pi) extra_degree += 2;   // acts from beyond the edge of the fit
        }
        if (b == 0.0 && !is_mapped && a > 0.0) sign = -sign;
        double analogue[fit_band::nodes]{}, digital[fit_band::nodes]{};   // the squared magnitudes of the root in both planes
        if (b == 0.0) {
            const double outside = (1.0 - r) * (1.0 - r), chord = 4.0 * r;
            for (int j = 0; j < fit_band::nodes; ++j) {
                analogue[j] = band_.w[j] * band_.w[j] + a * a;
                digital[j] = is_mapped ? outside + chord * band_.h[j] : 1.0;
            }
        } else {
            const double outside = (1.0 - r) * (1.0 - r), chord = 4.0 * r, sine = math::sin(0.5 * b), cosine = math::cos(0.5 * b);
            for (int j = 0; j < fit_band::nodes; ++j) {
                const double w = band_.w[j];
                analogue[j] = ((w - b) * (w - b) + a * a) * ((w + b) * (w + b) + a * a);
                const double one = band_.sine[j] * cosine, other = band_.cosine[j] * sine;
                const double below = one - other, above = one + other;   // sines of half the angles between the node and the pair
                digital[j] = is_mapped ? (outside + chord * below * below) * (outside + chord * above * above) : 1.0;
            }
        }
        const double* const over = is_zero ? analogue : digital;
        const double* const under = is_zero ? digital : analogue;
        for (int j = 0; j < fit_band::nodes; ++j) power[j] *= over[j] / under[j];
    }

    const fit_band& band_;
};

/// The digital filter of a response with at least as many poles as zeros.
[[nodiscard]] constexpr digital_filter matched_falling(const math::rational& h, frequency rate) noexcept
{
    digital_filter filter;
    filter.rate = rate;
    const fit_band& band = band_for(rate.si);
    const matched_target target{h, rate.si, band};
    filter.poles = target.poles;
    filter.zeros = target.zeros;
    const guarded_fit fit{band, target.power, target.extra_degree};
    filter.fallback = fit.rungs;
    if (!fit.found) {
        filter.fail(unfitted);
        return filter;
    }
    for (const math::complex z : fit.zeros) filter.zeros.add(z);
    for (const math::complex p : fit.guards) filter.poles.add(p);
    filter.gain = target.sign * fit.gain;
    return filter;
}

}   // namespace detail

/// The digital filter whose magnitude follows an analogue response: its poles and zeros mapped by exp(sT), a few fixed guard
/// poles, and a numerator fitted to |H|^2 in closed form. Not the bilinear transform: no frequency is warped.
///
/// A response that rises without limit, with more zeros than poles, is the reciprocal of the filter of its reciprocal: what rises towards
/// half the rate is fitted better by poles.
/// Stable by construction, since every pole is exp(sT) or a constant within the unit circle; minimum-phase where the
/// analogue response is. Poles and zeros too fast or too high to map are left to the fit; of a right half-plane zero among them only the
/// magnitude is kept.
/// Range: stable h of at most 24 poles; rates from 8 kHz to 768 kHz.
/// Errors: if the magnitude is infinite or not a number in the band, the filter is silent, and its problem says why.
/// Accuracy: RIAA 4.7e-5 dB to the top of the band (min(20 kHz, 0.4535 of the rate)) below 80 kHz, 1e-7 dB to 20 kHz above.
[[nodiscard]] constexpr digital_filter matched_z(const math::rational& h, frequency rate) noexcept
{
    digital_filter filter;
    filter.rate = rate;
    if (h.gain == 0.0 || (h.poles.count == 0 && h.zeros.count == 0)) {   // silence or a wire: nothing to fit
        filter.gain = h.gain;
        return filter;
    }
    if (h.zeros.degree() > h.poles.degree()) return detail::matched_falling(h.reciprocal(), rate).reciprocal();
    return detail::matched_falling(h, rate);
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
