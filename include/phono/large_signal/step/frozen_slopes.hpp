// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/large_signal/modes/port_modes.hpp>
#include <phono/large_signal/step/exponential_step.hpp>
#include <phono/math/matrix.hpp>

#include <limits>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The voltages of a triode, on a coarse grid, at which the steps of its circuit's modes are not stable.
struct steep_states {
    static constexpr double grid_level[] = {-1.0, 0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0, 256.0};
    static constexpr double plate_level[] = {0.1, 0.5, 3.0, 20.0, 100.0, 200.0};
    static constexpr int levels = sizeof grid_level / sizeof(double), plates = sizeof plate_level / sizeof(double);

    bool at[levels][plates]{};

    /// True if a state of at most so many volts at the grid is steep.
    [[nodiscard]] bool has_any(double highest_grid = grid_level[levels - 1]) const noexcept
    {
        for (int l = 0; l < levels && grid_level[l] <= highest_grid; ++l)
            for (const bool steep : at[l])
                if (steep) return true;
        return false;
    }
    /// No state at this grid voltage or below is steep.
    [[nodiscard]] double calm_up_to() const noexcept
    {
        double calm = -std::numeric_limits<double>::infinity();
        for (int l = 0; l < levels && !has_any(grid_level[l]); ++l)
            calm = l < levels - 1 ? grid_level[l] : std::numeric_limits<double>::infinity();
        return calm;
    }
    /// True if one of the two states around these voltages, at the next higher grid voltage, is steep.
    [[nodiscard]] bool has(double grid, double plate) const noexcept
    {
        int l = 0, p = 0;
        while (l < levels - 1 && grid > grid_level[l]) ++l;
        while (p < plates - 1 && plate > plate_level[p]) ++p;
        return at[l][p] || at[l][p > 0 ? p - 1 : 0];
    }
};

/// Finds the states in which the steps of a circuit's modes are not stable with the triodes held where they are.
///
/// With the residual slopes S of frozen triodes the discrete circuit closes the loop v = K(zeta) S v. K has no poles outside the unit
/// circle, so that det(1 - K S) winds round 0 along the circle as often as there are modes that grow (the argument principle). The triodes
/// are tried from near cut-off to far into grid current, at plate voltages down to where the laws end, each alone and all together. The
/// circle is drawn in near half the rate, so that modes which alternate from sample to sample for long count too.
///
/// A necessary condition, not a sufficient one: for triodes whose slopes move nothing follows.
/// (eq. 32 of large_signal/README.md)
template <netlist_size size>
class frozen_slopes {
    using modes_type = port_modes<size>;
    static constexpr int ports = modes_type::ports;

public:
    /// step_of(mode) gives the step of a mode for the triodes' currents.
    frozen_slopes(const circuit<size>& of_circuit, const modes_type& of_modes, const auto& step_of) noexcept
    {
        for (int l = 0; l < levels; ++l)
            for (int p = 0; p < plates; ++p)
                for (int t = 0; t < size.triodes; ++t)
                    take(of_circuit.triodes()[t], steep_states::grid_level[l], steep_states::plate_level[p], slope_[l][p][t]);
        exponential_step step[modes_type::most > 0 ? modes_type::most : 1];
        matrix gains[modes_type::most > 0 ? modes_type::most : 1];   // from currents to voltages, by each mode
        for (int m = 0; m < of_modes.count; ++m) {
            step[m] = step_of(m);
            const auto& mode = of_modes.modes[m];
            for (int o = 0; o < ports; ++o)
                for (int i = 0; i < ports; ++i) {
                    const math::complex gain = mode.read[o] * mode.drive[1 + i];
                    gains[m].re[o][i] = gain.re, gains[m].im[o][i] = gain.im;
                }
        }
        for (int n = 0; n <= points; ++n) {
            const double angle = n == points ? math::pi : math::pi * math::exp(-decades * math::log(10.0) * (points - n) / points);
            const double back = angle > 0.5 * math::pi ? math::cos(angle) : 0.0;   // 0 to -1 in the left half
            const double reach = 1.0 - (1.0 - least_radius) * back * back;
            const math::complex w{math::cos(angle) / reach, -math::sin(angle) / reach};
            matrix k{};
            for (int o = 0; o < ports; ++o)
                for (int i = 0; i < ports; ++i) k.re[o][i] = of_modes.direct[o][1 + i];
            for (int m = 0; m < of_modes.count; ++m) {
                const math::complex upper = step[m].response(w);
                const bool is_pair = of_modes.modes[m].s.im != 0.0;
                const math::complex lower = is_pair ? math::conj(step[m].response(math::conj(w))) : math::complex{};
                const math::complex sum = upper + lower, difference = upper - lower;   // gain upper + conj(gain) lower
                const matrix& gain = gains[m];
                for (int o = 0; o < ports; ++o)
                    for (int i = 0; i < ports; ++i) {
                        const double re = gain.re[o][i], im = gain.im[o][i];
                        k.re[o][i] += re * sum.re - im * difference.im;
                        k.im[o][i] += re * sum.im + im * difference.re;
                    }
            }
            for (int l = 0; l < levels; ++l)
                for (int p = 0; p < plates; ++p) {
                    for (int t = 0; t < size.triodes; ++t) alone_[l][p][t].turn(determinant(k, slope_[l][p][t], t));
                    if constexpr (size.triodes > 1)
                        if (p % 2 == 1) all_[l][p / 2].turn(determinant(k, slope_[l][p]));   // costs most: at every other plate voltage
                }
        }
    }

    /// True if one triode alone makes something grow in a state, by its places in the lists of steep_states.
    [[nodiscard]] bool steep_alone(int t, int level, int plate) const noexcept { return alone_[level][plate][t].grows(); }

    /// Of one triode.
    [[nodiscard]] steep_states steep(int t) const noexcept
    {
        steep_states found;
        for (int l = 0; l < levels; ++l)
            for (int p = 0; p < plates; ++p) found.at[l][p] = steep_alone(t, l, p) || (size.triodes > 1 && all_[l][p / 2].grows());
        return found;
    }

private:
    static constexpr int levels = steep_states::levels, plates = steep_states::plates;
    static constexpr int points = 140;
    static constexpr double decades = 7.0;         ///< of frequency, below half the rate
    static constexpr double least_radius = 0.95;   ///< of the contour, at half the rate

    /// Real and imaginary parts apart, so that rows are whole vectors.
    struct matrix {
        double re[ports][ports], im[ports][ports];
    };
    using slopes = double[2][2];   ///< of the residual grid and plate currents, by grid and plate voltage

    /// How far a determinant has turned, by the shorter way from each value to the next: whole turns are counted where it crosses the
    /// negative real axis.
    struct winding {
        math::complex first{}, last{};
        int turns = 0;
        bool has_begun = false, is_lost = false;   ///< lost: a value was not a number, or too large for one

        void turn(math::complex determinant) noexcept
        {
            const math::complex next{determinant.re, determinant.im + 0.0};   // no negative zero, whose argument is another
            if (!has_begun) {
                has_begun = true;
                first = next;
            } else {
                const double across = next.im * last.re - next.re * last.im;   // above 0 where it turns to the left
                if (last.im >= 0.0 && next.im < 0.0 && across >= 0.0) ++turns;
                if (last.im < 0.0 && next.im >= 0.0 && across < 0.0) --turns;
                is_lost = is_lost || !math::is_finite(across);
            }
            last = next;
        }
        [[nodiscard]] bool grows() const noexcept
        {
            return is_lost || !(math::abs(math::arg(last) - math::arg(first) + 2.0 * math::pi * turns) < 1.0);
        }
    };

    static void take(const biased_triode& tube, double grid, double plate, slopes& slope) noexcept
    {
        const triode_currents &rest = tube.at_rest, now = tube.law.currents(grid, plate);
        slope[0][0] = now.grid_by_grid - rest.grid_by_grid, slope[0][1] = now.grid_by_plate - rest.grid_by_plate;
        slope[1][0] = now.plate_by_grid - rest.plate_by_grid, slope[1][1] = now.plate_by_plate - rest.plate_by_plate;
    }

    /// det(1 - K S) with one triode away from rest.
    [[nodiscard]] static math::complex determinant(const matrix& k, const slopes& slope, int t) noexcept
    {
        math::complex a[2][2];
        for (int i = 0; i < 2; ++i)
            for (int j = 0; j < 2; ++j) {
                a[i][j] = {i == j ? 1.0 : 0.0};
                for (int c = 0; c < 2; ++c) a[i][j] -= slope[c][j] * math::complex{k.re[2 * t + i][2 * t + c], k.im[2 * t + i][2 * t + c]};
            }
        return a[0][0] * a[1][1] - a[0][1] * a[1][0];
    }
    /// The same with all. Out of line: inlined, g++ 12 takes the last triode for one beyond the array.
    [[nodiscard, gnu::noinline]] static math::complex determinant(const matrix& k, const slopes (&slope)[size.triodes]) noexcept
    {
        matrix a;
        for (int t = 0; t < size.triodes; ++t) {
            const double(&own)[2][2] = slope[t];
            for (int i = 0; i < ports; ++i)
                for (int j = 0; j < 2; ++j) {
                    const int column = 2 * t + j;
                    a.re[i][column] = (i == column ? 1.0 : 0.0) - (own[0][j] * k.re[i][2 * t] + own[1][j] * k.re[i][2 * t + 1]);
                    a.im[i][column] = -(own[0][j] * k.im[i][2 * t] + own[1][j] * k.im[i][2 * t + 1]);
                }
        }
        math::complex product{1.0};
        for (int c = 0; c < ports; ++c) {
            const auto at = [&](int i) { return math::complex{a.re[i][c], a.im[i][c]}; };
            int pivot = c;
            for (int i = c + 1; i < ports; ++i)
                if (math::norm(at(i)) > math::norm(at(pivot))) pivot = i;
            if (pivot != c) {
                product = -product;
                for (int j = 0; j < ports; ++j) std::swap(a.re[c][j], a.re[pivot][j]), std::swap(a.im[c][j], a.im[pivot][j]);
            }
            product *= at(c);
            const math::complex inverse = math::complex{1.0} / at(c);
            for (int i = c + 1; i < ports; ++i) {
                const math::complex ratio = at(i) * inverse;
                for (int j = 0; j < ports; ++j) {   // whole rows, of which the left part is not used any more
                    const double re = a.re[c][j], im = a.im[c][j];
                    a.re[i][j] -= ratio.re * re - ratio.im * im;
                    a.im[i][j] -= ratio.re * im + ratio.im * re;
                }
            }
        }
        return product;
    }

    slopes slope_[levels][plates][size.triodes]{};
    winding alone_[levels][plates][size.triodes]{}, all_[levels][plates / 2]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
