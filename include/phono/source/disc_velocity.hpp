// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>

namespace phono::inline v0_2 {

/// A cartridge whose input is the groove: the sample is the recorded velocity in metres per second, which the cartridge's own
/// transduction (its `output`; an integrator for a ceramic one) converts to its EMF.
///
/// chain{disc_velocity{magnetic_cartridge{.output = 5_mV, ...}}, ...}: 0.05 m/s RMS at 1 kHz is 5 mV RMS of EMF.
/// Range: the cartridge's, and its output above zero. A cartridge of your own may have `check_output(circuit)` for such a rule.
template <class Cartridge>
struct disc_velocity {
    static_assert(
        requires(const Cartridge& c) { c.transduction(); }, "phono: disc_velocity takes a cartridge, which converts velocity to EMF");
    static constexpr signal_role role = signal_role::source;
    static constexpr bool follows_displacement = phono::follows_displacement<Cartridge>;
    static constexpr bool needs_load = phono::needs_load<Cartridge>;

    Cartridge cartridge{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node out = cartridge.elaborate(circuit, in);
        if constexpr (requires { cartridge.check_output(circuit); }) cartridge.check_output(circuit);
        circuit.scale_source(cartridge.transduction());
        return out;
    }
};

template <class Cartridge>
disc_velocity(Cartridge) -> disc_velocity<Cartridge>;

}   // namespace phono::inline v0_2
