// SPDX-License-Identifier: BSL-1.0
#pragma once

// A netlist in a type; that at run time, which brings <memory>, <string> and <vector>, is netlist_reading.hpp.
#include <phono/netlist/netlist.hpp>
#include <phono/netlist/netlist_choice.hpp>
#include <phono/netlist/with.hpp>
