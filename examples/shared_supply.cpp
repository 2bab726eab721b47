// SPDX-License-Identifier: BSL-1.0
#include <phono/analysis.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <cstdio>

// Three stages with tubes on one supply, without and with decoupling between them.
using namespace phono;
using namespace phono::literals;

constexpr common_cathode_stage on_rail(int number)
{
    return {.tube = triodes::ecc83,
            .plate_load = 100_kOhm,
            .cathode_resistor = 1.5_kOhm,
            .bypass = 100_uF,
            .grid_leak = 1_MOhm,
            .rail = number};
}
constexpr series_arm coupling{capacitor{100_nF}};

constexpr supply_rail supply{.number = 1, .voltage = 320_V, .resistance = 2.2_kOhm, .capacitance = 47_uF};

/// All three plate loads on the supply itself.
constexpr auto together()
{
    return chain{voltage_source{}, supply, on_rail(1), coupling, on_rail(1), coupling, on_rail(1), coupling, shunt_arm{resistor{1_MOhm}}};
}

/// The first two behind a resistor and a capacitor each.
constexpr auto apart()
{
    return chain{
        voltage_source{},
        supply,
        decoupling{.number = 2, .from = 1, .resistance = 10_kOhm, .capacitance = 47_uF},
        decoupling{.number = 3, .from = 2, .resistance = 22_kOhm, .capacitance = 47_uF},
        on_rail(3),
        coupling,
        on_rail(2),
        coupling,
        on_rail(1),
        coupling,
        shunt_arm{resistor{1_MOhm}},
    };
}

int main()
{
    const auto one_rail = together();
    if (const fault wrong = check(one_rail)) std::printf("together: %s\n", to_string(wrong).c_str());
    const auto decoupled = apart();
    if (const fault wrong = check(decoupled)) std::printf("apart: %s\n", to_string(wrong).c_str());
    const circuit held{decoupled};
    std::printf("apart: plates at %.0f V, %.0f V and %.0f V; %.1f dB at 1 kHz\n", held.quiescent(at<"plate1">).si,
                held.quiescent(at<"plate2">).si, held.quiescent(at<"plate3">).si, decibels(response(held, 1_kHz)));
    std::printf("of a volt of ripple at 100 Hz %.1f dB reach the output\n", decibels(ripple_gain(decoupled, 100_Hz)));
}
