// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Samples of several channels in one buffer each.
template <class T, int width>
struct planar_frames {
    T* buffer[width];   ///< copies: for all that a compiler knows, the host's pointers change with every sample that is written

    planar_frames(T* const* buffers, std::size_t first) noexcept
    {
        for (int c = 0; c < width; ++c) buffer[c] = buffers[c] + first;
    }

    /// Frames that are best loaded at once.
    static constexpr int at_once = static_cast<int>(32 / sizeof(T));

    template <class Vector>
    [[gnu::always_inline]] void load(std::size_t frame, Vector (&x)[at_once]) const noexcept
    {
        Vector::from_rows([&](int c) { return buffer[c] + frame; }, x);
    }
    template <class Vector>
    [[gnu::always_inline]] void store(std::size_t frame, const Vector (&y)[at_once]) const noexcept
    {
        Vector::to_rows(y, [&](int c) { return buffer[c] + frame; });
    }
    template <class Vector>
    [[gnu::always_inline]] void load(std::size_t frame, Vector& x) const noexcept
    {
        x = Vector::from_each([&](int c) { return buffer[c][frame]; });
    }
    template <class Vector>
    [[gnu::always_inline]] void store(std::size_t frame, const Vector& y) const noexcept
    {
        y.to_each([&](int c, T sample) { buffer[c][frame] = sample; });
    }
};

/// Neighbouring channels of frames of so many numbers, one after another.
template <class T, int channels>
struct interleaved_frames {
    T* samples;

    static constexpr int at_once = 1;

    template <class Vector>
    [[gnu::always_inline]] void load(std::size_t frame, Vector& x) const noexcept
    {
        x = Vector::from(samples + frame * channels);
    }
    template <class Vector>
    [[gnu::always_inline]] void store(std::size_t frame, const Vector& y) const noexcept
    {
        y.to(samples + frame * channels);
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
