// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/kernel_options.hpp"
#include "audio/processor.hpp"

#include <phono/filter/digital_filter.hpp>

namespace command {

/// One channel's path through a filter that is designed. What a preamp of the library does with run-time values, but compiled once
/// and not once for every schematic of the catalogue.
[[nodiscard]] processor run_designed(const phono::digital_filter& designed, precision samples);

}   // namespace command
