// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>
#include <phono/math/lanes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A polynomial in x and y: for each power b of y the powers of x up to degree - step b, at most 7. Coefficients by powers of y, then of x.
/// (eq. 24 and 25 of large_signal/README.md)
template <int degree, int step>
struct bivariate_polynomial {
    static constexpr int rows = degree / step + 1;
    [[nodiscard]] static constexpr int highest(int b) noexcept { return degree - step * b; }
    /// The place of the coefficient of x^a y^b.
    static constexpr int place(int a, int b) noexcept { return b * (degree + 1) - step * b * (b - 1) / 2 + a; }
    static constexpr int terms = place(0, rows);

    /// The value where c(n) is the coefficient at place n. By halves (Estrin's scheme), since the longest chain of dependent operations
    /// sets the time of a sample.
    template <class V>
    [[gnu::always_inline]] static V value(const auto& c, const V& x, const V& y) noexcept
    {
        return value<V, 0>(c, x, y);
    }
    /// The same where value and slope in x are known to be 0 at the origin: these coefficients are not looked at.
    template <class V>
    [[gnu::always_inline]] static V flat_value(const auto& c, const V& x, const V& y) noexcept
    {
        return value<V, 2>(c, x, y);
    }

private:
    template <int n>
    struct place_of {
    };
    template <class V>
    struct powers {
        V first, second, fourth;
    };

    template <class V, int zeros>
    [[gnu::always_inline]] static V value(const auto& c, const V& x, const V& y) noexcept
    {
        const V x2 = x * x, y2 = y * y;
        const powers<V> of_x{x, x2, x2 * x2}, of_y{y, y2, y2 * y2};
        const auto row = [&]<int b>(place_of<b>) __attribute__((always_inline))
        {
            const auto term = [&]<int a>(place_of<a>) __attribute__((always_inline))->decltype(auto) { return c(place(a, b)); };
            constexpr int zeros_here = zeros * int{b == 0};
            return sum<V, 0, highest(b), zeros_here>(term, of_x);
        };
        return sum<V, 0, rows - 1>(row, of_y);
    }

    /// The sum of term(n) z^(n - from) for n from `from` to `to`, of which those below `zeros` are 0.
    template <class V, int from, int to, int zeros = 0>
    [[gnu::always_inline]] static V sum(const auto& term, const powers<V>& z) noexcept
    {
        constexpr int n = to - from;
        static_assert(n < 8);
        // Plus zero, so that a compiler fuses this product and not the one it is added to, which comes later.
        if constexpr (zeros == 2 && n < 4) return fmadd(z.second, sum<V, from + 2, to>(term, z), V{});
        else if constexpr (n == 0) return term(place_of<from>{});
        else if constexpr (n == 1) return fmadd(z.first, term(place_of<to>{}), term(place_of<from>{}));
        else if constexpr (n < 4) return fmadd(z.second, sum<V, from + 2, to>(term, z), sum<V, from, from + 1>(term, z));
        else return fmadd(z.fourth, sum<V, from + 4, to>(term, z), sum<V, from, from + 3, zeros>(term, z));
    }
};

/// The polynomial through a function over the square -1...1: its Chebyshev series from a grid of samples, cut to the polynomial's terms.
template <int degree, int step, int line_count = bivariate_polynomial<degree, step>::rows + 1>
struct bivariate_fit {
    using polynomial = bivariate_polynomial<degree, step>;
    static constexpr int columns = degree + 2, lines = line_count;
    using samples = double[columns][lines];   ///< by x, then y

    double coefficient[polynomial::terms]{};
    double error = 0.0;   ///< bound, as far as the samples tell: the sum of the coefficients cut off

    static constexpr double column(int i) noexcept { return node(i, columns); }
    static constexpr double line(int j) noexcept { return node(j, lines); }

    /// What `error` is at least, from the samples of one line or one column alone: along it the highest power is cut off.
    static double least_error_on_line(const samples& f, int line) noexcept
    {
        double c = 0.0;
        for (int i = 0; i < columns; ++i) c += in_x.project[columns - 1][i] * f[i][line];
        return math::abs(c);
    }
    static double least_error_on_column(const samples& f, int column) noexcept
    {
        double c = 0.0;
        for (int j = 0; j < lines; ++j) c += in_y.project[lines - 1][j] * f[column][j];
        return math::abs(c);
    }

    explicit bivariate_fit(const samples& f) noexcept
    {
        double along[columns][lines]{};
        for (int i = 0; i < columns; ++i)
            for (int b = 0; b < lines; ++b)
                for (int j = 0; j < lines; ++j) along[i][b] += in_y.project[b][j] * f[i][j];
        for (int a = 0; a < columns; ++a)
            for (int b = 0; b < lines; ++b) {
                double c = 0.0;
                for (int i = 0; i < columns; ++i) c += in_x.project[a][i] * along[i][b];
                if (a + step * b > degree) {
                    error += math::abs(c);
                    continue;
                }
                for (int k = a % 2; k <= a; k += 2)
                    for (int l = b % 2; l <= b; l += 2) coefficient[polynomial::place(k, l)] += c * in_x.power[a][k] * in_y.power[b][l];
            }
    }

    /// Makes value and slopes at the centre exactly 0: for a function of which that is known.
    void touch_zero() noexcept
    {
        coefficient[polynomial::place(0, 0)] = coefficient[polynomial::place(1, 0)] = coefficient[polynomial::place(0, 1)] = 0.0;
    }

private:
    static constexpr double node(int i, int of) noexcept { return math::cos(math::pi * (i + 0.5) / of); }

    template <int nodes>
    struct series {
        double project[nodes][nodes]{};   ///< from samples to Chebyshev coefficients
        double power[nodes][nodes]{};     ///< coefficients of the Chebyshev polynomials

        constexpr series() noexcept
        {
            for (int a = 0; a < nodes; ++a)
                for (int i = 0; i < nodes; ++i) project[a][i] = (a > 0 ? 2.0 : 1.0) / nodes * math::cos(math::pi * a * (i + 0.5) / nodes);
            power[0][0] = power[1][1] = 1.0;
            for (int a = 2; a < nodes; ++a)
                for (int k = 0; k < nodes; ++k) power[a][k] = (k > 0 ? 2.0 * power[a - 1][k - 1] : 0.0) - power[a - 2][k];
        }
    };
    static constexpr series<columns> in_x{};
    static constexpr series<lines> in_y{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
