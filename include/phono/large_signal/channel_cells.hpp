// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/solver/solution_table.hpp>
#include <phono/math/lanes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The currents of one triode in several channels beyond the square of its table, by the cells around that, two channels at once.
///
/// A channel's cell is that of the coordinates which the two samples before let expect: it is at hand before the coordinates are, and what a
/// sample waits for is the polynomial alone. Where they are in another cell after all, they are looked up; the sample after that is, too.
/// Which way a result was found does not change it.
template <int count>
class channel_cells {
    using row = math::lanes<count>;
    static constexpr int pairs = (count + 1) / 2;

public:
    void reset() noexcept { *this = {}; }

    /// Looks up these channels at their coordinates. Where `is_tabulated` becomes true `found` has their currents, plate and grid.
    [[gnu::always_inline]] void operator()(const solution_table& table, const row& x, const row& y, const bool (&wanted)[count],
                                           double (&found)[count][2], bool (&is_tabulated)[count]) noexcept
    {
#pragma GCC unroll 8
        for (int p = 0; p < pairs; ++p) {
            const int of[] = {2 * p, 2 * p + 1 < count ? 2 * p + 1 : 2 * p};
            const double x_of[] = {x[of[0]], x[of[1]]}, y_of[] = {y[of[0]], y[of[1]]};
            int at[2], expected[2];
            for (int i = 0; i < 2; ++i) {
                expected[i] = table.cell_at(expected_x_[of[i]], expected_y_[of[i]]);
                at[i] = wanted[of[i]] ? table.cell_at(x_of[i], y_of[i]) : expected[i];
            }
            const bool is_as_expected = at[0] == expected[0] && at[1] == expected[1];
            const math::lanes<4> currents = of_two(table, x_of, y_of, expected, at, is_as_expected, was_as_expected_[p]);
            was_as_expected_[p] = is_as_expected;
            for (int i = 0; i < 2; ++i) {
                found[of[i]][0] = currents[2 * i], found[of[i]][1] = currents[2 * i + 1];
                is_tabulated[of[i]] = at[i] != solution_table::none;
            }
        }
        expected_x_ = x + x - last_x_, expected_y_ = y + y - last_y_;
        last_x_ = x, last_y_ = y;
    }

private:
    /// The currents of two channels in cells `at`. What is likely is said, so that a compiler does not put the polynomials of the expected
    /// cells behind the comparison with those.
    [[gnu::always_inline]] static math::lanes<4> of_two(const solution_table& table, const double (&x)[2], const double (&y)[2],
                                                        const int (&expected)[2], const int (&at)[2], bool is_as_expected,
                                                        bool was_as_expected) noexcept
    {
        math::lanes<4> currents;
        bool is_found = false;
        if (was_as_expected) [[likely]] {
            currents = table.of_two(expected, x, y);
            is_found = is_as_expected;
        }
        if (!is_found) [[unlikely]]
            currents = table.of_two(at, x, y);
        return currents;
    }

    row expected_x_{}, expected_y_{}, last_x_{}, last_y_{};
    bool was_as_expected_[pairs]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
