// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

namespace phono::inline v0_2::detail {

/// Below this a state has decayed hundreds of decibels below audibility, and is flushed before it becomes subnormal and slow.
template <class T>
inline constexpr T faded = sizeof(T) < sizeof(double) ? T(1e-30) : T(1e-200);

/// A number of type T, stored as an integer. In `out[i] = filter(in[i])` a compiler must expect that writing a sample changes whatever else
/// is a number of its type in memory, and loads the states anew for each sample; of integers it knows better, and keeps them in registers.
template <class T>
class state {
public:
    constexpr state() noexcept = default;
    constexpr state(T value) noexcept : bits_(std::bit_cast<bits>(value)) {}
    constexpr operator T() const noexcept
    {
        const bits held = bits_;   // a copy: read through bit_cast's reference, it might be any number to clang
        return std::bit_cast<T>(held);
    }

    /// To the last bit.
    [[nodiscard]] constexpr bool is_same(const state& other) const noexcept { return bits_ == other.bits_; }

private:
    using bits = std::conditional_t<sizeof(T) == sizeof(std::uint64_t), std::uint64_t, std::uint32_t>;
    bits bits_ = 0;
};

/// A state that has faded becomes 0.
template <class T>
constexpr void flush(state<T>& s) noexcept
{
    const T held = s;
    s = held < faded<T> && held > -faded<T> ? T{} : held;
}

}   // namespace phono::inline v0_2::detail
