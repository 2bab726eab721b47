// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/state.hpp>

#include <array>
#include <cstddef>

/// What is compiled for registers of 64 bytes; wide_loops.cpp is compiled for them whatever else is compiled for. Plain functions of pointers,
/// so that nothing in it has a name that the rest of a program uses on a processor without them.
namespace wide {

/// Modes of a filter: real ones and sections.
struct modes {
    int reals = 0, sections = 0;
};

/// Those of which there are loops: in vectors of 8 states, whole ones, with a few more or with hardly less, of which none, some or all turn.
inline constexpr std::array sizes{modes{1, 0},  modes{2, 0},  modes{3, 0},  modes{4, 0},  modes{5, 0},  modes{6, 0},  modes{7, 0},
                                  modes{8, 0},  modes{9, 0},  modes{12, 0}, modes{13, 0}, modes{14, 0}, modes{16, 0}, modes{20, 0},
                                  modes{24, 0}, modes{32, 0}, modes{0, 1},  modes{3, 1},  modes{5, 1},  modes{6, 1},  modes{2, 3},
                                  modes{0, 4},  modes{3, 3},  modes{7, 1},  modes{8, 2},  modes{4, 4},  modes{1, 6}};

using loop = void (*)(const phono::detail::state<double>* room, double* samples, std::size_t count, phono::detail::state<double>* states);

/// The loop over blocks of one of them, which takes two at once in longer calls, and the one that never does. Null where nothing is compiled
/// for such registers.
[[nodiscard]] loop loop_of(std::size_t size) noexcept;
[[nodiscard]] loop single_loop_of(std::size_t size) noexcept;

/// Numbers that are not where they belong once rows of 8 channels, or 16 of float, have become columns, and columns rows.
[[nodiscard]] int misplaced_numbers() noexcept;

}   // namespace wide
