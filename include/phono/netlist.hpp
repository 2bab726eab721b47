// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/netlist.hpp>
#include <phono/netlist/netlist_choice.hpp>
#include <phono/netlist/netlist_reading.hpp>
#include <phono/netlist/with.hpp>
