// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/card_reader.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// What a resistor, capacitor or inductor says behind its nodes.
struct passive_settings {
    double value = 0.0, series_resistance = 0.0, parallel_resistance = 0.0, series_inductance = 0.0, parallel_capacitance = 0.0,
           shunt_resistance = 0.0, count = 1.0;
    std::string_view word{};   ///< that says the value
    bool has_value = false, has_series_resistance = false, is_silent = false;
};

/// Reads one of them; false with a mistake.
constexpr bool read_setting(card_reader& card, char letter, std::string_view word, passive_settings& found)
{
    const struct {
        std::string_view name, letters;
        double& value;
        char quantity;
    } known[] = {{"rser", "cl", found.series_resistance, 'R'},  {"rpar", "cl", found.parallel_resistance, 'R'},
                 {"lser", "c", found.series_inductance, 'L'},   {"cpar", "cl", found.parallel_capacitance, 'C'},
                 {"rlshunt", "c", found.shunt_resistance, 'R'}, {"m", "rcl", found.count, ' '}};
    const char quantity = static_cast<char>(letter - 'a' + 'A');
    const bool is_setting = card.words.peek() == "=";
    if (is_setting && word.size() == 1 && lower(word.front()) == letter) {
        if (found.has_value) return card.fail(mistake_kind::unexpected_word, word);
        found.has_value = true;
        const bool is_read = card.setting(word, found.value, quantity);
        found.word = card.value_word;
        return is_read;
    }
    for (const auto& setting : known) {
        if (!is_setting || !same_name(word, setting.name) || setting.letters.find(letter) == std::string_view::npos) continue;
        if (same_name(word, "rser")) found.has_series_resistance = true;
        if (!card.setting(word, setting.value, setting.quantity)) return false;
        return setting.value >= 0.0 || card.fail(mistake_kind::negative_value, card.value_word);
    }
    if (is_setting && is_listed(word, " noisy noise ")) {
        double is_noisy = 1.0;
        if (!card.setting(word, is_noisy)) return false;
        found.is_silent = is_noisy == 0.0;
        return true;
    }
    if (same_name(word, "noiseless")) return found.is_silent = true;
    if (card.passes_over(word, " tol tc tc1 tc2 temp dtemp pwr mfg pn type ic v vrms irms ipk scale ")) return true;
    if (is_setting) return card.fail(mistake_kind::unknown_setting, word);
    if (found.has_value) return card.fail(mistake_kind::unexpected_word, word);
    if (card.words.has_decimal_comma()) return card.fail(mistake_kind::decimal_comma, card.words.with_what_follows(word));
    found.has_value = true, found.word = word;
    return card.value_of(word, found.value, quantity);
}

/// R, C or L.
///
/// As in LTspice, a capacitor is in series with its Lser (with RLshunt across it) and Rser, an inductor with its Rser; Rpar and Cpar are
/// across all of that.
constexpr bool read_passive(card_reader& card, char letter)
{
    int a = 0, b = 0;
    if (!card.node(a) || !card.node(b)) return false;
    passive_settings found;
    while (!card.words.is_empty()) {
        const std::string_view word = card.words.next();
        if (card.words.is_unclosed()) return card.fail(mistake_kind::unclosed_quote, word);
        if (!read_setting(card, letter, word, found)) return false;
    }
    if (!found.has_value) return card.fail(mistake_kind::value_missing, card.part);
    if (!(found.count > 0.0)) return card.fail(mistake_kind::not_positive, "m");
    if (letter == 'r' && found.value == 0.0) {
        card.note(note_kind::joins);
        if (a != b) card.add(card_kind::voltage_of_sum, a, b);   // of nothing: 0 V
        return true;
    }
    if (letter == 'r' && !(found.value > 0.0)) return card.fail(mistake_kind::not_positive, found.word);
    if (found.value < 0.0) return card.fail(mistake_kind::negative_value, found.word);
    if (found.count != 1.0) {
        found.value = letter == 'c' ? found.value * found.count : found.value / found.count;
        found.series_resistance /= found.count, found.parallel_resistance /= found.count, found.shunt_resistance /= found.count;
        found.series_inductance /= found.count, found.parallel_capacitance *= found.count;
    }
    if (letter == 'l' && !found.has_series_resistance && card.state.has_coil_resistance) {
        found.series_resistance = 1e-3;
        card.note(note_kind::coil_resistance);
    }
    int from = a;
    const auto step = [&](std::string_view name) { return inner_node(card.state, card.in, card.part, name); };
    if (found.series_resistance > 0.0) {
        const int behind = step(".behind_rser");
        card.add_valued(card_kind::resistor, from, behind, found.series_resistance, 'R', ".rser");
        from = behind;
    }
    if (found.series_inductance > 0.0) {
        const int behind = step(".behind_lser");
        card.add_valued(card_kind::inductor, from, behind, found.series_inductance, 'L', ".lser");
        if (found.shunt_resistance > 0.0) card.add_valued(card_kind::resistor, from, behind, found.shunt_resistance, 'R', ".rlshunt");
        from = behind;
    }
    const card_kind kind = letter == 'r' ? card_kind::resistor : letter == 'c' ? card_kind::capacitor : card_kind::inductor;
    flat_card& placed = card.add(kind, from, b);
    placed.is_of_model = placed.is_of_model || found.is_silent;
    card.give_value(found.value, static_cast<char>(letter - 'a' + 'A'));
    if (found.parallel_resistance > 0.0) card.add_valued(card_kind::resistor, a, b, found.parallel_resistance, 'R', ".rpar");
    if (found.parallel_capacitance > 0.0) card.add_valued(card_kind::capacitor, a, b, found.parallel_capacitance, 'C', ".cpar");
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
        const auto number_follows = [&card] { return begins_number(card.words.peek()) || is_braced(card.words.peek()); };
        if (is("dc")) {
            if (card.words.peek() == "=") card.words.next();
            if (!card.value(constant, quantity)) return false;
            has_constant = true;
        } else if (is("ac")) {
            if (card.words.peek() == "=") card.words.next();
            ac = 1.0;
            if (number_follows() && !card.value(ac, quantity)) return false;
            if (number_follows() && !card.value(phase)) return false;
        } else if (is_listed(word, " sin sine pulse exp sffm am pwl ")) {
            has_wave = true;
            if (card.words.peek() == "(") card.words.next();
            if (is("pwl") && number_follows() && !card.value(at_begin)) return false;
            if (number_follows() && !card.value(at_begin)) return false;
            card.words.skip_to_closed();
        } else if (is_listed(word, " wavefile chan ") && card.words.peek() == "=") {
            has_wave = true;
            card.words.next(), card.words.next_name();
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
