// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>
#include <phono/math/interleaving.hpp>
#include <phono/oversampling/half_band_filter.hpp>

#include <cstddef>

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

    /// The most samples at the lower rate that up() and down() take.
    static constexpr int block = filter::block;

    /// The way up alone, the same within rounding: so many samples, to twice as many.
    constexpr void up(const T* x, T* twice, int count) noexcept
    {
        alignas(64) T half[block];
        math::copy(x, up_.next(count), count);
        up_.process(half, count);
        const T* const as_it_was = up_.before(design.pairs - 1 + count - 1);
        math::interleave(half, as_it_was, twice, count);
    }
    /// The latest samples that up() took, until its next call.
    [[nodiscard]] constexpr const T* taken(int count) const noexcept { return up_.before(count - 1); }
    /// The way down alone, from twice as many samples.
    constexpr void down(const T* twice, T* y, int count) noexcept
    {
        if (count < 1) return;
        alignas(64) T half[block];
        T *const filtered = down_.next(count), *const straight = other_.next(count);
        math::separate(twice, early ? straight : filtered, early ? filtered : straight, count);
        down_.process(half, count);
        math::half_sum<Scalar>(half, other_.process(count), y, count);
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
        static constexpr int length = design.pairs - (early ? 1 : 0), kept = (length + 7) / 8 * 8, capacity = kept + filter::block;

        constexpr T operator()(T x) noexcept
        {
            make_room(1);
            past[end] = x;
            return past[end++ - length];
        }

        /// Where a block is to be written, which process() then takes: it points to the delayed samples, until the next call.
        constexpr T* next(int count) noexcept
        {
            make_room(count);
            return past + end;
        }
        constexpr const T* process(int count) noexcept
        {
            end += count;
            return past + end - count - length;
        }

        constexpr void make_room(int samples) noexcept
        {
            if (end + samples <= capacity) return;
            math::copy(past + end - kept, past, kept);
            end = kept;
        }

        alignas(math::moves_by_registers<T> ? 64 : alignof(T)) T past[capacity]{};   ///< aligned as blocks are stored
        int end = kept;
    };

    filter up_, down_;
    delay other_;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
