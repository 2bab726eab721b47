// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/lanes.hpp>

#include <cstddef>
#include <utility>

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
    static constexpr int part_bytes = widest >= 4 ? 32 : 16, parts = 32 / part_bytes, width = part_bytes / static_cast<int>(sizeof(T));
    typedef T part __attribute__((vector_size(part_bytes)));
    typedef T in_memory __attribute__((vector_size(part_bytes), aligned(sizeof(T)), may_alias));
    using integer = decltype(part{} < part{});                                        ///< the vector of integers of the same size
    typedef decltype(part{} < part{}) anywhere __attribute__((aligned(sizeof(T))));   ///< the same in memory
    part at_[parts];

public:
    static constexpr int length = 32 / static_cast<int>(sizeof(T));
    typedef T half __attribute__((vector_size(16)));

    [[gnu::always_inline]] static block_vector all(T x) noexcept
    {
        block_vector r;
        for (part& p : r.at_) p = x - part{};
        return r;
    }
    [[gnu::always_inline]] static block_vector from(const void* samples) noexcept
    {
        block_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = static_cast<const in_memory*>(samples)[i];
        return r;
    }
    [[gnu::always_inline]] void to(void* samples) const noexcept
    {
        for (int i = 0; i < parts; ++i) static_cast<in_memory*>(samples)[i] = at_[i];
    }

    /// Half of the samples, and the others.
    [[gnu::always_inline]] static block_vector of_halves(const half& first, const half& second) noexcept
    {
        block_vector r;
        if constexpr (parts == 2) r.at_[0] = first, r.at_[1] = second;
        else join(first, second, r.at_[0], all_lanes);
        return r;
    }

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
        part s;
        spread_part<lane % width>(at_[lane / width], s, all_lanes);
        for (part& p : r.at_) p = s;
        return r;
    }
    /// Each even lane and its neighbour change places.
    [[gnu::always_inline]] block_vector with_pairs_swapped() const noexcept
    {
        block_vector r;
        for (int i = 0; i < parts; ++i) exchange<1>(at_[i], r.at_[i], all_lanes);
        return r;
    }

    /// a b and the sum of the even lanes, of which one comes last: where it is larger than the others it is rounded only once.
    template <int last>
    [[gnu::always_inline]] T sum_of_even(T a, T b) const noexcept
    {
        const part largest = at_[last / width];
        part other;
        if constexpr (parts == 2) other = at_[1 - last / width];
        else exchange<width / 2>(largest, other, all_lanes);
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
    // Vectors by reference: by value the calling convention of registers would matter that only some functions of a program know.
    static constexpr std::make_integer_sequence<int, width> all_lanes{};

    template <int lane, int... i>
    [[gnu::always_inline]] static void spread_part(const part& from, part& to, std::integer_sequence<int, i...>) noexcept
    {
        shuffle<(0 * i + lane)...>(from, to);
    }
    template <int distance, int... i>
    [[gnu::always_inline]] static void exchange(const part& from, part& to, std::integer_sequence<int, i...>) noexcept
    {
        shuffle<(i ^ distance)...>(from, to);
    }
    template <int... i>
    [[gnu::always_inline]] static void join(const half& first, const half& second, part& to, std::integer_sequence<int, i...>) noexcept
    {
#if defined(__clang__) || __GNUC__ >= 12
        to = __builtin_shufflevector(first, second, i...);
#else
        to = part{(i < width / 2 ? first[i % (width / 2)] : second[i % (width / 2)])...};
#endif
    }
    template <int... places>
    [[gnu::always_inline]] static void shuffle(const part& from, part& to) noexcept
    {
#if defined(__clang__) || __GNUC__ >= 12
        to = __builtin_shufflevector(from, from, places...);
#else
        to = __builtin_shuffle(from, integer{places...});
#endif
    }
};

#else

inline constexpr bool has_block_vectors = false;
template <class T, int widest = widest_vector>
class block_vector;

#endif

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
