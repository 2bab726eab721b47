// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/all_pass.hpp>
#include <phono/filter/missing_phase.hpp>
#include <phono/math/least_squares.hpp>
#include <phono/math/lu.hpp>

#include <cmath>

namespace phono::inline v0_2::detail {

/// Brings an all-pass and its delay to the minimax solution for a missing phase, by steps of Newton's method on the error
/// e = 2 arg(e^(j beta) D*): de/dd_k = 2 Im(e^(jkw) D)/|D|^2, de/dtau = w. The first steps are least squares whose weights grow where the
/// error is large (Lawson), the others solve for errors of equal size and alternating sign at the extremes (Remez).
class phase_refinement {
public:
    explicit phase_refinement(const missing_phase& of) noexcept : phase_(of) {}

    /// Brings d and the delay to the minimax solution, or as near to it as stable all-passes go; the best all_pass on the way there.
    /// At high rates Newton's step is near for the delay only, so that d is solved for again.
    [[nodiscard]] all_pass operator()(all_pass c, bool& reaches_edge) const noexcept
    {
        constexpr int squares = 8, most_steps = 14, halvings = 20;
        constexpr double enough = 1.001;   // of the least error that any all-pass of this order can have
        all_pass found;
        rotation r;
        errors e;
        column weight;
        for (double& x : weight) x = 1.0;
        for (int taken = 0; taken <= most_steps; ++taken) {
            rotate(c, r);
            evaluate(c, r, e);
            c.residue = e.largest * (180.0 / math::pi);
            if (c.residue < found.residue) found = c;
            side step{};
            if (taken >= squares) {
                double least = 0.0;
                if (!level(c.unknowns(), e, step, least) || e.largest <= enough * least) break;
            } else {
                if (taken > 0)
                    for (int i = 0; i < points; ++i) weight[i] *= std::fabs(e.error[i]) / e.largest + least_share;
                if (!reduce(c.unknowns(), e, weight, step)) break;
                all_pass later = c;
                later.delay += step[c.unknowns()];
                rotate(later, r);
                if (!solve(later, r, e, weight)) break;
                for (int k = 0; k < c.unknowns(); ++k) step[k] = later.d[k + 1] - c.d[k + 1];
            }
            all_pass next = moved(c, step, 1.0);
            if (!next.is_stable()) {   // as far as the edge
                double inside = 0.0, outside = 1.0;
                for (int i = 0; i < halvings; ++i) {
                    const double share = 0.5 * (inside + outside);
                    (moved(c, step, share).is_stable() ? inside : outside) = share;
                }
                reaches_edge = true;
                if (!(inside > 0.0)) break;
                next = moved(c, step, inside);
            }
            c = next;
        }
        return found;
    }

private:
    static constexpr double least_share = 0.05;   ///< fraction of its weight that a point keeps where the error is zero
    static constexpr int most_unknowns = all_pass::highest_order + 2;   ///< d, the delay, and the size of the error
    static constexpr int points = missing_phase::points;
    using side = math::vector<double, most_unknowns>;
    using column = missing_phase::column;

    /// e^(j beta) at all points.
    struct rotation {
        column sine, cosine;
    };

    /// The errors of a all_pass at all points, in radians, and their derivatives by d and by the delay.
    struct errors {
        column error, slope[all_pass::highest_order + 1], squared_size;   ///< the last of D
        double largest = 0.0;
    };

    void rotate(const all_pass& c, rotation& r) const noexcept
    {
        for (int i = 0; i < points; ++i) {
            const double beta = phase_.angle(c, i);
            r.sine[i] = std::sin(beta), r.cosine[i] = std::cos(beta);
        }
    }

    void evaluate(const all_pass& c, const rotation& r, errors& e) const noexcept
    {
        e.largest = 0.0;
        for (int i = 0; i < points; ++i) {
            const math::complex value = phase_.denominator(c, i);
            const double re = value.re * r.cosine[i] + value.im * r.sine[i], im = value.re * r.sine[i] - value.im * r.cosine[i];
            e.error[i] = 2.0 * std::atan2(im, re);
            e.largest = std::fmax(e.largest, std::fabs(e.error[i]));
            e.squared_size[i] = math::norm(value);
            const double scale = 2.0 / e.squared_size[i];
            for (int k = 1; k <= c.unknowns(); ++k)
                e.slope[k - 1][i] = scale * (phase_.sine[k][i] * value.re + phase_.cosine[k][i] * value.im);
            e.slope[c.unknowns()][i] = phase_.w[i];
        }
    }

    /// A all_pass after a share of a step; of the size of its error nothing is known.
    [[nodiscard]] static all_pass moved(all_pass c, const side& step, double share) noexcept
    {
        for (int k = 0; k < c.unknowns(); ++k) c.d[k + 1] += share * step[k];
        c.delay += share * step[c.unknowns()];
        return c;
    }

    /// The step of Newton's method to the least squares of the weighted errors.
    static bool reduce(int unknowns, const errors& e, const column& weight, side& step) noexcept
    {
        column columns[all_pass::highest_order + 1], right;
        for (int i = 0; i < points; ++i) {
            const double root = std::sqrt(weight[i]);
            right[i] = -root * e.error[i];
            for (int k = 0; k <= unknowns; ++k) columns[k][i] = root * e.slope[k][i];
        }
        return math::least_squares(columns, unknowns + 1, right, step);
    }

    /// The d that is best for a all_pass's delay, exactly, where Newton's method is only near it.
    bool solve(all_pass& c, const rotation& r, const errors& e, const column& weight) const noexcept
    {
        column columns[all_pass::highest_order + 1], right;
        for (int i = 0; i < points; ++i) {
            const double root = std::sqrt(weight[i] / e.squared_size[i]);
            right[i] = -root * r.sine[i];
            for (int k = 1; k <= c.unknowns(); ++k)
                columns[k - 1][i] = root * (phase_.sine[k][i] * r.cosine[i] + phase_.cosine[k][i] * r.sine[i]);
        }
        side d{};
        if (!math::least_squares(columns, c.unknowns(), right, d)) return false;
        for (int k = 0; k < c.unknowns(); ++k) c.d[k + 1] = d[k];
        return true;
    }

    /// The step of Newton's method to errors of equal size and alternating sign at as many extremes as there are unknowns, and that size.
    /// False if there are not so many.
    static bool level(int unknowns, const errors& e, side& change, double& least) noexcept
    {
        const int wanted = unknowns + 2;
        int extreme[points], count = 0;   // the largest error of each run of one sign
        for (int i = 0; i < points; ++i) {
            const bool begins = count == 0 || (e.error[i] < 0.0) != (e.error[extreme[count - 1]] < 0.0);
            if (begins) extreme[count++] = i;
            else if (std::fabs(e.error[i]) > std::fabs(e.error[extreme[count - 1]])) extreme[count - 1] = i;
        }
        int first = 0;
        for (; count - first > wanted;) {   // without the smaller of the outermost
            if (std::fabs(e.error[extreme[first]]) < std::fabs(e.error[extreme[count - 1]])) ++first;
            else --count;
        }
        if (count - first < wanted) return false;
        math::matrix<double, most_unknowns> a{};
        side b{};
        for (int k = 0; k < most_unknowns; ++k) a(k, k) = 1.0;
        for (int i = 0; i < wanted; ++i) {
            const int at = extreme[first + i];
            for (int k = 0; k <= unknowns; ++k) a(i, k) = e.slope[k][at];
            a(i, unknowns + 1) = i % 2 == 0 ? -1.0 : 1.0;
            b[i] = -e.error[at];
        }
        const math::lu<double, most_unknowns> factors{a};
        if (!factors.regular()) return false;
        change = factors.solve(b);
        least = std::fabs(change[unknowns + 1]);
        return true;
    }

    const missing_phase& phase_;
};

}   // namespace phono::inline v0_2::detail
