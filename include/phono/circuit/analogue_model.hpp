// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/circuit/natural_frequencies.hpp>
#include <phono/circuit/signal_flow.hpp>

#include <limits>

namespace phono::inline v0_2 {

/// The largest number of poles, and of zeros, that a schematic may have.
inline constexpr int max_order = 24;

namespace detail {

/// The largest number of poles, and of zeros, of the curves that a schematic undoes, and the largest number of such curves.
inline constexpr int max_undone_order = 8;
inline constexpr int max_undone = 2;

}   // namespace detail

/// A schematic's transfer function: that of its circuit and ideal blocks, divided by the curves that it undoes.
///
/// The two are kept apart because an inverse is realised as the reciprocal of the digital filter of the curve that it undoes.
template <int factors>
struct analogue_model {
    math::rational forward;
    math::vector<math::rational, factors> undone{};
    int undone_count = 0;
    fault problem{};

    /// The complete transfer function as one rational function.
    [[nodiscard]] constexpr math::rational total() const noexcept
    {
        math::rational h = forward;
        for (int i = 0; i < undone_count; ++i) h *= undone[i].reciprocal();
        return h;
    }
};

namespace detail {

[[nodiscard]] constexpr fault order_fault(const math::rational& forward) noexcept
{
    static_assert(max_order == 24, "the fault texts state this limit");
    const int poles = forward.poles.degree(), zeros = forward.zeros.degree();
    if (poles > max_order) return {"number of poles", static_cast<double>(poles), "must be at most 24", -1};
    if (zeros > max_order) return {"number of zeros", static_cast<double>(zeros), "must be at most 24", -1};
    return {};
}

[[nodiscard]] constexpr fault stability_fault(const math::rational& forward) noexcept
{
    if (const fault order = order_fault(forward)) return order;
    for (const math::complex p : forward.poles)
        if (!(p.re < 0.0)) return {"circuit.pole", p.re, "must lie in the left half-plane, or the circuit is not stable", -1, "rad/s"};
    return {};
}

template <int n>
[[nodiscard]] constexpr fault inverse_fault(const math::vector<math::rational, n>& undone, int count) noexcept
{
    int poles = 0, zeros = 0;
    for (int i = 0; i < count; ++i) {
        poles += undone[i].poles.degree();
        zeros += undone[i].zeros.degree();
        for (const math::complex z : undone[i].zeros)
            if (!(z.re < 0.0))
                return {"inverse.zero", z.re, "must lie in the left half-plane, or the curve has no stable inverse", -1, "rad/s"};
        for (const math::complex p : undone[i].poles)
            if (!(p.re < 0.0))
                return {"inverse.pole", p.re, "must lie in the left half-plane, or the curve is not stable itself", -1, "rad/s"};
    }
    static_assert(max_undone == 2 && max_undone_order == 8, "the fault texts state these limits");
    if (count > max_undone) return {"number of inverse curves", static_cast<double>(count), "must be at most 2", -1};
    if (poles > max_undone_order) return {"poles of the inverse curves", static_cast<double>(poles), "must be at most 8", -1};
    if (zeros > max_undone_order) return {"zeros of the inverse curves", static_cast<double>(zeros), "must be at most 8", -1};
    return {};
}

/// Adds an ideal block to a model. Roots for which there is no room are counted, so that stability_fault reports them.
template <int n>
constexpr void add_factor(analogue_model<n>& model, const ideal_factor& f) noexcept
{
    if (f.inverted) model.undone[model.undone_count++] = f.transfer;
    else model.forward *= f.transfer;
}

}   // namespace detail

/// Poles, zeros and faults of a circuit. The gain is NaN where a part is out of range or the circuit has no solution; where the fault
/// shows in the poles and zeros themselves, such as a missing DC path or instability, they are still given.
template <netlist_size size>
[[nodiscard]] constexpr analogue_model<size.factors> analyse(const circuit<size>& held) noexcept
{
    analogue_model<size.factors> model;
    model.problem = held.problem();
    if (model.problem) {
        model.forward.gain = std::numeric_limits<double>::quiet_NaN();
        return model;
    }
    const flat_netlist<size>& flat = held.netlist();
    detail::find_transfer(flat, held.equations(), model.forward, model.problem);
    for (int i = 0; i < flat.factors; ++i) detail::add_factor(model, flat.factor[i]);
    detail::cancel_common_roots(model.forward);
    // Whatever else is wrong with a circuit of more poles than are computed follows from that.
    if (const fault order = detail::order_fault(model.forward)) model.problem = order;
    if (!model.problem) model.problem = detail::stability_fault(model.forward);
    if (!model.problem) model.problem = detail::inverse_fault<size.factors>(model.undone, model.undone_count);
    return model;
}

namespace detail {

[[nodiscard]] constexpr math::complex times_factor(math::complex h, const ideal_factor& f, math::complex s) noexcept
{
    const math::complex transfer = f.transfer(s);
    return f.inverted ? h / transfer : h * transfer;
}

}   // namespace detail

/// The response of a circuit at the complex frequency s, by solving its nodal equations once.
template <netlist_size size>
[[nodiscard]] constexpr math::complex direct_response(const circuit<size>& held, math::complex s) noexcept
{
    math::complex h = output_voltage(held.equations(), s);
    for (int i = 0; i < held.netlist().factors; ++i) h = detail::times_factor(h, held.netlist().factor[i], s);
    return h;
}

/// The same at a node, including the ideal blocks whose output reaches it.
template <netlist_size size>
[[nodiscard]] constexpr math::complex direct_response(const circuit<size>& held, node which, math::complex s) noexcept
{
    math::complex h = detail::solution(held.equations(), which.index - 1, s);
    for (int i = 0; i < held.netlist().factors; ++i) {
        const ideal_factor& f = held.netlist().factor[i];
        detail::signal_flow<size> flow{held.netlist()};
        flow.begin_at(f.out);
        flow.spread();
        if (f.out == ground || flow.reaches(which)) h = detail::times_factor(h, f, s);
    }
    return h;
}

}   // namespace phono::inline v0_2
