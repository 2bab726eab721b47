// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/channel_set.hpp>
#include <phono/large_signal/solver/newton_step.hpp>
#include <phono/large_signal/solver/triode_laws.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Newton's iteration for up to four triodes of one kind of law in two channels at once: as newton_lanes for each, with the same results.
///
/// A step is for both. A channel that has arrived, or has given up, stays as it is while the other goes on, and so does one that is not to
/// be solved.
/// (eq. 19 and 20 of large_signal/README.md)
template <int triodes>
class paired_newton : public newton_step<triodes, 2> {
    using base = newton_step<triodes, 2>;
    using typename base::number;

public:
    using typename base::column, typename base::numbers, typename base::pair;

    /// Takes the laws, their operating points, their currents there and the circuit's K.
    void set(const triode_laws<triodes>& laws, const column& rest, const triode_currents (&at_rest)[triodes],
             const double (&k)[base::ports][base::ports]) noexcept
    {
        base::set(laws, rest, at_rest, k);
        if (this->is_usable()) values_ = laws.values_of_two(), eight_ = laws.eight();
    }

    /// The currents and port voltages of the last solutions, grids and plates, of one channel and then the other.
    struct solutions {
        pair current{}, v{};
    };

    /// Solves these channels at p within so many evaluations of the laws, which it adds to theirs. Returns those that are solved. Where it
    /// gives up the slopes are then still those of the last solution, and start_from() is to follow.
    [[nodiscard]] channel_set solve(channel_set wanted, const pair& p_of_wanted, int most, int (&evaluations)[2], solutions& found) noexcept
    {
        const pair p = chosen(wanted, p_of_wanted, p_);
        const pair along = i_ + this->eliminated(this->changes(p - p_));
        const pair grid_slope = grid_slope_, plate_slope = plate_slope_;
        pair i = along + expected_;
        pair v = p + this->voltages(i);
        const number size = base::size_of(p);
        number close, longest = number::all(base::first_step);
        for (int c = 0; c < 2; ++c) close.set(c, base::least_straight + base::straight * (size[c] < 1.0 ? size[c] : 1.0));
        channel_set open = wanted, solved;
        for (int n = 0; n < base::most_steps && 3 * n < most && open.has_any(); ++n) {
            for (int c = 0; c < 2; ++c)
                if (open.has(c)) ++evaluations[c];
            const pair step = this->eliminated(evaluate(v, open) - i);
            const pair change = this->voltages(step);
            const number length = base::size_of(change), bend = this->bend_of(v.plate + change.plate, change.plate);
            for (int c = 0; c < 2; ++c)
                if (!(length[c] <= longest[c])) open.remove(c);
            i = chosen(open, i + step, i), v = chosen(open, v + change, v);
            for (int c = 0; c < 2; ++c)
                if (open.has(c) && length[c] < close[c] && bend[c] <= 0.0) open.remove(c), solved.add(c);
            longest = 0.5 * length;
        }
        if (solved.has_any()) remember(i - along, solved);
        if (channel_set failed = wanted.without(solved); failed.has_any()) [[unlikely]] {
            pair safe_i = i, safe_v = v;   // only copies leave for memory
            const channel_set found_safely = this->safely(laws(), failed, size, most / 2, evaluations, safe_i, safe_v);
            i = safe_i, v = safe_v;
            expected_ = chosen(found_safely, {}, expected_);
            for (pair& b : bend_) b = chosen(found_safely, {}, b);
            solved = solved.with(found_safely), failed = failed.without(found_safely);
            if (failed.has_any())
                grid_slope_ = chosen(failed, grid_slope, grid_slope_), plate_slope_ = chosen(failed, plate_slope, plate_slope_);
        }
        p_ = chosen(solved, p, p_), i_ = chosen(solved, i, i_);
        found.current = i, found.v = v;
        return solved;
    }

private:
    using base::grid_slope_, base::plate_slope_, base::p_, base::i_, base::expected_, base::bend_, base::rest_, base::chosen;

    [[nodiscard, gnu::always_inline]] auto laws() const noexcept
    {
        return [this](const pair& whole) __attribute__((always_inline)) { return eight_(values_, whole.grid, whole.plate); };
    }
    /// The residual currents at v; takes their slopes in these channels and factors 1 - S K.
    [[gnu::always_inline]] pair evaluate(const pair& v, channel_set open) noexcept
    {
        const eight_triodes now = laws()(rest_ + v);
        this->take_slopes(now, open);
        return this->residual(v, now);
    }

    /// Takes by how much the solutions were beyond their slopes' prediction, and chooses what the next ones are expected to be beyond.
    void remember(const pair& bend, channel_set channels) noexcept
    {
        expected_ = chosen(channels, this->expected_after(bend), expected_);
        for (int n = 2; n > 0; --n) bend_[n] = chosen(channels, bend_[n - 1], bend_[n]);
        bend_[0] = chosen(channels, bend, bend_[0]);
    }

    eight_triodes::values values_{};   ///< of the laws
    decltype(any_law::kind::eight) eight_ = nullptr;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
