// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/call_parameters.hpp>
#include <phono/netlist/card_reader.hpp>

#include <cstdint>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Expands subcircuits no deeper than this.
inline constexpr int deepest_subcircuit = 12;

/// The parameters that .param defines in the scope of an instance.
constexpr bool add_scope_parameters(reading_state& state, int in)
{
    const int scope = state.instances[in].subcircuit;
    for (int i = state.subcircuits.begin_of(scope); i < state.subcircuits.end_of(scope); ++i) {
        if (state.subcircuits.scope(i) != scope || state.subcircuits.kind(i) != line_kind::parameters) continue;
        card_words words{state.lines.text(i)};
        const std::string_view command = words.next();
        if (!add_parameters(state, in, in, words, state.lines[i].at, command)) return false;
    }
    return true;
}

/// The words of an X: nodes, the name of a subcircuit, and its parameters.
struct call_words {
    static constexpr int most = 40;
    std::string_view word[most]{};
    int count = 0;   ///< of words, the last of which is the name
    card_words parameters{{}};

    [[nodiscard]] constexpr std::string_view name() const noexcept { return word[count - 1]; }
    [[nodiscard]] constexpr int nodes() const noexcept { return count - 1; }
};

constexpr bool read_call(card_reader& card, call_words& call)
{
    while (!card.words.is_empty()) {
        const card_words before = card.words;
        const std::string_view word = card.words.next_name();
        if (card.words.is_unclosed()) return card.fail(mistake_kind::unclosed_quote, word);
        if (word.empty()) continue;   // a bracket that closes
        const bool is_parameter = card.words.peek() == "=" || same_name(word, "params:") || same_name(word, "params");
        if (is_parameter) {
            call.parameters = before;
            break;
        }
        if (call.count == call_words::most) return card.fail(mistake_kind::wrong_pins, word);
        call.word[call.count++] = unquoted(word);
    }
    if (call.count < 2) return card.fail(mistake_kind::too_few_words, card.part);
    return true;
}

/// Binds the pins of a subcircuit to the nodes of a call; `parameters` is what stands behind the pins.
constexpr bool bind_pins(card_reader& card, const call_words& call, int in, const subcircuit& meant, card_words& parameters)
{
    reading_state& state = card.state;
    card_words words{meant.pins};
    const int first = state.pins.count();
    int count = 0;
    for (;;) {
        parameters = words;
        if (words.is_empty()) break;
        const std::string_view pin = unquoted(words.next_name());
        if (pin.empty()) continue;   // a bracket that closes
        if (words.peek() == "=" || same_name(pin, "params:") || same_name(pin, "params")) break;
        if (count < call.nodes()) {
            const std::uint32_t hash = hash_of(pin);
            for (int i = first; i < state.pins.count(); ++i)
                if (state.pins[i].hash == hash && same_name(state.pins[i].name, pin))
                    return state.report(mistake_kind::pin_twice, meant.at, ".subckt", pin);
            const int node = node_number(state, card.in, call.word[count]);
            state.pins.add({in, hash, pin, node});
        }
        ++count;
    }
    state.instances[in].first_pin = first, state.instances[in].pins = state.pins.count() - first;
    return count == call.nodes() || card.fail_by_nodes(mistake_kind::wrong_pins, call.name(), call.nodes());
}

/// Makes an instance of a subcircuit, with its pins and parameters.
constexpr bool make_instance(card_reader& card, const call_words& call, int meant, int& made)
{
    reading_state& state = card.state;
    instance added;
    added.parent = card.in, added.subcircuit = meant, added.depth = state.instances[card.in].depth + 1;
    for (int i = card.in; i >= 0; i = state.instances[i].parent)
        if (state.instances[i].subcircuit == meant) return card.fail(mistake_kind::recursive_subcircuit, call.name());
    if (added.depth > deepest_subcircuit) return card.fail(mistake_kind::recursive_subcircuit, call.name());
    added.prefix = state.add_name(card.in, card.part, ".");
    added.prefix_length = state.names.count() - 1 - added.prefix;
    added.first_parameter = state.parameters.count(), added.first_part = state.parts.count();
    state.instances.add(added);
    made = state.instances.count() - 1;
    card_words defaults{{}};
    const subcircuit& definition = state.subcircuits[meant];
    return bind_pins(card, call, made, definition, defaults) && check_parameters(state, meant, call.parameters, card.at, card.part) &&
           add_parameters(state, made, card.in, call.parameters, card.at, card.part) &&
           add_parameters(state, made, made, defaults, definition.at, ".subckt") && add_scope_parameters(state, made);
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
