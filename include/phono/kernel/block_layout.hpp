// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace phono::inline v0_2::detail {

/// Where a block form has its coefficients: vectors of L samples, as many as 32 bytes hold.
template <class T>
struct block_layout {
    static constexpr int length = 32 / static_cast<int>(sizeof(T));   ///< L
    static constexpr int most_states = 32;                            ///< of a form, at most

    int states = 0;
    int turns = 0;   ///< so many vectors of states hold sections, from the first on; the others real modes alone

    /// The vectors that hold all states.
    [[nodiscard]] constexpr int vectors() const noexcept { return (states + length - 1) / length; }
    [[nodiscard]] constexpr int places() const noexcept { return vectors() * length; }

    /// What state m contributes to the outputs.
    [[nodiscard]] static constexpr int output(int m) noexcept { return m * length; }
    /// What sample j contributes to the states: the last one to those that turn, since it enters the state of a real mode as it is.
    [[nodiscard]] constexpr int drive(int j) const noexcept { return output(states) + j * places(); }
    /// What the states contribute to themselves, and each to its neighbour.
    [[nodiscard]] constexpr int decay() const noexcept { return drive(length - 1) + turns * length; }
    [[nodiscard]] constexpr int turn() const noexcept { return decay() + places(); }
    /// What sample j of a block contributes to its outputs: the impulse response behind j zeros. Behind the others, which are whole vectors.
    [[nodiscard]] constexpr int impulse(int j) const noexcept { return turn() + turns * length + length - 1 - j; }
    /// What a state of a chain contributes to those of later sections.
    [[nodiscard]] constexpr int link(int i) const noexcept { return impulse(0) + length + i * places(); }
    /// How many numbers a form consists of.
    [[nodiscard]] constexpr int size(int links = 0) const noexcept { return link(links); }
};

/// The modes of a block form, wherever it has its coefficients. Without states there is no form.
struct block_modes {
    std::int8_t states = -1, turns = 0;
    bool is_slow = false;       ///< states are to be held in two numbers (block_loops)
    std::uint8_t first = 0;     ///< where its coefficients begin behind those of a filter (retuning_kernel)
    std::uint32_t linked = 0;   ///< bit m: state m has a link

    template <class T>
    [[nodiscard]] constexpr block_layout<T> layout() const noexcept
    {
        return {states, turns};
    }
    /// True if there is a form to run.
    [[nodiscard]] constexpr bool is_set() const noexcept { return states >= 0; }
};

}   // namespace phono::inline v0_2::detail
