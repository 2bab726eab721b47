// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/design.hpp>

#include <initializer_list>
#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

namespace detail {

/// The difference of two magnitudes in decibels; infinite if one of them is not a number, or is 0 where the other is not.
[[nodiscard]] constexpr double error_of(math::complex digital, math::complex analogue) noexcept
{
    const double wanted = math::abs(analogue), actual = math::abs(digital);
    if (wanted == actual) return 0.0;
    if (!(wanted > 0.0) || !(actual > 0.0) || !math::is_finite(wanted) || !math::is_finite(actual))
        return std::numeric_limits<double>::infinity();
    return math::abs(math::decibels(actual / wanted));
}

/// The largest such difference of two functions of frequency in hertz, from 20 Hz to the top of the band.
[[nodiscard]] constexpr double error_in_band(const auto& digital, const auto& analogue, frequency rate) noexcept
{
    const double top = top_of_band(rate), middle = 0.25 * top;
    constexpr int ratios = 100, steps = 150;   // by ratio up to `middle`, then by difference: that is how the errors of a fit lie
    const double ratio = math::exp(math::log(middle / 20.0) / ratios);
    double worst = 0.0, hertz = 20.0;
    for (int i = 0; i <= ratios + steps; ++i) {
        const double off = error_of(digital(hertz), analogue(hertz));
        worst = worst > off ? worst : off;
        hertz = i < ratios ? hertz * ratio : middle + (top - middle) * (i + 1 - ratios) / steps;
    }
    return worst;
}

/// The same for an analogue model and the response of what runs, a function of the angle in radians per sample. A resonance or a notch may
/// be narrower than the steps of the band: each is looked at where it is, and half-way down its sides.
template <int factors>
[[nodiscard]] constexpr double error_of_model(const auto& by_angle, const analogue_model<factors>& model, frequency rate) noexcept
{
    const math::rational exact = model.total();
    const auto digital = [&](double hertz) { return by_angle(2.0 * math::pi * hertz / rate.si); };
    const auto analogue = [&](double hertz) { return exact({0.0, 2.0 * math::pi * hertz}); };
    double worst = error_in_band(digital, analogue, rate);
    for (const math::roots* all : {&exact.poles, &exact.zeros})
        for (const math::complex s : *all)
            for (const double side : {-1.0, 0.0, 1.0}) {
                const double hertz = (s.im + side * s.re) / (2.0 * math::pi);
                if (s.im == 0.0 || !(hertz >= 20.0) || hertz > top_of_band(rate)) continue;
                const double off = error_of(digital(hertz), analogue(hertz));
                worst = worst > off ? worst : off;
            }
    return worst;
}

}   // namespace detail

/// How far a filter is from the analogue model that it was designed for: the largest error of its magnitude from 20 Hz to the top of the
/// band (20 kHz, or 0.4535 of a rate below 44.1 kHz), in decibels; infinite for a filter with a problem. It counts wherever the response
/// lies, also far below its peak. A preamp's accuracy() is that of its running coefficients.
template <int factors>
[[nodiscard]] constexpr double accuracy(const digital_filter& filter, const analogue_model<factors>& model) noexcept
{
    if (filter.problem || model.problem) return std::numeric_limits<double>::infinity();
    return detail::error_of_model(
        [&](double angle) {
            return filter(math::complex{math::cos(angle), -math::sin(angle)});
        },
        model, filter.rate);
}

/// The same for the schematic that it was designed for.
template <class... Block>
[[nodiscard]] constexpr double accuracy(const digital_filter& filter, const chain<Block...>& schematic) noexcept
{
    return accuracy(filter, analyse(schematic));
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
