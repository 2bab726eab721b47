// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/bits_as.hpp>
#include <phono/math/lanes.hpp>
#include <phono/math/register_shuffles.hpp>

#include <cstdint>
#include <cstring>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// A smooth function of one variable as polynomials of degree 7: for numbers side by side, a table takes far less time than logarithms
/// and exponentials that wait for one another.
///
/// Cells lie on both sides of 0 and widen outwards, 16 to an octave of |x| + 2: they are 1/8 wide at 0 and 16 at the end. That suits
/// functions that bend within a few units of 0 and are ever straighter beyond, as the ramps and diodes of tubes are.
///
/// Range: |x| <= octave_table::end; beyond, and of not-a-number, the result means nothing, and nothing outside the table is read.
/// Accuracy: 1e-13 of a function whose nearest singularities are at +-3.16 i, its slope 2e-11 of the function; 1e-14 of the functions of
/// tubes (tests/math/octave_table_test).
class octave_table {
public:
    static constexpr int octaves = 8, cells = 2 * 16 * octaves, terms = 8;
    static constexpr double end = 508.0;
    /// Powers of the distance from a cell's middle, outwards from 0, up to the ninth.
    struct series {
        double term[terms + 2]{};
    };

    /// Takes series_at(x, outwards) for the middle x of each cell; outwards is the direction away from 0, 1 or -1.
    constexpr explicit octave_table(const auto& series_at) noexcept
    {
        for (int n = 0; n < cells; ++n) {
            const int octave = n / 16 % octaves, part = n % 16;
            double width = 1.0 / 8;
            for (int i = 0; i < octave; ++i) width *= 2.0;
            const double outwards = n < cells / 2 ? 1.0 : -1.0;
            series s = series_at(outwards * (width * (16 + part + 0.5) - offset), outwards);
            // The eighth and ninth power leave their best approximations by lower ones, which differ by a Chebyshev polynomial.
            const double h = 0.5 * width, h2 = h * h, h4 = h2 * h2;
            const double eighth = s.term[8] / 128.0, ninth = s.term[9] / 256.0;
            s.term[6] += 256.0 * h2 * eighth, s.term[4] -= 160.0 * h4 * eighth, s.term[2] += 32.0 * h4 * h2 * eighth;
            s.term[0] -= h4 * h4 * eighth;
            s.term[7] += 576.0 * h2 * ninth, s.term[5] -= 432.0 * h4 * ninth, s.term[3] += 120.0 * h4 * h2 * ninth;
            s.term[1] -= 9.0 * h4 * h4 * ninth;
            for (int k = 0; k < terms; ++k) term_[n * terms + k] = s.term[k];
        }
    }

    /// Value and slope at each lane.
    template <int N>
    [[gnu::always_inline]] void operator()(const lanes<N>& x, lanes<N>& value, lanes<N>& slope) const noexcept
    {
        x.by_part(
            [this](const auto& part, auto& v, auto& s) __attribute__((always_inline)) { this->at(part, v, s); }, value, slope);
    }

private:
    static constexpr double offset = 2.0;
    template <class V>
    [[gnu::always_inline]] void at(const V& x, V& value, V& slope) const noexcept
    {
        using bits = typename bits_of<V>::type;
        constexpr std::uint64_t sign = std::uint64_t{1} << 63;
        const bits from = detail::bits_as<bits>(x), side = from & sign;
        const V outwards = detail::bits_as<V>(from & ~sign) + offset;
        const bits position = detail::bits_as<bits>(outwards);
        // The first four bits behind the leading one number the cell within its octave; half a bit more is its middle.
        constexpr std::uint64_t within = (std::uint64_t{1} << 48) - 1, half = std::uint64_t{1} << 47;
        const bits number = (((position >> 48) & (cells / 2 - 1)) | (side >> 56)) * terms;
        const V d = outwards - detail::bits_as<V>((position & ~within) | half);
        V c[terms];
        take(number, c);
        const V d2 = d * d;
        const V low = (c[0] + d * c[1]) + d2 * (c[2] + d * c[3]), high = (c[4] + d * c[5]) + d2 * (c[6] + d * c[7]);
        value = low + (d2 * d2) * high;
        const V slope_low = (c[1] + d * (2.0 * c[2])) + d2 * (3.0 * c[3] + d * (4.0 * c[4]));
        const V slope_high = (5.0 * c[5] + d * (6.0 * c[6])) + d2 * (7.0 * c[7]);
        slope = detail::bits_as<V>(detail::bits_as<bits>(slope_low + (d2 * d2) * slope_high) ^ side);
    }

    template <class V>
    struct bits_of {
#if defined(__GNUC__)
        typedef std::uint64_t type __attribute__((vector_size(sizeof(V))));
#endif
    };
    [[gnu::always_inline]] void take(std::uint64_t number, double (&c)[terms]) const noexcept
    {
        for (int k = 0; k < terms; ++k) c[k] = term_[number + k];
    }
#if defined(__GNUC__)
    template <class V>
    [[gnu::always_inline]] void take(const auto& number, V (&c)[terms]) const noexcept
    {
#if __has_builtin(__builtin_shufflevector)
        // As many terms of each lane's cell at a time as take least loads and shuffles, sorted by term.
        if constexpr (sizeof(V) == 64) {
            for (int k = 0; k < terms; k += 4) take_four_of_eight(number, k, c);
        } else
            for (int k = 0; k < terms; k += 2) take_two(number, k, c);
#else
        // GCC 11
        for (int k = 0; k < terms; ++k)
            for (int lane = 0; lane < static_cast<int>(sizeof(V) / sizeof(double)); ++lane) c[k][lane] = term_[number[lane] + k];
#endif
    }
#if __has_builtin(__builtin_shufflevector)
    /// The terms of a cell from number k on.
    template <int n>
    [[gnu::always_inline]] auto terms_from(int k, std::uint64_t cell) const noexcept
    {
        typename vector_of<n>::type of;
        std::memcpy(&of, term_ + cell + k, sizeof of);
        return of;
    }
    template <class V>
    [[gnu::always_inline]] void take_two(const auto& number, int k, V (&c)[terms]) const noexcept
    {
        const auto pair = [&](int lane) { return terms_from<2>(k, number[lane]); };
        if constexpr (sizeof(V) == 16) {
            const V first = pair(0), second = pair(1);
            c[k] = __builtin_shufflevector(first, second, 0, 2), c[k + 1] = __builtin_shufflevector(first, second, 1, 3);
        } else {
            const V even = __builtin_shufflevector(pair(0), pair(2), 0, 1, 2, 3);
            const V odd = __builtin_shufflevector(pair(1), pair(3), 0, 1, 2, 3);
            c[k] = __builtin_shufflevector(even, odd, 0, 4, 2, 6), c[k + 1] = __builtin_shufflevector(even, odd, 1, 5, 3, 7);
        }
    }
    template <class V>
    [[gnu::always_inline]] void take_four_of_eight(const auto& number, int k, V (&c)[terms]) const noexcept
    {
        const auto two_cells = [&](int lane) {   // of this lane and of the one four places on
#if defined(__LP64__)
            V both;
            register_shuffles<double, 64>::together(term_ + number[lane] + k, term_ + number[lane + 4] + k, both);
            return both;
#else
            return __builtin_shufflevector(terms_from<4>(k, number[lane]), terms_from<4>(k, number[lane + 4]), 0, 1, 2, 3, 4, 5, 6, 7);
#endif
        };
        const V of_0 = two_cells(0), of_1 = two_cells(1), of_2 = two_cells(2), of_3 = two_cells(3);
        const V first_01 = __builtin_shufflevector(of_0, of_1, 0, 8, 2, 10, 4, 12, 6, 14);   // the first and third term of each
        const V first_23 = __builtin_shufflevector(of_2, of_3, 0, 8, 2, 10, 4, 12, 6, 14);
        const V second_01 = __builtin_shufflevector(of_0, of_1, 1, 9, 3, 11, 5, 13, 7, 15);   // the second and fourth
        const V second_23 = __builtin_shufflevector(of_2, of_3, 1, 9, 3, 11, 5, 13, 7, 15);
        c[k] = __builtin_shufflevector(first_01, first_23, 0, 1, 8, 9, 4, 5, 12, 13);
        c[k + 1] = __builtin_shufflevector(second_01, second_23, 0, 1, 8, 9, 4, 5, 12, 13);
        c[k + 2] = __builtin_shufflevector(first_01, first_23, 2, 3, 10, 11, 6, 7, 14, 15);
        c[k + 3] = __builtin_shufflevector(second_01, second_23, 2, 3, 10, 11, 6, 7, 14, 15);
    }
#endif
#endif

    alignas(64) double term_[cells * terms]{};   ///< those of a cell fill a line of the cache
};
template <>
struct octave_table::bits_of<double> {
    using type = std::uint64_t;
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
