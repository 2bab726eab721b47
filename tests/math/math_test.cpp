// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/math/balance.hpp>
#include <phono/math/double_double.hpp>
#include <phono/math/eigenvectors.hpp>
#include <phono/math/least_squares.hpp>
#include <phono/math/matrix.hpp>
#include <phono/math/rational.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <random>
#include <vector>

namespace {

namespace math = phono::math;

template <std::size_t N>
struct table {
    std::array<double, N> x{}, y{};
};

/// The compiler's values of a function over a grid.
template <std::size_t N>
consteval table<N> tabulate(double (*function)(double) noexcept, double from, double to)
{
    table<N> t;
    for (std::size_t i = 0; i < N; ++i) {
        t.x[i] = from + (to - from) * static_cast<double>(i) / (N - 1.0);
        t.y[i] = function(t.x[i]);
    }
    return t;
}

template <std::size_t N>
consteval table<N> tabulate_decades(double (*function)(double) noexcept, int from, int to)
{
    table<N> t;
    for (std::size_t i = 0; i < N; ++i) {
        double x = 1.0 + 9.0 * static_cast<double>(i) / N;
        int decade = from + (to - from) * static_cast<int>(i) / static_cast<int>(N);
        for (; decade < 0; ++decade) x *= 0.1;
        for (; decade > 0; --decade) x *= 10.0;
        t.x[i] = x;
        t.y[i] = function(x);
    }
    return t;
}

constexpr auto roots = tabulate_decades<150>(math::sqrt, -30, 30);
constexpr auto logarithms = tabulate_decades<120>(math::log, -30, 30);
constexpr auto exponentials = tabulate<150>(math::exp, -50.0, 50.0);
constexpr auto far_exponentials = tabulate<29>(math::exp, -700.0, 700.0);
constexpr auto small_exponentials = tabulate<80>(math::expm1, -2.0, 2.0);
constexpr auto sines = tabulate<150>(math::sin, -20.0, 20.0);
constexpr auto far_sines = tabulate<41>(math::sin, -1e6, 1e6);
constexpr auto cosines = tabulate<150>(math::cos, -20.0, 20.0);
constexpr auto far_cosines = tabulate<41>(math::cos, -1e6, 1e6);
constexpr auto arc_sines = tabulate<120>(math::asin, 0.0, 1.0);

/// The largest difference in units of the last place of the true value, but no less than those of `floor`.
template <std::size_t N>
double worst_ulps(const table<N>& t, double (*exact)(double), double floor = 0.0)
{
    double worst = 0.0;
    for (std::size_t i = 0; i < N; ++i) {
        const double expected = exact(t.x[i]);
        const double size = std::max(std::fabs(expected), floor);
        const double ulp = std::nextafter(size, 2.0 * size + 1.0) - size;
        const double off = std::fabs(t.y[i] - expected) / ulp;
        if (!(off <= worst)) worst = off;
    }
    return worst;
}

void check_ulps(const char* name, double worst)
{
    std::printf("    %-20s in constant expressions: at most %.1f ulp from the standard library\n", name, worst);
    CHECK(worst <= 4.0);
}

template <int N>
std::vector<math::complex> eigenvalues(const math::matrix<double, N>& a)
{
    const math::eigenvalue_solver<N> solver{a};
    REQUIRE(solver.converged());
    std::vector<math::complex> found{solver.values().begin(), solver.values().end()};
    std::sort(found.begin(), found.end(), [](math::complex p, math::complex q) { return p.re != q.re ? p.re < q.re : p.im < q.im; });
    return found;
}

/// The matrix whose characteristic polynomial is x^N + c[N-1] x^(N-1) + ... + c[0].
template <int N>
constexpr math::matrix<double, N> companion(const double (&c)[N])
{
    math::matrix<double, N> a;
    for (int i = 0; i < N; ++i) {
        a(i, N - 1) = -c[i];
        if (i > 0) a(i, i - 1) = 1.0;
    }
    return a;
}

constexpr auto diagonal_of_three = [] {
    math::matrix<double, 3> a;
    a(0, 0) = 2.0, a(1, 1) = -5.0, a(2, 2) = 7.0, a(0, 2) = 11.0;
    return math::eigenvalue_solver<3>{a}.values();
}();
static_assert(diagonal_of_three[0] == math::complex{2.0} && diagonal_of_three[2] == math::complex{7.0});

}   // namespace

TEST_CASE("Elementary functions are the same to the compiler and to the program")
{
    check_ulps("sqrt", worst_ulps(roots, std::sqrt));
    check_ulps("log", worst_ulps(logarithms, std::log, 1e-2));
    check_ulps("exp", worst_ulps(exponentials, std::exp));
    check_ulps("exp to +-700", worst_ulps(far_exponentials, std::exp));
    check_ulps("expm1", worst_ulps(small_exponentials, std::expm1));
    check_ulps("sin", worst_ulps(sines, std::sin, 1e-2));
    check_ulps("sin to +-1e6", worst_ulps(far_sines, std::sin, 1e-2));
    check_ulps("cos", worst_ulps(cosines, std::cos, 1e-2));
    check_ulps("cos to +-1e6", worst_ulps(far_cosines, std::cos, 1e-2));
    check_ulps("asin", worst_ulps(arc_sines, std::asin));
    static_assert(math::log(0.0) == -std::numeric_limits<double>::infinity() && math::log(-1.0) != math::log(-1.0));
    static_assert(math::log(std::numeric_limits<double>::infinity()) == std::numeric_limits<double>::infinity());
    static_assert(math::exp(0.0) == 1.0 && math::log(1.0) == 0.0 && math::sqrt(4.0) == 2.0 && math::exp(-800.0) == 0.0);
    static_assert(!(math::sqrt(-1.0) == math::sqrt(-1.0)), "the root of a negative number is NaN");
}

TEST_CASE("A companion matrix has the roots of its polynomial")
{
    // (x + 1)(x + 2) ... (x + 6)
    const auto found = eigenvalues(companion<6>({720.0, 1764.0, 1624.0, 735.0, 175.0, 21.0}));
    for (int i = 0; i < 6; ++i) {
        CHECK(found[static_cast<std::size_t>(i)].re == Approx(i - 6.0).epsilon(1e-11));
        CHECK(found[static_cast<std::size_t>(i)].im == 0.0);
    }
}

TEST_CASE("Complex eigenvalues come in exact conjugate pairs")
{
    // (x^2 + 2x + 5)(x^2 - 4x + 13)(x - 1)
    const auto found = eigenvalues(companion<5>({-65.0, 59.0, -4.0, 12.0, -3.0}));
    REQUIRE(found.size() == 5);
    CHECK(found[0] == math::conj(found[1]));
    CHECK(found[3] == math::conj(found[4]));
    CHECK(math::abs(found[1] - math::complex{-1.0, 2.0}) < 1e-13);
    CHECK(math::abs(found[2] - math::complex{1.0}) < 1e-13);
    CHECK(math::abs(found[4] - math::complex{2.0, 3.0}) < 1e-13);
}

TEST_CASE("A rotation has eigenvalues on the unit circle")
{
    // A permutation of five: the fifth roots of one, a fixed point of the shifts of QR.
    const auto found = eigenvalues(companion<5>({-1.0, 0.0, 0.0, 0.0, 0.0}));
    for (const auto z : found) {
        const auto fifth = z * z * z * z * z;
        CHECK(math::abs(fifth - math::complex{1.0}) < 1e-14);
    }
}

TEST_CASE("A defective matrix has one eigenvalue as often as its block is long")
{
    math::matrix<double, 4> jordan;
    for (int i = 0; i < 4; ++i) {
        jordan(i, i) = -3.0;
        if (i > 0) jordan(i - 1, i) = 1.0;
    }
    for (const auto z : eigenvalues(jordan)) CHECK(z == math::complex{-3.0});

    // The same in other coordinates: rounding may move it by the fourth root of epsilon, the mean by epsilon.
    math::matrix<double, 4> mixed;
    const double shear[4][4] = {{1, 0, 0, 0}, {2, 1, 0, 0}, {-1, 3, 1, 0}, {1, -2, 2, 1}};
    const double back[4][4] = {{1, 0, 0, 0}, {-2, 1, 0, 0}, {7, -3, 1, 0}, {-19, 8, -2, 1}};
    for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j)
            for (int k = 0; k < 4; ++k)
                for (int m = 0; m < 4; ++m) mixed(i, j) += shear[i][k] * jordan(k, m) * back[m][j];
    double sum = 0.0;
    for (const auto z : eigenvalues(mixed)) {
        CHECK(math::abs(z - math::complex{-3.0}) < 5e-3);
        sum += z.re;
    }
    CHECK(sum == Approx(-12.0).epsilon(1e-12));
}

namespace {

/// The largest difference of a matrix from the sum of value right left^T, over its largest element.
template <int N>
double difference_from_sum(const math::matrix<double, N>& m, const math::eigenvectors<N>& found)
{
    double worst = 0.0, largest = 0.0;
    for (int i = 0; i < N; ++i)
        for (int k = 0; k < N; ++k) {
            double sum = 0.0;
            for (int n = 0; n < found.count(); ++n) {
                const math::complex part = found[n].value * found[n].right[i] * found[n].left[k];
                sum += found[n].value.im == 0.0 ? part.re : 2.0 * part.re;
            }
            worst = std::max(worst, std::abs(sum - m(i, k)));
            largest = std::max(largest, std::abs(m(i, k)));
        }
    return worst / largest;
}

}   // namespace

TEST_CASE("A matrix is the sum of its eigenvalues times their vectors")
{
    std::mt19937 engine{5};
    std::normal_distribution<double> normal;
    double worst = 0.0;
    for (int trial = 0; trial < 200; ++trial) {
        math::matrix<double, 6> m{};
        for (int i = 0; i < 6; ++i)
            for (int k = 0; k < 6; ++k) m(i, k) = normal(engine);
        const math::eigenvectors<6> found{m, 1e-12};
        REQUIRE(found.found());
        worst = std::max(worst, difference_from_sum(m, found));
    }
    std::printf("random matrices of 6 rows from the sum of their modes: %.1e\n", worst);
    CHECK(worst < 1e-10);

    // Three that coincide, and one of 0 that is left out.
    math::matrix<double, 4> same{};
    for (int i = 0; i < 3; ++i) same(i, i) = 2.0;
    same(0, 3) = 1.0;
    constexpr double least = 1e-9;
    const math::eigenvectors<4> coincident{same, least};
    REQUIRE(coincident.found());
    CHECK(coincident.count() == 3);
    CHECK(difference_from_sum(same, coincident) < 1e-14);

    // Sections in a row whose values nearly coincide, in an order that hides it, and rounding that seems to lead back.
    for (const double apart : {1e-3, 1e-4, 1e-5}) {
        math::matrix<double, 3> row{};
        row(2, 2) = 1.0, row(0, 0) = 1.0 + apart, row(1, 1) = 1.0 + 2.0 * apart;
        row(0, 2) = 1.0, row(1, 0) = -40.0, row(1, 2) = 20.0;
        row(2, 0) = 1e-17, row(2, 1) = 1e-18;
        const math::eigenvectors<3> near{row, least};
        REQUIRE(near.found());
        CHECK(near.count() == 3);
        const double off = difference_from_sum(row, near);
        std::printf("three in a row %.0e apart: %.1e\n", apart, off);
        CHECK(off < 1e-15 / (apart * apart));
        for (int n = 0; n < near.count(); ++n) CHECK(near[n].value.im == 0.0);
    }

    // A Jordan block has no two vectors for its two values.
    math::matrix<double, 2> block{};
    block(0, 0) = block(1, 1) = 1.0, block(0, 1) = 1.0;
    CHECK_FALSE(math::eigenvectors<2>{block, least}.found());
}

TEST_CASE("Badly scaled equations are solved to their last digits")
{
    // Hilbert's matrix of four, x = (1, 1, 1, 1), its unknowns in picofarads to gigaohms and its equations as mixed.
    const double row_scale[] = {1e12, 1e-9, 1.0, 1e6}, column_scale[] = {1e-12, 1e9, 1e3, 1e-6};
    math::matrix<double, 4> a;
    math::vector<double, 4> b;
    for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j) {
            a(i, j) = row_scale[i] * column_scale[j] / (i + j + 1.0);
            b[i] += row_scale[i] / (i + j + 1.0);
        }
    const math::lu<double, 4> factors{a};
    REQUIRE(factors.regular());
    const auto x = factors.solve(b);
    for (int j = 0; j < 4; ++j) CHECK(x[j] * column_scale[j] == Approx(1.0).epsilon(1e-11));

    math::matrix<double, 3> singular;
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) singular(i, j) = (i + 1.0) * (j + 1.0) * 1e-12;
    CHECK_FALSE(math::lu<double, 3>{singular}.regular());
}

TEST_CASE("Complex equations are solved like real ones")
{
    math::matrix<math::complex, 2> a;
    a(0, 0) = {0.0, 1e-9}, a(0, 1) = {2e-9}, a(1, 0) = {1e6}, a(1, 1) = {0.0, -3e6};
    const math::complex x0{1.0, 2.0}, x1{-3.0, 0.5};
    math::vector<math::complex, 2> b;
    for (int i = 0; i < 2; ++i) b[i] = a(i, 0) * x0 + a(i, 1) * x1;
    const auto x = math::lu<math::complex, 2>{a}.solve(b);
    CHECK(math::abs(x[0] - x0) < 1e-14);
    CHECK(math::abs(x[1] - x1) < 1e-14);
}

TEST_CASE("A rational function is the quotient of its factors")
{
    math::rational h;
    h.gain = 3.0;
    h.zeros.add({-2.0}), h.poles.add({-1.0, 2.0}), h.poles.add({-4.0});
    CHECK(h.poles.degree() == 3);
    const math::complex s{0.5, 1.5};
    const math::complex expected = 3.0 * (s + 2.0) / ((s * s + 2.0 * s + 5.0) * (s + 4.0));
    CHECK(math::abs(h(s) - expected) < 1e-15);
    CHECK(math::abs(h(s) * h.reciprocal()(s) - 1.0) < 1e-15);
    math::rational squared = h;
    squared *= h;
    CHECK(math::abs(squared(s) - expected * expected) < 1e-15);
    CHECK(h(math::conj(s)) == math::conj(h(s)));
}

TEST_CASE("A matrix of more columns than a machine word has bits, factored once, solves itself and another with entries in the same places")
{
    constexpr int n = 70;   // a ladder of resistors and capacitors, with a branch current that couples its ends
    math::matrix<double, n> g{}, c{};
    math::vector<double, n> b{};
    for (int i = 0; i < n; ++i) {
        g(i, i) += 1e-3 * (1.0 + 0.1 * i), c(i, i) = 1e-9 * (1.0 + 0.05 * i);
        if (i + 1 < n - 1) {
            g(i, i) += 2e-3, g(i + 1, i + 1) += 2e-3;
            g(i, i + 1) -= 2e-3, g(i + 1, i) -= 2e-3;
        }
        b[i] = i == 3 ? 1.0 : 0.0;
    }
    for (const int end : {0, n - 2}) g(end, n - 1) = g(n - 1, end) = end == 0 ? 1.0 : -1.0;
    const math::lu<double, n> factors{g};
    REQUIRE(factors.regular());
    const auto x = factors.solve(b);
    double residual = 0.0;
    for (int i = 0; i < n; ++i) {
        double sum = -b[i];
        for (int j = 0; j < n; ++j) sum += g(i, j) * x[j];
        residual = std::max(residual, std::fabs(sum));
    }
    CHECK(residual < 1e-13);

    for (const double angular : {1e2, 1e5, 1e7}) {
        math::matrix<math::complex, n> a{};
        math::vector<math::complex, n> side{};
        for (int i = 0; i < n; ++i) {
            side[i] = {b[i]};
            for (int j = 0; j < n; ++j) a(i, j) = {g(i, j), angular * c(i, j)};
        }
        const auto pivoted = math::lu<math::complex, n>{a}.solve(side);
        for (const int unknown : {0, 40, n - 1})
            CHECK(math::abs(factors.solve_alike(g, c, {0.0, angular}, b, unknown) - pivoted[unknown]) <
                  1e-13 * math::abs(pivoted[unknown]) + 1e-15);
    }
}

TEST_CASE("Least squares of nearly parallel columns lose no more digits than these have in common, and leave a residual at right angles")
{
    constexpr int length = 96, most = 5;   // sin k w for w to 0.3: parallel to 1e-9
    double columns[most][length], right[length], kept[most][length], residual[length];
    const double wanted[] = {1.0, -2.0, 3.0, -4.0, 5.0};
    for (int i = 0; i < length; ++i) {
        const double w = 0.3 * (i + 1) / length;
        right[i] = std::cos(40.0 * w);
        for (int k = 0; k < most; ++k) columns[k][i] = kept[k][i] = std::sin((k + 1) * w);
        for (int k = 0; k < most; ++k) right[i] += wanted[k] * columns[k][i];
        residual[i] = right[i];
    }
    math::vector<double, most> x{};
    REQUIRE(math::least_squares(columns, most, right, x));
    for (int i = 0; i < length; ++i)
        for (int k = 0; k < most; ++k) residual[i] -= x[k] * kept[k][i];
    for (int k = 0; k < most; ++k) {
        double dot = 0.0;
        for (int i = 0; i < length; ++i) dot += residual[i] * kept[k][i];
        CHECK(std::fabs(dot) < 1e-6);
    }
    double zero[2][length]{};
    CHECK_FALSE(math::least_squares(zero, 2, right, x));
}

TEST_CASE("A double_double keeps 31 digits, also in constant expressions")
{
    using math::double_double;
    const auto size_of = [](double_double x) { return std::fabs(x.high); };
    const double_double third = double_double{1.0} / 3.0, root = sqrt(double_double{2.0});
    CHECK(size_of(3.0 * third - 1.0) <= 1e-31);
    CHECK(size_of(root * root - 2.0) <= 1e-30);
    CHECK((double_double{1e20} + 1.0) - 1e20 == double_double{1.0});
    CHECK(third + 1e-25 > third);
    CHECK(third <= third);
    static_assert((double_double{1e20} + 1.0) - 1e20 == double_double{1.0});
    static_assert(abs(double_double{-2.0}) == double_double{2.0});
}

TEST_CASE("Eigenvalues in double_double part what double cannot, and stand apart from 1 without cancellation")
{
    // The companion matrix of (x - 1)(x - 1 - d), whose coefficients double would round by more than d^2.
    using math::double_double;
    constexpr double d = 1e-9;
    math::matrix<double_double, 2> companion{};
    companion(0, 0) = double_double{2.0} + d, companion(0, 1) = -(double_double{1.0} + d), companion(1, 0) = 1.0;
    const math::eigenvalue_solver<2, double_double> solver{companion};
    REQUIRE(solver.converged());
    double nearest = 1.0, farthest = 0.0;
    for (int i = 0; i < 2; ++i) {
        CHECK(solver.values()[i].im == 0.0);
        nearest = std::min(nearest, std::fabs(solver.values_less_one()[i].re));
        farthest = std::max(farthest, std::fabs(solver.values_less_one()[i].re));
    }
    CHECK(nearest <= 1e-20);
    CHECK(std::fabs(farthest - d) <= 1e-20);
}

TEST_CASE("Eigenvalues that stand on the diagonal of a triangle in any order are isolated exactly")
{
    math::matrix<double, 4> a{};   // 1, 2, 3 and 4 on the diagonal; each row depends on those of higher numbers, places mixed
    const int order[]{2, 0, 3, 1};
    for (int i = 0; i < 4; ++i)
        for (int j = i; j < 4; ++j) a(order[i], order[j]) = i == j ? i + 1.0 : 1e12;
    CHECK(math::isolate(a.all(), 4) == 0);
    double sum = 0.0, product = 1.0;
    for (int i = 0; i < 4; ++i) sum += a(i, i), product *= a(i, i);
    CHECK(sum == 10.0);
    CHECK(product == 24.0);
}
