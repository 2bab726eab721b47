// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Circuits with triodes at large signals: the parts that a tube_preamp is made of.

#include <phono/large_signal/modes/mode_finder.hpp>
#include <phono/large_signal/modes/port_modes.hpp>
#include <phono/large_signal/tube_kernel.hpp>
