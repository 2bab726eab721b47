// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/wide_vector.hpp>
#include <phono/oversampling/half_band.hpp>

#include <cstddef>
#include <cstring>
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
    static constexpr int pairs = design.pairs, length = 2 * pairs, room = 192, capacity = length - 1 + room;
    static_assert(pairs % 4 == 1, "the outermost pair comes first, then four at a time");

    /// Blocks of one channel are filtered with neighbouring samples side by side; several channels fill the vector registers themselves.
    static constexpr bool has_blocks = math::has_block_vectors && std::is_floating_point_v<T>;

public:
    static constexpr int block = 128;   ///< the most samples that process() takes

    constexpr void reset() noexcept
    {
        for (T& sample : past_) sample = T{};
        for (auto& phase : phases_.of)
            for (T& sample : phase) sample = T{};
        end_ = length - 1;
    }

    constexpr T operator()(T x) noexcept
    {
        make_room(1);
        put(x);
        const T* oldest = past_ + end_ - length;
        T sum[8]{};
        for (int i = 1; i < length - 1; i += 8)
            for (int j = 0; j < 8; ++j) sum[j] += taps.of[i + j] * oldest[i + j];
        return (((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]))) + taps.of[0] * (oldest[0] + x);
    }

    /// The same for at most `block` samples, within rounding.
    constexpr void process(const T* x, T* y, int count) noexcept
    {
        make_room(count + tile);   // at once, so that before() finds all of them
        if constexpr (has_blocks)
            if (count >= worth_a_tile && !std::is_constant_evaluated()) {
                for (; count > 0; x += tile, y += tile, count -= tile) process_tile(x, y, count < tile ? count : tile);
                return;
            }
        for (int n = 0; n < count; ++n) y[n] = (*this)(x[n]);
    }

    /// Points to the sample this many before the latest; the later ones follow it. At most 2 pairs - 1, plus n - 1 if process() took
    /// the latest n.
    [[nodiscard]] constexpr const T* before(int samples) const noexcept { return past_ + end_ - 1 - samples; }

private:
    static constexpr int tile = 32;          ///< samples that are computed at once, be they wanted or not
    static constexpr int worth_a_tile = 4;   ///< fewer are faster one by one

    struct table {
        Scalar of[length];   ///< symmetric
    };
    static constexpr table taps = [] {
        table t{};
        for (int i = 0; i < pairs; ++i) t.of[i] = t.of[length - 1 - i] = static_cast<Scalar>(design.twice_tap(2 * (pairs - i) - 1));
        return t;
    }();

    constexpr void put(T x) noexcept
    {
        past_[end_] = x;
        if constexpr (has_blocks) phases_.of[end_ % 4][end_ / 4] = x;
        ++end_;
    }

    /// Moves the samples that the filter still needs so that new ones fit behind them.
    constexpr void make_room(int samples) noexcept
    {
        if (end_ + samples <= capacity) return;
        const int rows = (end_ - (length - 1)) / 4, moved = 4 * rows;   // so that every sample stays in its phase
        move(past_, past_ + moved, end_ - moved);
        if constexpr (has_blocks)
            for (auto& phase : phases_.of) move(phase, phase + rows, (end_ - moved + 3) / 4);
        end_ -= moved;
    }

    /// Moves numbers towards the beginning, and up to `spare` behind them.
    static constexpr void move(T* to, const T* from, int count) noexcept
    {
        if constexpr (has_blocks)
            if (!std::is_constant_evaluated()) return move_vectors(to, from, count);
        for (int n = 0; n < count; ++n) to[n] = from[n];
    }
    template <int widest = math::widest_register>
    static void move_vectors(T* to, const T* from, int count) noexcept
    {
        using vector = math::wide_vector<T, widest>;
        for (int n = 0; n < count; n += vector::length) vector::from(from + n).to(to + n);
    }

    /// At most `tile` samples, for which there is room. Side by side are the outputs 0, 4, 8 .. 28, then 1, 5, 9 .. 29 and so on: what one of these sums takes of the input, the
    /// next one takes for the next tap, so that each load from memory serves four sums.
    template <int widest = math::widest_register>
    void process_tile(const T* x, T* y, int count) noexcept
    {
        using vector = math::wide_vector<T, widest>;
        static_assert(tile == 4 * vector::length && length % 4 == 2);
        const auto first = static_cast<unsigned>(end_);
        const auto phase = [this](unsigned n) { return phases_.of[n % 4] + n / 4; };
        if (count == tile) {
            for (unsigned r = 0; r < 4; ++r) {
                T* const to = phase(first + r);
                for (unsigned q = 0; q < tile / 4; ++q) to[q] = x[4 * q + r];
            }
            std::memcpy(past_ + first, x, tile * sizeof(T));
        } else
            for (unsigned n = 0; n < static_cast<unsigned>(count); ++n) past_[first + n] = *phase(first + n) = x[n];
        end_ += count;

        // The oldest samples first: the newest have then arrived in memory when they are loaded in other groups than they were stored in.
        const unsigned oldest = first - (length - 1);
        const T* const at[4] = {phase(oldest), phase(oldest + 1), phase(oldest + 2), phase(oldest + 3)};
        vector a = vector::from(at[0]), b = vector::from(at[1]), c = vector::from(at[2]), d = vector::from(at[3]);
        constexpr int chains = widest >= vector::length ? 2 : 1;   // so that none waits for its last sum, as far as there are registers
        vector sum[chains][4];
        for (auto& chain : sum)
            for (vector& v : chain) v = vector::all(T{});
        const auto add = [&sum](int k, const vector& x0, const vector& x1, const vector& x2, const vector& x3) {
            const vector tap = vector::all(taps.of[k]);
            vector(&to)[4] = sum[k % chains];
            to[0] = fmadd(tap, x0, to[0]), to[1] = fmadd(tap, x1, to[1]), to[2] = fmadd(tap, x2, to[2]), to[3] = fmadd(tap, x3, to[3]);
        };
        constexpr int fours = length / 4;
        for (int q = 0; q < fours; ++q) {
            add(4 * q, a, b, c, d);
            a = vector::from(at[0] + q + 1);
            add(4 * q + 1, b, c, d, a);
            b = vector::from(at[1] + q + 1);
            add(4 * q + 2, c, d, a, b);
            c = vector::from(at[2] + q + 1);
            add(4 * q + 3, d, a, b, c);
            d = vector::from(at[3] + q + 1);
        }
        add(4 * fours, a, b, c, d);
        a = vector::from(at[0] + fours + 1);
        add(4 * fours + 1, b, c, d, a);

        T found[4][vector::length];
        for (int t = 0; t < 4; ++t) (chains == 2 ? sum[0][t] + sum[chains - 1][t] : sum[0][t]).to(found[t]);
        if (count == tile)
            for (int l = 0; l < vector::length; ++l)
                for (int t = 0; t < 4; ++t) y[4 * l + t] = found[t][l];
        else
            for (int n = 0; n < count; ++n) y[n] = found[n % 4][n / 4];
    }

    static constexpr int spare = 8;   ///< numbers that move() may reach beyond

    struct no_phases {
        T of[1][1]{};
    };
    struct four_phases {
        T of[4][(capacity + 3) / 4 + spare]{};   ///< sample n is number n / 4 of row n % 4
    };

    T past_[capacity + spare]{};   ///< samples in order
    [[no_unique_address]] std::conditional_t<has_blocks, four_phases, no_phases> phases_{};
    int end_ = length - 1;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
