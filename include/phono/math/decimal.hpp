// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace phono::inline v0_2::math {

/// digits * 10^exponent, rounded once. Range: |exponent| <= 22, since powers of ten up to 10^22 are exact doubles; digits below 2^53.
[[nodiscard]] constexpr double decimal(std::int64_t digits, int exponent) noexcept
{
    double power = 1.0;
    for (int i = exponent < 0 ? -exponent : exponent; i > 0; --i) power *= 10.0;
    return exponent < 0 ? static_cast<double>(digits) / power : static_cast<double>(digits) * power;
}

}   // namespace phono::inline v0_2::math
