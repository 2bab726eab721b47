// SPDX-License-Identifier: BSL-1.0
#include "filters/preamps.hpp"

#include "filters/cascade.hpp"
#include "filters/filter_of.hpp"
#include "filters/loaded_cartridge.hpp"
#include "filters/netlist_filter.hpp"
#include "filters/preamp_search.hpp"
#include "support/failure.hpp"
#include "support/suggestion.hpp"

#include <phono/equaliser/curve.hpp>

#include <string>

namespace command {

preamp_search::preamp_search(std::string_view name, bool with_cartridge) : wanted_{folded(name)}, with_cartridge_{with_cartridge} {}

preamp_search::preamp_search(std::string_view name, const other_cartridge& other) : preamp_search{name, true} { other_ = other; }

namespace {

filter found_in_all(preamp_search& search, std::string_view name)
{
    search_linear_preamps(search);
    search_tube_preamps(search);
    if (auto found = search.found()) return *found;
    throw failure{"unknown preamp '" + std::string{name} + "'; " + nearest(name, search.names()) + "; `phono list` shows all"};
}

}   // namespace

filter make_preamp(const preamp_argument& given, bool with_cartridge)
{
    if (given.is_netlist()) return netlist_filter(given.netlist);
    preamp_search search{given.name, with_cartridge};
    return found_in_all(search, given.name);
}

stepped_preamp make_stepped_preamp(const preamp_argument& given, const loaded_cartridge_argument& cartridge)
{
    const auto other = coil_of(cartridge);
    if (given.is_netlist()) return {netlist_filter(given.netlist, other), other.step_up};
    preamp_search search{given.name, other};
    const auto found = found_in_all(search, given.name);
    return {found, search.found_has_transformer() ? 1.0 : other.step_up};
}

filter make_preamp(const preamp_argument& given, const loaded_cartridge_argument& cartridge)
{
    const auto [found, turns] = make_stepped_preamp(given, cartridge);
    if (turns == 1.0) return found;
    // The coil is as large as the transformer makes it look; its EMF is raised here.
    return cascade(found.title(), filter_of("turns", phono::curve{.level = phono::gain::from_ratio(turns)}), found);
}

filter make_tube_preamp(const preamp_argument& given)
{
    if (given.is_netlist()) {
        auto found = netlist_filter(given.netlist);
        if (!found.has_tubes()) throw failure{given.text() + ": has no triode; give a netlist that has one"};
        return found;
    }
    preamp_search search{given.name, true};
    search_tube_preamps(search);
    if (auto found = search.found()) return *found;
    throw failure{"no preamp with tubes is named '" + given.name + "'; " + nearest(given.name, search.names()) +
                  "; `phono list preamps` shows all"};
}

}   // namespace command
