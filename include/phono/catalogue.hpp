// SPDX-License-Identifier: BSL-1.0
#pragma once

/// The whole catalogue: disc curves, labels, cartridges, amplifiers, triodes and preamps by name, with their sources. Each kind has a header of its own
/// (<phono/catalogue/cartridges.hpp> ...), which compiles faster.

#include <phono/catalogue/amplifier_sheet.hpp>
#include <phono/catalogue/amplifiers.hpp>
#include <phono/catalogue/cartridge_sheet.hpp>
#include <phono/catalogue/cartridge_sheets.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/entry.hpp>
#include <phono/catalogue/figures.hpp>
#include <phono/catalogue/labels.hpp>
#include <phono/catalogue/list.hpp>
#include <phono/catalogue/nachbaur.hpp>
#include <phono/catalogue/nachbaur_switched_tubes.hpp>
#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/origin.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/published_moving_coil.hpp>
#include <phono/catalogue/published_preamps.hpp>
#include <phono/catalogue/rivals.hpp>
#include <phono/catalogue/sheet_points.hpp>
#include <phono/catalogue/stated_output.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/catalogue/tube_preamps.hpp>
