// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/fitted_law.hpp>
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
class several_triodes {
    static constexpr int ports = 2 * count;

public:
    /// Of coordinates, four to a row; with room for the circuit's output where a row is not full.
    static constexpr int rows = ports / 4 + (ports % 4 == 0 ? 0 : 1);
    using matrix = double[ports][ports];

    /// Takes the tubes at their operating points, the circuit's K and the small-signal port voltages per volt of EMF at some frequencies.
    template <int frequencies>
    void set(const math::vector<biased_triode, count>& at_rest, const matrix& k,
             const math::vector<math::vector<math::complex, ports>, frequencies>& swings) noexcept
    {
        exact_.set(at_rest, k);
        has_squares_ = true;
        double reach[ports]{};
        for (const auto& v : swings)
            for (int i = 0; i < ports; ++i) reach[i] = math::abs(v[i]) > reach[i] ? math::abs(v[i]) : reach[i];
        for (int t = 0; t < count; ++t) {
            const int g = 2 * t, p = g + 1;
            struct swing {
                math::complex grid, plate;
            };
            math::vector<swing, frequencies> own{};
            for (int f = 0; f < frequencies; ++f) own[f] = {swings[f][g], swings[f][p]};
            const auto error = [&](double plate, double grid, double volts) {
                double worst = 0.0;
                for (int i = 0; i < ports; ++i) {
                    const double here = math::abs(k[i][p]) * plate + math::abs(k[i][g]) * grid;
                    const double relative = here * reach[g] / (reach[i] * volts);
                    worst = relative > worst ? relative : worst;
                }
                return worst;
            };
            if (!law_[t].fit(at_rest[t], own, error, square_error)) has_squares_ = false;
            for (int n = 0; n < polynomial::terms; ++n) plate_current_[n].set(t, law_[t].coefficient[n]);
            for (int b = 0; b <= 5; ++b)
                for (int a = 0; a <= 5 - b; ++a) {
                    by_x_[slope_polynomial::place(a, b)].set(t, (a + 1) * law_[t].coefficient[polynomial::place(a + 1, b)]);
                    by_y_[slope_polynomial::place(a, b)].set(t, (b + 1) * law_[t].coefficient[polynomial::place(a, b + 1)]);
                }
            for (int i = 0; i < ports; ++i) coordinates_of_ports[t][i] = coordinates_of_ports[count + t][i] = 0.0;
            weight_.set(t, reach[g] > 0.0 ? law_[t].half_width / reach[g] : 1.0);
            coordinates_of_ports[t][g] = 1.0 / law_[t].half_width;
            coordinates_of_ports[count + t][g] = law_[t].gain / law_[t].half_height;
            coordinates_of_ports[count + t][p] = 1.0 / law_[t].half_height;
            for (int from = 0; from < count; ++from) {
                const double to_grid = k[g][2 * from + 1], to_plate = k[p][2 * from + 1];
                to_x_[from].set(t, to_grid / law_[t].half_width);
                to_y_[from].set(t, (to_plate + law_[t].gain * to_grid) / law_[t].half_height);
            }
        }
        reset();
    }

    /// From port voltages to the solver's coordinates.
    matrix coordinates_of_ports{};

    /// Takes what unit currents, plates then grids, contribute to the coordinates of the next sample.
    void set_next(const math::lanes<4> (*next)[rows]) noexcept
    {
        for (int j = 0; j < ports; ++j)
            for (int r = 0; r < rows; ++r) next_[j][r] = next[j][r];
    }

    void reset() noexcept
    {
        exact_.reset();
        last_ = before_ = earlier_ = earliest_ = {};
        was_large_ = false;
        take_slopes({}, {});
    }
    /// Takes port voltages for the last solution, from which the search for the next one starts.
    void start_from(const math::vector<double, ports>& v) noexcept { exact_.start_from(v); }

    /// What solve_small() finds: the plate currents.
    using small_solution = math::lanes<count>;

    /// Solves at small signals, where all grid currents are 0; false if a tube is beyond its square, a value is not a number or the
    /// iteration fails to converge.
    [[nodiscard]] bool solve_small(const math::lanes<4> (&coordinates)[rows], small_solution& i) noexcept
    {
        return has_squares_ && iterate(coordinates, i);
    }
    /// Gives what a small solution contributes to the next sample's coordinates, and its currents: plates, then grids. Returns false: no
    /// grid draws current.
    bool add(const small_solution& i, math::lanes<4> (&next)[rows], double* currents) noexcept
    {
        remember(i);
        was_large_ = false;
        for (int t = 0; t < count; ++t) currents[t] = i[t], currents[count + t] = 0.0;
        for (int r = 0; r < rows; ++r) next[r] = product([&](int t) -> const math::lanes<4>& { return next_[t][r]; }, i);
        return false;
    }

    /// Nothing is tabulated beyond small signals.
    [[nodiscard]] static constexpr bool tabulated(const math::lanes<4> (&)[rows], double*) noexcept { return false; }

    /// Solves at any signal: the currents, plates then grids, and the voltages at the ports. False if no solution was found within so many
    /// evaluations of the laws.
    [[nodiscard]] bool large(const math::lanes<4> (&coordinates)[rows], int evaluations, double* currents,
                             math::vector<double, ports>& v) noexcept
    {
        math::vector<double, ports> p{};
        for (int t = 0; t < count; ++t) {
            p[2 * t] = at(coordinates, t) * law_[t].half_width;
            p[2 * t + 1] = at(coordinates, count + t) * law_[t].half_height - law_[t].gain * p[2 * t];
        }
        if (!exact_.solve(p, evaluations)) return false;
        for (int t = 0; t < count; ++t) currents[t] = exact_.currents()[2 * t + 1], currents[count + t] = exact_.currents()[2 * t];
        v = exact_.port_voltages();
        return true;
    }
    /// Gives what these currents contribute to the next sample's coordinates. Returns true: grid currents are among these.
    bool add_large(const double* currents, math::lanes<4> (&next)[rows]) noexcept
    {
        tubes plates;
        for (int t = 0; t < count; ++t) plates.set(t, currents[t]);
        remember(plates);
        was_large_ = true;
        for (int r = 0; r < rows; ++r) {
            next[r] = {};
            for (int j = 0; j < ports; ++j) next[r] = fmadd(currents[j], next_[j][r], next[r]);
        }
        return true;
    }
    /// Evaluations of the laws that large() took.
    [[nodiscard]] int evaluations() const noexcept { return exact_.evaluations(); }

private:
    using tubes = math::lanes<count>;
    using polynomial = fitted_law::polynomial;
    using slope_polynomial = bivariate_polynomial<5, 1>;
    static constexpr double square_error = 1e-7;   ///< at any port, re its small-signal swing when this tube is at the edge of its square
    static constexpr double tolerance = 1e-9;      ///< of the voltages, re the largest
    static constexpr int most_passes = 40;
    static constexpr double close = 0.03;   ///< to the tolerance: nearer, the next sample may need a third pass, and the slopes are renewed

    static double at(const math::lanes<4> (&coordinates)[rows], int i) noexcept { return coordinates[i / 4][i % 4]; }

    void remember(const tubes& i) noexcept { earliest_ = earlier_, earlier_ = before_, before_ = last_, last_ = i; }

    /// The coordinates of all grids, or from `count` on of all plates.
    static tubes from(const math::lanes<4> (&coordinates)[rows], int first) noexcept
    {
        if constexpr (count == 4) return coordinates[first / 4];
        tubes part;
        for (int t = 0; t < count; ++t) part.set(t, at(coordinates, first + t));
        return part;
    }
    /// The sum of column(t) i[t]: in two chains, since the longest one sets the time of a sample.
    static auto product(const auto& column, const tubes& i) noexcept
    {
        auto even = i[0] * column(0), odd = i[1] * column(1);
        for (int t = 2; t < count; t += 2) even = fmadd(i[t], column(t), even);
        for (int t = 3; t < count; t += 2) odd = fmadd(i[t], column(t), odd);
        return even + odd;
    }
    static tubes product(const tubes (&columns)[count], const tubes& i) noexcept
    {
        return product([&](int t) -> const tubes& { return columns[t]; }, i);
    }

    /// Each pass adds Newton's correction to voltages and currents at once. What it leaves is to the last correction as that was to the one
    /// before it, which saves the pass that would only confirm.
    [[nodiscard]] bool iterate(const math::lanes<4> (&coordinates)[rows], tubes& i) noexcept
    {
        i = fmadd(4.0, last_ + earlier_, fmadd(-6.0, before_, -1.0 * earliest_));
        tubes x = from(coordinates, 0) + product(to_x_, i), y = from(coordinates, count) + product(to_y_, i);
        if (was_large_ && !(largest(max(abs(x), abs(y))) <= 1.0)) return false;   // as before: the polynomials would tell nothing new
        tubes before{};
        for (int n = 0; n < most_passes; ++n) {
            const tubes off = polynomial::value([&](int term) -> const tubes& { return plate_current_[term]; }, x, y) - i;
            const tubes step_x = product(newton_x_, off), step_y = product(newton_y_, off);
            x = x + step_x, y = y + step_y;
            i = i + product(newton_, off);
            if (!(largest(max(abs(x), abs(y))) <= 1.0)) return false;
            const double allowed = tolerance * largest(weight_ * abs(x));
            const tubes change = weight_ * max(abs(step_x), abs(step_y));
            if (n == 0) before = tubes::all(allowed);
            const double excess = largest(change * change - allowed * before);
            if (excess <= 0.0) {
                if (n > 1) take_slopes(x, y);
                return math::is_finite(sum_of(x + y));   // a NaN may hide from `size`
            }
            before = change;
        }
        return false;
    }

    /// Takes the laws' slopes at these coordinates for the corrections to come.
    void take_slopes(const tubes& x, const tubes& y) noexcept
    {
        const tubes by_x = slope_polynomial::value([&](int term) -> const tubes& { return by_x_[term]; }, x, y);
        const tubes by_y = slope_polynomial::value([&](int term) -> const tubes& { return by_y_[term]; }, x, y);
        for (int t = 0; t < count; ++t) {
            const tubes e = fmadd(by_x, to_x_[t], by_y * to_y_[t]);
            newton_[t] = e;
            newton_[t].set(t, 1.0 + e[t]);
            newton_x_[t] = product(to_x_, newton_[t]);
            newton_y_[t] = product(to_y_, newton_[t]);
        }
    }

    port_solver<count, true> exact_{};
    fitted_law law_[count]{};
    tubes plate_current_[polynomial::terms]{};                                  ///< of the laws, side by side
    tubes to_x_[count]{}, to_y_[count]{};                                       ///< K from plate currents
    tubes by_x_[slope_polynomial::terms]{}, by_y_[slope_polynomial::terms]{};   ///< the laws' derivatives
    tubes newton_[count]{}, newton_x_[count]{}, newton_y_[count]{};             ///< 1 + f'K, and K times that
    math::lanes<4> next_[ports][rows]{};
    tubes weight_{};   ///< of coordinates: the EMF that moves a grid as far
    tubes last_{}, before_{}, earlier_{}, earliest_{};
    bool has_squares_ = true, was_large_ = false;   ///< was_large_: the last sample was
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
