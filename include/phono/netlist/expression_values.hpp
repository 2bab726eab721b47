// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/evaluation.hpp>
#include <phono/netlist/expression_text.hpp>
#include <phono/netlist/netlist_functions.hpp>
#include <phono/netlist/traced.hpp>

#include <concepts>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// What the operators of an expression make of values, be these numbers, affine or on a trace, and what is wrong with the expression, if
/// anything: the first mistake is kept, and that of a value counts only where the value is wanted.
template <class Value>
class expression_values : protected expression_text {
protected:
    using expression_text::expression_text;
    using expression_text::infix;
    using expression_text::order;

    static constexpr bool is_traced = std::same_as<Value, traced>;

    constexpr void expect(char c) noexcept
    {
        if (!is_wrong() && !take(c)) fail(mistake_kind::bad_expression, next_word());
    }
    [[nodiscard]] constexpr bool is_wrong() const noexcept { return wrong_.wrong != mistake_kind::none; }
    constexpr Value fail(mistake_kind kind, std::string_view word) noexcept
    {
        if (!is_wrong()) wrong_ = {Value{}, kind, word};
        return {};
    }
    /// A mistake of a value, which counts only where the value is wanted.
    constexpr Value fail_if_wanted(mistake_kind kind, std::string_view word) noexcept
    {
        if (kind != mistake_kind::none && unwanted_ == 0) fail(kind, word);
        return {};
    }
    constexpr Value answered(const evaluation<Value>& answer, std::string_view word) noexcept
    {
        if (answer.wrong != mistake_kind::none) return fail(answer.wrong, answer.word.empty() ? word : answer.word);
        return answer.value;
    }

    constexpr Value checked(const evaluation<double>& x, std::string_view word) noexcept
    {
        if (x.wrong != mistake_kind::none) return fail_if_wanted(x.wrong, word);
        if (!is_in_range(x.value)) return fail_if_wanted(mistake_kind::not_finite, word);
        return value_of_constant<Value>(x.value);
    }

    [[nodiscard]] constexpr bool truth(const Value& x, std::string_view word) noexcept
    {
        if (!is_constant(x)) fail_if_wanted(mistake_kind::not_linear, word);
        else if (is_doubtful_condition(constant_of(x))) fail_if_wanted(mistake_kind::doubtful_condition, word);
        return constant_of(x) > 0.5;
    }

    /// What a voltage decides.
    constexpr Value chosen(const Value& asked, const Value& yes, const Value& no, std::string_view word) noexcept
    {
        if (is_wrong()) return {};
        if constexpr (is_traced) return recorded(trace_operation::choice, asked, yes, no);
        else return static_cast<void>(yes), static_cast<void>(no), fail_if_wanted(mistake_kind::not_linear, word);
    }

    constexpr Value combined(const infix& by, Value left, const Value& right, std::string_view word) noexcept
    {
        if constexpr (is_traced) {
            if (!is_constant(left) || !is_constant(right)) return combined_on_trace(by, left, right);
        }
        const double a = constant_of(left), b = constant_of(right);
        const auto result = [&](mistake_kind wrong) {
            fail_if_wanted(wrong, word);
            return wrong == mistake_kind::none ? left : Value{};
        };
        if (by.strength == order::sum) {
            Value added = right;
            if (by.sign == "-") static_cast<void>(scale_by(added, -1.0));
            return result(add_to(left, added));
        }
        if (by.sign == "*" && is_constant(right)) return result(scale_by(left, b));
        if (by.sign == "*" && is_constant(left)) {
            left = right;
            return result(scale_by(left, a));
        }
        if (by.sign == "/" && is_constant(right)) return result(divide_by(left, b));
        if (!is_constant(left) || !is_constant(right)) return fail_if_wanted(mistake_kind::not_linear, word);
        if (by.sign == "%") {
            left = value_of_constant<Value>(repeatable::remainder(a, b));
            return result(is_in_range(constant_of(left)) ? mistake_kind::none : mistake_kind::not_finite);
        }
        bool holds = false;
        if (by.strength == order::either) holds = static_cast<int>(truth(left, word)) + static_cast<int>(truth(right, word)) > 0;
        else if (by.strength == order::both) holds = static_cast<int>(truth(left, word)) + static_cast<int>(truth(right, word)) == 2;
        else
            holds = by.sign == "=="   ? a == b
                    : by.sign == "<"  ? a < b
                    : by.sign == ">"  ? a > b
                    : by.sign == "<=" ? a <= b
                    : by.sign == ">=" ? a >= b
                                      : a != b;
        return value_of_constant<Value>(holds ? 1.0 : 0.0);
    }

    constexpr Value combined_on_trace(const infix& by, const Value& left, Value right) noexcept
    {
        using enum trace_operation;
        if (by.sign == "-") static_cast<void>(scale_by(right, -1.0));
        if (by.strength == order::sum) return recorded(add, left, right);
        if (by.strength == order::product)
            return recorded(by.sign == "*" ? multiply : by.sign == "/" ? divide : trace_operation::remainder, left, right);
        if (by.strength == order::either) return recorded(either, left, right);
        if (by.strength == order::both) return recorded(both, left, right);
        if (by.sign == ">" || by.sign == ">=") return recorded(by.sign == ">" ? less : not_more, right, left);
        return recorded(by.sign == "<" ? less : by.sign == "<=" ? not_more : by.sign == "==" ? equal : unequal, left, right);
    }

    evaluation<Value> wrong_{};
    int unwanted_ = 0;   ///< branches of conditions that are read but do not count
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
