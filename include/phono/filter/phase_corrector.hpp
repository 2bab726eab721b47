// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/filter/fit_band.hpp>
#include <phono/math/eigenvalues.hpp>

#include <cmath>

namespace phono::inline v0_2 {

namespace detail {

/// Fits all-pass filters that supply the phase a filter lacks against an analogue response, apart from a constant delay.
///
/// An all-pass of order n has the phase -n w - 2 arg D(w), D = 1 + sum d_k e^(-jkw). The target is arg D = beta = ((tau - n) w - phi)/2
/// with phi the missing phase and tau the delay. Im(D e^(-j beta)) = 0 is linear in d and solved by least squares, weighted first by 1/|D|,
/// then towards the minimax solution. tau is found by search.
class phase_fit {
public:
    static constexpr int points = 96;
    static constexpr int highest_order = 4;
    static constexpr double least_share = 0.05;   ///< fraction of its weight that a point keeps where the error is zero

    struct candidate {
        double residue = 1e9;   ///< degrees
        double delay = 0.0;     ///< samples
        int order = 0;
        double d[highest_order + 1]{1.0};
    };

    phase_fit(const math::rational& analogue, const digital_filter& filter) noexcept
    {
        const double top = top_of_band(filter.rate) / filter.rate.si * 2.0 * math::pi;
        double before = 0.0;
        for (int i = 0; i < points; ++i) {
            w_[i] = top * (i + 1) / points;
            const math::complex ideal = analogue({0.0, w_[i] * filter.rate.si});
            const math::complex actual = filter({std::cos(w_[i]), -std::sin(w_[i])});
            double phase = math::arg(ideal * math::conj(actual));
            phase += 2.0 * math::pi * std::round((before - phase) / (2.0 * math::pi));
            missing_[i] = before = phase;
            for (int k = 0; k <= highest_order; ++k) sine_[k][i] = std::sin(k * w_[i]), cosine_[k][i] = std::cos(k * w_[i]);
        }
    }

    /// The best delay for an order, and its all-pass.
    [[nodiscard]] candidate best(int order) const noexcept
    {
        candidate found;
        double centre = 0.5 * order, reach = 0.5 * order + 1.5;
        for (int round = 0; round < 4; ++round, reach /= 16.0) {
            const double around = centre;
            for (int i = -32; i <= 32; ++i) {
                const candidate tried = fit(order, around + reach * i / 32.0);
                if (tried.residue < found.residue) found = tried;
            }
            centre = found.delay;
        }
        return found;
    }

private:
    [[nodiscard]] candidate fit(int order, double delay) const noexcept
    {
        candidate c;
        c.order = order;
        c.delay = delay;
        double beta[points], sin_beta[points], cos_beta[points], weight[points], error[points];
        for (int i = 0; i < points; ++i) {
            beta[i] = 0.5 * ((delay - order) * w_[i] - missing_[i]);
            sin_beta[i] = std::sin(beta[i]);
            cos_beta[i] = std::cos(beta[i]);
            weight[i] = 1.0;
        }
        for (int round = 0; round < 6; ++round) {
            if (!solve(c, weight, sin_beta, cos_beta)) return {};
            double largest = 0.0, sum = 0.0;
            for (int i = 0; i < points; ++i) {
                double re = 1.0, im = 0.0;
                for (int k = 1; k <= order; ++k) re += c.d[k] * cosine_[k][i], im -= c.d[k] * sine_[k][i];
                const double off = 2.0 * std::remainder(beta[i] - std::atan2(im, re), math::pi);
                error[i] = std::fabs(off);
                largest = std::fmax(largest, error[i]);
                weight[i] /= round == 0 ? std::hypot(re, im) : 1.0;
            }
            c.residue = largest * (180.0 / math::pi);
            if (round > 0 && largest > 0.0)
                for (int i = 0; i < points; ++i) weight[i] *= std::sqrt(error[i] / largest + least_share);
            for (const double x : weight) sum += x;
            for (double& x : weight) x *= points / sum;
        }
        if (!is_stable(c)) c.residue = 1e9;
        return c;
    }

    bool solve(candidate& c, const double (&weight)[points], const double (&sin_beta)[points],
               const double (&cos_beta)[points]) const noexcept
    {
        math::matrix<double, highest_order> a{};
        math::vector<double, highest_order> b{};
        for (int k = c.order; k < highest_order; ++k) a(k, k) = 1.0;
        for (int i = 0; i < points; ++i) {
            double s[highest_order];   // sin((k + 1) w + beta)
            for (int k = 0; k < c.order; ++k) s[k] = sine_[k + 1][i] * cos_beta[i] + cosine_[k + 1][i] * sin_beta[i];
            const double square = weight[i] * weight[i];
            for (int k = 0; k < c.order; ++k) {
                b[k] -= square * s[k] * sin_beta[i];
                for (int m = 0; m < c.order; ++m) a(k, m) += square * s[k] * s[m];
            }
        }
        const math::lu<double, highest_order> factors{a};
        if (!factors.regular()) return false;
        const auto x = factors.solve(b);
        for (int k = 0; k < c.order; ++k) c.d[k + 1] = x[k];
        return true;
    }

public:
    /// The poles of a candidate.
    static math::roots poles(const candidate& c) noexcept
    {
        math::matrix<double, highest_order> companion{};
        for (int k = 0; k < c.order; ++k) {
            companion(0, k) = -c.d[k + 1];
            if (k > 0) companion(k, k - 1) = 1.0;
        }
        math::roots found;
        const math::eigenvalue_solver<highest_order> solver{companion, c.order};
        for (int i = 0; i < c.order; ++i)
            if (solver.values()[i].im >= 0.0) found.add(solver.values()[i]);
        return found;
    }

private:
    static bool is_stable(const candidate& c) noexcept
    {
        for (const math::complex p : poles(c))
            if (!(math::norm(p) < 0.98)) return false;
        return true;
    }

    double w_[points]{};                                                               ///< radians per sample
    double missing_[points]{};                                                         ///< radians
    double sine_[highest_order + 1][points]{}, cosine_[highest_order + 1][points]{};   ///< of k w
};

}   // namespace detail

/// Adds an all-pass of order 1 to `highest_order` (at most 4) to a filter, so that its phase follows the analogue response's to
/// the top of the band (min(20 kHz, 0.4535 of the rate)) apart from a constant delay. The magnitude is unchanged. The result's `delay` and
/// `phase_residue` are set.
/// Accuracy: RIAA at 44.1 kHz 0.06 degrees with order 3, where the filter alone is 3.4 degrees off.
/// Not for constant expressions.
[[nodiscard]] inline digital_filter phase_corrected(digital_filter filter, const math::rational& analogue, int highest_order = 4) noexcept
{
    if (filter.problem) return filter;
    const detail::phase_fit fit{analogue, filter};
    detail::phase_fit::candidate best;
    for (int order = 1; order <= highest_order && order <= detail::phase_fit::highest_order; ++order) {
        const auto tried = fit.best(order);
        if (tried.residue < best.residue) best = tried;
    }
    if (best.order == 0) return filter;
    filter.all_pass = detail::phase_fit::poles(best);
    filter.delay = best.delay;
    filter.phase_residue = best.residue;
    return filter;
}

}   // namespace phono::inline v0_2
