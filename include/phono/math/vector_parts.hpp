// SPDX-License-Identifier: BSL-1.0
#pragma once

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// The SIMD vector of `width` doubles. GCC and Clang have a type for it and do not reliably vectorise plain arrays; other compilers get
/// the scalar.
template <int width>
struct vector_of;
template <>
struct vector_of<1> {
    using type = double;
};
#if defined(__GNUC__)
template <>
struct vector_of<2> {
    typedef double type __attribute__((vector_size(16)));
};
template <>
struct vector_of<4> {
    typedef double type __attribute__((vector_size(32)));
};
template <>
struct vector_of<8> {
    typedef double type __attribute__((vector_size(64)));
};
#if defined(__AVX512F__)
inline constexpr int widest_vector = 8;
#elif defined(__AVX__)
inline constexpr int widest_vector = 4;
#else
inline constexpr int widest_vector = 2;
#endif
#else
inline constexpr int widest_vector = 1;
#endif

/// True where a product and the sum that it goes into may be one operation.
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA) || defined(__aarch64__)
inline constexpr bool are_sums_fused = true;
#else
inline constexpr bool are_sums_fused = false;
#endif

/// How many of N doubles a vector holds.
[[nodiscard]] constexpr int vector_width(int N, int widest) noexcept
{
    return N % 8 == 0 && widest >= 8 ? 8 : N % 4 == 0 && widest >= 4 ? 4 : N % 2 == 0 && widest >= 2 ? 2 : 1;
}

/// Whether vectors are copied as what they are. As bytes g++ 12 copies one of 64 by halves, or two neighbours of 32 as one of 64: that depends
/// on which processor it tunes for, and -march=native tunes for none that is newer than it. A processor that loads what was stored in other
/// pieces waits until these have left for the cache.
template <int width>
inline constexpr bool are_copied_whole = widest_vector >= 8 && width >= 4;

/// Vectors of `width` doubles, as members.
template <int width, int parts, bool is_copied_whole = are_copied_whole<width>>
struct vector_parts {
    using part = typename vector_of<width>::type;
    part at_[parts]{};
};
template <int width, int parts>
struct vector_parts<width, parts, true> {
    using part = typename vector_of<width>::type;
    part at_[parts]{};

    constexpr vector_parts() noexcept = default;
    constexpr vector_parts(const vector_parts& from) noexcept { *this = from; }
    constexpr vector_parts& operator=(const vector_parts& from) noexcept   // NOLINT(bugprone-unhandled-self-assignment): changes nothing
    {
        for (int i = 0; i < parts; ++i) at_[i] = from.at_[i];
        return *this;
    }
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
