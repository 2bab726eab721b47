// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/chain.hpp>

#include <cmath>
#include <complex>
#include <limits>

namespace phono {

namespace detail {

constexpr math::complex on_axis(frequency f) noexcept { return {0.0, angular(f).si}; }
constexpr std::complex<double> standard(math::complex z) noexcept { return {z.re, z.im}; }

}   // namespace detail

/// The analogue response of a schematic: volts out per volt of EMF in (or per input unit of its source), at a frequency.
/// Accuracy: one solution of the nodal equations, 1e-11 dB against ngspice. NaN where the circuit has no solution.
/// Errors: NaN where a part is out of its range, or triodes have no operating point; check() tells.
template <class... Block>
constexpr std::complex<double> response(const chain<Block...>& schematic, frequency f) noexcept
{
    const auto circuit = elaborate(schematic);
    if (circuit.problem) return detail::standard(math::complex{std::numeric_limits<double>::quiet_NaN()});
    return detail::standard(direct_response(circuit, detail::on_axis(f)));
}

/// The poles and zeros of a schematic in radians per second: gain * prod(s - zero) / prod(s - pole), of each conjugate pair the one
/// with the positive imaginary part.
/// Errors: gain NaN where a part is out of its range or the circuit has no solution (see check()); without a DC path, or unstable, the
/// circuit has its poles and zeros all the same.
template <class... Block>
constexpr math::rational poles_zeros(const chain<Block...>& schematic) noexcept
{
    return analyse(schematic).total();
}

/// A response in decibels.
inline double decibels(std::complex<double> response) noexcept { return 20.0 * std::log10(std::abs(response)); }
/// The phase of a response in degrees, in (-180, 180].
inline double degrees(std::complex<double> response) noexcept { return std::arg(response) * (180.0 / math::pi); }

}   // namespace phono
