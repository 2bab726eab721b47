// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Which input suits a cartridge, voltage or trans-impedance, judged from the figures of both by rules that name their sources.

#include <phono/match/cartridge_match.hpp>
#include <phono/match/input_figures.hpp>
#include <phono/match/match_inputs.hpp>
#include <phono/match/match_quantities.hpp>
#include <phono/match/match_rules.hpp>
#include <phono/match/match_verdict.hpp>
