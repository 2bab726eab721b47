// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/all_pass.hpp>
#include <phono/filter/digital_filter.hpp>
#include <phono/filter/phase_fit.hpp>

namespace phono::inline v0_2 {

/// Adds an all-pass of order 1 to `highest_order` (at most 4) to a filter, so that its phase follows the analogue response's to
/// the top of the band (min(20 kHz, 0.4535 of the rate)) apart from a constant delay. The magnitude is unchanged. The result's `delay` and
/// `phase_residue` are set.
/// Accuracy: RIAA at 44.1 kHz 0.06 degrees with order 3, where the filter alone is 3.4 degrees off.
/// Not for constant expressions.
[[nodiscard]] inline digital_filter phase_corrected(digital_filter filter, const math::rational& analogue, int highest_order = 4) noexcept
{
    if (filter.problem) return filter;
    const detail::phase_fit fit{analogue, filter};
    detail::all_pass best;
    constexpr double worthwhile = 0.98;   // of the error that is left: a further order costs a sample of delay and a mode
    for (int order = 1; order <= highest_order && order <= detail::all_pass::highest_order; ++order) {
        const auto tried = fit.best(order);
        if (tried.residue < worthwhile * best.residue) best = tried;
    }
    if (best.order == 0) return filter;
    filter.all_pass = best.poles();
    filter.delay = best.delay;
    filter.phase_residue = best.residue;
    return filter;
}

}   // namespace phono::inline v0_2
