// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/large_signal/solver/bivariate_polynomial.hpp>

#include <algorithm>
#include <cmath>

/// A private part with a test of its own: solvers trust the error that it tells.
using namespace phono;

TEST_CASE("A polynomial on a square is its Chebyshev series and knows its error")
{
    using fit = detail::bivariate_fit<6, 1>;
    const auto sampled = [](const auto& f) {
        fit::samples s;
        for (int i = 0; i < fit::columns; ++i)
            for (int j = 0; j < fit::lines; ++j) s[i][j] = f(fit::column(i), fit::line(j));
        return fit{s};
    };
    const auto value = [](const fit& p, double x, double y) {
        return fit::polynomial::value([&](int n) { return math::lanes<1>::all(p.coefficient[n]); }, math::lanes<1>::all(x),
                                      math::lanes<1>::all(y))[0];
    };
    const auto sextic = [](double x, double y) {
        return 1.0 + x - 2.0 * y + 3.0 * x * x * y - x * y * y * y + 0.5 * x * x * x * y * y * y - y * y * y * y * y * y;
    };
    const auto wave = [](double x, double y) { return std::exp(0.8 * x - 0.3 * y); };
    const fit of_sextic = sampled(sextic), of_wave = sampled(wave);
    double worst_sextic = 0.0, worst_wave = 0.0;
    for (double x = -1.0; x <= 1.0; x += 0.05)
        for (double y = -1.0; y <= 1.0; y += 0.05) {
            worst_sextic = std::max(worst_sextic, std::fabs(value(of_sextic, x, y) - sextic(x, y)));
            worst_wave = std::max(worst_wave, std::fabs(value(of_wave, x, y) - wave(x, y)));
        }
    CHECK(worst_sextic < 1e-13);
    CHECK(of_sextic.error < 1e-13);
    CHECK(worst_wave < 1.1 * of_wave.error);
    CHECK(worst_wave > 0.1 * of_wave.error);
}
