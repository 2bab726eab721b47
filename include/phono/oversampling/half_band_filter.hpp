// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/block_vector.hpp>
#include <phono/math/interleaving.hpp>
#include <phono/oversampling/fast_fir.hpp>
#include <phono/oversampling/half_band.hpp>

#include <cstddef>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The polyphase branch of a half-band filter that holds its non-zero taps but for the middle one, at the lower of the two rates and with
/// twice their value: it interpolates the samples in between, or filters every second sample for decimation.
///
/// T is a sample or several channels' samples: T{} is silence, T + T, Scalar * T. Its impulse response is 2 pairs samples long.
template <class T, class Scalar, half_band design>
class half_band_filter {
    static constexpr int pairs = design.pairs, length = 2 * pairs;
    static constexpr bool is_long = length > 64;   ///< enough for saved multiplications to pay for the additions that save them
    static_assert(pairs % 4 == 1, "the outermost pair comes first, then four at a time");

    /// Blocks of one channel are filtered with samples side by side; several channels fill the vector registers themselves.
    static constexpr bool has_blocks = math::has_block_vectors && std::is_floating_point_v<T>;

public:
    static constexpr int block = has_blocks ? 256 : 128;   ///< the most samples that process() takes

    constexpr void reset() noexcept
    {
        for (T& sample : past_) sample = T{};
        end_ = history;
    }

    constexpr T operator()(T x) noexcept
    {
        make_room(1);
        past_[end_] = x;
        return filtered(past_ + end_++);
    }

    /// The same for at most `block` samples, within rounding, in two steps: the caller writes them to where next() points ...
    constexpr T* next(int count) noexcept
    {
        make_room(count);
        return past_ + end_;
    }
    /// ... and what comes out of these goes to y, where there is room for `block` numbers; those behind the last are left undefined.
    constexpr void process(T* y, int count) noexcept
    {
        if constexpr (has_blocks)
            if (count >= worth_a_block && !std::is_constant_evaluated()) return process_block(y, count);
        for (int n = 0; n < count; ++n) y[n] = filtered(past_ + end_++);
    }

    /// Points to the sample this many before the latest; the later ones follow it. At most 2 pairs - 1, plus n - 1 if process() took
    /// the latest n.
    [[nodiscard]] constexpr const T* before(int samples) const noexcept { return past_ + end_ - 1 - samples; }

private:
    /// Fewer samples are faster one by one. Without wide registers and fused multiply-adds only a fast FIR's savings pay.
    static constexpr int worth_a_block = math::widest_register > 16 ? 4 : is_long ? 30 : 16;

    static constexpr auto taps = [] {   // symmetric
        detail::taps<Scalar, length> t{};
        for (int i = 0; i < pairs; ++i) t.of[i] = t.of[length - 1 - i] = static_cast<Scalar>(design.twice_tap(2 * (pairs - i) - 1));
        return t;
    }();

    static constexpr T filtered(const T* latest) noexcept
    {
        const T* const oldest = latest - (length - 1);
        T sum[8]{};
        for (int i = 1; i < length - 1; i += 8)
            for (int j = 0; j < 8; ++j) sum[j] += taps.of[i + j] * oldest[i + j];
        return (((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]))) + taps.of[0] * (oldest[0] + *latest);
    }

    /// Moves the samples that the filter still needs so that new ones fit behind them.
    constexpr void make_room(int samples) noexcept
    {
        if (end_ + samples <= capacity) return;
        math::copy(past_ + end_ - history, past_, history);
        end_ = history;
    }

    template <int rows>
    static constexpr int at_once = 8 * rows;

    /// Filters as many samples at once as are worth it: a filter of more rows takes fewer multiplications for each.
    template <int widest = math::widest_register>
    void process_block(T* y, int count) noexcept
    {
        const T* const end = past_ + end_ + count;
        end_ += count;
        int left = count;
        while (left >= worth_a_block) {
            const int done = process_part<widest>(end - left, y, left);
            y += done, left -= done;
        }
        for (; left > 0; --left) *y++ = filtered(end - left);
    }
    template <int widest>
    static int process_part(const T* x, T* y, int count) noexcept
    {
        if constexpr (is_long) {
            if (count > at_once<8> + at_once<4>) return process_rows<16, widest>(x, y, count);
            if (count > at_once<4>) return process_rows<8, widest>(x, y, count);
        }
        return process_rows<4, widest>(x, y, count);
    }
    /// Filters up to 8 `rows` samples, and says how many. What lies behind the last of them is filtered too.
    template <int rows, int widest>
    static int process_rows(const T* x, T* y, int count) noexcept
    {
        using fir = fast_fir<T, length, rows>;
        static_assert(fir::history <= history && fir::block <= beyond);
        static constexpr auto prepared = fir::prepared(taps);
        fir::process(prepared, x, y);
        return count < fir::block ? count : fir::block;
    }

    static constexpr int history = !has_blocks ? length - 1 : is_long ? 128 : 32;   ///< samples that are kept
    static constexpr int room = 256, capacity = history + room;
    static constexpr int beyond = has_blocks ? 128 : 0;   ///< numbers behind the latest sample that a block may read

    alignas(has_blocks ? 64 : alignof(T)) T past_[capacity + beyond]{};   ///< samples in order, aligned as vectors are stored
    int end_ = history;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
