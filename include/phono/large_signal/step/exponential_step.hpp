// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>

namespace phono::inline v0_2::detail {

/// One step of x' = s x + w: x[n+1] = decay x[n] + sum of weight[j] w[n+1-j], exact if w is the cubic polynomial through its last four
/// samples: an exponential Adams-Moulton step of order 4. Does not ring however fast the mode is.
///
/// Source: J. Certaine, in Ralston and Wilf, Mathematical Methods for Digital Computers, 1960; the weights are the moments
/// I_m of e^(z (1 - t)) t^m over the step, z = s T, with Lagrange's polynomials through t = 1, 0, -1, -2.
/// (eq. 10 and 11 of large_signal/README.md)
struct exponential_step {
    math::complex decay{};
    math::complex weight[4]{};

    constexpr exponential_step() noexcept = default;
    constexpr exponential_step(math::complex s, double period) noexcept
    {
        const math::complex z = period * s;
        decay = math::exp(z);
        math::complex moment[4];
        for (int m = 0; m < 4; ++m) moment[m] = moment_of(z, m, m > 0 ? moment[m - 1] : math::complex{});
        constexpr double lagrange[4][4] = {// of powers 0 to 3
                                           {0.0, 1.0 / 3.0, 0.5, 1.0 / 6.0},
                                           {1.0, 0.5, -1.0, -0.5},
                                           {0.0, -1.0, 0.5, 0.5},
                                           {0.0, 1.0 / 6.0, 0.0, -1.0 / 6.0}};
        for (int j = 0; j < 4; ++j)
            for (int m = 0; m < 4; ++m) weight[j] += (period * lagrange[j][m]) * moment[m];
    }

    /// The step for a drive with strong feedback from the state itself; exact if the drive is a parabola.
    ///
    /// All rules through four samples that are exact for parabolas differ by a multiple of (1, -3, 3, -1) T. For a slow mode the step of
    /// order 4 is the rule through three samples plus -1/24 of it, and diverges under a feedback of more than 3 per sample; with +1/16 the
    /// mode decays under any feedback that is real and negative, or complex within 78 degrees of that (the angle of its root locus). A mode
    /// with |s T| above 5 decays under real negative feedback with the step of order 4 too. In between, the change is in proportion to
    /// e^(sT/2). Derived. Slow modes that feed each other decay if every eigenvalue of the feedback is in that range. For faster ones only
    /// the feedback of one real mode to itself has been tried; for several that feed each other nothing is proven: step_choice says what is
    /// known.
    /// (eq. 14 of large_signal/README.md)
    [[nodiscard]] static constexpr exponential_step damped(math::complex s, double period) noexcept
    {
        exponential_step step{s, period};
        const math::complex z = period * s, slow = math::exp(0.5 * z);
        const math::complex change = slow * (math::complex{period / 16.0} + step.weight[3]);
        constexpr double difference[4] = {1.0, -3.0, 3.0, -1.0};
        for (int j = 0; j < 4; ++j) step.weight[j] += difference[j] * change;
        return step;
    }

    /// The response of the step to a drive, at the point of the z-plane given by w = 1/z.
    /// (eq. 12 of large_signal/README.md)
    [[nodiscard]] constexpr math::complex response(math::complex w) const noexcept
    {
        const math::complex driven = weight[0] + w * (weight[1] + w * (weight[2] + w * weight[3]));
        return driven / (math::complex{1.0} - decay * w);
    }

private:
    [[nodiscard]] static constexpr math::complex moment_of(math::complex z, int m, math::complex before) noexcept
    {
        if (math::abs(z) >= 1.0) {
            if (m == 0) return (math::exp(z) - math::complex{1.0}) / z;
            return (static_cast<double>(m) * before - math::complex{1.0}) / z;
        }
        // m! times the sum of z^j / (j + m + 1)!
        math::complex sum{}, term{1.0 / (m + 1.0)};
        for (int j = 0; j < 22; ++j) {
            sum += term;
            term = (1.0 / (j + m + 2.0)) * (term * z);
        }
        return sum;
    }
};

}   // namespace phono::inline v0_2::detail
