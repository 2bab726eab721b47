// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/large_signal/solver/by_halves.hpp>
#include <phono/math/by_turns.hpp>
#include <phono/math/exchange_matrix.hpp>
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
    CHECK(is(counted<2>().exchanged<1>(), {11, 10}));
    CHECK(is(counted<4>().exchanged<1>(), {11, 10, 13, 12}));
    CHECK(is(counted<4>().exchanged<2>(), {12, 13, 10, 11}));
    CHECK(is(counted<4>().exchanged<3>(), {13, 12, 11, 10}));
    CHECK(is(counted<8>().exchanged<2>(), {12, 13, 10, 11, 16, 17, 14, 15}));
    CHECK(is(counted<8>().exchanged<6>(), {16, 17, 14, 15, 12, 13, 10, 11}));
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
    CHECK(is(halves::twice<0>(counted<8>()), {10, 11, 10, 11, 14, 15, 14, 15}));
    CHECK(is(halves::twice<1>(counted<8>()), {12, 13, 12, 13, 16, 17, 16, 17}));
    CHECK(is(detail::by_halves<1>::twice<1>(counted<4>()), {12, 13, 12, 13}));
    CHECK(is(halves::largest_of_each(counted<8>()), {13, 17}));
    CHECK(is(halves::sum_everywhere(counted<8>()), {46, 46, 46, 46, 62, 62, 62, 62}));
    CHECK(is(detail::by_halves<1>::sum_everywhere(counted<4>()), {46, 46, 46, 46}));
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

TEMPLATE_TEST_CASE_SIG("The larger and the smaller number is the second one where one is not a number", "", ((int N), N), 1, 2, 4, 8)
{
    const lanes<N> one = lanes<N>::all(1.0), two = lanes<N>::all(2.0), none = lanes<N>::all(std::numeric_limits<double>::quiet_NaN());
    CHECK(max(one, two)[N - 1] == 2.0);
    CHECK(max(two, one)[0] == 2.0);
    CHECK(min(one, two)[0] == 1.0);
    CHECK(min(two, one)[N - 1] == 1.0);
    CHECK(max(none, one)[N - 1] == 1.0);
    CHECK(min(none, one)[N - 1] == 1.0);
    CHECK(std::isnan(max(one, none)[0]));
    CHECK(std::isnan(min(one, none)[0]));
}

namespace {

/// The product by exchanges of so many vectors at once, whose numbers are `step` lanes apart, against the sums that define it.
template <int size, int step, int N>
void check_products()
{
    double a[size][size], b[size][size];
    math::exchange_matrix<size, step, N> of_a, of_b, of_both;
    const auto row_of = [](int lane) { return lane / step % size; };
    for (int i = 0; i < size; ++i)
        for (int j = 0; j < size; ++j) {
            a[i][j] = 1.0 + i + 10.0 * j, b[i][j] = 3.0 - i * j;
            for (int lane = 0; lane < N; ++lane)
                if (row_of(lane) == i) of_a[of_a.part(i, j)].set(lane, a[i][j]), of_b[of_b.part(i, j)].set(lane, b[i][j]);
        }
    const lanes<N> x = counted<N>(), y = of_a * x;
    of_a.multiply(of_b, of_both);
    for (int lane = 0; lane < N; ++lane) {
        const int i = row_of(lane), first = lane - i * step;   // of its vector
        double expected = 0.0;
        for (int j = 0; j < size; ++j) expected += a[i][j] * x[first + j * step];
        CHECK(y[lane] == expected);
        for (int j = 0; j < size; ++j) {
            double entry = 0.0;
            for (int k = 0; k < size; ++k) entry += a[i][k] * b[k][j];
            CHECK(of_both[of_both.part(i, j)][lane] == entry);
        }
    }
}

}   // namespace

TEST_CASE("A matrix is multiplied by exchanges")
{
    check_products<2, 1, 2>();
    check_products<4, 1, 4>();
    check_products<4, 1, 8>();   // two vectors one after another
    check_products<2, 2, 8>();   // two by turns, and the same again
    check_products<4, 2, 8>();   // two by turns
}
