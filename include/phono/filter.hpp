// SPDX-License-Identifier: BSL-1.0
#pragma once

/// From a circuit's response to a digital filter.

#include <phono/filter/accuracy.hpp>
#include <phono/filter/biquads.hpp>
#include <phono/filter/design.hpp>
#include <phono/filter/digital_filter.hpp>
#include <phono/filter/matched_z.hpp>
#include <phono/filter/phase_corrector.hpp>
