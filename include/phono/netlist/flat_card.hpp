// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/triode_law.hpp>
#include <phono/netlist/coupled_windings.hpp>
#include <phono/netlist/logical_lines.hpp>
#include <phono/stage/op_amp.hpp>
#include <phono/tube/triode.hpp>

#include <string_view>

namespace phono::inline v0_2::detail {

/// What a card places in a circuit.
enum class card_kind {
    none,   ///< left out: a source whose place the input takes
    resistor,
    capacitor,
    inductor,
    winding,              ///< an inductor that is coupled with others: they are placed together, where the first of them stands
    supply,               ///< a voltage source without signal
    driving_voltage,      ///< the source of the signal, a voltage ...
    driving_current,      ///< ... or a current
    current,              ///< a current source without signal
    voltage_by_voltage,   ///< E
    current_by_voltage,   ///< G
    voltage_by_current,   ///< H
    current_by_current,   ///< F
    voltage_of_sum,       ///< a constant and voltages and currents, each times a factor
    current_of_sum,
    law,        ///< a triode's law alone
    valve,      ///< a triode of the catalogue, with its capacitances
    amplifier   ///< an amplifier of the catalogue
};

/// A card of a netlist once subcircuits are expanded and expressions evaluated.
///
/// Nodes are numbered in the order in which the text names them, from 1; 0 is ground.
struct flat_card {
    card_kind kind{};
    int a = 0, b = 0, plus = 0, minus = 0;
    int value = -1;   ///< its place in the list of values; -1 where it has none
    int first = 0,
        count =
            0;   ///< of a sum: its terms; of a winding: its group; F and H: `first` is the card that is sensed; valves: their law or model
    int name = 0;                   ///< where it begins in the list of names
    double constant = 0.0;          ///< of a sum
    std::string_view taken_for{};   ///< of a valve or amplifier: the name by which it was recognised
    bool is_of_model = false;       ///< of a device's model, or written noisy=0
    bool has_level = false;         ///< a source that drives and has a DC value too
    bool has_ac = false;            ///< a source that may drive
    bool has_wave = false;          ///< a source with a function of time, which may drive where none has AC
    bool is_constant = false;       ///< a source whose value an expression has counted on
    bool is_sensed = false;         ///< a voltage source whose current is asked for
};

/// A value that can be set.
struct card_value {
    double value = 0.0;
    int card = -1;   ///< -1: of a coupling
    int name = 0;
    char unit = '\0';          ///< the letter of the part: R C L V I E G F H K
    double count = 1.0;        ///< m=: how many are in parallel, of which the value is that of one; of V, E, H and K 1
    double tolerance = -1.0;   ///< of tol=, per cent; negative where nothing is stated

    /// Of all that are in parallel.
    [[nodiscard]] constexpr double total() const noexcept { return unit == 'R' || unit == 'L' ? value / count : value * count; }
};

/// The unit of a value, by the letter of its part.
[[nodiscard]] constexpr const char* unit_of(char letter) noexcept
{
    switch (letter) {
        case 'R':
        case 'H': return "Ohm";
        case 'C': return "F";
        case 'L': return "H";
        case 'V': return "V";
        case 'I': return "A";
        case 'G': return "S";
        default: return "";
    }
}

/// True for a value that can be changed once the circuit is known: not one that an expression has counted on, nor that of what is left
/// out or drives without a level of its own.
[[nodiscard]] constexpr bool can_be_set(const card_value& value, const flat_card* cards) noexcept
{
    if (value.card < 0) return true;
    const flat_card& card = cards[value.card];
    const bool drives = card.kind == card_kind::driving_voltage || card.kind == card_kind::driving_current;
    return !card.is_constant && card.kind != card_kind::none && (!drives || card.has_level);
}

/// A term of a sum: `unknown` is a node, or if negative, -1 - card of the source whose current it is.
struct sum_term {
    int unknown = 0;
    double factor = 0.0;
};

/// The coupling of two windings of a group.
struct winding_pair {
    int one = 0, other = 0;   ///< cards
    int value = 0;            ///< place of the coefficient in the list of values
};

/// What a netlist has in it, to be placed in a circuit: views of lists that grow while it is read, or of constants of a type.
struct card_view {
    const flat_card* card = nullptr;
    const card_value* value = nullptr;
    const sum_term* term = nullptr;
    const winding_pair* pair = nullptr;
    const any_law* law = nullptr;
    const triode* const* valve = nullptr;
    const op_amp* const* amplifier = nullptr;
    const char* names = nullptr;
    int cards = 0, values = 0, pairs = 0, groups = 0, nodes = 0;
    int input = 0;   ///< the node that what stands before it drives; 0 where a source of the text does
    int output = 0;
};

/// Voltage sources whose currents are asked for, at most.
inline constexpr int most_sensed = 32;

}   // namespace phono::inline v0_2::detail
