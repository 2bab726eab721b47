// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "textbook_biquad.hpp"

#include <cstddef>
#include <span>

/// Textbook biquads behind one another.
template <class T, std::size_t sections>
struct textbook_cascade {
    textbook_biquad<T> section[sections];

    explicit textbook_cascade(const phono::biquad_cascade& from)
    {
        for (std::size_t i = 0; i < sections; ++i) section[i] = textbook<T>(from.section[i]);
    }

    T operator()(T x) noexcept
    {
        for (textbook_biquad<T>& s : section) x = s(x);
        return x;
    }
};

/// The same for several channels, interleaved: the loop over channels is the innermost, as a compiler vectorises it.
template <class T, std::size_t sections, std::size_t channels>
class textbook_frames {
public:
    explicit textbook_frames(const phono::biquad_cascade& from)
    {
        for (std::size_t i = 0; i < sections; ++i) section_[i] = textbook<T>(from.section[i]);
    }

    void process(std::span<T> interleaved) noexcept
    {
        for (std::size_t first = 0; first + channels <= interleaved.size(); first += channels)
            for (std::size_t i = 0; i < sections; ++i) play(section_[i], s1_[i], s2_[i], interleaved.data() + first);
    }

private:
    static void play(const textbook_biquad<T>& c, T* __restrict s1, T* __restrict s2, T* __restrict frame) noexcept
    {
        for (std::size_t i = 0; i < channels; ++i) {
            const T x = frame[i], y = c.b0 * x + s1[i];
            s1[i] = c.b1 * x - c.a1 * y + s2[i];
            s2[i] = c.b2 * x - c.a2 * y;
            frame[i] = y;
        }
    }

    textbook_biquad<T> section_[sections];
    T s1_[sections][channels]{}, s2_[sections][channels]{};
};
