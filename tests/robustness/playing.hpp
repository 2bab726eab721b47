// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "robustness/worst.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <span>

/// How the searches of what runs play a signal and what they measure of it.
namespace robustness {

/// The largest of a signal and the largest step from one sample to the next, over one or several parts of it.
struct stretch {
    double peak = 0.0, step = 0.0;

    void take(const auto& y)
    {
        for (std::size_t i = 0; i < std::size(y); ++i) {
            raise(peak, std::fabs(static_cast<double>(y[i])));
            if (i > 0) raise(step, std::fabs(static_cast<double>(y[i]) - static_cast<double>(y[i - 1])));
        }
    }
};

/// Plays a signal in place, per sample or in blocks of a length that no part of the library has.
void play(auto& running, auto&& signal, bool in_blocks)
{
    constexpr std::size_t odd = 61;
    const std::span x{signal};
    if (in_blocks)
        for (std::size_t i = 0; i < x.size(); i += odd) running.process(x.subspan(i, std::min(odd, x.size() - i)));
    else
        for (auto& sample : x) sample = running(sample);
}

}   // namespace robustness
