// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/large_signal/solver/triode_laws.hpp>
#include <phono/math/lanes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Newton's iteration for up to four triodes of one kind of law, side by side in vector registers: the quick way to nearly every solution of
/// v = p + K i(v). It gives up where a step is not at most half of the one before, or the first one too long; the port_solver then searches
/// with its safeguards.
///
/// Unknown are the currents: (1 - S K) step = i(p + K i) - i, S = di/dv, over the plates and those grids that conduct. The plates' rows are
/// eliminated in registers, two at once and a column each, without pivoting; what the grids leave is solved after them. What a vanishing
/// pivot spoils does not converge.
///
/// The search starts from the last solution along its slopes, and as far beyond as solutions of late let expect.
/// (eq. 19 and 20 of large_signal/README.md)
template <int triodes>
class newton_lanes {
public:
    static constexpr bool is_possible = triodes > 1 && triodes <= four_triodes::count;
    using numbers = four_triodes::numbers;
    static constexpr int count = four_triodes::count, ports = 2 * triodes;
    static constexpr int used = is_possible ? triodes : 0;
    using column = math::vector<double, ports>;   ///< grid, plate of the first, of the second ...

    /// A number for the grid and one for the plate of each triode.
    struct pair {
        numbers grid{}, plate{};

        friend pair operator+(const pair& a, const pair& b) noexcept { return {a.grid + b.grid, a.plate + b.plate}; }
        friend pair operator-(const pair& a, const pair& b) noexcept { return {a.grid - b.grid, a.plate - b.plate}; }
        friend pair fmadd(double a, const pair& b, const pair& c) noexcept
        {
            return {fmadd(a, b.grid, c.grid), fmadd(a, b.plate, c.plate)};
        }
    };

    /// Takes the laws, which outlive this, their operating points, their currents there and the circuit's K.
    void set(const triode_laws<triodes>& laws, const column& rest, const triode_currents (&at_rest)[triodes],
             const double (&k)[ports][ports]) noexcept
    {
        is_usable_ = is_possible && laws.is_of_four();
        if (!is_usable_) return;
        for (int t = 0; t < count; ++t) {
            const int from = t < used ? t : 0;   // the first one at rest fills up what is free
            const triode_currents& i = at_rest[from];
            rest_.grid.set(t, rest[2 * from]), rest_.plate.set(t, rest[2 * from + 1]);
            current_at_rest_.grid.set(t, i.grid), current_at_rest_.plate.set(t, i.plate);
            grid_at_rest_.grid.set(t, i.grid_by_grid), grid_at_rest_.plate.set(t, i.grid_by_plate);
            plate_at_rest_.grid.set(t, i.plate_by_grid), plate_at_rest_.plate.set(t, i.plate_by_plate);
            by_grid_[t] = by_plate_[t] = {};
            to_grid_[t] = to_plate_[t] = {};
            least_slope_[t] = 0.0;
        }
        for (int t = 0; t < used; ++t) {
            double most = 0.0;
            for (int i = 0; i < used; ++i) {
                by_grid_[t].grid.set(i, k[2 * i][2 * t]), by_grid_[t].plate.set(i, k[2 * i + 1][2 * t]);
                by_plate_[t].grid.set(i, k[2 * i][2 * t + 1]), by_plate_[t].plate.set(i, k[2 * i + 1][2 * t + 1]);
                to_grid_[t].set(i, k[2 * t][2 * i + 1]), to_plate_[t].set(i, k[2 * t + 1][2 * i + 1]);
            }
            for (int i = 0; i < ports; ++i) most = math::abs(k[i][2 * t]) > most ? math::abs(k[i][2 * t]) : most;
            least_slope_[t] = most > 0.0 ? negligible / most : 0.0;
        }
    }

    /// Takes p, the currents and their slopes for those of the last solution.
    void start_from(const column& p, const column& current, const triode_currents (&slope)[triodes]) noexcept
    {
        if (!is_usable_) return;
        p_ = i_ = grid_slope_ = plate_slope_ = {};
        for (int t = 0; t < used; ++t) {
            p_.grid.set(t, p[2 * t]), p_.plate.set(t, p[2 * t + 1]);
            i_.grid.set(t, current[2 * t]), i_.plate.set(t, current[2 * t + 1]);
            grid_slope_.grid.set(t, slope[t].grid_by_grid), grid_slope_.plate.set(t, slope[t].grid_by_plate);
            plate_slope_.grid.set(t, slope[t].plate_by_grid), plate_slope_.plate.set(t, slope[t].plate_by_plate);
        }
        expected_ = {};
        for (pair& b : bend_) b = {};
        factor();
    }

    /// The slopes of the last solution.
    void slopes(triode_currents (&slope)[triodes]) const noexcept
    {
        for (int t = 0; t < used; ++t) {
            slope[t].grid_by_grid = grid_slope_.grid[t], slope[t].grid_by_plate = grid_slope_.plate[t];
            slope[t].plate_by_grid = plate_slope_.grid[t], slope[t].plate_by_plate = plate_slope_.plate[t];
        }
    }
    [[nodiscard]] bool is_usable() const noexcept { return is_usable_; }

    /// Solves at p within so many evaluations of the laws, which it adds to `evaluations`. False if it gives up: the slopes are then still
    /// those of the last solution, and start_from() is to follow.
    [[nodiscard]] bool solve(const triode_laws<triodes>& laws, const column& p_column, int most, int& evaluations, column& v_column,
                             column& current) noexcept
    {
        pair p{};
        for (int t = 0; t < used; ++t) p.grid.set(t, p_column[2 * t]), p.plate.set(t, p_column[2 * t + 1]);
        const pair along = i_ + eliminated(changes(p - p_));
        const pair grid_slope = grid_slope_, plate_slope = plate_slope_;
        pair i = along + expected_;
        pair v = p + voltages(i);
        const double size = size_of(p), close = least_straight + straight * (size < 1.0 ? size : 1.0);
        double longest = first_step;
        // The search that follows is left most of the evaluations.
        for (int n = 0; n < most_steps && 3 * n < most; ++n) {
            ++evaluations;
            const pair step = eliminated(evaluate(laws, v) - i);
            const pair change = voltages(step);
            const double length = size_of(change);
            if (!(length <= longest)) break;
            i = i + step, v = v + change;
            if (length < close && is_straight(v.plate, change.plate)) {
                p_ = p, i_ = i;
                remember(i - along);
                for (int t = 0; t < used; ++t) {
                    v_column[2 * t] = v.grid[t], v_column[2 * t + 1] = v.plate[t];
                    current[2 * t] = i.grid[t], current[2 * t + 1] = i.plate[t];
                }
                return true;
            }
            longest = 0.5 * length;
        }
        grid_slope_ = grid_slope, plate_slope_ = plate_slope;
        return false;
    }

private:
    static constexpr double negligible = 1e-7;   ///< slope of a grid's current, re the smallest conductance that meets it
    /// V at a grid, hundredths of that at a plate; below 1 V times the size of p. After a step this short the laws are not evaluated again:
    /// convergence is quadratic. A grid diode, the sharpest bend away from a plate voltage of 0 V, leaves at most 20 times the square, 2e-7 V.
    static constexpr double straight = 1e-4, least_straight = 1e-11;
    /// Of a plate's voltage, or of 1 mV: near 0 V a plate's current bends within its own voltage, or within the last volt.
    static constexpr double straight_share = 1.5e-3;
    static constexpr double first_step = 4.0;   ///< V, the longest
    static constexpr int most_steps = 6;

    /// The residual currents at v; takes their slopes and factors 1 - S K.
    [[gnu::always_inline]] pair evaluate(const triode_laws<triodes>& laws, const pair& v) noexcept
    {
        four_triodes now;
        laws.four(rest_.grid + v.grid, rest_.plate + v.plate, now);
        grid_slope_ = {now.grid_by_grid - grid_at_rest_.grid, now.grid_by_plate - grid_at_rest_.plate};
        plate_slope_ = {now.plate_by_grid - plate_at_rest_.grid, now.plate_by_plate - plate_at_rest_.plate};
        factor();
        return {fnmadd(grid_at_rest_.plate, v.plate, fnmadd(grid_at_rest_.grid, v.grid, now.grid - current_at_rest_.grid)),
                fnmadd(plate_at_rest_.plate, v.plate, fnmadd(plate_at_rest_.grid, v.grid, now.plate - current_at_rest_.plate))};
    }

    /// The largest in volts, those at a plate divided by 100.
    [[nodiscard]] static double size_of(const pair& v) noexcept { return largest(max(abs(v.grid), 0.01 * abs(v.plate))); }

    /// True if the laws are as good as straight along a step that led to these voltages at the plates.
    [[nodiscard, gnu::always_inline]] bool is_straight(const numbers& v, const numbers& step) const noexcept
    {
        const numbers whole = max(abs(rest_.plate + v), numbers::all(1e-3));
        return largest(fmadd(-straight_share, whole, abs(step))) <= 0.0;
    }

    /// K times these currents: in two chains, since the longest one sets the time.
    [[nodiscard, gnu::always_inline]] pair voltages(const pair& i) const noexcept
    {
        pair by_grids{}, by_plates{};
        for (int t = 0; t < used; ++t) {
            by_grids = fmadd(i.grid[t], by_grid_[t], by_grids);
            by_plates = fmadd(i.plate[t], by_plate_[t], by_plates);
        }
        return by_grids + by_plates;
    }

    /// What a change of the voltages changes in the currents.
    [[nodiscard]] pair changes(const pair& v) const noexcept
    {
        return {fmadd(grid_slope_.grid, v.grid, grid_slope_.plate * v.plate),
                fmadd(plate_slope_.grid, v.grid, plate_slope_.plate * v.plate)};
    }

    [[gnu::always_inline]] void factor() noexcept
    {
        numbers a[count], unit[count];
        for (int c = 0; c < count; ++c) unit[c].set(c, 1.0);
        for (int c = 0; c < count; ++c)
            a[c] = unit[c] - fmadd(plate_slope_.grid, by_plate_[c].grid, plate_slope_.plate * by_plate_[c].plate);
        grids_ = 0;
        for (int t = 0; t < used; ++t)
            if (math::abs(grid_slope_.grid[t]) + math::abs(grid_slope_.plate[t]) > least_slope_[t]) grid_[grids_++] = t;
        for (int g = 0; g < grids_; ++g) {
            const pair& by = by_grid_[grid_[g]];
            grid_column_[g] = fmadd(plate_slope_.grid, by.grid, plate_slope_.plate * by.plate);
        }
#pragma GCC unroll 2
        for (int k = 0; k < count; k += 2) {
            const numbers first = unit[k] - a[k], second = unit[k + 1] - a[k + 1];
            const double aa = a[k][k], ab = a[k + 1][k], ba = a[k][k + 1], bb = a[k + 1][k + 1];
            const double inverse = 1.0 / (aa * bb - ab * ba);
            pivot_[k] = inverse * fnmadd(ba, second, bb * first);
            pivot_[k + 1] = inverse * fnmadd(ab, first, aa * second);
#pragma GCC unroll 2
            for (int c = k + 2; c < count; ++c) a[c] = without_two(k, a[c]);
            for (int g = 0; g < grids_; ++g) grid_column_[g] = without_two(k, grid_column_[g]);
        }
        for (int g = 0; g < grids_; ++g) {
            const int t = grid_[g];
            const double by_grid = grid_slope_.grid[t], by_plate = grid_slope_.plate[t];
            grid_row_[g] = fmadd(by_grid, to_grid_[t], by_plate * to_plate_[t]);
            for (int h = 0; h < grids_; ++h) {
                const pair& from = by_grid_[grid_[h]];
                rest_of_[g][h] =
                    (g == h ? 1.0 : 0.0) - (by_grid * from.grid[t] + by_plate * from.plate[t]) - sum_of(grid_row_[g] * grid_column_[h]);
            }
        }
        for (int k = 0; k < grids_; ++k) {
            rest_of_[k][k] = 1.0 / rest_of_[k][k];
            for (int g = k + 1; g < grids_; ++g) {
                rest_of_[g][k] *= rest_of_[k][k];
                for (int h = k + 1; h < grids_; ++h) rest_of_[g][h] -= rest_of_[g][k] * rest_of_[k][h];
            }
        }
    }

    /// Eliminates the plates k and k + 1 from a column.
    [[nodiscard, gnu::always_inline]] numbers without_two(int k, const numbers& of) const noexcept
    {
        return fmadd(of[k + 1], pivot_[k + 1], fmadd(of[k], pivot_[k], of));
    }

    /// (1 - S K)^-1 times these currents; those of grids that do not conduct stay.
    [[nodiscard, gnu::always_inline]] pair eliminated(const pair& of) const noexcept
    {
        pair b = of;
#pragma GCC unroll 2
        for (int k = 0; k < count; k += 2) b.plate = without_two(k, b.plate);
        if (grids_ == 0) return b;
        double own[count];
        for (int g = 0; g < grids_; ++g) {
            own[g] = b.grid[grid_[g]] + sum_of(grid_row_[g] * b.plate);
            for (int h = 0; h < g; ++h) own[g] -= rest_of_[g][h] * own[h];
        }
        for (int g = grids_ - 1; g >= 0; --g) {
            for (int h = g + 1; h < grids_; ++h) own[g] -= rest_of_[g][h] * own[h];
            own[g] *= rest_of_[g][g];
        }
        for (int g = 0; g < grids_; ++g) b.grid.set(grid_[g], own[g]), b.plate = fmadd(own[g], grid_column_[g], b.plate);
        return b;
    }

    /// Takes by how much the solution was beyond its slopes' prediction, and chooses what the next one is expected to be beyond its own.
    void remember(const pair& bend) noexcept
    {
        expected_ = {extrapolated(bend.grid, bend_[0].grid, bend_[1].grid, bend_[2].grid),
                     extrapolated(bend.plate, bend_[0].plate, bend_[1].plate, bend_[2].plate)};
        bend_[2] = bend_[1], bend_[1] = bend_[0], bend_[0] = bend;
    }
    /// From the latest and the three before it: as the latest, or along the line or the parabola through the latest, whichever missed the
    /// latest by least.
    [[nodiscard]] static numbers extrapolated(const numbers& latest, const numbers& last, const numbers& older,
                                              const numbers& oldest) noexcept
    {
        const numbers rise = latest - last, rise_before = last - older;
        const numbers turn = rise - rise_before, turn_before = rise_before - (older - oldest);
        const numbers off = abs(rise), off_line = abs(turn), off_parabola = abs(turn - turn_before);
        const numbers line = latest + rise, curve = where_above(off_line, off_parabola, line + turn, line);
        return where_above(off, where_above(off_line, off_parabola, off_parabola, off_line), curve, latest);
    }

    pair rest_{}, current_at_rest_{};
    pair grid_at_rest_{}, plate_at_rest_{};          ///< slopes of the currents, by the voltages of grid and plate
    pair grid_slope_{}, plate_slope_{};              ///< of the residual currents
    pair by_grid_[count]{}, by_plate_[count]{};      ///< K, from the current of a triode's grid or plate
    numbers to_grid_[count]{}, to_plate_[count]{};   ///< K, from all plate currents to a triode's voltages
    double least_slope_[count]{};                    ///< of a grid that conducts
    numbers pivot_[count]{};                         ///< what eliminates plates: to be added to a column times its number for that plate
    bool is_usable_ = false;
    int grids_ = 0, grid_[count]{};   ///< that conduct
    numbers grid_column_[count]{}, grid_row_[count]{};
    double rest_of_[count][count]{};   ///< the grids' equations, factored
    pair p_{}, i_{};                   ///< of the last solution
    pair expected_{}, bend_[3]{};      ///< currents beyond the slopes' prediction: of the next solution; of the latest ones
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
