// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/port_rows.hpp>
#include <phono/large_signal/solver/port_solver.hpp>
#include <phono/large_signal/solver/solution_table.hpp>

#include <limits>

namespace phono::inline v0_2::detail {

/// One triode in its circuit, solved by a table.
///
/// Coordinates: q = (1 + K G)^-1 p, what the circuit would present to the tube if that drew its quiescent currents: at the grid and at the
/// plate, each over half the width of the table's square. (In p the plate follows the grid through the stage's gain; q_plate is only what
/// the capacitors hold.) The square is the widest on which the polynomials err by at most 2e-8 of the small-signal voltages at its edge.
/// (eq. 23 and 24 of large_signal/README.md)
class one_triode {
    static constexpr int ports = 2;

    /// The error at the ports caused by errors of the currents, relative to the small-signal voltages there at the edge of the square.
    [[nodiscard]] auto at_ports() const noexcept
    {
        return [this](double plate, double grid) {
            const double a = by_plate_[0] * plate + by_grid_[0] * grid, b = by_plate_[1] * plate + by_grid_[1] * grid;
            return a > b ? a : b;
        };
    }
    [[nodiscard]] math::vector<double, 2> ports_at(double x, double y) const noexcept
    {
        math::vector<double, 2> p{};
        for (int i = 0; i < 2; ++i) p[i] = ports_of_coordinates_[i][0] * x + ports_of_coordinates_[i][1] * y;
        return p;
    }
    /// The exact currents to be tabulated; not numbers where there is no solution, so that nothing is tabulated there.
    auto exactly() noexcept
    {
        return [this](double x, double y) {
            math::lanes<2> currents = math::lanes<2>::all(std::numeric_limits<double>::quiet_NaN());
            if (exact_.solve(ports_at(x, y), evaluations_in_table)) currents = exact_currents();
            return currents;
        };
    }
    [[nodiscard]] math::lanes<2> exact_currents() const noexcept
    {
        math::lanes<2> currents;
        currents.set(0, exact_.currents()[1]), currents.set(1, exact_.currents()[0]);
        return currents;
    }

public:
    using matrix = double[ports][ports];

    /// Takes the tube at its operating point, the circuit's K and the small-signal port voltages per volt of EMF at some frequencies.
    void set(const math::vector<biased_triode, 1>& at_rest, const matrix& k, const auto& swings) noexcept
    {
        exact_.set(at_rest, k);
        for (int i = 0; i < 2; ++i)
            for (int j = 0; j < 2; ++j) k_[i][j] = k[i][j];
        const triode_currents slope = at_rest[0].law.currents(at_rest[0].vgk, at_rest[0].vpk);
        const double g[2][2] = {{slope.grid_by_grid, slope.grid_by_plate}, {slope.plate_by_grid, slope.plate_by_plate}};
        matrix m{};   // p of q
        for (int i = 0; i < 2; ++i)
            for (int j = 0; j < 2; ++j) m[i][j] = (i == j ? 1.0 : 0.0) + k[i][0] * g[0][j] + k[i][1] * g[1][j];
        const double scale = 1.0 / (m[0][0] * m[1][1] - m[0][1] * m[1][0]);
        const matrix inverse = {{m[1][1] * scale, -m[0][1] * scale}, {-m[1][0] * scale, m[0][0] * scale}};
        double most[2]{};
        for (const auto& v : swings)
            for (int i = 0; i < 2; ++i) {
                const double size = math::abs(inverse[i][0] * v[0] + inverse[i][1] * v[1]);
                most[i] = size > most[i] ? size : most[i];
            }
        // Half as much again for signals of several frequencies; a strip where no capacitor holds the plate, as in a follower without any.
        const double seen = most[0] > 0.0 ? 1.5 * most[1] / most[0] : 1.0, aspect = seen > flattest ? seen : flattest;
        for (double width = widest; width > narrowest; width *= 0.8) {
            const double half[2] = {width, aspect * width};
            for (int i = 0; i < 2; ++i) {
                for (int j = 0; j < 2; ++j)
                    ports_of_coordinates_[i][j] = m[i][j] * half[j], coordinates_of_ports[i][j] = inverse[i][j] / half[i];
                const double reach = math::abs(ports_of_coordinates_[i][0]) + math::abs(ports_of_coordinates_[i][1]);
                by_plate_[i] = math::abs(k[i][1]) / reach, by_grid_[i] = math::abs(k[i][0]) / reach;
            }
            table_.clear(half[0], half[1]);
            if (table_.fit_square(exactly(), at_ports(), square_error)) break;
        }
        const auto most_of_cell = [](double x) {
            const double swing = x < 1.0 ? 1.0 : x;
            return cell_error * (swing > 8.0 ? 8.0 : swing);
        };
        table_.fit_cells(exactly(), at_ports(), most_of_cell);
        reset();
    }

    /// From port voltages to the solver's coordinates.
    matrix coordinates_of_ports{};

    /// Takes what unit currents, plate and grid, contribute to the coordinates of the next sample.
    void set_next(const math::lanes<4> (*next)[1]) noexcept
    {
        for (int j = 0; j < 2; ++j) next_[j] = next[j][0];
        using plate = solution_table::plate_polynomial;
        using grid = solution_table::grid_polynomial;
        for (int n = 0; n < plate::terms; ++n) {
            small_[n] = table_.plate(n) * next_[0];
            small_[n].set(2, table_.plate(n)), small_[n].set(3, 0.0);
        }
        for (int b = 0; b < grid::rows; ++b)
            for (int a = 0; a <= grid::highest(b); ++a) {
                math::lanes<4>& term = small_[plate::place(a, b)];
                const double i = table_.grid(grid::place(a, b)), plate_current = term[2];
                term = fmadd(i, next_[1], term);
                term.set(2, plate_current), term.set(3, i);
            }
    }

    void reset() noexcept { exact_.reset(); }
    /// Takes port voltages for the last solution, from which the search for the next one starts.
    void start_from(const math::vector<double, 2>& v) noexcept { exact_.start_from(v); }

    /// What solve_small() finds: the contributions to the next sample's coordinates, then both currents.
    using small_solution = math::lanes<4>;

    /// Solves in the square; false beyond it. One polynomial for both currents, so that the next sample waits for nothing else.
    [[nodiscard]] bool solve_small(const math::lanes<4> (&coordinates)[1], small_solution& solved) const noexcept
    {
        const double x = coordinates[0][0], y = coordinates[0][1];
        // First, since beyond the square the polynomial is for nothing; a processor, which expects what came last, does not wait for this.
        if (!table_.is_small(x, y)) [[unlikely]]
            return false;
        const auto term = [&](int n) -> const math::lanes<4>& { return small_[n]; };
        solved = solution_table::plate_polynomial::flat_value(term, math::lanes<4>::all(x), math::lanes<4>::all(y));
        return true;
    }
    /// Gives what a small solution contributes to the next sample's coordinates, and its currents: plate, grid. Returns true: the grid
    /// current is always among these.
    static bool add(const small_solution& solved, math::lanes<4> (&next)[1], double* currents) noexcept
    {
        next[0] = solved;
        currents[0] = solved[2], currents[1] = solved[3];
        return true;
    }

    /// The currents, plate and grid, by the table beyond the square; false if they are not tabulated.
    [[nodiscard]] bool tabulated(double x, double y, double* currents) const noexcept
    {
        math::lanes<2> i;
        if (!table_(x, y, i)) return false;
        currents[0] = i[0], currents[1] = i[1];
        return true;
    }
    [[nodiscard]] bool tabulated(const math::lanes<4> (&coordinates)[1], double* currents) const noexcept
    {
        return tabulated(coordinates[0][0], coordinates[0][1], currents);
    }

    /// Solves beyond the square: the currents, plate and grid, and the voltages at the ports. False if no solution was found within so many
    /// evaluations of the laws.
    [[nodiscard]] bool large(double x, double y, int evaluations, double* currents, math::vector<double, 2>& v) noexcept
    {
        evaluations_ = 0;
        if (tabulated(x, y, currents)) {
            v = ports_at(x, y);
            for (int o = 0; o < 2; ++o) v[o] += k_[o][0] * currents[1] + k_[o][1] * currents[0];
            return true;
        }
        const bool solved = exact_.solve(ports_at(x, y), evaluations);
        evaluations_ = exact_.evaluations();
        if (!solved) return false;
        currents[0] = exact_.currents()[1], currents[1] = exact_.currents()[0];
        v = exact_.port_voltages();
        return true;
    }
    [[nodiscard]] bool large(const math::lanes<4> (&coordinates)[1], int evaluations, double* currents, port_rows<1>& v) noexcept
    {
        math::vector<double, 2> by_turns{};
        const bool is_solved = large(coordinates[0][0], coordinates[0][1], evaluations, currents, by_turns);
        v = by_turns;
        return is_solved;
    }
    /// Gives what these currents contribute to the next sample's coordinates. Returns true: the grid current is among these.
    bool add_large(const double* currents, math::lanes<4> (&next)[1]) const noexcept
    {
        next[0] = fmadd(currents[1], next_[1], currents[0] * next_[0]);
        return true;
    }
    /// Evaluations of the laws that large() took: none in the table.
    [[nodiscard]] int evaluations() const noexcept { return evaluations_; }

    const solution_table& table() const noexcept { return table_; }

private:
    static constexpr double widest = 8.0, narrowest = 1e-3;           ///< half of the square, volts at the grid
    static constexpr double flattest = 1e-3;                          ///< its least ratio of height to width
    static constexpr double square_error = 2e-8, cell_error = 1e-7;   ///< as at_ports() measures it; for a cell 8 squares out, 8 times that

    static constexpr int evaluations_in_table = 1000;

    port_solver<1> exact_{};
    double k_[2][2]{};
    int evaluations_ = 0;
    math::lanes<4> small_[solution_table::plate_polynomial::terms]{};   ///< to the next sample's coordinates, then the currents
    math::lanes<4> next_[2]{};
    solution_table table_{};
    matrix ports_of_coordinates_{};
    double by_plate_[2]{}, by_grid_[2]{};
};

}   // namespace phono::inline v0_2::detail
