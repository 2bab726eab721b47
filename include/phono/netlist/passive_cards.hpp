// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/card_reader.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// What a resistor, capacitor or inductor says behind its nodes.
struct passive_settings {
    double value = 0.0, series_resistance = 0.0, parallel_resistance = 0.0, series_inductance = 0.0, parallel_capacitance = 0.0,
           shunt_resistance = 0.0, count = 1.0, tolerance = -1.0, for_signals = 0.0;
    double of_model = 0.0;                           ///< the value that its .model has; 0: none
    std::string_view word{};                         ///< that says the value
    std::string_view model{};                        ///< its name
    std::string_view coefficient{}, temperature{};   ///< the words that say how it depends on temperature, and that it has another
    bool has_value = false, has_series_resistance = false, has_value_for_signals = false, is_silent = false;
};

/// Reads the .model of a part, as ngspice has it: a value for parts that have none of their own, and how the value changes with temperature.
constexpr bool read_part_model(card_reader& card, char letter, std::string_view word, std::string_view text, passive_settings& found)
{
    const bool is_resistor = letter == 'r', is_capacitor = letter == 'c';
    card_words words{text};
    const auto refuse = [&] { return card.fail(mistake_kind::model_instead_of_value, word); };
    if (!found.model.empty() || !is_listed(words.next(), is_resistor ? " r res " : is_capacitor ? " c cap " : " l ind ")) return refuse();
    found.model = word;
    while (!words.is_empty()) {
        const std::string_view name = words.next();
        if (name == "(" || name == ")") continue;
        const bool is_value = is_listed(name, is_resistor ? " r res " : is_capacitor ? " cap " : " ind ");
        if (words.next() != "=" || (!is_value && !is_listed(name, " tc1 tc2 tce tnom "))) return refuse();
        const std::string_view value = words.next();
        if (is_listed(name, " tc1 tc2 tce ")) {
            double coefficient = 0.0;
            if (!card.value_of(value, coefficient)) return false;
            if (coefficient != 0.0) found.coefficient = name;
        }
        if (same_name(name, "tnom") && value != "27") found.temperature = name;
        if (is_value && !card.value_of(value, found.of_model, static_cast<char>(letter - 'a' + 'A'))) return false;
    }
    return true;
}

/// Reads the word that says the value.
constexpr bool read_value(card_reader& card, std::string_view word, char quantity, passive_settings& found)
{
    if (found.has_value) return card.fail(mistake_kind::unexpected_word, word);
    if (card.words.has_decimal_comma()) return card.fail(mistake_kind::decimal_comma, card.words.with_what_follows(word));
    found.has_value = true, found.word = word;
    return card.value_of(word, found.value, quantity);
}

/// Reads a coefficient of temperature, or the two behind tc=; `found` becomes the word if one is not 0.
constexpr bool read_coefficient(card_reader& card, std::string_view word, std::string_view& found)
{
    double first = 0.0, second = 0.0;
    if (!card.setting(word, first)) return false;
    if (same_name(word, "tc") && (begins_number(card.words.peek()) || is_braced(card.words.peek())) && !card.value(second)) return false;
    if (first != 0.0 || second != 0.0) found = word;
    return true;
}
/// Reads a part's temperature, or how much warmer it is than the circuit; `found` becomes the word if it is another than 27 degrees C.
constexpr bool read_temperature(card_reader& card, std::string_view word, std::string_view& found)
{
    double degrees = 0.0;
    if (!card.setting(word, degrees)) return false;
    if (degrees != (same_name(word, "temp") ? 27.0 : 0.0)) found = word;
    return true;
}

/// Reads one of them; false with a mistake.
constexpr bool read_setting(card_reader& card, char letter, std::string_view word, passive_settings& found)
{
    const char quantity = static_cast<char>(letter - 'a' + 'A');
    const bool is_setting = card.words.peek() == "=";
    if (!is_setting && begins_number(word)) return read_value(card, word, quantity, found);
    const struct {
        std::string_view name, letters;
        double& value;
        char quantity;
    } known[] = {{"rser", "cl", found.series_resistance, 'R'},  {"rpar", "cl", found.parallel_resistance, 'R'},
                 {"lser", "c", found.series_inductance, 'L'},   {"cpar", "cl", found.parallel_capacitance, 'C'},
                 {"rlshunt", "c", found.shunt_resistance, 'R'}, {"m", "rcl", found.count, ' '}};
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
    if (is_setting && letter == 'r' && same_name(word, "ac")) {
        found.has_value_for_signals = true;
        return card.setting(word, found.for_signals, 'R');
    }
    if (is_setting && same_name(word, "tol")) return card.percentage(word, found.tolerance);
    if (same_name(word, "noiseless")) return found.is_silent = true;
    if (is_setting && same_name(word, "scale")) return card.fail(mistake_kind::doubtful_scale, word);
    if (is_setting && is_listed(word, " tc tc1 tc2 ")) return read_coefficient(card, word, found.coefficient);
    if (is_setting && is_listed(word, " temp dtemp ")) return read_temperature(card, word, found.temperature);
    if (card.passes_over(word, " tol pwr mfg pn type ic v vrms irms ipk mtbf ")) return true;
    if (is_setting) return card.fail(mistake_kind::unknown_setting, word);
    std::string_view text{};
    if (find_model(card.state, card.state.instances[card.in].subcircuit, word, text))
        return read_part_model(card, letter, word, text, found);
    return read_value(card, word, quantity, found);
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
    if (found.of_model != 0.0) {   // PSpice multiplies it by that of the part
        if (found.has_value) return card.fail(mistake_kind::model_instead_of_value, found.model);
        found.has_value = true, found.value = found.of_model, found.word = found.model;
    }
    if (!found.has_value) return card.fail(mistake_kind::value_missing, card.part);
    if (!found.coefficient.empty() && (!found.temperature.empty() || card.state.has_other_temperature))
        return card.fail(mistake_kind::other_temperature, found.coefficient);
    if (found.has_value_for_signals && found.for_signals != found.value) return card.fail(mistake_kind::two_resistances, "ac");
    if (!(found.count > 0.0)) return card.fail(mistake_kind::not_positive, "m");
    if (letter == 'r' && found.value == 0.0) {
        card.note(note_kind::joins);
        if (a != b) card.add(card_kind::voltage_of_sum, a, b);   // of nothing: 0 V
        return true;
    }
    if (letter == 'r' && !(found.value > 0.0)) return card.fail(mistake_kind::not_positive, found.word);
    if (found.value < 0.0) return card.fail(mistake_kind::negative_value, found.word);
    card.count = found.count;
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
    card.state.values[card.state.values.count() - 1].tolerance = found.tolerance;
    if (found.parallel_resistance > 0.0) card.add_valued(card_kind::resistor, a, b, found.parallel_resistance, 'R', ".rpar");
    if (found.parallel_capacitance > 0.0) card.add_valued(card_kind::capacitor, a, b, found.parallel_capacitance, 'C', ".cpar");
    return true;
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
