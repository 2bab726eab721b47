// SPDX-License-Identifier: BSL-1.0
#pragma once

/// phono: phono preamplifiers from their schematics.

#include <phono/analysis/impedance.hpp>
#include <phono/analysis/loop_gain.hpp>
#include <phono/analysis/minimum_gain.hpp>
#include <phono/analysis/open_loop.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/chain.hpp>
#include <phono/check.hpp>
#include <phono/digital/constant_kernel.hpp>
#include <phono/digital/design.hpp>
#include <phono/digital/modal_kernel.hpp>
#include <phono/digital/modes.hpp>
#include <phono/equaliser/curve.hpp>
#include <phono/equaliser/inverse.hpp>
#include <phono/export/biquads.hpp>
#include <phono/literals.hpp>
#include <phono/network/parts.hpp>
#include <phono/network/series_parallel.hpp>
#include <phono/preamp.hpp>
#include <phono/response.hpp>
#include <phono/source/as_velocity_source.hpp>
#include <phono/source/ceramic_cartridge.hpp>
#include <phono/source/disc_velocity.hpp>
#include <phono/source/magnetic_cartridge.hpp>
#include <phono/source/moving_coil_cartridge.hpp>
#include <phono/source/voltage_source.hpp>
#include <phono/stage/amplifier_stage.hpp>
#include <phono/stage/arms.hpp>
#include <phono/stage/bridge.hpp>
#include <phono/stage/cable.hpp>
#include <phono/stage/common_base_stage.hpp>
#include <phono/stage/feedback_path.hpp>
#include <phono/stage/feedback_stage.hpp>
#include <phono/stage/inverting_stage.hpp>
#include <phono/stage/loading.hpp>
#include <phono/stage/op_amp.hpp>
#include <phono/stage/step_up_transformer.hpp>
#include <phono/stage/transimpedance_stage.hpp>
#include <phono/units.hpp>
#include <phono/without_cartridge.hpp>
