// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/block_vector.hpp>

#include <cstring>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

#if defined(__GNUC__) && defined(__LP64__)

/// The bytes of the registers that hold a wide_vector. A compiler that is left to itself uses half of AVX-512's: clocks of its first
/// processors fell. Lanes that are computed for hundreds of cycles without a break pay at any clock.
#if defined(__AVX512F__)
inline constexpr int widest_register = 64;
#elif defined(__AVX__)
inline constexpr int widest_register = 32;
#else
inline constexpr int widest_register = 16;
#endif

/// N numbers side by side, in as few registers as hold them, 16, 32 or 64 bytes together: those of N channels, or neighbouring samples.
///
/// Where there are vectors at all (`has_block_vectors`). Nothing crosses lanes but in from_rows() and to_rows(), so that results do not
/// depend on the registers. Not for members of objects, whose layout must not depend on the instruction set. `widest` gives functions of
/// parts of a program that are compiled for different processors distinct names.
template <class T, int N, int widest = widest_register>
class wide_vector {
    static constexpr int bytes = N * static_cast<int>(sizeof(T));
    static_assert(bytes == 16 || bytes == 32 || bytes == 64);
    static constexpr int part_bytes = bytes < widest ? bytes : widest, parts = bytes / part_bytes;
    static constexpr int width = part_bytes / static_cast<int>(sizeof(T));
    typedef T part __attribute__((vector_size(part_bytes)));
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
        for (int p = 0; p < parts; ++p) std::memcpy(&r.at_[p], address(numbers) + p * part_bytes, sizeof(part));
        return r;
    }
    [[gnu::always_inline]] void to(void* numbers) const noexcept
    {
        for (int p = 0; p < parts; ++p) std::memcpy(address(numbers) + p * part_bytes, &at_[p], sizeof(part));
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
                    if constexpr (side == width) std::memcpy(&tile[i], one, sizeof(part));
                    else tile[i] = together(one, address(row(p * width + side + i)) + first * sizeof(T));
                }
                transpose(tile);
                for (int i = 0; i < side; ++i) columns[first + i].at_[p] = tile[i];
            }
    }
    /// The same the other way round.
    [[gnu::always_inline]] static void to_rows(const wide_vector (&columns)[row_length], auto&& row) noexcept
    {
        for (int first = 0; first < row_length; first += side)
            for (int p = 0; p < parts; ++p) {
                part tile[side];
                for (int i = 0; i < side; ++i) tile[i] = columns[first + i].at_[p];
                transpose(tile);
#pragma GCC unroll 8
                for (int i = 0; i < side; ++i) {
                    char* const one = address(row(p * width + i)) + first * sizeof(T);
                    if constexpr (side == width) std::memcpy(one, &tile[i], sizeof(part));
                    else apart(tile[i], one, address(row(p * width + side + i)) + first * sizeof(T));
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
        for (int p = 0; p < parts; ++p)
            r.at_[p] = moved(p == 0 ? before.at_[parts - 1] : at_[p - 1], at_[p], std::make_integer_sequence<int, width>{});
        return r;
    }
    /// One lane in all lanes.
    template <int lane>
    [[gnu::always_inline]] wide_vector spread() const noexcept
    {
        wide_vector r;
        const part s = spread_part<lane % width>(at_[lane / width], std::make_integer_sequence<int, width>{});
        for (part& p : r.at_) p = s;
        return r;
    }
    /// Puts the numbers of two registers together by turns: a[0], b[0], a[1], b[1] ..., the first half of them in a.
    [[gnu::always_inline]] static void interleave(wide_vector& a, wide_vector& b) noexcept
    {
        static_assert(is_one_register);
        interleave_runs(a.at_[0], b.at_[0], std::make_integer_sequence<int, width>{});
        if constexpr (run < width) exchange_runs(a.at_[0], b.at_[0]);
    }
    /// The other way round.
    [[gnu::always_inline]] static void separate(wide_vector& a, wide_vector& b) noexcept
    {
        static_assert(is_one_register);
        if constexpr (run < width) exchange_runs(a.at_[0], b.at_[0]);
        separate_runs(a.at_[0], b.at_[0], std::make_integer_sequence<int, width>{});
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
    typedef T half __attribute__((vector_size(32)));

    static const char* address(const void* numbers) noexcept { return static_cast<const char*>(numbers); }
    static char* address(void* numbers) noexcept { return static_cast<char*>(numbers); }

    /// Numbers among which those of two registers are put together at first: AVX2's shuffles do not leave 16 bytes, and AVX-512's go anywhere.
    static constexpr int run = part_bytes == 32 ? width / 2 : width;
    [[gnu::always_inline]] static void exchange_runs(part& a, part& b) noexcept
    {
        const part upper = a;
        a = left_of<run>(upper, b, std::make_integer_sequence<int, width>{});
        b = right_of<run>(upper, b, std::make_integer_sequence<int, width>{});
    }

    /// Exchanges rows and columns of squares by log2(side) exchanges of their off-diagonal blocks, of 1, 2, 4 ... numbers.
    [[gnu::always_inline]] static void transpose(part (&tile)[side]) noexcept
    {
        exchange<1>(tile);
        if constexpr (side > 2) exchange<2>(tile);
        if constexpr (side > 4) exchange<4>(tile);
    }
    template <int block>
    [[gnu::always_inline]] static void exchange(part (&tile)[side]) noexcept
    {
#pragma GCC unroll 8
        for (int i = 0; i < side; ++i) {
            if ((i & block) != 0) continue;
            const part upper = tile[i], lower = tile[i + block];
            tile[i] = left_of<block>(upper, lower, std::make_integer_sequence<int, width>{});
            tile[i + block] = right_of<block>(upper, lower, std::make_integer_sequence<int, width>{});
        }
    }

    // A register of 64 bytes to its halves in memory, and from them: only with AVX-512 are there such registers. g++ 12 makes shuffles of their
    // own of what are parts of a load and a store, and a processor has fewer units for those; so it is told the instructions.
#if defined(__clang__)
    [[gnu::always_inline]] static void apart(const part& both, void* one, void* other) noexcept
    {
        std::memcpy(one, &both, sizeof(half));
        std::memcpy(other, reinterpret_cast<const char*>(&both) + sizeof(half), sizeof(half));
    }
    [[gnu::always_inline]] static part together(const void* one, const void* other) noexcept
    {
        half first, second;
        std::memcpy(&first, one, sizeof first);
        std::memcpy(&second, other, sizeof second);
        return [&]<int... i>(std::integer_sequence<int, i...>) { return __builtin_shufflevector(first, second, i...); }
        (std::make_integer_sequence<int, width>{});
    }
#else
    typedef T half_in_memory __attribute__((vector_size(32), aligned(sizeof(T)), may_alias));
    [[gnu::always_inline]] static void apart(const part& both, void* one, void* other) noexcept
    {
        const half first = lower(both);
        std::memcpy(one, &first, sizeof first);
        __asm__("vextractf64x4\t{$1, %1, %0|%0, %1, 1}" : "=m"(*static_cast<half_in_memory*>(other)) : "v"(both));
    }
    [[gnu::always_inline]] static part together(const void* one, const void* other) noexcept
    {
        half first;
        std::memcpy(&first, one, sizeof first);
        part both = with_lower(first);
        __asm__("vinsertf64x4\t{$1, %1, %0, %0|%0, %0, %1, 1}" : "+v"(both) : "m"(*static_cast<const half_in_memory*>(other)));
        return both;
    }
#endif

    /// Numbers of two registers, those of the second from `width` on.
    template <int... from>
    [[gnu::always_inline]] static part picked(const part& one, const part& other) noexcept
    {
#if defined(__clang__) || __GNUC__ >= 12
        return __builtin_shufflevector(one, other, from...);
#else
        return part{(from < width ? one[from % width] : other[from % width])...};
#endif
    }
    template <int block, int... i>
    [[gnu::always_inline]] static part left_of(const part& upper, const part& lower, std::integer_sequence<int, i...>) noexcept
    {
        return picked<((i & block) == 0 ? i : width + i - block)...>(upper, lower);
    }
    template <int block, int... i>
    [[gnu::always_inline]] static part right_of(const part& upper, const part& lower, std::integer_sequence<int, i...>) noexcept
    {
        return picked<((i & block) == 0 ? i + block : width + i)...>(upper, lower);
    }
    template <int... i>
    [[gnu::always_inline]] static part moved(const part& before, const part& now, std::integer_sequence<int, i...>) noexcept
    {
        return picked<(i + width - 1)...>(before, now);
    }
    template <int lane, int... i>
    [[gnu::always_inline]] static part spread_part(const part& from, std::integer_sequence<int, i...>) noexcept
    {
        return picked<(i < width ? lane : 0)...>(from, from);
    }
    template <int... i>
    [[gnu::always_inline]] static void interleave_runs(part& a, part& b, std::integer_sequence<int, i...>) noexcept
    {
        const part low = picked<(i / run * run + i % run / 2 + i % 2 * width)...>(a, b);
        b = picked<(i / run * run + run / 2 + i % run / 2 + i % 2 * width)...>(a, b);
        a = low;
    }
    template <int... i>
    [[gnu::always_inline]] static void separate_runs(part& a, part& b, std::integer_sequence<int, i...>) noexcept
    {
        const auto place = [](int n, int odd) { return n / run * run + (2 * (n % run) + odd) % run + (2 * (n % run) + odd) / run * width; };
        const part even = picked<place(i, 0)...>(a, b);
        b = picked<place(i, 1)...>(a, b);
        a = even;
    }

#if defined(__clang__) || __GNUC__ >= 12
    [[gnu::always_inline]] static half lower(const part& both) noexcept
    {
        return [&]<int... i>(std::integer_sequence<int, i...>) { return __builtin_shufflevector(both, both, i...); }
        (std::make_integer_sequence<int, width / 2>{});
    }
    [[gnu::always_inline]] static part with_lower(const half& first) noexcept
    {
        return [&]<int... i>(std::integer_sequence<int, i...>)
        {
            return __builtin_shufflevector(first, first, (i < width / 2 ? i : -1)...);
        }
        (std::make_integer_sequence<int, width>{});
    }
#else
    [[gnu::always_inline]] static half lower(const part& both) noexcept
    {
        half first;
        std::memcpy(&first, &both, sizeof first);
        return first;
    }
    [[gnu::always_inline]] static part with_lower(const half& first) noexcept
    {
        part both{};
        std::memcpy(&both, &first, sizeof first);
        return both;
    }
#endif
};

#else

inline constexpr int widest_register = 16;
template <class T, int N, int widest = widest_register>
class wide_vector;

#endif

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
