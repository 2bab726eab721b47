// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/eigenvalues.hpp>
#include <phono/math/matrix.hpp>
#include <phono/math/rational.hpp>

#include <cmath>

namespace phono::inline v0_2::detail {

/// An all-pass filter of order n and a delay: its phase is -n w - 2 arg D(w), D = 1 + sum d_k e^(-jkw).
struct all_pass {
    static constexpr int highest_order = 4;
    static constexpr double edge = 0.98994949366116653;   ///< sqrt(0.98): the largest magnitude of a pole

    double residue = 1e9;   ///< of a phase that it should have, degrees
    double delay = 0.0;     ///< samples
    double d[highest_order + 1]{1.0};
    int order = 0;
    bool has_edge_pole = false;   ///< one pole is held at -edge; d is then without it

    /// How many of d are to be found.
    [[nodiscard]] int unknowns() const noexcept { return has_edge_pole ? order - 1 : order; }

    /// True if the squared magnitude of every pole is below 0.98: the reflection coefficients of d, with its poles moved outwards by so
    /// much, are below 1 (Schur and Cohn).
    [[nodiscard]] bool is_stable() const noexcept
    {
        double e[highest_order + 1]{1.0}, outwards = 1.0;
        for (int k = 1; k <= unknowns(); ++k) e[k] = d[k] * (outwards /= edge);
        for (int n = unknowns(); n > 0; --n) {
            const double last = e[n];
            if (!(std::fabs(last) < 1.0)) return false;
            double less[highest_order + 1]{1.0};
            for (int k = 1; k < n; ++k) less[k] = (e[k] - last * e[n - k]) / (1.0 - last * last);
            for (int k = 1; k < n; ++k) e[k] = less[k];
        }
        return true;
    }

    /// The same all-pass with the pole at the edge as one of its others.
    [[nodiscard]] all_pass with_edge_pole() const noexcept
    {
        all_pass whole = *this;
        for (int k = order; k > 0; --k) whole.d[k] += edge * whole.d[k - 1];
        whole.has_edge_pole = false;
        return whole;
    }

    [[nodiscard]] math::roots poles() const noexcept
    {
        math::matrix<double, highest_order> companion{};
        for (int k = 0; k < order; ++k) {
            companion(0, k) = -d[k + 1];
            if (k > 0) companion(k, k - 1) = 1.0;
        }
        math::roots found;
        const math::eigenvalue_solver<highest_order> solver{companion, order};
        for (int i = 0; i < order; ++i)
            if (solver.values()[i].im >= 0.0) found.add(solver.values()[i]);
        return found;
    }
};

}   // namespace phono::inline v0_2::detail
