// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>

namespace phono::inline v0_2 {

/// A ceramic cartridge used deliberately as a velocity source: into a load far below its element's reactance its current follows velocity,
/// as a magnetic cartridge's EMF does, and needs RIAA equalisation. Such a load is a current input, or a loading of some 10 kOhm. The circuit is the cartridge's own; the name
/// declares the intention.
template <class Cartridge>
struct as_velocity_source {
    static_assert(phono::follows_displacement<Cartridge>,
                  "phono: as_velocity_source takes a ceramic_cartridge; a magnetic one is a velocity source");
    static constexpr signal_role role = signal_role::source;

    Cartridge cartridge{};

    constexpr node elaborate(auto& circuit, node in) const noexcept { return cartridge.elaborate(circuit, in); }

    /// Reports an output that gives groove velocity no EMF: the cartridge's own rule, where it has one.
    constexpr void check_output(auto& circuit) const noexcept
    {
        if constexpr (requires { cartridge.check_output(circuit); }) cartridge.check_output(circuit);
    }
    /// EMF over groove velocity: the cartridge's own.
    [[nodiscard]] constexpr math::rational transduction() const noexcept { return cartridge.transduction(); }
};

template <class Cartridge>
as_velocity_source(Cartridge) -> as_velocity_source<Cartridge>;

}   // namespace phono::inline v0_2
