// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/card_reader.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The card of a part of an instance by its name, or -1.
[[nodiscard]] constexpr int find_part(const reading_state& state, int in, std::string_view name) noexcept
{
    const scoped_name* const found = find_part_name(state, in, hash_of(name), name);
    return found != nullptr ? found->number : -1;
}

/// Asks for the current of a voltage source. Returns its card, or -1 if there is no such source.
constexpr int sense(reading_state& state, int in, std::string_view source)
{
    const int card = find_part(state, in, source);
    if (card < 0 || (state.cards[card].kind != card_kind::supply && state.cards[card].kind != card_kind::driving_voltage)) return -1;
    state.cards[card].is_sensed = true;
    return card;
}

/// What the names in the expression of a source stand for: nodes are unknowns, but those that a source without signal holds are constants
/// where that is asked for.
struct sum_names {
    reading_state& state;
    int in;
    bool has_constants;
    bool depends_on_time = false, depends_on_voltage = false;

    constexpr evaluation<affine> parameter(std::string_view name)
    {
        if (same_name(name, "time")) {
            depends_on_time = true;   // and is 0 at the beginning, as it is to an operating point
            return {affine::of(0.0), mistake_kind::none, {}};
        }
        const evaluation<double> found = parameter_value(state, in, name);
        return {affine::of(found.value), found.wrong, found.word};
    }
    constexpr bool function(std::string_view name, function_text& found) const noexcept { return find_function(state, in, name, found); }
    constexpr evaluation<affine> voltage(std::string_view plus, std::string_view minus)
    {
        affine difference = of_node(plus);
        if (!minus.empty()) {
            affine other = of_node(minus);
            other.scale(-1.0);
            if (!difference.add(other)) return {{}, mistake_kind::too_many_terms, plus};
        }
        return {difference, mistake_kind::none, {}};
    }
    constexpr evaluation<affine> current(std::string_view source)
    {
        depends_on_voltage = true;
        const int card = sense(state, in, source);
        if (card < 0) return {{}, mistake_kind::no_such_source, source};
        return {affine::of_unknown(-1 - card), mistake_kind::none, {}};
    }

private:
    constexpr affine of_node(std::string_view name)
    {
        depends_on_voltage = true;
        const int node = node_number(state, in, name);
        if (node == 0) return affine::of(0.0);
        for (int i = 0; has_constants && i < state.cards.count(); ++i) {
            flat_card& card = state.cards[i];
            if (card.kind != card_kind::supply || card.has_ac || (card.a != node && card.b != node) || (card.a != 0 && card.b != 0))
                continue;
            card.is_constant = true;
            state.asked_nodes.add(node);
            const double volts = state.values[card.value].value;
            return affine::of(card.a == node ? volts : -volts);
        }
        return affine::of_unknown(node);
    }
};

/// A source by an expression in the time alone is a source like V or I with a function of time.
constexpr void make_source(reading_state& state, int place, double at_begin)
{
    flat_card& card = state.cards[place];
    const bool is_voltage = card.kind == card_kind::voltage_of_sum;
    card.kind = is_voltage ? card_kind::supply : card_kind::current;
    card.has_wave = true;
    card.value = state.values.count();
    state.values.add({at_begin, place, card.name, is_voltage ? 'V' : 'I'});
}

/// Evaluates the expression of a source.
constexpr bool read_late_sum(reading_state& state, const late_card& late)
{
    sum_names names{state, late.instance, false};
    evaluation<affine> found = evaluate<affine>(late.text, names);
    if (found.wrong == mistake_kind::not_linear || found.wrong == mistake_kind::too_many_terms) {
        names.has_constants = true;
        found = evaluate<affine>(late.text, names);
    }
    if (names.depends_on_time && found.wrong == mistake_kind::none) {
        if (names.depends_on_voltage) found.wrong = mistake_kind::depends_on_time, found.word = "time";
        else make_source(state, late.card, found.value.constant * late.count);
    }
    if (found.wrong != mistake_kind::none) {
        card_words words{state.lines.text(late.line)};
        return state.report(found.wrong, state.lines[late.line].at, words.next(), found.word.empty() ? late.text : found.word);
    }
    found.value.scale(late.count);
    flat_card& card = state.cards[late.card];
    card.first = state.terms.count(), card.constant = found.value.constant;
    for (int k = 0; k < found.value.count; ++k)
        if (found.value.term[k].factor != 0.0) state.terms.add({found.value.term[k].unknown, found.value.term[k].factor});
    card.count = state.terms.count() - card.first;
    return true;
}
constexpr bool read_sums(reading_state& state)
{
    for (int i = 0; i < state.sums.count(); ++i) {
        const late_card late = state.sums[i];
        read_late_sum(state, late);
        if (!state.goes_on()) return false;
    }
    return state.is_sound();
}

/// Finds the sources whose currents F and H ask for.
constexpr bool find_sensed(reading_state& state)
{
    for (const sensed_name& asked : state.sensed) {
        const int card = sense(state, asked.instance, asked.name);
        if (card < 0)
            state.report(mistake_kind::no_such_source, state.places[asked.card], state.name_at(state.cards[asked.card].name), asked.name);
        else if (asked.term < 0) state.cards[asked.card].first = card;
        else state.terms[asked.term].unknown = -1 - card;
        if (!state.goes_on()) return false;
    }
    return state.is_sound();
}

/// Puts two inductors into one group of windings. False where that has too many.
constexpr bool couple(reading_state& state, int one, int other)
{
    for (const int coil : {one, other}) {
        if (state.cards[coil].kind == card_kind::winding) continue;
        state.cards[coil].kind = card_kind::winding;
        state.cards[coil].first = state.groups++;
    }
    const int kept = state.cards[one].first, given_up = state.cards[other].first;
    int size = 0;
    for (flat_card& card : state.cards) {
        if (card.kind != card_kind::winding) continue;
        if (card.first == given_up) card.first = kept;
        size += card.first == kept ? 1 : 0;
    }
    return size <= most_windings;
}

/// A coupling K: which inductors, and how tightly.
constexpr bool read_coupling(reading_state& state, const late_card& late)
{
    card_reader card{state, late.instance, late.line};
    int coil[most_windings]{};
    int count = 0;
    double coefficient = 0.0;
    bool has_coefficient = false;
    while (!card.words.is_empty() && !has_coefficient) {
        const std::string_view word = card.words.next();
        if (same_name(word, "k") && card.words.peek() == "=") {
            card.words.next();
            continue;
        }
        if (begins_number(word) || is_braced(word)) {
            if (!card.value_of(word, coefficient)) return false;
            has_coefficient = true;
            continue;
        }
        const int found = find_part(state, late.instance, word);
        if (found < 0 || (state.cards[found].kind != card_kind::inductor && state.cards[found].kind != card_kind::winding))
            return card.fail(mistake_kind::unknown_inductor, word);
        if (count == most_windings) return card.fail(mistake_kind::too_many_windings, word);
        coil[count++] = found;
    }
    if (!card.words.is_empty()) return card.fail(mistake_kind::unexpected_word, card.words.next());
    if (!has_coefficient || count < 2 || !(coefficient >= -1.0 && coefficient <= 1.0))
        return card.fail(mistake_kind::bad_coupling, card.part);
    const int value = state.values.count();
    state.values.add({coefficient, -1, state.add_name(late.instance, card.part), 'K'});
    for (int i = 0; i < count; ++i)
        for (int j = i + 1; j < count; ++j) {
            for (const winding_pair& pair : state.pairs)
                if ((pair.one == coil[i] && pair.other == coil[j]) || (pair.one == coil[j] && pair.other == coil[i]))
                    return card.fail(mistake_kind::coupled_twice, card.part);
            if (coil[i] == coil[j]) return card.fail(mistake_kind::coupled_twice, card.part);
            if (!couple(state, coil[i], coil[j])) return card.fail(mistake_kind::too_many_windings, card.part);
            state.pairs.add({coil[i], coil[j], value});
        }
    return true;
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
