// SPDX-License-Identifier: BSL-1.0
#include "filters/preamps.hpp"

#include "filters/preamp_search.hpp"
#include "support/failure.hpp"
#include "support/suggestion.hpp"

#include <string>

namespace command {

preamp_search::preamp_search(std::string_view name, bool with_cartridge) : wanted_{folded(name)}, with_cartridge_{with_cartridge} {}

filter make_preamp(std::string_view name, bool with_cartridge)
{
    preamp_search search{name, with_cartridge};
    search_linear_preamps(search);
    search_tube_preamps(search);
    if (!search.found())
        throw failure{"unknown preamp '" + std::string{name} + "'; " + nearest(name, search.names()) + "; `phono list` shows all"};
    return *search.found();
}

filter make_tube_preamp(std::string_view name)
{
    preamp_search search{name, true};
    search_tube_preamps(search);
    if (!search.found())
        throw failure{"no preamp with tubes is named '" + std::string{name} + "'; " + nearest(name, search.names()) +
                      "; `phono list preamps` shows all"};
    return *search.found();
}

}   // namespace command
