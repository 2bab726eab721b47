// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/block_vector.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

#if defined(__GNUC__) && defined(__LP64__)

/// As many sums as a block_vector of float has lanes, side by side, of products that are exact and added in double: for those that nearly
/// cancel.
template <class T, int widest = widest_vector>
class sums_in_double {
    static_assert(sizeof(T) < sizeof(double));
    using wide = decltype(T{} + 0.0);
    using narrow = typename block_vector<T, widest>::half;
    typedef wide part __attribute__((vector_size(32)));
    typedef wide part_in_memory __attribute__((vector_size(32), aligned(sizeof(wide)), may_alias));
    typedef T in_memory __attribute__((vector_size(16), aligned(sizeof(T)), may_alias));
    part at_[2]{};

public:
    /// Adds numbers in float.
    [[gnu::always_inline]] void add(const void* numbers) noexcept
    {
        for (int i = 0; i < 2; ++i) {
            part x;
            widen(numbers, i, x);
            at_[i] = at_[i] + x;
        }
    }
    /// Adds numbers in float times a number.
    [[gnu::always_inline]] void add(const void* numbers, const wide& by) noexcept
    {
        for (int i = 0; i < 2; ++i) {
            part x;
            widen(numbers, i, x);
            at_[i] = x * (by - part{}) + at_[i];
        }
    }
    /// Adds other sums so many times.
    [[gnu::always_inline]] void add(const sums_in_double& sums, int times) noexcept
    {
        for (int i = 0; i < 2; ++i) at_[i] = sums.at_[i] * static_cast<wide>(times) + at_[i];
    }
    /// Adds numbers in float, each times one of these sums.
    [[gnu::always_inline]] void add(const void* numbers, const sums_in_double& by) noexcept
    {
        for (int i = 0; i < 2; ++i) {
            part x;
            widen(numbers, i, x);
            at_[i] = x * by.at_[i] + at_[i];
        }
    }
    /// Each even sum and its neighbour change places.
    [[gnu::always_inline]] sums_in_double with_pairs_swapped() const noexcept
    {
        sums_in_double r;
        for (int i = 0; i < 2; ++i) {
#if defined(__clang__) || __GNUC__ >= 12
            r.at_[i] = __builtin_shufflevector(at_[i], at_[i], 1, 0, 3, 2);
#else
            r.at_[i] = part{at_[i][1], at_[i][0], at_[i][3], at_[i][2]};
#endif
        }
        return r;
    }
    [[gnu::always_inline]] void to(wide* numbers) const noexcept
    {
        for (int i = 0; i < 2; ++i) reinterpret_cast<part_in_memory*>(numbers)[i] = at_[i];
    }
    /// As numbers in float.
    [[gnu::always_inline]] block_vector<T, widest> rounded() const noexcept
    {
        narrow first, second;
        narrowed(at_[0], first);
        narrowed(at_[1], second);
        return block_vector<T, widest>::of_halves(first, second);
    }

private:
    // g++ 12 makes of four numbers' conversion two of two.
    [[gnu::always_inline]] static void widen(const void* numbers, int i, part& to) noexcept
    {
        const narrow from = static_cast<const in_memory*>(numbers)[i];
#if defined(__AVX__) && !defined(__clang__)
        to = __builtin_ia32_cvtps2pd256(from);
#else
        to = __builtin_convertvector(from, part);
#endif
    }
    [[gnu::always_inline]] static void narrowed(const part& from, narrow& to) noexcept { to = __builtin_convertvector(from, narrow); }
};

#else

template <class T, int widest = widest_vector>
class sums_in_double;

#endif

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
