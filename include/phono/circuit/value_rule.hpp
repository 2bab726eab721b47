// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/math/elementary.hpp>

namespace phono {

/// The values that a part may have.
enum class value_rule { positive, not_negative, not_zero, finite };

/// Checks values by their rules and keeps the first fault.
class value_checker {
public:
    /// Reports a fault if a value breaks its rule.
    constexpr void check_value(double value, value_rule rule, const char* name, const char* unit = "") noexcept
    {
        const char* broken = !math::is_finite(value)                           ? "must be finite"
                             : rule == value_rule::positive && !(value > 0.0)  ? "must be above zero"
                             : rule == value_rule::not_negative && value < 0.0 ? "must not be negative"
                             : rule == value_rule::not_zero && value == 0.0    ? "must not be 0"
                                                                               : "";
        report({name, value, broken, -1, unit});
    }
    /// Keeps the first fault that is reported.
    constexpr void report(const fault& found) noexcept
    {
        if (found && !problem) problem = found;
    }

    fault problem{};
};

}   // namespace phono
