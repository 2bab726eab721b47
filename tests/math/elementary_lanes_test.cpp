// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/math/elementary_lanes.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <type_traits>

// Exponentials and logarithms of lanes against the standard library's in long double.
namespace {

using namespace phono;

/// The error in units in the last place of a normal result.
double units_off(double x, long double exact)
{
    const double near = std::fabs(static_cast<double>(exact));
    return static_cast<double>(std::fabs(static_cast<long double>(x) - exact) / (std::nextafter(near, 2.0 * near) - near));
}

/// The largest error of four lanes, of two and of eight, over random arguments.
template <class F>
double worst_over(double from, double to, const F& off)
{
    std::mt19937_64 generator(7);
    std::uniform_real_distribution<double> argument(from, to);
    double worst = 0.0;
    for (int n = 0; n < 200000; ++n) {
        const double x = argument(generator);
        worst = std::max(
            {worst, off(math::lanes<4>::all(x), x, n % 4), off(math::lanes<2>::all(x), x, n % 2), off(math::lanes<8>::all(x), x, n % 8)});
    }
    return worst;
}

}   // namespace

TEST_CASE("Exponentials, logarithms and roots side by side are those of one number")
{
    const auto exponential = [](const auto& lanes, double x, int lane) {
        return units_off(exp(lanes)[lane], std::exp(static_cast<long double>(x)));
    };
    const auto logarithm = [](const auto& lanes, double x, int lane) {
        const double power = std::exp(x);
        return units_off(log(std::remove_cvref_t<decltype(lanes)>::all(power))[lane], std::log(static_cast<long double>(power)));
    };
    const auto both = [](const auto& lanes, double x, int lane) {
        using numbers = std::remove_cvref_t<decltype(lanes)>;
        const double power = std::exp(x);
        numbers logarithms, inverses;
        log_and_inverse(numbers::all(power), logarithms, inverses);
        return std::max(units_off(logarithms[lane], std::log(static_cast<long double>(power))),
                        units_off(inverses[lane], 1.0L / static_cast<long double>(power)));
    };
    const auto inverse_root = [](const auto& lanes, double x, int lane) {
        const double power = std::exp(x);
        return units_off(inverse_sqrt(std::remove_cvref_t<decltype(lanes)>::all(power))[lane],
                         1.0L / std::sqrt(static_cast<long double>(power)));
    };
    const double of_exp = std::max(worst_over(-708.0, 709.0, exponential), worst_over(-1.0, 1.0, exponential));
    const double of_log = std::max(worst_over(-700.0, 700.0, logarithm), worst_over(-1.0, 1.0, logarithm));
    measure::figure("exp of lanes", of_exp, "units in the last place", 3.0);
    measure::figure("log of lanes", of_log, "units in the last place", 3.0);
    CHECK(of_exp <= 3.0);
    CHECK(of_log <= 3.0);
    const double of_both = std::max(worst_over(-700.0, 700.0, both), worst_over(-1.0, 1.0, both));
    const double of_root = std::max(worst_over(-700.0, 700.0, inverse_root), worst_over(-1.0, 1.0, inverse_root));
    measure::figure("log and inverse of lanes by one division", of_both, "units in the last place", 4.0);
    measure::figure("inverse root of lanes", of_root, "units in the last place", 3.0);
    CHECK(of_both <= 4.0);
    CHECK(of_root <= 3.0);
    CHECK(exp(math::lanes<4>::all(-1e300))[3] == exp(math::lanes<4>::all(-708.0))[0]);
    CHECK(std::isfinite(exp(math::lanes<4>::all(1e300))[0]));
    CHECK(log(math::lanes<4>::all(1.0))[1] == 0.0);
    CHECK(exp(math::lanes<4>{})[2] == 1.0);
}
