// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/programs.hpp"

#include <map>
#include <set>
#include <string>

/// The contents of a workshop's files, to check that nothing has changed them.
namespace programs {

using snapshot = std::map<std::string, std::string>;   ///< contents by name

inline snapshot all_contents(const workshop& shop)
{
    snapshot all;
    for (const auto& name : shop.names()) all[name] = contents(shop / name);
    return all;
}

/// Names of files that are new, gone or different.
inline std::set<std::string> changes(const snapshot& before, const snapshot& after)
{
    std::set<std::string> names;
    const auto note = [&](const snapshot& some, const snapshot& others) {
        for (const auto& [name, text] : some)
            if (const auto other = others.find(name); other == others.end() || other->second != text) names.insert(name);
    };
    note(before, after);
    note(after, before);
    return names;
}

}   // namespace programs
