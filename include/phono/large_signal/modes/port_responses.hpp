// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/port_incidence.hpp>
#include <phono/large_signal/modes/port_modes.hpp>

#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Relative changes of a circuit's reactances, from -1 to 1: in ascending order, or quasi-random.
template <int r>
[[nodiscard]] constexpr math::vector<double, r> spread_pattern(int number) noexcept
{
    math::vector<double, r> pattern{};
    for (int k = 0; k < r; ++k) {
        const double even = (k + 1.0) / r, other = (0.618034 + 0.381966 * number) * (k + 1) * (k + 1);
        pattern[k] = 2.0 * (number == 0 ? even : number == 1 ? even * even * even : other - static_cast<int>(other)) - 1.0;
    }
    return pattern;
}

/// The responses of a circuit's ports and output at some frequencies, from its nodal equations: the reference for the modes found.
/// (eq. 1 and 2 against eq. 9 of large_signal/README.md)
template <netlist_size size>
class port_responses {
    using modes_type = port_modes<size>;
    static constexpr int n = size.unknowns(), r = size.reactances, inputs = modes_type::inputs, outputs = modes_type::outputs;
    static constexpr double hertz[] = {1.0, 10.0, 30.0, 100.0, 300.0, 1e3, 3e3, 1e4, 4e4};
    static constexpr int frequencies = sizeof hertz / sizeof hertz[0];

public:
    constexpr port_responses(const flat_netlist<size>& circuit, const nodal_equations<size>& equations) noexcept
        : equations_(equations), places_(circuit, equations)
    {
        for (int f = 0; f < frequencies; ++f) {
            const math::lu<math::complex, n> factors{equations.at(s(f)), equations.used};
            for (int j = 0; j < inputs; ++j) {
                const auto x = factors.solve(as_complex(places_.drive(j)));
                for (int o = 0; o < outputs; ++o) {
                    exact_[f][o][j] = places_.read(x, o);
                    const double size_of = math::abs(exact_[f][o][j]);
                    if (!(size_of <= scale_[o][j])) scale_[o][j] = size_of;
                }
            }
        }
        // A response below a ten thousandth of what the same input causes elsewhere need not be distinguished from zero.
        for (int j = 0; j < inputs; ++j) {
            double largest = 0.0;
            for (int o = 0; o < outputs; ++o) largest = scale_[o][j] > largest ? scale_[o][j] : largest;
            for (int o = 0; o < outputs; ++o) scale_[o][j] = scale_[o][j] > 1e-4 * largest ? scale_[o][j] : 1e-4 * largest;
        }
    }

    /// The error of modes: that of their sum, plus what rounding in a running filter adds where modes nearly cancel. It is relative to the
    /// largest response over frequency of the same input and output; from the EMF to the output, which is heard, it is relative to the
    /// response itself where that is more than `depth` of its largest. Infinite if it is above 1 or not a number.
    [[nodiscard]] constexpr double error_of(const modes_type& found, double depth = 1.0) const noexcept
    {
        if (found.problem) return std::numeric_limits<double>::infinity();
        constexpr double rounding = 1e-14;
        double worst = 0.0;
        for (int f = 0; f < frequencies; ++f)
            for (int o = 0; o < outputs; ++o)
                for (int j = 0; j < inputs; ++j) {
                    if (scale_[o][j] == 0.0) continue;
                    double parts = 0.0;
                    const math::complex sum = found.sum(o, j, [&](math::complex gain, math::complex natural) {
                        const math::complex part = gain / (s(f) - natural);
                        parts += math::abs(part);
                        return part;
                    });
                    double scale = scale_[o][j];
                    if (const double own = math::abs(exact_[f][o][j]); j == 0 && o == outputs - 1 && own < scale)
                        scale = own > depth * scale ? own : depth * scale;
                    const double off = (math::abs(sum - exact_[f][o][j]) + rounding * parts) / scale;
                    if (!(off <= worst)) worst = off;   // a NaN stays
                    if (!(worst <= 1.0)) return std::numeric_limits<double>::infinity();
                }
        return worst;
    }

    /// The squared sensitivity F of these responses to relative changes of the reactances, as the matrix (F + ridge) / ridge: its inverse
    /// leaves of a pattern of changes what hardly alters the responses to first order. Of equal sections in a row, one grows by what the
    /// others shrink.
    [[nodiscard]] constexpr math::matrix<double, r> felt() const noexcept
    {
        constexpr double ridge = 1e-8;
        math::matrix<double, r> felt{};
        for (int f = 0; f < frequencies; ++f) {
            const math::lu<math::complex, n> factors{equations_.at(s(f)), equations_.used};
            math::vector<math::vector<math::complex, inputs>, r> driven{};
            math::vector<math::vector<math::complex, outputs>, r> seen{};
            for (int j = 0; j < inputs; ++j) {
                const auto x = factors.solve(as_complex(places_.drive(j)));
                for (int k = 0; k < r; ++k) driven[k][j] = places_.across(x, k);
            }
            for (int k = 0; k < r; ++k) {
                const auto& port = equations_.reactance[k];
                math::vector<math::complex, n> e{};
                if (port.plus >= 0) e[port.plus] += port.weight * s(f);
                if (port.minus >= 0) e[port.minus] -= port.weight * s(f);
                const auto x = factors.solve(e);
                for (int o = 0; o < outputs; ++o) seen[k][o] = places_.read(x, o);
            }
            for (int o = 0; o < outputs; ++o)
                for (int j = 0; j < inputs; ++j) {
                    if (scale_[o][j] == 0.0) continue;
                    for (int k = 0; k < r; ++k)
                        for (int i = 0; i < r; ++i) {
                            const math::complex product = seen[k][o] * driven[k][j] * math::conj(seen[i][o] * driven[i][j]);
                            felt(k, i) += product.re / (ridge * scale_[o][j] * scale_[o][j]);
                        }
                }
        }
        for (int k = 0; k < r; ++k) felt(k, k) += 1.0;
        return felt;
    }

private:
    [[nodiscard]] static constexpr math::complex s(int f) noexcept { return {0.0, 2.0 * math::pi * hertz[f]}; }
    [[nodiscard]] static constexpr math::vector<math::complex, n> as_complex(const math::vector<double, n>& x) noexcept
    {
        math::vector<math::complex, n> z{};
        for (int i = 0; i < n; ++i) z[i] = {x[i]};
        return z;
    }

    const nodal_equations<size>& equations_;
    port_incidence<size> places_;
    math::complex exact_[frequencies][outputs][inputs]{};
    double scale_[outputs][inputs]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
