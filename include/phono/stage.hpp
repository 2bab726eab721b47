// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Stages: cartridge loading, amplifiers, and coupling between blocks.

#include <phono/stage/amplifier_stage.hpp>
#include <phono/stage/arms.hpp>
#include <phono/stage/bridge.hpp>
#include <phono/stage/cable.hpp>
#include <phono/stage/cathode_follower.hpp>
#include <phono/stage/common_base_stage.hpp>
#include <phono/stage/common_cathode_stage.hpp>
#include <phono/stage/differential_pair.hpp>
#include <phono/stage/feedback_path.hpp>
#include <phono/stage/feedback_stage.hpp>
#include <phono/stage/follower.hpp>
#include <phono/stage/inverting_stage.hpp>
#include <phono/stage/loading.hpp>
#include <phono/stage/op_amp.hpp>
#include <phono/stage/rumble_filter.hpp>
#include <phono/stage/sallen_key_high_pass.hpp>
#include <phono/stage/sallen_key_low_pass.hpp>
#include <phono/stage/step_up_transformer.hpp>
#include <phono/stage/supply_rail.hpp>
#include <phono/stage/transimpedance_stage.hpp>
