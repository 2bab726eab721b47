// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/evaluation.hpp>
#include <phono/netlist/number.hpp>

#include <iterator>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

[[nodiscard]] constexpr bool is_same_word(std::string_view a, std::string_view in_lower) noexcept
{
    return a.size() == in_lower.size() && begins_with(a, in_lower);
}

/// True for a number that is neither true nor false to both ngspice, to which all but 0 is true, and LTspice, to which all above 0.5 is.
[[nodiscard]] constexpr bool is_doubtful_condition(double x) noexcept { return x != 0.0 && !(x > 0.5); }

/// A power as ngspice and LTspice both have it: a number below 0 has an even one alone, of others they take the sign away, or keep it, or
/// give 0, each in another way.
[[nodiscard]] constexpr evaluation<double> power_of(double x, double y) noexcept
{
    if (x < 0.0 && repeatable::remainder(y, 2.0) != 0.0) return {0.0, mistake_kind::doubtful_power, {}};
    return {repeatable::power(math::abs(x), y)};
}

/// The functions of one argument.
struct function_of_one {
    std::string_view name;
    double (*value)(double) noexcept;
};
inline constexpr function_of_one functions_of_one[] = {
    {"sqrt", [](double x) noexcept { return repeatable::sqrt(x); }},
    {"exp", [](double x) noexcept { return repeatable::exp(x); }},
    {"ln", [](double x) noexcept { return repeatable::log(x); }},
    {"log", [](double x) noexcept { return repeatable::log(x); }},
    {"log10", [](double x) noexcept { return repeatable::log10(x); }},
    {"abs", [](double x) noexcept { return math::abs(x); }},
    {"sgn", [](double x) noexcept { return x > 0.0   ? 1.0
                                           : x < 0.0 ? -1.0
                                                     : 0.0; }},
    {"uramp", [](double x) noexcept { return x > 0.0 ? x : 0.0; }},
    {"sqr", [](double x) noexcept { return product(x, x); }},
    {"sin", [](double x) noexcept { return repeatable::sin(x); }},
    {"cos", [](double x) noexcept { return repeatable::cos(x); }},
    {"tan", [](double x) noexcept { return repeatable::tan(x); }},
    {"asin", [](double x) noexcept { return repeatable::asin(x); }},
    {"arcsin", [](double x) noexcept { return repeatable::asin(x); }},
    {"acos", [](double x) noexcept { return repeatable::acos(x); }},
    {"arccos", [](double x) noexcept { return repeatable::acos(x); }},
    {"atan", [](double x) noexcept { return repeatable::atan(x); }},
    {"arctan", [](double x) noexcept { return repeatable::atan(x); }},
    {"sinh", [](double x) noexcept { return repeatable::sinh(x); }},
    {"cosh", [](double x) noexcept { return repeatable::cosh(x); }},
    {"tanh", [](double x) noexcept { return repeatable::tanh(x); }},
    {"asinh", [](double x) noexcept { return repeatable::asinh(x); }},
    {"acosh", [](double x) noexcept { return repeatable::acosh(x); }},
    {"atanh", [](double x) noexcept { return repeatable::atanh(x); }},
    {"int", [](double x) noexcept { return repeatable::truncated(x); }},
    {"floor", [](double x) noexcept { return repeatable::floor(x); }},
    {"ceil", [](double x) noexcept { return repeatable::ceil(x); }},
    {"nint", [](double x) noexcept { return repeatable::nearest(x); }},
    {"round", [](double x) noexcept { return repeatable::truncated(x + (x < 0.0 ? -0.5 : 0.5)); }},
};

/// The functions of two arguments.
struct function_of_two {
    std::string_view name;
    evaluation<double> (*value)(double, double) noexcept;
};
inline constexpr function_of_two functions_of_two[] = {
    {"min", [](double x, double y) noexcept { return evaluation<double>{x < y ? x : y}; }},
    {"max", [](double x, double y) noexcept { return evaluation<double>{x < y ? y : x}; }},
    {"pow", [](double x, double y) noexcept { return power_of(x, y); }},
    // Of a number below 0 ngspice gives the power of its size within braces and the negative of it in a source: never to be guessed.
    {"pwr",
     [](double x, double y) noexcept {
         return x < 0.0 ? evaluation<double>{0.0, mistake_kind::doubtful_power, {}} : power_of(x, y);
     }},
    {"pwrs", [](double x, double y) noexcept { return evaluation<double>{x < 0.0 ? -repeatable::power(-x, y) : repeatable::power(x, y)}; }},
    {"atan2", [](double y, double x) noexcept { return evaluation<double>{repeatable::atan2(y, x)}; }},
    {"hypot",
     [](double x, double y) noexcept {
         const double most = math::abs(x) > math::abs(y) ? math::abs(x) : math::abs(y), a = most > 0.0 ? x / most : 0.0,
                      b = most > 0.0 ? y / most : 0.0;
         return evaluation<double>{most * repeatable::sqrt(a * a + b * b)};
     }},
};

/// Functions that ngspice or LTspice has, and why they have no place here.
struct refused_function {
    std::string_view name;
    mistake_kind why;
};
inline constexpr refused_function refused_functions[] = {
    {"limit", mistake_kind::doubtful_limit},     {"gauss", mistake_kind::random_value},       {"agauss", mistake_kind::random_value},
    {"unif", mistake_kind::random_value},        {"aunif", mistake_kind::random_value},       {"rand", mistake_kind::random_value},
    {"random", mistake_kind::random_value},      {"flat", mistake_kind::random_value},        {"mc", mistake_kind::random_value},
    {"white", mistake_kind::random_value},       {"ddt", mistake_kind::depends_on_time},      {"idt", mistake_kind::depends_on_time},
    {"sdt", mistake_kind::depends_on_time},      {"idtmod", mistake_kind::depends_on_time},   {"delay", mistake_kind::depends_on_time},
    {"absdelay", mistake_kind::depends_on_time}, {"pulse", mistake_kind::depends_on_time},    {"pwl", mistake_kind::depends_on_time},
    {"table", mistake_kind::laplace_or_table},   {"laplace", mistake_kind::laplace_or_table},
};

/// A function that netlists have without defining it: its place in one of the lists, or the step u().
struct known_function {
    int of_one = -1, of_two = -1;
    mistake_kind wrong = mistake_kind::none;   ///< why there is none of this name, or none with so many arguments
};

[[nodiscard]] constexpr known_function find_function(std::string_view name, int count) noexcept
{
    known_function found;
    found.wrong = mistake_kind::unknown_function;
    for (int i = 0; i < static_cast<int>(std::size(functions_of_one)); ++i)
        if (is_same_word(name, functions_of_one[i].name)) found = {i, -1, count == 1 ? mistake_kind::none : mistake_kind::wrong_arguments};
    if (found.wrong != mistake_kind::unknown_function) return found;
    for (int i = 0; i < static_cast<int>(std::size(functions_of_two)); ++i)
        if (is_same_word(name, functions_of_two[i].name)) found = {-1, i, count == 2 ? mistake_kind::none : mistake_kind::wrong_arguments};
    if (found.wrong != mistake_kind::unknown_function) return found;
    for (const refused_function& f : refused_functions)
        if (is_same_word(name, f.name)) found.wrong = f.why;
    if (is_same_word(name, "u")) found.wrong = count == 1 ? mistake_kind::none : mistake_kind::wrong_arguments;
    return found;
}

[[nodiscard]] constexpr evaluation<double> value_of_function(const known_function& function, const double* arguments) noexcept
{
    if (function.of_two >= 0) return functions_of_two[function.of_two].value(arguments[0], arguments[1]);
    if (function.of_one >= 0) return {functions_of_one[function.of_one].value(arguments[0])};
    // The step at 0 V is 0.5 to ngspice; to LTspice it has begun, or not yet.
    if (arguments[0] == 0.0) return {0.0, mistake_kind::doubtful_condition, {}};
    return {arguments[0] > 0.0 ? 1.0 : 0.0};
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
