// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>

namespace phono::inline v0_2 {

/// A delay line: the last `capacity` samples of a signal. `capacity` is a power of two.
template <class T, std::size_t capacity>
class delay_line {
    static_assert((capacity & (capacity - 1)) == 0, "phono: delay_line holds a power of two");

public:
    /// Clears the delay line.
    constexpr void reset() noexcept
    {
        for (T& x : past_) x = T{};
    }

    /// Appends a sample.
    constexpr void push(T x) noexcept { past_[written_++ % capacity] = x; }

    /// Appends a block.
    constexpr void push(std::span<const T> block) noexcept
    {
        for (std::size_t n = block.size() < capacity ? 0 : block.size() - capacity; n < block.size(); ++n)
            past_[(written_ + n) % capacity] = block[n];
        written_ += block.size();
    }

    /// The sample pushed `ago` samples before the last, `ago` below `capacity`: 0 is the last itself.
    [[nodiscard]] constexpr T operator[](std::size_t ago) const noexcept { return past_[(written_ - 1 - ago) % capacity]; }

private:
    T past_[capacity]{};
    std::size_t written_ = 0;
};

}   // namespace phono::inline v0_2
