// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/bits_as.hpp>
#include <phono/math/elementary.hpp>
#include <phono/math/lanes.hpp>

#include <cstdint>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

/// Exponentials, logarithms and roots of numbers side by side, where the standard library has one number at a time.
///
/// Within 3 units in the last place (tests/math/elementary_lanes_test), also where a compiler is allowed to reorder sums, as by -ffast-math;
/// what two functions make of one division within 4, by -ffast-math 5. Where there are no vectors, the standard library's.
namespace phono::inline v0_2::math {

namespace detail {

template <int width>
struct integers_of;
#if defined(__GNUC__)
template <>
struct integers_of<2> {
    typedef std::uint64_t bits __attribute__((vector_size(16)));
};
template <>
struct integers_of<4> {
    typedef std::uint64_t bits __attribute__((vector_size(32)));
};
template <>
struct integers_of<8> {
    typedef std::uint64_t bits __attribute__((vector_size(64)));
};
#endif

/// x, which no compiler takes apart to reorder a sum. To be combined with PHONO_AS_WRITTEN at the beginning of a function, which is what
/// Clang knows.
template <class V>
[[gnu::always_inline]] inline V as_written(const V& x) noexcept
{
#if defined(__GNUC__)
#if __has_builtin(__builtin_assoc_barrier)   // from GCC 12 on
    return __builtin_assoc_barrier(x);
#else
    return x;
#endif
#else
    return x;
#endif
}
#if defined(__clang__)
#define PHONO_AS_WRITTEN _Pragma("clang fp reassociate(off)")
#else
#define PHONO_AS_WRITTEN
#endif

/// e^x for x within the range of normal numbers; held at its ends beyond.
template <int width>
struct vector_exp {
    using V = typename vector_of<width>::type;
    [[gnu::always_inline]] V operator()(V x) const noexcept
    {
        if constexpr (width == 1) return exp(x);
        else {
            PHONO_AS_WRITTEN
            constexpr double lowest = -708.0, highest = 709.0;
            const V zero{};
            x = smaller(larger(x, zero + lowest), zero + highest);
            // x = n ln 2 + r; the first 33 bits of ln 2 have exact multiples.
            // A number of this size has no fraction: n is in its last bits.
            using bits = typename integers_of<width>::bits;
            constexpr double whole = 6755399441055744.0;   // 1.5 2^52
            constexpr int bias = 1023;
            const bits biased = bits_as<bits>(x * (1.0 / ln2) + whole) + bias;
            const V doublings = as_written(bits_as<V>(biased) - (whole + bias));
            const V r = as_written(x - doublings * 6.93147180369123816490e-01) - doublings * 1.90821492927058770002e-10;
            const V r2 = r * r, r4 = r2 * r2;
            // The exponential series to r^13, of which the rest is below 1e-17 for |r| <= 0.347.
            const V low = (1.0 + r) + r2 * (1.0 / 2 + r * (1.0 / 6));
            const V middle = (1.0 / 24 + r * (1.0 / 120)) + r2 * (1.0 / 720 + r * (1.0 / 5040));
            const V high = (1.0 / 40320 + r * (1.0 / 362880)) + r2 * (1.0 / 3628800 + r * (1.0 / 39916800)) +
                           r4 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
            return ((low + r4 * middle) + (r4 * r4) * high) * bits_as<V>(biased << 52);
        }
    }
};

/// 2 artanh s = ln((1 + s)/(1 - s)) for |s| <= 0.172.
template <class V>
[[gnu::always_inline]] inline V twice_artanh(const V& s) noexcept
{
    const V z = s * s, z2 = z * z, z4 = z2 * z2;
    const V low = (2.0 / 3 + z * (2.0 / 5)) + z2 * (2.0 / 7 + z * (2.0 / 9));
    const V high = (2.0 / 11 + z * (2.0 / 13)) + z2 * (2.0 / 15 + z * (2.0 / 17)) + z4 * (2.0 / 19 + z * (2.0 / 21));
    return 2.0 * s + (s * z) * (low + z4 * high);
}

/// x = 2^n m, m from the root of 1/2 to that of 2, for normal x > 0.
template <int width>
struct vector_binary {
    using V = typename vector_of<width>::type;
    using bits = typename integers_of<width>::bits;
    bits biased;   ///< n + 1023
    V m, n;

    [[gnu::always_inline]] explicit vector_binary(const V& x) noexcept
    {
        PHONO_AS_WRITTEN
        constexpr std::uint64_t one = 0x3FF0000000000000, root_half = 0x3FE6A09E667F3BCD, power_52 = 0x4330000000000000;
        const bits from = bits_as<bits>(x);
        biased = (from - root_half + one) >> 52;
        m = bits_as<V>(from - (biased << 52) + one);
        n = as_written(bits_as<V>(biased | power_52) - (4503599627370496.0 + 1023.0));   // 2^52 with the integer in its last bits
    }
    /// ln x, where s = (m - 1)/(m + 1).
    [[gnu::always_inline]] V logarithm(const V& s) const noexcept
    {
        PHONO_AS_WRITTEN
        return n * 6.93147180369123816490e-01 + as_written(twice_artanh(s) + n * 1.90821492927058770002e-10);
    }
    /// 2^-n.
    [[gnu::always_inline]] V inverse_power() const noexcept
    {
        constexpr std::uint64_t two_biases = 2046;
        return bits_as<V>((two_biases - biased) << 52);
    }
};

/// ln x for normal x > 0; of others a number or not a number.
template <int width>
struct vector_log {
    using V = typename vector_of<width>::type;
    [[gnu::always_inline]] V operator()(V x) const noexcept
    {
        if constexpr (width == 1) return log(x);
        else {
            PHONO_AS_WRITTEN
            const vector_binary<width> b{x};
            return b.logarithm((b.m - 1.0) / (b.m + 1.0));
        }
    }
};

/// The same and 1/x by one division: of m (m + 1), to which those by m and by m + 1 are multiples.
template <int width>
struct vector_log_and_inverse {
    using V = typename vector_of<width>::type;
    [[gnu::always_inline]] void operator()(const V& x, V& logarithm, V& inverse) const noexcept
    {
        if constexpr (width == 1) logarithm = log(x), inverse = 1.0 / x;
        else {
            PHONO_AS_WRITTEN
            const vector_binary<width> b{x};
            const V above = b.m + 1.0, both = 1.0 / (b.m * above);
            inverse = (above * both) * b.inverse_power();
            logarithm = b.logarithm((b.m - 1.0) * (b.m * both));
        }
    }
};

template <int width>
struct vector_root {
    using V = typename vector_of<width>::type;
    [[gnu::always_inline]] V operator()(V x) const noexcept
    {
        if constexpr (width == 1) return sqrt(x);
#if defined(__AVX__)
        else if constexpr (width == 4) return __builtin_ia32_sqrtpd256(x);
#endif
#if defined(__AVX512F__) && (defined(__clang__) || __GNUC__ >= 12)
        else if constexpr (width == 8) {
            constexpr int rounding_as_set = 4;
#if defined(__clang__)
            return __builtin_ia32_sqrtpd512(x, rounding_as_set);
#else
            constexpr char all = -1;
            return __builtin_ia32_sqrtpd512_mask(x, V{}, all, rounding_as_set);
#endif
        }
#endif
        else {
            for (int i = 0; i < width; ++i) x[i] = sqrt(x[i]);
            return x;
        }
    }
};

/// 1/sqrt(x) for normal x > 0. With AVX-512 by its approximation y within 2^-14 and the series of y (1 - e)^(-1/2) to the fourth power of
/// e = 1 - x y^2, of which the rest is below 2^-64: a root and a division, each of which waits for the other, would take longer.
template <int width>
struct vector_inverse_root {
    using V = typename vector_of<width>::type;
    [[gnu::always_inline]] V operator()(const V& x) const noexcept
    {
#if defined(__AVX512F__)
        if constexpr (width == 8) return improved(x, __builtin_ia32_rsqrt14pd512_mask(x, V{}, static_cast<unsigned char>(255)));
#if defined(__AVX512VL__)
        else if constexpr (width == 4) return improved(x, __builtin_ia32_rsqrt14pd256_mask(x, V{}, static_cast<unsigned char>(255)));
#endif
        else
#endif
            return 1.0 / vector_root<width>{}(x);
    }

private:
    [[gnu::always_inline]] static V improved(const V& x, const V& y) noexcept
    {
        PHONO_AS_WRITTEN
        const V e = 1.0 - as_written(x * y) * y, square = e * e;
        return y + (e * y) * ((0.5 + e * (3.0 / 8)) + square * (5.0 / 16 + e * (35.0 / 128)));
    }
};

}   // namespace detail

/// e^x for |x| <= 708; beyond, as at the ends.
template <int N>
[[gnu::always_inline]] inline lanes<N> exp(const lanes<N>& x) noexcept
{
    return x.template by_part<detail::vector_exp>();
}
/// ln x for normal x > 0.
template <int N>
[[gnu::always_inline]] inline lanes<N> log(const lanes<N>& x) noexcept
{
    return x.template by_part<detail::vector_log>();
}
/// ln x and 1/x for normal x > 0, which takes one division.
template <int N>
[[gnu::always_inline]] inline void log_and_inverse(const lanes<N>& x, lanes<N>& logarithm, lanes<N>& inverse) noexcept
{
    x.by_part(
        [](const auto& part, auto& l, auto& i)
            __attribute__((always_inline)) { detail::vector_log_and_inverse<sizeof part / sizeof(double)>{}(part, l, i); },
        logarithm, inverse);
}
template <int N>
[[gnu::always_inline]] inline lanes<N> sqrt(const lanes<N>& x) noexcept
{
    return x.template by_part<detail::vector_root>();
}

/// 1/sqrt(x) for normal x > 0.
template <int N>
[[gnu::always_inline]] inline lanes<N> inverse_sqrt(const lanes<N>& x) noexcept
{
    return x.template by_part<detail::vector_inverse_root>();
}

}   // namespace phono::inline v0_2::math

#undef PHONO_AS_WRITTEN

#pragma GCC diagnostic pop
