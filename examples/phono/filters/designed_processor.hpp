// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/kernel_options.hpp"
#include "audio/processor.hpp"
#include "filters/filter.hpp"

#include <phono/filter/digital_filter.hpp>

namespace command {

/// One channel's path through a designed filter. It does what a preamp with run-time values does, but is compiled once, not once for every
/// schematic of the catalogue.
[[nodiscard]] processor run_designed(const phono::digital_filter& designed, precision samples);

/// The largest error of the magnitude of what it runs against the circuit, in decibels, from 20 Hz to the top of the band.
[[nodiscard]] double accuracy_of(const phono::digital_filter& designed, precision samples, const response_function& circuit);

}   // namespace command
