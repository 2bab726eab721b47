// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/block_vector.hpp>

#include <cstddef>
#include <cstring>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

#if defined(__GNUC__) && defined(__LP64__)

/// Transposes a matrix in memory, four lines by two columns at a time: number j of line i becomes number i of line j.
///
/// T is float or double; `lines` is a multiple of 4 and `columns` of 2. Lines begin `from_stride` and `to_stride` numbers apart. `widest`
/// gives functions of different instruction sets distinct names.
template <int lines, int columns, class T, int widest = widest_vector>
[[gnu::always_inline]] inline void transpose(const T* from, std::ptrdiff_t from_stride, T* to, std::ptrdiff_t to_stride) noexcept
{
    static_assert(lines % 4 == 0 && columns % 2 == 0);
#if __has_builtin(__builtin_shufflevector)
    typedef T two __attribute__((vector_size(2 * sizeof(T))));
    if constexpr (widest < 4 && sizeof(T) == 8) {   // where a register holds two numbers, four are moved through memory
        for (std::ptrdiff_t i = 0; i < lines; i += 2)
#pragma GCC unroll 1
            for (std::ptrdiff_t j = 0; j < columns; j += 2) {
                two upper, lower;
                std::memcpy(&upper, from + i * from_stride + j, sizeof upper);
                std::memcpy(&lower, from + (i + 1) * from_stride + j, sizeof lower);
                const two first = __builtin_shufflevector(upper, lower, 0, 2), second = __builtin_shufflevector(upper, lower, 1, 3);
                std::memcpy(to + j * to_stride + i, &first, sizeof first);
                std::memcpy(to + (j + 1) * to_stride + i, &second, sizeof second);
            }
        return;
    }
    typedef T four __attribute__((vector_size(4 * sizeof(T))));
    const auto load_both = [](const T* a, const T* b, four& r) __attribute__((always_inline))
    {
        two low, high;
        std::memcpy(&low, a, sizeof low);
        std::memcpy(&high, b, sizeof high);
        r = __builtin_shufflevector(low, high, 0, 1, 2, 3);
    };
    for (std::ptrdiff_t i = 0; i < lines; i += 4)
#pragma GCC unroll 1
        for (std::ptrdiff_t j = 0; j < columns; j += 2) {
            const T* const at = from + i * from_stride + j;
            four even, odd;
            load_both(at, at + 2 * from_stride, even);
            load_both(at + from_stride, at + 3 * from_stride, odd);
            const four first = __builtin_shufflevector(even, odd, 0, 4, 2, 6), second = __builtin_shufflevector(even, odd, 1, 5, 3, 7);
            std::memcpy(to + j * to_stride + i, &first, sizeof first);
            std::memcpy(to + (j + 1) * to_stride + i, &second, sizeof second);
        }
#else
    for (std::ptrdiff_t i = 0; i < lines; ++i)
        for (std::ptrdiff_t j = 0; j < columns; ++j) to[j * to_stride + i] = from[i * from_stride + j];
#endif
}

#endif

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
