// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace robustness {

/// The worst of a figure, with the number of the case that has it.
struct worst_figure {
    double value = 0.0;
    std::uint64_t number = 0;

    void take(double found, std::uint64_t of)
    {
        if (!(found <= value) && value == value) value = found, number = of;   // NaN persists
    }
};

}   // namespace robustness
