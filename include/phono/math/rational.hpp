// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::math {

/// The roots of a real polynomial, with only the member of positive imaginary part of each conjugate pair.
struct roots {
    static constexpr int capacity = 64;

    complex root[capacity]{};
    int count = 0;   ///< number of entries; a conjugate pair is one entry
    int lost = 0;    ///< roots for which there was no room

    /// Adds a root or a pair; one too many is only counted.
    constexpr void add(complex z) noexcept
    {
        if (count < capacity) root[count++] = z;
        else lost += z.im == 0.0 ? 1 : 2;
    }
    constexpr void remove(int i) noexcept { root[i] = root[--count]; }
    [[nodiscard]] constexpr complex* begin() noexcept { return root; }
    [[nodiscard]] constexpr complex* end() noexcept { return root + count; }
    [[nodiscard]] constexpr const complex* begin() const noexcept { return root; }
    [[nodiscard]] constexpr const complex* end() const noexcept { return root + count; }
    constexpr complex operator[](int i) const noexcept { return root[i]; }
    constexpr complex& operator[](int i) noexcept { return root[i]; }

    /// The number of roots, counting both members of each pair, and those that are lost.
    [[nodiscard]] constexpr int degree() const noexcept
    {
        int n = lost;
        for (const complex z : *this) n += z.im == 0.0 ? 1 : 2;
        return n;
    }
};

/// A real rational function as zeros, poles and gain: gain * prod(s - zero) / prod(s - pole).
struct rational {
    double gain = 1.0;
    roots zeros;
    roots poles;

    /// The value at a complex s.
    constexpr complex operator()(complex s) const noexcept
    {
        complex value{gain};
        const int longest = zeros.count > poles.count ? zeros.count : poles.count;
        for (int i = 0; i < longest; ++i) {   // alternating zeros and poles, so that no partial product overflows
            if (i < zeros.count) value *= factor(s, zeros[i]);
            if (i < poles.count) value /= factor(s, poles[i]);
        }
        return value;
    }

    constexpr rational& operator*=(const rational& other) noexcept
    {
        gain *= other.gain;
        for (const complex z : other.zeros) zeros.add(z);
        for (const complex p : other.poles) poles.add(p);
        zeros.lost += other.zeros.lost, poles.lost += other.poles.lost;
        return *this;
    }

    [[nodiscard]] constexpr rational reciprocal() const noexcept { return {1.0 / gain, poles, zeros}; }

    [[nodiscard]] static constexpr complex factor(complex s, complex root) noexcept
    {
        return root.im == 0.0 ? s - root : (s - root) * (s - conj(root));
    }
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
