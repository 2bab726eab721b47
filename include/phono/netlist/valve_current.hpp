// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/traced.hpp>
#include <phono/netlist/valve_cards.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// Which pin of a subcircuit is which electrode.
struct valve_pins {
    int plate = 0, grid = 1, cathode = 2;
};

/// The pin of this name of a subcircuit, or -1.
template <class Body>
[[nodiscard]] constexpr int pin_of(const Body& body, std::string_view node) noexcept
{
    for (int i = 0; i < body.pins(); ++i)
        if (same_name(body.pin(i), node)) return i;
    return -1;
}
/// True for a part between these pins, either way round.
template <class Body>
[[nodiscard]] constexpr bool is_between(const Body& body, const auto& part, int one, int other) noexcept
{
    const int a = pin_of(body, part.a), b = pin_of(body, part.b);
    return (a == one && b == other) || (a == other && b == one);
}

/// The current from one pin of a subcircuit through its sources to another, at given voltages of the electrodes, whatever its expressions
/// look like.
///
/// A node within has the voltage of the source that leads to it, or, where only sources of current and resistors do, that which they give it.
template <class Body>
class valve_current {
public:
    constexpr valve_current(const Body& body, const valve_cards& cards, const valve_pins& pins, int from, int to) noexcept
        : body_(body), cards_(cards), pins_(pins)
    {
        for (int i = 0; i < cards_.source_count && wrong_ == mistake_kind::none; ++i) {
            const law_source& s = cards_.sources[i];
            if (s.is_voltage || !is_between(body_, s, from, to)) continue;
            evaluation<traced> through = value_of(s);
            if (through.wrong == mistake_kind::none && pin_of(body_, s.a) != from) through.wrong = scale_by(through.value, -1.0);
            wrong_ = through.wrong == mistake_kind::none ? add_to(sum_, through.value) : through.wrong;
        }
        if (trace_.is_full()) wrong_ = mistake_kind::unknown_valve;
    }
    valve_current(const valve_current&) = delete;
    valve_current& operator=(const valve_current&) = delete;

    /// At these voltages against the cathode, which is `lifted` above ground.
    [[nodiscard]] constexpr evaluation<double> operator()(double vgk, double vpk, double lifted = 0.0) noexcept
    {
        if (wrong_ != mistake_kind::none) return {0.0, wrong_, {}};
        return trace_.run(sum_, vgk, vpk, lifted);
    }

private:
    static constexpr int most_nodes = 16, most_depth = 8;
    /// How often the voltage of a node may be sought: a triode's law needs a dozen. Without a limit, nodes within that lead to each other in
    /// circles are followed along every way through them.
    static constexpr int most_searches = 200;

    /// What the words of an expression stand for.
    struct names_on_trace {
        valve_current* of;

        [[nodiscard]] constexpr evaluation<traced> parameter(std::string_view name) const noexcept
        {
            const evaluation<double> found = inner().parameter(name);
            return {traced::of(found.value), found.wrong, found.word};
        }
        [[nodiscard]] constexpr bool function(std::string_view name, function_text& text) const noexcept
        {
            return inner().function(name, text);
        }
        [[nodiscard]] constexpr evaluation<traced> voltage(std::string_view plus, std::string_view minus) const noexcept
        {
            return of->difference(plus, minus);
        }
        [[nodiscard]] constexpr evaluation<traced> current(std::string_view source) const noexcept
        {
            return {{}, mistake_kind::unknown_valve, source};
        }

    private:
        struct no_voltages {
            constexpr evaluation<double> operator()(std::string_view plus, std::string_view) const noexcept
            {
                return {0.0, mistake_kind::unknown_valve, plus};
            }
        };
        [[nodiscard]] constexpr auto inner() const noexcept { return of->body_.names(no_voltages{}); }
    };

    [[nodiscard]] static constexpr evaluation<traced> unknown(std::string_view word) noexcept
    {
        return {{}, mistake_kind::unknown_valve, word};
    }

    constexpr evaluation<traced> value_of(const law_source& s) noexcept
    {
        if (!s.plus.empty()) {
            const evaluation<double> gain = body_.value(s.expression);
            evaluation<traced> by = difference(s.plus, s.minus);
            if (gain.wrong != mistake_kind::none) return {{}, gain.wrong, gain.word};
            if (by.wrong == mistake_kind::none) by.wrong = scale_by(by.value, gain.value);
            return by;
        }
        names_on_trace names{this};
        return evaluate<traced>(s.expression, names);
    }

    [[nodiscard]] static constexpr evaluation<traced> sum_of(const evaluation<traced>& a, evaluation<traced> b, double sign) noexcept
    {
        if (a.wrong != mistake_kind::none) return a;
        if (b.wrong != mistake_kind::none) return b;
        evaluation<traced> sum = a;
        if (sign != 1.0) static_cast<void>(scale_by(b.value, sign));
        sum.wrong = add_to(sum.value, b.value);
        return sum;
    }
    constexpr evaluation<traced> difference(std::string_view plus, std::string_view minus) noexcept
    {
        const evaluation<traced> high = volts(unquoted(plus));
        return minus.empty() ? high : sum_of(high, volts(unquoted(minus)), -1.0);
    }

    constexpr evaluation<traced> volts(std::string_view node) noexcept
    {
        if (is_ground(node)) return {traced::of(0.0)};
        for (int i = 0; i < known_count_; ++i)
            if (same_name(known_[i].node, node)) return {known_[i].volts};
        if (depth_ >= most_depth || searches_ >= most_searches) return unknown(node);
        ++depth_, ++searches_;
        const int pin = pin_of(body_, node);
        const evaluation<traced> found = pin >= 0 ? pin_volts(node, pin) : cards_.is_held(node) ? held_volts(node) : floating_volts(node);
        --depth_;
        if (found.wrong == mistake_kind::none && known_count_ < most_nodes) known_[known_count_++] = {node, found.value};
        return found;
    }
    constexpr evaluation<traced> pin_volts(std::string_view node, int pin) noexcept
    {
        if (pin == pins_.plate) return {trace_.record(trace_operation::plate)};
        if (pin == pins_.grid) return {trace_.record(trace_operation::grid)};
        return pin == pins_.cathode ? evaluation<traced>{trace_.record(trace_operation::cathode)} : unknown(node);
    }

    constexpr evaluation<traced> held_volts(std::string_view node) noexcept
    {
        evaluation<traced> found = unknown(node);
        for (int i = 0; i < cards_.source_count && found.wrong != mistake_kind::none; ++i) {
            const law_source& s = cards_.sources[i];
            const bool is_plus = same_name(s.a, node);
            if (!s.is_voltage || is_followed_[i] || (!is_plus && !same_name(s.b, node))) continue;
            is_followed_[i] = true;
            found = volts(is_plus ? s.b : s.a);
            if (found.wrong == mistake_kind::none) found = sum_of(found, value_of(s), is_plus ? 1.0 : -1.0);
            is_followed_[i] = false;
        }
        return found;
    }

    /// A node at which currents meet resistors.
    constexpr evaluation<traced> floating_volts(std::string_view node) noexcept
    {
        evaluation<traced> current{};
        double siemens = 0.0;
        for (int i = 0; i < cards_.source_count && current.wrong == mistake_kind::none; ++i) {
            const law_source& s = cards_.sources[i];
            const bool is_out_of = same_name(s.a, node);
            if (is_out_of || same_name(s.b, node)) current = sum_of(current, value_of(s), is_out_of ? -1.0 : 1.0);
        }
        for (int i = 0; i < cards_.part_count && current.wrong == mistake_kind::none; ++i) {
            const law_part& p = cards_.parts[i];
            const bool is_first = same_name(p.a, node);
            if (!is_first && !same_name(p.b, node)) continue;
            const evaluation<double> ohms = p.letter == 'r' ? body_.value(p.value) : evaluation<double>{};
            if (ohms.wrong != mistake_kind::none || !(ohms.value > 0.0)) return unknown(node);
            current = sum_of(current, volts(is_first ? p.b : p.a), 1.0 / ohms.value);
            siemens += 1.0 / ohms.value;
        }
        if (current.wrong != mistake_kind::none) return current;
        if (!(siemens > 0.0)) return unknown(node);
        current.wrong = divide_by(current.value, siemens);
        return current;
    }

    struct known_voltage {
        std::string_view node{};
        traced volts{};
    };

    const Body& body_;
    const valve_cards& cards_;
    valve_pins pins_;
    trace trace_{};
    traced sum_{};
    mistake_kind wrong_ = mistake_kind::none;
    known_voltage known_[most_nodes]{};
    bool is_followed_[valve_cards::most]{};   ///< sources that lead to the node whose voltage is being found
    int known_count_ = 0, depth_ = 0, searches_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
