// SPDX-License-Identifier: BSL-1.0
#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <cstdio>

// A stage that the library does not have: a Sallen-Key rumble filter.
using namespace phono;
using namespace phono::literals;

/// A second-order high-pass around a buffer.
///
///               +------ r1 ------+
///               |                |
///     in --c1---+---c2---+---|>--+-- out
///                        |
///                        r2
///                        |
///                      ground
///
/// Corner: 1/(2 pi sqrt(r1 r2 c1 c2)). Butterworth where c1 = c2 and r2 = 2 r1.
/// Range: all four above zero.
struct rumble_filter {
    static constexpr signal_role role = signal_role::stage;

    capacitance c1{100e-9}, c2{100e-9};
    resistance r1{56e3}, r2{112e3};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node middle = circuit.node(), plus = circuit.node(), out = circuit.node();
        circuit.capacitor(in, middle, c1, "rumble_filter.c1");
        circuit.capacitor(middle, plus, c2, "rumble_filter.c2");
        circuit.resistor(middle, out, r1, "rumble_filter.r1");
        circuit.resistor(plus, ground, r2, "rumble_filter.r2");
        circuit.amplifier(out, ground, plus, ground, 1.0, "rumble_filter.buffer");
        return out;
    }
};

constexpr auto with_filter = chain{voltage_source{}, normalised(riaa), rumble_filter{}};

int main()
{
    const preamp<with_filter> running{48_kHz};
    for (const frequency f : {5_Hz, 10_Hz, 20_Hz, 40_Hz, 80_Hz})
        std::printf("%2g Hz: circuit %8.3f dB, running %8.3f dB\n", f.si, decibels(response(with_filter, f)),
                    decibels(running.response(f)));

    const chain wrong{voltage_source{}, rumble_filter{.r1 = -56_kOhm}};
    if (const fault found = check(wrong)) std::printf("%s\n", to_string(found).c_str());
}
