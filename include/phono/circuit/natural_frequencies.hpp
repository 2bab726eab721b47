// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/nodal_equations.hpp>
#include <phono/circuit/path_fault.hpp>
#include <phono/circuit/reactance_view.hpp>
#include <phono/math/balance.hpp>
#include <phono/math/deflation.hpp>
#include <phono/math/eigenvalues.hpp>

#include <limits>

namespace phono::detail {

/// The real frequency about which poles and zeros are found: 2 pi 1 kHz, in the middle of the audio band.
/// Measured: for the catalogue, from 10 Hz to 100 kHz, poles and zeros match the direct response within 4.9e-8 dB; with half this pivot
/// within 9.8e-8 dB, with twice it within 2.5e-8 dB.
inline constexpr double audible_pivot = 2.0 * math::pi * 1000.0;

/// The finite roots of a circuit: the generalised eigenvalues s of what its reactances see, from a matrix that was factored at
/// audible_pivot. `omitted` is the row that the numerator's matrix leaves out. False where the eigenvalues fail to converge.
///
/// Roots at infinity (|mu| < 1e-11) and at 0 (|s| < 1e-7 of the pivot) often have high multiplicity and are deflated first.
template <netlist_size size>
[[nodiscard]] constexpr bool find_roots(const nodal_equations<size>& equations, const math::lu<double, size.unknowns()>& factors,
                                        int omitted, math::roots& found) noexcept
{
    constexpr int n = size.reactances;
    constexpr double at_infinity = 1e-11;   // 1e-8 to 1e-14 give the same roots over the catalogue
    constexpr double at_zero = 1e-7;        // of the pivot, 0.1 mHz; 1e-6 is as good, 1e-5 also removes roots at 10 mHz: 8e-5 dB
    if constexpr (n > 0) {
        math::matrix<double, n> p = reactance_view<size>{equations, factors, audible_pivot}.matrix(omitted);
        math::balance(p, n);
        int count = math::deflate_zeros(p, n);   // roots at infinity
        math::matrix<double, n> shifted = p;
        for (int i = 0; i < count; ++i) shifted(i, i) -= 1.0;
        if (const int left = math::deflate_zeros(shifted, count); left < count) {   // roots at 0
            for (; count > left; --count) found.add({});
            for (int i = 0; i < count; ++i) shifted(i, i) += 1.0;
            p = shifted;
        }
        const math::eigenvalue_solver<n> solver{p, count};
        for (int i = 0; i < count; ++i) {
            const math::complex mu = solver.values()[i];
            if (math::abs(mu) < at_infinity) continue;
            math::complex s = natural_frequency(mu, audible_pivot);
            if (math::abs(s) < at_zero * audible_pivot) s = {};   // both members of a pair
            else if (mu.im < 0.0) continue;
            else s.im = mu.im == 0.0 ? 0.0 : math::abs(s.im);
            found.add(s);
        }
        return solver.converged();
    }
    return true;
}

/// Cancels poles and zeros that coincide: those at 0, and stable ones that are equal to within rounding.
constexpr void cancel_common_roots(math::rational& h) noexcept
{
    for (int i = 0; i < h.poles.count; ++i)
        for (int j = 0; j < h.zeros.count; ++j) {
            const math::complex p = h.poles[i], z = h.zeros[j];
            if (p.re > 0.0 || math::abs(p - z) > 1e-12 * math::abs(p)) continue;
            h.poles.remove(i--);
            h.zeros.remove(j);
            break;
        }
}

/// The transfer function of a netlist and its nodal equations, without its ideal factors, as poles and zeros. Zeros are found as the poles
/// of the circuit whose output column is replaced by the drive (Cramer's rule); the gain is set by the direct response at
/// audible_pivot. Reports a fault where the circuit has no solution, and the gain is then NaN, or where it has a pole at 0.
template <netlist_size size>
constexpr math::rational circuit_transfer(const netlist<size>& circuit, const nodal_equations<size>& equations, fault& problem) noexcept
{
    math::rational h;
    if constexpr (size.unknowns() > 0) {
        math::matrix<double, size.unknowns()> a = equations.at(audible_pivot);
        const math::lu<double, size.unknowns()> factors{a};
        if (!factors.regular()) {
            problem = path_fault(circuit, factors.singular_column(), "has no path to ground");
            h.gain = std::numeric_limits<double>::quiet_NaN();
            return h;
        }
        const double response = equations.output < 0 ? 0.0 : factors.solve(equations.b)[equations.output];
        bool converged = find_roots(equations, factors, -1, h.poles);
        h.gain = response;
        if (response != 0.0) {
            for (int i = 0; i < size.unknowns(); ++i) a(i, equations.output) = equations.b[i];
            const math::lu<double, size.unknowns()> numerator{a};
            converged = find_roots(equations, numerator, equations.output, h.zeros) && converged;
            cancel_common_roots(h);
            math::rational shape = h;
            shape.gain = 1.0;
            h.gain = response / shape(math::complex{audible_pivot}).re;
        }
        if (!converged || !math::is_finite(h.gain)) {
            problem = {"circuit", {}, "has poles and zeros that could not be computed", -1};
            h.gain = std::numeric_limits<double>::quiet_NaN();
        }
        for (const math::complex p : h.poles)
            if (p == math::complex{})
                problem = path_fault(circuit, math::lu<double, size.unknowns()>{equations.g}.singular_column(), "has no DC path to ground");
    }
    return h;
}

}   // namespace phono::detail
