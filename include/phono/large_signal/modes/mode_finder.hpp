// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/analogue_model.hpp>
#include <phono/circuit/reactance_view.hpp>
#include <phono/large_signal/modes/port_responses.hpp>
#include <phono/math/eigenvectors.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The real frequency about which modes are found: midway, in octaves, between coupling and stray capacitances. It affects only
/// conditioning: from 5e3 to 8e4 the modes of the catalogue are within 5.2e-8 of their circuits.
inline constexpr double mode_pivot = 2e4;

/// Finds the modes of a circuit by the eigenvectors of what its reactances see (reactance_view).
/// (eq. 4, 5 and 8 of large_signal/README.md, where E^T is N)
template <netlist_size size>
class mode_finder {
public:
    using result = port_modes<size>;
    static constexpr int n = size.unknowns(), r = size.reactances, inputs = result::inputs, outputs = result::outputs;

    constexpr mode_finder(const flat_netlist<size>& circuit, const nodal_equations<size>& equations) noexcept : places_(circuit, equations)
    {
        const math::lu<double, n> factors{equations.at(mode_pivot), equations.used};
        if (!factors.regular()) {
            found.problem = path_fault(circuit, factors.singular_column(), "has no path to ground");
            return;
        }
        for (int j = 0; j < inputs; ++j) driven_[j] = factors.solve(places_.drive(j));
        find(view{equations.view(), factors, mode_pivot});
    }

    result found{};

private:
    static constexpr double least_eigenvalue = 1e-9;   ///< a smaller one is a loop of capacitors, which no port sees

    using view = reactance_view<double, size.unknowns(), r>;

    constexpr void find(const view& reactances) noexcept
    {
        for (int o = 0; o < outputs; ++o)
            for (int j = 0; j < inputs; ++j) found.direct[o][j] = places_.read(driven_[j], o);
        for (int k = 0; k < r; ++k)
            for (int j = 0; j < inputs; ++j) found.stored_directly[k][j] = places_.across(driven_[j], k);
        if constexpr (r > 0) {
            const math::eigenvectors<r> modes{reactances.matrix(), least_eigenvalue};
            if (!modes.found())
                found.problem = {"circuit", {}, "has modes that cannot be told apart: six or more equal sections in a row do it", -1};
            for (int k = 0; k < modes.count() && modes.found(); ++k) add(reactances, modes[k].value, modes[k].right, modes[k].left);
        }
    }

    /// Adds a mode of eigenvalue mu with right vector v and left vector l, l.v = 1.
    constexpr void add(const view& reactances, math::complex mu, const math::vector<math::complex, r>& v,
                       const math::vector<math::complex, r>& l) noexcept
    {
        typename result::mode mode{};
        mode.s = natural_frequency(mu, mode_pivot);
        const math::complex scale = mode_pivot / (mu * mu);
        for (int j = 0; j < inputs; ++j) {
            math::complex sum{};
            for (int k = 0; k < r; ++k) sum += l[k] * math::complex{reactances.across(driven_[j], k)};
            mode.drive[j] = scale * sum;
        }
        for (int o = 0; o < outputs; ++o) {
            math::complex sum{};
            for (int k = 0; k < r; ++k) sum += math::complex{places_.read(reactances.seen(k), o) * reactances.sign(k)} * v[k];
            mode.read[o] = sum;
            for (int j = 0; j < inputs; ++j) {
                const math::complex part = sum * mode.drive[j] * mu / math::complex{mode_pivot};
                found.direct[o][j] -= mu.im == 0.0 ? part.re : 2.0 * part.re;
            }
        }
        for (int k = 0; k < r; ++k) {
            if (reactances.scale(k) == 0.0) continue;
            mode.stored[k] = mu * v[k] * math::complex{1.0 / reactances.scale(k)};
            mode.by_stored[k] = l[k] * math::complex{reactances.scale(k)} / mu;
            for (int j = 0; j < inputs; ++j) {
                const math::complex part = mode.stored[k] * mode.drive[j] * mu / math::complex{mode_pivot};
                found.stored_directly[k][j] -= mu.im == 0.0 ? part.re : 2.0 * part.re;
            }
        }
        found.modes[found.count++] = mode;
    }

    port_incidence<size> places_;
    math::vector<math::vector<double, n>, inputs> driven_{};   ///< unknowns per unit of each input
};

inline constexpr double depth_of_modes = 1e-3;   ///< -60 dB: how far down the output is held in decibels

/// Handles defective circuits by perturbing reactances: equal sections with buffers between, say, whose response is not a sum of simple
/// modes. The reactances are spread by small relative amounts, and of several spreads the one whose modes are nearest to the original
/// circuit is kept: wider ones lose less to rounding but change the circuit more.
template <netlist_size size>
constexpr void spread_modes(const flat_netlist<size>& circuit, const nodal_equations<size>& equations,
                            const port_responses<size>& responses, port_modes<size>& best) noexcept
{
    constexpr int r = size.reactances;
    constexpr double enough = 1e-7;
    double least = responses.error_of(best, depth_of_modes);
    const math::lu<double, r> felt{responses.felt()};
    for (int number = 0; number < 4; ++number) {
        const auto pattern = spread_pattern<r>(number);
        for (const auto& change : {felt.solve(pattern), pattern})
            for (double spread = 1e-6; spread < 2e-2 && !(least < enough); spread *= 10.0) {
                nodal_equations<size> other = equations;
                for (int k = 0; k < r; ++k) other.reactance[k].weight *= 1.0 + spread * change[k];
                const port_modes<size> next = mode_finder<size>{circuit, other}.found;
                const double error = responses.error_of(next, depth_of_modes);
                if (error < least) least = error, best = next, best.is_spread = true;
            }
    }
}

}   // namespace phono::inline v0_2::detail

namespace phono::inline v0_2 {

/// The modes of a circuit at its operating point. It must have one: check its problem() first.
///
/// Including the triodes' slopes in the modes leaves only the curvature of their laws as an input: small signals are then exact apart from
/// the interpolation of the EMF, and a feedback loop, closed in the modes, is stable at any sampling rate.
/// Errors: a circuit that is not stable, as in check(); one whose modes' responses miss its own by more than 1e-4 (six equal sections in a
/// row; five are handled, within 6e-5).
/// (eq. 3 to 9 of large_signal/README.md)
template <netlist_size size>
[[nodiscard]] constexpr detail::port_modes<size> find_port_modes(const circuit<size>& held) noexcept
{
    constexpr double good = 1e-7, tolerable = 1e-4;
    const flat_netlist<size>& parts = held.netlist();
    const nodal_equations<size>& equations = held.equations();
    detail::port_modes<size> found = detail::mode_finder<size>{parts, equations}.found;
    const detail::port_responses<size> responses{parts, equations};
    if constexpr (size.reactances > 0)
        if (!(responses.error_of(found, detail::depth_of_modes) < good)) detail::spread_modes(parts, equations, responses, found);
    if (!found.problem && !(responses.error_of(found) < tolerable))
        found.problem = {"circuit", {}, "has modes that cannot be told apart: six or more equal sections in a row do it", -1};
    for (int k = 0; k < found.count && !found.problem; ++k) {
        math::rational mode;
        mode.poles.add(found.modes[k].s);
        found.problem = detail::stability_fault(mode);
    }
    return found;
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
