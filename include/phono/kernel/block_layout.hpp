// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace phono::inline v0_2::detail {

/// Where a block form has its coefficients: vectors of L samples, as many as 32 bytes hold.
template <class T>
struct block_layout {
    static constexpr int length = 32 / static_cast<int>(sizeof(T));   ///< L
    static constexpr int most_states = 32;                            ///< of a form, at most

    int states = 0;

    /// The vectors that hold all states.
    [[nodiscard]] constexpr int vectors() const noexcept { return (states + length - 1) / length; }
    [[nodiscard]] constexpr int places() const noexcept { return vectors() * length; }

    /// What sample j of a block contributes to its outputs: the impulse response behind j zeros.
    [[nodiscard]] static constexpr int impulse(int j) noexcept { return length - j; }
    /// What state m contributes to the outputs.
    [[nodiscard]] static constexpr int output(int m) noexcept { return (2 + m) * length; }
    /// What sample j contributes to the states.
    [[nodiscard]] constexpr int drive(int j) const noexcept { return output(states) + j * places(); }
    /// What the states contribute to themselves, and each to its neighbour.
    [[nodiscard]] constexpr int decay() const noexcept { return drive(length); }
    [[nodiscard]] constexpr int turn() const noexcept { return decay() + places(); }
    /// What a state of a chain contributes to those of later sections.
    [[nodiscard]] constexpr int link(int i) const noexcept { return turn() + (1 + i) * places(); }
    /// How many numbers a form consists of.
    [[nodiscard]] constexpr int size(int links = 0) const noexcept { return link(links); }
};

/// Which vectors of states hold sections: none, the first at most, or any.
enum class turning_states { none, first, all };

/// The modes of a block form, whatever room it has.
template <class T>
struct block_modes {
    block_layout<T> at{-1};
    int turning = 0, links = 0;   ///< the places up to the last section's; the states with a link
    signed char link[block_layout<T>::most_states]{};
};

}   // namespace phono::inline v0_2::detail
