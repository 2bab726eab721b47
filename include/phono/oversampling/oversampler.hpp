// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/oversampling/by_two.hpp>

#include <span>
#include <type_traits>

namespace phono {

/// Runs a process at 1, 2 or 4 times the sampling rate, so that the harmonics which it makes do not come back as other tones.
///
/// Linear phase. From 0 to 0.4535 of the rate (20 kHz of 44.1 kHz) the way up and down is flat within ripple_db();
/// what the process makes above half the rate, as far as the oversampled rate less that band, comes back there at least 127 dB lower.
/// Beyond that only a higher factor helps. A factor of 1 is the process alone.
///
/// T is a sample, or several channels' samples with T + T and Scalar * T.
/// Real-time safe: no allocation, no lock; the process should throw no exception. Finite memory: after latency() twice over, nothing
/// of a sample is left but in the process.
template <int factor, class T = double, class Scalar = T>
class oversampler {
    static_assert(factor == 1 || factor == 2 || factor == 4, "phono: an oversampler runs at 1, 2 or 4 times the rate");

public:
    /// From what goes in to what comes out, in samples at the base rate; what the process itself delays comes on top.
    [[nodiscard]] static constexpr int latency() noexcept
    {
        if constexpr (factor == 1) return 0;
        else if constexpr (factor == 2) return outer::latency / 2;
        else return (2 * outer::latency + inner::latency) / 4;
    }

    /// How far from flat the way up and down is at most, 0 to 0.4535 of the rate, in decibels.
    [[nodiscard]] static constexpr double ripple_db() noexcept { return factor == 1 ? 0.0 : factor == 2 ? 7.5e-6 : 8.3e-6; }

    /// The response of the whole at so many radians per sample of the base rate; `process` gives that of the process at so many radians per
    /// sample of its own.
    [[nodiscard]] static math::complex response(double angle, const auto& process) noexcept
    {
        if constexpr (factor == 1) return process(angle);
        else if constexpr (factor == 2) return outer::response(angle, process);
        else return outer::response(angle, [&](double half) { return inner::response(half, process); });
    }

    constexpr void reset() noexcept { outer_.reset(), inner_.reset(); }

    /// One sample; `process` takes a T and gives a T, `factor` times.
    constexpr T operator()(T x, auto&& process) noexcept
    {
        if constexpr (factor == 1) return process(x);
        else if constexpr (factor == 2) return outer_(x, process);
        else return outer_(x, [&](T half) noexcept { return inner_(half, process); });
    }

    /// A block in place, as samples one by one within rounding; fastest in multiples of 32.
    constexpr void process(std::span<T> block, auto&& process) noexcept
    {
        const auto each = [&](std::span<T> samples) noexcept {
            for (T& sample : samples) sample = process(sample);
        };
        if constexpr (factor == 1) each(block);
        else if constexpr (factor == 2) outer_.process(block, each, process);
        else
            outer_.process(
                block, [&](std::span<T> half) noexcept { inner_.process(half, each, process); },
                [&](T half) noexcept { return inner_(half, process); });
    }

private:
    struct none {
        constexpr void reset() noexcept {}
    };
    template <bool is_there, class Stage>
    using stage = std::conditional_t<is_there, Stage, none>;

    // With the inner stage's odd number of samples at twice the rate, an early outer one makes a whole number at the base rate.
    using inner = stage<factor == 4, detail::by_two<T, Scalar, detail::wide_half_band, false>>;
    using outer = stage<factor >= 2, detail::by_two<T, Scalar, detail::narrow_half_band, factor == 4>>;

    [[no_unique_address]] outer outer_;
    [[no_unique_address]] inner inner_;
};

}   // namespace phono
