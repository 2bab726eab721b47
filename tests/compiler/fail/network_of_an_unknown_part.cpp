// SPDX-License-Identifier: BSL-1.0
// expect: no member named 'condenser'
// means: A network places resistors, capacitors and inductors: include/phono/circuit/flat_netlist.hpp.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

struct snubber {
    constexpr void elaborate(auto& circuit, node a, node b) const noexcept
    {
        const node between = circuit.node();
        circuit.resistor(a, between, 100_Ohm);
#ifdef PHONO_FIXED
        circuit.capacitor(between, b, 10_nF);
#else
        circuit.condenser(between, b, 10_nF);
#endif
    }
};

constexpr shunt_arm<snubber> arm{};
