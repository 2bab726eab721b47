// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

// The one list of what can be wrong with a netlist. It is a macro because a static_assert takes its sentence as a literal only: the
// enumeration, the sentence at run time and the static_asserts below are all made of it.
//
// Each sentence follows the word that it is about, as in: line 5: "4k7": is ...
// clang-format off
#define PHONO_NETLIST_MISTAKES(mistake)                                                                                                 \
    /* numbers and expressions */                                                                                                       \
    mistake(not_a_number,                                                                                                               \
            "this is no number: write digits with a factor such as k, MEG, u or p behind them, or an expression in braces")             \
    mistake(two_points, "a number has one decimal point")                                                                               \
    mistake(decimal_comma, "a number has a decimal point and no comma, which is a blank here: write 1.5")                               \
    mistake(no_exponent, "an exponent e has digits behind it")                                                                          \
    mistake(doubtful_value, "a value such as 4k7 or 1R5 is 4k and 1 to ngspice, but 4.7k and 1.5 to LTspice: write 4.7k or 1.5")        \
    mistake(digits_behind_letters, "a number has no digits behind the letters of its factor or unit")                                   \
    mistake(strange_character, "a number has only the letters of a factor and a unit behind its digits")                                \
    mistake(number_out_of_range, "this number is beyond the numbers of a computer, 4.9e-324 to 1.8e308")                                \
    mistake(value_missing, "a value is missing here")                                                                                   \
    mistake(bare_parameter, "the value of a parameter stands in braces: write {name}")                                                  \
    mistake(bad_expression, "this expression cannot be read: an operand, an operator or a bracket is missing or not known")             \
    mistake(unknown_function,                                                                                                           \
            "this function is not known; there are sqrt exp ln log log10 pow pwr pwrs abs min max sin cos atan sgn uramp "              \
            "limit if and those that .func defines")                                                                                    \
    mistake(wrong_arguments, "this function takes another number of arguments")                                                         \
    mistake(expression_too_deep, "this expression is nested too deeply")                                                                \
    mistake(unknown_parameter, "there is no parameter of this name: define it by .param, or on the .subckt")                            \
    mistake(parameter_cycle, "this parameter depends on itself")                                                                        \
    mistake(voltage_in_parameter, "the value of a part or parameter cannot depend on a voltage")                                        \
    mistake(current_in_parameter, "the value of a part or parameter cannot depend on a current")                                        \
    mistake(not_linear,                                                                                                                 \
            "this source is not linear in the voltages: a valve is a subcircuit of the law of Koren or a name such as "                 \
            "12AX7, an amplifier is linear or a name such as NE5532")                                                                   \
    mistake(depends_on_time, "a source that depends on time or frequency has no place in a circuit that is linear or made of valves")   \
    mistake(not_finite,                                                                                                                 \
            "this expression has no finite value: a division by 0, the root or logarithm of what has none, or a number too "            \
            "large")                                                                                                                    \
    mistake(doubtful_power,                                                                                                             \
            "a power of what is below zero has another value in ngspice's braces, in its sources and in LTspice, unless the"            \
            " exponent is even: write the sign outside, as in -(abs(x)^3)")                                                             \
    mistake(doubtful_order, "ngspice and LTspice do not agree on what comes first here: put parentheses")                               \
    mistake(doubtful_condition, "only 0 is false to ngspice, but all up to 0.5 to LTspice: write a comparison, such as x > 0")          \
    mistake(doubtful_limit,                                                                                                             \
            "limit() is a random value to ngspice and holds a value between bounds in LTspice: write min(max(x, low), high)")           \
    mistake(random_value, "this function gives another value each time: write the value, and tol= for its tolerance")                   \
    /* lines */                                                                                                                         \
    mistake(no_text, "a netlist has a title line and at least one part behind it")                                                      \
    mistake(title_is_a_card, "the first line of a netlist is its title and no part: put a title, or an empty line, before it")          \
    mistake(nothing_to_continue, "a line that begins with + continues the one before it, and there is none")                            \
    mistake(unclosed_quote, "a quote or brace is not closed on its line (a line is continued by + at the beginning of the next)")       \
    mistake(unclosed_control, "a .control block is not closed by .endc")                                                                \
    mistake(unknown_command, "this is no command of a netlist that is known")                                                           \
    mistake(conditional_text, "conditional parts of a netlist (.if) are not read: keep the branch that is meant")                       \
    mistake(include_in_a_type, "a text in a type cannot include files: put what the file says into the text")                           \
    mistake(missing_file, "this file is not there")                                                                                     \
    mistake(include_cycle, "this file includes itself")                                                                                 \
    mistake(missing_library_section, "the file has no .lib section of this name")                                                       \
    mistake(not_text, "this is no text in UTF-8")                                                                                       \
    mistake(text_too_long, "this text is longer than what a netlist of a preamp can be")                                                \
    /* definitions */                                                                                                                   \
    mistake(bad_definition, "write name = value here")                                                                                  \
    mistake(duplicate_parameter, "this parameter is defined twice in the same place")                                                   \
    mistake(subcircuit_without_name, "a .subckt has a name and pins")                                                                   \
    mistake(duplicate_subcircuit, "there are two subcircuits of this name")                                                             \
    mistake(unclosed_subcircuit, "this .subckt has no .ends")                                                                           \
    mistake(ends_without_subcircuit, "this .ends closes no .subckt of that name")                                                       \
    mistake(pin_twice, "this pin stands twice in the .subckt line")                                                                     \
    mistake(bad_function, "write .func name(x, y) {expression}")                                                                        \
    /* parts */                                                                                                                         \
    mistake(too_few_words, "this part wants more nodes or a value")                                                                     \
    mistake(unexpected_word, "this word has no meaning here")                                                                           \
    mistake(unknown_setting, "this part has no such setting")                                                                           \
    mistake(duplicate_part, "there are two parts of this name")                                                                         \
    mistake(not_positive, "this value must be above zero")                                                                              \
    mistake(negative_value, "this value must not be negative")                                                                          \
    mistake(no_such_source, "there is no voltage source of this name, whose current could be told: put one of 0 V in series")           \
    mistake(bad_coupling, "a coupling K names inductors and has a coefficient from -1 to 1")                                            \
    mistake(unknown_inductor, "there is no inductor of this name to be coupled")                                                        \
    mistake(coupled_twice, "these two inductors are coupled twice")                                                                     \
    mistake(impossible_coupling, "these inductors cannot all be coupled so tightly: their energy could be negative")                    \
    mistake(bad_polynomial, "only a POLY of the first degree is linear: write a coefficient for each of its pairs of nodes")            \
    mistake(laplace_or_table, "a source by LAPLACE, FREQ or TABLE is not read: write the circuit that it stands for")                   \
    mistake(junction_device, "diodes, transistors and JFETs are not part of this library, which has triodes and linear amplifiers")     \
    mistake(unknown_device, "this kind of part is not read; there are R C L K V I E G F H B and X")                                     \
    mistake(unknown_subcircuit, "there is no subcircuit, triode or amplifier of this name")                                             \
    mistake(wrong_pins, "the number of nodes is not that of the subcircuit's pins")                                                     \
    mistake(unknown_valve, "this subcircuit is no linear circuit and no triode that is known: Koren's law, or a name such as 12AX7")    \
    mistake(unknown_grid_current,                                                                                                       \
            "the grid current of this triode is not known: a resistor and a diode from grid to cathode, a power law, or "               \
            "none")                                                                                                                     \
    mistake(pentode, "this valve has more than three electrodes: pentodes are not part of this library, but one wired as a triode is")  \
    mistake(recursive_subcircuit, "this subcircuit contains itself, or is nested too deeply")                                           \
    mistake(unknown_model, "there is no .model of this name")                                                                           \
    mistake(model_instead_of_value, "a part by a .model is not read: write its value")                                                  \
    /* the circuit */                                                                                                                   \
    mistake(no_ground, "no part is connected to ground, node 0: a ground of another name, such as AGND, is tied to it by V1 AGND 0 0")  \
    mistake(node_with_one_part, "only one part is connected to this node: is its name misspelt?")                                       \
    mistake(floating_node, "no parts lead from this node to ground, node 0")                                                            \
    mistake(undriven_node, "this node controls a source, but no part is connected to it")                                               \
    mistake(loop_of_sources, "this part closes a loop of ideal voltage sources and inductors: put a resistor in series")                \
    mistake(shorted_source, "both ends of this source are the same node")                                                               \
    mistake(several_drives, "more than one source has AC: say which drives the circuit, or leave AC to one of them")                    \
    mistake(no_such_input, "there is no node or source of this name to drive the circuit by")                                           \
    mistake(no_input, "nothing drives the circuit: give a source AC 1, or name a node in, or say which node is the input")              \
    mistake(no_such_output, "there is no node of this name to be the output: name a node out, or say which node it is")                 \
    mistake(input_is_held, "the input node is already held by a voltage source")                                                        \
    mistake(no_such_part, "there is no part of this name whose value could be set")                                                     \
    mistake(too_many_parts, "the circuit must have at most 192 parts, 64 of them capacitors and inductors")                             \
    mistake(too_many_nodes, "the circuit must have at most 88 nodes, and 40 currents that are unknown")                                 \
    mistake(too_many_triodes, "the circuit must have at most 8 triodes")                                                                \
    mistake(too_many_amplifiers, "the circuit must have at most 24 amplifiers")                                                         \
    mistake(too_many_cards, "the subcircuits of this netlist expand into more parts than a preamp can have")                            \
    mistake(faulty_circuit, "the circuit has a fault")
// clang-format on

namespace phono::inline v0_2::detail {

/// What is wrong with a netlist.
enum class mistake_kind {
    none,
#define PHONO_NAME_OF_MISTAKE(name, sentence) name,
    PHONO_NETLIST_MISTAKES(PHONO_NAME_OF_MISTAKE)
#undef PHONO_NAME_OF_MISTAKE
};

/// What is wrong, in words, and what would be right.
[[nodiscard]] constexpr std::string_view sentence_of(mistake_kind kind) noexcept
{
    constexpr std::string_view sentences[] = {"",
#define PHONO_SENTENCE_OF_MISTAKE(name, sentence) sentence,
                                              PHONO_NETLIST_MISTAKES(PHONO_SENTENCE_OF_MISTAKE)
#undef PHONO_SENTENCE_OF_MISTAKE
    };
    return sentences[static_cast<std::size_t>(kind)];
}

/// The beginning of a text.
template <std::size_t room>
constexpr void copy_letters(std::string_view from, char (&to)[room]) noexcept
{
    for (std::size_t i = 0; i < from.size() && i + 1 < room; ++i) to[i] = from[i];
}

/// What is wrong with a netlist in a type, to be shown by the compiler.
struct shown_mistake {
    mistake_kind kind = mistake_kind::none;
    int line = 0;
    char part[24]{}, word[40]{}, nearest[24]{};

    constexpr shown_mistake() noexcept = default;
    constexpr shown_mistake(mistake_kind what, int at, std::string_view in, std::string_view of, std::string_view meant) noexcept
        : kind(what), line(at)
    {
        copy_letters(in, part);
        copy_letters(of, word);
        copy_letters(meant, nearest);
    }
};

/// What is wrong with a netlist in a type: the compiler shows the sentence, and with it the line, the part and the word.
template <mistake_kind kind, int line, shown_mistake found>
struct mistake_in_netlist;

template <int line, shown_mistake found>
struct mistake_in_netlist<mistake_kind::none, line, found> {
    static constexpr bool exists = false;
};

// One for each kind. The comparison, which never holds, is written so that compilers print the line: "reduces to (5 == -1)".
#define PHONO_MISTAKE_IN_NETLIST(name, sentence)                 \
    template <int line, shown_mistake found>                     \
    struct mistake_in_netlist<mistake_kind::name, line, found> { \
        static_assert(line == -1, "phono: netlist: " sentence);  \
        static constexpr bool exists = true;                     \
    };
PHONO_NETLIST_MISTAKES(PHONO_MISTAKE_IN_NETLIST)
#undef PHONO_MISTAKE_IN_NETLIST
#undef PHONO_NETLIST_MISTAKES

}   // namespace phono::inline v0_2::detail
