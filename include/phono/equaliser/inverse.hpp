// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/equaliser/curve.hpp>

namespace phono {

/// The inverse of a replay curve: what cuts the record, or undoes a curve that was applied already.
///
/// Digitally it is the exact reciprocal of the curve's own digital filter, so that cutting and playing null. The high-passes are
/// left out: they were never in the recording.
/// Errors: a curve with a zero in the right half-plane (a negative lead) has no stable inverse, and check() says so.
struct inverse_curve {
    static constexpr signal_role role = signal_role::equaliser;

    curve of{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        of.check_constants(circuit);
        return circuit.ideal(in, recorded(of).transfer(), true);
    }
};

[[nodiscard]] constexpr inverse_curve inverse(const curve& c) noexcept { return {c}; }
[[nodiscard]] constexpr curve inverse(const inverse_curve& c) noexcept { return recorded(c.of); }

}   // namespace phono
