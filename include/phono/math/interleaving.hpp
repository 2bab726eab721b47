// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/block_vector.hpp>
#include <phono/math/wide_vector.hpp>

#include <cstddef>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// Whether numbers of a type are moved by whole registers. Left to itself a compiler uses half of AVX-512's, or calls a function for each copy.
template <class T>
inline constexpr bool moves_by_registers = has_block_vectors && (std::is_same_v<T, float> || std::is_same_v<T, double>);

/// Copies numbers to another place, which may overlap with what comes later only.
template <class T, int widest = widest_register>
constexpr void copy(const T* from, T* to, int count) noexcept
{
    std::ptrdiff_t n = 0;
    if constexpr (moves_by_registers<T>)
        if (!std::is_constant_evaluated()) {
            using vector = wide_vector<T, widest / static_cast<int>(sizeof(T)), widest>;
            for (const std::ptrdiff_t whole = count / vector::length * vector::length; n < whole; n += vector::length)
                vector::from(from + n).to(to + n);
        }
    for (; n < count; ++n) to[n] = from[n];
}

/// Puts two rows of numbers together by turns, to somewhere else.
template <class T, int widest = widest_register>
constexpr void interleave(const T* even, const T* odd, T* both, int count) noexcept
{
    std::ptrdiff_t n = 0;
    if constexpr (moves_by_registers<T>)
        if (!std::is_constant_evaluated()) {
            using vector = wide_vector<T, widest / static_cast<int>(sizeof(T)), widest>;
            for (const std::ptrdiff_t whole = count / vector::length * vector::length; n < whole; n += vector::length) {
                vector a = vector::from(even + n), b = vector::from(odd + n);
                vector::interleave(a, b);
                a.to(both + 2 * n), b.to(both + 2 * n + vector::length);
            }
        }
    for (; n < count; ++n) both[2 * n] = even[n], both[2 * n + 1] = odd[n];
}

/// Takes the numbers at even and at odd places apart, to somewhere else.
template <class T, int widest = widest_register>
constexpr void separate(const T* both, T* even, T* odd, int count) noexcept
{
    std::ptrdiff_t n = 0;
    if constexpr (moves_by_registers<T>)
        if (!std::is_constant_evaluated()) {
            using vector = wide_vector<T, widest / static_cast<int>(sizeof(T)), widest>;
            for (const std::ptrdiff_t whole = count / vector::length * vector::length; n < whole; n += vector::length) {
                vector a = vector::from(both + 2 * n), b = vector::from(both + 2 * n + vector::length);
                vector::separate(a, b);
                a.to(even + n), b.to(odd + n);
            }
        }
    for (; n < count; ++n) even[n] = both[2 * n], odd[n] = both[2 * n + 1];
}

/// Half the sum of two rows of numbers, to somewhere else.
template <class Scalar, class T, int widest = widest_register>
constexpr void half_sum(const T* one, const T* other, T* sum, int count) noexcept
{
    std::ptrdiff_t n = 0;
    if constexpr (moves_by_registers<T>)
        if (!std::is_constant_evaluated()) {
            using vector = wide_vector<T, widest / static_cast<int>(sizeof(T)), widest>;
            const vector half = vector::all(T(0.5));
            for (const std::ptrdiff_t whole = count / vector::length * vector::length; n < whole; n += vector::length)
                (half * (vector::from(one + n) + vector::from(other + n))).to(sum + n);
        }
    for (; n < count; ++n) sum[n] = Scalar(0.5) * (one[n] + other[n]);
}

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
