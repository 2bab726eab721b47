// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/step/complex_lanes.hpp>
#include <phono/math/complex.hpp>
#include <phono/math/lanes.hpp>

namespace phono::inline v0_2::detail {

/// A complex number of each of several channels, side by side in vector registers, and the constants that it meets, which are the same in
/// all channels.
template <int count>
class channel_complex {
public:
    using row = math::lanes<count>;
    using wide = row;   ///< a real number of each channel
    using factor = math::complex;
    using drive = math::complex;     ///< what a real input contributes to a number
    using reading = math::complex;   ///< what a number contributes to a real output: the real part of their product

    [[nodiscard]] double re(int c) const noexcept { return parts_.re[c]; }
    [[nodiscard]] double im(int c) const noexcept { return parts_.im[c]; }
    void set(int c, math::complex z) noexcept { parts_.re.set(c, z.re), parts_.im.set(c, z.im); }

    [[gnu::always_inline]] friend channel_complex operator*(const factor& by, const channel_complex& z) noexcept { return {by * z.parts_}; }
    [[gnu::always_inline]] friend channel_complex fmadd(const factor& by, const channel_complex& z, const channel_complex& sum) noexcept
    {
        return {fmadd(by, z.parts_, sum.parts_)};
    }
    [[gnu::always_inline]] static channel_complex driven(const drive& by, const wide& input) noexcept
    {
        return {{by.re * input, by.im * input}};
    }
    [[gnu::always_inline]] static channel_complex driven(const drive& by, const wide& input, const channel_complex& sum) noexcept
    {
        return {{fmadd(by.re, input, sum.parts_.re), fmadd(by.im, input, sum.parts_.im)}};
    }
    [[gnu::always_inline]] friend wide read(const reading& by, const channel_complex& z, const wide& sum) noexcept
    {
        return fmadd(by.re, z.parts_.re, fmadd(-by.im, z.parts_.im, sum));
    }
    void settle() noexcept { settle_numbers<2 * count>(parts_); }

    channel_complex() noexcept = default;

private:
    [[gnu::always_inline]] channel_complex(const complex_lanes<count>& parts) noexcept : parts_(parts) {}

    complex_lanes<count> parts_{};
};

/// Those of two channels are in one register: the real parts, then the imaginary ones. Each real number of the channels is in both halves,
/// of a sum what they contribute.
template <>
class channel_complex<2> {
public:
    using wide = math::lanes<4>;

    struct factor {
        wide re{}, im{};

        factor() noexcept = default;
        explicit factor(math::complex z) noexcept : re(wide::all(z.re)), im(halves(-z.im, z.im)) {}
    };
    struct drive {
        wide parts{};

        drive() noexcept = default;
        explicit drive(math::complex z) noexcept : parts(halves(z.re, z.im)) {}
    };
    struct reading {
        wide parts{};

        reading() noexcept = default;
        explicit reading(math::complex z) noexcept : parts(halves(z.re, -z.im)) {}
    };

    [[nodiscard]] double re(int c) const noexcept { return parts_[c]; }
    [[nodiscard]] double im(int c) const noexcept { return parts_[2 + c]; }
    void set(int c, math::complex z) noexcept { parts_.set(c, z.re), parts_.set(2 + c, z.im); }

    [[gnu::always_inline]] friend channel_complex operator*(const factor& by, const channel_complex& z) noexcept
    {
        return {fmadd(by.im, z.parts_.halves_exchanged(), by.re * z.parts_)};
    }
    [[gnu::always_inline]] friend channel_complex fmadd(const factor& by, const channel_complex& z, const channel_complex& sum) noexcept
    {
        return {fmadd(by.im, z.parts_.halves_exchanged(), fmadd(by.re, z.parts_, sum.parts_))};
    }
    [[gnu::always_inline]] static channel_complex driven(const drive& by, const wide& input) noexcept { return {by.parts * input}; }
    [[gnu::always_inline]] static channel_complex driven(const drive& by, const wide& input, const channel_complex& sum) noexcept
    {
        return {fmadd(by.parts, input, sum.parts_)};
    }
    [[gnu::always_inline]] friend wide read(const reading& by, const channel_complex& z, const wide& sum) noexcept
    {
        return fmadd(by.parts, z.parts_, sum);
    }
    void settle() noexcept { settle_numbers<4>(parts_); }

    channel_complex() noexcept = default;

private:
    [[gnu::always_inline]] channel_complex(const wide& parts) noexcept : parts_(parts) {}
    [[nodiscard]] static wide halves(double first, double second) noexcept
    {
        wide both;
        for (int c = 0; c < 2; ++c) both.set(c, first), both.set(2 + c, second);
        return both;
    }

    wide parts_{};
};

}   // namespace phono::inline v0_2::detail
