// SPDX-License-Identifier: BSL-1.0
#include "arguments/preamp_argument.hpp"

#include "arguments/preamp_search.hpp"
#include "arguments/suggestion.hpp"
#include "filters/chain_filter.hpp"
#include "support/failure.hpp"

#include <phono/catalogue/preamps.hpp>

#include <string>
#include <utility>

namespace command {

std::unique_ptr<filter> make_preamp(std::string_view name, bool with_cartridge)
{
    preamp_search search{folded(name), with_cartridge};
    phono::catalogue::for_each_preamp([&](const auto& known) { search.see<chain_filter>(known); });
    search_tube_preamps(search);
    if (!search.found)
        throw failure{"unknown preamp '" + std::string{name} + "'; " + nearest(name, search.names) + "; `phono list` shows all"};
    return std::move(search.found);
}

}   // namespace command
