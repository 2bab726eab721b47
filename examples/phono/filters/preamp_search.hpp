// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"
#include "filters/other_cartridge.hpp"

#include <phono/chain/without_cartridge.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace command {

/// A search for a name in the parts of the catalogue.
class preamp_search {
public:
    preamp_search(std::string_view name, bool with_cartridge);
    /// With another cartridge in place of the preamp's own.
    preamp_search(std::string_view name, const other_cartridge& other);

    /// Takes an entry of the catalogue if its name is the wanted one. `functions_of` gives the functions of a schematic of any type.
    void visit(const auto& entry, const auto& functions_of)
    {
        names_.push_back(entry.name);
        if (entry.name != wanted_) return;
        has_transformer_ = has_transformer<std::remove_cvref_t<decltype(entry.value)>>;
        // Made later: it may be refused, and the catalogue's loop lets no exception pass.
        make_ = [entry, functions_of, other = other_, whole = with_cartridge_]() -> filter {
            const std::string title{entry.title};
            if (other) return {title + ", " + other->title, functions_of(command::with_cartridge(entry.value, *other))};
            if (whole) return {title, functions_of(entry.value)};
            return {title + ", behind cartridge and load", functions_of(phono::without_cartridge(entry.value))};
        };
    }

    /// Nothing where no entry had the name.
    [[nodiscard]] std::optional<filter> found() const { return make_ ? std::optional{make_()} : std::nullopt; }
    /// Of the one that was found: whether it has a step-up transformer of its own.
    [[nodiscard]] bool found_has_transformer() const noexcept { return has_transformer_; }
    [[nodiscard]] const std::vector<std::string_view>& names() const noexcept { return names_; }   ///< of all that were seen

private:
    std::string wanted_;   // folded
    bool with_cartridge_;
    std::vector<std::string_view> names_{};
    std::function<filter()> make_{};
    std::optional<other_cartridge> other_{};
    bool has_transformer_ = false;
};

/// Each searches a part of the catalogue, in a translation unit of its own, because every type of schematic takes time to compile.
void search_linear_preamps(preamp_search& search);
void search_tube_preamps(preamp_search& search);

}   // namespace command
