// SPDX-License-Identifier: BSL-1.0
#include "preamp_argument.hpp"

#include "chain_filter.hpp"
#include "failure.hpp"
#include "suggestion.hpp"

#include <string>
#include <vector>

namespace command {

std::unique_ptr<filter> make_preamp(std::string_view name, bool with_cartridge)
{
    const auto wanted = folded(name);
    std::unique_ptr<filter> found;
    std::vector<std::string_view> names;
    phono::catalogue::for_each_preamp([&](const auto& known) {
        names.push_back(known.name);
        if (known.name != wanted) return;
        const std::string title{known.title};
        if (with_cartridge)
            found = make_filter(title, known.value);
        else
            found = make_filter(title + ", behind cartridge and load", phono::without_cartridge(known.value));
    });
    if (!found)
        throw failure{
            "unknown preamp '" + std::string{name} + "'; " + nearest(name, names) + "; `phono list` shows all"};
    return found;
}

}   // namespace command
