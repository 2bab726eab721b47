// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Sources, the first block of a chain: cartridges, an ideal voltage source, groove velocity.

#include <phono/source/as_velocity_source.hpp>
#include <phono/source/ceramic_cartridge.hpp>
#include <phono/source/disc_velocity.hpp>
#include <phono/source/magnetic_cartridge.hpp>
#include <phono/source/moving_coil_cartridge.hpp>
#include <phono/source/voltage_source.hpp>
