// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/large_signal/solver/by_halves.hpp>
#include <phono/large_signal/solver/triode_laws.hpp>
#include <phono/math/lanes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A step of Newton's iteration for up to four triodes of one kind of law, side by side in vector registers, in one channel or in two.
///
/// Unknown are the currents: (1 - S K) step = i(p + K i) - i, S = di/dv, over the plates and those grids that conduct. The plates' rows are
/// eliminated in registers, two at once and a column each, without pivoting; what the grids leave is solved after them. What a vanishing
/// pivot spoils does not converge. A grid that conducts in one channel only is eliminated in both, with a slope of zero in the other.
/// (eq. 19 of large_signal/README.md)
template <int triodes, int channels = 1>
class newton_step {
    using halves = by_halves<channels>;

public:
    static constexpr bool is_possible = triodes > 1 && triodes <= four_triodes::count;
    using numbers = typename halves::numbers;
    using number = typename halves::number;
    static constexpr int count = four_triodes::count, ports = 2 * triodes;
    static constexpr int used = is_possible ? triodes : 0;
    using column = math::vector<double, ports>;   ///< grid, plate of the first, of the second ...

    /// A number for the grid and one for the plate of each triode.
    struct pair {
        numbers grid{}, plate{};

        friend pair operator+(const pair& a, const pair& b) noexcept { return {a.grid + b.grid, a.plate + b.plate}; }
        friend pair operator-(const pair& a, const pair& b) noexcept { return {a.grid - b.grid, a.plate - b.plate}; }
        friend pair fmadd(const auto& a, const pair& b, const pair& c) noexcept
        {
            return {fmadd(a, b.grid, c.grid), fmadd(a, b.plate, c.plate)};
        }

        /// Those of a channel.
        void set(int channel, const column& x) noexcept
        {
            for (int t = 0; t < count; ++t) {
                grid.set(4 * channel + t, t < used ? x[2 * t] : 0.0);
                plate.set(4 * channel + t, t < used ? x[2 * t + 1] : 0.0);
            }
        }
        void get(int channel, column& x) const noexcept
        {
            for (int t = 0; t < used; ++t) x[2 * t] = grid[4 * channel + t], x[2 * t + 1] = plate[4 * channel + t];
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
            halves::set(rest_.grid, t, rest[2 * from]), halves::set(rest_.plate, t, rest[2 * from + 1]);
            halves::set(current_at_rest_.grid, t, i.grid), halves::set(current_at_rest_.plate, t, i.plate);
            halves::set(grid_at_rest_.grid, t, i.grid_by_grid), halves::set(grid_at_rest_.plate, t, i.grid_by_plate);
            halves::set(plate_at_rest_.grid, t, i.plate_by_grid), halves::set(plate_at_rest_.plate, t, i.plate_by_plate);
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

    /// Takes p, the currents and their slopes for those of a channel's last solution.
    void start_from(const column& p, const column& current, const triode_currents (&slope)[triodes], int channel = 0) noexcept
    {
        if (!is_usable_) return;
        p_.set(channel, p), i_.set(channel, current);
        expected_.set(channel, {});
        for (pair& b : bend_) b.set(channel, {});
        for (int t = 0; t < used; ++t) {
            const int at = 4 * channel + t;
            grid_slope_.grid.set(at, slope[t].grid_by_grid), grid_slope_.plate.set(at, slope[t].grid_by_plate);
            plate_slope_.grid.set(at, slope[t].plate_by_grid), plate_slope_.plate.set(at, slope[t].plate_by_plate);
        }
        factor();
    }

    /// The slopes of a channel's last solution.
    void slopes(triode_currents (&slope)[triodes], int channel = 0) const noexcept
    {
        for (int t = 0; t < used; ++t) {
            const int at = 4 * channel + t;
            slope[t].grid_by_grid = grid_slope_.grid[at], slope[t].grid_by_plate = grid_slope_.plate[at];
            slope[t].plate_by_grid = plate_slope_.grid[at], slope[t].plate_by_plate = plate_slope_.plate[at];
        }
    }
    [[nodiscard]] bool is_usable() const noexcept { return is_usable_; }

protected:
    static constexpr double negligible = 1e-7;   ///< slope of a grid's current, re the smallest conductance that meets it
    /// V at a grid, hundredths of that at a plate; below 1 V times the size of p. After a step this short the laws are not evaluated again:
    /// convergence is quadratic. A grid diode, the sharpest bend away from a plate voltage of 0 V, leaves at most 20 times the square, 2e-7 V.
    static constexpr double straight = 1e-4, least_straight = 1e-11;
    /// Of a plate's voltage, or of 1 mV: near 0 V a plate's current bends within its own voltage, or within the last volt.
    static constexpr double straight_share = 1.5e-3;
    static constexpr double first_step = 4.0;   ///< V, the longest
    static constexpr int most_steps = 6;

    /// The residual currents at v, where the laws say this.
    [[nodiscard, gnu::always_inline]] pair residual(const pair& v, const triodes_together<4 * channels>& now) const noexcept
    {
        return {fnmadd(grid_at_rest_.plate, v.plate, fnmadd(grid_at_rest_.grid, v.grid, now.grid - current_at_rest_.grid)),
                fnmadd(plate_at_rest_.plate, v.plate, fnmadd(plate_at_rest_.grid, v.grid, now.plate - current_at_rest_.plate))};
    }
    /// Their slopes.
    [[nodiscard, gnu::always_inline]] pair grid_slope_of(const triodes_together<4 * channels>& now) const noexcept
    {
        return {now.grid_by_grid - grid_at_rest_.grid, now.grid_by_plate - grid_at_rest_.plate};
    }
    [[nodiscard, gnu::always_inline]] pair plate_slope_of(const triodes_together<4 * channels>& now) const noexcept
    {
        return {now.plate_by_grid - plate_at_rest_.grid, now.plate_by_plate - plate_at_rest_.plate};
    }

    /// The largest in volts, those at a plate divided by 100.
    [[nodiscard]] static number size_of(const pair& v) noexcept { return halves::largest_of_each(max(abs(v.grid), 0.01 * abs(v.plate))); }

    /// At most zero where the laws are as good as straight along a step that led to these voltages at the plates.
    [[nodiscard, gnu::always_inline]] number bend_of(const numbers& v, const numbers& step) const noexcept
    {
        const numbers whole = max(abs(rest_.plate + v), numbers::all(1e-3));
        return halves::largest_of_each(fmadd(-straight_share, whole, abs(step)));
    }

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
    /// What the next solution is expected to be beyond its slopes' prediction, the latest having been this far beyond its own.
    [[nodiscard]] pair expected_after(const pair& bend) const noexcept
    {
        return {extrapolated(bend.grid, bend_[0].grid, bend_[1].grid, bend_[2].grid),
                extrapolated(bend.plate, bend_[0].plate, bend_[1].plate, bend_[2].plate)};
    }

    pair rest_{};
    pair grid_slope_{}, plate_slope_{};   ///< of the residual currents, by the voltages of grid and plate
    pair p_{}, i_{};                      ///< of the last solution
    pair expected_{}, bend_[3]{};         ///< currents beyond the slopes' prediction: of the next solution; of the latest ones

private:
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

    pair current_at_rest_{};
    pair grid_at_rest_{}, plate_at_rest_{};          ///< slopes of the currents, by the voltages of grid and plate
    pair by_grid_[count]{}, by_plate_[count]{};      ///< K, from the current of a triode's grid or plate
    numbers to_grid_[count]{}, to_plate_[count]{};   ///< K, from all plate currents to a triode's voltages
    double least_slope_[count]{};                    ///< of a grid that conducts
    numbers pivot_[count]{};                         ///< what eliminates plates: to be added to a column times its number for that plate
    int grids_ = 0, grid_[count]{};                  ///< that conduct
    bool is_usable_ = false;
    number on_[count]{};   ///< 1 in a channel where it does, if there are two
    numbers grid_column_[count]{}, grid_row_[count]{};
    number rest_of_[count][count]{};   ///< the grids' equations, factored
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
