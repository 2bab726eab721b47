// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/ngspice.hpp"

#include <phono/circuit/circuit.hpp>

#include <initializer_list>

namespace ngspice {

/// The quiescent voltages by the names that a netlist gives its nodes. Its parts are in the order in which they were placed, so the first
/// nodes of a card are those of the part.
template <phono::netlist_size size>
std::map<std::string, double> volts_by_name(const phono::circuit<size>& held, const std::string& text)
{
    const phono::flat_netlist<size>& circuit = held.netlist();
    const phono::quiescent_voltages rest = held.quiescent();
    const auto cards = cards_of(text);
    std::map<std::string, double> volts;
    std::size_t at = 0;
    const auto note = [&](const std::string& begins, std::initializer_list<phono::node> nodes) {
        while (at < cards.size() && !cards[at].name.starts_with(begins)) ++at;
        INFO(text << begins);
        REQUIRE(at < cards.size());
        std::size_t place = 0;
        for (const phono::node n : nodes) volts[cards[at].nodes[place++]] = rest(n);
        ++at;
    };
    for (int i = 0; i < circuit.part_count; ++i) {
        const phono::part& p = circuit.parts[i];
        if (p.kind == phono::part_kind::triode) note("Xtriode", {p.a, p.plus, p.b});
        else if (p.kind == phono::part_kind::resistor) {
            const std::string name = 'R' + folded(p.name);
            if (p.emf == 0.0) note(name, {p.a, p.b});
            else note(name, {p.a});
        } else if (p.kind == phono::part_kind::capacitor && p.value != 0.0) note('C' + folded(p.name), {p.a, p.b});
    }
    volts.erase("0");
    return volts;
}

}   // namespace ngspice
