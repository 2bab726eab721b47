// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/math/octave_table.hpp>
#include <phono/tube/lambert.hpp>
#include <phono/tube/softplus.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

// Tables against the functions that they hold, in long double.
namespace {

using namespace phono;

/// 1/(x^2 + 10): singular a little farther from 0 than the ramps of tubes, which are at pi.
constexpr math::octave_table bell{[](double x, double outwards) {
    math::octave_table::series s;
    const double at = x * x + 10.0;
    for (int n = 0; n < 10; ++n) {
        const double sum = n == 0 ? -1.0 : 2.0 * x * s.term[n - 1] + (n > 1 ? s.term[n - 2] : 0.0);
        s.term[n] = -sum / at;
    }
    for (int n = 1; n < 10; n += 2) s.term[n] *= outwards;
    return s;
}};

/// Calls compare(x) for numbers near 0, near the ends, where cells meet, and between.
template <class F>
void over_the_range(const F& compare)
{
    std::mt19937_64 generator(3);
    std::uniform_real_distribution<double> share(-1.0, 1.0);
    for (int n = 0; n < 200000; ++n) {
        const double x = share(generator);
        compare(x * 508.0), compare(x * 50.0), compare(x * 4.0), compare(x * 1e-9);
    }
    for (double edge = 2.0; edge <= 510.0; edge *= 1.0 + 1.0 / 16)
        for (const double x : {edge - 2.0, std::nextafter(edge, 0.0) - 2.0}) compare(x), compare(-x);
}

template <class F>
math::lanes<4> lanes_of(double x, const F& f)
{
    math::lanes<4> at = math::lanes<4>::all(0.25);
    at.set(2, x);
    return f(at);
}

long double exact_log_softplus(long double x)
{
    const long double ramp = std::log1p(std::exp(-std::abs(x))) + (x > 0.0L ? x : 0.0L);
    return std::log(ramp);
}
long double exact_lambert(long double x)
{
    long double w = x > 1.0L ? x - std::log(x) : std::exp(x) / (1.0L + std::exp(x));
    for (int n = 0; n < 50; ++n) w -= (w + std::log(w) - x) * w / (1.0L + w);
    return w;
}

}   // namespace

TEST_CASE("A table holds a function and its slope on both sides of 0")
{
    double value_off = 0.0, slope_off = 0.0;
    over_the_range([&](double x) {
        math::lanes<4> value, slope;
        bell(lanes_of(x, [](const auto& at) { return at; }), value, slope);
        const double exact = 1.0 / (x * x + 10.0), steepness = -2.0 * x * exact * exact;
        value_off = std::max(value_off, std::abs(value[2] - exact) / exact);
        slope_off = std::max(slope_off, std::abs(slope[2] - steepness) / exact);
        math::lanes<2> two, slope_of_two;
        math::lanes<1> one, slope_of_one;
        bell(math::lanes<2>::all(x), two, slope_of_two), bell(math::lanes<1>::all(x), one, slope_of_one);
        value_off = std::max({value_off, std::abs(two[1] - value[2]) / exact, std::abs(one[0] - value[2]) / exact});
        slope_off = std::max({slope_off, std::abs(slope_of_two[0] - slope[2]) / exact, std::abs(slope_of_one[0] - slope[2]) / exact});
    });
    measure::figure("a table's value", value_off, "of the function", 1e-13);
    measure::figure("a table's slope", slope_off, "of the function", 2e-11);
    CHECK(value_off <= 1e-13);
    CHECK(slope_off <= 2e-11);
}

TEST_CASE("A number beyond the table, or none, does not touch the lanes beside it")
{
    for (const double x :
         {509.0, -509.0, 1e300, -1e300, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
        math::lanes<4> value, slope;
        bell(lanes_of(x, [](const auto& at) { return at; }), value, slope);   // sanitizers see that nothing outside is read
        CHECK(std::abs(value[1] - 1.0 / 10.0625) <= 1e-14);
        CHECK(std::abs(value[3] - 1.0 / 10.0625) <= 1e-14);
    }
}

TEST_CASE("The logarithm of a ramp side by side, its slope, and its ends")
{
    double value_off = 0.0, slope_off = 0.0;
    over_the_range([&](double x) {
        if (x < detail::softplus_tail_end) return;
        const auto seen = detail::log_softplus(lanes_of(x, [](const auto& at) { return at; }));
        const long double exact = exact_log_softplus(x);
        const long double slope = 1.0L / (1.0L + std::exp(-static_cast<long double>(x))) / std::exp(exact);
        value_off = std::max(value_off, static_cast<double>(std::abs(seen.value[2] - exact)));
        slope_off = std::max(slope_off, static_cast<double>(std::abs(seen.slope[2] - slope) / slope));
    });
    measure::figure("logarithm of a ramp", value_off, "absolute, that of its power times the exponent", 1e-13);
    measure::figure("its slope", slope_off, "of itself", 1e-11);
    CHECK(value_off <= 1e-13);
    CHECK(slope_off <= 1e-11);
    const auto far = detail::log_softplus(math::lanes<4>::all(1e7)), tail = detail::log_softplus(math::lanes<4>::all(-1e60));
    CHECK(std::abs(far.value[0] - std::log(1e7)) <= 1e-14);
    CHECK(std::abs(far.slope[0] - 1e-7) <= 1e-22);
    CHECK(std::abs(tail.value[0] - std::log(1e-18)) <= 1e-13);
    CHECK(tail.slope[0] >= 0.0);
    CHECK(tail.slope[0] <= 0.0);
}

TEST_CASE("Lambert's W side by side, to the tail and beyond the table")
{
    double off = 0.0, one_off = 0.0;
    over_the_range([&](double x) {
        if (x < -79.0) return;
        const long double exact = exact_lambert(x);
        const math::lanes<4> seen = lanes_of(x, [](const auto& at) { return detail::lambert(at); });
        off = std::max(off, static_cast<double>(std::abs(seen[2] - exact) / exact));
        one_off = std::max(one_off, static_cast<double>(std::abs(detail::lambert(x) - exact) / exact));
    });
    measure::figure("Lambert's W side by side", off, "of itself", 1e-13);
    measure::figure("Lambert's W", one_off, "of itself", 1e-14);
    CHECK(off <= 1e-13);
    CHECK(one_off <= 1e-14);
    for (const double x : {600.0, 1e6, 1e60}) CHECK(std::abs(detail::lambert(math::lanes<4>::all(x))[3] - detail::lambert(x)) <= 1e-15 * x);
    CHECK(detail::lambert(math::lanes<4>::all(-1e60))[1] > 0.0);
}
