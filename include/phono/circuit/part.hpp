// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/signal_role.hpp>
#include <phono/circuit/triode_law.hpp>
#include <phono/circuit/value_rule.hpp>
#include <phono/math/rational.hpp>
#include <phono/network/node.hpp>

#include <initializer_list>

namespace phono::inline v0_2 {

/// The kind of a part of a netlist.
enum class part_kind {
    resistor,
    series_resistor,   ///< 0 ohms: a short circuit
    shunt_resistor,    ///< 0 ohms: an open circuit
    capacitor,
    inductor,
    voltage_source,
    current_source,
    amplifier,
    transconductance,
    triode
};

/// One part of a netlist, between two nodes; a controlled source also has two controlling nodes. A triode is connected between its plate
/// and its cathode, with its grid as `plus`.
struct part {
    part_kind kind{};
    node a{}, b{};
    node plus{}, minus{};
    double value = 0.0;   ///< in the SI unit; for a controlled source volts per volt or siemens
    const char* name = "";
    int block = -1;
    double emf = 0.0;           ///< volts DC: of a voltage source, or in series with a resistor, positive at `a`
    bool opens_loop = false;    ///< of an amplifier with feedback around it: loop_gain() opens the loop here
    bool is_of_model = false;   ///< it stands for what a device does: no part that is bought, and no thermal noise

    /// True if its current is an unknown of the nodal equations.
    [[nodiscard]] constexpr bool is_branch() const noexcept
    {
        return kind == part_kind::series_resistor || kind == part_kind::inductor || kind == part_kind::voltage_source ||
               kind == part_kind::amplifier;
    }
    /// True for a resistor of its own, whose thermal noise is that of its resistance.
    [[nodiscard]] constexpr bool is_thermal() const noexcept
    {
        const bool is_resistor = kind == part_kind::resistor || kind == part_kind::series_resistor || kind == part_kind::shunt_resistor;
        return is_resistor && !is_of_model && value > 0.0;
    }
    /// True if it can carry current to or from a node.
    [[nodiscard]] constexpr bool touches(node n) const noexcept { return a == n || b == n || (kind == part_kind::triode && plus == n); }
};

/// A buffered block given by its transfer function or, if inverted, by the reciprocal.
struct ideal_factor {
    math::rational transfer;
    bool inverted = false;
    node in{}, out{};   ///< of its buffer; both are ground for a factor that scales the source
    int block = -1;
};

/// A triode of a netlist: its electrodes and its law.
struct triode_port {
    node plate{}, grid{}, cathode{};
    any_law law{};
    int block = -1;
};

/// The record that a netlist keeps of a block placed in it.
struct placed_block {
    signal_role role{};
    node output{};
    int last_node = 0;   ///< the highest node number once it had been placed
};

/// The names that a block gives to its nodes: of its own node 1, node 2 and so on.
struct node_name_table {
    const char* letters = nullptr;   ///< all names, each with a zero behind it
    const int* begin = nullptr;      ///< where each begins
    int count = 0;
};

/// Where the nodes of a block that names them are in a circuit: one after another, but for its input, which was there before.
struct placed_names {
    const node_name_table* table = nullptr;
    int first = 1;    ///< the circuit's number of the block's own node 1, or of node 2 where node 1 is its input
    int input = 0;    ///< the block's own number of its input; 0 where it has none
    int driven = 0;   ///< the circuit's number of that

    [[nodiscard]] constexpr node operator()(int own) const noexcept
    {
        if (own == 0) return ground;
        if (own == input) return node{driven};
        return node{first + own - (input != 0 && own > input ? 2 : 1)};
    }
};

/// Blocks of a chain whose nodes have names, at most.
inline constexpr int most_named_blocks = 4;

/// The capacity that a netlist needs, which depends only on the types of its blocks.
struct netlist_size {
    int nodes = 0;   ///< without ground
    int parts = 0;
    int branches = 0;     ///< parts whose current is an unknown
    int reactances = 0;   ///< capacitors and inductors
    int factors = 0;
    int marks = 0;
    int triodes = 0;
    int blocks = 0;
    int amplifiers = 0;   ///< with feedback around them, or none: op_amps
    /// Of blocks whose nodes have names. Not an array, which compilers would print in full wherever they print a circuit's type.
    const node_name_table *names_0 = nullptr, *names_1 = nullptr, *names_2 = nullptr, *names_3 = nullptr;

    [[nodiscard]] constexpr int unknowns() const noexcept { return nodes + branches; }

    /// The names of the nodes of the block of this place among those that have them; a null pointer behind the last.
    [[nodiscard]] constexpr const node_name_table* names(int place) const noexcept
    {
        const node_name_table* const all[most_named_blocks + 1]{names_0, names_1, names_2, names_3, nullptr};
        return all[place];
    }
    /// Names beyond the most are left out.
    constexpr void add_names(const node_name_table* table) noexcept
    {
        for (const node_name_table** at : {&names_0, &names_1, &names_2, &names_3}) {
            if (*at != nullptr) continue;
            *at = table;
            return;
        }
    }

    friend constexpr netlist_size operator+(const netlist_size& x, const netlist_size& y) noexcept
    {
        netlist_size sum{x.nodes + y.nodes,           x.parts + y.parts,     x.branches + y.branches,
                         x.reactances + y.reactances, x.factors + y.factors, x.marks + y.marks,
                         x.triodes + y.triodes,       x.blocks + y.blocks,   x.amplifiers + y.amplifiers};
        for (int i = 0; x.names(i) != nullptr; ++i) sum.add_names(x.names(i));
        for (int i = 0; y.names(i) != nullptr; ++i) sum.add_names(y.names(i));
        return sum;
    }
};

}   // namespace phono::inline v0_2
