// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/angle.hpp>
#include <phono/kernel/constant_kernel.hpp>
#include <phono/kernel/processing.hpp>
#include <phono/kernel/processor.hpp>

#include <complex>
#include <span>

namespace phono::inline v0_2 {

/// A constant schematic that runs at a constant rate: coefficients and state, nothing else, and ready without prepare(). For processors
/// without a heap, or without an FPU for the design.
///
///     running<magnetic, 96_kHz> left, right;
///
/// T, float or double, is the type in which the sample loop stores and computes.
/// Errors: a schematic with a fault, a rate outside 8 to 768 kHz, and gains or states beyond the range of T do not compile.
/// Units and real time: as preamp. Size: of RIAA in float 120 bytes on a microcontroller, 700 where blocks are computed in vectors.
template <auto schematic, frequency rate, class T = double>
class running : public detail::processing<running<schematic, rate, T>, T>, public detail::mistaken_prepare {
    using calls = detail::processing<running, T>;

public:
    using calls::process, calls::operator();
    using detail::mistaken_prepare::prepare;

    /// Clears the state.
    constexpr void reset() noexcept { kernel_.reset(); }

    /// One sample.
    [[gnu::always_inline]] constexpr T operator()(T x) noexcept { return kernel_(x); }

    /// A block in place: the same as sample by sample, to rounding.
    constexpr void process(std::span<T> block) noexcept { kernel_.process(block); }

    /// A block from one buffer to another of the same length. They may overlap in any way.
    void process(std::span<const T> in, std::span<T> out) noexcept { process(detail::move_samples(in, out)); }

    /// The digital response: volts out per volt in, at a frequency below half the sampling rate.
    [[nodiscard]] std::complex<double> response(frequency f) const noexcept
    {
        const math::complex h = kernel_.response(detail::angle(f, rate));
        return {h.re, h.im};
    }

    /// The delay of the output against the analogue circuit's, in samples.
    [[nodiscard]] static constexpr double latency() noexcept { return constant_filter<schematic, rate>.delay; }
    /// Samples at which the solver failed to converge: a linear circuit has none.
    [[nodiscard]] static constexpr long unsolved() noexcept { return 0; }
    /// Nothing: what has a fault does not compile.
    [[nodiscard]] static constexpr fault problem() noexcept { return {}; }

private:
    friend struct detail::kernel_access;

    constant_kernel<constant_filter<schematic, rate>, T> kernel_{};
};

}   // namespace phono::inline v0_2
