// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/signal_flow.hpp>

namespace phono::inline v0_2::detail {

/// The fault of an ideal block that not all of the signal goes through, or that stands within a loop.
///
/// Its transfer function counts for the whole circuit. That is right where the output is reached from the source only through the block,
/// and nothing behind the block reaches what is before it. How much signal arrives is not asked: a way around that happens to cancel, as in
/// a balanced bridge, is a fault too.
template <netlist_size size>
[[nodiscard]] constexpr fault ideal_path_fault(const flat_netlist<size>& circuit) noexcept
{
    for (int i = 0; i < circuit.factors; ++i) {
        const ideal_factor& f = circuit.factor[i];
        if (f.out == ground) continue;   // it scales the source
        signal_flow<size> around{circuit};
        around.stop_at(f.out);
        around.begin_at_sources();
        around.spread();
        if (around.reaches(circuit.output))
            return {"curve", {}, "has a way around it, but all of the signal must go through it: write its network", f.block};
        signal_flow<size> behind{circuit};
        behind.begin_at(f.out);
        behind.spread();
        if (behind.reaches(f.in))
            return {"curve", {}, "may not stand within a loop, which cannot close through it: write its network", f.block};
    }
    return {};
}

}   // namespace phono::inline v0_2::detail
