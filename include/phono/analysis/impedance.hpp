// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/response.hpp>
#include <phono/network/impedance.hpp>

#include <complex>
#include <limits>

namespace phono {

namespace detail {

/// Room for the current that measures, and for the terminals that it needs.
constexpr netlist_size with_probe(netlist_size size, int terminals) noexcept
{
    size.nodes += terminals;
    ++size.parts;
    return size;
}

/// Room for a source at a node of its own.
constexpr netlist_size with_source(netlist_size size) noexcept
{
    ++size.nodes, ++size.parts, ++size.branches;
    return size;
}

/// Gives a circuit's triodes the slopes that those of another, at its operating point, have.
template <netlist_size size, netlist_size same_triodes>
constexpr void take_slopes(netlist<size>& circuit, const netlist<same_triodes>& at_rest) noexcept
{
    circuit.report(at_rest.problem);
    for (int t = 0; t < size.triodes; ++t)
        for (int k = 0; k < 4; ++k)
            circuit.parts[circuit.triodes[t].first_part + k].value = at_rest.parts[at_rest.triodes[t].first_part + k].value;
}

/// Volts per ampere at the netlist's output; infinite where nothing takes the current, NaN where triodes have no operating point.
template <netlist_size size>
constexpr std::complex<double> ohms(const netlist<size>& circuit, frequency f) noexcept
{
    if (size.triodes > 0 && circuit.problem) return {std::numeric_limits<double>::quiet_NaN(), 0.0};
    const math::complex z = output_voltage(nodal_equations<size>{circuit}, on_axis(f));
    if (z.re != z.re || z.im != z.im) return {std::numeric_limits<double>::infinity(), 0.0};
    return standard(z);
}

}   // namespace detail

/// The impedance of a part or network between its terminals, in ohms.
template <impedance Network>
constexpr std::complex<double> input_impedance(const Network& network, frequency f) noexcept
{
    constexpr netlist_size needed = [] {
        netlist_counter counter;
        Network{}.elaborate(counter, node{1}, ground);
        return counter.size;
    }();
    netlist<detail::with_probe(needed, 1)> circuit;
    circuit.output = circuit.node();
    circuit.inject(circuit.output);
    network.elaborate(circuit, circuit.output, ground);
    return detail::ohms(circuit, f);
}

/// The impedance that a block shows to the one before it, with nothing behind it, in ohms. Triodes rest as they do with the input at 0 V.
template <block Block>
constexpr std::complex<double> input_impedance(const Block& single, frequency f) noexcept
{
    constexpr netlist_size size = detail::size_of_blocks<Block>();
    netlist<detail::with_probe(size, 1)> circuit;
    circuit.output = circuit.node();
    circuit.inject(circuit.output);
    single.elaborate(circuit, circuit.output);
    if constexpr (size.triodes > 0) {
        netlist<detail::with_source(size)> driven;
        const node in = driven.node();
        driven.source(in);
        driven.output = single.elaborate(driven, in);
        find_operating_point(driven);
        detail::take_slopes(circuit, driven);
    }
    return detail::ohms(circuit, f);
}

/// What the source of a schematic sees: the impedance of everything behind its first block, in ohms. Infinite where the next
/// block is ideal and takes no current.
template <class Source, class... Block>
constexpr std::complex<double> input_impedance(const chain<Source, Block...>& schematic, frequency f) noexcept
{
    static_assert(sizeof...(Block) > 0, "phono: input_impedance looks into the first block after the source; this chain has none");
    constexpr netlist_size size = detail::with_probe(detail::size_of_blocks<Block...>(), 1);
    netlist<size> circuit;
    circuit.output = circuit.node();
    circuit.inject(circuit.output);
    schematic.blocks.tail.for_each(detail::elaborator<netlist<size>>{circuit, circuit.output}, 1);
    if constexpr (size.triodes > 0) detail::take_slopes(circuit, elaborate(schematic));
    return detail::ohms(circuit, f);
}

/// What a load behind the schematic's last block sees, with the source's EMF at zero, in ohms.
template <class... Block>
constexpr std::complex<double> output_impedance(const chain<Block...>& schematic, frequency f) noexcept
{
    constexpr netlist_size size = detail::with_probe(detail::size_of_blocks<Block...>(), 0);
    netlist<size> circuit;
    detail::elaborator<netlist<size>> builder{circuit, ground};
    schematic.blocks.for_each(builder);
    find_operating_point(circuit);
    for (part& p : circuit.parts)
        if (p.kind == part_kind::voltage_source) p.value = 0.0;
    circuit.output = builder.at;
    circuit.inject(builder.at);
    return detail::ohms(circuit, f);
}

}   // namespace phono
