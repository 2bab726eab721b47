// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstring>

namespace phono::inline v0_2::math::detail {

/// The same bits as another type: std::bit_cast for vectors too, and inlined where nothing else is.
template <class To, class From>
[[gnu::always_inline]] inline To bits_as(const From& from) noexcept
{
    static_assert(sizeof(To) == sizeof(From));
    To to;
    std::memcpy(&to, &from, sizeof to);
    return to;
}

}   // namespace phono::inline v0_2::math::detail
