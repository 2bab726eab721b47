// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstring>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

#if defined(__GNUC__) && defined(__LP64__)

/// How numbers of type T move within and between registers of 16, 32 or 64 bytes.
///
/// Vectors by reference: how they are passed by value depends on the registers that a function may use.
template <class T, int bytes>
struct register_shuffles {
    static constexpr int width = bytes / static_cast<int>(sizeof(T));
    typedef T part __attribute__((vector_size(bytes)));

    /// Numbers of two registers, those of the second from `width` on.
    template <int... from>
    [[gnu::always_inline]] static void pick(const part& one, const part& other, part& to) noexcept
    {
#if defined(__clang__) || __GNUC__ >= 12
        to = __builtin_shufflevector(one, other, from...);
#else
        to = part{(from < width ? one[from % width] : other[from % width])...};
#endif
    }
    /// One lane later, with the last lane of those before as the first.
    [[gnu::always_inline]] static void behind(const part& before, const part& now, part& to) noexcept
    {
        [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline)) { pick<(i + width - 1)...>(before, now, to); }
        (all_lanes);
    }
    /// One lane in all lanes.
    template <int lane>
    [[gnu::always_inline]] static void spread(const part& from, part& to) noexcept
    {
        [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline)) { pick<(0 * i + lane)...>(from, from, to); }
        (all_lanes);
    }

    /// Each even lane and its neighbour change places.
    [[gnu::always_inline]] static void swap_pairs(const part& from, part& to) noexcept
    {
        [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline)) { pick<(i ^ 1)...>(from, from, to); }
        (all_lanes);
    }

    /// Puts numbers together by turns: a[0], b[0], a[1], b[1] ..., the first half of them in a.
    [[gnu::always_inline]] static void interleave(part& a, part& b) noexcept
    {
        [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline))
        {
            const part first = a, second = b;
            pick<(i / run * run + i % run / 2 + i % 2 * width)...>(first, second, a);
            pick<(i / run * run + run / 2 + i % run / 2 + i % 2 * width)...>(first, second, b);
        }
        (all_lanes);
        if constexpr (run < width) exchange<run>(a, b);
    }
    /// The other way round.
    [[gnu::always_inline]] static void separate(part& a, part& b) noexcept
    {
        if constexpr (run < width) exchange<run>(a, b);
        [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline))
        {
            const part first = a, second = b;
            pick<(i / run * run + 2 * (i % run) % run + 2 * (i % run) / run * width)...>(first, second, a);
            pick<(i / run * run + 2 * (i % run) % run + 1 + 2 * (i % run) / run * width)...>(first, second, b);
        }
        (all_lanes);
    }

    /// Exchanges rows and columns of squares by log2(side) exchanges of their off-diagonal blocks, of 1, 2, 4 ... numbers: those of fewer than
    /// `end`.
    template <int end, int side>
    [[gnu::always_inline]] static void exchange_below(part (&tile)[side]) noexcept
    {
        if constexpr (end > 1) exchange_in<1>(tile);
        if constexpr (end > 2) exchange_in<2>(tile);
        if constexpr (end > 4) exchange_in<4>(tile);
    }
    /// All of them.
    template <int side>
    [[gnu::always_inline]] static void transpose(part (&tile)[side]) noexcept
    {
        exchange_below<side>(tile);
    }

    /// Numbers of 16 bytes, and the pieces of that size in a register.
    static constexpr int in_piece = 16 / static_cast<int>(sizeof(T)), pieces = width / in_piece;

    // A register of 64 bytes from its halves in memory, and a piece of it to memory: only with AVX-512 are there such registers. g++ 12 makes
    // shuffles of their own of what are parts of a load and a store, and a processor has fewer units for those; so it is told the
    // instructions.
#if defined(__clang__)
    [[gnu::always_inline]] static void together(const void* one, const void* other, part& both) noexcept
    {
        half first, second;
        std::memcpy(&first, one, sizeof first);
        std::memcpy(&second, other, sizeof second);
        [&]<int... i>(std::integer_sequence<int, i...>) { both = __builtin_shufflevector(first, second, i...); }
        (all_lanes);
    }
    template <int which>
    [[gnu::always_inline]] static void store_piece(const part& from, void* to) noexcept
    {
        piece one;
        [&]<int... i>(std::integer_sequence<int, i...>) { one = __builtin_shufflevector(from, from, (which * in_piece + i)...); }
        (std::make_integer_sequence<int, in_piece>{});
        std::memcpy(to, &one, sizeof one);
    }
#else
    [[gnu::always_inline]] static void together(const void* one, const void* other, part& both) noexcept
    {
        half first;
        std::memcpy(&first, one, sizeof first);
        with_lower(first, both);
        __asm__("vinsertf64x4\t{$1, %1, %0, %0|%0, %0, %1, 1}" : "+v"(both) : "m"(*static_cast<const half_in_memory*>(other)));
    }
    template <int which>
    [[gnu::always_inline]] static void store_piece(const part& from, void* to) noexcept
    {
        if constexpr (which == 0) {
            piece one;
            lowest(from, one);
            std::memcpy(to, &one, sizeof one);
        } else __asm__("vextractf32x4\t{%2, %1, %0|%0, %1, %2}" : "=m"(*static_cast<piece_in_memory*>(to)) : "v"(from), "i"(which));
    }
#endif

private:
    typedef T half __attribute__((vector_size(32)));
    typedef T half_in_memory __attribute__((vector_size(32), aligned(sizeof(T)), may_alias));
    typedef T piece __attribute__((vector_size(16)));
    typedef T piece_in_memory __attribute__((vector_size(16), aligned(sizeof(T)), may_alias));
    static constexpr std::make_integer_sequence<int, width> all_lanes{};
    /// Numbers among which those of two registers are put together at first: AVX2's shuffles do not leave 16 bytes, and AVX-512's go anywhere.
    static constexpr int run = bytes == 32 ? width / 2 : width;

    /// Exchanges the off-diagonal blocks of so many numbers of two rows.
    template <int block>
    [[gnu::always_inline]] static void exchange(part& upper, part& lower) noexcept
    {
        [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline))
        {
            const part first = upper, second = lower;
            pick<((i & block) == 0 ? i : width + i - block)...>(first, second, upper);
            pick<((i & block) == 0 ? i + block : width + i)...>(first, second, lower);
        }
        (all_lanes);
    }
    template <int block, int side>
    [[gnu::always_inline]] static void exchange_in(part (&tile)[side]) noexcept
    {
#pragma GCC unroll 8
        for (int i = 0; i < side; ++i)
            if ((i & block) == 0) exchange<block>(tile[i], tile[i + block]);
    }

#if !defined(__clang__) && __GNUC__ >= 12
    [[gnu::always_inline]] static void lowest(const part& all, piece& first) noexcept
    {
        [&]<int... i>(std::integer_sequence<int, i...>) { first = __builtin_shufflevector(all, all, i...); }
        (std::make_integer_sequence<int, in_piece>{});
    }
    [[gnu::always_inline]] static void with_lower(const half& first, part& both) noexcept
    {
        [&]<int... i>(std::integer_sequence<int, i...>) { both = __builtin_shufflevector(first, first, (i < width / 2 ? i : -1)...); }
        (all_lanes);
    }
#elif !defined(__clang__)
    [[gnu::always_inline]] static void lowest(const part& all, piece& first) noexcept { std::memcpy(&first, &all, sizeof first); }
    [[gnu::always_inline]] static void with_lower(const half& first, part& both) noexcept
    {
        both = part{};
        std::memcpy(&both, &first, sizeof first);
    }
#endif
};

#endif

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
