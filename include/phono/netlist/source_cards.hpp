// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>
#include <phono/netlist/card_reader.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

[[nodiscard]] constexpr bool number_follows(const card_reader& card) noexcept
{
    return begins_number(card.words.peek()) || is_braced(card.words.peek());
}

/// What PWL is at time 0: between its points, the first one's before it.
constexpr bool read_points(card_reader& card, double& at_begin)
{
    double last_time = 0.0;
    for (bool is_first = true; number_follows(card); is_first = false) {
        double time = 0.0, value = 0.0;
        if (!card.value(time) || (number_follows(card) && !card.value(value))) return false;
        if (time <= 0.0 || is_first) at_begin = value;
        else {
            if (last_time < 0.0) at_begin -= (value - at_begin) * last_time / (time - last_time);
            return true;
        }
        last_time = time;
    }
    return true;
}

/// A function of time, SIN(...) or without brackets: what it is at time 0. Of SIN(offset amplitude frequency delay damping phase) that has
/// the phase in it, also before the delay; AM begins at 0; of the others the first number is what they begin with.
constexpr bool read_wave(card_reader& card, std::string_view name, double& at_begin)
{
    const bool has_brackets = card.words.peek() == "(";
    if (has_brackets) card.words.next();
    if (same_name(name, "pwl")) {
        if (!read_points(card, at_begin)) return false;
    } else {
        double number[6]{};
        for (int i = 0; i < 6 && number_follows(card); ++i)
            if (!card.value(number[i])) return false;
        const bool is_sine = is_listed(name, " sin sine ");
        at_begin = same_name(name, "am") ? 0.0 : is_sine ? number[0] + number[1] * math::sin(number[5] * math::pi / 180.0) : number[0];
    }
    if (has_brackets) card.words.skip_to_closed();
    else
        while (number_follows(card)) card.words.next();
    return true;
}

/// V or I. Without DC, its DC value is that of its function of time at the beginning, as to ngspice.
constexpr bool read_source(card_reader& card, char letter)
{
    int a = 0, b = 0;
    if (!card.node(a) || !card.node(b)) return false;
    double constant = 0.0, at_begin = 0.0, ac = 0.0, phase = 0.0, resistance = 0.0, capacitance = 0.0;
    bool has_constant = false, has_wave = false;
    const char quantity = letter == 'v' ? 'V' : 'I';
    while (!card.words.is_empty()) {
        const std::string_view word = card.words.next();
        const auto is = [word](std::string_view name) { return same_name(word, name); };
        if (word == "(" || word == ")") continue;   // dc(5)
        const auto pass_over_sign = [&card] {
            if (card.words.peek() == "=" || card.words.peek() == "(") card.words.next();
        };
        if (is("dc")) {
            pass_over_sign();
            if (card.words.is_empty() || is_listed(card.words.peek(), " ac sin sine pulse exp sffm am pwl "))
                continue;   // KiCad's DC alone
            if (!card.value(constant, quantity)) return false;
            has_constant = true;
        } else if (is("ac")) {
            pass_over_sign();
            ac = 1.0;
            if (number_follows(card) && !card.value(ac, quantity)) return false;
            if (number_follows(card) && !card.value(phase)) return false;
        } else if (is_listed(word, " sin sine pulse exp sffm am pwl ")) {
            has_wave = true;
            if (!read_wave(card, word, at_begin)) return false;
        } else if (card.words.peek() == "=" && is_listed(word, " wavefile chan file ")) {   // LTspice's recording, or table in a file
            has_wave = true;
            card.words.next(), card.words.next_name();
        } else if (is("m") && letter == 'i' && card.words.peek() == "=") {
            if (!card.setting(word, card.count)) return false;
            if (!(card.count > 0.0)) return card.fail(mistake_kind::not_positive, card.value_word);
        } else if (is("rser") && letter == 'v') {
            if (!card.setting(word, resistance, 'R')) return false;
        } else if (is("cpar") && letter == 'v') {
            if (!card.setting(word, capacitance, 'C')) return false;
        } else if (card.words.peek() == "=") {
            return card.fail(mistake_kind::unknown_setting, word);
        } else if (!has_constant) {
            if (!card.value_of(word, constant, quantity)) return false;
            has_constant = true;
        } else {
            return card.fail(mistake_kind::unexpected_word, word);
        }
    }
    if (resistance < 0.0 || capacitance < 0.0) return card.fail(mistake_kind::negative_value, card.part);
    if (letter == 'v' && a == b) return card.fail(mistake_kind::shorted_source, card.part);
    if (ac != 0.0 && (ac != 1.0 || phase != 0.0)) card.note(note_kind::ac_of_one);
    const int outer = a;
    if (resistance > 0.0) a = inner_node(card.state, card.in, card.part, ".behind_rser");
    flat_card& placed = card.add(letter == 'v' ? card_kind::supply : card_kind::current, a, b);
    placed.has_ac = ac != 0.0, placed.has_wave = has_wave;
    card.give_value(has_constant ? constant : at_begin, quantity);
    if (resistance > 0.0) card.add_valued(card_kind::resistor, outer, a, resistance, 'R', ".rser");
    if (capacitance > 0.0) card.add_valued(card_kind::capacitor, outer, b, capacitance, 'C', ".cpar");
    return true;
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
