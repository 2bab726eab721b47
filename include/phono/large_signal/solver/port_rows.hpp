// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/lanes.hpp>
#include <phono/math/matrix.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The voltages at the ports of a circuit's triodes, or other numbers of these, side by side: those of the grids, and those of the plates.
template <int triodes>
struct port_rows {
    static constexpr int places = triodes > 1 && triodes < 4 ? 4 : triodes;   ///< as port_pair has them
    using row = math::lanes<places>;

    /// The places that are free, which may hold anything: a bit for each.
    static constexpr unsigned free_places = row::everywhere & ~((1U << triodes) - 1);

    row grid{}, plate{};

    port_rows() noexcept = default;
    port_rows(const row& of_grids, const row& of_plates) noexcept : grid(of_grids), plate(of_plates) {}
    /// Takes them in the order grid, plate of the first triode, grid, plate of the second ...
    port_rows(const math::vector<double, 2 * triodes>& by_turns) noexcept   // NOLINT(google-explicit-constructor): the same numbers
    {
        for (int t = 0; t < triodes; ++t) grid.set(t, by_turns[2 * t]), plate.set(t, by_turns[2 * t + 1]);
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
