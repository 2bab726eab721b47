// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/affine.hpp>
#include <phono/netlist/mistake.hpp>
#include <phono/netlist/repeatable_functions.hpp>

#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// What an expression says, or what is wrong with it and at which word of its text.
template <class Value>
struct evaluation {
    Value value{};
    mistake_kind wrong = mistake_kind::none;
    std::string_view word{};
};

/// A function that a netlist defines: "x, y" and "x*y" of .func f(x, y) {x*y}.
struct function_text {
    std::string_view parameters{}, body{};
};

/// No value of an expression is beyond this, which leaves room for what is computed of two of them.
inline constexpr double largest_value = 1e300;

[[nodiscard]] constexpr bool is_in_range(double x) noexcept { return math::abs(x) <= largest_value; }

/// a b and a/b, or what is not finite where they are too large: what overflows is no constant expression.
[[nodiscard]] constexpr double product(double a, double b) noexcept
{
    return math::abs(a) > 1.0 && math::abs(b) > largest_value / math::abs(a) ? repeatable::nothing : a * b;
}
[[nodiscard]] constexpr double quotient(double a, double b) noexcept
{
    if (b == 0.0 || (math::abs(b) < 1.0 && math::abs(a) > largest_value * math::abs(b))) return repeatable::nothing;
    return a / b;
}

/// Arithmetic of expressions whose values are numbers, or affine in the voltages of a circuit: each tells by its result whether there is one.
[[nodiscard]] constexpr bool is_constant(double) noexcept { return true; }
[[nodiscard]] constexpr double constant_of(double x) noexcept { return x; }
[[nodiscard]] constexpr mistake_kind add_to(double& sum, double x) noexcept
{
    sum += x;
    return is_in_range(sum) ? mistake_kind::none : mistake_kind::not_finite;
}
[[nodiscard]] constexpr mistake_kind scale_by(double& x, double factor) noexcept
{
    x = product(x, factor);
    return is_in_range(x) ? mistake_kind::none : mistake_kind::not_finite;
}
[[nodiscard]] constexpr mistake_kind divide_by(double& x, double divisor) noexcept
{
    x = quotient(x, divisor);
    return is_in_range(x) ? mistake_kind::none : mistake_kind::not_finite;
}

[[nodiscard]] constexpr bool is_constant(const affine& x) noexcept
{
    for (int i = 0; i < x.count; ++i)
        if (x.term[i].factor != 0.0) return false;
    return true;
}
[[nodiscard]] constexpr double constant_of(const affine& x) noexcept { return x.constant; }
[[nodiscard]] constexpr mistake_kind add_to(affine& sum, const affine& x) noexcept
{
    if (!sum.add(x)) return mistake_kind::too_many_terms;
    for (int i = 0; i < sum.count; ++i)
        if (!is_in_range(sum.term[i].factor)) return mistake_kind::not_finite;
    return is_in_range(sum.constant) ? mistake_kind::none : mistake_kind::not_finite;
}
[[nodiscard]] constexpr mistake_kind for_each_number(affine& x, auto&& change) noexcept
{
    mistake_kind wrong = change(x.constant);
    for (int i = 0; i < x.count && wrong == mistake_kind::none; ++i) wrong = change(x.term[i].factor);
    return wrong;
}
[[nodiscard]] constexpr mistake_kind scale_by(affine& x, double factor) noexcept
{
    return for_each_number(x, [factor](double& number) { return scale_by(number, factor); });
}
[[nodiscard]] constexpr mistake_kind divide_by(affine& x, double divisor) noexcept
{
    return for_each_number(x, [divisor](double& number) { return divide_by(number, divisor); });
}

template <class Value>
[[nodiscard]] constexpr Value value_of_constant(double x) noexcept
{
    if constexpr (requires { Value::of(x); }) return Value::of(x);
    else return x;
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
