// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/design.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

/// A second-order section: (b0 + b1/z + b2/z^2) / (1 + a1/z + a2/z^2).
struct biquad {
    double b0 = 1.0, b1 = 0.0, b2 = 0.0;
    double a1 = 0.0, a2 = 0.0;
};

/// Second-order sections in processing order.
struct biquad_cascade {
    static constexpr int capacity = math::roots::capacity;

    biquad section[capacity]{};
    int count = 0;

    [[nodiscard]] constexpr int size() const noexcept { return count; }
    [[nodiscard]] constexpr const biquad* begin() const noexcept { return section; }
    [[nodiscard]] constexpr const biquad* end() const noexcept { return section + count; }
};

namespace detail {

/// 1 + first/z + second/z^2.
struct quadratic {
    double first = 0.0, second = 0.0;
    math::complex root{};   ///< the root nearest the unit circle
};

struct quadratics {
    quadratic factor[biquad_cascade::capacity]{};
    int count = 0;

    /// Conjugate pairs stay together. Of the real roots the one nearest the unit circle is paired with the one farthest from it, and so on
    /// inwards: two slow ones in one section would leave their coefficients no significant digits.
    constexpr explicit quadratics(const math::roots& roots) noexcept
    {
        math::roots real;
        for (const math::complex r : roots) {
            if (r.im != 0.0) factor[count++] = {-2.0 * r.re, math::norm(r), r};
            else real.add(r);
        }
        for (int i = 1; i < real.count; ++i)
            for (int j = i; j > 0 && math::norm(real[j]) > math::norm(real[j - 1]); --j) {
                const math::complex larger = real[j];
                real[j] = real[j - 1];
                real[j - 1] = larger;
            }
        for (int i = 0, j = real.count - 1; i <= j; ++i, --j) {
            if (i < j) factor[count++] = {-(real[i].re + real[j].re), real[i].re * real[j].re, real[i]};
            else factor[count++] = {-real[i].re, 0.0, real[i]};
        }
        for (int i = 1; i < count; ++i)
            for (int j = i; j > 0 && math::norm(factor[j].root) > math::norm(factor[j - 1].root); --j) {
                const quadratic nearer = factor[j];
                factor[j] = factor[j - 1];
                factor[j - 1] = nearer;
            }
    }
};

}   // namespace detail

/// A filter as a cascade of second-order sections: each pair of poles takes the zeros nearest to it, the poles nearest the unit circle come
/// last, and the first section has the gain.
[[nodiscard]] constexpr biquad_cascade biquads(const digital_filter& filter) noexcept
{
    const detail::quadratics poles{filter.poles};
    detail::quadratics zeros{filter.zeros};
    biquad_cascade cascade;
    for (int i = 0; i < poles.count; ++i) {
        int nearest = -1;
        for (int j = 0; j < zeros.count; ++j)
            if (nearest < 0 ||
                math::norm(zeros.factor[j].root - poles.factor[i].root) < math::norm(zeros.factor[nearest].root - poles.factor[i].root))
                nearest = j;
        biquad& s = cascade.section[cascade.count++];
        s.a1 = poles.factor[i].first;
        s.a2 = poles.factor[i].second;
        if (nearest < 0) continue;
        s.b1 = zeros.factor[nearest].first;
        s.b2 = zeros.factor[nearest].second;
        zeros.factor[nearest] = zeros.factor[--zeros.count];
    }
    for (int j = 0; j < zeros.count; ++j) cascade.section[cascade.count++] = {1.0, zeros.factor[j].first, zeros.factor[j].second, 0.0, 0.0};
    const detail::quadratics all_pass{filter.all_pass};
    for (int i = 0; i < all_pass.count; ++i) {
        const detail::quadratic& q = all_pass.factor[i];
        if (q.second != 0.0) cascade.section[cascade.count++] = {q.second, q.first, 1.0, q.first, q.second};
        else cascade.section[cascade.count++] = {q.first, 1.0, 0.0, q.first, 0.0};
    }
    if (cascade.count == 0) cascade.count = 1;
    for (int i = 0; i < cascade.count / 2; ++i) {
        const biquad last = cascade.section[cascade.count - 1 - i];
        cascade.section[cascade.count - 1 - i] = cascade.section[i];
        cascade.section[i] = last;
    }
    biquad& first = cascade.section[0];
    first.b0 *= filter.gain, first.b1 *= filter.gain, first.b2 *= filter.gain;
    return cascade;
}

/// The second-order sections of a schematic at a sampling rate, for use outside this library. Run them in double: a cascade in float cannot
/// hold a pole below the audible band.
template <class... Block>
[[nodiscard]] constexpr biquad_cascade biquads(const chain<Block...>& schematic, frequency rate) noexcept
{
    return biquads(design(schematic, rate));
}

/// The same, with the phase corrected on request. Not for constant expressions.
template <class... Block>
biquad_cascade biquads(const chain<Block...>& schematic, frequency rate, phase kind) noexcept
{
    return biquads(design(schematic, rate, kind));
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
