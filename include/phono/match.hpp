// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Which input suits a cartridge, voltage or trans-impedance or a step-up transformer, judged from the figures of each by rules that name
/// their sources.

#include <phono/match/cartridge_kind.hpp>
#include <phono/match/cartridge_match.hpp>
#include <phono/match/feedback_arm.hpp>
#include <phono/match/input_figures.hpp>
#include <phono/match/input_noise.hpp>
#include <phono/match/match_figures.hpp>
#include <phono/match/match_inputs.hpp>
#include <phono/match/match_quantities.hpp>
#include <phono/match/match_rules.hpp>
#include <phono/match/match_verdict.hpp>
#include <phono/match/mending_capacitor.hpp>
#include <phono/match/rule_sources.hpp>
#include <phono/match/usual_inputs.hpp>
