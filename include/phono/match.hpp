// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Which input suits a cartridge, voltage or transimpedance, by the figures of each and published rules.

#include <phono/match/cartridge_match.hpp>
#include <phono/match/input_figures.hpp>
#include <phono/match/match_inputs.hpp>
#include <phono/match/match_quantities.hpp>
#include <phono/match/match_rules.hpp>
#include <phono/match/match_verdict.hpp>
