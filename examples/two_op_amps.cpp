// SPDX-License-Identifier: BSL-1.0
#include <phono/analysis.hpp>
#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <cmath>
#include <cstdio>

// A moving-magnet preamp around operational amplifiers, of parts that are made: RIAA, against rumble, against what is above the band.
using namespace phono;
using namespace phono::literals;

constexpr op_amp ne5532{.gain = 100_dB, .corner = corner_of(100_dB, 10_MHz), .output_resistance = 50_Ohm};

constexpr riaa_feedback wanted{.gain_at_1_kHz = 40_dB, .ri = 330_Ohm};
constexpr auto bought = nearest(wanted.network(), e_series::e96, e_series::e24);

constexpr resistance series_r = 750_Ohm;   // with the capacitor behind it, it cancels what a gain of 1 at high frequencies adds
constexpr capacitance shunt_c = 1_nF;

constexpr auto two_op_amps = chain{
    magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
    loading{.resistance = 47_kOhm, .capacitance = 150_pF, .cable = 100_pF},
    feedback_stage{ne5532, bought, resistor{wanted.ri}},
    series_arm{resistor{series_r}},
    shunt_arm{capacitor{shunt_c}},
    follower{ne5532},
    rumble_filter{.corner = 20_Hz, .amplifier = ne5532},
    nearest(sallen_key_low_pass_for(50_kHz, 0.707, 4.7_kOhm, ne5532), e_series::e96, e_series::e24),
};

int main()
{
    std::printf("r1 %s, c1 %s, r2 %s, c2 %s; low-pass of %.3f us, wanted %.3f us\n", to_string(bought.r1).c_str(),
                to_string(bought.c1).c_str(), to_string(bought.r2).c_str(), to_string(bought.c2).c_str(), 1e6 * (series_r * shunt_c).si,
                1e6 * wanted.floor().si);
    // The record has the cartridge and its load in it; the filters are there to differ from RIAA outside of the band.
    const auto preamp_alone = without_cartridge(two_op_amps);
    const gain worst = conformance(preamp_alone, riaa, 40_Hz, 20_kHz).worst();
    std::printf("%.2f dB at 1 kHz; 40 Hz to 20 kHz within %.2f dB of RIAA\n", decibels(response(preamp_alone, 1_kHz)),
                std::fabs(worst.decibels));
    const auto above_riaa = [&](frequency f) {
        return decibels(response(preamp_alone, f) / response(preamp_alone, 1_kHz)) -
               decibels(response(chain{voltage_source{}, normalised(riaa)}, f));
    };
    std::printf("re RIAA: %.1f dB at 8 Hz, %.1f dB at 200 kHz\n", above_riaa(8_Hz), above_riaa(200_kHz));
    const preamp<two_op_amps> running{48_kHz};
    std::printf("running at 48 kHz: within %.0e dB of the circuit to 20 kHz\n", running.accuracy());
}
