// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Schematics as netlists that ngspice runs.

#include <phono/spice/spice.hpp>
#include <phono/spice/spice_analysis.hpp>
