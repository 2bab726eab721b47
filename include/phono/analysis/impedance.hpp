// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/response.hpp>
#include <phono/network/impedance.hpp>
#include <phono/source/voltage_source.hpp>

#include <complex>
#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

namespace detail {

/// The impedance that a current fed into a circuit's output sees, with every EMF at zero, in ohms; infinite where the current has no path.
template <netlist_size size>
[[nodiscard]] constexpr std::complex<double> output_ohms(nodal_equations<size> equations, frequency f) noexcept
{
    equations.b = {};
    if (equations.output >= 0) equations.b[equations.output] = 1.0;
    const math::complex z = output_voltage(equations, on_axis(f));
    if (z.re != z.re || z.im != z.im) return {std::numeric_limits<double>::infinity(), 0.0};
    return standard(z);
}

/// The input impedance of some blocks, with their triodes at the operating point of the whole circuit. NaN where that has a problem.
template <class... Block, netlist_size whole>
[[nodiscard]] constexpr std::complex<double> input_ohms(const links<Block...>& blocks, const circuit<whole>& held, frequency f) noexcept
{
    if (held.problem()) return no_response();
    const auto hung = hung_on_a_node(blocks);
    return output_ohms(nodal_equations{hung, held.triodes()}, f);
}

}   // namespace detail

/// The impedance of a part or network between its terminals, in ohms.
template <impedance Network>
[[nodiscard]] constexpr std::complex<double> input_impedance(const Network& network, frequency f) noexcept
{
    constexpr netlist_size size = [] {
        netlist_counter counter;
        Network{}.elaborate(counter, counter.node(), ground);
        return counter.size;
    }();
    flat_netlist<size> circuit;
    circuit.output = circuit.node();
    network.elaborate(circuit, circuit.output, ground);
    return detail::output_ohms(nodal_equations{circuit}, f);
}

/// The input impedance of a block without a load, in ohms. Triodes are at their operating point with the input at 0 V.
template <circuit_block Block>
[[nodiscard]] constexpr std::complex<double> input_impedance(const Block& single, frequency f) noexcept
{
    if constexpr (detail::size_of_blocks<Block>().triodes > 0)
        return detail::input_ohms(detail::link(single), circuit{chain{voltage_source{}, single}}, f);
    else return detail::output_ohms(nodal_equations{detail::hung_on_a_node(detail::link(single))}, f);
}

/// The impedance that the source of a schematic sees: that of everything after its first block, in ohms. Infinite where the next block is
/// ideal and draws no current.
template <class Source, class... Block>
[[nodiscard]] constexpr std::complex<double> input_impedance(const chain<Source, Block...>& schematic, frequency f) noexcept
{
    static_assert(sizeof...(Block) > 0, "phono: input_impedance looks into the first block after the source; this chain has none");
    return detail::input_ohms(schematic.blocks.tail, circuit{schematic}, f);
}

/// The output impedance of a circuit: what a load after its last block sees with the source's EMF at zero, in ohms. NaN where the circuit
/// has a problem().
template <netlist_size size>
[[nodiscard]] constexpr std::complex<double> output_impedance(const circuit<size>& held, frequency f) noexcept
{
    if (held.problem()) return detail::no_response();
    return detail::output_ohms(held.equations(), f);
}
/// The output impedance of a schematic, in ohms. NaN where it has a fault (see check()).
template <class... Block>
[[nodiscard]] constexpr std::complex<double> output_impedance(const chain<Block...>& schematic, frequency f) noexcept
{
    return output_impedance(circuit{schematic}, f);
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
