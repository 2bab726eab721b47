// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/vector_parts.hpp>

namespace phono::inline v0_2::math {

// Functions of as many numbers as a register holds, in one instruction or two: compilers make more of what says the same in plain terms.

/// A number without its sign.
[[nodiscard, gnu::always_inline]] inline double without_sign(double x) noexcept { return __builtin_fabs(x); }
#if defined(__GNUC__)
template <class V>
[[nodiscard, gnu::always_inline]] inline V without_sign(const V& x) noexcept
{
    using bits = decltype(x < V{});
    constexpr long long all_but_sign = 0x7fffffffffffffff;
    return (V)((bits)x & all_but_sign);
}
#endif

/// The larger one; the second where one is not a number.
[[nodiscard, gnu::always_inline]] inline double larger(double a, double b) noexcept { return a > b ? a : b; }
/// The smaller one; the second where one is not a number.
[[nodiscard, gnu::always_inline]] inline double smaller(double a, double b) noexcept { return a < b ? a : b; }
#if defined(__GNUC__)
template <class V>
[[nodiscard, gnu::always_inline]] inline V larger(const V& a, const V& b) noexcept
{
#if defined(__AVX__) && !defined(__clang__)
    if constexpr (sizeof(V) == 32) return __builtin_ia32_maxpd256(a, b);
#endif
#if defined(__AVX512F__) && !defined(__clang__)
    constexpr int all = 255, exceptions_as_set = 4;
    if constexpr (sizeof(V) == 64) return __builtin_ia32_maxpd512_mask(a, b, V{}, all, exceptions_as_set);
#endif
    return a > b ? a : b;
}
template <class V>
[[nodiscard, gnu::always_inline]] inline V smaller(const V& a, const V& b) noexcept
{
#if defined(__AVX__) && !defined(__clang__)
    if constexpr (sizeof(V) == 32) return __builtin_ia32_minpd256(a, b);
#endif
#if defined(__AVX512F__) && !defined(__clang__)
    constexpr int all = 255, exceptions_as_set = 4;
    if constexpr (sizeof(V) == 64) return __builtin_ia32_minpd512_mask(a, b, V{}, all, exceptions_as_set);
#endif
    return a < b ? a : b;
}
#endif

/// A bit for each number that is at most this; none for what is not a number.
[[nodiscard, gnu::always_inline]] inline unsigned at_most(double x, double most) noexcept { return x <= most ? 1U : 0U; }
#if defined(__GNUC__)
[[nodiscard, gnu::always_inline]] inline unsigned at_most(vector_of<2>::type x, double most) noexcept
{
#if defined(__SSE2__)
    return static_cast<unsigned>(__builtin_ia32_movmskpd((vector_of<2>::type)(x <= most)));
#else
    return at_most(x[0], most) | at_most(x[1], most) << 1;
#endif
}
#if defined(__AVX__)
[[nodiscard, gnu::always_inline]] inline unsigned at_most(vector_of<4>::type x, double most) noexcept
{
#if defined(__AVX512VL__)
    // To a mask register, which takes none of the units that multiply.
    constexpr int less_or_equal = 18, all = 15;
    return static_cast<unsigned char>(__builtin_ia32_cmppd256_mask(x, most + vector_of<4>::type{}, less_or_equal, all));
#else
    return static_cast<unsigned>(__builtin_ia32_movmskpd256((vector_of<4>::type)(x <= most)));
#endif
}
#endif
#if defined(__AVX512F__)
[[nodiscard, gnu::always_inline]] inline unsigned at_most(vector_of<8>::type x, double most) noexcept
{
    constexpr int less_or_equal = 18, all = 255, exceptions_as_set = 4;
    return static_cast<unsigned char>(__builtin_ia32_cmppd512_mask(x, most + vector_of<8>::type{}, less_or_equal, all, exceptions_as_set));
}
#endif
#endif

}   // namespace phono::inline v0_2::math
