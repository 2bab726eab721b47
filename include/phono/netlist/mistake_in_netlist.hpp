// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/mistake.hpp>

#include <cstddef>
#include <string_view>

namespace phono::inline v0_2::detail {

/// The beginning of a text.
template <std::size_t room>
constexpr void copy_letters(std::string_view from, char (&to)[room]) noexcept
{
    for (std::size_t i = 0; i < from.size() && i + 1 < room; ++i) to[i] = from[i];
}

/// What is wrong with a netlist in a type, to be shown by the compiler.
struct shown_mistake {
    mistake_kind kind = mistake_kind::none;
    int line = 0, nodes = 0;   ///< how many nodes there are, where their number is wrong
    char part[24]{}, word[40]{}, nearest[24]{};

    constexpr shown_mistake() noexcept = default;
    constexpr shown_mistake(mistake_kind what, int at, int pins, std::string_view in, std::string_view of, std::string_view meant) noexcept
        : kind(what), line(at), nodes(pins)
    {
        copy_letters(in, part);
        copy_letters(of, word);
        copy_letters(meant, nearest);
    }
};

/// What is wrong with a netlist in a type: the compiler shows the sentence, and with it the line, the part and the word.
template <mistake_kind kind, int line, shown_mistake found>
struct mistake_in_netlist {
};

// One for each kind, with the words of sentence_of(): a static_assert takes its sentence as a literal only, and where a macro writes it g++
// shows that macro before the line. The comparison never holds, and is written so that compilers print the line: "reduces to (5 == -1)".
// Numbers and expressions.
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::not_a_number, line, found> {
    static_assert(
        line == -1,
        "phono: netlist: this is no number: write digits with a factor such as k, MEG, u or p behind them, or an expression in braces");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::two_points, line, found> {
    static_assert(line == -1, "phono: netlist: a number has one decimal point");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::decimal_comma, line, found> {
    static_assert(line == -1, "phono: netlist: a number has a decimal point and no comma, which is a blank here");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::no_exponent, line, found> {
    static_assert(line == -1, "phono: netlist: an exponent e has digits behind it");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::doubtful_value, line, found> {
    static_assert(line == -1,
                  "phono: netlist: a value such as 4k7 or 1R5 is 4k and 1 to ngspice, but 4.7k and 1.5 to LTspice: the factor stands "
                  "behind all digits");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::digits_behind_letters, line, found> {
    static_assert(line == -1, "phono: netlist: a number has no digits behind the letters of its factor or unit");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::strange_character, line, found> {
    static_assert(line == -1, "phono: netlist: a number has only the letters of a factor and a unit behind its digits");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::number_out_of_range, line, found> {
    static_assert(line == -1, "phono: netlist: this number is beyond the numbers of a computer, 4.9e-324 to 1.8e308");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::value_missing, line, found> {
    static_assert(line == -1, "phono: netlist: a value is missing here");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::bare_parameter, line, found> {
    static_assert(line == -1, "phono: netlist: the value of a parameter stands in braces: write {name}");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::bad_expression, line, found> {
    static_assert(line == -1,
                  "phono: netlist: this expression cannot be read: an operand, an operator or a bracket is missing or not known");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unknown_function, line, found> {
    static_assert(
        line == -1,
        "phono: netlist: this function is not known; there are abs acos acosh asin asinh atan atan2 atanh ceil cos cosh exp floor hypot if "
        "int ln log log10 max min nint pow pwr pwrs round sgn sin sinh sqr sqrt tan tanh u uramp and those that .func defines");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::wrong_arguments, line, found> {
    static_assert(line == -1, "phono: netlist: this function takes another number of arguments");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::expression_too_deep, line, found> {
    static_assert(line == -1, "phono: netlist: this expression is nested too deeply");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unknown_parameter, line, found> {
    static_assert(line == -1, "phono: netlist: there is no parameter of this name: define it by .param, or on the .subckt");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::parameter_cycle, line, found> {
    static_assert(line == -1, "phono: netlist: this parameter depends on itself");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::voltage_in_parameter, line, found> {
    static_assert(line == -1, "phono: netlist: the value of a part or parameter cannot depend on a voltage");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::current_in_parameter, line, found> {
    static_assert(line == -1, "phono: netlist: the value of a part or parameter cannot depend on a current");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::not_linear, line, found> {
    static_assert(line == -1,
                  "phono: netlist: this source is not linear in the voltages: a valve is a subcircuit of the law of Koren or a name such "
                  "as 12AX7, an amplifier is linear or a name such as NE5532");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::depends_on_time, line, found> {
    static_assert(line == -1,
                  "phono: netlist: a source that depends on time or frequency has no place in a circuit that is linear or made of valves");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::not_finite, line, found> {
    static_assert(line == -1,
                  "phono: netlist: this expression has no finite value: a division by 0, the root or logarithm of what has none, or a "
                  "number too large");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::doubtful_power, line, found> {
    static_assert(line == -1,
                  "phono: netlist: a power of what is below zero has another value in ngspice's braces, in its sources and in LTspice, "
                  "unless the exponent is even: write the sign outside, as in -(abs(x)^3)");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::doubtful_order, line, found> {
    static_assert(line == -1, "phono: netlist: ngspice and LTspice do not agree on what comes first here: put parentheses");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::doubtful_mil, line, found> {
    static_assert(line == -1,
                  "phono: netlist: within an expression ngspice reads mil as m, 1e-3, and elsewhere as 25.4e-6: write the number with "
                  "another factor");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::doubtful_condition, line, found> {
    static_assert(line == -1,
                  "phono: netlist: only 0 is false to ngspice, but all up to 0.5 to LTspice: write a comparison, such as x > 0");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::doubtful_limit, line, found> {
    static_assert(
        line == -1,
        "phono: netlist: limit() is a random value to ngspice and holds a value between bounds in LTspice: write min(max(x, low), high)");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::random_value, line, found> {
    static_assert(line == -1, "phono: netlist: this function gives another value each time: write the value, and tol= for its tolerance");
};
// Lines.
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::no_text, line, found> {
    static_assert(line == -1, "phono: netlist: a netlist has a title line and at least one part behind it");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::title_is_a_card, line, found> {
    static_assert(line == -1,
                  "phono: netlist: the first line of a netlist is its title and no part: put a title, or an empty line, before it");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::nothing_to_continue, line, found> {
    static_assert(line == -1, "phono: netlist: a line that begins with + continues the one before it, and there is none");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unclosed_quote, line, found> {
    static_assert(line == -1,
                  "phono: netlist: a quote or brace is not closed on its line (a line is continued by + at the beginning of the next)");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unclosed_control, line, found> {
    static_assert(line == -1, "phono: netlist: a .control block is not closed by .endc");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unknown_command, line, found> {
    static_assert(line == -1, "phono: netlist: this is no command of a netlist that is known");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::conditional_text, line, found> {
    static_assert(line == -1, "phono: netlist: conditional parts of a netlist (.if) are not read: keep the branch that is meant");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::include_in_a_type, line, found> {
    static_assert(line == -1, "phono: netlist: a text in a type cannot include files: put what the file says into the text");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::missing_file, line, found> {
    static_assert(line == -1, "phono: netlist: this file is not there");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::include_cycle, line, found> {
    static_assert(line == -1, "phono: netlist: this file includes itself");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::missing_library_section, line, found> {
    static_assert(line == -1, "phono: netlist: the file has no .lib section of this name");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::not_text, line, found> {
    static_assert(line == -1, "phono: netlist: this is no text in UTF-8");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::text_too_long, line, found> {
    static_assert(line == -1, "phono: netlist: this text is longer than what a netlist of a preamp can be");
};
// Definitions.
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::bad_definition, line, found> {
    static_assert(line == -1, "phono: netlist: write name = value here");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::duplicate_parameter, line, found> {
    static_assert(line == -1, "phono: netlist: this parameter is defined twice in the same place");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::subcircuit_without_name, line, found> {
    static_assert(line == -1, "phono: netlist: a .subckt has a name and pins");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::duplicate_subcircuit, line, found> {
    static_assert(line == -1, "phono: netlist: there are two subcircuits of this name");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unclosed_subcircuit, line, found> {
    static_assert(line == -1, "phono: netlist: this .subckt has no .ends");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::ends_without_subcircuit, line, found> {
    static_assert(line == -1, "phono: netlist: this .ends closes no .subckt of that name");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::pin_twice, line, found> {
    static_assert(line == -1, "phono: netlist: this pin stands twice in the .subckt line");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::bad_function, line, found> {
    static_assert(line == -1, "phono: netlist: write .func name(x, y) {expression}");
};
// Parts.
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::too_few_words, line, found> {
    static_assert(line == -1, "phono: netlist: this part wants more nodes or a value");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unexpected_word, line, found> {
    static_assert(line == -1, "phono: netlist: this word has no meaning here");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unknown_setting, line, found> {
    static_assert(line == -1, "phono: netlist: this part has no such setting");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::duplicate_part, line, found> {
    static_assert(line == -1, "phono: netlist: there are two parts of this name");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::not_positive, line, found> {
    static_assert(line == -1, "phono: netlist: this value must be above zero");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::negative_value, line, found> {
    static_assert(line == -1, "phono: netlist: this value must not be negative");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::wrong_unit, line, found> {
    static_assert(
        line == -1,
        "phono: netlist: this is the unit of another quantity: a resistor has Ohm, a capacitor F, an inductor H, a voltage source "
        "V, a current source A");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::no_such_source, line, found> {
    static_assert(line == -1,
                  "phono: netlist: there is no voltage source of this name, whose current could be told: put one of 0 V in series");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::bad_coupling, line, found> {
    static_assert(line == -1, "phono: netlist: a coupling K names inductors and has a coefficient from -1 to 1");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::too_many_windings, line, found> {
    static_assert(line == -1, "phono: netlist: more than 8 inductors are coupled with each other; there may be 8");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unknown_inductor, line, found> {
    static_assert(line == -1, "phono: netlist: there is no inductor of this name to be coupled");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::coupled_twice, line, found> {
    static_assert(line == -1, "phono: netlist: these two inductors are coupled twice");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::impossible_coupling, line, found> {
    static_assert(line == -1, "phono: netlist: these inductors cannot all be coupled so tightly: their energy could be negative");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::bad_polynomial, line, found> {
    static_assert(line == -1,
                  "phono: netlist: only a POLY of the first degree is linear: write a coefficient for each of its pairs of nodes");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::too_many_terms, line, found> {
    static_assert(line == -1, "phono: netlist: a source of more than 8 voltages and currents is not read: write it as the sum of several");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::doubtful_polynomial, line, found> {
    static_assert(line == -1,
                  "phono: netlist: a POLY with one coefficient is a constant to ngspice, but a gain to SPICE2: write 0 before it for a "
                  "gain, or 0 behind it for a constant");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::doubtful_scale, line, found> {
    static_assert(line == -1,
                  "phono: netlist: ngspice multiplies the value by scale, and LTspice does not know it: write the value that is meant");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::other_temperature, line, found> {
    static_assert(line == -1,
                  "phono: netlist: circuits are those of 27 degrees C, and this has another value at the temperature that is given: write "
                  "that value");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::conductance_to_ground, line, found> {
    static_assert(line == -1,
                  "phono: netlist: this option puts a resistor or capacitor from each node to ground: leave it out, or write these parts");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::laplace_or_table, line, found> {
    static_assert(line == -1, "phono: netlist: a source by LAPLACE, FREQ or TABLE is not read: write the circuit that it stands for");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::junction_device, line, found> {
    static_assert(line == -1,
                  "phono: netlist: diodes, transistors and JFETs are not part of this library, which has triodes and linear amplifiers");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unknown_device, line, found> {
    static_assert(line == -1, "phono: netlist: this kind of part is not read; there are R C L K V I E G F H B S and X");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unknown_subcircuit, line, found> {
    static_assert(line == -1, "phono: netlist: there is no subcircuit, triode or amplifier of this name");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::wrong_pins, line, found> {
    static_assert(line == -1, "phono: netlist: the number of nodes is not that of the subcircuit's pins");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::wrong_pins_of_triode, line, found> {
    static_assert(
        line == -1,
        "phono: netlist: a triode of the catalogue has 3 nodes (plate, grid, cathode), or the 9 pins of a double triode on a noval "
        "base: a symbol with others wants a .subckt of its pins with an X in it");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::wrong_pins_of_amplifier, line, found> {
    static_assert(
        line == -1,
        "phono: netlist: an amplifier of the catalogue has 3 nodes (+, -, out), 5 (+, -, supplies, out), or the 8 pins of a dual: "
        "a symbol with others wants a .subckt of its pins with an X in it");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unknown_subcircuit_parameter, line, found> {
    static_assert(line == -1,
                  "phono: netlist: this subcircuit has no parameter of this name: it has those of its .subckt line, and those that its "
                  "expressions ask for");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::parameter_of_catalogue, line, found> {
    static_assert(line == -1,
                  "phono: netlist: a triode or amplifier of the catalogue has no parameters: leave this out, or write the subcircuit that "
                  "has it");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unknown_valve, line, found> {
    static_assert(line == -1,
                  "phono: netlist: this subcircuit is no linear circuit and no triode that is known: Koren's law, or a name such as 12AX7");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unknown_grid_current, line, found> {
    static_assert(
        line == -1,
        "phono: netlist: the grid current of this triode is not known: a resistor and a diode from grid to cathode, a power law, or none");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::pentode, line, found> {
    static_assert(
        line == -1,
        "phono: netlist: this valve has more than three electrodes: pentodes are not part of this library, but one wired as a triode is");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::recursive_subcircuit, line, found> {
    static_assert(line == -1, "phono: netlist: this subcircuit contains itself, or is nested too deeply");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::unknown_model, line, found> {
    static_assert(line == -1, "phono: netlist: there is no .model of this name");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::model_instead_of_value, line, found> {
    static_assert(
        line == -1,
        "phono: netlist: a part by a .model that says more than its value and how temperature changes that is not read: write its value");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::part_without_model, line, found> {
    static_assert(line == -1,
                  "phono: netlist: KiCad writes a part without a simulation model so: give it one, or exclude it from the simulation, as "
                  "connectors and holes are");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::two_resistances, line, found> {
    static_assert(line == -1,
                  "phono: netlist: ac= gives this resistor another value for signals than at rest, as ngspice has it: here it has one, "
                  "write that which is meant");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::switch_model, line, found> {
    static_assert(line == -1,
                  "phono: netlist: a switch S has a .model of the kind SW, with VT, VH, RON and ROFF and no more, which are said with =");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::switch_by_unknown, line, found> {
    static_assert(line == -1,
                  "phono: netlist: a switch is read as it stands at rest, and this node that controls it has no voltage that is known: it "
                  "is to be ground or held by voltage sources, of which DC counts, or PULSE, PWL or SIN at time 0; or write a resistor in "
                  "the place of the switch");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::undecided_switch, line, found> {
    static_assert(line == -1,
                  "phono: netlist: at rest this switch is at its threshold, or within a negative VH, where ngspice and LTspice do not "
                  "agree: give VT, or what controls it, another value");
};
// The circuit.
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::no_ground, line, found> {
    static_assert(
        line == -1,
        "phono: netlist: no part is connected to ground, node 0: a ground of another name, such as AGND, is tied to it by V1 AGND 0 0");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::node_with_one_part, line, found> {
    static_assert(line == -1, "phono: netlist: only one part is connected to this node: is its name misspelt?");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::floating_node, line, found> {
    static_assert(line == -1, "phono: netlist: no parts lead from this node to ground, node 0; a capacitor of 0 F is none");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::undriven_node, line, found> {
    static_assert(line == -1, "phono: netlist: this node controls a source, but no part is connected to it");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::loop_of_sources, line, found> {
    static_assert(line == -1, "phono: netlist: this part closes a loop of ideal voltage sources and inductors: put a resistor in series");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::shorted_source, line, found> {
    static_assert(line == -1, "phono: netlist: both ends of this source are the same node");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::several_drives, line, found> {
    static_assert(line == -1, "phono: netlist: more than one source has AC: say which drives the circuit, or leave AC to one of them");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::no_such_input, line, found> {
    static_assert(line == -1, "phono: netlist: there is no node or source of this name to drive the circuit by");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::no_input, line, found> {
    static_assert(line == -1,
                  "phono: netlist: nothing drives the circuit: give a source AC 1, or name a node in, or say which node is the input");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::no_output, line, found> {
    static_assert(line == -1, "phono: netlist: no node is named out: name one so, or say which node is the output");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::no_such_output, line, found> {
    static_assert(line == -1, "phono: netlist: there is no node of this name to be the output");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::input_is_held, line, found> {
    static_assert(line == -1,
                  "phono: netlist: the input node is already held by a voltage source: give it AC 1 if it is the input, or name another");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::no_such_part, line, found> {
    static_assert(line == -1, "phono: netlist: there is no part of this name whose value could be set");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::too_many_parts, line, found> {
    static_assert(line == -1, "phono: netlist: the circuit must have at most 192 parts, 64 of them capacitors and inductors");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::too_many_nodes, line, found> {
    static_assert(line == -1, "phono: netlist: the circuit must have at most 88 nodes, and 40 currents that are unknown");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::too_many_triodes, line, found> {
    static_assert(line == -1, "phono: netlist: the circuit must have at most 8 triodes");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::too_many_amplifiers, line, found> {
    static_assert(line == -1, "phono: netlist: the circuit must have at most 24 amplifiers");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::too_many_cards, line, found> {
    static_assert(line == -1, "phono: netlist: the subcircuits of this netlist expand into more parts than a preamp can have");
};
template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::faulty_circuit, line, found> {
    static_assert(line == -1, "phono: netlist: the circuit has a fault");
};

}   // namespace phono::inline v0_2::detail
