// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"
#include "filters/preamp_input.hpp"

#include <phono/chain/without_cartridge.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace command {

/// A search for a name in the parts of the catalogue.
class preamp_search {
public:
    preamp_search(std::string_view name, bool with_cartridge);

    /// Takes an entry of the catalogue if its name is the wanted one. `functions_of` gives the functions of a schematic of any type.
    void visit(const auto& entry, const auto& functions_of)
    {
        names_.push_back(entry.name);
        if (entry.name != wanted_) return;
        const std::string title{entry.title};
        input_ = input_of(entry.value);
        if (with_cartridge_) found_.emplace(title, functions_of(entry.value));
        else found_.emplace(title + ", behind cartridge and load", functions_of(phono::without_cartridge(entry.value)));
    }

    [[nodiscard]] const std::optional<filter>& found() const noexcept { return found_; }
    [[nodiscard]] const preamp_input& input() const noexcept { return input_; }                    ///< of the one that was found
    [[nodiscard]] const std::vector<std::string_view>& names() const noexcept { return names_; }   ///< of all that were seen

private:
    std::string wanted_;   // folded
    bool with_cartridge_;
    std::vector<std::string_view> names_{};
    std::optional<filter> found_{};
    preamp_input input_{};
};

/// Each searches a part of the catalogue, in a translation unit of its own, because every type of schematic takes time to compile.
void search_linear_preamps(preamp_search& search);
void search_tube_preamps(preamp_search& search);

}   // namespace command
