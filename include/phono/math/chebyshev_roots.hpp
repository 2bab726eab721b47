// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// The roots of c_0 T_0(u) + ... + c_m T_m(u), all at once from estimates of where they lie: in a fraction of the time that an eigenvalue
/// solver takes, but not always.
///
/// Each estimate goes by a step of Newton's that is corrected for all the others, which converges cubically: O. Aberth, Iteration methods
/// for finding all zeros of a polynomial simultaneously, Math. Comp. 27, 1973. The series is summed as it is (Clenshaw), so that the roots
/// are as accurate as its coefficients. Estimates that mirror each other in the real axis can only become pairs: let them not be so.
/// Range: m from 1 to 8, coefficients of about size 1, c_m not 0. Not for constant expressions.
class chebyshev_roots {
public:
    static constexpr int most = 8;

    /// Replaces m estimates by roots, of which complex ones are exact conjugate pairs. False where they do not converge, or where it is not
    /// clear which are real, as near double roots: nothing is to be made of them then.
#if !defined(__GNUC__)
    [[nodiscard]] static bool find(const double*, int, complex*) noexcept { return false; }   // it is written in vectors of GCC's kind
};
#else
    [[nodiscard]] static bool find(const double* c, int m, complex* u) noexcept { return converges(c, m, u) && pairs(m, u); }

private:
    static constexpr int most_steps = 16;
    static constexpr double last_step = 1e-7;   ///< relative; its cube is below rounding, also times what roots nearby make of it
    static constexpr double real = 1e-12, conjugate = 1e-9;   ///< relative: what is real, and what a pair

    using lanes [[gnu::vector_size(most * sizeof(double))]] = double;   ///< of each root one number
    struct values {
        lanes re, im;
    };

    static bool converges(const double* c, int m, complex* u) noexcept
    {
        values at{};
        for (int i = 0; i < m; ++i) at.re[i] = u[i].re, at.im[i] = u[i].im;
        for (int step = 0; step < most_steps; ++step) {
            // The series and its derivative.
            const lanes zero{}, twice_re = at.re + at.re, twice_im = at.im + at.im;
            values b1{}, b2{}, d1{}, d2{};
            for (int k = m; k > 0; --k) {
                const values b{twice_re * b1.re - (b2.re - c[k]) - twice_im * b1.im, twice_re * b1.im - b2.im + twice_im * b1.re};
                const values d{twice_re * d1.re - (d2.re - (b1.re + b1.re)) - twice_im * d1.im,
                               twice_re * d1.im - (d2.im - (b1.im + b1.im)) + twice_im * d1.re};
                b2 = b1, b1 = b, d2 = d1, d1 = d;
            }
            const values p{at.re * b1.re - (b2.re - c[0]) - at.im * b1.im, at.re * b1.im - b2.im + at.im * b1.re};
            const values slope{at.re * d1.re - (d2.re - b1.re) - at.im * d1.im, at.re * d1.im - (d2.im - b1.im) + at.im * d1.re};
            // The sum of 1/(u - others) as a fraction, so that it takes no division.
            values above{}, below{zero + 1.0, zero};
            for (int j = 0; j < m; ++j) {
                lanes own{};
                own[j] = 1.0;
                const values d{at.re - at.re[j] + own, at.im - at.im[j]};
                const lanes others = 1.0 - own;
                const values a{above.re * d.re - above.im * d.im + others * below.re,
                               above.re * d.im + above.im * d.re + others * below.im};
                const values b{below.re * d.re - below.im * d.im, below.re * d.im + below.im * d.re};
                above = a, below = b;
            }
            const values over{p.re * below.re - p.im * below.im, p.re * below.im + p.im * below.re};
            const values under{slope.re * below.re - slope.im * below.im - (p.re * above.re - p.im * above.im),
                               slope.re * below.im + slope.im * below.re - (p.re * above.im + p.im * above.re)};
            const lanes inverse = 1.0 / (under.re * under.re + under.im * under.im);
            const values by{(over.re * under.re + over.im * under.im) * inverse, (over.im * under.re - over.re * under.im) * inverse};
            at.re -= by.re, at.im -= by.im;
            const lanes left = by.re * by.re + by.im * by.im - (last_step * last_step) * (at.re * at.re + at.im * at.im);
            bool is_done = true;
            for (int i = 0; i < m; ++i) is_done = is_done && left[i] <= 0.0;   // not a number is not done
            if (is_done) {
                for (int i = 0; i < m; ++i) u[i] = {at.re[i], at.im[i]};
                return true;
            }
        }
        return false;
    }

    /// Makes what is real within rounding real, and of the others pairs.
    static bool pairs(int m, complex* u) noexcept
    {
        for (int i = 0; i < m; ++i) {
            if (u[i].im * u[i].im <= real * real * norm(u[i])) {
                u[i].im = 0.0;
                continue;
            }
            int other = i + 1;
            while (other < m && !(norm(u[i] - conj(u[other])) <= conjugate * conjugate * norm(u[i]))) ++other;
            if (other >= m) return false;
            const complex mean = 0.5 * (u[i] + conj(u[other]));
            u[other] = u[i + 1];
            u[i] = mean, u[i + 1] = conj(mean);
            ++i;
        }
        return true;
    }
};
#endif

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
