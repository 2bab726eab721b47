// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/lanes.hpp>

namespace phono::inline v0_2::detail {

/// Some of two channels, or both or none.
class channel_set {
public:
    constexpr channel_set() noexcept = default;
    [[nodiscard]] static constexpr channel_set both() noexcept { return channel_set{3}; }
    /// Those whose bits are all set, of eight, by turns: four of each channel.
    [[nodiscard]] static constexpr channel_set with_all(unsigned bits) noexcept
    {
        bits &= bits >> 4;
        return channel_set{bits & bits >> 2 & 3};
    }

    [[nodiscard]] constexpr bool has(int c) const noexcept { return (bits_ >> c & 1) != 0; }
    [[nodiscard]] constexpr bool has_any() const noexcept { return bits_ != 0; }
    [[nodiscard]] constexpr bool has_both() const noexcept { return bits_ == 3; }
    constexpr void add(int c) noexcept { bits_ |= 1U << c; }
    constexpr void remove(int c) noexcept { bits_ &= ~(1U << c); }
    [[nodiscard]] constexpr channel_set with(channel_set other) const noexcept { return channel_set{bits_ | other.bits_}; }
    [[nodiscard]] constexpr channel_set without(channel_set other) const noexcept { return channel_set{bits_ & ~other.bits_}; }
    [[nodiscard]] constexpr channel_set within(channel_set other) const noexcept { return channel_set{bits_ & other.bits_}; }

    /// 1 for those it has, 0 for the others.
    [[nodiscard]] math::lanes<2> ones() const noexcept
    {
        math::lanes<2> r;
        r.set(0, has(0) ? 1.0 : 0.0), r.set(1, has(1) ? 1.0 : 0.0);
        return r;
    }

private:
    constexpr explicit channel_set(unsigned bits) noexcept : bits_(bits) {}

    unsigned bits_ = 0;
};

}   // namespace phono::inline v0_2::detail
