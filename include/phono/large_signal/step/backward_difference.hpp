// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>

namespace phono::inline v0_2::detail {

/// One step of x' = s x + w by backward differences: x[n+1] = last x[n] + before_last x[n-1] + own w[n+1]. The drive counts at the end of
/// the step only, so that a circuit of passive parts takes up no more energy than its sources give, however long the step.
///
/// Source: C. Curtiss, J. Hirschfelder, Integration of stiff equations, Proc. Natl. Acad. Sci. 38, 1952; that both keep the bounds of the
/// circuit: G. Dahlquist, G-stability is equivalent to A-stability, BIT 18, 1978.
/// (eq. 28 and 29 of large_signal/README.md)
struct backward_difference {
    math::complex last{}, before_last{}, own{};

    /// Backward Euler, of order 1: needs one state.
    [[nodiscard]] static constexpr backward_difference of_order_1(math::complex s, double period) noexcept
    {
        const math::complex damping = math::complex{1.0} / (math::complex{1.0} - period * s);
        return {damping, {}, period * damping};
    }
    /// Of order 2: needs two.
    [[nodiscard]] static constexpr backward_difference of_order_2(math::complex s, double period) noexcept
    {
        const double share = 2.0 / 3.0;
        const math::complex damping = math::complex{1.0} / (math::complex{1.0} - (share * period) * s);
        return {(4.0 / 3.0) * damping, (-1.0 / 3.0) * damping, (share * period) * damping};
    }
};

}   // namespace phono::inline v0_2::detail
