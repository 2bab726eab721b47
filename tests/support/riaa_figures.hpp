// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/catch.hpp"
#include "support/exact_riaa.hpp"

#include <phono/chain/response.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

/// Preamps against RIAA.
namespace measure {

inline double level(const auto& schematic, double hertz) { return phono::decibels(phono::response(schematic, phono::frequency{hertz})); }

/// Gain at 1 kHz and deviation from RIAA, 20 Hz to 20 kHz, 0 dB at 1 kHz.
struct riaa_figures {
    double gain, lowest, highest;
};

inline riaa_figures riaa_figures_of(const auto& schematic)
{
    riaa_figures found{level(schematic, 1000.0), 0.0, 0.0};
    for (const double f : log_frequencies(20.0, 20e3, 601)) {
        const double off = level(schematic, f) - found.gain - riaa_db(f);
        found.lowest = std::min(found.lowest, off);
        found.highest = std::max(found.highest, off);
    }
    return found;
}

/// Checks each of a preamp's figures to within `bound` decibels.
inline void has_riaa_figures(const char* name, const auto& schematic, const riaa_figures& expected, double bound)
{
    INFO(name);
    const riaa_figures found = riaa_figures_of(schematic);
    char text[80];
    std::snprintf(text, sizeof text, "%.4f dB, %+.4f to %+.4f dB of RIAA", found.gain, found.lowest, found.highest);
    note(name, text);
    CHECK(std::abs(found.gain - expected.gain) < bound);
    CHECK(std::abs(found.lowest - expected.lowest) < bound);
    CHECK(std::abs(found.highest - expected.highest) < bound);
}

}   // namespace measure
