// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/large_signal/solver/by_halves.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A number for the grid and one for the plate of each of up to four triodes, side by side in vector registers, in one channel or in two.
template <int triodes, int channels>
struct port_pair {
    static constexpr bool is_possible = triodes > 1 && triodes <= four_triodes::count;
    static constexpr int count = four_triodes::count, used = is_possible ? triodes : 0;
    using numbers = typename by_halves<channels>::numbers;
    using column = math::vector<double, 2 * triodes>;   ///< grid, plate of the first, of the second ...

    numbers grid{}, plate{};

    [[gnu::always_inline]] friend port_pair operator+(const port_pair& a, const port_pair& b) noexcept
    {
        return {a.grid + b.grid, a.plate + b.plate};
    }
    [[gnu::always_inline]] friend port_pair operator-(const port_pair& a, const port_pair& b) noexcept
    {
        return {a.grid - b.grid, a.plate - b.plate};
    }
    [[gnu::always_inline]] friend port_pair fmadd(const auto& a, const port_pair& b, const port_pair& c) noexcept
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

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
