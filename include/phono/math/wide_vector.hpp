// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/block_vector.hpp>

#include <cstring>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

#if defined(__GNUC__) && defined(__LP64__)

/// Numbers that the widest register holds, as doubles.
#if defined(__AVX512F__)
inline constexpr int widest_register = 8;
#else
inline constexpr int widest_register = widest_vector;
#endif

/// Eight numbers side by side, for sums of products over a block of samples that lies in memory: one register with AVX-512, two with AVX.
///
/// Where there are vectors at all (`has_block_vectors`). Not for states: a state's layout must not depend on the instruction set, nor does
/// this one's; `widest` gives functions of different instruction sets distinct names.
template <class T, int widest = widest_register>
class wide_vector {
public:
    static constexpr int length = 8;

    [[gnu::always_inline]] static wide_vector all(T x) noexcept
    {
        wide_vector r;
        for (part& p : r.at_) p = x - part{};
        return r;
    }
    [[gnu::always_inline]] static wide_vector from(const T* samples) noexcept
    {
        wide_vector r;
        for (int i = 0; i < parts; ++i) std::memcpy(&r.at_[i], samples + i * part_length, sizeof(part));   // each in one load
        return r;
    }
    [[gnu::always_inline]] void to(T* samples) const noexcept
    {
        for (int i = 0; i < parts; ++i) std::memcpy(samples + i * part_length, &at_[i], sizeof(part));
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
    [[gnu::always_inline]] friend wide_vector max(const wide_vector& a, const wide_vector& b) noexcept
    {
        wide_vector r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] > b.at_[i] ? a.at_[i] : b.at_[i];
        return r;
    }

private:
    static constexpr int bytes = length * static_cast<int>(sizeof(T)), most = widest * static_cast<int>(sizeof(double));
    static constexpr int part_bytes = bytes < most ? bytes : most < 16 ? 16 : most, parts = bytes / part_bytes;
    static constexpr int part_length = length / parts;
    typedef T part __attribute__((vector_size(part_bytes)));
    part at_[parts];
};

#else

template <class T>
class wide_vector;

#endif

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
