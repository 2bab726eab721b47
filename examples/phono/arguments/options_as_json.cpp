// SPDX-License-Identifier: BSL-1.0
#include "arguments/options_as_json.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace command {

namespace {

json value_of(const CLI::Option& option)
{
    if (option.get_items_expected_max() == 0) return option.count() > 0;
    if (option.count() > 0) return option.results().front();
    return option.get_default_str().empty() ? json{} : json{option.get_default_str()};
}

}   // namespace

json options_as_json(const CLI::App& subcommand)
{
    std::vector<std::string> names;   // which the members refer to
    std::vector<json> values;
    for (const auto* option : subcommand.get_options()) {
        if (option->get_lnames().empty() || option->get_lnames().front() == "help" || option->get_lnames().front() == "version") continue;
        names.push_back(option->get_lnames().front());
        values.push_back(value_of(*option));
    }
    json::members all;
    for (std::size_t i = 0; i < names.size(); ++i) all.emplace_back(names[i], values[i]);
    return json::object(all);
}

}   // namespace command
