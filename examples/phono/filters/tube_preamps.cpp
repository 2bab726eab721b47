// SPDX-License-Identifier: BSL-1.0
#include "filters/preamp_search.hpp"
#include "filters/tube_functions.hpp"

#include <phono/catalogue/tube_preamps.hpp>

namespace command {

void search_tube_preamps(preamp_search& search)
{
    const auto functions_of = [](const auto& schematic) { return tube_functions_of(schematic); };
    phono::catalogue::for_each_tube_preamp([&](const auto& entry) { search.visit(entry, functions_of); });
}

}   // namespace command
