// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/netlist_functions.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// What a step of a trace does with up to three operands.
enum class trace_operation {
    plate,
    grid,
    cathode,
    add,
    multiply,
    divide,
    remainder,
    power,
    less,
    not_more,
    equal,
    unequal,
    either,
    both,
    negation,
    choice,
    function
};

class trace;

/// A value of an expression that depends on the voltages of a triode: a step of a trace, or a number.
struct traced {
    trace* on = nullptr;
    int at = -1;   ///< the step; -1 for a number
    double constant = 0.0;

    [[nodiscard]] static constexpr traced of(double x) noexcept { return {nullptr, -1, x}; }
};

/// An expression as a list of steps, so that its text is read once and computed at many voltages.
///
/// All steps are computed; a value that does not exist, of a branch that is not taken, is no mistake as long as none that counts comes of it.
class trace {
public:
    static constexpr int most = 160;

    struct operand {
        int at = -1;
        double constant = 0.0;
    };
    struct step {
        trace_operation operation{};
        operand with[3]{};
        known_function function{};
    };

    constexpr traced record(trace_operation operation, const traced& a = {}, const traced& b = {}, const traced& c = {},
                            const known_function& function = {}) noexcept
    {
        if (count_ == most) return is_full_ = true, traced{this, 0, 0.0};
        steps_[count_] = {operation, {{a.at, a.constant}, {b.at, b.constant}, {c.at, c.constant}}, function};
        return {this, count_++, 0.0};
    }
    [[nodiscard]] constexpr bool is_full() const noexcept { return is_full_; }

    /// The value at these voltages against the cathode, which is `lifted` above ground.
    [[nodiscard]] constexpr evaluation<double> run(const traced& wanted, double vgk, double vpk, double lifted = 0.0) noexcept
    {
        if (wanted.at < 0) return {wanted.constant};
        vgk_ = vgk, vpk_ = vpk, lifted_ = lifted;
        for (int i = 0; i <= wanted.at; ++i) {
            const step& s = steps_[i];
            const evaluation<double> found = value(s);
            value_[i] = found.value, wrong_[i] = found.wrong;
            if (found.wrong == mistake_kind::none && !is_in_range(found.value)) wrong_[i] = mistake_kind::not_finite;
        }
        return {value_[wanted.at], wrong_[wanted.at], {}};
    }

private:
    [[nodiscard]] constexpr double value_of(const operand& x) const noexcept { return x.at < 0 ? x.constant : value_[x.at]; }
    [[nodiscard]] constexpr mistake_kind wrong_of(const operand& x) const noexcept { return x.at < 0 ? mistake_kind::none : wrong_[x.at]; }
    [[nodiscard]] static constexpr evaluation<double> as_number(bool holds) noexcept { return {holds ? 1.0 : 0.0}; }

    [[nodiscard]] constexpr evaluation<double> value(const step& s) const noexcept
    {
        if (s.operation == trace_operation::choice) return chosen(s);
        for (const operand& x : s.with)
            if (x.at >= 0 && wrong_[x.at] != mistake_kind::none) return {0.0, wrong_[x.at], {}};
        const double a = value_of(s.with[0]), b = value_of(s.with[1]);
        switch (s.operation) {
            case trace_operation::plate: return {lifted_ + vpk_};
            case trace_operation::grid: return {lifted_ + vgk_};
            case trace_operation::cathode: return {lifted_};
            case trace_operation::add: return {a + b};
            case trace_operation::multiply: return {product(a, b)};
            case trace_operation::divide: return {quotient(a, b)};
            case trace_operation::remainder: return {repeatable::remainder(a, b)};
            case trace_operation::power: return power_of(a, b);
            case trace_operation::less: return as_number(a < b);
            case trace_operation::not_more: return as_number(a <= b);
            case trace_operation::equal: return as_number(a == b);
            case trace_operation::unequal: return as_number(a != b);
            case trace_operation::function: {
                const double arguments[] = {a, b};
                return value_of_function(s.function, arguments);
            }
            case trace_operation::either:
            case trace_operation::both:
            case trace_operation::negation:
            case trace_operation::choice: break;
        }
        if (is_doubtful_condition(a) || is_doubtful_condition(b)) return {0.0, mistake_kind::doubtful_condition, {}};
        if (s.operation == trace_operation::negation) return as_number(a == 0.0);
        return as_number(s.operation == trace_operation::either ? a + b != 0.0 : a * b != 0.0);
    }
    [[nodiscard]] constexpr evaluation<double> chosen(const step& s) const noexcept
    {
        const double asked = value_of(s.with[0]);
        if (wrong_of(s.with[0]) != mistake_kind::none) return {0.0, wrong_of(s.with[0]), {}};
        if (is_doubtful_condition(asked)) return {0.0, mistake_kind::doubtful_condition, {}};
        const operand& x = asked != 0.0 ? s.with[1] : s.with[2];
        return {value_of(x), wrong_of(x), {}};
    }

    step steps_[most]{};
    double value_[most]{};
    mistake_kind wrong_[most]{};
    int count_ = 0;
    double vgk_ = 0.0, vpk_ = 0.0, lifted_ = 0.0;
    bool is_full_ = false;
};

/// A step on the trace that one of its operands is on.
[[nodiscard]] constexpr traced recorded(trace_operation operation, const traced& a, const traced& b = {}, const traced& c = {},
                                        const known_function& function = {}) noexcept
{
    trace* const on = a.on != nullptr ? a.on : b.on != nullptr ? b.on : c.on;
    return on->record(operation, a, b, c, function);
}

[[nodiscard]] constexpr bool is_constant(const traced& x) noexcept { return x.on == nullptr; }
[[nodiscard]] constexpr double constant_of(const traced& x) noexcept { return x.constant; }
[[nodiscard]] constexpr mistake_kind add_to(traced& sum, const traced& x) noexcept
{
    if (is_constant(sum) && is_constant(x)) return add_to(sum.constant, x.constant);
    sum = recorded(trace_operation::add, sum, x);
    return mistake_kind::none;
}
[[nodiscard]] constexpr mistake_kind scale_by(traced& x, double factor) noexcept
{
    if (is_constant(x)) return scale_by(x.constant, factor);
    x = recorded(trace_operation::multiply, x, traced::of(factor));
    return mistake_kind::none;
}
[[nodiscard]] constexpr mistake_kind divide_by(traced& x, double divisor) noexcept
{
    if (is_constant(x)) return divide_by(x.constant, divisor);
    x = recorded(trace_operation::divide, x, traced::of(divisor));
    return mistake_kind::none;
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
