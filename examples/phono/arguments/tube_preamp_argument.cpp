// SPDX-License-Identifier: BSL-1.0
#include "arguments/preamp_search.hpp"
#include "filters/tube_filter.hpp"

#include <phono/catalogue/tube_preamps.hpp>

namespace command {

void search_tube_preamps(preamp_search& search)
{
    phono::catalogue::for_each_tube_preamp([&](const auto& known) { search.see<tube_filter>(known); });
}

}   // namespace command
