// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/equaliser/curve.hpp>

namespace phono::inline v0_2 {

/// The inverse of a replay curve: the recording curve, or the removal of a curve that has already been applied.
///
/// Digitally it is the exact reciprocal of the curve's own digital filter, so that recording and replay cancel. The high-passes
/// are left out, since they are never applied in recording.
/// Errors: a curve with a zero in the right half-plane (a negative lead) has no stable inverse, and check() says so.
struct inverse_curve {
    static constexpr signal_role role = signal_role::equaliser;
    static constexpr bool undoes_a_curve = true;

    curve of{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        of.check_constants(circuit);
        return circuit.ideal(in, recorded(of).transfer(), true);
    }
};

/// The inverse of a replay curve, as a block.
[[nodiscard]] constexpr inverse_curve inverse(const curve& c) noexcept { return {c}; }
/// The inverse of an inverse: the replay curve, without its high-passes.
[[nodiscard]] constexpr curve inverse(const inverse_curve& c) noexcept { return recorded(c.of); }

}   // namespace phono::inline v0_2
