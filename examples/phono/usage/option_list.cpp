// SPDX-License-Identifier: BSL-1.0
#include "usage/option_list.hpp"

#include <algorithm>
#include <string>

namespace command {

namespace {

constexpr int any_number = 1 << 20;   // what the parser calls the most values of a list is beyond it

// `PHASE:{minimum,corrected}`: a type's name, and the words that an option is limited to.
void split_type(const std::string& text, listed_option& option)
{
    const auto open = text.find('{');
    const auto close = text.find('}');
    option.value = text.substr(0, text.find(':'));
    if (open == std::string::npos || close == std::string::npos) return;
    for (auto at = open + 1; at < close;) {
        const auto comma = std::min(text.find(',', at), close);
        option.choices.push_back(text.substr(at, comma - at));
        at = comma + 1;
    }
}

listed_option listed(const CLI::Option& option)
{
    listed_option result;
    result.is_positional = option.get_positional();
    for (const auto& name : option.get_lnames()) result.spellings.push_back("--" + name);
    result.name = result.spellings.empty() ? option.get_name(true) : result.spellings.front();
    result.is_required = option.get_required();
    result.description = option.get_description();
    result.fallback = option.get_default_str();
    result.takes_several = option.get_items_expected_max() >= any_number && (result.is_positional || option.get_allow_extra_args());
    result.values = option.get_items_expected_min();
    if (result.values > 0) split_type(option.get_type_name(), result);
    return result;
}

}   // namespace

std::vector<listed_option> options_of(const CLI::App& subcommand)
{
    std::vector<listed_option> all;
    for (const auto* option : subcommand.get_options()) all.push_back(listed(*option));
    for (const auto* group : subcommand.get_subcommands([](const CLI::App* nested) { return nested->get_name().empty(); }))
        for (const auto& option : options_of(*group)) all.push_back(option);
    return all;
}

std::vector<const CLI::App*> subcommands_of(const CLI::App& app)
{
    std::vector<const CLI::App*> all;
    for (const auto* subcommand : app.get_subcommands([](const CLI::App*) { return true; }))
        if (!subcommand->get_name().empty()) all.push_back(subcommand);
    return all;
}

}   // namespace command
