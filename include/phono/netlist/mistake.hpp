// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace phono::inline v0_2::detail {

/// What is wrong with a netlist.
enum class mistake_kind {
    none,
    // Numbers and expressions.
    not_a_number,
    two_points,
    decimal_comma,
    no_exponent,
    doubtful_value,
    digits_behind_letters,
    strange_character,
    number_out_of_range,
    value_missing,
    bare_parameter,
    bad_expression,
    unknown_function,
    wrong_arguments,
    expression_too_deep,
    unknown_parameter,
    parameter_cycle,
    voltage_in_parameter,
    current_in_parameter,
    not_linear,
    depends_on_time,
    not_finite,
    doubtful_power,
    doubtful_order,
    doubtful_mil,
    doubtful_condition,
    doubtful_limit,
    random_value,
    // Lines.
    no_text,
    title_is_a_card,
    nothing_to_continue,
    unclosed_quote,
    unclosed_control,
    unknown_command,
    conditional_text,
    include_in_a_type,
    missing_file,
    include_cycle,
    missing_library_section,
    not_text,
    text_too_long,
    // Definitions.
    bad_definition,
    duplicate_parameter,
    subcircuit_without_name,
    duplicate_subcircuit,
    unclosed_subcircuit,
    ends_without_subcircuit,
    pin_twice,
    bad_function,
    // Parts.
    too_few_words,
    unexpected_word,
    unknown_setting,
    duplicate_part,
    not_positive,
    negative_value,
    wrong_unit,
    no_such_source,
    bad_coupling,
    too_many_windings,
    unknown_inductor,
    coupled_twice,
    impossible_coupling,
    bad_polynomial,
    too_many_terms,
    doubtful_polynomial,
    doubtful_scale,
    other_temperature,
    conductance_to_ground,
    laplace_or_table,
    junction_device,
    unknown_device,
    unknown_subcircuit,
    wrong_pins,
    wrong_pins_of_triode,
    wrong_pins_of_amplifier,
    unknown_subcircuit_parameter,
    parameter_of_catalogue,
    unknown_valve,
    unknown_grid_current,
    pentode,
    recursive_subcircuit,
    unknown_model,
    model_instead_of_value,
    part_without_model,
    two_resistances,
    switch_model,
    switch_by_unknown,
    undecided_switch,
    // The circuit.
    no_ground,
    node_with_one_part,
    floating_node,
    undriven_node,
    loop_of_sources,
    shorted_source,
    several_drives,
    no_such_input,
    no_input,
    no_output,
    no_such_output,
    input_is_held,
    no_such_part,
    too_many_parts,
    too_many_nodes,
    too_many_triodes,
    too_many_amplifiers,
    too_many_cards,
    faulty_circuit
};

/// What is wrong, in words, and what would be right; mistake_in_netlist says the same to a compiler, as a test holds.
///
/// Each sentence follows the word that it is about, as in: line 5: "4k7": a value ...
[[nodiscard]] constexpr std::string_view sentence_of(mistake_kind kind) noexcept
{
    switch (kind) {
        case mistake_kind::none: return {};
        case mistake_kind::not_a_number:
            return "this is no number: write digits with a factor such as k, MEG, u or p behind them, or an expression in braces";
        case mistake_kind::two_points: return "a number has one decimal point";
        case mistake_kind::decimal_comma: return "a number has a decimal point and no comma, which is a blank here";
        case mistake_kind::no_exponent: return "an exponent e has digits behind it";
        case mistake_kind::doubtful_value:
            return "a value such as 4k7 or 1R5 is 4k and 1 to ngspice, but 4.7k and 1.5 to LTspice: the factor stands behind all digits";
        case mistake_kind::digits_behind_letters: return "a number has no digits behind the letters of its factor or unit";
        case mistake_kind::strange_character: return "a number has only the letters of a factor and a unit behind its digits";
        case mistake_kind::number_out_of_range: return "this number is beyond the numbers of a computer, 4.9e-324 to 1.8e308";
        case mistake_kind::value_missing: return "a value is missing here";
        case mistake_kind::bare_parameter: return "the value of a parameter stands in braces: write {name}";
        case mistake_kind::bad_expression:
            return "this expression cannot be read: an operand, an operator or a bracket is missing or not known";
        case mistake_kind::unknown_function:
            return "this function is not known; there are abs acos acosh asin asinh atan atan2 atanh ceil cos cosh exp floor hypot if int "
                   "ln log log10 max min nint pow pwr pwrs round sgn sin sinh sqr sqrt tan tanh u uramp and those that .func defines";
        case mistake_kind::wrong_arguments: return "this function takes another number of arguments";
        case mistake_kind::expression_too_deep: return "this expression is nested too deeply";
        case mistake_kind::unknown_parameter: return "there is no parameter of this name: define it by .param, or on the .subckt";
        case mistake_kind::parameter_cycle: return "this parameter depends on itself";
        case mistake_kind::voltage_in_parameter: return "the value of a part or parameter cannot depend on a voltage";
        case mistake_kind::current_in_parameter: return "the value of a part or parameter cannot depend on a current";
        case mistake_kind::not_linear:
            return "this source is not linear in the voltages: a valve is a subcircuit of the law of Koren or a name such as 12AX7, an "
                   "amplifier is linear or a name such as NE5532";
        case mistake_kind::depends_on_time:
            return "a source that depends on time or frequency has no place in a circuit that is linear or made of valves";
        case mistake_kind::not_finite:
            return "this expression has no finite value: a division by 0, the root or logarithm of what has none, or a number too large";
        case mistake_kind::doubtful_power:
            return "a power of what is below zero has another value in ngspice's braces, in its sources and in LTspice, unless the "
                   "exponent is even: write the sign outside, as in -(abs(x)^3)";
        case mistake_kind::doubtful_order: return "ngspice and LTspice do not agree on what comes first here: put parentheses";
        case mistake_kind::doubtful_mil:
            return "within an expression ngspice reads mil as m, 1e-3, and elsewhere as 25.4e-6: write the number with another factor";
        case mistake_kind::doubtful_condition:
            return "only 0 is false to ngspice, but all up to 0.5 to LTspice: write a comparison, such as x > 0";
        case mistake_kind::doubtful_limit:
            return "limit() is a random value to ngspice and holds a value between bounds in LTspice: write min(max(x, low), high)";
        case mistake_kind::random_value: return "this function gives another value each time: write the value, and tol= for its tolerance";
        case mistake_kind::no_text: return "a netlist has a title line and at least one part behind it";
        case mistake_kind::title_is_a_card:
            return "the first line of a netlist is its title and no part: put a title, or an empty line, before it";
        case mistake_kind::nothing_to_continue: return "a line that begins with + continues the one before it, and there is none";
        case mistake_kind::unclosed_quote:
            return "a quote or brace is not closed on its line (a line is continued by + at the beginning of the next)";
        case mistake_kind::unclosed_control: return "a .control block is not closed by .endc";
        case mistake_kind::unknown_command: return "this is no command of a netlist that is known";
        case mistake_kind::conditional_text: return "conditional parts of a netlist (.if) are not read: keep the branch that is meant";
        case mistake_kind::include_in_a_type: return "a text in a type cannot include files: put what the file says into the text";
        case mistake_kind::missing_file: return "this file is not there";
        case mistake_kind::include_cycle: return "this file includes itself";
        case mistake_kind::missing_library_section: return "the file has no .lib section of this name";
        case mistake_kind::not_text: return "this is no text in UTF-8";
        case mistake_kind::text_too_long: return "this text is longer than what a netlist of a preamp can be";
        case mistake_kind::bad_definition: return "write name = value here";
        case mistake_kind::duplicate_parameter: return "this parameter is defined twice in the same place";
        case mistake_kind::subcircuit_without_name: return "a .subckt has a name and pins";
        case mistake_kind::duplicate_subcircuit: return "there are two subcircuits of this name";
        case mistake_kind::unclosed_subcircuit: return "this .subckt has no .ends";
        case mistake_kind::ends_without_subcircuit: return "this .ends closes no .subckt of that name";
        case mistake_kind::pin_twice: return "this pin stands twice in the .subckt line";
        case mistake_kind::bad_function: return "write .func name(x, y) {expression}";
        case mistake_kind::too_few_words: return "this part wants more nodes or a value";
        case mistake_kind::unexpected_word: return "this word has no meaning here";
        case mistake_kind::unknown_setting: return "this part has no such setting";
        case mistake_kind::duplicate_part: return "there are two parts of this name";
        case mistake_kind::not_positive: return "this value must be above zero";
        case mistake_kind::negative_value: return "this value must not be negative";
        case mistake_kind::wrong_unit:
            return "this is the unit of another quantity: a resistor has Ohm, a capacitor F, an inductor H, a voltage source V, a current "
                   "source A";
        case mistake_kind::no_such_source:
            return "there is no voltage source of this name, whose current could be told: put one of 0 V in series";
        case mistake_kind::bad_coupling: return "a coupling K names inductors and has a coefficient from -1 to 1";
        case mistake_kind::too_many_windings: return "more than 8 inductors are coupled with each other; there may be 8";
        case mistake_kind::unknown_inductor: return "there is no inductor of this name to be coupled";
        case mistake_kind::coupled_twice: return "these two inductors are coupled twice";
        case mistake_kind::impossible_coupling: return "these inductors cannot all be coupled so tightly: their energy could be negative";
        case mistake_kind::bad_polynomial:
            return "only a POLY of the first degree is linear: write a coefficient for each of its pairs of nodes";
        case mistake_kind::too_many_terms:
            return "a source of more than 8 voltages and currents is not read: write it as the sum of several";
        case mistake_kind::doubtful_polynomial:
            return "a POLY with one coefficient is a constant to ngspice, but a gain to SPICE2: write 0 before it for a gain, or 0 behind "
                   "it for a constant";
        case mistake_kind::doubtful_scale:
            return "ngspice multiplies the value by scale, and LTspice does not know it: write the value that is meant";
        case mistake_kind::other_temperature:
            return "circuits are those of 27 degrees C, and this has another value at the temperature that is given: write that value";
        case mistake_kind::conductance_to_ground:
            return "this option puts a resistor or capacitor from each node to ground: leave it out, or write these parts";
        case mistake_kind::laplace_or_table: return "a source by LAPLACE, FREQ or TABLE is not read: write the circuit that it stands for";
        case mistake_kind::junction_device:
            return "diodes, transistors and JFETs are not part of this library, which has triodes and linear amplifiers";
        case mistake_kind::unknown_device: return "this kind of part is not read; there are R C L K V I E G F H B S and X";
        case mistake_kind::unknown_subcircuit: return "there is no subcircuit, triode or amplifier of this name";
        case mistake_kind::wrong_pins: return "the number of nodes is not that of the subcircuit's pins";
        case mistake_kind::wrong_pins_of_triode:
            return "a triode of the catalogue has 3 nodes (plate, grid, cathode), or the 9 pins of a double triode on a noval base: a "
                   "symbol "
                   "with others wants a .subckt of its pins with an X in it";
        case mistake_kind::wrong_pins_of_amplifier:
            return "an amplifier of the catalogue has 3 nodes (+, -, out), 5 (+, -, supplies, out), or the 8 pins of a dual: a symbol with "
                   "others wants a .subckt of its pins with an X in it";
        case mistake_kind::unknown_subcircuit_parameter:
            return "this subcircuit has no parameter of this name: it has those of its .subckt line, and those that its expressions ask "
                   "for";
        case mistake_kind::parameter_of_catalogue:
            return "a triode or amplifier of the catalogue has no parameters: leave this out, or write the subcircuit that has it";
        case mistake_kind::unknown_valve:
            return "this subcircuit is no linear circuit and no triode that is known: Koren's law, or a name such as 12AX7";
        case mistake_kind::unknown_grid_current:
            return "the grid current of this triode is not known: a resistor and a diode from grid to cathode, a power law, or none";
        case mistake_kind::pentode:
            return "this valve has more than three electrodes: pentodes are not part of this library, but one wired as a triode is";
        case mistake_kind::recursive_subcircuit: return "this subcircuit contains itself, or is nested too deeply";
        case mistake_kind::unknown_model: return "there is no .model of this name";
        case mistake_kind::model_instead_of_value:
            return "a part by a .model that says more than its value and how temperature changes that is not read: write its value";
        case mistake_kind::part_without_model:
            return "KiCad writes a part without a simulation model so: give it one, or exclude it from the simulation, as connectors and "
                   "holes are";
        case mistake_kind::two_resistances:
            return "ac= gives this resistor another value for signals than at rest, as ngspice has it: here it has one, write that which "
                   "is meant";
        case mistake_kind::switch_model:
            return "a switch S has a .model of the kind SW, with VT, VH, RON and ROFF and no more, which are said with =";
        case mistake_kind::switch_by_unknown:
            return "a switch is read as it stands at rest, and this node that controls it has no voltage that is known: it is to be ground "
                   "or held by voltage sources, of which DC counts, or PULSE, PWL or SIN at time 0; or write a resistor in the place of "
                   "the switch";
        case mistake_kind::undecided_switch:
            return "at rest this switch is at its threshold, or within a negative VH, where ngspice and LTspice do not agree: give VT, or "
                   "what controls it, another value";
        case mistake_kind::no_ground:
            return "no part is connected to ground, node 0: a ground of another name, such as AGND, is tied to it by V1 AGND 0 0";
        case mistake_kind::node_with_one_part: return "only one part is connected to this node: is its name misspelt?";
        case mistake_kind::floating_node: return "no parts lead from this node to ground, node 0; a capacitor of 0 F is none";
        case mistake_kind::undriven_node: return "this node controls a source, but no part is connected to it";
        case mistake_kind::loop_of_sources:
            return "this part closes a loop of ideal voltage sources and inductors: put a resistor in series";
        case mistake_kind::shorted_source: return "both ends of this source are the same node";
        case mistake_kind::several_drives: return "more than one source has AC: say which drives the circuit, or leave AC to one of them";
        case mistake_kind::no_such_input: return "there is no node or source of this name to drive the circuit by";
        case mistake_kind::no_input:
            return "nothing drives the circuit: give a source AC 1, or name a node in, or say which node is the input";
        case mistake_kind::no_output: return "no node is named out: name one so, or say which node is the output";
        case mistake_kind::no_such_output: return "there is no node of this name to be the output";
        case mistake_kind::input_is_held:
            return "the input node is already held by a voltage source: give it AC 1 if it is the input, or name another";
        case mistake_kind::no_such_part: return "there is no part of this name whose value could be set";
        case mistake_kind::too_many_parts: return "the circuit must have at most 192 parts, 64 of them capacitors and inductors";
        case mistake_kind::too_many_nodes: return "the circuit must have at most 88 nodes, and 40 currents that are unknown";
        case mistake_kind::too_many_triodes: return "the circuit must have at most 8 triodes";
        case mistake_kind::too_many_amplifiers: return "the circuit must have at most 24 amplifiers";
        case mistake_kind::too_many_cards: return "the subcircuits of this netlist expand into more parts than a preamp can have";
        case mistake_kind::faulty_circuit: return "the circuit has a fault";
    }
    return {};
}

}   // namespace phono::inline v0_2::detail
