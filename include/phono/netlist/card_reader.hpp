// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/node_table.hpp>
#include <phono/netlist/scopes.hpp>
#include <phono/netlist/value_units.hpp>

#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// What the cards of all kinds are read by: their words, nodes, values and settings.
struct card_reader {
    reading_state& state;
    int in;     ///< the instance of which it is
    int line;   ///< its number among the lines
    text_place at;
    card_words words;
    std::string_view part;           ///< its name
    std::string_view value_word{};   ///< of the setting that was read last
    bool is_of_model = false;
    double count = 1.0;     ///< m=, of parts in parallel
    int part_number = -1;   ///< among the parts, where its card is to be found by its name

    constexpr card_reader(reading_state& all, int instance_of, int line_number)
        : state(all),
          in(instance_of),
          line(line_number),
          at(all.lines[line_number].at),
          words(all.lines.text(line_number)),
          part(words.next_name())
    {
    }

    constexpr bool fail(mistake_kind kind, std::string_view word, std::string_view nearest = {})
    {
        return state.report(kind, at, part, word, nearest);
    }

    /// The same of a number of nodes that is wrong.
    constexpr bool fail_by_nodes(mistake_kind kind, std::string_view word, int nodes)
    {
        fail(kind, word);
        state.found.nodes = nodes;
        return false;
    }

    constexpr void note(note_kind kind, std::string_view what = {}, std::string_view behind = {})
    {
        state.notes.add({kind, at, part, what, in, 0.0, ' ', behind});
    }

    /// The next word as a node.
    constexpr bool node(int& number)
    {
        const std::string_view word = words.next_name();
        if (words.is_unclosed()) return fail(mistake_kind::unclosed_quote, word);
        if (word.empty() || word == "=") return fail(mistake_kind::too_few_words, part);
        number = node_number(state, in, word);
        return true;
    }

    /// The next word as a value.
    constexpr bool value(double& found, char quantity = ' ')
    {
        const std::string_view word = words.next();
        if (words.is_unclosed()) return fail(mistake_kind::unclosed_quote, word);
        return value_of(word, found, quantity);
    }
    /// The value of a word; where it is known whose it is, R, C, L, V or I, it has no other unit.
    constexpr bool value_of(std::string_view word, double& found, char quantity = ' ')
    {
        return value_of_word(state, in, word, at, part, found) && (quantity == ' ' || has_its_unit(word, found, quantity));
    }
    /// True for a value without letters, or with that of a factor alone, and for an expression: as most are, and not read a second time.
    [[nodiscard]] static constexpr bool is_plain(std::string_view word, char quantity) noexcept
    {
        const char last = lower(word.back());
        if (is_digit(last) || last == '}' || last == '\'') return true;
        if (!is_digit(word[word.size() - 2])) return false;
        switch (last) {
            case 'k':
            case 'u':
            case 'n':
            case 'p': return true;
            case 'm': return quantity != 'R';
            default: return false;
        }
    }
    constexpr bool has_its_unit(std::string_view word, double read, char quantity)
    {
        if (is_plain(word, quantity)) return true;
        const netlist_number number = number_of(word);
        const char found = number.unit.empty() ? quantity : quantity_of_unit(number.unit);
        if (found != ' ' && found != quantity) return fail(mistake_kind::wrong_unit, word);
        const auto tell = [&](note_kind kind) { state.notes.add({kind, at, part, word, in, read, quantity}); };
        if (found == ' ') tell(note_kind::letters_passed_over);
        if (quantity == 'R' && same_name(number.suffix, "m") && lower(part.front()) == 'r') tell(note_kind::milli_ohms);
        if (quantity == 'C' && same_name(number.suffix, "f") && number.unit.empty()) tell(note_kind::femto_farads);
        return true;
    }

    /// Takes "= value" behind a setting's name.
    constexpr bool setting(std::string_view name, double& found, char quantity = ' ')
    {
        if (words.next() != "=") return fail(mistake_kind::unexpected_word, name);
        const std::string_view word = value_word = words.next();
        if (words.is_unclosed()) return fail(mistake_kind::unclosed_quote, word);
        return value_of(word, found, quantity);
    }

    /// The same of per cent, 5 or 5%.
    constexpr bool percentage(std::string_view name, double& found)
    {
        if (words.next() != "=") return fail(mistake_kind::unexpected_word, name);
        std::string_view word = value_word = words.next();
        if (words.is_unclosed()) return fail(mistake_kind::unclosed_quote, word);
        if (word.ends_with('%')) word.remove_suffix(1);
        return value_of(word, found) && (found >= 0.0 || fail(mistake_kind::negative_value, value_word));
    }

    /// True, having passed it over, for a setting that changes nothing here, one of a list: a rating, a maker, a part number.
    constexpr bool passes_over(std::string_view name, std::string_view list)
    {
        if (!is_listed(name, list) || words.peek() != "=") return false;
        words.next(), words.next();
        return true;
    }

    /// Places a card.
    constexpr flat_card& add(card_kind kind, int a, int b, std::string_view behind = {})
    {
        flat_card card;
        card.kind = kind, card.a = a, card.b = b;
        card.name = state.add_name(in, part, behind);
        card.is_of_model = is_of_model;
        state.places.add(at);
        if (part_number >= 0 && behind.empty()) state.parts[part_number].number = state.cards.count();
        return state.cards.add(card);
    }
    /// Gives the card placed last a value, that of one of `count` in parallel.
    constexpr void give_value(double value, char unit)
    {
        const int card = state.cards.count() - 1;
        state.cards[card].value = state.values.count();
        state.values.add({value, card, state.cards[card].name, unit, count});
    }
    constexpr void add_valued(card_kind kind, int a, int b, double value, char unit, std::string_view behind = {})
    {
        add(kind, a, b, behind);
        give_value(value, unit);
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
