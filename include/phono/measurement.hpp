// SPDX-License-Identifier: BSL-1.0
#pragma once

/// What is measured on a preamp while it runs: harmonics, intermodulation, overload levels, aliases.

#include <phono/measurement/alias_level.hpp>
#include <phono/measurement/harmonic_distortion.hpp>
#include <phono/measurement/intermodulation.hpp>
#include <phono/measurement/level_at_distortion.hpp>
