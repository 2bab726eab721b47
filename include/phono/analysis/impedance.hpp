// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/network/impedance.hpp>
#include <phono/response.hpp>

namespace phono {

namespace detail {

/// Room for the current that measures, and for the terminals that it needs.
constexpr netlist_size with_probe(netlist_size size, int terminals) noexcept
{
    size.nodes += terminals;
    ++size.parts;
    return size;
}

/// Volts per ampere at the netlist's output; infinite where nothing takes the current.
template <netlist_size size>
constexpr std::complex<double> ohms(const netlist<size>& circuit, frequency f) noexcept
{
    const math::complex z = output_voltage(nodal_equations<size>{circuit}, on_axis(f));
    if (z.re != z.re || z.im != z.im) return {std::numeric_limits<double>::infinity(), 0.0};
    return standard(z);
}

}  // namespace detail

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

/// The impedance that a block shows to the one before it, with nothing behind it, in ohms.
template <block Block>
constexpr std::complex<double> input_impedance(const Block& single, frequency f) noexcept
{
    netlist<detail::with_probe(detail::size_of_blocks<Block>(), 1)> circuit;
    circuit.output = circuit.node();
    circuit.inject(circuit.output);
    single.elaborate(circuit, circuit.output);
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
    for (part& p : circuit.parts)
        if (p.kind == part_kind::voltage_source) p.value = 0.0;
    circuit.output = builder.at;
    circuit.inject(builder.at);
    return detail::ohms(circuit, f);
}

}  // namespace phono
