// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/step/complex_lanes.hpp>
#include <phono/large_signal/step/look_ahead_mode.hpp>
#include <phono/large_signal/step/mode_memory.hpp>
#include <phono/math/by_turns.hpp>
#include <phono/math/lanes.hpp>

#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A circuit's modes of one kind in lockstep, four numbers side by side. Unused blocks take no time.
///
/// Kind: math::lanes<4> for real modes, complex_lanes<2> for conjugate ones; of two channels, by turns, lanes<8> and complex_lanes<4>.
/// Outputs come in rows of four. One that would need a row of its own is apart: a sum over the modes rather than over rows.
/// What a mode waits for is least: it is remembered without the drive of the previous sample, whose share of the outputs is a product with
/// a small constant matrix, the same for all modes (kernel_design::later).
/// (eq. 18 and 18a of large_signal/README.md)
template <class Kind, int most, int inputs, int outputs, int channels = 1>
class mode_bank {
    static constexpr bool is_real = std::is_same_v<Kind, math::lanes<4 * channels>>;
    static constexpr int side_by_side = is_real ? 4 : 2;
    static constexpr int blocks = most > 0 ? (most + side_by_side - 1) / side_by_side : 1;
    using turns = math::by_turns<channels>;
    using row = math::lanes<4 * channels>;

public:
    static constexpr bool is_last_apart = outputs % 4 == 1 && outputs > 1;
    static constexpr int rows = is_last_apart ? outputs / 4 : (outputs + 3) / 4;
    using output = row[rows];
    using number = typename turns::number;   ///< one of each channel
    using input = typename turns::input;

    void clear() noexcept { *this = mode_bank{}; }

    /// Adds a mode.
    void push(const look_ahead_mode<inputs, outputs>& mode) noexcept
    {
        const int b = count_ / side_by_side, lane = count_ % side_by_side;
        ++count_;
        store(block_[b].decay, lane, mode.decay);
        for (int j = 0; j < inputs; ++j) store(block_[b].drive[j], lane, (mode.decay * mode.weight[0] + mode.weight[1]) * mode.drive[j]);
        for (int o = 0; o < in_rows; ++o) {
            set(block_[b].read[lane][o / 4], o % 4, mode.read[o].re);
            if constexpr (!is_real) set(block_[b].read[lane + 2][o / 4], o % 4, -mode.read[o].im);
        }
        if constexpr (is_last_apart) store(block_[b].read_last, lane, math::conj(mode.read[outputs - 1]));
    }

    /// Takes the inputs of the previous sample, those from `active` on being 0, and adds what all before them contribute to the outputs of
    /// the next sample. This waits for no input of this sample or the previous one. Returns the contribution to an output that is apart.
    template <int active>
    number look_ahead(const input (&w)[inputs], output& y) noexcept
    {
        last_sum last{};
        for (int b = 0; b < used_blocks(); ++b) {
            block& m = block_[b];
            const Kind x = m.coming;
            m.was[1] = m.was[0];
            m.was[0] = x;
            Kind next = fmadd(m.decay, x, everywhere(w[0]) * m.drive[0]);
            for (int j = 1; j < active; ++j) next = fmadd(everywhere(w[j]), m.drive[j], next);
            m.coming = next;
            read(m, x, y, last);
        }
        return whole(last);
    }

    /// What the latest look_ahead() added, again.
    number read(output& y) const noexcept
    {
        last_sum last{};
        for (int b = 0; b < used_blocks(); ++b) read(block_[b], block_[b].was[0], y, last);
        return whole(last);
    }

    /// The memory of mode number n, between two samples.
    [[nodiscard]] early_memory memory(int n, int channel = 0) const noexcept
    {
        const block& m = block_[n / side_by_side];
        const int lane = n % side_by_side;
        return {at(m.coming, lane, channel), {at(m.was[0], lane, channel), at(m.was[1], lane, channel)}};
    }
    void set_memory(int n, const early_memory& to, int channel = 0) noexcept
    {
        block& m = block_[n / side_by_side];
        const int lane = n % side_by_side;
        store(m.coming, lane, to.coming, channel);
        for (int i = 0; i < 2; ++i) store(m.was[i], lane, to.was[i], channel);
    }

    void reset() noexcept
    {
        for (block& m : block_) m.coming = m.was[0] = m.was[1] = {};
    }

    void settle() noexcept
    {
        for (block& m : block_) settle_numbers<4 * channels>(m.coming);
    }

    /// The response of look_ahead() from the first input to output number `which`, at the point w = 1/z.
    [[nodiscard]] math::complex response(math::complex w, int which) const noexcept
    {
        math::complex sum{};
        for (int n = 0; n < count_; ++n) {
            const block& m = block_[n / side_by_side];
            const int lane = n % side_by_side;
            const auto part = [&](int of) { return m.read[of][which / 4][which % 4 * channels]; };
            math::complex read;
            if (is_last_apart && which == outputs - 1) read = math::conj(at(m.read_last, lane));
            else read = {part(lane), is_real ? 0.0 : -part(lane + side_by_side)};
            sum += look_ahead_response(at(m.decay, lane), {}, math::complex{1.0}, at(m.drive[0], lane), read, w);
        }
        return sum;
    }

private:
    struct block {
        Kind decay{}, drive[inputs]{};
        Kind coming{}, was[2]{};   ///< the mode at the sample after the next without this sample's drive and the next; so before
        row read[4][rows]{};       ///< of each number of a mode
        Kind read_last{};          ///< of an output that is apart, conjugate
    };
    static constexpr int in_rows = is_last_apart ? outputs - 1 : outputs;
    using last_sum = math::lanes<side_by_side * channels>;

    [[gnu::always_inline]] static auto everywhere(const input& w) noexcept { return turns::template everywhere<side_by_side>(w); }
    /// Number n of each mode, in every place of a row.
    template <int n>
    [[gnu::always_inline]] static auto everywhere(const Kind& x) noexcept
    {
        if constexpr (channels == 1) return x[n];
        else if constexpr (is_real) return turns::template everywhere<4, n>(x);
        else return turns::template everywhere<4, n % 2>(n < 2 ? x.re : x.im);
    }
    [[gnu::always_inline]] static number whole(const last_sum& last) noexcept
    {
        if constexpr (is_last_apart) return turns::sum_of_each(last);
        else return number{};
    }

    [[gnu::always_inline]] static void read(const block& m, const Kind& x, output& y, last_sum& last) noexcept
    {
        const auto first = everywhere<0>(x), second = everywhere<1>(x), third = everywhere<2>(x), fourth = everywhere<3>(x);
        for (int r = 0; r < rows; ++r)
            y[r] = y[r] + (fmadd(second, m.read[1][r], first * m.read[0][r]) + fmadd(fourth, m.read[3][r], third * m.read[2][r]));
        if constexpr (is_last_apart) last = weighed(m.read_last, x, last);
    }
    template <int N>
    static math::lanes<N> weighed(const math::lanes<N>& a, const math::lanes<N>& b, const math::lanes<N>& sum) noexcept
    {
        return fmadd(a, b, sum);
    }
    template <int N>
    static math::lanes<N> weighed(const complex_lanes<N>& a, const complex_lanes<N>& b, const math::lanes<N>& sum) noexcept
    {
        return fmadd(a.re, b.re, fmadd(a.im, b.im, sum));
    }
    static math::complex at(const Kind& x, int lane, int channel = 0) noexcept
    {
        const int place = lane * channels + channel;
        return {x[place], is_real ? 0.0 : x[place + side_by_side * channels]};
    }
    static void store(Kind& to, int lane, math::complex z, int channel) noexcept
    {
        const int place = lane * channels + channel;
        to.set(place, z.re);
        if constexpr (!is_real) to.set(place + side_by_side * channels, z.im);
    }
    /// The same number in all channels.
    static void store(Kind& to, int lane, math::complex z) noexcept
    {
        for (int c = 0; c < channels; ++c) store(to, lane, z, c);
    }
    static void set(row& to, int place, double x) noexcept
    {
        for (int c = 0; c < channels; ++c) to.set(place * channels + c, x);
    }
    int used_blocks() const noexcept { return (count_ + side_by_side - 1) / side_by_side; }

    block block_[blocks]{};
    int count_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
