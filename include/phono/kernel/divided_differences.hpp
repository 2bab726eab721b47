// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/kernel/pole_cluster.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The divided differences f[p_k ... p_last] of f = H times a cluster's own factors, over the poles of that cluster; the other poles are
/// `outside`. They are computed without a single difference of function values, for poles at any distance, as the last column of f(Z),
/// where Z is the bidiagonal matrix with the poles on its diagonal and ones above (G. Opitz, Steigungsmatrizen, ZAMM 44, 1964).
struct divided_differences {
    math::complex value[parallel_form::capacity]{};   ///< f[p_k ... p_last]

    /// `delays` is how many more zeros than poles the filter has; below 0, how many less.
    constexpr divided_differences(const digital_filter& filter, const math::roots& all_poles,
                                  const bool (&outside)[parallel_form::capacity], int delays, const pole_cluster& own) noexcept
        : cluster_(own)
    {
        value[cluster_.count - 1] = math::complex{filter.gain};
        const math::roots& zeros = filter.zeros;
        int z = 0, missing_zeros = -delays;
        for (int p = 0; p < all_poles.count; ++p) {   // multiply and divide in turn: nothing overflows
            if (outside[p]) divide(all_poles[p]);
            if (z < zeros.count) multiply(zeros[z++]);
        }
        for (; z < zeros.count; ++z) multiply(zeros[z]);
        for (; missing_zeros > 0; --missing_zeros) apply({}, math::complex{1.0});
        for (const math::complex p : filter.all_pass) {   // numerators: 1 - p z
            apply(math::complex{1.0}, -p);
            if (p.im != 0.0) apply(math::complex{1.0}, -math::conj(p));
        }
    }

private:
    constexpr void multiply(math::complex root) noexcept
    {
        apply(-root, math::complex{1.0});
        if (root.im != 0.0) apply(-math::conj(root), math::complex{1.0});
    }
    constexpr void divide(math::complex root) noexcept
    {
        over(root);
        if (root.im != 0.0) over(math::conj(root));
    }
    /// value <- (offset + slope Z) value
    constexpr void apply(math::complex offset, math::complex slope) noexcept
    {
        for (int k = 0; k < cluster_.count; ++k) {
            value[k] = (offset + slope * cluster_.pole[k]) * value[k];
            if (k + 1 < cluster_.count) value[k] += slope * value[k + 1];
        }
    }
    /// value <- (Z - root)^-1 value
    constexpr void over(math::complex root) noexcept
    {
        for (int k = cluster_.count - 1; k >= 0; --k) {
            if (k + 1 < cluster_.count) value[k] -= value[k + 1];
            value[k] /= cluster_.pole[k] - root;
        }
    }
    const pole_cluster& cluster_;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
