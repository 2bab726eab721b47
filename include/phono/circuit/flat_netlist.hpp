// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/amplifier_noise.hpp>
#include <phono/circuit/fault.hpp>
#include <phono/circuit/law_fault.hpp>
#include <phono/circuit/part.hpp>
#include <phono/circuit/refusal.hpp>
#include <phono/circuit/signal_role.hpp>
#include <phono/circuit/value_rule.hpp>
#include <phono/math/matrix.hpp>
#include <phono/math/rational.hpp>
#include <phono/network/node.hpp>
#include <phono/units.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"   // default: is every other kind

namespace phono::inline v0_2 {

/// A flat circuit of fixed capacity, into which blocks and networks elaborate and from which everything else is derived.
///
/// A block requests nodes and places parts between them. Part values are checked as they are placed; the first fault is
/// kept. Controlled sources and the drive are ideal; amplifiers are built from them.
template <netlist_size size>
class flat_netlist {
public:
    static constexpr netlist_size capacity = size;

    /// Adds a node to the circuit.
    constexpr phono::node node() noexcept { return has_room(nodes, size.nodes) ? phono::node{++nodes} : ground; }

    /// A resistor between two nodes.
    constexpr void resistor(phono::node a, phono::node b, resistance r, const char* name = "resistor") noexcept
    {
        add({part_kind::resistor, a, b, ground, ground, r.si, name}, value_rule::positive);
    }
    /// A capacitor between two nodes.
    constexpr void capacitor(phono::node a, phono::node b, capacitance c, const char* name = "capacitor") noexcept
    {
        add({part_kind::capacitor, a, b, ground, ground, c.si, name}, value_rule::positive);
    }
    /// An inductor between two nodes.
    constexpr void inductor(phono::node a, phono::node b, inductance l, const char* name = "inductor") noexcept
    {
        add({part_kind::inductor, a, b, ground, ground, l.si, name}, value_rule::positive);
    }
    /// A capacitor that may be absent: 0 F.
    constexpr void optional_capacitor(phono::node a, phono::node b, capacitance c, const char* name) noexcept
    {
        add({part_kind::capacitor, a, b, ground, ground, c.si, name}, value_rule::not_negative);
    }
    /// An inductor that may be absent: 0 H, a short circuit.
    constexpr void optional_inductor(phono::node a, phono::node b, inductance l, const char* name) noexcept
    {
        add({part_kind::inductor, a, b, ground, ground, l.si, name}, value_rule::not_negative);
    }
    /// A series resistor that may be absent: 0 ohms, a short circuit.
    constexpr void optional_series_resistor(phono::node a, phono::node b, resistance r, const char* name) noexcept
    {
        add({part_kind::series_resistor, a, b, ground, ground, r.si, name}, value_rule::not_negative);
    }
    /// A shunt resistor that may be absent: here 0 ohms means an open circuit.
    constexpr void optional_shunt_resistor(phono::node a, phono::node b, resistance r, const char* name) noexcept
    {
        add({part_kind::shunt_resistor, a, b, ground, ground, r.si, name}, value_rule::not_negative);
    }
    /// A resistor with a DC EMF in series, positive at `a`: from a plate to ground, a plate load and its supply.
    constexpr void biased_resistor(phono::node a, phono::node b, resistance r, voltage emf, const char* name) noexcept
    {
        check_value(emf.si, value_rule::finite, name, "V");
        add({part_kind::resistor, a, b, ground, ground, r.si, name, -1, emf.si}, value_rule::positive);
    }
    /// The part placed last stands for what a device does, an amplifier's pole or a lamp: a resistor then makes no thermal noise, and
    /// tolerance() takes it as it is.
    constexpr void of_model() noexcept
    {
        if (part_count > 0) parts[part_count - 1].is_of_model = true;
    }
    /// A DC supply: a fixed voltage to ground, or to another node, with no signal on it.
    constexpr void supply(phono::node at, voltage emf, const char* name = "supply", phono::node from = ground) noexcept
    {
        check_value(emf.si, value_rule::finite, name, "V");
        add({part_kind::voltage_source, at, from, ground, ground, 0.0, name, -1, emf.si}, value_rule::finite);
    }
    /// A triode without its capacitances. A law that is not a triode's is a fault.
    constexpr void triode(phono::node plate, phono::node grid, phono::node cathode, const any_law& law) noexcept
    {
        bool is_known = false;   // two of a kind, as in a pair, are checked once
        for (int i = 0; i < triode_count; ++i) is_known = is_known || triodes[i].law == law;
        if (!is_known) report_here(detail::law_fault(law));
        if (has_room(triode_count, size.triodes)) triodes[triode_count++] = {plate, grid, cathode, law, block_};
        add({part_kind::triode, plate, cathode, grid, cathode, 0.0, "triode"}, value_rule::finite);
    }
    /// The EMF that drives the circuit, one volt. A circuit has only one.
    constexpr void source(phono::node plus, phono::node minus = ground) noexcept
    {
        add({part_kind::voltage_source, plus, minus, ground, ground, 1.0, "source"}, value_rule::finite);
    }
    /// A current of one ampere into `a` and out of `b`, for measuring an impedance.
    constexpr void inject(phono::node a, phono::node b = ground) noexcept
    {
        add({part_kind::current_source, a, b, ground, ground, 1.0, "current source"}, value_rule::finite);
    }
    /// A voltage-controlled voltage source: v(out) - v(reference) = gain * (v(plus) - v(minus)).
    constexpr void amplifier(phono::node out, phono::node reference, phono::node plus, phono::node minus, double gain,
                             const char* name = "amplifier") noexcept
    {
        add({part_kind::amplifier, out, reference, plus, minus, gain, name}, value_rule::finite);
    }
    /// The same as the gain of an op-amp with feedback around it: loop_gain() opens the loop here.
    constexpr void loop_amplifier(phono::node out, phono::node reference, phono::node plus, phono::node minus, double gain,
                                  const char* name = "amplifier") noexcept
    {
        amplifier(out, reference, plus, minus, gain, name);
        if (part_count > 0) parts[part_count - 1].opens_loop = true;
        if (has_room(amplifier_count, size.amplifiers)) amplifiers[amplifier_count++] = {part_count - 1, out, {}};
    }
    /// The amplifier that loop_amplifier() placed last ends at this node and has this noise at its inputs.
    constexpr void end_amplifier(phono::node out, const amplifier_noise& noise = {}) noexcept
    {
        check_value(noise.voltage, value_rule::not_negative, "amplifier_noise.voltage", "V");
        check_value(noise.current, value_rule::not_negative, "amplifier_noise.current", "A");
        check_value(noise.voltage_corner.si, value_rule::not_negative, "amplifier_noise.voltage_corner", "Hz");
        check_value(noise.current_corner.si, value_rule::not_negative, "amplifier_noise.current_corner", "Hz");
        if (amplifier_count > 0) amplifiers[amplifier_count - 1].output = out, amplifiers[amplifier_count - 1].noise = noise;
    }
    /// A voltage-controlled current source: a current of siemens * (v(plus) - v(minus)) flows from `a` through it to `b`.
    constexpr void transconductance(phono::node a, phono::node b, phono::node plus, phono::node minus, double siemens,
                                    const char* name = "transconductance") noexcept
    {
        add({part_kind::transconductance, a, b, plus, minus, siemens, name}, value_rule::finite);
    }
    /// A buffered block given by its transfer function alone: it draws no current and drives any load. Returns its output. Its transfer
    /// counts for the whole circuit, so that all of the signal must go through it and no loop may close through it. A chain in which that
    /// is not so has a fault: give a block beside another way, or within a loop, a circuit.
    constexpr phono::node ideal(phono::node in, const math::rational& transfer, bool inverted = false) noexcept
    {
        const phono::node out = node();
        add({transfer, inverted, in, out, block_});
        amplifier(out, ground, in, ground, 1.0, "buffer");
        return out;
    }

    /// Scales the EMF by a transfer function, so that the input may be another quantity than volts.
    constexpr void scale_source(const math::rational& transfer) noexcept { add({transfer, false, ground, ground, block_}); }

    /// Remembers a node under a number, for a part that leads back to it; 0 means do not remember. Using a number twice is a fault.
    constexpr void mark(int number, phono::node at) noexcept
    {
        if (number != 0) add_mark({number, at, factors, false}, "tap");
    }
    /// Remembers a node from which stages take their supply. Rails are counted apart from taps; a rail has a number other than 0.
    constexpr void mark_rail(int number, phono::node at, const char* name) noexcept
    {
        check_value(number, value_rule::not_zero, name);
        add_mark({number, at, factors, true}, name);
    }
    /// The node of a rail, for a part of this name; ground for the number 0, which is that of no rail. A fault if there is none.
    constexpr phono::node rail(int number, const char* name) noexcept
    {
        if (number == 0) return ground;
        for (int i = 0; i < marked_; ++i)
            if (marks_[i].is_rail && marks_[i].number == number) return marks_[i].at;
        report({name, static_cast<double>(number), "must name a supply_rail or a decoupling that stands before it in the chain", block_});
        return ground;
    }
    /// The node remembered under a number; a fault if there is none, or if an ideal block, which no loop can close through, comes after it.
    constexpr phono::node marked_node(int number) noexcept
    {
        for (int i = 0; i < marked_; ++i) {
            if (marks_[i].is_rail || marks_[i].number != number) continue;
            if (marks_[i].factors != factors)
                report({"bridge.to", static_cast<double>(number), "may not lead around a curve, which has no circuit: write its network",
                        block_});
            return marks_[i].at;
        }
        report({"bridge.to", static_cast<double>(number), "must name a tap that stands before it in the chain", block_});
        return ground;
    }

    /// Remembers the names that a block gives to its nodes, by which find_node() finds them.
    constexpr void name_nodes(const placed_names& placed) noexcept
    {
        if (names_count < most_named_blocks) names[names_count++] = placed;
    }

    /// Parts placed from here on belong to the block at this position in its chain ...
    constexpr void begin_block(int place) noexcept { block_ = place; }
    /// ... and the block ends here.
    constexpr void end_block(signal_role role, phono::node out) noexcept { blocks[block_] = {role, out, nodes}; }

    /// From here on a fault does not compile: for a constant schematic that has one.
    constexpr void refuse_faults() noexcept { refuses_ = true; }

    /// Reports a fault if a value breaks its rule.
    constexpr void check_value(double value, value_rule rule, const char* name, const char* unit = "") noexcept
    {
        value_checker rules;
        rules.check_value(value, rule, name, unit);
        report_here(rules.problem);
    }
    /// Keeps the first fault that is reported.
    constexpr void report(const fault& found) noexcept
    {
        if (found && refuses_) detail::phono_refuses(found.part, found.value.value_or(0.0), found.rule, found.block);
        if (found && !problem) problem = found;
    }

    math::vector<part, size.parts> parts{};
    math::vector<ideal_factor, size.factors> factor{};
    math::vector<triode_port, size.triodes> triodes{};
    math::vector<placed_block, size.blocks> blocks{};
    math::vector<placed_amplifier, size.amplifiers> amplifiers{};
    math::vector<placed_names, most_named_blocks> names{};
    int names_count = 0;
    int nodes = 0;   ///< without ground
    int part_count = 0;
    int factors = 0;
    int triode_count = 0;
    int amplifier_count = 0;
    phono::node output{};
    fault problem{};

private:
    struct mark_entry {
        int number = 0;
        phono::node at{};
        int factors = 0;   ///< how many ideal blocks were placed before it
        bool is_rail = false;
    };

    [[nodiscard]] static constexpr const char* unit_of(part_kind kind) noexcept
    {
        switch (kind) {
            case part_kind::resistor:
            case part_kind::series_resistor:
            case part_kind::shunt_resistor: return "Ohm";
            case part_kind::capacitor: return "F";
            case part_kind::inductor: return "H";
            default: return "";
        }
    }

    constexpr void add_mark(const mark_entry& added, const char* name) noexcept
    {
        for (int i = 0; i < marked_; ++i)
            if (marks_[i].is_rail == added.is_rail && marks_[i].number == added.number)
                report({name, static_cast<double>(added.number), "must have a number of its own", block_});
        if (has_room(marked_, size.marks)) marks_[marked_++] = added;
    }
    constexpr void report_here(fault found) noexcept
    {
        found.block = block_;
        report(found);
    }
    constexpr void add(part p, value_rule rule) noexcept
    {
        check_value(p.value, rule, p.name, unit_of(p.kind));
        p.block = block_;
        if (has_room(part_count, size.parts)) parts[part_count++] = p;
    }
    constexpr void add(const ideal_factor& ideal_block) noexcept
    {
        if (has_room(factors, size.factors)) factor[factors++] = ideal_block;
    }
    /// False, with a fault, where a block places more than its type did with default values, which is what this netlist has room for.
    constexpr bool has_room(int used, int most) noexcept
    {
        if (used < most) return true;
        report({"block", {}, "places more parts than with default values; which parts it places may depend on its type only", block_});
        return false;
    }

    math::vector<mark_entry, size.marks> marks_{};
    int marked_ = 0;
    int block_ = -1;
    bool refuses_ = false;
};

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
