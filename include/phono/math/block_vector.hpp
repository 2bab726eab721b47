// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/lanes.hpp>

#include <cstddef>
#include <cstring>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

#if defined(__GNUC__) && defined(__LP64__)

/// Whether blocks are computed in vectors: by GCC and Clang for 64-bit processors, all of which have them or have them imitated. Elsewhere,
/// as on a microcontroller, samples are computed one at a time, with less code and state.
inline constexpr bool has_block_vectors = true;

/// As many samples as 32 bytes hold, computed side by side: 4 in double, 8 in float. Two registers hold it where there is none of its size.
///
/// Its size does not depend on the instruction set, so that results do not either, and parts of one program may be compiled for different
/// ones; `widest` gives their functions distinct names.
template <class T, int widest = widest_vector>
class block_vector {
    static constexpr int part_bytes = widest == 4 ? 32 : 16, parts = 32 / part_bytes, width = part_bytes / static_cast<int>(sizeof(T));
    typedef T part __attribute__((vector_size(part_bytes)));
    using integer = decltype(part{} < part{});                                        ///< the vector of integers of the same size
    typedef decltype(part{} < part{}) anywhere __attribute__((aligned(sizeof(T))));   ///< the same in memory
    part at_[parts];

public:
    static constexpr int length = 32 / static_cast<int>(sizeof(T));

    [[gnu::always_inline]] static block_vector all(T x) noexcept
    {
        block_vector r;
        for (part& p : r.at_) p = x - part{};
        return r;
    }
    [[gnu::always_inline]] static block_vector from(const void* samples) noexcept
    {
        block_vector r;
        std::memcpy(&r.at_, samples, sizeof r.at_);
        return r;
    }
    [[gnu::always_inline]] void to(void* samples) const noexcept { std::memcpy(samples, &at_, sizeof at_); }

    /// From and to integers in memory, none of which, as a compiler knows, is changed where a number of type T is written.
    [[gnu::always_inline]] static block_vector from_integers(const void* bits) noexcept
    {
        block_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = reinterpret_cast<part>(static_cast<const anywhere*>(bits)[i]);
        return r;
    }
    [[gnu::always_inline]] void to_integers(void* bits) const noexcept
    {
        for (int i = 0; i < parts; ++i) static_cast<anywhere*>(bits)[i] = reinterpret_cast<integer>(at_[i]);
    }

    /// Lanes become 0 but where so many integers have all bits.
    [[gnu::always_inline]] block_vector where(const void* bits) const noexcept
    {
        block_vector r;
        for (int i = 0; i < parts; ++i)
            r.at_[i] = reinterpret_cast<part>(reinterpret_cast<integer>(at_[i]) & static_cast<const anywhere*>(bits)[i]);
        return r;
    }

    /// Lanes within +-limit become 0.
    [[gnu::always_inline]] block_vector without_smaller_than(T limit) const noexcept
    {
        block_vector r;
        for (int i = 0; i < parts; ++i)
            r.at_[i] = reinterpret_cast<part>(((at_[i] >= limit) | (at_[i] <= -limit)) & reinterpret_cast<integer>(at_[i]));
        return r;
    }

    /// One lane in all lanes.
    template <int lane>
    [[gnu::always_inline]] block_vector spread() const noexcept
    {
        block_vector r;
        const part s = spread_part<lane % width>(at_[lane / width]);
        for (part& p : r.at_) p = s;
        return r;
    }
    /// Each even lane and its neighbour change places.
    [[gnu::always_inline]] block_vector with_pairs_swapped() const noexcept
    {
        block_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = swapped(at_[i]);
        return r;
    }

    /// a b and the sum of the even lanes, of which one comes last: where it is larger than the others it is rounded only once.
    template <int last>
    [[gnu::always_inline]] T sum_of_even(T a, T b) const noexcept
    {
        const part largest = at_[last / width];
        part other;
        if constexpr (parts == 2) other = at_[1 - last / width];
        else other = halves_swapped<width / 2>(largest);
        T sum = other[last % width];
        if constexpr (length == 8) sum += (largest + other)[last % width ^ 2];
        return largest[last % width] + (a * b + sum);
    }

    [[gnu::always_inline]] friend block_vector operator+(const block_vector& a, const block_vector& b) noexcept
    {
        block_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] + b.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend block_vector operator-(const block_vector& a, const block_vector& b) noexcept
    {
        block_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] - b.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend block_vector operator*(const block_vector& a, const block_vector& b) noexcept
    {
        block_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] * b.at_[i];
        return r;
    }
    /// c - a b, in one statement as fmadd.
    [[gnu::always_inline]] friend block_vector fnmadd(const block_vector& a, const block_vector& b, const block_vector& c) noexcept
    {
        block_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = c.at_[i] - a.at_[i] * b.at_[i];
        return r;
    }
    /// a b + c, in one statement so that compilers may fuse it.
    [[gnu::always_inline]] friend block_vector fmadd(const block_vector& a, const block_vector& b, const block_vector& c) noexcept
    {
        block_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] * b.at_[i] + c.at_[i];
        return r;
    }

private:
#if defined(__clang__)
    template <int lane>
    static part spread_part(part p) noexcept
    {
        if constexpr (width == 8) return __builtin_shufflevector(p, p, lane, lane, lane, lane, lane, lane, lane, lane);
        else if constexpr (width == 4) return __builtin_shufflevector(p, p, lane, lane, lane, lane);
        else return __builtin_shufflevector(p, p, lane, lane);
    }
    template <int half>
    static part halves_swapped(part p) noexcept
    {
        if constexpr (width == 8)
            return __builtin_shufflevector(p, p, half, half ^ 1, half ^ 2, half ^ 3, half ^ 4, half ^ 5, half ^ 6, half ^ 7);
        else return __builtin_shufflevector(p, p, 2, 3, 0, 1);
    }
    static part swapped(part p) noexcept
    {
        if constexpr (width == 8) return __builtin_shufflevector(p, p, 1, 0, 3, 2, 5, 4, 7, 6);
        else if constexpr (width == 4) return __builtin_shufflevector(p, p, 1, 0, 3, 2);
        else return __builtin_shufflevector(p, p, 1, 0);
    }
#else
    template <int lane>
    static part spread_part(part p) noexcept
    {
        return __builtin_shuffle(p, integer{} + lane);
    }
    template <int half>
    static part halves_swapped(part p) noexcept
    {
        if constexpr (width == 8)
            return __builtin_shuffle(p, integer{half, half ^ 1, half ^ 2, half ^ 3, half ^ 4, half ^ 5, half ^ 6, half ^ 7});
        else return __builtin_shuffle(p, integer{2, 3, 0, 1});
    }
    static part swapped(part p) noexcept
    {
        if constexpr (width == 8) return __builtin_shuffle(p, integer{1, 0, 3, 2, 5, 4, 7, 6});
        else if constexpr (width == 4) return __builtin_shuffle(p, integer{1, 0, 3, 2});
        else return __builtin_shuffle(p, integer{1, 0});
    }
#endif
};

#else

inline constexpr bool has_block_vectors = false;
template <class T>
class block_vector;

#endif

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
