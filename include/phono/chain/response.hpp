// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/elaborate.hpp>

#include <cmath>
#include <complex>
#include <limits>

namespace phono::inline v0_2 {

namespace detail {

[[nodiscard]] constexpr math::complex on_axis(frequency f) noexcept { return {0.0, angular(f).si}; }
[[nodiscard]] constexpr std::complex<double> standard(math::complex z) noexcept { return {z.re, z.im}; }
[[nodiscard]] constexpr std::complex<double> no_response() noexcept
{
    constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
    return {not_a_number, not_a_number};
}

}   // namespace detail

/// The analogue response of a circuit: volts out per volt of EMF in (or per input unit of its source), at a frequency.
/// Accuracy: the nodal equations are solved directly; within 1e-11 dB of ngspice. NaN where the circuit has no solution.
/// Errors: NaN where a part is out of range or the triodes have no operating point; check() reports why.
template <netlist_size size>
[[nodiscard]] constexpr std::complex<double> response(const circuit<size>& held, frequency f) noexcept
{
    if (held.problem()) return detail::no_response();
    return detail::standard(direct_response(held, detail::on_axis(f)));
}

/// The same at any node, one from circuit::find.
template <netlist_size size>
[[nodiscard]] constexpr std::complex<double> response(const circuit<size>& held, node which, frequency f) noexcept
{
    if (held.problem()) return detail::no_response();
    return detail::standard(direct_response(held, which, detail::on_axis(f)));
}
/// The same at a node by its name: response(held, at<"plate1">, f).
template <netlist_size size, detail::fixed_text name>
[[nodiscard]] constexpr std::complex<double> response(const circuit<size>& held, detail::named_node<name> which, frequency f) noexcept
{
    return response(held, held.find(which), f);
}

/// The same for a schematic, which is elaborated at every call: for many frequencies, keep a circuit and pass that.
template <class... Block>
[[nodiscard]] constexpr std::complex<double> response(const chain<Block...>& schematic, frequency f) noexcept
{
    return response(circuit{schematic}, f);
}

/// The poles and zeros of a schematic in radians per second: gain * prod(s - zero) / prod(s - pole), of each conjugate pair the one
/// with the positive imaginary part.
/// Errors: the gain is NaN where a part is out of range or the circuit has no solution (see check()); a circuit without a DC path, or an
/// unstable one, still gives its poles and zeros.
template <class... Block>
[[nodiscard]] constexpr math::rational poles_zeros(const chain<Block...>& schematic) noexcept
{
    return analyse(schematic).total();
}

/// A response in decibels.
[[nodiscard]] constexpr double decibels(std::complex<double> response) noexcept
{
    if (math::is_constant_evaluated()) return math::decibels(math::abs(math::complex{response.real(), response.imag()}));
    return 20.0 * std::log10(std::abs(response));
}
/// The phase of a response in degrees, in (-180, 180].
[[nodiscard]] constexpr double degrees(std::complex<double> response) noexcept
{
    return math::arg({response.real(), response.imag()}) * (180.0 / math::pi);
}

}   // namespace phono::inline v0_2
