// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/kernel_size.hpp>
#include <phono/kernel/slow_modes.hpp>

namespace phono::inline v0_2::detail {

/// The numbers that a filter takes which runs, with its states, and one that waits, without.
template <class T>
[[nodiscard]] constexpr int numbers_of_coefficients(int states) noexcept
{
    return 1 + 2 * states;
}
template <class T>
[[nodiscard]] constexpr int numbers_of_filter(int states) noexcept
{
    return block_layout<T>{states}.places() + numbers_of_coefficients<T>(states);
}

/// The room of a retuning kernel, in numbers: for two filters of usual size and the coefficients of a third; for a filter of four states
/// fewer, which most are, and its block form, in float with a vector of second numbers of slow modes, for which in double there is a place in the
/// form or, at rates at which filters are smaller, room; and for any filter alone.
template <class T, kernel_size size>
inline constexpr int retuning_room = [] {
    constexpr int smaller = size.usual > 4 ? size.usual - 4 : size.usual;
    const int of_a_change = 2 * numbers_of_filter<T>(size.usual) + numbers_of_coefficients<T>(size.usual);
    const int of_blocks = numbers_of_filter<T>(smaller) + block_layout<T>{smaller, 1}.size() +
                          (slow_modes<T>::blocks_feed_back ? block_layout<T>::length : 0);
    const int alone = numbers_of_filter<T>(size.most);
    const int larger = of_a_change > of_blocks ? of_a_change : of_blocks;
    return larger > alone ? larger : alone;
}();

}   // namespace phono::inline v0_2::detail
