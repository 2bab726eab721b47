// SPDX-License-Identifier: BSL-1.0
#include <phono/analysis.hpp>
#include <phono/phono.hpp>

#include <cmath>
#include <cstdio>

// One moving-coil cartridge on two inputs: a step-up transformer before a voltage input, and a trans-impedance stage.
using namespace phono;
using namespace phono::literals;

constexpr moving_coil_cartridge coil{.output = 0.4_mV, .resistance = 12_Ohm, .inductance = 25_uH};
constexpr op_amp low_noise{.gain = 120_dB, .corner = corner_of(120_dB, 50_MHz)};

constexpr auto by_voltage(capacitance lead)
{
    return chain{
        coil,
        cable{.capacitance = lead},
        step_up_transformer{.ratio = 10.0,
                            .primary_resistance = 2_Ohm,
                            .secondary_resistance = 400_Ohm,
                            .magnetising = 2_H,
                            .leakage = 5_uH,
                            .secondary_capacitance = 100_pF},
        loading{.resistance = 47_kOhm, .cable = 100_pF},
        feedback_stage{low_noise, riaa_feedback{.gain_at_1_kHz = 40_dB, .ri = 330_Ohm}},
    };
}

/// The coil's own resistance sets the current, and the network's impedance at 1 kHz, here 2 kOhm, makes it a voltage.
constexpr auto by_current(capacitance lead)
{
    return chain{
        coil,
        cable{.capacitance = lead},
        transimpedance_stage{low_noise, feedback_network_for<feedback_form::ladder>(riaa, resistance_at_dc(riaa, 2_kOhm))},
    };
}

void report(const char* name, const auto& schematic, const auto& behind_a_long_cable)
{
    const double at_20_kHz = decibels(response(behind_a_long_cable, 20_kHz) / response(schematic, 20_kHz));
    const gain worst = conformance(schematic, riaa).worst();
    std::printf("%s: %.1f dB at 1 kHz, within %.2f dB of RIAA; 1 nF of cable: %.4f dB at 20 kHz\n", name,
                decibels(response(schematic, 1_kHz)), std::fabs(worst.decibels), std::fabs(at_20_kHz));
}

int main()
{
    report("transformer", by_voltage(0_pF), by_voltage(1_nF));
    report("trans-impedance", by_current(0_pF), by_current(1_nF));
    if (const auto margin = phase_margin(by_current(0_pF)))
        std::printf("the loop of the second: %.0f degrees at %.1f MHz\n", margin->degrees, margin->crossover.si / 1e6);
}
