// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/large_signal/solver/by_halves.hpp>
#include <phono/large_signal/solver/port_pair.hpp>
#include <phono/math/exchange_matrix.hpp>
#include <phono/math/lanes.hpp>

#include <limits>
#include <type_traits>

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
        grid_by_grids_ = grid_by_plates_ = plate_by_grids_ = plate_by_plates_ = {};
        for (int t = 0; t < count; ++t) {
            by_grid_[t] = by_plate_[t] = {};
            to_grid_[t] = to_plate_[t] = unit_[t] = {};
            halves::set(unit_[t], t, 1.0);
            halves::set(least_slope_, t, std::numeric_limits<double>::infinity());
        }
        for (int t = 0; t < used; ++t) {
            double most = 0.0;
            for (int i = 0; i < used; ++i) {
                halves::set(by_grid_[t].grid, i, k[2 * i][2 * t]), halves::set(by_grid_[t].plate, i, k[2 * i + 1][2 * t]);
                halves::set(by_plate_[t].grid, i, k[2 * i][2 * t + 1]), halves::set(by_plate_[t].plate, i, k[2 * i + 1][2 * t + 1]);
                halves::set(to_grid_[t], i, k[2 * t][2 * i + 1]), halves::set(to_plate_[t], i, k[2 * t + 1][2 * i + 1]);
                const int m = square::part(i, t);
                halves::set(grid_by_grids_[m], i, k[2 * i][2 * t]), halves::set(grid_by_plates_[m], i, k[2 * i][2 * t + 1]);
                halves::set(plate_by_grids_[m], i, k[2 * i + 1][2 * t]), halves::set(plate_by_plates_[m], i, k[2 * i + 1][2 * t + 1]);
                grids_[i][t] = {k[2 * i][2 * t], k[2 * i + 1][2 * t]};
            }
            for (int i = 0; i < ports; ++i) most = math::abs(k[i][2 * t]) > most ? math::abs(k[i][2 * t]) : most;
            halves::set(least_slope_, t, most > 0.0 ? negligible / most : std::numeric_limits<double>::min());
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
    /// K times these currents.
    [[nodiscard, gnu::always_inline]] pair voltages(const pair& i) const noexcept
    {
        return {grid_by_grids_ * i.grid + grid_by_plates_ * i.plate, plate_by_grids_ * i.grid + plate_by_plates_ * i.plate};
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
        numbers a[count];
        for (int c = 0; c < count; ++c)
            a[c] = unit_[c] - fmadd(plate_slope_.grid, by_plate_[c].grid, plate_slope_.plate * by_plate_[c].plate);
        find_grids();
        for (int g = 0; g < conducting_; ++g) {
            const pair& by = by_grid_[grid_[g]];
            grid_column_[g] = where_on(g, fmadd(plate_slope_.grid, by.grid, plate_slope_.plate * by.plate));
        }
        eliminate<0>(a);
        eliminate<2>(a);
        for_conducting([this](auto n) __attribute__((always_inline)) { this->template factor_grids<n()>(); });
    }

    /// (1 - S K)^-1 times these currents; those of grids that do not conduct stay.
    [[nodiscard, gnu::always_inline]] pair eliminated(const pair& of) const noexcept
    {
        pair b = of;
        b.plate = without_two<2>(without_two<0>(b.plate));
        for_conducting([&](auto n) __attribute__((always_inline)) { this->template eliminate_grids<n()>(b); });
        return b;
    }

    pair grid_slope_{}, plate_slope_{};   ///< S, by the voltages of grid and plate

private:
    static constexpr double negligible = 1e-7;   ///< slope of a grid's current, re the smallest conductance that meets it

    using square = math::exchange_matrix<count, 1, 4 * channels>;

    /// Finds the grids that conduct, in any channel.
    [[gnu::always_inline]] void find_grids() noexcept
    {
        const numbers slope = abs(grid_slope_.grid) + abs(grid_slope_.plate);
        unsigned on = places_at_most(least_slope_ - slope, 0.0);
        if constexpr (channels == 2) {
            if (on == 0) [[likely]] {
                conducting_ = 0;
                return;
            }
            is_on_ = where_above(slope, least_slope_, numbers::all(1.0), numbers{});
            on |= on >> count;
        }
        conducting_ = 0;
        for (int t = 0; t < used; ++t)
            if ((on >> t & 1U) != 0) grid_[conducting_++] = t;
    }
    /// Zero in a channel where the grid does not conduct.
    [[nodiscard, gnu::always_inline]] numbers where_on(int g, const numbers& x) const noexcept
    {
        if constexpr (channels == 1) return x;
        else return everywhere_at(is_on_, grid_[g]) * x;
    }
    [[nodiscard, gnu::always_inline]] static numbers everywhere_at(const numbers& x, int place) noexcept
    {
        return halves::everywhere(halves::at(x, place));
    }

    /// Factors two plates' columns: q x and q' x', where x are the numbers of a column for both plates in turn and x' those in the other order,
    /// eliminate them from it.
    template <int k>
    [[gnu::always_inline]] void eliminate(numbers (&a)[count]) noexcept
    {
        constexpr int two = k / 2;
        const numbers first = unit_[k] - a[k], second = unit_[k + 1] - a[k + 1];
        const numbers by_first = halves::template twice<two>(a[k]), by_second = halves::template twice<two>(a[k + 1]);
        const numbers first_other = by_first.template exchanged<1>(), second_other = by_second.template exchanged<1>();
        const numbers product = by_first * second_other;
        const numbers inverse = numbers::all(1.0) / (product - product.template exchanged<1>());   // of the determinant, + and - in turn
        pivot_[k] = inverse * fnmadd(first_other, second, second_other * first);
        pivot_[k + 1] = inverse * fnmadd(by_second, first, by_first * second);
        if constexpr (k == 0) a[2] = without_two<0>(a[2]), a[3] = without_two<0>(a[3]);
        for (int g = 0; g < conducting_; ++g) grid_column_[g] = without_two<k>(grid_column_[g]);
    }

    /// Eliminates the plates k and k + 1 from a column.
    template <int k>
    [[nodiscard, gnu::always_inline]] numbers without_two(const numbers& of) const noexcept
    {
        const numbers own = halves::template twice<k / 2>(of);
        return fmadd(own.template exchanged<1>(), pivot_[k + 1], fmadd(own, pivot_[k], of));
    }

    /// Calls with how many grids conduct, as a type, so that what is computed of each stays in registers; not if none does.
    [[gnu::always_inline]] void for_conducting(const auto& call) const noexcept
    {
        if (conducting_ == 0) return;
        if (conducting_ == 1) call(std::integral_constant<int, 1>{});
        else if (conducting_ == 2) call(std::integral_constant<int, 2>{});
        else if (conducting_ == 3) call(std::integral_constant<int, 3>{});
        else call(std::integral_constant<int, 4>{});
    }

    template <int n>
    [[gnu::always_inline]] void eliminate_grids(pair& b) const noexcept
    {
        numbers own[n];
#pragma GCC unroll 4
        for (int g = 0; g < n; ++g) {
            own[g] = halves::sum_everywhere(fmadd(unit_[grid_[g]], b.grid, grid_row_[g] * b.plate));
#pragma GCC unroll 4
            for (int h = 0; h < g; ++h) own[g] = fnmadd(rest_of_[g][h], own[h], own[g]);
        }
#pragma GCC unroll 4
        for (int g = n - 1; g >= 0; --g) {
#pragma GCC unroll 4
            for (int h = g + 1; h < n; ++h) own[g] = fnmadd(rest_of_[g][h], own[h], own[g]);
            own[g] = own[g] * rest_of_[g][g];
        }
#pragma GCC unroll 4
        for (int g = 0; g < n; ++g) {
            // By a comparison: a number that is stored into a vector keeps it from being loaded until it has left for the cache.
            b.grid = where_above(unit_[grid_[g]], numbers{}, own[g], b.grid);
            b.plate = fmadd(own[g], grid_column_[g], b.plate);
        }
    }
    template <int n>
    [[gnu::always_inline]] void factor_grids() noexcept
    {
#pragma GCC unroll 4
        for (int g = 0; g < n; ++g) {
            const int t = grid_[g];
            const numbers by_grid = where_on(g, everywhere_at(grid_slope_.grid, t));
            const numbers by_plate = where_on(g, everywhere_at(grid_slope_.plate, t));
            grid_row_[g] = fmadd(by_grid, to_grid_[t], by_plate * to_plate_[t]);
#pragma GCC unroll 4
            for (int h = 0; h < n; ++h) {
                const grid_pair& from = grids_[t][grid_[h]];
                const numbers own = fmadd(from.grid, by_grid, from.plate * by_plate);
                rest_of_[g][h] =
                    numbers::all(g == h ? 1.0 : 0.0) - where_on(h, own) - halves::sum_everywhere(grid_row_[g] * grid_column_[h]);
            }
        }
#pragma GCC unroll 4
        for (int k = 0; k < n; ++k) {
            rest_of_[k][k] = numbers::all(1.0) / rest_of_[k][k];
#pragma GCC unroll 4
            for (int g = k + 1; g < n; ++g) {
                rest_of_[g][k] = rest_of_[g][k] * rest_of_[k][k];
#pragma GCC unroll 4
                for (int h = k + 1; h < n; ++h) rest_of_[g][h] = fnmadd(rest_of_[g][k], rest_of_[k][h], rest_of_[g][h]);
            }
        }
    }

    /// From a grid's current to a triode's grid and plate.
    struct grid_pair {
        double grid = 0.0, plate = 0.0;
    };

    square grid_by_grids_{}, grid_by_plates_{}, plate_by_grids_{}, plate_by_plates_{};   ///< K
    pair by_grid_[count]{}, by_plate_[count]{};      ///< K, from the current of a triode's grid or plate
    numbers to_grid_[count]{}, to_plate_[count]{};   ///< K, from all plate currents to a triode's voltages
    grid_pair grids_[count][count]{};                ///< K, to a triode from a grid
    numbers unit_[count]{};                          ///< the unit matrix
    numbers least_slope_{};                          ///< of a grid that conducts
    numbers pivot_[count]{};                         ///< what eliminates plates, as eliminate() says
    int conducting_ = 0, grid_[count]{};             ///< grids that conduct
    numbers is_on_{};                                ///< 1 where one does, if there are two channels
    numbers grid_column_[count]{}, grid_row_[count]{};
    numbers rest_of_[count][count]{};   ///< the grids' equations, factored, in all places of a channel
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
