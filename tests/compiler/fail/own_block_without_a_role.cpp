// SPDX-License-Identifier: BSL-1.0
// expect: phono: a chain takes blocks .a cartridge, loading, a stage, a curve.; a part or value belongs inside one, as in buffer.20_dB. .a block of your own has a static constexpr role

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
struct volume {
    static constexpr signal_role role = signal_role::stage;

#else
struct volume {
#endif
    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        circuit.resistor(in, ground, 10_kOhm, "volume");
        return in;
    }
};

constexpr auto schematic = chain{voltage_source{}, volume{}};
