// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/interleaving.hpp>
#include <phono/oversampling/by_two.hpp>

#include <cstddef>
#include <span>
#include <type_traits>

namespace phono::inline v0_2 {

/// Runs a process at 1, 2, 4 or 8 times the sampling rate, so that the harmonics it generates do not alias.
///
/// Linear phase. From 0 to 0.4535 of the rate (20 kHz at 44.1 kHz) interpolation and decimation together are flat within ripple_db(); what
/// the process generates above half the rate, up to the oversampled rate less that band, aliases into it at least 127 dB lower. Beyond that
/// only a higher factor helps. A factor of 1 is the process alone.
///
/// T is a sample, or several channels' samples with T + T and Scalar * T.
/// Real-time safe: does not allocate or lock; the process must not throw. The filters' impulse responses are finite: after twice latency(),
/// a sample leaves nothing but what the process holds.
template <int factor, class T = double, class Scalar = T>
class oversampler {
    static_assert(factor == 1 || factor == 2 || factor == 4 || factor == 8, "phono: an oversampler runs at 1, 2, 4 or 8 times the rate");

public:
    /// From input to output, in samples at the base rate; the delay of the process itself comes on top.
    [[nodiscard]] static constexpr int latency() noexcept
    {
        if constexpr (factor == 1) return 0;
        else if constexpr (factor == 2) return outer::latency / 2;
        else if constexpr (factor == 4) return (2 * outer::latency + inner::latency) / 4;
        else return (4 * outer::latency + 2 * middle::latency + inner::latency) / 8;
    }

    /// The largest deviation from flat of interpolation and decimation together, from 0 to 0.4535 of the rate, in decibels.
    [[nodiscard]] static constexpr double ripple_db() noexcept { return factor == 1 ? 0.0 : factor == 2 ? 7.5e-6 : 8.3e-6; }

    /// The overall response at a frequency in radians per sample of the base rate; `process` gives that of the process, in radians per
    /// sample of its own rate.
    [[nodiscard]] static math::complex response(double angle, const auto& process) noexcept
    {
        if constexpr (factor == 1) return process(angle);
        else if constexpr (factor == 2) return outer::response(angle, process);
        else if constexpr (factor == 4) return outer::response(angle, [&](double half) { return inner::response(half, process); });
        else
            return outer::response(angle, [&](double half) {
                return middle::response(half, [&](double quarter) { return inner::response(quarter, process); });
            });
    }

    /// Clears the filters; the process keeps its own state.
    constexpr void reset() noexcept { outer_.reset(), middle_.reset(), inner_.reset(); }

    /// One sample; `process` takes a T and returns a T, and is called `factor` times.
    constexpr T operator()(T x, auto&& process) noexcept
    {
        if constexpr (factor == 1) return process(x);
        else if constexpr (factor == 2) return outer_(x, process);
        else if constexpr (factor == 4) return outer_(x, [&](T half) noexcept { return inner_(half, process); });
        else return outer_(x, [&](T half) noexcept { return middle_(half, [&](T quarter) noexcept { return inner_(quarter, process); }); });
    }

    /// A block in place: the same as sample by sample, to rounding; fastest in multiples of 256 samples at the higher rate. A process that
    /// also takes blocks in place, as a std::span<T>, is given them, of at most 512 samples or, with a factor of 1, of whatever comes.
    constexpr void process(std::span<T> block, auto&& process) noexcept
    {
        const auto each = [&](std::span<T> samples) noexcept {
            if constexpr (requires { process(samples); }) process(samples);
            else
                for (T& sample : samples) sample = process(sample);
        };
        if constexpr (factor == 1) each(block);
        else
            while (!block.empty()) {
                const std::size_t count = block.size() < longest ? block.size() : longest;
                T many[factor * longest];
                up(block.data(), many, count);
                each(std::span<T>{many, factor * count});
                down(many, block.data(), count);
                block = block.subspan(count);
            }
    }

    /// The most samples that up() and down() take.
    static constexpr std::size_t longest = (math::moves_by_registers<T> ? 512 : 256) / factor;

    /// The way up alone: so many samples, to `factor` times as many. With down() what process() does, for processes that take the samples
    /// of several oversamplers at once.
    constexpr void up(const T* x, T* many, std::size_t samples) noexcept
    {
        const int count = static_cast<int>(samples);
        if (count < 1) return;
        if constexpr (factor == 1)
            for (int n = 0; n < count; ++n) many[n] = x[n];
        else if constexpr (factor == 2) outer_.up(x, many, count);
        else {
            T half[2 * longest];
            outer_.up(x, half, count);
            if constexpr (factor == 4) inner_.up(half, many, 2 * count);
            else {
                T quarter[4 * longest];
                middle_.up(half, quarter, 2 * count);
                inner_.up(quarter, many, 4 * count);
            }
        }
    }
    /// Points to so many samples that up() took last, until its next call. An oversampler by 1 keeps none.
    [[nodiscard]] constexpr const T* taken(std::size_t samples) const noexcept requires(factor > 1)
    {
        return outer_.taken(static_cast<int>(samples));
    }
    /// The way down alone.
    constexpr void down(const T* many, T* y, std::size_t samples) noexcept
    {
        const int count = static_cast<int>(samples);
        if constexpr (factor == 1)
            for (int n = 0; n < count; ++n) y[n] = many[n];
        else if constexpr (factor == 2) outer_.down(many, y, count);
        else {
            T half[2 * longest];
            if constexpr (factor == 4) inner_.down(many, half, 2 * count);
            else {
                T quarter[4 * longest];
                inner_.down(many, quarter, 4 * count);
                middle_.down(quarter, half, 2 * count);
            }
            outer_.down(half, y, count);
        }
    }

private:
    template <int place>
    struct none {   // a type for each place, so that none of them takes any
        constexpr void reset() noexcept {}
    };
    template <bool is_there, int place, class Stage>
    using stage = std::conditional_t<is_there, Stage, none<place>>;

    // The inner stage delays by an odd number of samples at half its rate; early outer ones make the sum whole at the base rate.
    using inner = stage<(factor >= 4), 2, detail::by_two<T, Scalar, detail::wide_half_band, false>>;
    using middle = stage<factor == 8, 1, detail::by_two<T, Scalar, detail::wide_half_band, true>>;
    using outer = stage<(factor >= 2), 0, detail::by_two<T, Scalar, detail::narrow_half_band, (factor >= 4)>>;

    [[no_unique_address]] outer outer_;
    [[no_unique_address]] middle middle_;
    [[no_unique_address]] inner inner_;
};

}   // namespace phono::inline v0_2
