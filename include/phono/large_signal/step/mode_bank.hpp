// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/step/complex_lanes.hpp>
#include <phono/large_signal/step/look_ahead_mode.hpp>
#include <phono/large_signal/step/mode_memory.hpp>
#include <phono/math/lanes.hpp>

#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A circuit's modes of one kind in lockstep, four numbers side by side. Unused blocks take no time.
///
/// Kind: math::lanes<4> for real modes, complex_lanes<2> for conjugate ones.
/// Outputs come in rows of four. One that would need a row of its own is apart: a sum over the modes rather than over rows.
/// What a mode waits for is least: it is remembered without the drive of the previous sample, whose share of the outputs is a product with
/// a small constant matrix, the same for all modes (kernel_design::later).
/// (eq. 18 and 18a of large_signal/README.md)
template <class Kind, int most, int inputs, int outputs>
class mode_bank {
    static constexpr bool is_real = std::is_same_v<Kind, math::lanes<4>>;
    static constexpr int side_by_side = is_real ? 4 : 2;
    static constexpr int blocks = most > 0 ? (most + side_by_side - 1) / side_by_side : 1;

public:
    static constexpr bool is_last_apart = outputs % 4 == 1 && outputs > 1;
    static constexpr int rows = is_last_apart ? outputs / 4 : (outputs + 3) / 4;
    using output = math::lanes<4>[rows];

    void clear() noexcept { *this = mode_bank{}; }

    /// Adds a mode.
    void push(const look_ahead_mode<inputs, outputs>& mode) noexcept
    {
        const int b = count_ / side_by_side, lane = count_ % side_by_side;
        ++count_;
        store(block_[b].decay, lane, mode.decay);
        for (int j = 0; j < inputs; ++j) store(block_[b].drive[j], lane, (mode.decay * mode.weight[0] + mode.weight[1]) * mode.drive[j]);
        for (int o = 0; o < in_rows; ++o) {
            block_[b].read[lane][o / 4].set(o % 4, mode.read[o].re);
            if constexpr (!is_real) block_[b].read[lane + 2][o / 4].set(o % 4, -mode.read[o].im);
        }
        if constexpr (is_last_apart) store(block_[b].read_last, lane, math::conj(mode.read[outputs - 1]));
    }

    /// Takes the inputs of the previous sample, those from `active` on being 0, and adds what all before them contribute to the outputs of
    /// the next sample. This waits for no input of this sample or the previous one. Returns the contribution to an output that is apart.
    template <int active>
    double look_ahead(const double (&w)[inputs], output& y) noexcept
    {
        last_sum last{};
        for (int b = 0; b < used_blocks(); ++b) {
            block& m = block_[b];
            const Kind x = m.coming;
            m.was[1] = m.was[0];
            m.was[0] = x;
            Kind next = fmadd(m.decay, x, w[0] * m.drive[0]);
            for (int j = 1; j < active; ++j) next = fmadd(w[j], m.drive[j], next);
            m.coming = next;
            read(m, x, y, last);
        }
        return is_last_apart ? sum_of(last) : 0.0;
    }

    /// What the latest look_ahead() added, again.
    double read(output& y) const noexcept
    {
        last_sum last{};
        for (int b = 0; b < used_blocks(); ++b) read(block_[b], block_[b].was[0], y, last);
        return is_last_apart ? sum_of(last) : 0.0;
    }

    /// The memory of mode number n, between two samples.
    [[nodiscard]] early_memory memory(int n) const noexcept
    {
        const block& m = block_[n / side_by_side];
        const int lane = n % side_by_side;
        return {number(m.coming, lane), {number(m.was[0], lane), number(m.was[1], lane)}};
    }
    void set_memory(int n, const early_memory& to) noexcept
    {
        block& m = block_[n / side_by_side];
        const int lane = n % side_by_side;
        store(m.coming, lane, to.coming);
        for (int i = 0; i < 2; ++i) store(m.was[i], lane, to.was[i]);
    }

    void reset() noexcept
    {
        for (block& m : block_) m.coming = m.was[0] = m.was[1] = {};
    }

    void settle() noexcept
    {
        for (block& m : block_) settle_numbers<4>(m.coming);
    }

    /// The response of look_ahead() from the first input to output number `which`, at the point w = 1/z.
    [[nodiscard]] math::complex response(math::complex w, int which) const noexcept
    {
        math::complex sum{};
        for (int n = 0; n < count_; ++n) {
            const block& m = block_[n / side_by_side];
            const int lane = n % side_by_side;
            const auto part = [&](int of) { return m.read[of][which / 4][which % 4]; };
            math::complex read;
            if (is_last_apart && which == outputs - 1) read = math::conj(number(m.read_last, lane));
            else read = {part(lane), is_real ? 0.0 : -part(lane + side_by_side)};
            sum += look_ahead_response(number(m.decay, lane), {}, math::complex{1.0}, number(m.drive[0], lane), read, w);
        }
        return sum;
    }

private:
    struct block {
        Kind decay{}, drive[inputs]{};
        Kind coming{}, was[2]{};          ///< the mode at the sample after the next without this sample's drive and the next; so before
        math::lanes<4> read[4][rows]{};   ///< of each number of a mode
        Kind read_last{};                 ///< of an output that is apart, conjugate
    };
    static constexpr int in_rows = is_last_apart ? outputs - 1 : outputs;
    using last_sum = math::lanes<side_by_side>;

    static void read(const block& m, const Kind& x, output& y, last_sum& last) noexcept
    {
        for (int r = 0; r < rows; ++r)
            y[r] = y[r] + (fmadd(x[1], m.read[1][r], x[0] * m.read[0][r]) + fmadd(x[3], m.read[3][r], x[2] * m.read[2][r]));
        if constexpr (is_last_apart) last = weighed(m.read_last, x, last);
    }
    static math::lanes<4> weighed(const math::lanes<4>& a, const math::lanes<4>& b, const math::lanes<4>& sum) noexcept
    {
        return fmadd(a, b, sum);
    }
    static math::lanes<2> weighed(const complex_lanes<2>& a, const complex_lanes<2>& b, const math::lanes<2>& sum) noexcept
    {
        return fmadd(a.re, b.re, fmadd(a.im, b.im, sum));
    }
    static math::complex number(const Kind& x, int lane) noexcept { return {x[lane], is_real ? 0.0 : x[lane + side_by_side]}; }
    static void store(Kind& at, int lane, math::complex z) noexcept
    {
        at.set(lane, z.re);
        if constexpr (!is_real) at.set(lane + side_by_side, z.im);
    }
    int used_blocks() const noexcept { return (count_ + side_by_side - 1) / side_by_side; }

    block block_[blocks]{};
    int count_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
