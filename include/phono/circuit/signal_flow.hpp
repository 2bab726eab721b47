// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/flat_netlist.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"   // default: is every other kind
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// Which nodes of a netlist a signal that starts at given nodes can reach, without regard to how much of it arrives.
///
/// A signal begins at a node, at the sources, or where a part disturbs the circuit. A source, supply or amplifier to ground holds its node:
/// nothing connected there can move it, except the control voltage of the amplifier. An absent part (a capacitance of 0) passes no signal.
template <netlist_size size>
class signal_flow {
public:
    constexpr explicit signal_flow(const flat_netlist<size>& circuit) noexcept : circuit_(circuit)
    {
        for (int i = 0; i < circuit.part_count; ++i) {
            const part& p = circuit.parts[i];
            if (p.kind != part_kind::voltage_source && p.kind != part_kind::amplifier) continue;
            if (p.b == ground) held_[p.a.index] = true;
            else if (p.a == ground) held_[p.b.index] = true;
        }
        held_[ground.index] = true;
    }

    /// Starts a signal at a node, even where something holds it: the signal is that of what holds it.
    constexpr void begin_at(node n) noexcept { moved_[n.index] = n != ground; }
    /// Starts the signal of a part that is connected there, such as a triode's electrode, which moves no node that something holds.
    constexpr void disturb_at(node n) noexcept { move(n); }
    /// Starts the signal of the circuit's EMF or of a current that is fed into it.
    constexpr void begin_at_sources() noexcept
    {
        for (int i = 0; i < circuit_.part_count; ++i) {
            const part& p = circuit_.parts[i];
            const bool drives = p.kind == part_kind::voltage_source || p.kind == part_kind::current_source;
            if (drives && p.value != 0.0) begin_at(p.a), begin_at(p.b);
        }
    }
    /// Lets no amplifier move a node: the signal stops before an ideal block whose output it is.
    constexpr void stop_at(node n) noexcept { stopped_ = n; }
    /// Spreads the signal to every node that it can reach.
    constexpr void spread() noexcept
    {
        do {
            grown_ = false;
            for (int i = 0; i < circuit_.part_count; ++i) lead(circuit_.parts[i]);
        } while (grown_);
    }
    [[nodiscard]] constexpr bool reaches(node n) const noexcept { return moved_[n.index]; }

private:
    constexpr void lead(const part& p) noexcept
    {
        switch (p.kind) {
            case part_kind::capacitor:
            case part_kind::shunt_resistor:
                if (p.value != 0.0) join(p.a, p.b);
                break;
            case part_kind::transconductance:
                if (p.value != 0.0) control(p, p.a), control(p, p.b);
                break;
            case part_kind::amplifier:
                if (p.value != 0.0) drive(p, p.a), drive(p, p.b);
                join(p.a, p.b);
                break;
            case part_kind::triode: join(p.a, p.b), join(p.a, p.plus), join(p.b, p.plus); break;
            case part_kind::current_source: break;
            default: join(p.a, p.b);
        }
    }
    constexpr void join(node x, node y) noexcept
    {
        if (reaches(x)) move(y);
        if (reaches(y)) move(x);
    }
    constexpr void control(const part& p, node n) noexcept
    {
        if (reaches(p.plus) || reaches(p.minus)) move(n);
    }
    /// An amplifier moves its output although it holds it against everything else.
    constexpr void drive(const part& p, node n) noexcept
    {
        if (n == ground || n == stopped_ || reaches(n) || !(reaches(p.plus) || reaches(p.minus))) return;
        moved_[n.index] = grown_ = true;
    }
    constexpr void move(node n) noexcept
    {
        if (held_[n.index] || moved_[n.index]) return;
        moved_[n.index] = grown_ = true;
    }

    const flat_netlist<size>& circuit_;
    math::vector<bool, size.nodes + 1> held_{}, moved_{};
    node stopped_{};
    bool grown_ = false;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
