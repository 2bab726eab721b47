// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/operating_point.hpp>
#include <phono/digital/tubes/exponential_weights.hpp>
#include <phono/math/eigenvalues.hpp>

namespace phono {

/// A circuit with its triodes linearised at their operating point, as modes: from the source's EMF and what the triodes' port currents
/// (grid, plate of the first, of the second ...) are beyond that, to the port voltages and the output, all as deviations from rest.
///
/// Each mode: x' = s x + drive . w, and y = sum of read x + direct w; of conjugate modes one, counted with twice its real part.
template <netlist_size size>
struct port_modes {
    static constexpr int ports = 2 * size.triodes;
    static constexpr int inputs = 1 + ports;    ///< the EMF first
    static constexpr int outputs = ports + 1;   ///< the output last
    static constexpr int most = size.reactances;

    struct mode {
        math::complex s;
        math::vector<math::complex, inputs> drive{};
        math::vector<math::complex, outputs> read{};
    };

    math::vector<mode, most> modes{};
    int count = 0;
    double direct[outputs][inputs]{};
    double output_at_rest = 0.0;
    fault problem{};
};

/// The small-signal response of the modes taken in exponential steps, at a frequency.
template <netlist_size size>
constexpr math::complex stepped_response(const port_modes<size>& found, double hertz, double period) noexcept
{
    const double angle = 2.0 * math::pi * hertz * period;
    const math::complex w{math::cos(angle), -math::sin(angle)};
    constexpr int output = port_modes<size>::ports;
    math::complex h{found.direct[output][0]};
    for (int k = 0; k < found.count; ++k) {
        const auto& mode = found.modes[k];
        const math::complex gain = mode.read[output] * mode.drive[0];
        h += gain * detail::exponential_step{mode.s, period}.response(w);
        if (mode.s.im != 0.0) h += math::conj(gain) * detail::exponential_step{math::conj(mode.s), period}.response(w);
    }
    return h;
}

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

    constexpr explicit mode_finder(const netlist<size>& circuit) noexcept : circuit_(circuit), equations_(circuit)
    {
        math::matrix<double, n> shifted = equations_.at(s0);
        const math::lu<double, n> factors{shifted};
        if (!factors.regular()) {
            found.problem = path_fault(circuit, factors.singular_column(), "has no path to ground");
            return;
        }
        for (int k = 0; k < r; ++k) {
            const auto& port = equations_.reactance[k];
            const double weight = s0 * port.weight;
            scale_[k] = math::sqrt(math::abs(weight));
            sign_[k] = weight < 0.0 ? -1.0 : 1.0;
            seen_[k] = factors.solve(unit(port.plus, port.minus, scale_[k]));
        }
        for (int j = 0; j < inputs; ++j) driven_[j] = factors.solve(drive(j));
        find();
    }

    result found{};

private:
    static constexpr double s0 = 384e3;   ///< between audio and stray capacitances: conditioning only

    using column = math::vector<double, n>;

    static constexpr column unit(int plus, int minus, double value) noexcept
    {
        column x{};
        if (plus >= 0) x[plus] += value;
        if (minus >= 0) x[minus] -= value;
        return x;
    }
    constexpr node plus_of(int port) const noexcept
    {
        const triode_port& t = circuit_.triodes[port / 2];
        return port % 2 == 0 ? t.grid : t.plate;
    }
    constexpr column drive(int input) const noexcept
    {
        if (input == 0) return equations_.b;
        return unit(plus_of(input - 1).index - 1, circuit_.triodes[(input - 1) / 2].cathode.index - 1, -1.0);
    }
    constexpr double read(const column& x, int output) const noexcept
    {
        const auto at = [&](node where) { return where.index > 0 ? x[where.index - 1] : 0.0; };
        if (output == result::ports) return equations_.output < 0 ? 0.0 : x[equations_.output];
        return at(plus_of(output)) - at(circuit_.triodes[output / 2].cathode);
    }
    constexpr double across(const column& x, int k) const noexcept
    {
        const auto& port = equations_.reactance[k];
        return scale_[k] * ((port.plus < 0 ? 0.0 : x[port.plus]) - (port.minus < 0 ? 0.0 : x[port.minus]));
    }

    constexpr void find() noexcept
    {
        for (int o = 0; o < outputs; ++o)
            for (int j = 0; j < inputs; ++j) found.direct[o][j] = read(driven_[j], o);
        if constexpr (r > 0) {
            math::matrix<double, r> m{};
            for (int i = 0; i < r; ++i)
                for (int k = 0; k < r; ++k) m(i, k) = across(seen_[k], i) * sign_[k];
            add_modes(m);
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
            for (int k = 0; k < r; ++k) sum += math::complex{read(seen_[k], o) * sign_[k]} * v[k];
            mode.read[o] = sum;
            for (int j = 0; j < inputs; ++j) {
                const math::complex part = sum * mode.drive[j] * mu / math::complex{s0};
                found.direct[o][j] -= mu.im == 0.0 ? part.re : 2.0 * part.re;
            }
        }
        found.modes[found.count++] = mode;
    }

    static constexpr double least_eigenvalue = 1e-9;

    /// Eigenvalues by QR, vectors by inverse iteration; each mode found is taken out before the next is sought, so that coincident
    /// ones come out one after the other.
    constexpr void add_modes(const math::matrix<double, r>& m) noexcept
    {
        const math::eigenvalue_solver<r> solver{m};
        if (!solver.converged()) {
            found.problem = {"circuit", 0.0, "must have modes that can be told apart", -1};
            return;
        }
        math::matrix<math::complex, r> rest{};
        for (int i = 0; i < r; ++i)
            for (int k = 0; k < r; ++k) rest(i, k) = {m(i, k)};
        for (const math::complex value : solver.values()) {
            if (value.im < 0.0 || math::abs(value) < least_eigenvalue) continue;
            math::complex mu = value;
            const auto v = vector_of(rest, mu, false), l = vector_of(rest, mu, true);
            math::complex product{};
            for (int i = 0; i < r; ++i) product += l[i] * v[i];
            if (!(math::abs(product) > 1e-9)) {
                found.problem = {"circuit", 0.0, "must have modes that can be told apart", -1};
                return;
            }
            auto scaled = l;
            for (int i = 0; i < r; ++i) scaled[i] = l[i] / product;
            math::complex refined{};
            for (int i = 0; i < r; ++i)
                for (int k = 0; k < r; ++k) refined += scaled[i] * rest(i, k) * v[k];
            if (value.im == 0.0) refined.im = 0.0;
            add(refined, v, scaled);
            for (int i = 0; i < r; ++i)
                for (int k = 0; k < r; ++k) {
                    const math::complex part = refined * v[i] * scaled[k];
                    rest(i, k) -= value.im == 0.0 ? math::complex{part.re} : math::complex{2.0 * part.re};
                }
        }
    }

    constexpr math::vector<math::complex, r> vector_of(const math::matrix<math::complex, r>& m, math::complex mu,
                                                       bool transposed) const noexcept
    {
        math::matrix<math::complex, r> shifted{};
        for (int i = 0; i < r; ++i)
            for (int k = 0; k < r; ++k) shifted(i, k) = transposed ? m(k, i) : m(i, k);
        // A little beside the eigenvalue, so that the matrix can be factored.
        for (int i = 0; i < r; ++i) shifted(i, i) -= mu * math::complex{1.0 + 1e-13} + math::complex{1e-15};
        const math::lu<math::complex, r> factors{shifted};
        math::vector<math::complex, r> v{};
        for (int i = 0; i < r; ++i) v[i] = {1.0 + 0.37 * i, mu.im == 0.0 ? 0.0 : 0.21 * i};
        for (int pass = 0; pass < 4; ++pass) {
            v = factors.solve(v);
            double largest = 0.0;
            for (const math::complex& x : v) largest = math::abs(x) > largest ? math::abs(x) : largest;
            for (math::complex& x : v) x = (1.0 / largest) * x;
        }
        return v;
    }

    const netlist<size>& circuit_;
    nodal_equations<size> equations_;
    math::vector<double, r> scale_{}, sign_{};
    math::vector<column, r> seen_{};        ///< unknowns per unit of each (scaled) reactance
    math::vector<column, inputs> driven_{};   ///< unknowns per unit of each input
};

}  // namespace detail

/// The modes of a netlist whose triodes are at their operating point.
///
/// Taking the triodes' slopes into the modes leaves only the bend of their laws as an input: small signals are then exact but for the
/// interpolation of the EMF, and a feedback loop, closed in the modes, is stable at any sampling rate.
template <netlist_size size>
constexpr port_modes<size> find_port_modes(const netlist<size>& circuit) noexcept
{
    return detail::mode_finder<size>{circuit}.found;
}

}  // namespace phono
