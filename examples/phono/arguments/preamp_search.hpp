// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"

#include <phono/chain/without_cartridge.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace command {

/// A name on its way through the parts of the catalogue.
struct preamp_search {
    std::string wanted;   ///< folded
    bool with_cartridge{};
    std::vector<std::string_view> names{};   ///< of all that were seen
    std::unique_ptr<filter> found{};

    /// Takes an entry of the catalogue, made into a filter, if it is the one.
    template <template <class> class Filter>
    void see(const auto& known)
    {
        names.push_back(known.name);
        if (known.name != wanted) return;
        const std::string title{known.title};
        const auto make = [](const std::string& full_title, const auto& schematic) -> std::unique_ptr<filter> {
            return std::make_unique<Filter<std::remove_cvref_t<decltype(schematic)>>>(full_title, schematic);
        };
        found =
            with_cartridge ? make(title, known.value) : make(title + ", behind cartridge and load", phono::without_cartridge(known.value));
    }
};

/// Shows it the preamps with tubes. A translation unit of its own: these take the compiler long.
void search_tube_preamps(preamp_search& search);

}   // namespace command
