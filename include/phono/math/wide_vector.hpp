// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/block_vector.hpp>
#include <phono/math/register_shuffles.hpp>

#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// The bytes of the registers that hold a wide_vector, all of widest_vector's. A compiler that is left to itself uses half of AVX-512's:
/// clocks of its first processors fell. Lanes that are computed for hundreds of cycles without a break pay at any clock.
inline constexpr int widest_register = has_block_vectors && widest_vector > 2 ? 8 * widest_vector : 16;

#if defined(__GNUC__) && defined(__LP64__)

/// N numbers side by side, in as few registers as hold them, 16, 32 or 64 bytes together: those of N channels, or neighbouring samples.
///
/// Where there are vectors at all (`has_block_vectors`). Nothing crosses lanes but where numbers only move, so that results do not
/// depend on the registers. Not for members of objects, whose layout must not depend on the instruction set. `widest` gives functions of
/// parts of a program that are compiled for different processors distinct names.
template <class T, int N, int widest = widest_register>
class wide_vector {
    static constexpr int bytes = N * static_cast<int>(sizeof(T));
    static_assert(bytes == 16 || bytes == 32 || bytes == 64);
    static constexpr int part_bytes = bytes < widest ? bytes : widest, parts = bytes / part_bytes;
    static constexpr int width = part_bytes / static_cast<int>(sizeof(T));
    using shuffles = register_shuffles<T, part_bytes>;
    using part = typename shuffles::part;
    typedef T in_memory __attribute__((vector_size(part_bytes), aligned(sizeof(T)), may_alias));
    using integer = decltype(part{} < part{});   ///< the vector of integers of the same size
    part at_[parts];

public:
    static constexpr int length = N;
    static constexpr bool is_one_register = parts == 1;
    /// Numbers of a channel that are transposed at once: those of 32 bytes.
    static constexpr int row_length = 32 / static_cast<int>(sizeof(T));

    [[gnu::always_inline]] static wide_vector all(T x) noexcept
    {
        wide_vector r;
        for (part& p : r.at_) p = x - part{};
        return r;
    }
    [[gnu::always_inline]] static wide_vector from(const void* numbers) noexcept
    {
        wide_vector r;   // by registers: as one object of 64 bytes g++ 12 with AVX loads it through memory by halves of what was stored
        for (int p = 0; p < parts; ++p) r.at_[p] = static_cast<const in_memory*>(numbers)[p];
        return r;
    }
    [[gnu::always_inline]] void to(void* numbers) const noexcept
    {
        for (int p = 0; p < parts; ++p) static_cast<in_memory*>(numbers)[p] = at_[p];
    }

    /// Of each channel's number.
    [[gnu::always_inline]] static wide_vector from_each(auto&& number) noexcept
    {
        T each[N];
        for (int c = 0; c < N; ++c) each[c] = number(c);
        return from(each);
    }
    [[gnu::always_inline]] void to_each(auto&& take) const noexcept
    {
        T each[N];
        to(each);
        for (int c = 0; c < N; ++c) take(c, each[c]);
    }

    /// Loads a row of each channel, `row(channel)` pointing to its numbers, and turns them into vectors, one for each place in the rows.
    [[gnu::always_inline]] static void from_rows(auto&& row, wide_vector (&columns)[row_length]) noexcept
    {
        for (int first = 0; first < row_length; first += side)
            for (int p = 0; p < parts; ++p) {
                part tile[side];
#pragma GCC unroll 8
                for (int i = 0; i < side; ++i) {
                    const char* const one = address(row(p * width + i)) + first * sizeof(T);
                    if constexpr (side == width) tile[i] = *reinterpret_cast<const in_memory*>(one);
                    else shuffles::together(one, address(row(p * width + side + i)) + first * sizeof(T), tile[i]);
                }
                shuffles::transpose(tile);
#pragma GCC unroll 8
                for (int i = 0; i < side; ++i) columns[first + i].at_[p] = tile[i];
            }
    }
    /// The same the other way round.
    [[gnu::always_inline]] static void to_rows(const wide_vector (&columns)[row_length], auto&& row) noexcept
    {
        for (int first = 0; first < row_length; first += side)
            for (int p = 0; p < parts; ++p) {
                part tile[side];
#pragma GCC unroll 8
                for (int i = 0; i < side; ++i) tile[i] = columns[first + i].at_[p];
                if constexpr (side < width) store_in_pieces(tile, row);
                else {
                    shuffles::transpose(tile);
#pragma GCC unroll 8
                    for (int i = 0; i < side; ++i) *reinterpret_cast<in_memory*>(address(row(p * width + i)) + first * sizeof(T)) = tile[i];
                }
            }
    }

    [[gnu::always_inline]] wide_vector magnitude() const noexcept
    {
        wide_vector r;
        const part negative_zero = T(-0.0) - part{};
        for (int i = 0; i < parts; ++i)
            r.at_[i] = reinterpret_cast<part>(reinterpret_cast<integer>(at_[i]) & ~reinterpret_cast<integer>(negative_zero));
        return r;
    }
    /// One lane later, with the last lane of those before as the first.
    [[gnu::always_inline]] wide_vector behind(const wide_vector& before) const noexcept
    {
        wide_vector r;
        for (int p = 0; p < parts; ++p) shuffles::behind(p == 0 ? before.at_[parts - 1] : at_[p - 1], at_[p], r.at_[p]);
        return r;
    }
    /// One lane in all lanes.
    template <int lane>
    [[gnu::always_inline]] wide_vector spread() const noexcept
    {
        wide_vector r;
        for (part& p : r.at_) shuffles::template spread<lane % width>(at_[lane / width], p);
        return r;
    }
    /// Puts the numbers of two registers together by turns: a[0], b[0], a[1], b[1] ..., the first half of them in a.
    [[gnu::always_inline]] static void interleave(wide_vector& a, wide_vector& b) noexcept
    {
        static_assert(is_one_register);
        shuffles::interleave(a.at_[0], b.at_[0]);
    }
    /// The other way round.
    [[gnu::always_inline]] static void separate(wide_vector& a, wide_vector& b) noexcept
    {
        static_assert(is_one_register);
        shuffles::separate(a.at_[0], b.at_[0]);
    }
    /// Lanes within +-limit become 0.
    [[gnu::always_inline]] wide_vector without_smaller_than(T limit) const noexcept
    {
        wide_vector r;
        for (int i = 0; i < parts; ++i)
            r.at_[i] = reinterpret_cast<part>(((at_[i] >= limit) | (at_[i] <= -limit)) & reinterpret_cast<integer>(at_[i]));
        return r;
    }

    [[gnu::always_inline]] friend wide_vector operator+(const wide_vector& a, const wide_vector& b) noexcept
    {
        wide_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] + b.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend wide_vector operator-(const wide_vector& a, const wide_vector& b) noexcept
    {
        wide_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] - b.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend wide_vector operator*(const wide_vector& a, const wide_vector& b) noexcept
    {
        wide_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] * b.at_[i];
        return r;
    }
    /// a b + c, in one statement so that compilers may fuse it.
    [[gnu::always_inline]] friend wide_vector fmadd(const wide_vector& a, const wide_vector& b, const wide_vector& c) noexcept
    {
        wide_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] * b.at_[i] + c.at_[i];
        return r;
    }
    /// c - a b, in one statement as fmadd.
    [[gnu::always_inline]] friend wide_vector fnmadd(const wide_vector& a, const wide_vector& b, const wide_vector& c) noexcept
    {
        wide_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = c.at_[i] - a.at_[i] * b.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend wide_vector max(const wide_vector& a, const wide_vector& b) noexcept
    {
        wide_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] > b.at_[i] ? a.at_[i] : b.at_[i];
        return r;
    }

private:
    static constexpr int side = width < row_length ? width : row_length;   ///< of the squares that are transposed; a part holds one or two

    /// The last exchange would be of blocks of 16 bytes: these go to their places as they are stored, which takes no shuffles. What lies side
    /// by side is stored one after another.
    [[gnu::always_inline]] static void store_in_pieces(part (&tile)[side], auto&& row) noexcept
    {
        static_assert(parts == 1 && side == row_length && width == 2 * side);
        constexpr int in_piece = shuffles::in_piece, rows_of_pieces = side / in_piece;
        shuffles::template exchange_below<in_piece>(tile);
        const auto store = [&]<int place>() __attribute__((always_inline))
        {
            constexpr int which = place / side, channel = place / rows_of_pieces, first = place % rows_of_pieces * in_piece;
            shuffles::template store_piece<which>(tile[first + channel % in_piece], row(channel) + first);
        };
        [&]<int... place>(std::integer_sequence<int, place...>) __attribute__((always_inline))
        {
            (store.template operator()<place>(), ...);
        }
        (std::make_integer_sequence<int, shuffles::pieces * side>{});
    }

    static const char* address(const void* numbers) noexcept { return static_cast<const char*>(numbers); }
    static char* address(void* numbers) noexcept { return static_cast<char*>(numbers); }
};

#else

template <class T, int N, int widest = widest_register>
class wide_vector;

#endif

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
