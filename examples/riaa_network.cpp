// SPDX-License-Identifier: BSL-1.0
#include <phono/analysis.hpp>
#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <cmath>
#include <cstdio>

// RIAA around an operational amplifier: exact parts, preferred values, and the deviation of each.
using namespace phono;
using namespace phono::literals;

constexpr op_amp ideal{.gain = 200_dB, .corner = 10_kHz};
constexpr op_amp real{.gain = 110_dB, .corner = 30_Hz};   // a gain-bandwidth product of 9.5 MHz
constexpr gain at_dc = 60_dB;                             // RIAA then has 40.1 dB at 1 kHz
constexpr resistor ri{330_Ohm};

constexpr auto stage_of(const op_amp& amplifier, auto zf)
{
    // The stage's gain cannot fall below 1; a low-pass after it cancels the zero that this causes.
    const resistor series{1_kOhm};
    const capacitor shunt{floor_of(riaa, at_dc) / series.value};
    return chain{voltage_source{}, feedback_stage{amplifier, zf, ri}, series_arm{series}, shunt_arm{shunt}};
}

constexpr resistance zf_at_dc = (at_dc.ratio() - 1.0) * ri.value;
constexpr auto exact = feedback_network_for<feedback_form::series>(for_non_inverting(riaa, at_dc), zf_at_dc);
constexpr auto bought = nearest(exact, e_series::e96, e_series::e24);

void print_parts(const char* name, const auto& network)
{
    std::printf("%s: r1 %s, c1 %s, r2 %s, c2 %s\n", name, to_string(network.r1).c_str(), to_string(network.c1).c_str(),
                to_string(network.r2).c_str(), to_string(network.c2).c_str());
}
void print_deviation(const char* name, const auto& schematic)
{
    std::printf("  %s: within %.3f dB of RIAA\n", name, std::fabs(conformance(schematic, riaa).worst().decibels));
}

int main()
{
    print_parts("exact", exact);
    print_deviation("ideal amplifier", stage_of(ideal, exact));
    print_deviation("real amplifier", stage_of(real, exact));
    print_parts("bought", bought);
    print_deviation("real amplifier", stage_of(real, bought));
    if (const auto margin = phase_margin(stage_of(real, bought)))
        std::printf("  phase margin %.1f degrees at %.2f MHz\n", margin->degrees, margin->crossover.si / 1e6);

    // The same curve without feedback, between an output of 1 kOhm and a grid leak of 470 kOhm.
    constexpr auto passive = passive_network_for<shunt_form::parallel>(riaa, {.impedance = 22_kOhm, .source = 1_kOhm, .load = 470_kOhm});
    print_parts("passive", passive);
}
