// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/scopes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The body of a subcircuit in use, as what recognises valves sees it.
class subcircuit_body {
public:
    constexpr subcircuit_body(reading_state& state, int in) : state_(state), in_(in), scope_(state.instances[in].subcircuit)
    {
        for (int i = state.subcircuits.begin_of(scope_); i < state.subcircuits.end_of(scope_); ++i)
            if (state.subcircuits.scope(i) == scope_ && state.subcircuits.kind(i) == line_kind::card) lines_.add(i);
        for (int i = 0; i < pins(); ++i) electrodes_.add(pin_name(i));
    }

    [[nodiscard]] constexpr std::string_view name() const noexcept { return state_.subcircuits[scope_].name; }
    [[nodiscard]] constexpr int pins() const noexcept { return state_.instances[in_].pins; }
    [[nodiscard]] constexpr std::string_view pin_name(int i) const noexcept
    {
        return state_.pins[state_.instances[in_].first_pin + i].name;
    }
    /// The node at which the electrode of a pin stands: the pin itself, or one behind a resistor that leads to it.
    [[nodiscard]] constexpr std::string_view pin(int i) const noexcept { return electrodes_[i]; }
    constexpr void set_pin(int i, std::string_view node) noexcept { electrodes_[i] = node; }
    [[nodiscard]] constexpr int cards() const noexcept { return lines_.count(); }
    [[nodiscard]] constexpr std::string_view card(int i) const noexcept { return state_.lines.text(lines_[i]); }

    /// An expression in the scope of the instance.
    [[nodiscard]] constexpr evaluation<double> value(std::string_view expression) const
    {
        return expression_value(state_, in_, expression);
    }

    /// What its names stand for, with voltages between its nodes as a function tells them.
    template <class Voltages>
    struct names_at : number_names {
        Voltages volts;

        constexpr evaluation<double> voltage(std::string_view plus, std::string_view minus) const { return volts(plus, minus); }
    };
    template <class Voltages>
    [[nodiscard]] constexpr names_at<Voltages> names(Voltages volts) const noexcept
    {
        return {{state_, in_}, volts};
    }

    /// What stands behind the name of a .model: D(IS=1n RS=1).
    [[nodiscard]] constexpr bool model(std::string_view name, std::string_view& found) const noexcept
    {
        return find_model(state_, scope_, name, found);
    }

    /// True if all of its cards are linear by their kind; a subcircuit of a subcircuit is looked at when it is its turn.
    [[nodiscard]] constexpr bool is_linear() const noexcept
    {
        for (int i = 0; i < cards(); ++i) {
            card_words words{card(i)};
            const char letter = letter_of(words.next_name());
            if (letter == '\0') continue;
            if (std::string_view{"rclkvifhsx"}.find(letter) != std::string_view::npos) continue;
            if (letter != 'e' && letter != 'g') return false;
            words.next_name(), words.next_name();
            const std::string_view word = words.peek();
            if (is_listed(word, " value vol cur v i ")) return false;
        }
        return true;
    }
    /// True if one of its cards can be no part of a linear circuit: a diode, a transistor ...
    [[nodiscard]] constexpr bool has_devices() const noexcept
    {
        for (int i = 0; i < cards(); ++i) {
            const char letter = letter_of(card_words{card(i)}.next_name());
            if (letter != '\0' && std::string_view{"rclkviegfhbsx"}.find(letter) == std::string_view::npos) return true;
        }
        return false;
    }

private:
    /// The kind of a card, by its name; none for a line of brackets and commas alone, which is refused where cards are read.
    [[nodiscard]] static constexpr char letter_of(std::string_view name) noexcept { return name.empty() ? '\0' : lower(name.front()); }

    reading_state& state_;
    int in_, scope_;
    growing_list<int> lines_{};
    growing_list<std::string_view> electrodes_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
