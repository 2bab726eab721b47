// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/nodal_equations.hpp>
#include <phono/math/deflation.hpp>
#include <phono/math/eigenvalues.hpp>

#include <limits>

namespace phono {

/// The real frequency about which poles and zeros are found: 2 pi 1 kHz, in the middle of what is heard.
inline constexpr double pivot_frequency = 2.0 * math::pi * 1000.0;

namespace detail {

/// The finite generalised eigenvalues s of (A(s0) + (s - s0) sum weight_k left_k e_k^T), where A(s0) is factored and left_k is
/// e_k without the entry `omitted`.
///
/// With P the matrix of the network seen from its reactances at s0, P_jk = left_j^T A^-1 e_k times the square roots of
/// s0 |weight_j| and s0 |weight_k|, an eigenvalue mu of P stands for s = s0 - s0/mu. Working in 1/s makes the slow, audible
/// roots the accurate ones; |mu| < 1e-11 is a root at infinity, |s| < 1e-7 s0 one at 0. Those at infinity and at 0 often coincide
/// many times over and are taken off first.
template <netlist_size size>
constexpr bool find_roots(const nodal_equations<size>& equations, const math::lu<double, size.unknowns()>& factors, int omitted,
                          math::roots& found) noexcept
{
    constexpr int n = size.reactances;
    if constexpr (n > 0) {
        math::matrix<double, n> p{};
        for (int k = 0; k < n; ++k) {
            const auto& port = equations.reactance[k];
            const double scale = math::sqrt(pivot_frequency * math::abs(port.weight));
            math::vector<double, size.unknowns()> e{};
            if (port.plus >= 0) e[port.plus] = port.weight < 0.0 ? -scale : scale;
            if (port.minus >= 0) e[port.minus] = port.weight < 0.0 ? scale : -scale;
            const auto x = factors.solve(e);
            for (int j = 0; j < n; ++j) {
                const auto& left = equations.reactance[j];
                double seen = 0.0;
                if (left.plus >= 0 && left.plus != omitted) seen += x[left.plus];
                if (left.minus >= 0 && left.minus != omitted) seen -= x[left.minus];
                p(j, k) = math::sqrt(pivot_frequency * math::abs(left.weight)) * seen;
            }
        }
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
            if (math::abs(mu) < 1e-11) continue;
            math::complex s = pivot_frequency * (math::complex{1.0} - math::complex{1.0} / mu);
            if (math::abs(s) < 1e-7 * pivot_frequency) s = {};   // of a pair both
            else if (mu.im < 0.0) continue;
            else s.im = mu.im == 0.0 ? 0.0 : math::abs(s.im);
            found.add(s);
        }
        return solver.converged();
    }
    return true;
}

/// Removes what a pole and a zero in the same place do not contribute: pairs at 0, and stable ones equal to rounding.
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

/// The fault of a circuit whose unknown of row `row` is not determined: a node without a path, named with the block that it stands in,
/// or a current that goes round without resistance.
template <netlist_size size>
constexpr fault path_fault(const netlist<size>& circuit, int row, const char* rule) noexcept
{
    if (row >= size.nodes) return {"circuit", 0.0, "must have no loop of voltage sources or inductors alone", -1};
    const node at{row + 1};
    int block = -1;
    for (int i = 0; i < circuit.part_count && block < 0; ++i)
        if (circuit.parts[i].a == at || circuit.parts[i].b == at) block = circuit.parts[i].block;
    return {"node", static_cast<double>(at.index), rule, block};
}

}   // namespace detail

/// The transfer function of a netlist's circuit, without its ideal factors, as poles and zeros. Zeros are found as the poles of
/// the circuit whose output column is replaced by the drive (Cramer's rule); the gain is that of the direct response at
/// pivot_frequency. Reports a fault where the circuit has no solution, of a gain that is NaN then, or a pole at 0.
template <netlist_size size>
constexpr math::rational circuit_transfer(const netlist<size>& circuit, fault& problem) noexcept
{
    math::rational h;
    if constexpr (size.unknowns() > 0) {
        const nodal_equations<size> equations{circuit};
        math::matrix<double, size.unknowns()> a = equations.at(pivot_frequency);
        const math::lu<double, size.unknowns()> factors{a};
        if (!factors.regular()) {
            problem = detail::path_fault(circuit, factors.singular_column(), "has no path to ground");
            h.gain = std::numeric_limits<double>::quiet_NaN();
            return h;
        }
        const double response = equations.output < 0 ? 0.0 : factors.solve(equations.b)[equations.output];
        bool converged = detail::find_roots(equations, factors, -1, h.poles);
        h.gain = response;
        if (response != 0.0) {
            for (int i = 0; i < size.unknowns(); ++i) a(i, equations.output) = equations.b[i];
            const math::lu<double, size.unknowns()> numerator{a};
            converged = detail::find_roots(equations, numerator, equations.output, h.zeros) && converged;
            detail::cancel_common_roots(h);
            math::rational shape = h;
            shape.gain = 1.0;
            h.gain = response / shape(math::complex{pivot_frequency}).re;
        }
        if (!converged || !math::is_finite(h.gain)) {
            problem = {"circuit", 0.0, "must have poles and zeros that can be told", -1};
            h.gain = std::numeric_limits<double>::quiet_NaN();
        }
        for (const math::complex p : h.poles)
            if (p == math::complex{})
                problem = detail::path_fault(circuit, math::lu<double, size.unknowns()>{equations.g}.singular_column(),
                                             "has no DC path to ground");
    }
    return h;
}

}   // namespace phono
