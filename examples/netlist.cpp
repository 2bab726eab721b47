// SPDX-License-Identifier: BSL-1.0
#include <phono/phono.hpp>
#include <phono/spice.hpp>

#include <cstdio>

// A schematic as a netlist. This program's output runs as it is: netlist > preamp.cir, ngspice -b preamp.cir
using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{
    magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
    loading{.resistance = 47_kOhm, .capacitance = 150_pF, .cable = 100_pF},
    riaa,
};

int main() { std::fputs(spice(magnetic, "a magnetic cartridge and RIAA").c_str(), stdout); }
