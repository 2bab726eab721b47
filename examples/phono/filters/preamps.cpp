// SPDX-License-Identifier: BSL-1.0
#include "filters/preamps.hpp"

#include "filters/cascade.hpp"
#include "filters/loaded_cartridge.hpp"
#include "filters/preamp_search.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"
#include "support/suggestion.hpp"

#include <string>

namespace command {

preamp_search::preamp_search(std::string_view name, bool with_cartridge) : wanted_{folded(name)}, with_cartridge_{with_cartridge} {}

namespace {

preamp_search search_for(std::string_view name, bool with_cartridge)
{
    preamp_search search{name, with_cartridge};
    search_linear_preamps(search);
    search_tube_preamps(search);
    if (!search.found())
        throw failure{"unknown preamp '" + std::string{name} + "'; " + nearest(name, search.names()) + "; `phono list` shows all"};
    return search;
}

std::string in_ohms_and_farads(const value_pair& load) { return exact(load.resistance) + ',' + exact(load.other); }

}   // namespace

filter make_preamp(std::string_view name, bool with_cartridge) { return *search_for(name, with_cartridge).found(); }

filter make_preamp(std::string_view name, const loaded_cartridge_argument& cartridge)
{
    const auto search = search_for(name, false);
    const auto& input = search.input();
    const auto refused = [&](const std::string& why) {
        return failure{"--cartridge " + cartridge.cartridge + ": " + std::string{name} + why};
    };
    if (input.reads_current)
        throw refused(" reads the cartridge's current, and its coil is part of the circuit; give a preamp with a voltage input");
    if (input.has_transformer && cartridge.step_up.empty()) throw refused(" has a transformer of its own; give another, as --step-up 1:10");
    auto whole = cartridge;
    if (whole.load.empty()) {
        if (!input.load) throw refused(" has a load of its own kind; give another, as --load 47k,150p");
        whole.load = in_ohms_and_farads(*input.load);
    }
    const auto loaded = loaded_cartridge(whole);
    return cascade(loaded.title() + "; " + search.found()->title(), loaded, *search.found());
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
