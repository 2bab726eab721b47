// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/fitted_law.hpp>
#include <phono/large_signal/solver/port_solver.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Several triodes in one circuit. At small signals v = p + K i with the fitted laws is solved by fixed-point iteration: the slopes at the
/// operating point are in the circuit already, so that each pass gains more than a digit. Beyond, the exact solver.
///
/// Coordinates: those of the fitted laws; all grids, then all plates.
/// (eq. 26 of large_signal/README.md)
template <int count>
class several_triodes {
    static constexpr int ports = 2 * count, rows = (ports + 4) / 4;

public:
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
            for (int i = 0; i < ports; ++i) coordinates_of_ports[t][i] = coordinates_of_ports[count + t][i] = 0.0;
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
        last_ = before_ = earlier_ = {};
    }
    /// Takes port voltages for the last solution, from which the search for the next one starts.
    void start_from(const math::vector<double, ports>& v) noexcept { exact_.start_from(v); }

    /// What solve_small() finds: the plate currents.
    using small_solution = math::lanes<count>;

    /// Solves at small signals, where all grid currents are 0; false if a tube is beyond its square, a value is not a number or the
    /// iteration fails to converge.
    [[nodiscard]] bool solve_small(const math::lanes<4> (&coordinates)[rows], small_solution& i) const noexcept
    {
        return has_squares_ && iterate(coordinates, i);
    }
    /// Adds to the next sample's coordinates what a small solution contributes, and stores its currents: plates, then grids. Returns false:
    /// no grid draws current.
    bool add(const small_solution& i, math::lanes<4> (&next)[rows], double* currents) noexcept
    {
        earlier_ = before_, before_ = last_;
        last_ = i;
        for (int t = 0; t < count; ++t) {
            currents[t] = i[t], currents[count + t] = 0.0;
            for (int r = 0; r < rows; ++r) next[r] = fmadd(i[t], next_[t][r], next[r]);
        }
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
    /// Adds to the next sample's coordinates what these currents contribute. Returns true: grid currents are among these.
    bool add_large(const double* currents, math::lanes<4> (&next)[rows]) noexcept
    {
        earlier_ = before_, before_ = last_;
        for (int t = 0; t < count; ++t) last_.set(t, currents[t]);
        for (int j = 0; j < ports; ++j)
            for (int r = 0; r < rows; ++r) next[r] = fmadd(currents[j], next_[j][r], next[r]);
        return true;
    }
    /// Evaluations of the laws that large() took.
    [[nodiscard]] int evaluations() const noexcept { return exact_.evaluations(); }

private:
    using tubes = math::lanes<count>;
    using polynomial = fitted_law::polynomial;
    static constexpr double square_error = 1e-7;   ///< at any port, re its small-signal swing when this tube is at the edge of its square
    static constexpr double tolerance = 1e-9;      ///< of the voltages, re the largest
    static constexpr int most_passes = 40;

    static double at(const math::lanes<4> (&coordinates)[rows], int i) noexcept { return coordinates[i / 4][i % 4]; }

    [[nodiscard]] bool iterate(const math::lanes<4> (&coordinates)[rows], tubes& i) const noexcept
    {
        tubes own_x, own_y, x, y;
        for (int t = 0; t < count; ++t) own_x.set(t, at(coordinates, t)), own_y.set(t, at(coordinates, count + t));
        i = fmadd(3.0, last_ - before_, earlier_);
        for (int n = 0; n < most_passes; ++n) {
            tubes next_x = own_x, next_y = own_y;
            for (int t = 0; t < count; ++t) {
                next_x = fmadd(i[t], to_x_[t], next_x);
                next_y = fmadd(i[t], to_y_[t], next_y);
            }
            const double size = largest(max(abs(next_x), abs(next_y)));
            const double change = largest(max(abs(next_x - x), abs(next_y - y)));
            x = next_x, y = next_y;
            if (!(size <= 1.0)) return false;
            if (change <= tolerance * size) return math::is_finite(sum_of(x + y));   // a NaN may hide from `size`
            i = polynomial::value([&](int term) -> const tubes& { return plate_current_[term]; }, x, y);
        }
        return false;
    }

    port_solver<count> exact_{};
    fitted_law law_[count]{};
    tubes plate_current_[polynomial::terms]{};   ///< of the laws, side by side
    tubes to_x_[count]{}, to_y_[count]{};        ///< K from plate currents
    math::lanes<4> next_[ports][rows]{};
    tubes last_{}, before_{}, earlier_{};
    bool has_squares_ = true;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
