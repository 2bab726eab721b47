// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/analogue_model.hpp>
#include <phono/circuit/signal_flow.hpp>

namespace phono::inline v0_2::detail {

/// The ideal curves of a circuit with triodes, which are run as filters: those ahead of the triodes and those behind them.
template <int factors>
struct ideal_curves {
    analogue_model<factors> ahead, behind;
    fault problem{};
};

/// Sorts the curves by whether the signal reaches them from a triode and reaches a triode from them. Reports a curve that stands between
/// triodes, or that cannot be made into a filter. All of the signal goes through each curve, or the netlist has a fault (ideal_path_fault).
///
/// An electrode at ground, at a supply or at the source, such as the second grid of a pair, moves nothing there.
template <netlist_size size>
[[nodiscard]] constexpr ideal_curves<size.factors> find_ideal_curves(const flat_netlist<size>& circuit) noexcept
{
    ideal_curves<size.factors> curves;
    signal_flow<size> from_triodes{circuit};
    for (const triode_port& t : circuit.triodes)
        for (const node electrode : {t.grid, t.plate, t.cathode}) from_triodes.disturb_at(electrode);
    from_triodes.spread();
    for (int i = 0; i < circuit.factors; ++i) {
        const ideal_factor& f = circuit.factor[i];
        signal_flow<size> from_curve{circuit};
        from_curve.begin_at(f.out);
        from_curve.spread();
        bool reaches_triode = false;
        for (const triode_port& t : circuit.triodes)
            for (const node electrode : {t.grid, t.plate, t.cathode}) reaches_triode = reaches_triode || from_curve.reaches(electrode);
        const bool is_behind = from_triodes.reaches(f.in);
        if (is_behind && reaches_triode) {
            curves.problem = {"curve", {}, "may not stand between triodes; write its network", f.block};
            return curves;
        }
        add_factor(is_behind ? curves.behind : curves.ahead, f);
    }
    for (const analogue_model<size.factors>* side : {&curves.ahead, &curves.behind}) {
        if (!curves.problem) curves.problem = stability_fault(side->forward);
        if (!curves.problem) curves.problem = inverse_fault<size.factors>(side->undone, side->undone_count);
    }
    return curves;
}

}   // namespace phono::inline v0_2::detail
