// SPDX-License-Identifier: BSL-1.0
// expect: phono: a block.s constructor and its elaborate are constexpr, since the compiler counts its parts

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

struct volume {
    static constexpr signal_role role = signal_role::stage;

#ifdef PHONO_FIXED
    constexpr node elaborate(auto& circuit, node in) const noexcept
#else
    node elaborate(auto& circuit, node in) const noexcept
#endif
    {
        circuit.resistor(in, ground, 10_kOhm, "volume");
        return in;
    }
};

constexpr auto schematic = chain{voltage_source{}, volume{}};
