// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/math/elementary.hpp>

#include <initializer_list>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

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
    /// A value with its name and unit, as a fault states them.
    struct named_value {
        double value;
        const char* name;
        const char* unit = "";
    };
    /// Reports the first of these values that is not finite and above zero.
    constexpr void check_positive(std::initializer_list<named_value> values) noexcept
    {
        for (const named_value& v : values) check_value(v.value, value_rule::positive, v.name, v.unit);
    }
    /// Keeps the first fault that is reported.
    constexpr void report(const fault& found) noexcept
    {
        if (found && !problem) problem = found;
    }

    fault problem{};
};

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
