// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/natural_frequencies.hpp>

#include <limits>

namespace phono {

/// The most poles, and the most zeros, that a schematic may have.
inline constexpr int max_order = 24;
/// The most poles, and zeros, of the curves that it undoes, and the most of such curves.
inline constexpr int max_undone_order = 8;
inline constexpr int max_undone = 2;

/// A schematic's transfer function: that of its circuit with its ideal blocks, over those that it undoes.
///
/// The two are kept apart because an inverse is realised as the reciprocal of the digital filter of what it undoes.
template <int factors>
struct analogue_model {
    math::rational forward;
    math::vector<math::rational, factors> undone{};
    int undone_count = 0;
    fault problem{};

    /// The whole as one rational function.
    constexpr math::rational total() const noexcept
    {
        math::rational h = forward;
        for (int i = 0; i < undone_count; ++i) h *= undone[i].reciprocal();
        return h;
    }
};

namespace detail {

constexpr fault stability_fault(const math::rational& forward) noexcept
{
    for (const math::complex p : forward.poles)
        if (!(p.re < 0.0)) return {"circuit", p.re, "must be stable: it has a pole outside the left half-plane", -1};
    const int poles = forward.poles.degree(), zeros = forward.zeros.degree();
    if (poles > max_order) return {"circuit", static_cast<double>(poles), "may have at most 24 poles", -1};
    if (zeros > max_order) return {"circuit", static_cast<double>(zeros), "may have at most 24 zeros", -1};
    return {};
}

template <int n>
constexpr fault inverse_fault(const math::vector<math::rational, n>& undone, int count) noexcept
{
    int poles = 0, zeros = 0;
    for (int i = 0; i < count; ++i) {
        poles += undone[i].poles.degree();
        zeros += undone[i].zeros.degree();
        for (const math::complex z : undone[i].zeros)
            if (!(z.re < 0.0)) return {"inverse", z.re, "this curve has no stable inverse: it has a zero outside the left half-plane", -1};
        for (const math::complex p : undone[i].poles)
            if (!(p.re < 0.0)) return {"inverse", p.re, "a curve to undo must be stable itself", -1};
    }
    if (count > max_undone) return {"inverse", static_cast<double>(count), "a schematic may undo at most two curves", -1};
    if (poles > max_undone_order || zeros > max_undone_order)
        return {"inverse", static_cast<double>(poles), "the curves to undo may have at most 8 poles and 8 zeros", -1};
    return {};
}

}   // namespace detail

/// Poles, zeros and faults of a netlist. The gain is NaN where a part is out of its range or the circuit has no solution; of a fault that
/// poles and zeros have themselves, such as no DC path or instability, they stand.
template <netlist_size size>
constexpr analogue_model<size.factors> analyse(const netlist<size>& circuit) noexcept
{
    analogue_model<size.factors> model;
    model.problem = circuit.problem;
    if (model.problem) {
        model.forward.gain = std::numeric_limits<double>::quiet_NaN();
        return model;
    }
    model.forward = circuit_transfer(circuit, model.problem);
    for (int i = 0; i < circuit.factors; ++i) {
        const ideal_factor& f = circuit.factor[i];
        if (f.inverted) model.undone[model.undone_count++] = f.transfer;
        else if (model.forward.poles.count + f.transfer.poles.count <= math::roots::capacity) model.forward *= f.transfer;
    }
    detail::cancel_common_roots(model.forward);
    if (!model.problem) model.problem = detail::stability_fault(model.forward);
    if (!model.problem) model.problem = detail::inverse_fault<size.factors>(model.undone, model.undone_count);
    return model;
}

/// The response of a netlist at s, by one solution of its nodal equations.
template <netlist_size size>
constexpr math::complex direct_response(const netlist<size>& circuit, math::complex s) noexcept
{
    math::complex h = output_voltage(nodal_equations<size>{circuit}, s);
    for (int i = 0; i < circuit.factors; ++i) {
        const math::complex f = circuit.factor[i].transfer(s);
        h = circuit.factor[i].inverted ? h / f : h * f;
    }
    return h;
}

}   // namespace phono
