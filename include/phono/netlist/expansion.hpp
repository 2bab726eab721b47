// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/catalogue_devices.hpp>
#include <phono/netlist/controlled_cards.hpp>
#include <phono/netlist/passive_cards.hpp>
#include <phono/netlist/source_cards.hpp>
#include <phono/netlist/subcircuit_body.hpp>
#include <phono/netlist/subcircuit_calls.hpp>
#include <phono/netlist/switch_cards.hpp>
#include <phono/netlist/valves.hpp>

#include <cstdint>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Expands subcircuits no further than into so many parts.
inline constexpr int most_cards = 4096, most_letters_of_names = 1 << 22;

constexpr bool read_card(reading_state& state, int in, int line, bool is_of_model);

/// Which cards of an instance are a valve's law, and so placed otherwise.
struct left_out_cards {
    std::uint64_t used = 0, stoppers = 0;   ///< stoppers: cards beside the law that are no part of a model
    bool is_valve = false;
};

/// Reads the cards of an instance; its parameters are known. False where reading stops at a mistake.
constexpr bool expand(reading_state& state, int in, const left_out_cards& without = {})
{
    const int scope = state.instances[in].subcircuit;
    const int end = state.subcircuits.end_of(scope);
    for (int i = state.subcircuits.begin_of(scope), place = 0; i < end; ++i) {
        if (state.subcircuits.scope(i) != scope || state.subcircuits.kind(i) != line_kind::card) continue;
        const std::uint64_t card = place < 64 ? std::uint64_t{1} << place : 0;
        ++place;
        if ((without.used & card) != 0) continue;
        read_card(state, in, i, without.is_valve && (without.stoppers & card) == 0);
        if (!state.goes_on()) return false;
    }
    return true;
}

/// A valve or an amplifier of the catalogue in the place of an X.
constexpr bool place_of_catalogue(card_reader& card, const call_words& call, bool& is_placed)
{
    reading_state& state = card.state;
    const auto node = [&](int place) { return node_number(state, card.in, call.word[place]); };
    const int nodes = call.nodes();
    is_placed = true;
    if (const auto tube = catalogue_triode(call.name())) {
        if (nodes == 9 && is_noval_double_triode(call.name())) return place_double_triode(card, call.word, tube), true;
        if (nodes != 3) return card.fail_by_nodes(mistake_kind::wrong_pins_of_triode, call.name(), nodes);
        const int plate = node(0), grid = node(1), cathode = node(2);
        place_triode(card, tube, plate, grid, cathode);
        return true;
    }
    if (const auto amplifier = catalogue_amplifier(call.name())) {
        if (nodes == 8 && is_dual_amplifier(call.name())) return place_dual_amplifier(card, call.word, amplifier), true;
        if (nodes != 3 && nodes != 5) return card.fail_by_nodes(mistake_kind::wrong_pins_of_amplifier, call.name(), nodes);
        const int plus = node(0), minus = node(1);
        for (int supply = 2; supply + 1 < nodes; ++supply) state.asked_nodes.add(node(supply));
        const int out = node(nodes - 1);
        place_amplifier(card, amplifier, plus, minus, out);
        return true;
    }
    is_placed = false;
    return true;
}

/// The name of a subcircuit or of the catalogue that is nearest to this one.
[[nodiscard]] constexpr std::string_view nearest_name(const reading_state& state, std::string_view name)
{
    std::string_view nearest{};
    int least = static_cast<int>(name.size()) / 2 + 1;
    const auto look_at = [&](std::string_view other) {
        const int distance = name_distance(name, other);
        if (distance < least) least = distance, nearest = other;
    };
    for (int i = 0; i < state.subcircuits.count(); ++i) look_at(state.subcircuits[i].name);
    for (const std::string_view other : catalogue_names()) look_at(other);
    return nearest;
}

/// True if the parameters of two instances of one subcircuit say the same.
[[nodiscard]] constexpr bool has_same_parameters(const reading_state& state, int one, int other) noexcept
{
    const instance &a = state.instances[one], &b = state.instances[other];
    if (a.subcircuit != b.subcircuit || a.parameters != b.parameters) return false;
    for (const int in : {one, other})   // what their expressions may ask for must be the same too: that of the text itself
        for (int i = state.instances[in].parent; i > 0; i = state.instances[i].parent)
            if (state.instances[i].parameters > 0) return false;
    for (int i = 0; i < a.parameters; ++i)
        if (state.parameters[a.first_parameter + i].text != state.parameters[b.first_parameter + i].text) return false;
    return true;
}

/// What an instance is as a valve; what another of the same subcircuit and parameters was is not found out again.
constexpr const known_valve& valve_of(reading_state& state, subcircuit_body& body, int made)
{
    for (const known_valve& known : state.known_valves)
        if (has_same_parameters(state, known.instance, made)) return known;
    return state.known_valves.add({made, find_valve(body)});
}

/// An X whose subcircuit is not linear by its cards: a triode, or a linear circuit after all, or what will be refused.
constexpr bool place_valve(card_reader& card, const call_words& call, int made)
{
    reading_state& state = card.state;
    subcircuit_body body{state, made};
    const valve_reading valve = valve_of(state, body, made).valve;
    if (valve.is_triode && state.has_other_temperature && body.has_devices())   // the diode of its grid
        return card.fail(mistake_kind::other_temperature, call.name());
    if (valve.is_triode) {
        const int plate = node_number(state, made, valve.plate), grid = node_number(state, made, valve.grid),
                  cathode = node_number(state, made, valve.cathode);
        flat_card& placed = card.add(card_kind::law, plate, cathode);
        placed.plus = grid, placed.first = state.laws.count(), placed.taken_for = call.name();
        state.laws.add(valve.law);
        card.note(note_kind::taken_for_triode, call.name());
        for (const std::string_view setting : valve.left_out) card.note(note_kind::setting_left_out, setting);
        return expand(state, made, {valve.used, valve.stoppers, true});
    }
    if (valve.wrong == mistake_kind::none && !body.has_devices()) return expand(state, made);
    if (catalogue_amplifier(call.name()) && call.nodes() <= 5) {   // of more, the order is its own
        bool is_placed = false;
        card.note(note_kind::amplifier_for_subcircuit, call.name());
        return place_of_catalogue(card, call, is_placed);
    }
    if (valve.wrong == mistake_kind::none) return card.fail(mistake_kind::unknown_valve, call.name());
    return card.fail(valve.wrong, valve.word.empty() ? call.name() : valve.word);
}

/// X.
constexpr bool read_subcircuit(card_reader& card)
{
    call_words call;
    if (!read_call(card, call)) return false;
    reading_state& state = card.state;
    const int meant = state.subcircuits.find(call.name(), state.instances[card.in].subcircuit);
    if (meant < 0) {
        bool is_placed = false;
        if (!place_of_catalogue(card, call, is_placed)) return false;
        if (!is_placed) return card.fail(mistake_kind::unknown_subcircuit, call.name(), nearest_name(state, call.name()));
        const std::string_view parameter = next_defined_name(call.parameters);
        return parameter.empty() || card.fail(mistake_kind::parameter_of_catalogue, parameter);
    }
    int made = -1;
    if (!make_instance(card, call, meant, made)) return false;
    return subcircuit_body{state, made}.is_linear() ? expand(state, made) : place_valve(card, call, made);
}

/// Reads one card of an instance.
constexpr bool read_card(reading_state& state, int in, int line, bool is_of_model)
{
    card_reader card{state, in, line};
    card.is_of_model = is_of_model;
    if (card.part.empty()) return card.fail(mistake_kind::unexpected_word, state.lines.text(line));   // brackets and commas alone
    const char letter = lower(card.part.front());
    if (state.cards.count() > most_cards || state.instances.count() > most_cards || state.names.count() > most_letters_of_names)
        return card.fail(mistake_kind::too_many_cards, {});
    if (const std::string_view model = card.words.rest(); model.starts_with("__") && same_name(model.substr(2), card.part))
        return card.fail(mistake_kind::part_without_model, card.part);
    const std::uint32_t hash = hash_of(card.part);
    if (find_part_name(state, in, hash, card.part) != nullptr) return card.fail(mistake_kind::duplicate_part, card.part);
    card.part_number = state.parts.count();
    state.parts.add({in, hash, card.part, -1});
    switch (letter) {
        case 'r':
        case 'c':
        case 'l': return read_passive(card, letter);
        case 'v':
        case 'i': return read_source(card, letter);
        case 'e':
        case 'g': return read_voltage_controlled(card, letter);
        case 'f':
        case 'h': return read_current_controlled(card, letter);
        case 'b': return read_behavioural(card);
        case 's': return read_switch(card);
        case 'x': return read_subcircuit(card);
        case 'k': state.couplings.add({line, in, -1, {}}); return true;
        case 'd':
        case 'q':
        case 'j':
        case 'm':
        case 'z': return card.fail(mistake_kind::junction_device, card.part);
        default: return card.fail(mistake_kind::unknown_device, card.part);
    }
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
