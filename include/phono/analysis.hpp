// SPDX-License-Identifier: BSL-1.0
#pragma once

/// What a schematic can be asked beside its response: operating points, impedances, loops, deviations from a curve.

#include <phono/analysis/bias.hpp>
#include <phono/analysis/conformance.hpp>
#include <phono/analysis/impedance.hpp>
#include <phono/analysis/loop_gain.hpp>
#include <phono/analysis/minimum_gain.hpp>
#include <phono/analysis/open_loop.hpp>
