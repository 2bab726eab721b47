// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/solution_table.hpp>
#include <phono/math/lanes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The residual currents of one triode in several channels, side by side in vector registers, and what they are multiplied by.
///
/// Two channels fill half a register. Then both currents are in one, plate and grid, and a sum has what the halves contribute in its halves
/// until it is whole.
template <int count>
class channel_currents {
    static constexpr bool are_one = count == 2;

public:
    using row = math::lanes<count>;                  ///< a number of each channel
    using wide = math::lanes<are_one ? 4 : count>;   ///< a register of them

    /// Sums for both of the solver's coordinates and the circuit's output.
    struct sums {
        wide x{}, y{}, output{};
    };

    /// What a unit plate current and a unit grid current contribute to something.
    class weights {
    public:
        void set(double plate, double grid) noexcept
        {
            for (int c = 0; c < count; ++c) plate_.set(c, plate), (are_one ? plate_.set(count + c, grid) : grid_.set(c, grid));
        }

    private:
        friend class channel_currents;
        wide plate_{}, grid_{};
    };

    /// Each channel's number in every place.
    [[gnu::always_inline]] static wide everywhere(const row& x) noexcept
    {
        if constexpr (are_one) return x.twice();
        else return x;
    }
    static void set_once(wide& of, int c, double x) noexcept
    {
        of.set(c, x);
        if constexpr (are_one) of.set(count + c, 0.0);
    }
    /// A sum with all that its halves contribute, in every place.
    [[gnu::always_inline]] static wide whole(const wide& sum) noexcept
    {
        if constexpr (are_one) return sum + sum.halves_exchanged();
        else return sum;
    }
    [[gnu::always_inline]] static row once(const wide& x) noexcept
    {
        if constexpr (are_one) return x.first_half();
        else return x;
    }

    channel_currents() noexcept = default;
    /// Of each channel plate and grid.
    explicit channel_currents(const double (&found)[count][2]) noexcept
    {
        for (int c = 0; c < count; ++c) set(c, found[c][0], found[c][1]);
    }

    /// A channel's.
    void set(int c, double plate, double grid) noexcept
    {
        of_[0].set(c, plate);
        if constexpr (are_one) of_[0].set(count + c, grid);
        else of_[1].set(c, grid);
    }
    [[nodiscard]] double plate_of(int c) const noexcept { return of_[0][c]; }
    [[nodiscard]] double grid_of(int c) const noexcept
    {
        if constexpr (are_one) return of_[0][count + c];
        else return of_[1][c];
    }

    [[gnu::always_inline]] wide plate() const noexcept
    {
        if constexpr (are_one) return of_[0].first_twice();
        else return of_[0];
    }
    [[gnu::always_inline]] wide grid() const noexcept
    {
        if constexpr (are_one) return of_[0].second_twice();
        else return of_[1];
    }
    /// A sum and what the currents contribute to it.
    [[gnu::always_inline]] wide added(const weights& by, const wide& sum) const noexcept
    {
        if constexpr (are_one) return fmadd(by.plate_, of_[0], sum);
        else return fmadd(by.grid_, of_[1], fmadd(by.plate_, of_[0], sum));
    }

    /// The polynomials of a table's square. (eq. 24 of large_signal/README.md)
    class polynomials {
        using plate_polynomial = solution_table::plate_polynomial;
        using grid_polynomial = solution_table::grid_polynomial;

    public:
        void take(const solution_table& table) noexcept
        {
            for (int n = 0; n < plate_polynomial::terms; ++n) term_[n].set(table.plate(n), 0.0);
            for (int b = 0; b < grid_polynomial::rows; ++b)
                for (int a = 0; a <= grid_polynomial::highest(b); ++a) {
                    const int n = plate_polynomial::place(a, b), of_grid = grid_polynomial::place(a, b);
                    term_[n].set(table.plate(n), table.grid(of_grid));
                }
        }
        /// The currents at coordinates that stand in every place.
        [[gnu::always_inline]] channel_currents operator()(const wide& x, const wide& y) const noexcept
        {
            channel_currents i;
            i.of_[0] = plate_polynomial::flat_value([this](int n) -> const wide& { return term_[n].plate_; }, x, y);
            if constexpr (!are_one)
                i.of_[1] = grid_polynomial::flat_value([this](int n) -> const wide& { return term_[place_[n]].grid_; }, x, y);
            return i;
        }

    private:
        struct places {
            int of[grid_polynomial::terms]{};
            constexpr places() noexcept
            {
                for (int b = 0; b < grid_polynomial::rows; ++b)
                    for (int a = 0; a <= grid_polynomial::highest(b); ++a) of[grid_polynomial::place(a, b)] = plate_polynomial::place(a, b);
            }
            constexpr int operator[](int n) const noexcept { return of[n]; }
        };
        static constexpr places place_{};   ///< of the grid's terms among the plate's
        weights term_[plate_polynomial::terms]{};
    };

private:
    wide of_[are_one ? 1 : 2]{};   ///< plate and grid
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
