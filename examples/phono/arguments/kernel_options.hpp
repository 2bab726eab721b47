// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/design.hpp>

namespace command {

/// The number type that the samples are computed in.
enum class precision { float32, float64 };

/// How the samples are computed. Oversampling is for tube preamps only, the other two for all others.
struct kernel_options {
    command::precision precision = command::precision::float64;
    phono::phase phase = phono::phase::minimum;
    int oversampling = 0;   ///< 1, 2, 4 or 8; 0: by the sample rate
};

}   // namespace command
