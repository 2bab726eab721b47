// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/all_pass.hpp>
#include <phono/filter/digital_filter.hpp>
#include <phono/filter/fit_band.hpp>

#include <cmath>

namespace phono::inline v0_2::detail {

/// The phase that a filter lacks against an analogue response, at points of the band: with an all-pass of a delay it is to vanish.
///
/// With phi the missing phase, tau the delay and n the order, arg D should be beta = ((tau - n) w - phi)/2.
struct missing_phase {
    static constexpr int points = 96;
    using column = double[points];

    column w{};                                                                          ///< radians per sample
    column missing{};                                                                    ///< radians
    column edge_angle{};                                                                 ///< of 1 + edge e^(-jw), radians
    column sine[all_pass::highest_order + 1]{}, cosine[all_pass::highest_order + 1]{};   ///< of k w

    missing_phase(const math::rational& analogue, const digital_filter& filter) noexcept
    {
        const double top = top_of_band(filter.rate) / filter.rate.si * 2.0 * math::pi;
        double before = 0.0;
        for (int i = 0; i < points; ++i) {
            w[i] = top * (i + 1) / points;
            const math::complex ideal = analogue({0.0, w[i] * filter.rate.si});
            const math::complex actual = filter({std::cos(w[i]), -std::sin(w[i])});
            double phase = math::arg(ideal * math::conj(actual));
            phase += 2.0 * math::pi * std::round((before - phase) / (2.0 * math::pi));
            missing[i] = before = phase;
            edge_angle[i] = std::atan2(-all_pass::edge * std::sin(w[i]), 1.0 + all_pass::edge * std::cos(w[i]));
            for (int k = 0; k <= all_pass::highest_order; ++k) sine[k][i] = std::sin(k * w[i]), cosine[k][i] = std::cos(k * w[i]);
        }
    }

    /// beta at a point, less the angle of D's factor of the pole at the edge.
    [[nodiscard]] double angle(const all_pass& c, int i) const noexcept
    {
        return 0.5 * ((c.delay - c.order) * w[i] - missing[i]) - (c.has_edge_pole ? edge_angle[i] : 0.0);
    }

    /// D at a point, without that factor.
    [[nodiscard]] math::complex denominator(const all_pass& c, int i) const noexcept
    {
        math::complex value{1.0};
        for (int k = 1; k <= c.unknowns(); ++k) value.re += c.d[k] * cosine[k][i], value.im -= c.d[k] * sine[k][i];
        return value;
    }
};

}   // namespace phono::inline v0_2::detail
