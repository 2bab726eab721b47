// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/large_signal/solver/fitted_law.hpp>
#include <phono/large_signal/solver/tube_matrix.hpp>
#include <phono/math/by_turns.hpp>

#include <new>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The fitted laws of several triodes in one circuit side by side, of one channel or by turns of two, and Newton's corrections to
/// i = f(p + K i) with the slopes of an earlier sample.
///
/// Coordinates: those of the fitted laws; all grids, then all plates, four to a row.
/// (eq. 25 and 26 of large_signal/README.md)
template <int count, int channels = 1>
class fitted_triodes {
    using turns = math::by_turns<channels>;

public:
    static constexpr int ports = 2 * count;
    /// Of coordinates; with room for the circuit's output where a row is not full.
    static constexpr int rows = ports / 4 + (ports % 4 == 0 ? 0 : 1);
    using matrix = double[ports][ports];
    using row = math::lanes<4 * channels>;
    static constexpr int places = tube_places<count, channels>;
    using tubes = tube_row<count, channels>;
    using number = typename turns::number;   ///< one of each channel
    using input = typename turns::input;     ///< the same, as it is multiplied by rows

    /// Takes the tubes at their operating points, the circuit's K and the small-signal port voltages per volt of EMF at some frequencies.
    template <int frequencies>
    void set(const math::vector<biased_triode, count>& at_rest, const matrix& k,
             const math::vector<math::vector<math::complex, ports>, frequencies>& swings) noexcept
    {
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
            fitted_law& law = law_[t];
            if (!law.fit(at_rest[t], own, error, square_error)) has_squares_ = false;
            set_tube(half_width_, t, law.half_width), set_tube(half_height_, t, law.half_height), set_tube(gain_, t, law.gain);
            for (int n = 0; n < polynomial::terms; ++n) set_tube(plate_current_[n], t, law.coefficient[n]);
            for (int b = 0; b <= 5; ++b)
                for (int a = 0; a <= 5 - b; ++a) {
                    set_tube(by_x_[slope_polynomial::place(a, b)], t, (a + 1) * law.coefficient[polynomial::place(a + 1, b)]);
                    set_tube(by_y_[slope_polynomial::place(a, b)], t, (b + 1) * law.coefficient[polynomial::place(a, b + 1)]);
                }
            set(one_, t, t, 1.0);
            for (int i = 0; i < ports; ++i) coordinates_of_ports[t][i] = coordinates_of_ports[count + t][i] = 0.0;
            set_tube(weight_, t, reach[g] > 0.0 ? law.half_width / reach[g] : 1.0);
            coordinates_of_ports[t][g] = 1.0 / law.half_width;
            coordinates_of_ports[count + t][g] = law.gain / law.half_height;
            coordinates_of_ports[count + t][p] = 1.0 / law.half_height;
            for (int from = 0; from < count; ++from) {
                const double to_grid = k[g][2 * from + 1], to_plate = k[p][2 * from + 1];
                set(to_x_, t, from, to_grid / law.half_width);
                set(to_y_, t, from, (to_plate + law.gain * to_grid) / law.half_height);
            }
        }
    }

    /// From port voltages to the solver's coordinates.
    matrix coordinates_of_ports{};

    /// Takes what unit currents, plates then grids, contribute to the coordinates of the next sample.
    void set_next(const math::lanes<4> (*next)[rows]) noexcept
    {
        for (int j = 0; j < ports; ++j)
            for (int r = 0; r < rows; ++r)
                for (int o = 0; o < 4; ++o) set(next_[j][r], o, next[j][r][o]);
        if constexpr (count == 4)
            for (int from = 0; from < count; ++from)
                for (int r = 0; r < rows; ++r)
                    for (int t = 0; t < 4; ++t) set(next_of_plates_[r], t, from, next[from][r][t]);
    }

    /// What solve_small() finds: the plate currents.
    using small_solution = tubes;

protected:
    using polynomial = fitted_law::polynomial;
    using slope_polynomial = bivariate_polynomial<5, 1>;
    static constexpr double square_error = 1e-7;   ///< at any port, re its small-signal swing when this tube is at the edge of its square
    static constexpr double tolerance = 1e-9;      ///< of the voltages, re the largest
    static constexpr int most_passes = 40;

    using square_matrix = tube_matrix<count, channels>;

    /// The same in all channels: of a tube, of a matrix from a number of a tube to one of another, and of a coordinate.
    static void set_tube(tubes& of, int t, double x) noexcept
    {
        for (int p = t; p < places; p += count)
            for (int c = 0; c < channels; ++c) of.set(p * channels + c, x);
    }
    static void set(square_matrix& of, int to, int from, double x) noexcept { set_tube(of[square_matrix::part(to, from)], to, x); }
    static void set(row& of, int place, double x) noexcept
    {
        for (int c = 0; c < channels; ++c) of.set(place * channels + c, x);
    }

    static double at(const row (&coordinates)[rows], int i, int channel = 0) noexcept
    {
        return coordinates[i / 4][i % 4 * channels + channel];
    }
    /// The port voltages without the tubes' residual currents: of the grids and of the plates.
    struct port_tubes {
        tubes grid, plate;
    };
    [[nodiscard, gnu::always_inline]] port_tubes ports_of(const row (&coordinates)[rows]) const noexcept
    {
        const tubes grid = from<0>(coordinates) * half_width_;
        return {grid, fnmadd(gain_, grid, from<count>(coordinates) * half_height_)};
    }

    /// The coordinates of all grids, or from `count` on of all plates.
    template <int first>
    static tubes from(const row (&coordinates)[rows]) noexcept
    {
        if constexpr (count == 4) return coordinates[first / 4];
        else if constexpr (count == 2 && channels == 2) return first == 0 ? coordinates[0].first_twice() : coordinates[0].second_twice();
        else {
            tubes part;
            for (int n = 0; n < places * channels; ++n) part.set(n, at(coordinates, first + n / channels % count, n % channels));
            return part;
        }
    }
    /// What plate currents contribute to the next sample's coordinates, and these and the grids'.
    [[gnu::always_inline]] row next_of(int r, const tubes& plates) const noexcept
    {
        if constexpr (count == 4) return next_of_plates_[r] * plates;
        else {
            row next = turns::template everywhere<4, 0>(plates) * next_[0][r];
            add_next<1>(r, plates, next);
            return next;
        }
    }
    [[nodiscard]] row next_of_all(int r, const input* currents) const noexcept
    {
        row next{};
        for (int j = 0; j < ports; ++j) next = fmadd(currents[j], next_[j][r], next);
        return next;
    }

    template <int t>
    [[gnu::always_inline]] void add_next(int r, const tubes& plates, row& next) const noexcept
    {
        if constexpr (t < count) {
            next = fmadd(turns::template everywhere<4, t>(plates), next_[t][r], next);
            add_next<t + 1>(r, plates, next);
        }
    }

    /// The plate currents by the polynomials.
    [[gnu::always_inline]] tubes currents(const tubes& x, const tubes& y) const noexcept
    {
        // Laundered, so that g++ does not take all coefficients out of a loop of passes, for which it has no registers.
        const tubes* c = std::launder(plate_current_);
        return polynomial::flat_value([c](int term) -> const tubes& { return c[term]; }, x, y);
    }

    /// The corrections that the laws' slopes at some coordinates give.
    struct corrections {
        square_matrix current{}, x{}, y{};   ///< 1 + f'K, and K times that
    };
    [[gnu::always_inline]] void take_slopes(const tubes& x, const tubes& y, corrections& to) const noexcept
    {
        const tubes by_x = slope_polynomial::value([&](int term) -> const tubes& { return by_x_[term]; }, x, y);
        const tubes by_y = slope_polynomial::value([&](int term) -> const tubes& { return by_y_[term]; }, x, y);
        for (int m = 0; m < count; ++m) to.current[m] = fmadd(by_x, to_x_[m], by_y * to_y_[m]) + one_[m];
        to_x_.multiply(to.current, to.x), to_y_.multiply(to.current, to.y);
    }

    fitted_law law_[count]{};
    tubes half_width_{}, half_height_{}, gain_{};                               ///< of the laws
    tubes plate_current_[polynomial::terms]{};                                  ///< of the laws, side by side
    square_matrix to_x_{}, to_y_{};                                             ///< K from plate currents
    tubes by_x_[slope_polynomial::terms]{}, by_y_[slope_polynomial::terms]{};   ///< the laws' derivatives
    square_matrix one_{};                                                       ///< the unit matrix
    corrections newton_{};
    row next_[ports][rows]{};
    square_matrix next_of_plates_[count == 4 ? rows : 1]{};   ///< the same from the plates of four tubes
    tubes weight_{};                                          ///< of coordinates: the EMF that moves a grid as far
    bool has_squares_ = true;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
