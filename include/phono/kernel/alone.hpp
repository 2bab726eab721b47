// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

namespace phono::inline v0_2::detail {

/// A number that a compiler does not put into a vector with its neighbours. Of states that go from sample to sample through memory, packing
/// and unpacking would be on the way from one sample to the next. g++ 12 does it at -O3 and gains where it packs two, in double; clang 14
/// packs four and loses.
template <class T>
[[gnu::always_inline]] constexpr T alone(T number) noexcept
{
#if defined(__GNUC__) && defined(__SSE2__)
#if defined(__clang__)
    constexpr bool gains = false;
#else
    constexpr bool gains = sizeof(T) == sizeof(double);
#endif
    if (!gains && !std::is_constant_evaluated()) __asm__("" : "+x"(number));
#endif
    return number;
}

/// The same for any compiler and type: modes that run one by one are few, and packing them would take longer.
template <class T>
[[gnu::always_inline]] constexpr T alone_in_any(T number) noexcept
{
#if defined(__GNUC__) && defined(__SSE2__)
    if (!std::is_constant_evaluated()) __asm__("" : "+x"(number));
#endif
    return number;
}

}   // namespace phono::inline v0_2::detail
