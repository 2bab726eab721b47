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
template <class T, int unknowns, int reactances>
[[nodiscard]] constexpr bool find_roots(const equation_view& equations, const math::lu<T, unknowns>& factors, int omitted,
                                        math::roots& found) noexcept
{
    if (equations.reactances > 0) {
        math::matrix<T, reactances> p = reactance_view<T, unknowns, reactances>{equations, factors, audible_pivot}.matrix(omitted);
        int count = math::isolate(p.all(), equations.reactances);
        for (int i = count; i < equations.reactances; ++i)
            add_root<T>(found, {static_cast<double>(p(i, i))}, {static_cast<double>(p(i, i) - 1.0)});
        math::balance(p.all(), count);
        count = math::deflate_zeros(p, count);   // roots at infinity
        math::matrix<T, reactances> shifted = p;
        for (int i = 0; i < count; ++i) shifted(i, i) -= 1.0;
        if (const int left = math::deflate_zeros(shifted, count); left < count) {   // roots at 0
            for (; count > left; --count) found.add({});
            for (int i = 0; i < count; ++i) shifted(i, i) += 1.0;
            p = shifted;
        }
        const math::eigenvalue_solver<reactances, T> solver{p, count};
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

/// What is wrong with a transfer function of nodal equations as poles and zeros; its gain is NaN where there is no solution.
struct roots_fault {
    int singular = -1;   ///< the unknown that is not determined
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
template <class T, int unknowns>
struct pivot_equations {
    math::matrix<T, unknowns> a;
    math::lu<T, unknowns> factors;

    constexpr explicit pivot_equations(const equation_view& equations) noexcept
        : a(equations_at<T, unknowns>(equations, T{audible_pivot})), factors(a, equations.unknowns)
    {
    }
};

/// The transfer function of nodal equations. Zeros are found as the poles of the circuit whose output column is replaced by the drive
/// (Cramer's rule); the gain is set by the direct response at audible_pivot. h is empty before.
template <class T, int unknowns, int reactances>
constexpr roots_fault find_transfer(const equation_view& equations, const pivot_equations<T, unknowns>& at_pivot,
                                    math::rational& h) noexcept
{
    roots_fault found;
    const math::lu<T, unknowns>& factors = at_pivot.factors;
    found.singular = factors.singular_column();
    if (!factors.regular()) {
        h.gain = std::numeric_limits<double>::quiet_NaN();
        return found;
    }
    const T response = equations.output < 0 ? T{} : factors.solve(drive_of<T, unknowns>(equations))[equations.output];
    found.has_converged = find_roots<T, unknowns, reactances>(equations, factors, -1, h.poles);
    h.gain = static_cast<double>(response);
    if (h.gain != 0.0) {
        math::matrix<T, unknowns> a = at_pivot.a;
        for (int i = 0; i < equations.unknowns; ++i) a(i, equations.output) = equations.b[i];
        const math::lu<T, unknowns> numerator{a, equations.unknowns};
        found.has_converged = find_roots<T, unknowns, reactances>(equations, numerator, equations.output, h.zeros) && found.has_converged;
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
template <class T, int unknowns>
[[nodiscard]] constexpr double disagreement(const equation_view& equations, const math::rational& h) noexcept
{
    return disagreement(h, [&](double w) {
        using value = math::basic_complex<T>;
        const value direct = solution_in<value, unknowns>(equations, equations.output, value{0.0, w});
        return math::complex{static_cast<double>(direct.re), static_cast<double>(direct.im)};
    });
}

/// The same with the pivots that suit audible_pivot, which is several times as fast. They may not suit another frequency, and the
/// disagreement is then larger than it should be: only a small one says something.
template <int unknowns>
[[nodiscard]] constexpr double quick_disagreement(const equation_view& equations, const pivot_equations<double, unknowns>& at_pivot,
                                                  const math::rational& h) noexcept
{
    if (equations.output < 0) return disagreement(h, [](double) { return math::complex{}; });
    math::matrix<double, unknowns> capacitive{};
    add_reactances<double>(capacitive.all(), equations.reactance, equations.reactances, 1.0);
    return disagreement(h, [&](double w) {
        return at_pivot.factors.solve_alike({equations.g, math::rows<const double>{capacitive.entry, unknowns}, {0.0, w}, equations.b},
                                            equations.output);
    });
}

/// Where poles and zeros in double disagree by more with the nodal equations, they are computed again in double_double; where these still
/// disagree by more, that is a fault. 1e-7 is 1e-6 dB.
inline constexpr double mended_disagreement = 1e-7, refused_disagreement = 1e-5;

[[nodiscard]] constexpr bool is_stable(const math::rational& h) noexcept
{
    for (const math::complex p : h.poles)
        if (!(p.re < 0.0)) return false;
    return true;
}

/// Finds poles and zeros in double and, where the result shows a fault or disagrees with the nodal equations, in double_double. False in
/// has_converged also where they still disagree.
template <int unknowns, int reactances>
constexpr roots_fault find_transfer(const equation_view& equations, math::rational& h) noexcept
{
    {
        const pivot_equations<double, unknowns> at_pivot{equations};
        const roots_fault quick = find_transfer<double, unknowns, reactances>(equations, at_pivot, h);
        if (h.poles.lost > 0 || h.zeros.lost > 0) return {};   // too many: analyse() says so
        if (quick.singular < 0 && quick.has_converged && is_stable(h) &&
            (quick_disagreement<unknowns>(equations, at_pivot, h) <= mended_disagreement ||
             disagreement<double, unknowns>(equations, h) <= mended_disagreement))
            return quick;
    }
    using math::double_double;
    h = {};
    roots_fault exact =
        find_transfer<double_double, unknowns, reactances>(equations, pivot_equations<double_double, unknowns>{equations}, h);
    // Compared first in double, which usually is enough and costs a small part.
    exact.has_converged = exact.has_converged && (disagreement<double, unknowns>(equations, h) <= refused_disagreement ||
                                                  disagreement<double_double, unknowns>(equations, h) <= refused_disagreement);
    return exact;
}

/// Finds the transfer function of a netlist and its nodal equations, without its ideal factors, as poles and zeros; h is empty before.
/// Reports a fault where the circuit has no solution, and the gain is then NaN, where it has a pole at 0, and where the poles and zeros
/// could not be computed.
template <netlist_size size>
constexpr void find_transfer(const flat_netlist<size>& circuit, const nodal_equations<size>& equations, math::rational& h,
                             fault& problem) noexcept
{
    if constexpr (size.unknowns() > 0) {
        const roots_fault found = find_transfer<room_for(size.unknowns()), room_for(size.reactances)>(equations.view(), h);
        if (found.singular >= 0) problem = path_fault(circuit, found.singular, "has no path to ground");
        else if (!found.has_converged) problem = {"circuit", {}, "has poles and zeros that could not be computed", -1};
        for (const math::complex p : h.poles)
            if (p == math::complex{})
                problem = path_fault(circuit, math::lu<double, size.unknowns()>{equations.g, equations.used}.singular_column(),
                                     "has no DC path to ground");
    }
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
