// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/newton_step.hpp>
#include <phono/large_signal/solver/triode_laws.hpp>

namespace phono::inline v0_2::detail {

/// Newton's iteration for up to four triodes of one kind of law, side by side in vector registers: the quick way to nearly every solution of
/// v = p + K i(v). Where a step is not at most half of the one before, or the first one too long, it goes on with the safeguards of
/// port_solver. Where that takes too many evaluations it gives up; the port_solver then searches in its other ways.
///
/// The search starts from the last solution along its slopes, and as far beyond as solutions of late let expect.
/// (eq. 19 and 20 of large_signal/README.md)
template <int triodes>
class newton_lanes : public newton_step<triodes> {
    using base = newton_step<triodes>;
    using typename base::numbers, typename base::pair;

public:
    using typename base::column;

    /// Solves at p within so many evaluations of the laws, which it adds to `evaluations`. False if it gives up: the slopes are then still
    /// those of the last solution, and start_from() is to follow.
    [[nodiscard]] bool solve(const triode_laws<triodes>& laws, const pair& p, int most, int& evaluations, pair& v_found,
                             pair& current) noexcept
    {
        const pair along = i_ + this->eliminated(this->changes(p - p_));
        const pair grid_slope = grid_slope_, plate_slope = plate_slope_;
        pair i = along + expected_;
        pair v = p + this->voltages(i);
        const double size = base::size_of(p), close = base::least_straight + base::straight * (size < 1.0 ? size : 1.0);
        double longest = base::first_step;
        // The search that follows is left most of the evaluations.
        for (int n = 0; n < base::most_steps && 3 * n < most; ++n) {
            ++evaluations;
            const pair step = this->eliminated(evaluate(laws, v) - i);
            const pair change = this->voltages(step);
            const double length = base::size_of(change);
            if (!(length <= longest)) break;
            i = i + step, v = v + change;
            if (length < close && this->bend_of(v.plate, change.plate) <= 0.0) {
                p_ = p, i_ = i;
                remember(i - along);
                v_found = v, current = i;
                return true;
            }
            longest = 0.5 * length;
        }
        channel_set open;
        open.add(0);
        int spent[] = {evaluations};
        const auto laws_at = [&laws](const pair& whole) __attribute__((always_inline)) { return laws.four(whole.grid, whole.plate); };
        const bool is_solved = this->safely(laws_at, open, size, most / 2, spent, i, v).has_any();
        evaluations = spent[0];
        if (is_solved) {
            p_ = p, i_ = i;
            expected_ = {};
            for (pair& b : bend_) b = {};
            v_found = v, current = i;
            return true;
        }
        grid_slope_ = grid_slope, plate_slope_ = plate_slope;
        return false;
    }

private:
    using base::grid_slope_, base::plate_slope_, base::p_, base::i_, base::expected_, base::bend_, base::rest_;

    /// The residual currents at v; takes their slopes and factors 1 - S K.
    [[gnu::always_inline]] pair evaluate(const triode_laws<triodes>& laws, const pair& v) noexcept
    {
        const four_triodes now = laws.four(rest_.grid + v.grid, rest_.plate + v.plate);
        grid_slope_ = this->grid_slope_of(now), plate_slope_ = this->plate_slope_of(now);
        this->factor();
        return this->residual(v, now);
    }

    /// Takes by how much the solution was beyond its slopes' prediction, and chooses what the next one is expected to be beyond its own.
    void remember(const pair& bend) noexcept
    {
        expected_ = this->expected_after(bend);
        bend_[2] = bend_[1], bend_[1] = bend_[0], bend_[0] = bend;
    }
};

}   // namespace phono::inline v0_2::detail
