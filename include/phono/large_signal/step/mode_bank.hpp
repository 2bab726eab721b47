// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/step/complex_lanes.hpp>
#include <phono/large_signal/step/look_ahead_mode.hpp>
#include <phono/large_signal/step/mode_memory.hpp>
#include <phono/math/by_turns.hpp>
#include <phono/math/lanes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

enum class mode_kind { real, pair };   ///< pair: of two conjugate modes, one of which stands for both

/// A circuit's modes of one kind in lockstep, four numbers side by side: four real modes, or two pairs, the real parts and then the
/// imaginary ones. Of two channels by turns. Unused blocks take no time.
///
/// Outputs come in rows of four. One that would need a row of its own is apart: a sum over the modes rather than over rows.
/// What a mode waits for is least: it is remembered without the drive of the previous sample, whose share of the outputs is a product with
/// a small constant matrix, the same for all modes (kernel_design::later).
/// (eq. 18 and 18a of large_signal/README.md)
template <mode_kind kind, int most, int inputs, int outputs, int channels = 1>
class mode_bank {
    static constexpr bool is_real = kind == mode_kind::real;
    static constexpr int side_by_side = is_real ? 4 : 2;
    static constexpr int blocks = most > 0 ? (most + side_by_side - 1) / side_by_side : 1;
    using turns = math::by_turns<channels>;

public:
    using row = math::lanes<4 * channels>;
    using input = typename turns::input;
    static constexpr bool is_last_apart = outputs % 4 == 1 && outputs > 1;
    static constexpr int rows = is_last_apart ? outputs / 4 : (outputs + 3) / 4;
    using output = row[rows];

    void clear() noexcept { *this = mode_bank{}; }

    /// Adds a mode.
    void push(const look_ahead_mode<inputs, outputs>& mode) noexcept
    {
        const int b = count_ / side_by_side, lane = count_ % side_by_side;
        ++count_;
        used_ = b + 1;
        block& m = block_[b];
        store(m.decay, lane, {mode.decay.re, mode.decay.re});
        store(m.turn, lane, {-mode.decay.im, mode.decay.im});
        for (int j = 0; j < inputs; ++j) store(m.drive[j], lane, (mode.decay * mode.weight[0] + mode.weight[1]) * mode.drive[j]);
        for (int o = 0; o < in_rows; ++o) {
            set(m.read[lane][o / 4], o % 4, mode.read[o].re);
            if constexpr (!is_real) set(m.read[lane + 2][o / 4], o % 4, -mode.read[o].im);
        }
        if constexpr (is_last_apart) store(m.read_last, lane, math::conj(mode.read[outputs - 1]));
    }

    /// Takes the inputs of the previous sample, those from `active` on being 0, and adds what all before them contribute to the outputs of
    /// the next sample. This waits for no input of this sample or the previous one. An output that is apart is the sum of what is added to
    /// `last`.
    template <int active>
    void look_ahead(const input (&w)[inputs], output& y, row& last) noexcept
    {
        input own[active];   // a copy, which stays in registers while the modes are stored
        for (int j = 0; j < active; ++j) own[j] = w[j];
        const unsigned now = now_, next = (now + 1) % kept;
        for (int b = 0; b < used_; ++b) {
            block& m = block_[b];
            const row x = m.coming[now];
            row coming = fmadd(m.decay, x, own[0] * m.drive[0]);
            if constexpr (!is_real) coming = fmadd(m.turn, x.halves_exchanged(), coming);
            for (int j = 1; j < active; ++j) coming = fmadd(own[j], m.drive[j], coming);
            m.coming[next] = coming;
            read(m, x, y, last);
        }
        now_ = next;
    }

    /// What the latest look_ahead() added, again: that was what is now before what is coming.
    void read(output& y, row& last) const noexcept
    {
        for (int b = 0; b < used_; ++b) read(block_[b], block_[b].coming[before(1)], y, last);
    }

    /// The memory of mode number n, between two samples.
    [[nodiscard]] early_memory memory(int n, int channel = 0) const noexcept
    {
        const block& m = block_[n / side_by_side];
        const auto some_before = [&](int samples) { return at(m.coming[before(samples)], n % side_by_side, channel); };
        return {some_before(0), {some_before(1), some_before(2)}};
    }
    void set_memory(int n, const early_memory& to, int channel = 0) noexcept
    {
        block& m = block_[n / side_by_side];
        const int lane = n % side_by_side;
        store(m.coming[now_], lane, to.coming, channel);
        for (int i = 0; i < 2; ++i) store(m.coming[before(i + 1)], lane, to.was[i], channel);
    }

    /// Clears a channel's places of a block that no mode takes: an input that was not a number would stay in them.
    void clear_unused(int channel) noexcept
    {
        for (int n = count_; n < used_ * side_by_side; ++n)
            for (row& x : block_[used_ - 1].coming) store(x, n % side_by_side, {}, channel);
    }

    void reset() noexcept
    {
        for (block& m : block_)
            for (row& x : m.coming) x = {};
    }

    void settle() noexcept
    {
        for (block& m : block_) settle_numbers<4 * channels>(m.coming[now_]);
    }

    /// The response of look_ahead() from the first input to output number `which`, at the point w = 1/z.
    [[nodiscard]] math::complex response(math::complex w, int which) const noexcept
    {
        math::complex sum{};
        for (int n = 0; n < count_; ++n) {
            const block& m = block_[n / side_by_side];
            const int lane = n % side_by_side;
            const auto part = [&](int of) { return m.read[of][which / 4][which % 4 * channels]; };
            const math::complex decay{at(m.decay, lane).re, at(m.turn, lane).im};
            math::complex read;
            if (is_last_apart && which == outputs - 1) read = math::conj(at(m.read_last, lane));
            else read = {part(lane), is_real ? 0.0 : -part(lane + side_by_side)};
            sum += look_ahead_response(decay, {}, math::complex{1.0}, at(m.drive[0], lane), read, w);
        }
        return sum;
    }

private:
    static constexpr int in_rows = is_last_apart ? outputs - 1 : outputs;
    static constexpr unsigned kept = 4;

    struct block {
        row decay{}, turn{};   ///< the mode times its decay: each part times the first, plus the other part times the second
        row drive[inputs]{};
        row coming[kept]{};    ///< a ring of the mode at the sample after the next, without this sample's drive and the next
        row read[4][rows]{};   ///< of each number of a mode
        row read_last{};       ///< of an output that is apart, conjugate
    };

    /// Number n of each mode, in every place of a row.
    template <int n>
    [[gnu::always_inline]] static auto everywhere(const row& x) noexcept
    {
        return turns::template everywhere<4, n>(x);
    }
    [[gnu::always_inline]] static void read(const block& m, const row& x, output& y, row& last) noexcept
    {
        const auto first = everywhere<0>(x), second = everywhere<1>(x), third = everywhere<2>(x), fourth = everywhere<3>(x);
        for (int r = 0; r < rows; ++r)
            if constexpr (rows == 1)   // few triodes are solved in less time than a chain of products would take
                y[r] = y[r] + (fmadd(second, m.read[1][r], first * m.read[0][r]) + fmadd(fourth, m.read[3][r], third * m.read[2][r]));
            else
                y[r] =
                    fmadd(fourth, m.read[3][r], fmadd(third, m.read[2][r], fmadd(second, m.read[1][r], fmadd(first, m.read[0][r], y[r]))));
        if constexpr (is_last_apart) last = fmadd(m.read_last, x, last);
    }
    static math::complex at(const row& x, int lane, int channel = 0) noexcept
    {
        const int place = lane * channels + channel;
        return {x[place], is_real ? 0.0 : x[place + side_by_side * channels]};
    }
    static void store(row& to, int lane, math::complex z, int channel) noexcept
    {
        const int place = lane * channels + channel;
        to.set(place, z.re);
        if constexpr (!is_real) to.set(place + side_by_side * channels, z.im);
    }
    /// The same number in all channels.
    static void store(row& to, int lane, math::complex z) noexcept
    {
        for (int c = 0; c < channels; ++c) store(to, lane, z, c);
    }
    static void set(row& to, int place, double x) noexcept
    {
        for (int c = 0; c < channels; ++c) to.set(place * channels + c, x);
    }
    /// The place of what was coming some samples before.
    [[nodiscard]] unsigned before(int samples) const noexcept { return (now_ + kept - static_cast<unsigned>(samples)) % kept; }

    block block_[blocks]{};
    int count_ = 0, used_ = 0;   ///< modes, and the blocks that hold them
    unsigned now_ = 0;           ///< the place of what is coming
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
