// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/tube_preamp.hpp>

#include <cstdio>
#include <memory>
#include <string>

/// What the tests of running tube preamps share.
namespace measure {

/// A running preamp without a problem, on the heap because it is large.
template <class T = double, class Chain>
std::unique_ptr<phono::tube_preamp<Chain, T>> running_preamp(const Chain& schematic, double rate,
                                                             phono::oversampling factor = phono::oversampling::automatic)
{
    auto made = std::make_unique<phono::tube_preamp<Chain, T>>(schematic, phono::frequency{rate}, factor);
    INFO(made->problem().part << " " << made->problem().rule);
    REQUIRE_FALSE(made->problem());
    return made;
}

inline std::string text(double value, const char* format)
{
    char written[48];
    std::snprintf(written, sizeof written, format, value);
    return written;
}

/// The name followed by the rate and the oversampling, if any.
inline std::string at_rate(const std::string& name, double rate, int factor)
{
    return name + ", " + in_khz(rate) + (factor > 1 ? " x " + std::to_string(factor) : "");
}

}   // namespace measure
