// SPDX-License-Identifier: BSL-1.0
#include "annotations/text_tags.hpp"

#include "annotations/container_families.hpp"
#include "annotations/untrue.hpp"

#include <algorithm>
#include <cstddef>
#include <map>

namespace command {

namespace {

constexpr std::string_view between = "; ";   // of values that stand in one text

bool is_comment(const text_tag& tag) { return tag.name == "COMMENT"; }

// Comments one by one where notes of phono stand behind a comment in the same text, as LIST/INFO and CAF have them.
std::vector<text_tag> one_by_one(const std::vector<text_tag>& tags)
{
    constexpr std::string_view begin = "; phono ";
    std::vector<text_tag> apart;
    for (const auto& tag : tags) {
        auto rest = tag.value;
        for (std::size_t at = 0; is_comment(tag) && (at = rest.find(begin, at)) != std::string::npos;) {
            const auto digit = at + begin.size();
            if (at > 0 && digit < rest.size() && rest[digit] >= '0' && rest[digit] <= '9') {
                apart.push_back({tag.name, rest.substr(0, at)});
                rest.erase(0, at + between.size());
                at = 0;
            } else {
                ++at;
            }
        }
        apart.push_back({tag.name, rest});
    }
    return apart;
}

// The values of each name, joined.
std::map<std::string, std::string> all_joined(const std::vector<text_tag>& tags)
{
    std::map<std::string, std::string> texts;
    for (const auto& tag : tags) {
        auto& text = texts[tag.name];
        text.append(text.empty() ? "" : between).append(tag.value);
    }
    return texts;
}

bool joins(const text_tag& tag, const std::map<std::string, std::string>& texts)
{
    const auto of_name = texts.find(tag.name);
    return !is_comment(tag) && of_name != texts.end() && of_name->second == tag.value;
}

}   // namespace

void add_tags(annotations& all, const std::vector<text_tag>& tags)
{
    // Several values of a name take the place of a text that joins them, and are not told again by one.
    const auto joined_further = all_joined(tags);
    std::erase_if(all.tags,
                  [&](const text_tag& tag) { return tag.value.find(between) != std::string::npos && joins(tag, joined_further); });
    const auto known = all.tags;
    const auto joined_known = all_joined(known);
    std::vector<bool> is_met(known.size());
    for (const auto& tag : one_by_one(tags)) {
        if (is_untrue_tag(tag.name)) {
            add_once(all.left_out, figures_of(tag.name));
            all.untrue.push_back(tag);
            continue;
        }
        const auto is_same = [&](const text_tag& other) { return other.name == tag.name && other.value == tag.value; };
        if (!is_comment(tag)) {
            const bool is_known = std::any_of(all.tags.begin(), all.tags.end(), is_same) || joins(tag, joined_known);
            if (!is_known) all.tags.push_back(tag);
            continue;
        }
        // Each comment of another source stands for one of this, so that a note that is there twice was made twice.
        std::size_t i = 0;
        while (i < known.size() && (is_met[i] || !is_same(known[i]))) ++i;
        if (i < known.size()) is_met[i] = true;
        else all.tags.push_back(tag);
    }
}

std::vector<text_tag> under_new_names(const std::vector<text_tag>& known, const std::vector<text_tag>& further, const std::string& kind,
                                      std::vector<std::string>& left_out)
{
    std::vector<text_tag> result;
    for (const auto& tag : further) {
        const auto has_name = [&](const text_tag& other) { return other.name == tag.name; };
        const auto begins_so = [&](const text_tag& other) { return has_name(other) && other.value.starts_with(tag.value); };
        if (is_untrue_tag(tag.name)) add_once(left_out, figures_of(tag.name));
        else if (std::none_of(known.begin(), known.end(), has_name)) result.push_back(tag);
        else if (std::none_of(known.begin(), known.end(), begins_so)) add_once(left_out, kind + ' ' + tag.name);
    }
    return result;
}

std::string joined(const std::vector<text_tag>& tags, std::string_view name)
{
    std::string text;
    for (const auto& tag : tags)
        if (tag.name == name) text.append(text.empty() ? "" : between).append(tag.value);
    return text;
}

}   // namespace command
