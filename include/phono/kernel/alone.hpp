// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

namespace phono::inline v0_2::detail {

/// A number of float that a compiler does not put into a vector with its neighbours. Of states that go from sample to sample through memory,
/// packing and unpacking would be on the way from one sample to the next: g++ 12 does it at -O3. In double, where it packs two, it gains.
template <class T>
[[gnu::always_inline]] constexpr T alone(T number) noexcept
{
#if defined(__GNUC__) && defined(__SSE2__)
    if (sizeof(T) < sizeof(double) && !std::is_constant_evaluated()) __asm__("" : "+x"(number));
#endif
    return number;
}

}   // namespace phono::inline v0_2::detail
