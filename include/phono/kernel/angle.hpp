// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2::detail {

/// A frequency in radians per sample.
[[nodiscard]] constexpr double angle(frequency f, frequency rate) noexcept { return 2.0 * math::pi * f.si / rate.si; }

}   // namespace phono::inline v0_2::detail
