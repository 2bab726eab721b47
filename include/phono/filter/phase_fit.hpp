// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/all_pass.hpp>
#include <phono/filter/missing_phase.hpp>
#include <phono/filter/phase_refinement.hpp>
#include <phono/math/lu.hpp>

#include <cmath>

namespace phono::inline v0_2::detail {

/// Fits all-pass filters that supply the phase a filter lacks against an analogue response, apart from a constant delay.
///
/// Im(D e^(-j beta)) = 0 is linear in d: least squares, weighted by 1/|D|, give a first d for each delay of a grid. The best of these are
/// refined together with their delay. Where a pole would leave the circle of stable ones near -1, it is held at its edge, and the others
/// are fitted once more.
class phase_fit {
public:
    phase_fit(const math::rational& analogue, const digital_filter& filter) noexcept : phase_(analogue, filter) {}

    /// The best delay for an order, and its all-pass.
    [[nodiscard]] all_pass best(int order) const noexcept
    {
        constexpr int grid = 65, starts = 3;
        constexpr double hopeless = 8.0;   // a start's error, relative to that of the best
        const phase_refinement refine{phase_};
        const double reach = 0.5 * order + 1.5;
        all_pass tried[grid];
        for (int i = 0; i < grid; ++i) tried[i] = fit(order, 0.5 * order + reach * (2 * i - grid + 1) / (grid - 1), false);
        all_pass found;
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
            const all_pass refined = refine(tried[least], reaches_edge);
            if (refined.residue < found.residue) found = refined;
            if (!reaches_edge) continue;
            const all_pass at_edge = refine(fit(order, refined.delay, true), reaches_edge);
            if (at_edge.residue < found.residue) found = at_edge.with_edge_pole();
        }
        return found;
    }

private:
    /// The least squares for one delay, at some of the points.
    [[nodiscard]] all_pass fit(int order, double delay, bool has_edge_pole) const noexcept
    {
        constexpr int stride = 4, count = missing_phase::points / stride;
        all_pass c;
        c.order = order;
        c.delay = delay;
        c.has_edge_pole = has_edge_pole;
        const int unknowns = c.unknowns();
        double sine[count], cosine[count], weight[count];
        for (int i = 0; i < count; ++i) {
            const int at = stride * (i + 1) - 1;
            const double beta = phase_.angle(c, at);
            sine[i] = std::sin(beta), cosine[i] = std::cos(beta), weight[i] = 1.0;
        }
        for (int round = 0; round < 2; ++round) {
            math::matrix<double, all_pass::highest_order> a{};
            math::vector<double, all_pass::highest_order> b{};
            for (int k = unknowns; k < all_pass::highest_order; ++k) a(k, k) = 1.0;
            for (int i = 0; i < count; ++i) {
                const int at = stride * (i + 1) - 1;
                double s[all_pass::highest_order];   // sin((k + 1) w + beta)
                for (int k = 0; k < unknowns; ++k) s[k] = phase_.sine[k + 1][at] * cosine[i] + phase_.cosine[k + 1][at] * sine[i];
                for (int k = 0; k < unknowns; ++k) {
                    b[k] -= weight[i] * s[k] * sine[i];
                    for (int m = 0; m < unknowns; ++m) a(k, m) += weight[i] * s[k] * s[m];
                }
            }
            const math::lu<double, all_pass::highest_order> factors{a};
            if (!factors.regular()) return {};
            const auto x = factors.solve(b);
            for (int k = 0; k < unknowns; ++k) c.d[k + 1] = x[k];
            double largest = 0.0;
            for (int i = 0; i < count; ++i) {
                const int at = stride * (i + 1) - 1;
                const math::complex value = phase_.denominator(c, at);
                const double re = value.re * cosine[i] + value.im * sine[i], im = value.re * sine[i] - value.im * cosine[i];
                largest = re > 0.0 ? std::fmax(largest, std::fabs(im) / re) : 1e9;
                weight[i] = 1.0 / math::norm(value);
            }
            c.residue = largest;   // only for comparison
        }
        if (!c.is_stable()) c.residue = 1e9;
        return c;
    }

    missing_phase phase_;
};

}   // namespace phono::inline v0_2::detail
