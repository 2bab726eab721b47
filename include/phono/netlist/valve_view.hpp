// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/valve_cards.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// Which pin of a subcircuit is which electrode.
struct valve_pins {
    int plate = 0, grid = 1, cathode = 2;
};

/// The currents of a subcircuit's sources at given voltages of its pins, whatever its expressions look like.
///
/// A node within has the voltage of the source that leads to it, or, where only sources of current and resistors do, that which they give it.
template <class Body>
class valve_view {
public:
    constexpr valve_view(const Body& body, const valve_cards& cards, const valve_pins& pins) noexcept
        : body_(body), cards_(cards), pins_(pins)
    {
    }

    /// The current from one pin through sources to another, at these voltages against the cathode, which is `lifted` above ground.
    [[nodiscard]] constexpr evaluation<double> current(int from, int to, double vgk, double vpk, double lifted = 0.0) noexcept
    {
        vgk_ = vgk, vpk_ = vpk, lifted_ = lifted, known_count_ = 0, depth_ = 0;
        evaluation<double> sum{};
        for (int i = 0; i < cards_.source_count && sum.wrong == mistake_kind::none; ++i) {
            const law_source& s = cards_.sources[i];
            if (s.is_voltage || !is_between(s, from, to)) continue;
            const evaluation<double> through = value_of(s);
            if (through.wrong != mistake_kind::none) return through;
            sum.value += pin_of(s.a) == from ? through.value : -through.value;
        }
        return sum;
    }
    [[nodiscard]] constexpr evaluation<double> plate_current(double vgk, double vpk, double lifted = 0.0) noexcept
    {
        return current(pins_.plate, pins_.cathode, vgk, vpk, lifted);
    }
    [[nodiscard]] constexpr evaluation<double> grid_current(double vgk, double vpk, double lifted = 0.0) noexcept
    {
        return current(pins_.grid, pins_.cathode, vgk, vpk, lifted);
    }

    /// The pin of this name, or -1.
    [[nodiscard]] constexpr int pin_of(std::string_view node) const noexcept
    {
        for (int i = 0; i < body_.pins(); ++i)
            if (same_name(body_.pin(i), node)) return i;
        return -1;
    }
    [[nodiscard]] constexpr bool is_inner(std::string_view node) const noexcept { return !is_ground(node) && pin_of(node) < 0; }
    [[nodiscard]] constexpr bool is_between(const auto& part, int one, int other) const noexcept
    {
        const int a = pin_of(part.a), b = pin_of(part.b);
        return (a == one && b == other) || (a == other && b == one);
    }
    /// True if a voltage source leads to this node.
    [[nodiscard]] constexpr bool is_held(std::string_view node) const noexcept
    {
        for (int i = 0; i < cards_.source_count; ++i)
            if (cards_.sources[i].is_voltage && (same_name(cards_.sources[i].a, node) || same_name(cards_.sources[i].b, node))) return true;
        return false;
    }

private:
    static constexpr int most_nodes = 16, most_depth = 8;

    struct asked_voltages {
        valve_view* view;
        constexpr evaluation<double> operator()(std::string_view plus, std::string_view minus) const noexcept
        {
            return view->difference(plus, minus);
        }
    };

    [[nodiscard]] static constexpr evaluation<double> unknown(std::string_view word) noexcept
    {
        return {0.0, mistake_kind::unknown_valve, word};
    }

    constexpr evaluation<double> value_of(const law_source& s) noexcept
    {
        if (!s.plus.empty()) {
            const evaluation<double> gain = body_.value(s.expression), by = difference(s.plus, s.minus);
            if (gain.wrong != mistake_kind::none) return gain;
            return {product(gain.value, by.value), by.wrong, by.word};
        }
        auto names = body_.names(asked_voltages{this});
        return evaluate<double>(s.expression, names);
    }

    constexpr evaluation<double> difference(std::string_view plus, std::string_view minus) noexcept
    {
        const evaluation<double> high = volts(unquoted(plus));
        if (high.wrong != mistake_kind::none || minus.empty()) return high;
        const evaluation<double> low = volts(unquoted(minus));
        return {high.value - low.value, low.wrong, low.word};
    }

    constexpr evaluation<double> volts(std::string_view node) noexcept
    {
        if (is_ground(node)) return {0.0};
        const int pin = pin_of(node);
        if (pin >= 0) {
            const bool is_electrode = pin == pins_.plate || pin == pins_.grid || pin == pins_.cathode;
            if (!is_electrode) return unknown(node);
            return {lifted_ + (pin == pins_.plate ? vpk_ : pin == pins_.grid ? vgk_ : 0.0)};
        }
        for (int i = 0; i < known_count_; ++i)
            if (same_name(known_[i].node, node)) return {known_[i].volts};
        if (depth_ >= most_depth) return unknown(node);
        ++depth_;
        const evaluation<double> found = is_held(node) ? held_volts(node) : floating_volts(node);
        --depth_;
        if (found.wrong == mistake_kind::none && known_count_ < most_nodes) known_[known_count_++] = {node, found.value};
        return found;
    }

    constexpr evaluation<double> held_volts(std::string_view node) noexcept
    {
        evaluation<double> found = unknown(node);
        for (int i = 0; i < cards_.source_count && found.wrong != mistake_kind::none; ++i) {
            const law_source& s = cards_.sources[i];
            const bool is_plus = same_name(s.a, node);
            if (!s.is_voltage || is_followed_[i] || (!is_plus && !same_name(s.b, node))) continue;
            is_followed_[i] = true;
            found = volts(is_plus ? s.b : s.a);
            if (found.wrong == mistake_kind::none) {
                const evaluation<double> across = value_of(s);
                found = {is_plus ? found.value + across.value : found.value - across.value, across.wrong, across.word};
            }
            is_followed_[i] = false;
        }
        return found;
    }

    /// A node at which currents meet resistors.
    constexpr evaluation<double> floating_volts(std::string_view node) noexcept
    {
        double current = 0.0, siemens = 0.0;
        for (int i = 0; i < cards_.source_count; ++i) {
            const law_source& s = cards_.sources[i];
            const bool is_out_of = same_name(s.a, node);
            if (!is_out_of && !same_name(s.b, node)) continue;
            const evaluation<double> through = value_of(s);
            if (through.wrong != mistake_kind::none) return through;
            current += is_out_of ? -through.value : through.value;
        }
        for (int i = 0; i < cards_.part_count; ++i) {
            const law_part& p = cards_.parts[i];
            const bool is_first = same_name(p.a, node);
            if (!is_first && !same_name(p.b, node)) continue;
            if (p.letter != 'r') return unknown(node);
            const evaluation<double> ohms = body_.value(p.value), other = volts(is_first ? p.b : p.a);
            if (ohms.wrong != mistake_kind::none || !(ohms.value > 0.0)) return unknown(node);
            if (other.wrong != mistake_kind::none) return other;
            siemens += 1.0 / ohms.value, current += other.value / ohms.value;
        }
        if (!(siemens > 0.0)) return unknown(node);
        return {current / siemens};
    }

    struct known_voltage {
        std::string_view node{};
        double volts = 0.0;
    };

    const Body& body_;
    const valve_cards& cards_;
    valve_pins pins_;
    double vgk_ = 0.0, vpk_ = 0.0, lifted_ = 0.0;
    known_voltage known_[most_nodes]{};
    bool is_followed_[valve_cards::most]{};   ///< sources that lead to the node whose voltage is being found
    int known_count_ = 0, depth_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
