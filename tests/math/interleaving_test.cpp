// SPDX-License-Identifier: BSL-1.0
#include "../support/catch.hpp"

#include <phono/math/interleaving.hpp>

#include <array>
#include <vector>

using namespace phono;

namespace {

/// Numbers moved in registers of a width, of every count up to some registers full; what lies beyond stays as it was.
template <class T, int widest>
void check_moves()
{
    constexpr int most = 70;
    for (int count = 0; count <= most; ++count) {
        std::vector<T> a(most + 1, T(-1)), b = a, even = a, odd = a, sum = a, both(2 * most + 2, T(-1));
        for (int n = 0; n < count; ++n) a[static_cast<std::size_t>(n)] = T(n), b[static_cast<std::size_t>(n)] = T(1000 + 2 * n);
        math::interleave<T, widest>(a.data(), b.data(), both.data(), count);
        math::separate<T, widest>(both.data(), even.data(), odd.data(), count);
        math::half_sum<T, T, widest>(a.data(), b.data(), sum.data(), count);
        REQUIRE(even == a);
        REQUIRE(odd == b);
        for (int n = 0; n <= most; ++n) {
            const auto place = static_cast<std::size_t>(n);
            REQUIRE(both[2 * place] == a[place]);
            REQUIRE(both[2 * place + 1] == b[place]);
            REQUIRE(sum[place] == (n < count ? T(500) + T(1.5) * T(n) : T(-1)));
        }
        std::vector<T> moved = both;
        math::copy<T, widest>(both.data() + 3, moved.data(), count);   // to another place, and to one that it overlaps with
        math::copy<T, widest>(both.data() + 3, both.data(), count);
        REQUIRE(both == moved);
    }
}

constexpr bool moves_in_constant_expressions()
{
    const std::array<double, 3> a{1.0, 2.0, 3.0}, b{4.0, 5.0, 6.0};
    std::array<double, 6> both{};
    std::array<double, 3> even{}, odd{}, copied{}, sum{};
    math::interleave(a.data(), b.data(), both.data(), 3);
    math::separate(both.data(), even.data(), odd.data(), 3);
    math::copy(a.data(), copied.data(), 3);
    math::half_sum<double>(a.data(), b.data(), sum.data(), 3);
    return both[1] == 4.0 && even == a && odd == b && copied == a && sum[2] == 4.5;
}

}   // namespace

TEST_CASE("Numbers are put together by turns and taken apart in registers of every width")
{
    check_moves<double, 16>();
    check_moves<double, math::widest_register>();
    check_moves<float, 16>();
    check_moves<float, math::widest_register>();
    STATIC_REQUIRE(moves_in_constant_expressions());
}
