// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace phono::detail {

/// A value of a function and where the function has it.
struct extreme {
    double at, value;
};

/// The better of a grid's extreme and of that between two places about it, which golden sections find where the function has no other
/// there: to 1e-5 of the way from one to the other.
[[nodiscard]] constexpr extreme refined(extreme of_grid, double low, double high, bool highest, const auto& function) noexcept
{
    constexpr double golden = 0.61803398874989485;
    double left = high - golden * (high - low), right = low + golden * (high - low);
    double at_left = function(left), at_right = function(right);
    for (int i = 0; i < 24; ++i) {
        if (highest ? at_left > at_right : at_left < at_right) {
            high = right, right = left, at_right = at_left;
            left = high - golden * (high - low);
            at_left = function(left);
        } else {
            low = left, left = right, at_left = at_right;
            right = low + golden * (high - low);
            at_right = function(right);
        }
    }
    const double at = 0.5 * (low + high), value = function(at);
    return (highest ? value > of_grid.value : value < of_grid.value) ? extreme{at, value} : of_grid;
}

}   // namespace phono::detail
