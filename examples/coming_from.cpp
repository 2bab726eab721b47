// SPDX-License-Identifier: BSL-1.0
#include <phono/netlist.hpp>
#include <phono/phono.hpp>

#include <complex>
#include <cstdio>

// RIAA as it is written elsewhere, and here.
using namespace phono;
using namespace phono::literals;

// Of a line of SoX: the curve, at 0 dB at 1 kHz.
constexpr auto from_sox = chain{voltage_source{}, normalised(riaa)};

// Of a tree of wave digital adaptors: the same parts, in series and in parallel.
constexpr auto from_a_tree = chain{
    voltage_source{},
    series_arm{resistor{22_kOhm}},
    shunt_arm{parallel(capacitor{34.09_nF}, series(resistor{3.2_kOhm}, capacitor{99.4_nF}))},
};

// Of a SPICE deck: the deck.
constexpr netlist<R"(RIAA, passive
R1 in out 22k
C1 out 0 34.09n
R2 out a 3.2k
C2 a 0 99.4n
)">
    deck{};
constexpr auto from_a_deck = chain{voltage_source{}, deck};

/// The biquad that the bilinear transform makes of RIAA's three time constants, at 0 dB at 1 kHz.
double bilinear(frequency f, double rate)
{
    const auto analogue_of = [rate](double hertz) {
        const std::complex<double> z = std::polar(1.0, 2.0 * math::pi * hertz / rate), s = 2.0 * rate * (z - 1.0) / (z + 1.0);
        return (1.0 + s * 318e-6) / ((1.0 + s * 3180e-6) * (1.0 + s * 75e-6));
    };
    return decibels(analogue_of(f.si) / analogue_of(1000.0));
}

int main()
{
    const preamp<from_sox> running{48_kHz};
    const preamp<from_a_tree> of_parts{48_kHz};
    const preamp<from_a_deck> of_lines{48_kHz};
    const auto re_1_kHz = [](const auto& playing, frequency f) { return decibels(playing.response(f) / playing.response(1_kHz)); };
    std::printf("at 48 kHz, dB   circuit  bilinear   curve    tree    deck\n");
    for (const frequency f : {20_Hz, 100_Hz, 5_kHz, 10_kHz, 15_kHz, 20_kHz})
        std::printf("%8g Hz   %8.3f  %8.3f %7.3f %7.3f %7.3f\n", f.si, decibels(response(from_sox, f)), bilinear(f, 48e3),
                    re_1_kHz(running, f), re_1_kHz(of_parts, f), re_1_kHz(of_lines, f));
}
