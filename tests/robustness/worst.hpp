// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace robustness {

/// Raises a figure to what was found; true if it did. What is not a number is worse than any, and stays.
inline bool raise(double& most, double found)
{
    if (found <= most || most != most) return false;
    most = found;
    return true;
}

/// The worst of a figure, with the number of the case that has it.
struct worst_figure {
    double value = 0.0;
    std::uint64_t number = 0;

    void take(double found, std::uint64_t of)
    {
        if (raise(value, found)) number = of;
    }
};

}   // namespace robustness
