// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/card_reader.hpp>

#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Reads what the .model of a switch says behind its name: SW(VT=0.5 VH=0 RON=1 ROFF=1e12).
constexpr bool read_switch_model(card_reader& card, card_words words, switch_card& found)
{
    if (const std::string_view kind = words.next(); !same_name(kind, "sw"))
        return card.fail(mistake_kind::switch_model, kind.empty() ? card.part : kind);
    while (!words.is_empty()) {
        const std::string_view name = words.next();
        if (name == "(" || name == ")") continue;
        const bool is_pair = words.next() == "=";
        const struct {
            std::string_view name;
            double& value;
            char quantity;
        } known[] = {{"vt", found.threshold, 'V'},
                     {"vh", found.hysteresis, 'V'},
                     {"ron", found.closed_resistance, 'R'},
                     {"roff", found.open_resistance, 'R'}};
        bool is_known = false;
        for (const auto& setting : known) {
            if (!is_pair || !same_name(name, setting.name)) continue;
            is_known = true;
            const std::string_view word = words.next();
            if (!card.value_of(word, setting.value, setting.quantity)) return false;
            if (setting.quantity == 'R' && !(setting.value > 0.0)) return card.fail(mistake_kind::not_positive, word);
        }
        if (!is_known) return card.fail(mistake_kind::switch_model, name);
    }
    return true;
}

/// S: a switch that a voltage controls, its model, and `on` or `off` for where it begins within its hysteresis. It is a resistor, whose value
/// is known once all sources are.
constexpr bool read_switch(card_reader& card)
{
    int a = 0, b = 0, plus = 0, minus = 0;
    if (!card.node(a) || !card.node(b) || !card.node(plus) || !card.node(minus)) return false;
    const std::string_view name = card.words.next_name();
    if (name.empty()) return card.fail(mistake_kind::switch_model, card.part);
    std::string_view model{};
    if (!find_model(card.state, card.state.instances[card.in].subcircuit, name, model)) return card.fail(mistake_kind::unknown_model, name);
    switch_card found;
    found.plus = plus, found.minus = minus, found.open_resistance = 1.0 / card.state.least_conductance;
    if (!read_switch_model(card, card_words{model}, found)) return false;
    while (!card.words.is_empty()) {
        const std::string_view word = card.words.next();
        if (!is_listed(word, " on off ")) return card.fail(mistake_kind::unexpected_word, word);
        found.begins_closed = same_name(word, "on");
    }
    card.add_valued(card_kind::resistor, a, b, switch_card::not_decided, 'R');
    found.card = card.state.cards.count() - 1;
    card.state.switches.add(found);
    return true;
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
