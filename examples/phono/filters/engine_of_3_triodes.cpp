// SPDX-License-Identifier: BSL-1.0
#include "filters/sized_engine.hpp"

template std::unique_ptr<command::netlist_engine> command::make_sized_engine<3>(const phono::bounded_netlist&, double, int);
