// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/bivariate_polynomial.hpp>

#include <cstdint>
#include <initializer_list>

namespace phono::inline v0_2::detail {

/// The solution of one triode in its circuit, tabulated: from what the circuit presents to the tube (x, y, each -1...1 in a square around
/// the operating point) to its residual plate and grid currents.
///
/// On the square there is a polynomial for each, exact at the operating point in value and slopes; around it, from -40 to 24 V at the grid
/// and from 0 V outwards at the plate, there are cells of unequal width, as narrow as the accuracy requires, until the table is full. What
/// is not tabulated is left to the exact solver.
/// (eq. 24 of large_signal/README.md)
class solution_table {
public:
    using currents = math::lanes<2>;   ///< plate, grid
    /// Of the square: the plate's current depends far less on y, the grid's hardly.
    using plate_polynomial = bivariate_polynomial<7, 2>;
    using grid_polynomial = bivariate_polynomial<7, 6>;

    /// Clears the table and takes half the square's sides in volts.
    void clear(double half_x, double half_y) noexcept
    {
        per_x_ = columns_per_volt * half_x, per_y_ = half_y / line_height;
        limit_ = -1.0;
        used_ = 0;
        for (std::uint8_t& at : cell_at_) at = none;
    }

    /// True in the square.
    bool is_small(double x, double y) const noexcept { return math::abs(x) <= limit_ && math::abs(y) <= limit_; }
    /// Half of the square's width in x and y: 1, or below zero if there is none.
    double limit() const noexcept { return limit_; }
    double plate(int term) const noexcept { return plate_[term]; }
    double grid(int term) const noexcept { return grid_[term]; }

    /// True if the currents at (x, y) beyond the square are tabulated.
    bool operator()(double x, double y, currents& i) const noexcept
    {
        const int at = cell_at(x, y);
        if (at == none) return false;
        const cell& c = cell_[at];
        const currents u = currents::all(c.across(column_of(x))), v = currents::all(c.along(line_of(y)));
        i = cell_polynomial::value([&](int n) -> const currents& { return c.term[n]; }, u, v);
        return true;
    }

    /// The number of the cell at (x, y), beyond the square, or `none`.
    [[nodiscard]] int cell_at(double x, double y) const noexcept
    {
        const double column = column_of(x), line = line_of(y);
        if (!(column >= 0.0 && column < columns && line >= 0.0 && line < lines)) return none;
        return cell_at_[static_cast<int>(column) * lines + static_cast<int>(line)];
    }
    static constexpr int none = 255;
    /// The currents in two cells at once: plate and grid of the first, then of the second. In a cell that does not have (x, y), and in none,
    /// they mean nothing.
    [[nodiscard, gnu::always_inline]] math::lanes<4> of_two(const int (&at)[2], const double (&x)[2], const double (&y)[2]) const noexcept
    {
        using four = math::lanes<4>;
        const cell &a = cell_[at[0] % capacity], &b = cell_[at[1] % capacity];
        const four u = four::of_halves(currents::all(a.across(column_of(x[0]))), currents::all(b.across(column_of(x[1]))));
        const four v = four::of_halves(currents::all(a.along(line_of(y[0]))), currents::all(b.along(line_of(y[1]))));
        return cell_polynomial::value([&](int n) { return four::of_halves(a.term[n], b.term[n]); }, u, v);
    }

    /// Tabulates the square; true if the error that `size` computes from those of the currents is within `most`.
    bool fit_square(const auto& exact, const auto& size, double most) noexcept
    {
        using plate_fit = bivariate_fit<7, 2>;
        using grid_fit = bivariate_fit<7, 6, plate_fit::lines>;
        plate_fit::samples plate, grid;
        if (sample<plate_fit>(exact, 0.0, 0.0, 1.0, 1.0, size, most, plate, grid) != verdict::accurate) return false;
        plate_fit p{plate};
        grid_fit g{grid};
        if (!(size(p.error, g.error) <= most)) return false;
        p.touch_zero(), g.touch_zero();
        for (int n = 0; n < plate_polynomial::terms; ++n) plate_[n] = p.coefficient[n];
        for (int n = 0; n < grid_polynomial::terms; ++n) grid_[n] = g.coefficient[n];
        limit_ = 1.0;
        return true;
    }

    /// Tabulates the surroundings, outwards from the operating point, as far as there is room. `most` gives the largest error allowed at
    /// |x|.
    void fit_cells(const auto& exact, const auto& size, const auto& most) noexcept
    {
        for (int ring = 0; ring < lines / 2; ++ring)
            for (const int line : {lines / 2 - 1 - ring, lines / 2 + ring})
                for (int tile = lowest_tile; tile < highest_tile; ++tile)
                    fit_cells(columns / 2 + tile * tile_width, tile_width, line, exact, size, most);
    }

private:
    using cell_polynomial = bivariate_polynomial<6, 1>;
    using cell_fit = bivariate_fit<6, 1>;
    struct cell {
        double scale_x, offset_x, offset_y;   ///< from columns and lines to -1...1
        currents term[cell_polynomial::terms];

        double across(double column) const noexcept { return column * scale_x + offset_x; }
        double along(double line) const noexcept { return line * 2.0 + offset_y; }
    };
    static constexpr int columns_per_volt = 16, columns = 128 * columns_per_volt;   ///< the narrowest cell is a column
    static constexpr int tile_width = 8 * columns_per_volt, lowest_tile = -5, highest_tile = 3;
    static constexpr int lines = 8;
    static constexpr double line_height = 16.0;   ///< volts, of the plate
    static constexpr int capacity = 128;          ///< cells, of 480 bytes

    enum class verdict {
        accurate,
        too_wide,   ///< narrower ones may be accurate
        too_tall,   ///< narrower ones will not be either
    };

    double column_of(double x) const noexcept { return x * per_x_ + 0.5 * columns; }
    double line_of(double y) const noexcept { return y * per_y_ + 0.5 * lines; }

    /// Samples a rectangle, as far as it may be accurate: first its two outer columns, then line by line.
    template <class Fit>
    static verdict sample(const auto& exact, double x, double y, double half_x, double half_y, const auto& size, double most,
                          typename Fit::samples& plate, typename Fit::samples& grid) noexcept
    {
        constexpr int last = Fit::columns - 1;
        const auto take = [&](int i, int j) {
            const currents at = exact(x + half_x * Fit::column(i), y + half_y * Fit::line(j));
            plate[i][j] = at[0], grid[i][j] = at[1];
        };
        const auto is_short_enough = [&](int column) {
            return size(Fit::least_error_on_column(plate, column), Fit::least_error_on_column(grid, column)) <= most;
        };
        // Back and forth, since the exact solver starts near its last solution.
        for (int j = 0; j < Fit::lines; ++j) take(0, j);
        for (int j = Fit::lines - 1; j >= 0; --j) take(last, j);
        const bool first_is = is_short_enough(0), last_is = is_short_enough(last);
        if (!first_is && !last_is) return verdict::too_tall;
        if (!first_is || !last_is) return verdict::too_wide;
        for (int j = 0; j < Fit::lines; ++j) {
            for (int n = 1; n < last; ++n) take(j % 2 == 0 ? last - n : n, j);
            if (!(size(Fit::least_error_on_line(plate, j), Fit::least_error_on_line(grid, j)) <= most)) return verdict::too_wide;
        }
        return verdict::accurate;
    }

    /// One cell, or two of half the width.
    void fit_cells(int first, int width, int line, const auto& exact, const auto& size, const auto& most) noexcept
    {
        if (used_ == capacity || fit_cell(first, width, line, exact, size, most) != verdict::too_wide || width == 1) return;
        fit_cells(first, width / 2, line, exact, size, most);
        fit_cells(first + width / 2, width / 2, line, exact, size, most);
    }
    /// Adds a cell, if it is accurate enough.
    verdict fit_cell(int first, int width, int line, const auto& exact, const auto& size, const auto& most) noexcept
    {
        const double half_x = 0.5 * width / per_x_, half_y = 0.5 / per_y_;
        const double x = (first - 0.5 * columns) / per_x_ + half_x, y = (line - 0.5 * lines) / per_y_ + half_y;
        const double largest_error = most(math::abs(x));
        cell_fit::samples plate, grid;
        const verdict sampled = sample<cell_fit>(exact, x, y, half_x, half_y, size, largest_error, plate, grid);
        if (sampled != verdict::accurate) return sampled;
        const cell_fit p{plate}, g{grid};
        if (!(size(p.error, g.error) <= largest_error)) return verdict::too_wide;
        cell& c = cell_[used_];
        c.scale_x = 2.0 / width, c.offset_x = -2.0 * first / width - 1.0, c.offset_y = -2.0 * line - 1.0;
        for (int n = 0; n < cell_polynomial::terms; ++n) c.term[n].set(0, p.coefficient[n]), c.term[n].set(1, g.coefficient[n]);
        for (int column = first; column < first + width; ++column) cell_at_[column * lines + line] = static_cast<std::uint8_t>(used_);
        ++used_;
        return verdict::accurate;
    }

    double limit_ = -1.0;
    double per_x_ = 1.0, per_y_ = 1.0;   ///< columns and lines
    double plate_[plate_polynomial::terms]{}, grid_[grid_polynomial::terms]{};
    std::uint8_t cell_at_[columns * lines]{};
    cell cell_[capacity]{};
    int used_ = 0;
};

}   // namespace phono::inline v0_2::detail
