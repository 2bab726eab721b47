// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/filter/fit_band.hpp>
#include <phono/math/eigenvalues.hpp>
#include <phono/math/least_squares.hpp>
#include <phono/math/matrix.hpp>

#include <cmath>

namespace phono::inline v0_2::detail {

/// Fits all-pass filters that supply the phase a filter lacks against an analogue response, apart from a constant delay.
///
/// An all-pass of order n has the phase -n w - 2 arg D(w), D = 1 + sum d_k e^(-jkw). The target is arg D = beta = ((tau - n) w - phi)/2
/// with phi the missing phase and tau the delay, and the error e = 2 arg(e^(j beta) D*). Im(D e^(-j beta)) = 0 is linear in d: least
/// squares, weighted by 1/|D|, give a first d for each delay of a grid. From the best of these d and tau are brought to the minimax
/// solution together, by steps of Newton's method: de/dd_k = 2 Im(e^(jkw) D)/|D|^2, de/dtau = w. The first steps are least squares whose
/// weights grow where the error is large (Lawson), the others solve for errors of equal size and alternating sign at the extremes (Remez).
/// Where a pole would leave the circle of stable ones near -1, it is held at its edge, and the others are fitted once more.
class phase_fit {
public:
    static constexpr int points = 96;
    static constexpr int highest_order = 4;
    static constexpr double least_share = 0.05;   ///< fraction of its weight that a point keeps where the error is zero

    struct candidate {
        double residue = 1e9;   ///< degrees
        double delay = 0.0;     ///< samples
        double d[highest_order + 1]{1.0};
        int order = 0;
        bool has_edge_pole = false;   ///< d is then without it

        /// How many of d are to be found.
        [[nodiscard]] int unknowns() const noexcept { return has_edge_pole ? order - 1 : order; }
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
            edge_angle_[i] = std::atan2(-edge * std::sin(w_[i]), 1.0 + edge * std::cos(w_[i]));
            for (int k = 0; k <= highest_order; ++k) sine_[k][i] = std::sin(k * w_[i]), cosine_[k][i] = std::cos(k * w_[i]);
        }
    }

    /// The best delay for an order, and its all-pass.
    [[nodiscard]] candidate best(int order) const noexcept
    {
        constexpr int grid = 65, starts = 3;
        constexpr double hopeless = 8.0;   // a start's error, relative to that of the best
        const double reach = 0.5 * order + 1.5;
        candidate tried[grid];
        for (int i = 0; i < grid; ++i) tried[i] = fit(order, 0.5 * order + reach * (2 * i - grid + 1) / (grid - 1), false);
        candidate found;
        double lowest = 1e9;
        bool is_taken[grid]{};
        for (int start = 0; start < starts; ++start) {   // from the least of the grid's minima that are left
            int least = -1;
            for (int i = 0; i < grid; ++i) {
                const bool is_minimum =
                    (i == 0 || tried[i].residue <= tried[i - 1].residue) && (i + 1 == grid || tried[i].residue <= tried[i + 1].residue);
                if (is_minimum && !is_taken[i] && tried[i].residue < 1e9 && (least < 0 || tried[i].residue < tried[least].residue))
                    least = i;
            }
            if (least < 0 || tried[least].residue > hopeless * lowest) break;
            if (start == 0) lowest = tried[least].residue;
            is_taken[least] = true;
            bool reaches_edge = false;
            const candidate refined = refine(tried[least], reaches_edge);
            if (refined.residue < found.residue) found = refined;
            if (!reaches_edge) continue;
            const candidate at_edge = refine(fit(order, refined.delay, true), reaches_edge);
            if (at_edge.residue < found.residue) found = with_edge_pole(at_edge);
        }
        return found;
    }

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
    static constexpr double edge = 0.98994949366116653;       ///< sqrt(0.98): the largest magnitude of a pole
    static constexpr int most_unknowns = highest_order + 2;   ///< d, the delay, and the size of the error
    using system = math::matrix<double, most_unknowns>;
    using side = math::vector<double, most_unknowns>;

    using column = double[points];

    /// e^(j beta) at all points.
    struct rotation {
        column sine, cosine;
    };

    /// The errors of a candidate at all points, in radians, and their derivatives by d and by the delay.
    struct errors {
        column error, slope[highest_order + 1], squared_size;   ///< the last of D
        double largest = 0.0;
    };

    /// The least squares for one delay, at some of the points.
    [[nodiscard]] candidate fit(int order, double delay, bool has_edge_pole) const noexcept
    {
        constexpr int stride = 4, count = points / stride;
        candidate c;
        c.order = order;
        c.delay = delay;
        c.has_edge_pole = has_edge_pole;
        const int unknowns = c.unknowns();
        double sine[count], cosine[count], weight[count];
        for (int i = 0; i < count; ++i) {
            const int at = stride * (i + 1) - 1;
            const double beta = angle(c, at);
            sine[i] = std::sin(beta), cosine[i] = std::cos(beta), weight[i] = 1.0;
        }
        for (int round = 0; round < 2; ++round) {
            system a = identity();
            side b{};
            for (int k = 0; k < unknowns; ++k) a(k, k) = 0.0;
            for (int i = 0; i < count; ++i) {
                const int at = stride * (i + 1) - 1;
                double s[highest_order];   // sin((k + 1) w + beta)
                for (int k = 0; k < unknowns; ++k) s[k] = sine_[k + 1][at] * cosine[i] + cosine_[k + 1][at] * sine[i];
                for (int k = 0; k < unknowns; ++k) {
                    b[k] -= weight[i] * s[k] * sine[i];
                    for (int m = 0; m < unknowns; ++m) a(k, m) += weight[i] * s[k] * s[m];
                }
            }
            const math::lu<double, most_unknowns> factors{a};
            if (!factors.regular()) return {};
            const side x = factors.solve(b);
            for (int k = 0; k < unknowns; ++k) c.d[k + 1] = x[k];
            double largest = 0.0;
            for (int i = 0; i < count; ++i) {
                const int at = stride * (i + 1) - 1;
                const math::complex value = denominator(c, at);
                const double re = value.re * cosine[i] + value.im * sine[i], im = value.re * sine[i] - value.im * cosine[i];
                largest = re > 0.0 ? std::fmax(largest, std::fabs(im) / re) : 1e9;
                weight[i] = 1.0 / math::norm(value);
            }
            c.residue = largest;   // only for comparison
        }
        if (!is_stable(c)) c.residue = 1e9;
        return c;
    }

    /// beta at a point, less the angle of D's factor of the pole at the edge.
    [[nodiscard]] double angle(const candidate& c, int i) const noexcept
    {
        return 0.5 * ((c.delay - c.order) * w_[i] - missing_[i]) - (c.has_edge_pole ? edge_angle_[i] : 0.0);
    }

    /// D at a point, without that factor.
    [[nodiscard]] math::complex denominator(const candidate& c, int i) const noexcept
    {
        math::complex value{1.0};
        for (int k = 1; k <= c.unknowns(); ++k) value.re += c.d[k] * cosine_[k][i], value.im -= c.d[k] * sine_[k][i];
        return value;
    }

    void rotate(const candidate& c, rotation& r) const noexcept
    {
        for (int i = 0; i < points; ++i) {
            const double beta = angle(c, i);
            r.sine[i] = std::sin(beta), r.cosine[i] = std::cos(beta);
        }
    }

    void evaluate(const candidate& c, const rotation& r, errors& e) const noexcept
    {
        e.largest = 0.0;
        for (int i = 0; i < points; ++i) {
            const math::complex value = denominator(c, i);
            const double re = value.re * r.cosine[i] + value.im * r.sine[i], im = value.re * r.sine[i] - value.im * r.cosine[i];
            e.error[i] = 2.0 * std::atan2(im, re);
            e.largest = std::fmax(e.largest, std::fabs(e.error[i]));
            e.squared_size[i] = math::norm(value);
            const double scale = 2.0 / e.squared_size[i];
            for (int k = 1; k <= c.unknowns(); ++k) e.slope[k - 1][i] = scale * (sine_[k][i] * value.re + cosine_[k][i] * value.im);
            e.slope[c.unknowns()][i] = w_[i];
        }
    }

    /// A candidate after a share of a step; of the size of its error nothing is known.
    [[nodiscard]] static candidate moved(candidate c, const side& step, double share) noexcept
    {
        for (int k = 0; k < c.unknowns(); ++k) c.d[k + 1] += share * step[k];
        c.delay += share * step[c.unknowns()];
        return c;
    }

    /// Brings d and the delay to the minimax solution, or as near to it as stable all-passes go; the best candidate on the way there.
    /// At high rates Newton's step is near for the delay only, so that d is solved for again.
    [[nodiscard]] candidate refine(candidate c, bool& reaches_edge) const noexcept
    {
        constexpr int squares = 8, most_steps = 14, halvings = 20;
        constexpr double enough = 1.001;   // of the least error that any all-pass of this order can have
        candidate found;
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
                candidate later = c;
                later.delay += step[c.unknowns()];
                rotate(later, r);
                if (!solve(later, r, e, weight)) break;
                for (int k = 0; k < c.unknowns(); ++k) step[k] = later.d[k + 1] - c.d[k + 1];
            }
            candidate next = moved(c, step, 1.0);
            if (!is_stable(next)) {   // as far as the edge
                double inside = 0.0, outside = 1.0;
                for (int i = 0; i < halvings; ++i) {
                    const double share = 0.5 * (inside + outside);
                    (is_stable(moved(c, step, share)) ? inside : outside) = share;
                }
                reaches_edge = true;
                if (!(inside > 0.0)) break;
                next = moved(c, step, inside);
            }
            c = next;
        }
        return found;
    }

    [[nodiscard]] static system identity() noexcept
    {
        system a{};
        for (int k = 0; k < most_unknowns; ++k) a(k, k) = 1.0;
        return a;
    }

    /// The step of Newton's method to the least squares of the weighted errors.
    static bool reduce(int unknowns, const errors& e, const column& weight, side& step) noexcept
    {
        column columns[highest_order + 1], right;
        for (int i = 0; i < points; ++i) {
            const double root = std::sqrt(weight[i]);
            right[i] = -root * e.error[i];
            for (int k = 0; k <= unknowns; ++k) columns[k][i] = root * e.slope[k][i];
        }
        return math::least_squares(columns, unknowns + 1, right, step);
    }

    /// The d that is best for a candidate's delay, exactly, where Newton's method is only near it.
    bool solve(candidate& c, const rotation& r, const errors& e, const column& weight) const noexcept
    {
        column columns[highest_order + 1], right;
        for (int i = 0; i < points; ++i) {
            const double root = std::sqrt(weight[i] / e.squared_size[i]);
            right[i] = -root * r.sine[i];
            for (int k = 1; k <= c.unknowns(); ++k) columns[k - 1][i] = root * (sine_[k][i] * r.cosine[i] + cosine_[k][i] * r.sine[i]);
        }
        side d{};
        if (!math::least_squares(columns, c.unknowns(), right, d)) return false;
        for (int k = 0; k < c.unknowns(); ++k) c.d[k + 1] = d[k];
        return true;
    }

    /// The same all-pass with the pole at the edge as one of its others.
    [[nodiscard]] static candidate with_edge_pole(candidate c) noexcept
    {
        for (int k = c.order; k > 0; --k) c.d[k] += edge * c.d[k - 1];
        c.has_edge_pole = false;
        return c;
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
        system a = identity();
        side b{};
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

    /// True if the squared magnitude of every pole is below 0.98: the reflection coefficients of d, with its poles moved outwards by so
    /// much, are below 1 (Schur and Cohn).
    static bool is_stable(const candidate& c) noexcept
    {
        double d[highest_order + 1]{1.0}, outwards = 1.0;
        for (int k = 1; k <= c.unknowns(); ++k) d[k] = c.d[k] * (outwards /= edge);
        for (int n = c.unknowns(); n > 0; --n) {
            const double last = d[n];
            if (!(std::fabs(last) < 1.0)) return false;
            double less[highest_order + 1]{1.0};
            for (int k = 1; k < n; ++k) less[k] = (d[k] - last * d[n - k]) / (1.0 - last * last);
            for (int k = 1; k < n; ++k) d[k] = less[k];
        }
        return true;
    }

    double w_[points]{};                                                               ///< radians per sample
    double missing_[points]{};                                                         ///< radians
    double edge_angle_[points]{};                                                      ///< of 1 + edge e^(-jw), radians
    double sine_[highest_order + 1][points]{}, cosine_[highest_order + 1][points]{};   ///< of k w
};

}   // namespace phono::inline v0_2::detail
