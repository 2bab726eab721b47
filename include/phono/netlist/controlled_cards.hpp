// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/affine.hpp>
#include <phono/netlist/card_reader.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// A whole number written without a sign, of one or two digits, or -1.
[[nodiscard]] constexpr int count_of(std::string_view word) noexcept
{
    int count = word.empty() || word.size() > 2 ? -1 : 0;
    for (const char c : word) count = count < 0 || c < '0' || c > '9' ? -1 : 10 * count + (c - '0');
    return count;
}

/// What follows POLY: its count, controlling quantities and coefficients, as a sum. Only the first degree is linear.
///
/// `term` takes a controlling quantity from the card and gives its unknowns.
constexpr bool read_polynomial(card_reader& card, flat_card sum, auto&& take_quantity)
{
    if (card.words.next() != "(") return card.fail(mistake_kind::bad_polynomial, card.part);
    const int count = count_of(card.words.next());
    if (count < 1 || card.words.next() != ")") return card.fail(mistake_kind::bad_polynomial, card.part);
    if (count > 8) return card.fail(mistake_kind::too_many_terms, "poly");
    int plus[8]{}, minus[8]{};
    for (int i = 0; i < count; ++i)
        if (!take_quantity(plus[i], minus[i])) return false;
    double coefficient[9]{};
    int given = 0;
    while (!card.words.is_empty()) {
        double c = 0.0;
        const std::string_view word = card.words.next();
        if (word == "(" || word == ")") continue;
        if (!card.value_of(word, c)) return false;
        if (given > count && c != 0.0) return card.fail(mistake_kind::bad_polynomial, word);
        if (given <= count) coefficient[given] = c;
        ++given;
    }
    if (given == 0) return card.fail(mistake_kind::value_missing, card.part);
    if (given == 1 && count == 1) return card.fail(mistake_kind::doubtful_polynomial, "poly");
    reading_state& state = card.state;
    sum.constant = coefficient[0], sum.first = state.terms.count();
    for (int i = 0; i < count; ++i) {
        if (plus[i] != 0) state.terms.add({plus[i], coefficient[i + 1]});
        if (minus[i] != 0) state.terms.add({minus[i], -coefficient[i + 1]});
    }
    sum.count = state.terms.count() - sum.first;
    flat_card& placed = card.add(sum.kind, sum.a, sum.b);
    placed.constant = sum.constant, placed.first = sum.first, placed.count = sum.count;
    return true;
}

/// A source whose value is an expression, which is read once all nodes are known.
constexpr bool add_sum(card_reader& card, card_kind kind, int a, int b, std::string_view text)
{
    if (text.empty()) return card.fail(mistake_kind::value_missing, card.part);
    if (is_braced(text) || (text.size() >= 2 && text.front() == '"')) text = text.substr(1, text.size() - 2);
    card.add(kind, a, b);
    card.state.sums.add({card.line, card.in, card.state.cards.count() - 1, text, card.count});
    return true;
}

/// What may stand behind an expression or gain; `m=` of a current, how many of the source are in parallel.
constexpr bool read_rest(card_reader& card, bool is_voltage)
{
    while (!card.words.is_empty()) {
        const std::string_view word = card.words.next();
        if (!is_voltage && same_name(word, "m") && card.words.peek() == "=") {
            if (!card.setting(word, card.count)) return false;
            if (!(card.count > 0.0)) return card.fail(mistake_kind::not_positive, card.value_word);
            continue;
        }
        if (card.passes_over(word, " tc1 tc2 temp dtemp ")) continue;
        if (is_listed(word, " laplace freq table ")) return card.fail(mistake_kind::laplace_or_table, word);
        return card.fail(card.words.peek() == "=" ? mistake_kind::unknown_setting : mistake_kind::unexpected_word, word);
    }
    return true;
}

constexpr bool read_sum(card_reader& card, card_kind kind, int a, int b)
{
    if (card.words.peek() == "=") card.words.next();
    const std::string_view text = card.words.next_expression();
    if (card.words.is_unclosed()) return card.fail(mistake_kind::unclosed_quote, text);
    return read_rest(card, kind == card_kind::voltage_of_sum) && add_sum(card, kind, a, b, text);
}

/// E or G.
constexpr bool read_voltage_controlled(card_reader& card, char letter)
{
    const bool is_voltage = letter == 'e';
    int a = 0, b = 0, plus = 0, minus = 0;
    if (!card.node(a) || !card.node(b)) return false;
    if (is_voltage && a == b) return card.fail(mistake_kind::shorted_source, card.part);
    const card_kind sum = is_voltage ? card_kind::voltage_of_sum : card_kind::current_of_sum;
    const std::string_view word = card.words.peek();
    if (is_listed(word, " value vol cur v i ")) {
        card_words behind = card.words;
        behind.next();
        const std::string_view next = behind.peek();
        if (next == "=" || is_braced(next)) {
            card.words = behind;
            return read_sum(card, sum, a, b);
        }
    }
    if (is_listed(word, " laplace freq table ")) return card.fail(mistake_kind::laplace_or_table, word);
    if (same_name(word, "poly")) {
        card.words.next();
        flat_card polynomial;
        polynomial.kind = sum, polynomial.a = a, polynomial.b = b;
        return read_polynomial(card, polynomial, [&card](int& p, int& m) { return card.node(p) && card.node(m); });
    }
    double gain = 0.0;
    if (!card.node(plus) || !card.node(minus)) return false;
    while (card.words.peek() == ")") card.words.next();
    if (const std::string_view by = card.words.peek(); is_listed(by, " laplace freq table "))
        return card.fail(mistake_kind::laplace_or_table, by);
    if (!card.value(gain) || !read_rest(card, is_voltage)) return false;
    flat_card& placed = card.add(is_voltage ? card_kind::voltage_by_voltage : card_kind::current_by_voltage, a, b);
    placed.plus = plus, placed.minus = minus;
    card.give_value(gain, is_voltage ? 'E' : 'G');
    return true;
}

/// The same of currents, whose sources are found once all are known: each is a term by itself until then.
constexpr bool read_polynomial_of_currents(card_reader& card, flat_card sum)
{
    std::string_view source[8]{};
    int count = 0;
    const int first = card.state.terms.count();
    if (!read_polynomial(card, sum, [&](int& p, int&) {
            source[count] = card.words.next();
            p = ++count;
            return !source[count - 1].empty() || card.fail(mistake_kind::too_few_words, card.part);
        }))
        return false;
    flat_card& placed = card.state.cards[card.state.cards.count() - 1];
    if (count == 1 && placed.constant == 0.0) {   // a gain, as without POLY
        const bool is_voltage = placed.kind == card_kind::voltage_of_sum;
        placed.kind = is_voltage ? card_kind::voltage_by_current : card_kind::current_by_current;
        card.give_value(card.state.terms[first].factor, is_voltage ? 'H' : 'F');
        card.state.sensed.add({card.in, card.state.cards.count() - 1, source[0]});
        return true;
    }
    for (int i = 0; i < count; ++i) card.state.sensed.add({card.in, card.state.cards.count() - 1, source[i], first + i});
    return true;
}

/// F or H: which source it means is found once all are known.
constexpr bool read_current_controlled(card_reader& card, char letter)
{
    const bool is_voltage = letter == 'h';
    int a = 0, b = 0;
    double gain = 0.0;
    if (!card.node(a) || !card.node(b)) return false;
    if (is_voltage && a == b) return card.fail(mistake_kind::shorted_source, card.part);
    std::string_view source = card.words.next();
    if (same_name(source, "poly")) {
        flat_card polynomial;
        polynomial.kind = is_voltage ? card_kind::voltage_of_sum : card_kind::current_of_sum, polynomial.a = a, polynomial.b = b;
        return read_polynomial_of_currents(card, polynomial);
    } else if (source.empty() || !card.value(gain) || !read_rest(card, is_voltage)) {
        return card.fail(mistake_kind::too_few_words, card.part);
    }
    card.add(is_voltage ? card_kind::voltage_by_current : card_kind::current_by_current, a, b);
    card.give_value(gain, is_voltage ? 'H' : 'F');
    card.state.sensed.add({card.in, card.state.cards.count() - 1, source});
    return true;
}

/// B.
constexpr bool read_behavioural(card_reader& card)
{
    int a = 0, b = 0;
    if (!card.node(a) || !card.node(b)) return false;
    const std::string_view word = card.words.next();
    const bool is_voltage = same_name(word, "v");
    if (card.words.peek() != "=" || (!is_voltage && !same_name(word, "i"))) return card.fail(mistake_kind::unexpected_word, word);
    if (is_voltage && a == b) return card.fail(mistake_kind::shorted_source, card.part);
    return read_sum(card, is_voltage ? card_kind::voltage_of_sum : card_kind::current_of_sum, a, b);
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
