// SPDX-License-Identifier: BSL-1.0
#include "filters/preamp_search.hpp"
#include "filters/schematic_functions.hpp"

#include <phono/catalogue/preamps.hpp>

namespace command {

void search_linear_preamps(preamp_search& search)
{
    const auto functions_of = [](const auto& schematic) { return linear_functions_of(schematic); };
    phono::catalogue::for_each_preamp([&](const auto& entry) { search.visit(entry, functions_of); });
}

}   // namespace command
