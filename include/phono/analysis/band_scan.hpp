// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// A value of a function and the frequency, in hertz, at which it occurs.
struct extreme {
    double hertz, value;
};

/// A function of frequency scanned over a band on a logarithmic grid; the extremes between grid points are found on request.
///
/// An extreme of the grid is refined by golden-section search between its two neighbours, to 1e-5 of the interval: it is the extreme of the
/// function if that has only one there. An extreme at an end of the band stays there exactly.
template <class Function>
class band_scan {
public:
    /// Range: 0 < from < to, in hertz; at least one step.
    constexpr band_scan(const Function& function, double from, double to, int steps) noexcept
        : function_(function), from_(from), to_(to), span_(math::log(to / from)), step_(1.0 / steps)
    {
        lowest_ = highest_ = {0.0, value(0.0)};
        is_positive_ = math::is_finite(lowest_.value) && lowest_.value > 0.0;
        for (int i = 1; i <= steps; ++i) {
            const double along = static_cast<double>(i) / steps, here = value(along);
            is_positive_ = is_positive_ && math::is_finite(here) && here > 0.0;
            if (here < lowest_.value) lowest_ = {along, here};
            if (here > highest_.value) highest_ = {along, here};
        }
    }

    /// True if the function is finite and above zero at every point of the grid.
    [[nodiscard]] constexpr bool is_positive() const noexcept { return is_positive_; }
    [[nodiscard]] constexpr extreme lowest() const noexcept { return refined(lowest_, -1.0); }
    [[nodiscard]] constexpr extreme highest() const noexcept { return refined(highest_, 1.0); }

private:
    /// A point of the band, from 0 to 1 on a logarithmic frequency scale, with the function's value there.
    struct place {
        double along = 0.0, value = 0.0;
    };

    [[nodiscard]] constexpr double hertz(double along) const noexcept
    {
        return along == 0.0 ? from_ : along == 1.0 ? to_ : from_ * math::exp(along * span_);
    }
    [[nodiscard]] constexpr double value(double along) const noexcept { return function_(hertz(along)); }

    /// The higher (sign 1) or lower (sign -1) of the grid's extreme and the one that golden-section search finds beside it.
    [[nodiscard]] constexpr extreme refined(const place& of_grid, double sign) const noexcept
    {
        constexpr double golden = 0.61803398874989485;
        double low = of_grid.along - step_, high = of_grid.along + step_;
        low = low > 0.0 ? low : 0.0;
        high = high < 1.0 ? high : 1.0;
        double left = high - golden * (high - low), right = low + golden * (high - low);
        double at_left = value(left), at_right = value(right);
        for (int i = 0; i < 24; ++i) {
            if (sign * at_left > sign * at_right) {
                high = right, right = left, at_right = at_left;
                left = high - golden * (high - low);
                at_left = value(left);
            } else {
                low = left, left = right, at_left = at_right;
                right = low + golden * (high - low);
                at_right = value(right);
            }
        }
        const double middle = 0.5 * (low + high), there = value(middle);
        if (sign * there > sign * of_grid.value) return {hertz(middle), there};
        return {hertz(of_grid.along), of_grid.value};
    }

    const Function& function_;
    double from_, to_, span_, step_;
    place lowest_{}, highest_{};
    bool is_positive_ = false;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
