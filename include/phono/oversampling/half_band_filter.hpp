// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/oversampling/half_band.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The polyphase branch of a half-band filter that holds its non-zero taps but for the middle one, at the lower of the two rates and with
/// twice their value: it interpolates the samples in between, or filters every second sample for decimation.
///
/// T is a sample or several channels' samples: T{} is silence, T + T, Scalar * T. Its impulse response is 2 pairs samples long.
template <class T, class Scalar, half_band design>
class half_band_filter {
    static constexpr int pairs = design.pairs, length = 2 * pairs, room = 128, capacity = length - 1 + room;
    static_assert(pairs % 4 == 1, "the outermost pair comes first, then four at a time");

public:
    static constexpr int block = 32;   ///< samples that process() takes

    constexpr void reset() noexcept
    {
        for (T& sample : forward_) sample = T{};
        for (T& sample : backward_) sample = T{};
        end_ = length - 1;
    }

    constexpr T operator()(T x) noexcept
    {
        make_room(1);
        forward_[end_] = backward_[capacity - 1 - end_] = x;
        ++end_;
        const T *oldest = forward_ + end_ - length, *newest = backward_ + capacity - end_;
        T a{}, b{}, c{}, d{};
        for (int i = 1; i < pairs; i += 4) {
            a += taps[i] * (oldest[i] + newest[i]);
            b += taps[i + 1] * (oldest[i + 1] + newest[i + 1]);
            c += taps[i + 2] * (oldest[i + 2] + newest[i + 2]);
            d += taps[i + 3] * (oldest[i + 3] + newest[i + 3]);
        }
        return ((a + c) + (b + d)) + taps[0] * (oldest[0] + x);
    }

    /// The same for `block` samples, within rounding.
    constexpr void process(const T* x, T* y) noexcept
    {
        make_room(block);
        for (int n = 0; n < block; ++n) forward_[end_ + n] = backward_[capacity - 1 - end_ - n] = x[n];
        end_ += block;
        const T *oldest = forward_ + end_ - block - (length - 1), *newest = oldest + (length - 1);
        T sum[block];   // a local array, so that the compiler knows that it aliases nothing
        for (int n = 0; n < block; ++n) sum[n] = taps[0] * (oldest[n] + newest[n]);
        for (int i = 1; i < pairs; i += 2) {
            const Scalar outer = taps[i], inner = taps[i + 1];
            const T *from = oldest + i, *to = newest - i;
            for (int n = 0; n < block; ++n) sum[n] += outer * (from[n] + to[n]) + inner * (from[n + 1] + to[n - 1]);
        }
        for (int n = 0; n < block; ++n) y[n] = sum[n];
    }

    /// Points to the sample this many before the latest; the later ones follow it. At most 2 pairs - 1, plus `block` - 1 if process() took
    /// the latest.
    [[nodiscard]] constexpr const T* before(int samples) const noexcept { return forward_ + end_ - 1 - samples; }

private:
    struct table {
        Scalar of[pairs];   ///< from the outermost pair to the innermost
        constexpr Scalar operator[](int i) const noexcept { return of[i]; }
    };
    static constexpr table taps = [] {
        table t{};
        for (int i = 0; i < pairs; ++i) t.of[i] = static_cast<Scalar>(design.twice_tap(2 * (pairs - i) - 1));
        return t;
    }();

    /// Moves the samples that the filter still needs so that new ones fit behind them.
    constexpr void make_room(int samples) noexcept
    {
        if (end_ + samples <= capacity) return;
        const int moved = end_ - (length - 1);
        for (int n = 0; n < length - 1; ++n) {
            forward_[n] = forward_[n + moved];
            backward_[capacity - 1 - n] = backward_[capacity - 1 - n - moved];
        }
        end_ = length - 1;
    }

    /// Samples in order and in reverse, so that both samples of a pair are read at ascending addresses.
    T forward_[capacity]{}, backward_[capacity]{};
    int end_ = length - 1;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
