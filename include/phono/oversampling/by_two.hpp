// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>
#include <phono/oversampling/half_band_filter.hpp>

#include <cstddef>
#include <span>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Runs a process at twice the rate, with the same half-band filter for interpolation and decimation.
///
/// Of the two samples per period that the process returns, the first is kept, delayed by whole periods, or (`early`) the second, half a
/// period sooner.
template <class T, class Scalar, half_band design, bool early>
class by_two {
    using filter = half_band_filter<T, Scalar, design>;

public:
    /// From input to output, in samples at twice the rate.
    static constexpr int latency = 2 * (2 * design.pairs - 1) - (early ? 1 : 0);

    constexpr void reset() noexcept
    {
        up_.reset(), down_.reset();
        other_ = {};
    }

    constexpr T operator()(T x, auto&& process) noexcept
    {
        const T in_between = up_(x), as_it_was = *up_.before(design.pairs - 1);
        const T first = process(in_between), second = process(as_it_was);
        return Scalar(0.5) * (early ? down_(second) + other_(first) : down_(first) + other_(second));
    }

    /// A block in place, the same within rounding. `process_block` is the process for a std::span<T> of twice as many samples, part by
    /// part. Where T holds several channels, samples go one by one: the channels already fill the vector registers.
    constexpr void process(std::span<T> block, auto&& process_block, auto&& process) noexcept
    {
        constexpr std::size_t part = filter::block;
        for (; std::is_floating_point_v<T> && block.size() >= part; block = block.subspan(part)) {
            T half[part], twice[2 * part];
            up_.process(block.data(), half);
            const T* as_it_was = up_.before(design.pairs - 1 + filter::block - 1);
            for (std::size_t n = 0; n < part; ++n) twice[2 * n] = half[n], twice[2 * n + 1] = as_it_was[n];
            process_block(std::span<T>{twice});
            for (std::size_t n = 0; n < part; ++n) half[n] = twice[2 * n + (early ? 1 : 0)];
            down_.process(half, half);
            for (std::size_t n = 0; n < part; ++n) block[n] = Scalar(0.5) * (half[n] + other_(twice[2 * n + (early ? 0 : 1)]));
        }
        for (T& sample : block) sample = (*this)(sample, process);
    }

    /// The response at a frequency in radians per sample of the base rate; `process` gives that of what runs at twice the rate.
    ///
    /// Upsampling gives a sine an image, half of the higher rate away from it; what the first filter leaves of it aliases back onto the
    /// sine's own frequency as far as the second filter lets it.
    static math::complex response(double angle, const auto& process) noexcept
    {
        math::complex sum{};
        for (const double at : {0.5 * angle, 0.5 * angle + math::pi}) {
            const double both = design.twice_response(at), lag = latency * at;
            sum += (0.25 * both * both) * (math::complex{math::cos(lag), -math::sin(lag)} * process(at));
        }
        return sum;
    }

private:
    struct delay {
        static constexpr int length = design.pairs - (early ? 1 : 0);

        constexpr T operator()(T x) noexcept
        {
            const T y = past[next];
            past[next] = x;
            next = next + 1 == length ? 0 : next + 1;
            return y;
        }

        T past[length]{};
        int next = 0;
    };

    filter up_, down_;
    delay other_;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
