// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist.hpp>
#include <phono/netlist/netlist_reading.hpp>
