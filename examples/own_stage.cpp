// SPDX-License-Identifier: BSL-1.0
#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <cstdio>

// A stage that the library does not have: a notch against hum.
using namespace phono;
using namespace phono::literals;

/// A twin T before a buffer.
///
///              +---r1---+---r2---+
///              |        |        |
///              |       c3        |
///              |     ground      |
///     in ------+                 +---|>--- out
///              |                 |
///              +---c1---+---c2---+
///                       |
///                      r3
///                     ground
///
/// Notch: 1/(2 pi r c), where r1 = r2 = 2 r3 = r and c1 = c2 = c3/2 = c.
/// Range: r and c above zero.
struct hum_notch {
    static constexpr signal_role role = signal_role::stage;

    resistance r{31.6e3};
    capacitance c{100e-9};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node low = circuit.node(), high = circuit.node(), meet = circuit.node(), out = circuit.node();
        circuit.resistor(in, low, r, "hum_notch.r");
        circuit.resistor(low, meet, r, "hum_notch.r");
        circuit.capacitor(low, ground, 2.0 * c, "hum_notch.c");
        circuit.capacitor(in, high, c, "hum_notch.c");
        circuit.capacitor(high, meet, c, "hum_notch.c");
        circuit.resistor(high, ground, 0.5 * r, "hum_notch.r");
        circuit.amplifier(out, ground, meet, ground, 1.0, "hum_notch.buffer");
        return out;
    }
};

constexpr auto with_notch = chain{voltage_source{}, normalised(riaa), hum_notch{}};

int main()
{
    const preamp<with_notch> running{48_kHz};
    for (const frequency f : {10_Hz, 25_Hz, 50_Hz, 100_Hz, 1000_Hz})
        std::printf("%4g Hz: circuit %8.3f dB, running %8.3f dB\n", f.si, decibels(response(with_notch, f)), decibels(running.response(f)));

    const chain wrong{voltage_source{}, hum_notch{.r = -31.6_kOhm}};
    if (const fault found = check(wrong)) std::printf("%s\n", to_string(found).c_str());
}
