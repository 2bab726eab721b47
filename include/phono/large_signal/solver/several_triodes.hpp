// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/fitted_triodes.hpp>
#include <phono/large_signal/solver/port_rows.hpp>
#include <phono/large_signal/solver/port_solver.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Several triodes in one circuit. At small signals i = f(p + K i), f the fitted laws, is solved by a simplified Newton iteration, whose
/// slopes are those of an earlier sample: its matrices are ready before the sample is. Since the slopes at the operating point are in the
/// circuit already, these are small, and 1 + f'K stands for the inverse of 1 - f'K. Beyond, the exact solver.
///
/// Coordinates: those of the fitted laws; all grids, then all plates.
/// (eq. 26 of large_signal/README.md)
template <int count>
class several_triodes : public fitted_triodes<count> {
    using fitted = fitted_triodes<count>;
    using typename fitted::tubes;

public:
    using fitted::ports, fitted::rows;
    using typename fitted::matrix, typename fitted::small_solution;

    /// Takes the tubes at their operating points, the circuit's K and the small-signal port voltages per volt of EMF at some frequencies.
    void set(const math::vector<biased_triode, count>& at_rest, const matrix& k, const auto& swings) noexcept
    {
        exact_.set(at_rest, k);
        fitted::set(at_rest, k, swings);
        reset();
    }

    void reset() noexcept
    {
        exact_.reset();
        last_ = before_ = earlier_ = earliest_ = {};
        was_large_ = false;
        this->take_slopes({}, {}, newton_);
    }
    /// Takes port voltages for the last solution, from which the search for the next one starts.
    void start_from(const math::vector<double, ports>& v) noexcept { exact_.start_from(v); }

    /// Solves at small signals, where all grid currents are 0; false if a tube is beyond its square, a value is not a number or the
    /// iteration fails to converge.
    [[nodiscard]] bool solve_small(const math::lanes<4> (&coordinates)[rows], small_solution& i) noexcept
    {
        return this->has_squares_ && iterate(coordinates, i);
    }
    /// Gives what a small solution contributes to the next sample's coordinates, and its currents: plates, then grids. Returns false: no
    /// grid draws current.
    bool add(const small_solution& i, math::lanes<4> (&next)[rows], double* currents) noexcept
    {
        remember(i);
        was_large_ = false;
        for (int t = 0; t < count; ++t) currents[t] = i[t], currents[count + t] = 0.0;
        for (int r = 0; r < rows; ++r) next[r] = this->next_of(r, i);
        return false;
    }

    /// Nothing is tabulated beyond small signals.
    [[nodiscard]] static constexpr bool tabulated(const math::lanes<4> (&)[rows], double*) noexcept { return false; }

    /// Solves at any signal: the currents, plates then grids, and the voltages at the ports. False if no solution was found within so many
    /// evaluations of the laws.
    [[nodiscard]] bool large(const math::lanes<4> (&coordinates)[rows], int evaluations, double* currents, port_rows<count>& v) noexcept
    {
        const auto p = this->ports_of(coordinates);
        if constexpr (exact::has_lanes) {
            typename exact::pair found_v, current;
            if (!exact_.solve({wide(p.grid), wide(p.plate)}, evaluations, found_v, current)) return false;
            for (int t = 0; t < count; ++t) currents[t] = current.plate[t], currents[count + t] = current.grid[t];
            v = {found_v.grid, found_v.plate};
        } else {
            typename exact::column own;
            for (int t = 0; t < count; ++t) own[2 * t] = p.grid[t], own[2 * t + 1] = p.plate[t];
            if (!exact_.solve(own, evaluations)) return false;
            for (int t = 0; t < count; ++t) currents[t] = exact_.currents()[2 * t + 1], currents[count + t] = exact_.currents()[2 * t];
            v = exact_.port_voltages();
        }
        return true;
    }
    /// Gives what these currents contribute to the next sample's coordinates. Returns true: grid currents are among these.
    bool add_large(const double* currents, math::lanes<4> (&next)[rows]) noexcept
    {
        tubes plates;
        for (int t = 0; t < count; ++t) plates.set(t, currents[t]);
        remember(plates);
        was_large_ = true;
        for (int r = 0; r < rows; ++r) next[r] = this->next_of_all(r, currents);
        return true;
    }
    /// Evaluations of the laws that large() took.
    [[nodiscard]] int evaluations() const noexcept { return exact_.evaluations(); }

private:
    using fitted::newton_, fitted::weight_, fitted::tolerance, fitted::most_passes;

    void remember(const tubes& i) noexcept { earliest_ = earlier_, earlier_ = before_, before_ = last_, last_ = i; }

    /// Each pass adds Newton's correction to voltages and currents at once. What it leaves is to the last correction as that was to the one
    /// before it, which saves the pass that would only confirm. Nearly every sample takes two passes: behind a first one that is
    /// not close it is not asked whether tubes are in their squares, and what change that allows, by the size of the voltages, holds for the
    /// second, too.
    [[nodiscard]] bool iterate(const math::lanes<4> (&coordinates)[rows], tubes& found) noexcept
    {
        tubes i = fmadd(4.0, last_ + earlier_, fmadd(-6.0, before_, -1.0 * earliest_));
        tubes x = fitted::template from<0>(coordinates) + this->to_x_ * i;
        tubes y = fitted::template from<count>(coordinates) + this->to_y_ * i;
        if (was_large_ && !is_within_square(x, y)) return false;   // as before: the polynomials would tell nothing new
        double allowed = 0.0;
        tubes before{};
        for (int n = 0; n < most_passes; ++n) {
            const tubes off = this->currents(x, y) - i;
            const tubes step_x = newton_.x * off, step_y = newton_.y * off;
            x = x + step_x, y = y + step_y;
            i = i + newton_.current * off;
            if (n != 1) allowed = tolerance * largest(weight_ * abs(x));
            const tubes change = weight_ * (abs(step_x) + abs(step_y));
            if (n == 0) before = tubes::all(allowed);
            const bool is_close = are_at_most(change * change - allowed * before, 0.0);
            before = change;
            if (n == 0 && !is_close) continue;
            if (!is_within_square(x, y)) return false;
            if (is_close) {
                found = i;
                if (n > 1) this->take_slopes(x, y, newton_);
                return true;
            }
        }
        return false;
    }
    /// Whether all tubes are in their squares; not so with a value that is not a number.
    [[nodiscard, gnu::always_inline]] static bool is_within_square(const tubes& x, const tubes& y) noexcept
    {
        return are_at_most(abs(x), 1.0) && are_at_most(abs(y), 1.0);
    }
    [[nodiscard, gnu::always_inline]] static bool are_at_most(const tubes& x, double most) noexcept
    {
        return places_at_most(x, most) == tubes::everywhere;
    }

    using exact = port_solver<count, true>;
    /// In as many places as port_pair has.
    [[gnu::always_inline]] static math::lanes<4> wide(const tubes& x) noexcept
    {
        if constexpr (count == 4) return x;
        else {
            math::lanes<4> r;
            for (int t = 0; t < count; ++t) r.set(t, x[t]);
            return r;
        }
    }

    exact exact_{};
    tubes last_{}, before_{}, earlier_{}, earliest_{};
    bool was_large_ = false;   ///< the last sample was
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
