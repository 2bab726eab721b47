// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/math/chebyshev_roots.hpp>
#include <phono/math/double_double.hpp>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <random>

using namespace phono;

namespace {

constexpr int most = math::chebyshev_roots::most;

/// A Chebyshev series with given roots, in 31 digits, and the same in double.
struct series {
    math::double_double exact[most + 1]{};
    double c[most + 1]{};

    /// Each root of positive imaginary part comes with its conjugate.
    series(const math::complex* root, int count)
    {
        exact[0] = 1.0;
        int m = 0;
        for (int i = 0; i < count; ++i) {
            const math::double_double mean = root[i].re,
                                      square = math::double_double{root[i].re} * root[i].re + math::double_double{root[i].im} * root[i].im;
            math::double_double by_u[most + 3]{}, by_square[most + 3]{};
            by(by_u, exact, m);
            if (root[i].im == 0.0) {
                for (int k = 0; k <= m + 1; ++k) exact[k] = by_u[k] - mean * exact[k];
                m += 1;
            } else {
                by(by_square, by_u, m + 1);
                for (int k = 0; k <= m + 2; ++k) exact[k] = by_square[k] - 2.0 * mean * by_u[k] + square * exact[k];
                m += 2;
            }
        }
        double largest = 0.0;
        for (const math::double_double& x : exact) largest = std::max(largest, magnitude(x));
        for (int k = 0; k <= most; ++k) {
            exact[k] = exact[k] / math::double_double{largest};
            c[k] = static_cast<double>(exact[k]);
        }
    }

private:
    /// u T_k = (T_(k+1) + T_|k-1|)/2.
    static void by(math::double_double* product, const math::double_double* factor, int m)
    {
        for (int k = 0; k <= m; ++k) {
            product[k + 1] += 0.5 * factor[k];
            product[k == 0 ? 1 : k - 1] += 0.5 * factor[k];
        }
    }
};

void estimates(math::complex* u, int m, double radius)
{
    for (int i = 0; i < m; ++i) u[i] = radius * math::exp(math::complex{0.0, 2.0 * math::pi * (i + 0.1) / m});
}

double distance(const math::complex* found, int m, math::complex root)
{
    double nearest = 1e300;
    for (int i = 0; i < m; ++i) nearest = std::min(nearest, math::abs(found[i] - root));
    return nearest / math::abs(root);
}

}   // namespace

TEST_CASE("All roots of a Chebyshev series are found from estimates on a circle")
{
    std::mt19937 engine{7};
    const auto uniform = [&](double from, double to) { return from + (to - from) * static_cast<double>(engine()) / 4294967295.0; };
    double worst = 0.0;
    int failures = 0;
    constexpr int tries = 4000;
    for (int n = 0; n < tries; ++n) {
        math::complex root[most]{};
        int m = 0, count = 0;
        for (const int wanted = 1 + static_cast<int>(engine() % most); m < wanted; ++count) {
            const bool is_pair = wanted - m > 1 && engine() % 2 == 0;
            // Far enough from each other and from [-1, 1] that double can hold the roots in coefficients.
            root[count] = is_pair ? math::complex{uniform(-4.0, 4.0), uniform(1.0, 4.0)} : math::complex{uniform(1.2, 6.0)};
            if (!is_pair && engine() % 2 == 0) root[count].re = -root[count].re;
            m += is_pair ? 2 : 1;
            for (int i = 0; i < count; ++i)
                if (math::abs(root[i] - root[count]) < 0.3) m -= is_pair ? 2 : 1, --count, i = count;
        }
        const series s{root, count};
        math::complex u[most]{};
        estimates(u, m, 3.0);
        if (!math::chebyshev_roots::find(s.c, m, u)) {
            ++failures;
            continue;
        }
        for (int i = 0; i < count; ++i) worst = std::max(worst, distance(u, m, root[i]));
        int real = 0, wanted_real = 0;
        for (int i = 0; i < m; ++i) real += u[i].im == 0.0 ? 1 : 0;
        for (int i = 0; i < count; ++i) wanted_real += root[i].im == 0.0 ? 1 : 0;
        REQUIRE(real == wanted_real);
        for (int i = 0; i + 1 < m; ++i)
            if (u[i].im != 0.0 && u[i] == math::conj(u[i + 1])) ++i;
            else REQUIRE(u[i].im == 0.0);
    }
    std::printf("roots of Chebyshev series: %.1e off (at most 1e-10), %d of %d not found\n", worst, failures, tries);
    CHECK(worst < 1e-10);
    CHECK(failures == 0);
}

TEST_CASE("Roots of a Chebyshev series that cannot be told apart, or are none, are not claimed")
{
    const math::complex twice[] = {{2.0}, {2.0}, {-3.0}};
    const series s{twice, 3};
    math::complex u[most]{};
    estimates(u, 3, 3.0);
    CHECK_FALSE(math::chebyshev_roots::find(s.c, 3, u));

    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        const double c[] = {1.0, bad, 0.5};
        estimates(u, 2, 3.0);
        CHECK_FALSE(math::chebyshev_roots::find(c, 2, u));
    }

    const double pair[] = {3.0, 0.0, 1.0};   // 2 u^2 + 2: estimates on the real axis cannot leave it
    u[0] = {1.0}, u[1] = {3.0};
    CHECK_FALSE(math::chebyshev_roots::find(pair, 2, u));
    u[0] = {1.0, 0.1}, u[1] = {-2.0, 0.3};
    CHECK(math::chebyshev_roots::find(pair, 2, u));
    CHECK(math::abs(u[0] * u[0] + math::complex{1.0}) < 1e-15);
}
