// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/analogue_model.hpp>
#include <phono/large_signal/modes/port_responses.hpp>
#include <phono/math/eigenvectors.hpp>

namespace phono {

namespace detail {

/// Finds the modes of a circuit: eigenvalues of what its reactances see at a real frequency, by Woodbury's identity.
///
/// With S = G + s0 C, reactances E (columns), weights W = H J H (H positive, J signs):
/// (G + s C)^-1 = S^-1 - d S^-1 E H J (1 + d M)^-1 H E^T S^-1,
/// d = s/s0 - 1 and M = H E^T S^-1 E H J. An eigenvalue mu of M is a mode of
/// s = s0 (1 - 1/mu); 0 is a loop of capacitors, which no port sees.
template <netlist_size size>
class mode_finder {
public:
    using result = port_modes<size>;
    static constexpr int n = size.unknowns(), r = size.reactances, inputs = result::inputs, outputs = result::outputs;

    constexpr mode_finder(const netlist<size>& circuit, const nodal_equations<size>& equations) noexcept : places_(circuit, equations)
    {
        const math::lu<double, n> factors{equations.at(s0)};
        if (!factors.regular()) {
            found.problem = path_fault(circuit, factors.singular_column(), "has no path to ground");
            return;
        }
        for (int k = 0; k < r; ++k) {
            const auto& port = equations.reactance[k];
            const double weight = s0 * port.weight;
            scale_[k] = math::sqrt(math::abs(weight));
            sign_[k] = weight < 0.0 ? -1.0 : 1.0;
            column e{};
            if (port.plus >= 0) e[port.plus] += scale_[k];
            if (port.minus >= 0) e[port.minus] -= scale_[k];
            seen_[k] = factors.solve(e);
        }
        for (int j = 0; j < inputs; ++j) driven_[j] = factors.solve(places_.drive(j));
        find();
    }

    result found{};

private:
    static constexpr double s0 = 2e4;                  ///< midway, in octaves, from coupling to stray capacitances: conditioning only
    static constexpr double least_eigenvalue = 1e-9;   ///< a smaller one is a loop of capacitors

    using column = math::vector<double, n>;

    constexpr double across(const column& x, int k) const noexcept { return scale_[k] * places_.across(x, k); }

    constexpr void find() noexcept
    {
        for (int o = 0; o < outputs; ++o)
            for (int j = 0; j < inputs; ++j) found.direct[o][j] = places_.read(driven_[j], o);
        if constexpr (r > 0) {
            math::matrix<double, r> m{};
            for (int i = 0; i < r; ++i)
                for (int k = 0; k < r; ++k) m(i, k) = across(seen_[k], i) * sign_[k];
            const math::eigenvectors<r> modes{m, least_eigenvalue};
            if (!modes.found()) found.problem = {"circuit", 0.0, "must have modes that can be told apart", -1};
            for (int k = 0; k < modes.count() && modes.found(); ++k) add(modes[k].value, modes[k].right, modes[k].left);
        }
    }

    /// Adds a mode of eigenvalue mu with right vector v and left vector l, l.v = 1.
    constexpr void add(math::complex mu, const math::vector<math::complex, r>& v, const math::vector<math::complex, r>& l) noexcept
    {
        typename result::mode mode{};
        mode.s = s0 * (math::complex{1.0} - math::complex{1.0} / mu);
        const math::complex scale = s0 / (mu * mu);
        for (int j = 0; j < inputs; ++j) {
            math::complex sum{};
            for (int k = 0; k < r; ++k) sum += l[k] * math::complex{across(driven_[j], k)};
            mode.drive[j] = scale * sum;
        }
        for (int o = 0; o < outputs; ++o) {
            math::complex sum{};
            for (int k = 0; k < r; ++k) sum += math::complex{places_.read(seen_[k], o) * sign_[k]} * v[k];
            mode.read[o] = sum;
            for (int j = 0; j < inputs; ++j) {
                const math::complex part = sum * mode.drive[j] * mu / math::complex{s0};
                found.direct[o][j] -= mu.im == 0.0 ? part.re : 2.0 * part.re;
            }
        }
        found.modes[found.count++] = mode;
    }

    port_incidence<size> places_;
    math::vector<double, r> scale_{}, sign_{};
    math::vector<column, r> seen_{};          ///< unknowns per unit of each (scaled) reactance
    math::vector<column, inputs> driven_{};   ///< unknowns per unit of each input
};

inline constexpr double depth_of_modes = 1e-3;   ///< -60 dB: as far down the output's decibels are kept

/// Finds the modes of a circuit whose own cannot be told apart: equal sections with buffers between, say, which have no modes
/// that merely add. The reactances are spread by small relative amounts, and of some spreads the modes nearest to the circuit as it is
/// are kept: wider ones leave less to rounding and are more of a change.
template <netlist_size size>
constexpr void spread_modes(const netlist<size>& circuit, const nodal_equations<size>& equations, const port_responses<size>& responses,
                            port_modes<size>& best) noexcept
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
                if (error < least) least = error, best = next;
            }
    }
}

}   // namespace detail

/// The modes of a netlist whose triodes are at their operating point.
///
/// Taking the triodes' slopes into the modes leaves only the bend of their laws as an input: small signals are then exact but for the
/// interpolation of the EMF, and a feedback loop, closed in the modes, is stable at any sampling rate.
/// Errors: a circuit that is not stable, as check() says it; one whose modes' responses miss its own by more than 1e-4
/// (six equal sections in a row: five are played, within 6e-5).
template <netlist_size size>
constexpr port_modes<size> find_port_modes(const netlist<size>& circuit) noexcept
{
    constexpr double good = 1e-7, tolerable = 1e-4;
    const nodal_equations<size> equations{circuit};
    port_modes<size> found = detail::mode_finder<size>{circuit, equations}.found;
    const detail::port_responses<size> responses{circuit, equations};
    if constexpr (size.reactances > 0)
        if (!(responses.error_of(found, detail::depth_of_modes) < good)) detail::spread_modes(circuit, equations, responses, found);
    if (!found.problem && !(responses.error_of(found) < tolerable))
        found.problem = {"circuit", 0.0, "must have modes that can be told apart", -1};
    for (int k = 0; k < found.count && !found.problem; ++k) {
        math::rational mode;
        mode.poles.add(found.modes[k].s);
        found.problem = detail::stability_fault(mode);
    }
    return found;
}

}   // namespace phono
