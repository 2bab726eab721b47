// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Triodes: the laws of their plate and grid currents, and the tube as a part of a circuit.

#include <phono/circuit/triode_law.hpp>
#include <phono/tube/dempwolf_zoelzer.hpp>
#include <phono/tube/grid_current.hpp>
#include <phono/tube/koren.hpp>
#include <phono/tube/triode.hpp>
