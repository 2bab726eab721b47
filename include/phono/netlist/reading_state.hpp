// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/flat_card.hpp>
#include <phono/netlist/growing_list.hpp>
#include <phono/netlist/logical_lines.hpp>
#include <phono/netlist/mistake.hpp>
#include <phono/netlist/right_spelling.hpp>
#include <phono/netlist/subcircuits.hpp>
#include <phono/netlist/valve_reading.hpp>
#include <phono/netlist/words.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A mistake of a netlist.
struct mistake {
    mistake_kind kind = mistake_kind::none;
    text_place at{};
    std::string_view part{};      ///< the first word of the line
    std::string_view word{};      ///< what is wrong
    std::string_view nearest{};   ///< a name that was perhaps meant
    std::string_view choices{};   ///< `name = value` pairs of a line, of whose names one was meant
    int nodes = 0;                ///< how many there are, where their number is wrong
};

/// What a reader wants to be told.
enum class note_kind {
    taken_for_triode,
    taken_for_amplifier,
    amplifier_for_subcircuit,
    left_out,
    without_signal,
    ac_of_one,
    coil_resistance,
    setting_left_out,
    letters_passed_over,
    milli_ohms,
    femto_farads,
    step_passed_over,
    dual_amplifier,
    double_triode,
    half_left_out,
    drives_without_ac,
    joins,
    temperature_left_out,
    feeds_nothing,
    feeds_no_pin,
    switch_at_rest
};

/// True for what is likely not meant, or makes the circuit another than SPICE would have: whoever uses the circuit is to be told.
[[nodiscard]] constexpr bool is_doubt(note_kind kind) noexcept
{
    switch (kind) {
        case note_kind::setting_left_out:
        case note_kind::letters_passed_over:
        case note_kind::milli_ohms:
        case note_kind::femto_farads:
        case note_kind::temperature_left_out: return true;
        default: return false;
    }
}

/// What a note says, behind the name of its part.
[[nodiscard]] constexpr std::string_view text_of(note_kind kind) noexcept
{
    switch (kind) {
        case note_kind::taken_for_triode: return "is taken for a triode:";
        case note_kind::taken_for_amplifier: return "is taken for the amplifier of the catalogue:";
        case note_kind::amplifier_for_subcircuit:
            return "has a subcircuit that is not linear, in whose place the catalogue's amplifier comes:";
        case note_kind::left_out: return "is left out: its node is driven by what stands before the netlist";
        case note_kind::without_signal: return "has AC but does not drive: it is a source of its DC value alone";
        case note_kind::ac_of_one: return "has another AC than 1: gains are per volt, or ampere, of it";
        case note_kind::setting_left_out: return "its grid conducts as its diode says, but without the diode's setting";
        case note_kind::temperature_left_out: return "is passed over: the circuit, and its noise, are those of 27 degrees C";
        case note_kind::feeds_nothing: return "feeds nothing: no other part of the circuit that is read is connected to its node";
        case note_kind::feeds_no_pin: return "feeds a pin alone that the circuit as it is read does not have, and is left out";
        case note_kind::switch_at_rest: return "is read as it stands at rest:";
        case note_kind::coil_resistance: return "has 1 mOhm in series, as in LTspice";
        case note_kind::letters_passed_over: return "is passed over, it is read as";
        case note_kind::step_passed_over: return "is passed over: the circuit has the values of the text, or those that are set";
        case note_kind::dual_amplifier:
            return "has the 8 pins of a dual amplifier: 1 to 3 out - + of A, 4 its negative supply, 5 to 7 + - out of B, 8 its positive "
                   "supply";
        case note_kind::double_triode:
            return "has the 9 pins of a double triode: 1 to 3 plate, grid, cathode of A, 6 to 8 of B, and heaters";
        case note_kind::half_left_out: return "its half that is not connected is left out:";
        case note_kind::drives_without_ac: return "has no AC and is at the node in: it drives";
        case note_kind::joins: return "has 0 Ohm: its ends are joined, where ngspice would put 1 mOhm";
        case note_kind::milli_ohms:
        case note_kind::femto_farads: return "as ngspice and LTspice read it;";
    }
    return {};
}

struct reading_note {
    note_kind kind{};
    text_place at{};
    std::string_view part{};
    std::string_view what{};
    int instance = 0;            ///< in which the part stands; 0 for a part with its whole name
    double value = 0.0;          ///< that was read of `what`, a value ...
    char unit = ' ';             ///< ... of R, C, L, V or I
    std::string_view behind{};   ///< the name of the part: ".A" of a half
};

/// A name of a node, pin, part or parameter within an instance of a subcircuit; instance 0 is the text itself.
struct scoped_name {
    int instance = 0;
    std::uint32_t hash = 0;
    std::string_view name{};
    int number = 0;   ///< the node, or the card
};

/// A parameter of an instance: its expression, and where that is evaluated.
struct scoped_parameter {
    std::uint32_t hash = 0;
    std::string_view name{}, text{};
    int scope = 0;
    text_place at{};
    enum { unknown, open, known } state = unknown;
    double value = 0.0;
};

/// A subcircuit in use.
struct instance {
    int parent = -1, subcircuit = -1;
    int prefix = 0, prefix_length = 0;   ///< "X1.X2." in the names
    int first_pin = 0, pins = 0;
    int first_part = 0;   ///< no part before it is one of its own
    int first_parameter = 0, parameters = 0;
    int depth = 0;
};

/// A card that can only be read once all others are: a line and where it belongs, and for a sum its expression and its card.
struct late_card {
    int line = 0, instance = 0, card = 0;
    std::string_view text{};
    double count = 1.0;   ///< of sources in parallel
};

/// A source whose current a card asks for.
struct sensed_name {
    int instance = 0, card = 0;
    std::string_view name{};
    int term = -1;   ///< of a sum, which it is then
};

/// A switch S, whose position is known once all sources are: closed above a threshold of the voltage between two nodes.
struct switch_card {
    static constexpr double not_decided = -1.0;   ///< in the place of its resistance

    int card = 0, plus = 0, minus = 0;
    double threshold = 0.0, hysteresis = 0.0, closed_resistance = 1.0, open_resistance = 1e12;
    bool begins_closed = false;   ///< within its hysteresis
};

/// A valve that an instance of a subcircuit was found to be, or not to be.
struct known_valve {
    int instance = 0;
    valve_reading valve{};
};

/// All that is known of a netlist while it is read.
struct reading_state {
    constexpr reading_state(const logical_lines& all_lines) noexcept : lines(all_lines), subcircuits(all_lines) {}

    const logical_lines& lines;
    subcircuit_list subcircuits;
    bool has_coil_resistance = false;
    bool has_other_temperature = false;              ///< than 27 degrees C
    double least_conductance = 1e-12;                ///< GMIN, that of an open switch
    static constexpr int most_open_parameters = 4;   ///< of a longer chain the rest waits
    int open_parameters = 0;                         ///< that are being evaluated
    int waiting_parameter = -1;                      ///< that was asked for when too many were open

    growing_list<instance> instances{};
    growing_list<scoped_name> pins{}, nodes{}, parts{};
    growing_list<scoped_parameter> parameters{};
    growing_list<late_card> sums{}, couplings{};   ///< sums: VALUE= and B, whose nodes may be held by sources that come later
    growing_list<sensed_name> sensed{};
    growing_list<switch_card> switches{};
    growing_list<reading_note> notes{};

    growing_list<flat_card> cards{};
    growing_list<text_place> places{};   ///< of the cards
    growing_list<card_value> values{};
    growing_list<sum_term> terms{};
    growing_list<winding_pair> pairs{};
    growing_list<any_law> laws{};
    growing_list<const triode*> valves{};
    growing_list<const op_amp*> amplifiers{};
    growing_list<char> names{};
    growing_list<int> node_names{};   ///< where the names of nodes 1, 2 ... begin
    growing_list<std::string_view> globals{};
    growing_list<known_valve> known_valves{};
    growing_list<int>
        asked_nodes{};   ///< that no part shows: supplies of amplifiers of the catalogue, voltages that are constants in expressions
    growing_list<int> heater_nodes{};   ///< that no part shows, and that need not be anywhere else
    int groups = 0, input = 0, output = 0;

    static constexpr int most_mistakes = 10;
    mistake found{};          ///< the one that reading has stopped at
    bool tells_all = false;   ///< goes on behind a card with a mistake; in a type the first is enough
    growing_list<mistake> set_aside{};
    right_spelling right[most_mistakes + 1]{};   ///< of the values that are these mistakes, and the one found

    [[nodiscard]] constexpr bool failed() const noexcept { return found.kind != mistake_kind::none; }
    /// True if reading may go on behind a card: it had no mistake, or all are to be told and there are not too many yet.
    constexpr bool goes_on()
    {
        if (set_aside.count() == most_mistakes) return false;
        if (!failed()) return true;
        if (!tells_all) return false;
        bool is_new = true;   // a card of a subcircuit is read as often as that is used
        for (const mistake& other : set_aside) is_new = is_new && (other.kind != found.kind || other.word.data() != found.word.data());
        if (is_new) set_aside.add(found);
        found = {};
        return set_aside.count() < most_mistakes;
    }
    /// The same behind a number of cards: false if one of them had a mistake.
    [[nodiscard]] constexpr bool is_sound() const noexcept { return !failed() && set_aside.count() == 0; }
    /// Keeps the first mistake. Returns false, for what answers whether it went well.
    constexpr bool report(mistake_kind kind, text_place at, std::string_view part, std::string_view word, std::string_view nearest = {},
                          std::string_view choices = {}) noexcept
    {
        if (failed()) return false;
        found = {kind, at, part, word, nearest, choices, 0};
        if (kind == mistake_kind::doubtful_value || kind == mistake_kind::digits_behind_letters || kind == mistake_kind::decimal_comma)
            found.nearest = (right[set_aside.count()] = right_spelling{word}).text();
        return false;
    }

    /// Adds a name with the prefix of its instance to the list of names; returns where it begins.
    constexpr int add_name(int in, std::string_view name, std::string_view behind = {})
    {
        const int begin = names.count(), from = instances[in].prefix;
        for (int i = 0; i < instances[in].prefix_length; ++i) {
            const char c = names[from + i];   // the list may move while it grows
            names.add(c);
        }
        for (const char c : name) names.add(c);
        for (const char c : behind) names.add(c);
        names.add('\0');
        return begin;
    }
    /// "X1.X2." of an instance.
    [[nodiscard]] constexpr std::string_view prefix_of(int in) const noexcept
    {
        return {names.begin() + instances[in].prefix, static_cast<std::size_t>(instances[in].prefix_length)};
    }
    /// The name of a card, with its instance.
    [[nodiscard]] constexpr std::string_view part_of(int card) const noexcept { return name_at(cards[card].name); }
    [[nodiscard]] constexpr std::string_view name_at(int begin) const noexcept { return {names.begin() + begin}; }
};

/// Views of the lists of a reading.
[[nodiscard]] constexpr card_view view_of(const reading_state& read) noexcept
{
    return {read.cards.begin(),      read.values.begin(), read.terms.begin(), read.pairs.begin(),  read.laws.begin(),  read.valves.begin(),
            read.amplifiers.begin(), read.names.begin(),  read.cards.count(), read.values.count(), read.pairs.count(), read.groups,
            read.nodes.count(),      read.input,          read.output};
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
