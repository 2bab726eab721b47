// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/nodal_equations.hpp>
#include <phono/circuit/path_fault.hpp>
#include <phono/circuit/reactance_view.hpp>
#include <phono/math/balance.hpp>
#include <phono/math/deflation.hpp>
#include <phono/math/double_double.hpp>
#include <phono/math/eigenvalues.hpp>

#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The real frequency about which poles and zeros are found: 2 pi 1 kHz, in the middle of the audio band.
/// Measured: for the catalogue, from 10 Hz to 100 kHz, poles and zeros match the direct response within 4.9e-8 dB; with half this pivot
/// within 9.8e-8 dB, with twice it within 2.5e-8 dB.
inline constexpr double audible_pivot = 2.0 * math::pi * 1000.0;

/// Eigenvalues of what reactances see that are roots at infinity, and roots that are 0, as fractions of the pivot.
template <class T>
inline constexpr double at_infinity = 1e-11;   // 1e-8 to 1e-14 give the same roots over the catalogue
template <>
inline constexpr double at_infinity<math::double_double> = 1e-20;
template <class T>
inline constexpr double at_zero = 1e-7;   // 0.1 mHz; 1e-6 is as good, 1e-5 also removes roots at 10 mHz: 8e-5 dB
template <>
inline constexpr double at_zero<math::double_double> = 1e-18;

/// Adds the root of an eigenvalue, unless it is at infinity or the second of a pair.
template <class T>
constexpr void add_root(math::roots& found, math::complex mu, math::complex mu_less_one) noexcept
{
    if (math::abs(mu) < at_infinity<T>) return;
    math::complex s = natural_frequency(mu, mu_less_one, audible_pivot);
    if (math::abs(s) < at_zero<T> * audible_pivot) s = {};   // both members of a pair
    else if (mu.im < 0.0) return;
    else s.im = mu.im == 0.0 ? 0.0 : math::abs(s.im);
    found.add(s);
}

/// The finite roots of a circuit: the generalised eigenvalues s of what its reactances see, from a matrix that was factored at
/// audible_pivot. `omitted` is the row that the numerator's matrix leaves out. False where the eigenvalues fail to converge.
///
/// Eigenvalues that stand on the diagonal are taken from there. Roots at infinity (mu = 0) and at 0 (mu = 1) often have high multiplicity
/// and are deflated first, from a balanced matrix: what the reactances see of amplifiers of high gain is graded over many decades.
template <class T, netlist_size size>
[[nodiscard]] constexpr bool find_roots(const nodal_equations<size>& equations, const math::lu<T, size.unknowns()>& factors, int omitted,
                                        math::roots& found) noexcept
{
    constexpr int n = size.reactances;
    if constexpr (n > 0) {
        math::matrix<T, n> p = reactance_view<size, T>{equations, factors, audible_pivot}.matrix(omitted);
        int count = math::isolate(p.all(), n);
        for (int i = count; i < n; ++i) add_root<T>(found, {static_cast<double>(p(i, i))}, {static_cast<double>(p(i, i) - 1.0)});
        math::balance(p.all(), count);
        count = math::deflate_zeros(p, count);   // roots at infinity
        math::matrix<T, n> shifted = p;
        for (int i = 0; i < count; ++i) shifted(i, i) -= 1.0;
        if (const int left = math::deflate_zeros(shifted, count); left < count) {   // roots at 0
            for (; count > left; --count) found.add({});
            for (int i = 0; i < count; ++i) shifted(i, i) += 1.0;
            p = shifted;
        }
        const math::eigenvalue_solver<n, T> solver{p, count};
        for (int i = 0; i < count; ++i) add_root<T>(found, solver.values()[i], solver.values_less_one()[i]);
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

/// The transfer function of nodal equations as poles and zeros, and what is wrong with them.
struct circuit_roots {
    math::rational transfer{};   ///< the gain is NaN where there is no solution
    int singular = -1;           ///< the unknown that is not determined
    bool has_converged = true;
};

/// The factor of a root, or a pair, in a transfer function at audible_pivot.
[[nodiscard]] constexpr double factor_at_pivot(math::complex root) noexcept
{
    const double along = audible_pivot - root.re;
    return root.im == 0.0 ? along : along * along + root.im * root.im;
}

/// The nodal equations of a circuit at audible_pivot, and their factors, from which its poles and zeros are found. T, double or
/// math::double_double, is the type in which they are computed.
template <class T, int n>
struct pivot_equations {
    math::matrix<T, n> a;
    math::lu<T, n> factors{a};
};

template <class T, netlist_size size>
[[nodiscard]] constexpr pivot_equations<T, size.unknowns()> at_pivot(const nodal_equations<size>& equations) noexcept
{
    return {equations.at(T{audible_pivot})};
}

/// The transfer function of nodal equations. Zeros are found as the poles of the circuit whose output column is replaced by the drive
/// (Cramer's rule); the gain is set by the direct response at audible_pivot.
template <class T, netlist_size size>
[[nodiscard]] constexpr circuit_roots roots_of(const nodal_equations<size>& equations,
                                               const pivot_equations<T, size.unknowns()>& at_pivot) noexcept
{
    constexpr int n = size.unknowns();
    circuit_roots found;
    math::rational& h = found.transfer;
    const math::lu<T, n>& factors = at_pivot.factors;
    found.singular = factors.singular_column();
    if (!factors.regular()) {
        h.gain = std::numeric_limits<double>::quiet_NaN();
        return found;
    }
    const T response = equations.output < 0 ? T{} : factors.solve(equations.template drive<T>())[equations.output];
    found.has_converged = find_roots<T>(equations, factors, -1, h.poles);
    h.gain = static_cast<double>(response);
    if (h.gain != 0.0) {
        math::matrix<T, n> a = at_pivot.a;
        for (int i = 0; i < n; ++i) a(i, equations.output) = equations.b[i];
        const math::lu<T, n> numerator{a};
        found.has_converged = find_roots<T>(equations, numerator, equations.output, h.zeros) && found.has_converged;
        cancel_common_roots(h);
        double shape = 1.0;   // as math::rational's value, which is real at a real frequency
        for (int i = 0; i < h.zeros.count || i < h.poles.count; ++i) {
            if (i < h.zeros.count) shape *= factor_at_pivot(h.zeros[i]);
            if (i < h.poles.count) shape /= factor_at_pivot(h.poles[i]);
        }
        h.gain /= shape;
    }
    found.has_converged = found.has_converged && math::is_finite(h.gain);
    if (!found.has_converged) h.gain = std::numeric_limits<double>::quiet_NaN();
    return found;
}

/// The frequencies of the audio band, in hertz, at which poles and zeros are compared with their circuit.
inline constexpr double compared_hertz[] = {19.0, 310.0, 4700.0, 19700.0};

/// The largest difference of poles and zeros from a response of their circuit, a function of the angular frequency, relative to that
/// response; phase counts. Not a number if one of them is not.
[[nodiscard]] constexpr double disagreement(const math::rational& h, const auto& direct) noexcept
{
    double worst = 0.0;
    for (const double hertz : compared_hertz) {
        const double w = 2.0 * math::pi * hertz;
        const math::complex response = direct(w), by_roots = h({0.0, w});
        const double off = by_roots == response ? 0.0 : magnitude(by_roots - response) / magnitude(response);
        if (!(off <= worst)) worst = off;
        if (!(worst >= 0.0)) break;   // a NaN stays
    }
    return worst;
}

/// The same from the nodal equations of their circuit, solved in T.
template <class T, netlist_size size>
[[nodiscard]] constexpr double disagreement(const nodal_equations<size>& equations, const math::rational& h) noexcept
{
    return disagreement(h, [&](double w) {
        const math::basic_complex<T> direct = output_voltage(equations, math::basic_complex<T>{0.0, w});
        return math::complex{static_cast<double>(direct.re), static_cast<double>(direct.im)};
    });
}

/// The same with the pivots that suit audible_pivot, which is several times as fast. They may not suit another frequency, and the
/// disagreement is then larger than it should be: only a small one says something.
template <netlist_size size>
[[nodiscard]] constexpr double quick_disagreement(const nodal_equations<size>& equations,
                                                  const pivot_equations<double, size.unknowns()>& at_pivot,
                                                  const math::rational& h) noexcept
{
    if (equations.output < 0) return disagreement(h, [](double) { return math::complex{}; });
    const auto capacitive = equations.capacitive();
    return disagreement(h, [&](double w) {
        return at_pivot.factors.solve_alike(equations.g, capacitive, {0.0, w}, equations.b, equations.output);
    });
}

/// Where poles and zeros in double disagree by more with the nodal equations, they are computed again in double_double; where these still
/// disagree by more, that is a fault. 1e-7 is 1e-6 dB.
inline constexpr double mended_disagreement = 1e-7, refused_disagreement = 1e-5;

/// The size of equations that have been padded, of which there are few, so that what is needed rarely is not compiled for each circuit.
[[nodiscard]] constexpr netlist_size padded(const netlist_size& size) noexcept
{
    netlist_size large{.nodes = 8, .reactances = 8};
    while (large.nodes < size.unknowns()) large.nodes *= 2;
    while (large.reactances < size.reactances) large.reactances *= 2;
    return large;
}

/// The same equations with more unknowns, each 0, and parts that are absent.
template <netlist_size size>
[[nodiscard]] constexpr nodal_equations<padded(size)> pad(const nodal_equations<size>& equations) noexcept
{
    nodal_equations<padded(size)> large;
    for (int i = 0; i < size.unknowns(); ++i) {
        for (int j = 0; j < size.unknowns(); ++j) large.g(i, j) = equations.g(i, j);
        large.b[i] = equations.b[i];
    }
    for (int i = size.unknowns(); i < large.unknowns; ++i) large.g(i, i) = 1.0;
    for (int k = 0; k < size.reactances; ++k)
        large.reactance[k] = {equations.reactance[k].plus, equations.reactance[k].minus, equations.reactance[k].weight};
    large.output = equations.output;
    return large;
}

/// The transfer function of a netlist and its nodal equations, without its ideal factors, as poles and zeros: in double and, where the
/// result shows a fault or disagrees with the nodal equations, in double_double. Reports a fault where the circuit has no solution, and the
/// gain is then NaN, where it has a pole at 0, and where the poles and zeros could not be computed.
template <netlist_size size>
constexpr math::rational circuit_transfer(const netlist<size>& circuit, const nodal_equations<size>& equations, fault& problem) noexcept
{
    if constexpr (size.unknowns() == 0) return {};
    else {
        const auto is_stable = [](const math::rational& h) {
            for (const math::complex p : h.poles)
                if (!(p.re < 0.0)) return false;
            return true;
        };
        const auto pivot = at_pivot<double>(equations);
        const circuit_roots quick = roots_of<double>(equations, pivot);
        if (quick.transfer.poles.lost > 0 || quick.transfer.zeros.lost > 0) return quick.transfer;   // too many: analyse() says so
        if (quick.singular < 0 && quick.has_converged && is_stable(quick.transfer) &&
            (quick_disagreement(equations, pivot, quick.transfer) <= mended_disagreement ||
             disagreement<double>(equations, quick.transfer) <= mended_disagreement))
            return quick.transfer;
        const auto large = pad(equations);
        const circuit_roots exact = roots_of<math::double_double>(large, at_pivot<math::double_double>(large));
        const auto agree = [&] {   // first in double, which usually is enough and costs a small part
            return disagreement<double>(equations, exact.transfer) <= refused_disagreement ||
                   disagreement<math::double_double>(large, exact.transfer) <= refused_disagreement;
        };
        if (exact.singular >= 0) problem = path_fault(circuit, exact.singular, "has no path to ground");
        else if (!exact.has_converged || !agree()) problem = {"circuit", {}, "has poles and zeros that could not be computed", -1};
        for (const math::complex p : exact.transfer.poles)
            if (p == math::complex{})
                problem = path_fault(circuit, math::lu<double, size.unknowns()>{equations.g}.singular_column(), "has no DC path to ground");
        return exact.transfer;
    }
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
