// SPDX-License-Identifier: BSL-1.0
#include "../support/catch.hpp"

#include <phono/math/block_vector.hpp>
#include <phono/math/byte_difference.hpp>
#include <phono/math/lanes.hpp>
#include <phono/math/wide_vector.hpp>

#include <cmath>
#include <limits>
#include <vector>

using namespace phono;

namespace {

/// Rows of channels become columns and rows again, in registers of any width: the number of row c, place i is 100 c + i.
template <class T, int channels, int register_bytes>
void check_rows()
{
    if constexpr (math::has_block_vectors) {
        using vector = math::wide_vector<T, channels, register_bytes>;
        constexpr int length = vector::row_length;
        std::vector<std::vector<T>> rows;
        for (int c = 0; c < channels; ++c) {
            rows.emplace_back();
            for (int i = 0; i < length; ++i) rows.back().push_back(static_cast<T>(100 * c + i));
        }
        const auto row = [&](int c) { return rows[static_cast<std::size_t>(c)].data(); };
        vector columns[length];
        vector::from_rows(row, columns);
        for (int i = 0; i < length; ++i) {
            columns[i].to_each([&](int c, T number) { CHECK(number == static_cast<T>(100 * c + i)); });
            columns[i] = columns[i] + vector::all(T(0.5));
        }
        vector::to_rows(columns, row);
        for (int c = 0; c < channels; ++c)
            for (int i = 0; i < length; ++i) CHECK(row(c)[i] == static_cast<T>(100 * c + i) + T(0.5));
    }
}

/// Numbers twice, and their halves moved, in registers of any width.
template <int count, int widest>
void check_halves()
{
    math::lanes<count, widest> x;
    for (int i = 0; i < count; ++i) x.set(i, 1.0 + i);
    const auto both = x.twice();
    for (int i = 0; i < 2 * count; ++i) CHECK(both[i] == 1.0 + i % count);
    auto unlike = both;
    for (int i = 0; i < count; ++i) unlike.set(i, 10.0 * both[i]);
    const auto first = unlike.first_twice(), second = unlike.second_twice(), exchanged = unlike.halves_exchanged();
    const auto half = unlike.first_half();
    for (int i = 0; i < count; ++i) {
        const double x_i = 1.0 + i;
        CHECK(half[i] == 10.0 * x_i);
        CHECK((first[i] == 10.0 * x_i && first[count + i] == 10.0 * x_i));
        CHECK((second[i] == x_i && second[count + i] == x_i));
        CHECK((exchanged[i] == x_i && exchanged[count + i] == 10.0 * x_i));
    }
}

/// The magnitudes of numbers of both signs, zeros and infinities.
template <class T, int widest>
void check_magnitude()
{
    using vector = math::wide_vector<T, 32 / static_cast<int>(sizeof(T)), widest>;
    const T infinity = std::numeric_limits<T>::infinity(), given[] = {T(-1.5), T(2), T(-0.0), -infinity};
    const vector x = vector::from_each([&](int c) { return given[c % 4]; });
    x.magnitude().to_each([&](int c, T number) {
        CHECK(number == std::abs(given[c % 4]));
        CHECK_FALSE(std::signbit(number));
    });
}

/// Numbers a lane later, and one in all lanes.
template <class T, int count, int widest>
void check_lanes()
{
    using vector = math::wide_vector<T, count, widest>;
    const vector before = vector::from_each([](int c) { return T(c); }), now = vector::from_each([](int c) { return T(100 + c); });
    now.behind(before).to_each([](int c, T number) { CHECK(number == (c == 0 ? T(count - 1) : T(99 + c))); });
    now.template spread<0>().to_each([](int, T number) { CHECK(number == T(100)); });
    now.template spread<count - 1>().to_each([](int, T number) { CHECK(number == T(99 + count)); });
}

template <class T>
bool differ(const T& one, const T& other)
{
    math::byte_difference found;
    found.add(one, one);
    found.add(one, other);
    found.add(other, other);
    return found.found();
}

}   // namespace

TEST_CASE("Numbers in lanes are doubled and their halves moved in registers of every width")
{
    check_halves<1, math::widest_vector>();
    check_halves<2, math::widest_vector>();
    check_halves<3, math::widest_vector>();
    check_halves<4, math::widest_vector>();
    check_halves<2, 1>();
    check_halves<4, 1>();
}

TEST_CASE("Rows of channels are transposed in registers of every width")
{
    check_rows<double, 4, 16>();
    check_rows<double, 8, 16>();
    check_rows<float, 8, 16>();
    check_rows<float, 16, 16>();
    check_rows<double, 4, math::widest_register>();
    check_rows<double, 8, math::widest_register>();
    check_rows<float, 8, math::widest_register>();
    check_rows<float, 16, math::widest_register>();
}

TEST_CASE("Objects of any size are told apart by a single byte")
{
    struct sized {
        unsigned char bytes[43];
    };
    for (int i = 0; i < 43; ++i) {
        sized one{}, other{};
        CHECK_FALSE(differ(one, other));
        other.bytes[i] = 1;
        CHECK(differ(one, other));
    }
    CHECK(differ(1.0f, 2.0f));
    CHECK_FALSE(differ(1.0f, 1.0f));
    const double three[] = {1.0, 2.0, 3.0}, changed[] = {1.0, 2.0, 3.5};
    CHECK(differ(three, changed));
    CHECK_FALSE(differ(three, three));
}

TEST_CASE("Magnitudes of neighbouring numbers are those of each")
{
    if constexpr (math::has_block_vectors) {
        check_magnitude<double, 16>();
        check_magnitude<double, math::widest_register>();
        check_magnitude<float, 16>();
        check_magnitude<float, math::widest_register>();
    }
}

TEST_CASE("Numbers move a lane on, and one goes to all lanes, in registers of every width")
{
    if constexpr (math::has_block_vectors) {
        check_lanes<double, 2, 16>();
        check_lanes<double, 8, 16>();
        check_lanes<double, 4, math::widest_register>();
        check_lanes<double, 8, math::widest_register>();
        check_lanes<float, 8, 16>();
        check_lanes<float, 16, math::widest_register>();
    }
}
