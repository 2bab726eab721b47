// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/network/impedance.hpp>

namespace phono::inline v0_2 {

/// The load of a cartridge: the preamp's input resistance and capacitance and the cable's capacitance.
///
/// Circuit: resistance, capacitance and cable in parallel to ground.
/// Range: resistance above zero; the capacitances 0 (absent) or above.
/// The values are in the order in which inputs are specified, 47 kOhm and 150 pF; those of a cable, whose capacitance matters and whose
/// resistance hardly does, are in the other. Named, as in loading{.resistance = 47_kOhm, .cable = 150_pF}, none can be taken for another.
struct loading {
    static constexpr signal_role role = signal_role::load;

    phono::resistance resistance{47e3};
    phono::capacitance capacitance{0.0};
    phono::capacitance cable{0.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        circuit.resistor(in, ground, resistance, "loading.resistance");
        circuit.optional_capacitor(in, ground, capacitance, "loading.capacitance");
        circuit.optional_capacitor(in, ground, cable, "loading.cable");
        return in;
    }
};

/// Any network as the load of a cartridge: network_loading{parallel(resistor{47_kOhm}, series(resistor{3.3_kOhm}, capacitor{1_nF}))}.
template <class Network>
struct network_loading {
    static_assert(impedance<Network>, "phono: loading takes a part or a network; write resistor{47_kOhm}, not 47_kOhm");
    static constexpr signal_role role = signal_role::load;

    Network network{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        network.elaborate(circuit, in, ground);
        return in;
    }
};

template <class Network>
network_loading(Network) -> network_loading<Network>;

}   // namespace phono::inline v0_2
