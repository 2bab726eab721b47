// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Schematics: blocks composed into one circuit, its checks and its response.

#include <phono/chain/block.hpp>
#include <phono/chain/chain.hpp>
#include <phono/chain/check.hpp>
#include <phono/chain/elaborate.hpp>
#include <phono/chain/response.hpp>
#include <phono/chain/without_cartridge.hpp>
