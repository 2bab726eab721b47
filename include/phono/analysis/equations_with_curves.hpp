// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/response.hpp>
#include <phono/circuit/nodal_equations.hpp>

#include <limits>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// An ideal curve as what it is in the equations: the gain of its buffer.
struct curve_row {
    int branch = -1;   ///< its row
    int in = -1;       ///< the column of its input; -1 is ground
    const ideal_factor* curve = nullptr;

    [[nodiscard]] constexpr math::complex gain(math::complex s) const noexcept { return times_factor({1.0}, *curve, s); }
};

/// The row of the branch of a part in the nodal equations of a circuit with so many nodes.
[[nodiscard]] constexpr int branch_row(const part* parts, int place, int nodes) noexcept
{
    int row = nodes;
    for (int i = 0; i < place; ++i) row += parts[i].is_branch() ? 1 : 0;
    return row;
}

/// The small-signal equations of a circuit in which each curve stands at its own place, so that what comes from behind a curve does not go
/// through it. The response at the output, for which all signal goes through all curves, needs no such care.
struct equations_with_curves {
    equation_view equations;
    const curve_row* curves;
    int curve_count;

    /// Their matrix at s or, if asked for, its transpose.
    template <int room>
    [[nodiscard]] constexpr math::matrix<math::complex, room> at(math::complex s, bool transposed) const noexcept
    {
        auto a = equations_at<math::complex, room>(equations, s);
        for (int i = 0; i < curve_count; ++i)
            if (const curve_row& c = curves[i]; c.in >= 0) a(c.branch, c.in) += math::complex{1.0} - c.gain(s);
        if (transposed)
            for (int i = 0; i < equations.unknowns; ++i)
                for (int j = 0; j < i; ++j) {
                    const math::complex lower = a(i, j);
                    a(i, j) = a(j, i), a(j, i) = lower;
                }
        return a;
    }

    /// All unknowns at s for the EMF of one volt. False where the circuit has no solution.
    template <int room>
    constexpr bool solve(math::complex s, math::vector<math::complex, room>& x) const noexcept
    {
        const math::lu<math::complex, room> factors{at<room>(s, false), equations.unknowns};
        if (factors.regular()) x = factors.solve(drive_of<math::complex, room>(equations));
        return factors.regular();
    }
    /// What the output's voltage gains by one volt, or ampere, on the right of each equation: the solution y of transpose(A) y = e(output).
    ///
    /// Source: R. Rohrer, L. Nagel, R. Meyer, L. Weber, Computationally efficient electronic-circuit noise calculations, IEEE J. Solid-State
    /// Circuits 6 (1971). One solution serves all sources of noise. False where the circuit has no solution.
    template <int room>
    constexpr bool solve_adjoint(math::complex s, math::vector<math::complex, room>& y) const noexcept
    {
        const math::lu<math::complex, room> factors{at<room>(s, true), equations.unknowns};
        math::vector<math::complex, room> output{};
        if (equations.output >= 0) output[equations.output] = {1.0};
        if (factors.regular()) y = factors.solve(output);
        return factors.regular();
    }
};

/// The curves of a circuit and what its equations need to know of them. Not to outlive the circuit.
template <netlist_size size>
class circuit_with_curves {
public:
    constexpr explicit circuit_with_curves(const circuit<size>& held) noexcept : held_(held)
    {
        const flat_netlist<size>& flat = held.netlist();
        for (int i = 0; i < flat.factors; ++i) {
            if (flat.factor[i].out == ground) continue;   // it scales the source
            for (int k = 0; k < flat.part_count; ++k)
                if (flat.parts[k].kind == part_kind::amplifier && flat.parts[k].a == flat.factor[i].out)
                    rows_[count_++] = {branch_row(flat.parts.entry, k, flat.nodes), flat.parts[k].plus.index - 1, &flat.factor[i]};
        }
    }

    [[nodiscard]] constexpr equations_with_curves view() const noexcept { return {held_.equations().view(), rows_.entry, count_}; }

    static constexpr int room = room_for(size.unknowns());

private:
    const circuit<size>& held_;
    math::vector<curve_row, size.factors> rows_{};
    int count_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
