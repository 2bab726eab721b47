// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/large_signal/solver/by_halves.hpp>
#include <phono/large_signal/solver/port_pair.hpp>
#include <phono/math/lanes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Up to four triodes in their circuit by their slopes, side by side in vector registers, in one channel or in two: 1 - S K, S = di/dv, over
/// the plates and those grids that conduct, factored.
///
/// The plates' rows are eliminated in registers, two at once and a column each, without pivoting; what the grids leave is solved after
/// them. What a vanishing pivot spoils does not converge. A grid that conducts in one channel only is eliminated in both, with a slope of
/// zero in the other.
/// (eq. 19 of large_signal/README.md)
template <int triodes, int channels = 1>
class plate_elimination {
protected:
    using halves = by_halves<channels>;

public:
    using pair = port_pair<triodes, channels>;
    static constexpr bool is_possible = pair::is_possible;
    using numbers = typename halves::numbers;
    using number = typename halves::number;
    static constexpr int count = pair::count, used = pair::used, ports = 2 * triodes;
    using column = typename pair::column;

    /// Takes the circuit's K.
    void set(const double (&k)[ports][ports]) noexcept
    {
        for (int t = 0; t < count; ++t) {
            by_grid_[t] = by_plate_[t] = {};
            to_grid_[t] = to_plate_[t] = {};
            least_slope_[t] = 0.0;
        }
        for (int t = 0; t < used; ++t) {
            double most = 0.0;
            for (int i = 0; i < used; ++i) {
                halves::set(by_grid_[t].grid, i, k[2 * i][2 * t]), halves::set(by_grid_[t].plate, i, k[2 * i + 1][2 * t]);
                halves::set(by_plate_[t].grid, i, k[2 * i][2 * t + 1]), halves::set(by_plate_[t].plate, i, k[2 * i + 1][2 * t + 1]);
                halves::set(to_grid_[t], i, k[2 * t][2 * i + 1]), halves::set(to_plate_[t], i, k[2 * t + 1][2 * i + 1]);
            }
            for (int i = 0; i < ports; ++i) most = math::abs(k[i][2 * t]) > most ? math::abs(k[i][2 * t]) : most;
            least_slope_[t] = most > 0.0 ? negligible / most : 0.0;
        }
    }

    /// Takes the slopes of a channel's currents, and gives them.
    void set_slopes(const triode_currents (&slope)[triodes], int channel) noexcept
    {
        for (int t = 0; t < used; ++t) {
            const int at = 4 * channel + t;
            grid_slope_.grid.set(at, slope[t].grid_by_grid), grid_slope_.plate.set(at, slope[t].grid_by_plate);
            plate_slope_.grid.set(at, slope[t].plate_by_grid), plate_slope_.plate.set(at, slope[t].plate_by_plate);
        }
    }
    void slopes(triode_currents (&slope)[triodes], int channel = 0) const noexcept
    {
        for (int t = 0; t < used; ++t) {
            const int at = 4 * channel + t;
            slope[t].grid_by_grid = grid_slope_.grid[at], slope[t].grid_by_plate = grid_slope_.plate[at];
            slope[t].plate_by_grid = plate_slope_.grid[at], slope[t].plate_by_plate = plate_slope_.plate[at];
        }
    }

protected:
    /// K times these currents: in two chains, since the longest one sets the time.
    [[nodiscard, gnu::always_inline]] pair voltages(const pair& i) const noexcept
    {
        pair by_grids{}, by_plates{};
        add_voltages<0>(i, by_grids, by_plates);
        return by_grids + by_plates;
    }

    /// What a change of the voltages changes in the currents.
    [[nodiscard]] pair changes(const pair& v) const noexcept
    {
        return {fmadd(grid_slope_.grid, v.grid, grid_slope_.plate * v.plate),
                fmadd(plate_slope_.grid, v.grid, plate_slope_.plate * v.plate)};
    }

    /// Factors 1 - S K.
    [[gnu::always_inline]] void factor() noexcept
    {
        numbers a[count], unit[count];
        for (int c = 0; c < count; ++c) halves::set(unit[c], c, 1.0);
        for (int c = 0; c < count; ++c)
            a[c] = unit[c] - fmadd(plate_slope_.grid, by_plate_[c].grid, plate_slope_.plate * by_plate_[c].plate);
        find_grids();
        for (int g = 0; g < grids_; ++g) {
            const pair& by = by_grid_[grid_[g]];
            grid_column_[g] = conducting(g, fmadd(plate_slope_.grid, by.grid, plate_slope_.plate * by.plate));
        }
        eliminate<0>(a, unit);
        eliminate<2>(a, unit);
        if (grids_ > 0) factor_grids();
    }

    /// (1 - S K)^-1 times these currents; those of grids that do not conduct stay.
    [[nodiscard, gnu::always_inline]] pair eliminated(const pair& of) const noexcept
    {
        pair b = of;
        b.plate = without_two<2>(without_two<0>(b.plate));
        if (grids_ == 0) return b;
        number own[count];
        for (int g = 0; g < grids_; ++g) {
            own[g] = halves::at(b.grid, grid_[g]) + halves::sum_of_each(grid_row_[g] * b.plate);
            for (int h = 0; h < g; ++h) own[g] = own[g] - rest_of_[g][h] * own[h];
        }
        for (int g = grids_ - 1; g >= 0; --g) {
            for (int h = g + 1; h < grids_; ++h) own[g] = own[g] - rest_of_[g][h] * own[h];
            own[g] = own[g] * rest_of_[g][g];
        }
        for (int g = 0; g < grids_; ++g)
            halves::set(b.grid, grid_[g], own[g]), b.plate = fmadd(halves::everywhere(own[g]), grid_column_[g], b.plate);
        return b;
    }

    pair grid_slope_{}, plate_slope_{};   ///< S, by the voltages of grid and plate

private:
    static constexpr double negligible = 1e-7;   ///< slope of a grid's current, re the smallest conductance that meets it

    template <int t>
    [[gnu::always_inline]] void add_voltages(const pair& i, pair& by_grids, pair& by_plates) const noexcept
    {
        if constexpr (t < used) {
            by_grids = fmadd(halves::template everywhere<t>(i.grid), by_grid_[t], by_grids);
            by_plates = fmadd(halves::template everywhere<t>(i.plate), by_plate_[t], by_plates);
            add_voltages<t + 1>(i, by_grids, by_plates);
        }
    }

    /// Finds the grids that conduct.
    [[gnu::always_inline]] void find_grids() noexcept
    {
        grids_ = 0;
        for (int t = 0; t < used; ++t)
            if constexpr (channels == 1) {
                if (math::abs(grid_slope_.grid[t]) + math::abs(grid_slope_.plate[t]) > least_slope_[t]) grid_[grids_++] = t;
            } else {
                bool is_on[channels];
                for (int c = 0; c < channels; ++c)
                    is_on[c] = math::abs(grid_slope_.grid[4 * c + t]) + math::abs(grid_slope_.plate[4 * c + t]) > least_slope_[t];
                if (!is_on[0] && !is_on[1]) continue;
                for (int c = 0; c < channels; ++c) on_[grids_].set(c, is_on[c] ? 1.0 : 0.0);
                grid_[grids_++] = t;
            }
    }
    /// Zero in a channel where the grid does not conduct.
    [[nodiscard, gnu::always_inline]] numbers conducting(int g, const numbers& x) const noexcept
    {
        if constexpr (channels == 1) return x;
        else return halves::everywhere(on_[g]) * x;
    }
    [[nodiscard, gnu::always_inline]] number conducting(int g, const number& x) const noexcept requires(channels > 1) { return on_[g] * x; }
    [[nodiscard, gnu::always_inline]] double conducting(int, double x) const noexcept { return x; }

    template <int k>
    [[gnu::always_inline]] void eliminate(numbers (&a)[count], const numbers (&unit)[count]) noexcept
    {
        const numbers first = unit[k] - a[k], second = unit[k + 1] - a[k + 1];
        const auto aa = halves::template everywhere<k>(a[k]), ab = halves::template everywhere<k>(a[k + 1]);
        const auto ba = halves::template everywhere<k + 1>(a[k]), bb = halves::template everywhere<k + 1>(a[k + 1]);
        const auto inverse = reciprocal(aa * bb - ab * ba);
        pivot_[k] = inverse * fnmadd(ba, second, bb * first);
        pivot_[k + 1] = inverse * fnmadd(ab, first, aa * second);
        if constexpr (k == 0) a[2] = without_two<0>(a[2]), a[3] = without_two<0>(a[3]);
        for (int g = 0; g < grids_; ++g) grid_column_[g] = without_two<k>(grid_column_[g]);
    }
    [[gnu::always_inline]] static double reciprocal(double x) noexcept { return 1.0 / x; }
    template <int N>
    [[gnu::always_inline]] static math::lanes<N> reciprocal(const math::lanes<N>& x) noexcept
    {
        return math::lanes<N>::all(1.0) / x;
    }

    /// Eliminates the plates k and k + 1 from a column.
    template <int k>
    [[nodiscard, gnu::always_inline]] numbers without_two(const numbers& of) const noexcept
    {
        return fmadd(halves::template everywhere<k + 1>(of), pivot_[k + 1], fmadd(halves::template everywhere<k>(of), pivot_[k], of));
    }

    [[gnu::always_inline]] void factor_grids() noexcept
    {
        for (int g = 0; g < grids_; ++g) {
            const int t = grid_[g];
            const number by_grid = conducting(g, halves::at(grid_slope_.grid, t)),
                         by_plate = conducting(g, halves::at(grid_slope_.plate, t));
            grid_row_[g] = fmadd(halves::everywhere(by_grid), to_grid_[t], halves::everywhere(by_plate) * to_plate_[t]);
            for (int h = 0; h < grids_; ++h) {
                const pair& from = by_grid_[grid_[h]];
                rest_of_[g][h] = halves::all(g == h ? 1.0 : 0.0) -
                                 conducting(h, by_grid * halves::at(from.grid, t) + by_plate * halves::at(from.plate, t)) -
                                 halves::sum_of_each(grid_row_[g] * grid_column_[h]);
            }
        }
        for (int k = 0; k < grids_; ++k) {
            rest_of_[k][k] = reciprocal(rest_of_[k][k]);
            for (int g = k + 1; g < grids_; ++g) {
                rest_of_[g][k] = rest_of_[g][k] * rest_of_[k][k];
                for (int h = k + 1; h < grids_; ++h) rest_of_[g][h] = rest_of_[g][h] - rest_of_[g][k] * rest_of_[k][h];
            }
        }
    }

    pair by_grid_[count]{}, by_plate_[count]{};      ///< K, from the current of a triode's grid or plate
    numbers to_grid_[count]{}, to_plate_[count]{};   ///< K, from all plate currents to a triode's voltages
    double least_slope_[count]{};                    ///< of a grid that conducts
    numbers pivot_[count]{};                         ///< what eliminates plates: to be added to a column times its number for that plate
    int grids_ = 0, grid_[count]{};                  ///< that conduct
    number on_[count]{};                             ///< 1 in a channel where it does, if there are two
    numbers grid_column_[count]{}, grid_row_[count]{};
    number rest_of_[count][count]{};   ///< the grids' equations, factored
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
