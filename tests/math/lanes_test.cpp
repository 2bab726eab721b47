// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/large_signal/solver/by_halves.hpp>
#include <phono/math/by_turns.hpp>
#include <phono/math/lanes.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>

namespace {

using namespace phono;
using math::lanes;

/// 10, 11, 12 ...
template <int N>
lanes<N> counted()
{
    lanes<N> x;
    for (int i = 0; i < N; ++i) x.set(i, 10.0 + i);
    return x;
}

template <int N>
bool is(const lanes<N>& x, std::initializer_list<double> expected)
{
    int i = 0;
    return expected.size() == N && std::all_of(expected.begin(), expected.end(), [&](double one) { return x[i++] == one; });
}

}   // namespace

TEST_CASE("Numbers side by side are picked by their places, from one register or several")
{
    CHECK(is(counted<1>().picked<0, 0>(), {10, 10}));
    CHECK(is(counted<2>().picked<1, 0, 1, 1>(), {11, 10, 11, 11}));
    CHECK(is(counted<3>().picked<2, 0, 1>(), {12, 10, 11}));
    CHECK(is(counted<4>().picked<3, 1>(), {13, 11}));
    CHECK(is(counted<6>().picked<4, 5, 0, 1>(), {14, 15, 10, 11}));
    CHECK(is(counted<8>().picked<0, 4, 1, 5, 2, 6, 3, 7>(), {10, 14, 11, 15, 12, 16, 13, 17}));
    CHECK(is(counted<8>().picked<7, 0, 5>(), {17, 10, 15}));
    CHECK(is(counted<4>().twice(), {10, 11, 12, 13, 10, 11, 12, 13}));
    CHECK(is(counted<8>().first_half(), {10, 11, 12, 13}));
    CHECK(is(counted<8>().second_half(), {14, 15, 16, 17}));
    CHECK(is(counted<2>().second_half(), {11}));
    CHECK(is(counted<2>().four_times(), {10, 11, 10, 11, 10, 11, 10, 11}));
    CHECK(is(counted<4>().after<1>(), {11, 12, 13, 0}));
    CHECK(is(counted<8>().after<3>(), {13, 14, 15, 16, 17, 0, 0, 0}));
    CHECK(is(counted<8>().after<4>(), {14, 15, 16, 17, 0, 0, 0, 0}));
    CHECK(is(counted<3>().after<2>(), {12, 0, 0}));
    CHECK(is(counted<4>().first_twice(), {10, 11, 10, 11}));
    CHECK(is(counted<4>().second_twice(), {12, 13, 12, 13}));
    CHECK(is(counted<8>().halves_exchanged(), {14, 15, 16, 17, 10, 11, 12, 13}));
    CHECK(largest(counted<8>()) == 17.0);
    const lanes<8> copied = counted<8>();
    lanes<8> again;
    again = copied;
    CHECK(is(again, {10, 11, 12, 13, 14, 15, 16, 17}));
}

TEST_CASE("Two channels by turns and by halves keep their numbers apart")
{
    using turns = math::by_turns<2>;
    CHECK(is(turns::everywhere<4>(counted<2>()), {10, 11, 10, 11, 10, 11, 10, 11}));
    CHECK(is(turns::everywhere<3>(counted<2>()), {10, 11, 10, 11, 10, 11}));
    CHECK(is(turns::everywhere<4, 2>(counted<8>()), {14, 15, 14, 15, 14, 15, 14, 15}));
    CHECK(is(turns::everywhere<4, 1>(counted<4>()), {12, 13, 12, 13, 12, 13, 12, 13}));
    CHECK(is(turns::everywhere<2>(counted<8>()), {10, 11, 12, 13}));
    CHECK(is(turns::first(counted<8>()), {10, 11}));
    CHECK(is(turns::after_first(counted<8>()), {12, 13, 14, 15, 16, 17, 0, 0}));
    CHECK(is(turns::largest_everywhere(counted<8>()), {16, 17, 16, 17, 16, 17, 16, 17}));
    CHECK(is(turns::largest_everywhere(counted<8>().picked<4, 1, 6, 7, 0, 3, 2, 5>()), {16, 17, 16, 17, 16, 17, 16, 17}));
    CHECK(is(turns::largest_everywhere(counted<8>().picked<6, 7, 4, 5, 2, 3, 0, 1>()), {16, 17, 16, 17, 16, 17, 16, 17}));
    CHECK(is(turns::sum_of_each(counted<8>()), {52, 56}));
    using halves = detail::by_halves<2>;
    CHECK(is(halves::everywhere(counted<2>()), {10, 10, 10, 10, 11, 11, 11, 11}));
    CHECK(is(halves::everywhere<2>(counted<8>()), {12, 12, 12, 12, 16, 16, 16, 16}));
    CHECK(is(halves::largest_of_each(counted<8>()), {13, 17}));
    CHECK(is(halves::sum_of_each(counted<8>()), {46, 62}));
    CHECK(is(halves::at(counted<8>(), 3), {13, 17}));
}

TEMPLATE_TEST_CASE_SIG("Numbers side by side are compared with one number, and lose their signs", "", ((int N), N), 1, 2, 3, 4, 6, 8)
{
    const double not_a_number = std::numeric_limits<double>::quiet_NaN();
    const unsigned all = (1U << N) - 1;
    CHECK(places_at_most(lanes<N>::all(1.0), 1.0) == all);
    CHECK(places_at_most(lanes<N>::all(std::nextafter(1.0, 2.0)), 1.0) == 0);
    CHECK(places_at_most(lanes<N>::all(not_a_number), 1.0) == 0);
    for (int n = 0; n < N; ++n)
        for (const double x : {2.0, not_a_number, std::numeric_limits<double>::infinity()}) {
            lanes<N> one_above = lanes<N>::all(-3.0);
            one_above.set(n, x);
            CHECK(places_at_most(one_above, 1.0) == (all & ~(1U << n)));
            const lanes<N> without_sign = abs(-1.0 * one_above);
            for (int i = 0; i < N; ++i) {
                if (i != n) CHECK(without_sign[i] == 3.0);
                else if (std::isnan(x)) CHECK(std::isnan(without_sign[i]));
                else CHECK(without_sign[i] == x);
            }
        }
    CHECK_FALSE(std::signbit(abs(lanes<N>::all(-0.0))[N - 1]));
}
