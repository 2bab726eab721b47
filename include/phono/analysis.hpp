// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Analyses of a schematic beyond its response: operating points, impedances, loop gains, noise, headroom, ripple, deviations from a curve,
/// and what tolerances of parts make of them.

#include <phono/analysis/bias.hpp>
#include <phono/analysis/build.hpp>
#include <phono/analysis/conformance.hpp>
#include <phono/analysis/impedance.hpp>
#include <phono/analysis/loop_gain.hpp>
#include <phono/analysis/minimum_gain.hpp>
#include <phono/analysis/noise.hpp>
#include <phono/analysis/noise_sources.hpp>
#include <phono/analysis/noise_weight.hpp>
#include <phono/analysis/open_loop.hpp>
#include <phono/analysis/overload.hpp>
#include <phono/analysis/preferred_descent.hpp>
#include <phono/analysis/preferred_parts.hpp>
#include <phono/analysis/ripple.hpp>
#include <phono/analysis/sensitivity.hpp>
#include <phono/analysis/step_response.hpp>
#include <phono/analysis/tolerance.hpp>
#include <phono/analysis/tolerances.hpp>
#include <phono/analysis/worst_corner.hpp>
