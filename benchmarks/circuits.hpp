// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "response_error.hpp"

#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/phono.hpp>

#include <complex>
#include <string>

// What the contenders play, and its analogue response.

/// The curve alone: a design of order 5.
inline constexpr auto riaa_alone = phono::chain{phono::voltage_source{}, phono::riaa};

/// A magnetic cartridge of 1 kOhm and 500 mH into 47 kOhm and 150 pF, then RIAA: a design of order 7.
inline constexpr auto cartridge_riaa = phono::preamps::magnetic_riaa;

/// The same with a value that the compiler cannot know.
inline auto cartridge_riaa_at_run_time()
{
    using namespace phono::literals;
    volatile double ohms = 47e3;
    const phono::resistance load{ohms};
    return phono::chain{phono::cartridges::typical_magnetic, phono::loading{.resistance = load, .capacitance = 150_pF}, phono::riaa};
}

/// A netlist of 100 parts: a source, and 33 sections of two resistors and a capacitor, of numbers, parameters and expressions.
inline std::string netlist_of_100_parts()
{
    std::string text = "33 sections\n.param r=4.7k c={1/r/100k} load = 1meg\nV1 in 0 AC 1\n";
    std::string at = "in";
    for (int n = 1; n <= 33; ++n) {
        const std::string number = std::to_string(n), next = n == 33 ? "out" : "n" + number;
        text += 'R' + number + ' ' + at + ' ' + next + (n % 3 == 0 ? " 3.3kOhm\n" : n % 3 == 1 ? " {r}\n" : " {r*sqrt(2)}\n");
        text += 'C' + number + ' ' + next + " 0 " + (n % 2 == 0 ? "470p ; the pole\n" : "{c}\n");
        text += "RL" + number + ' ' + next + " gnd\n+ {load}\n";
        at = next;
    }
    return text + ".ac dec 50 10 100k\n.end\n";
}

/// The response of a schematic as error_in_decibels() wants it.
auto analogue(const auto& schematic)
{
    return [schematic](double hertz) -> std::complex<double> { return response(schematic, phono::frequency{hertz}); };
}

inline constexpr phono::frequency common_rate{sampling_rate};

// The bounds of each reading are those of the type and of the flags: wide vectors with fused multiply-adds, or SSE2 and what else a processor
// must have.
#ifdef __AVX2__
inline constexpr bool is_native = true;
#else
inline constexpr bool is_native = false;
#endif
