// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/nodal_equations.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// A circuit as seen by its reactances at a real frequency, the pivot s0: an eigenvalue problem of as many unknowns as reactances.
///
/// With S = G + s0 C, reactances E (columns), weights W = H J H (H positive, J signs), Woodbury's identity is
/// (G + s C)^-1 = S^-1 - d S^-1 E H J (1 + d M)^-1 H E^T S^-1, with d = s/s0 - 1 and M = H E^T S^-1 E H J.
/// An eigenvalue mu of M gives a natural frequency s = s0 (1 - 1/mu). Working in 1/s favours the accuracy of the slow, audible ones; mu = 0
/// is a natural frequency at infinity, or a loop of capacitors.
/// T is double or math::double_double; `unknowns` and `reactances` are the room for what a circuit has of both.
template <class T, int unknowns, int reactances>
class reactance_view {
public:
    using column = math::vector<T, unknowns>;

    /// `factors` are those of S, or of S with one column replaced.
    constexpr reactance_view(const equation_view& equations, const math::lu<T, unknowns>& factors, double pivot) noexcept
        : equations_(equations)
    {
        using math::sqrt;
        for (int k = 0; k < equations.reactances; ++k) {
            const reactive_port& port = equations.reactance[k];
            if (port.weight == 0.0) continue;   // a part that is absent sees and moves nothing
            scale_[k] = sqrt(T{pivot} * T{math::abs(port.weight)});
            sign_[k] = port.weight < 0.0 ? -1.0 : 1.0;
            column e{};
            if (port.plus >= 0) e[port.plus] += scale_[k];
            if (port.minus >= 0) e[port.minus] -= scale_[k];
            seen_[k] = factors.solve(e);
        }
    }

    /// M. A row of x may be omitted from E^T, where the column of the same number in S was replaced.
    [[nodiscard]] constexpr math::matrix<T, reactances> matrix(int omitted = -1) const noexcept
    {
        const reactive_port* const port = equations_.reactance;
        math::matrix<T, reactances> m{};
        for (int i = 0; i < equations_.reactances; ++i)
            for (int k = 0; k < equations_.reactances; ++k)
                if (port[i].weight != 0.0 && port[k].weight != 0.0) m(i, k) = sign_[k] * across(seen_[k], i, omitted);
        return m;
    }

    /// A row of H E^T times a solution: a capacitor's voltage or an inductor's current, scaled.
    [[nodiscard]] constexpr T across(const column& x, int k, int omitted = -1) const noexcept
    {
        const reactive_port& port = equations_.reactance[k];
        T seen = 0.0;
        if (port.plus >= 0 && port.plus != omitted) seen += x[port.plus];
        if (port.minus >= 0 && port.minus != omitted) seen -= x[port.minus];
        return scale_[k] * seen;
    }

    /// A column of S^-1 E H: the unknowns per unit of a scaled reactance.
    [[nodiscard]] constexpr const column& seen(int k) const noexcept { return seen_[k]; }
    /// An entry of H, 0 for a part that is absent.
    [[nodiscard]] constexpr T scale(int k) const noexcept { return scale_[k]; }
    /// An entry of J: -1 for an inductor.
    [[nodiscard]] constexpr double sign(int k) const noexcept { return sign_[k]; }

private:
    equation_view equations_;
    math::vector<T, reactances> scale_{};
    math::vector<double, reactances> sign_{};
    math::vector<column, reactances> seen_{};
};

/// The natural frequency that corresponds to an eigenvalue of M; given with its distance from 1, also that of a slow one, near 1.
[[nodiscard]] constexpr math::complex natural_frequency(math::complex mu, math::complex mu_less_one, double pivot) noexcept
{
    return pivot * (mu_less_one / mu);
}
[[nodiscard]] constexpr math::complex natural_frequency(math::complex mu, double pivot) noexcept
{
    return pivot * (math::complex{1.0} - math::complex{1.0} / mu);
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
