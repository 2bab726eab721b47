// SPDX-License-Identifier: BSL-1.0
#include "arguments/amplifier_argument.hpp"

#include "support/failure.hpp"
#include "support/suggestion.hpp"

#include <string_view>
#include <vector>

namespace command {

const phono::catalogue::entry<phono::amplifier_sheet>& find_amplifier(const std::string& name)
{
    if (const auto* known = phono::catalogue::find_amplifier(folded(name))) return *known;
    std::vector<std::string_view> names;
    for (const auto& known : phono::catalogue::amplifiers) names.push_back(known.name);
    throw failure{"--amplifier: unknown amplifier '" + name + "'; " + nearest(name, names) + "; `phono list amplifiers` shows all"};
}

}   // namespace command
