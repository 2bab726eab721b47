// SPDX-License-Identifier: BSL-1.0
#include "annotations/curve_on_record.hpp"

#include "support/letters.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace command {

namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";

std::string lower(std::string_view text)
{
    std::string result;
    for (const char c : text) result += small(c);
    return result;
}

std::vector<std::string_view> split(std::string_view text, std::string_view ends)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find_first_of(ends);
        auto part = text.substr(0, end);
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        while (part.ends_with(' ')) part.remove_suffix(1);
        parts.push_back(part);
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

// What the notes of phono say one after the other: the title of each curve applied, empty for one removed.
std::vector<std::string> notes_in(std::string_view text)
{
    constexpr std::string_view begin = "playback curve ";
    constexpr std::string_view applied = " applied";
    constexpr std::string_view removed = " removed";
    std::vector<std::string> states;
    bool by_phono = false;   // in the parts since its name
    for (auto part : split(text, ";\r\n")) {
        if (const auto name = part.find("phono "); name != std::string_view::npos && part.size() > name + 6)
            if (part[name + 6] >= '0' && part[name + 6] <= '9') {
                by_phono = true;
                continue;
            }
        if (!by_phono || !part.starts_with(begin)) continue;
        part.remove_prefix(begin.size());
        if (part.ends_with(applied)) states.emplace_back(part.substr(0, part.size() - applied.size()));
        if (part.ends_with(removed)) states.emplace_back();
        by_phono = false;
    }
    return states;
}

// Whether a word, or a few, stand in a text by themselves.
bool has(std::string_view text, std::string_view words)
{
    for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
        const auto end = at + words.size();
        const bool begins = at == 0 || letters.find(text[at - 1]) == std::string_view::npos;
        const bool ends = end == text.size() || letters.find(text[end]) == std::string_view::npos;
        if (begins && ends) return true;
    }
    return false;
}

template <std::size_t Count>
bool has_any(std::string_view text, const std::array<std::string_view, Count>& all)
{
    return std::any_of(all.begin(), all.end(), [&](auto words) { return has(text, words); });
}

// Others write of RIAA only; of older curves a label's name stands alone.
constexpr std::array<std::string_view, 14> done{
    "applied",    "equalised",   "equalized", "equalisation", "equalization", "de-emphasis", "eq",
    "deemphasis", "phono stage", "decoded",   "played",       "playback",     "preamp",      "preamplifier",
};
// A contradiction, a plan, a question or another meaning.
constexpr std::array<std::string_view, 40> doubtful{
    "no",      "not",      "non",       "never",   "without",  "w/o",     "flat",         "raw",         "unequalised", "unequalized",
    "un",      "before",   "prior",     "to be",   "should",   "must",    "needs",        "need",        "will",        "apply",
    "pending", "later",    "todo",      "undone",  "removed",  "inverse", "pre-emphasis", "preemphasis", "bypassed",    "bypass",
    "gold",    "platinum", "certified", "instead", "required", "missing", "defeated",     "off",         "none",        "lacks",
};

// A field of a coding history that holds nothing else.
constexpr std::array<std::string_view, 9> whole_fields{"riaa",       "riaa eq", "eq riaa",           "eq: riaa",         "eq=riaa",
                                                       "riaa curve", "t=riaa",  "riaa equalization", "riaa equalisation"};

bool is_told_by_others(std::string_view text, bool is_history)
{
    for (const auto sentence : split(text, "\r\n.!")) {
        if (!has(sentence, "riaa") || sentence.find('?') != std::string_view::npos || has_any(sentence, doubtful)) continue;
        for (const auto clause : split(sentence, ";,")) {
            if (has(clause, "riaa") && has_any(clause, done)) return true;
            if (is_history && std::find(whole_fields.begin(), whole_fields.end(), clause) != whole_fields.end()) return true;
        }
    }
    return false;
}

// Names of works and people are not about the transfer.
bool is_about_transfer(const text_tag& tag)
{
    constexpr std::array<std::string_view, 10> names{"TITLE", "ARTIST", "ALBUM",     "ALBUMARTIST", "GENRE",
                                                     "LABEL", "DATE",   "PUBLISHER", "COPYRIGHT",   "LYRICS"};
    return std::find(names.begin(), names.end(), tag.name) == names.end();
}

// `3180/318/75 us` in `RIAA (3180/318/75 us)` and by itself; empty where there is none.
std::string_view constants_in(std::string_view title)
{
    const auto unit = title.find(" us");
    if (unit == std::string_view::npos) return {};
    const auto begin = title.find_last_not_of("0123456789./-", unit - 1) + 1;   // from 0 on where there is nothing else
    const auto constants = title.substr(begin, unit - begin);
    return constants.find('/') == std::string_view::npos ? std::string_view{} : constants;
}

}   // namespace

bool is_same_curve(std::string_view on_record, std::string_view other)
{
    const auto known = constants_in(on_record), others = constants_in(other);
    if (on_record == other || (!known.empty() && known == others)) return true;
    return known.empty() && other.starts_with(on_record) && other.substr(on_record.size()).starts_with(' ');
}

std::optional<std::string> curve_on_record(const annotations& all)
{
    // A program between may have dropped some of the notes in one place: the longest sequence knows most.
    std::vector<std::string> longest;
    std::vector<std::string> comments;
    const auto consider = [&](std::vector<std::string> states) {
        if (states.size() > longest.size()) longest = std::move(states);
    };
    for (const auto& tag : all.tags) {
        const auto states = notes_in(tag.value);
        if (tag.name == "COMMENT") comments.insert(comments.end(), states.begin(), states.end());   // a note each
        else consider(states);
    }
    consider(comments);
    if (!longest.empty()) return longest.back().empty() ? std::nullopt : std::optional{longest.back()};
    for (const auto& tag : all.tags)
        if (is_about_transfer(tag) && is_told_by_others(lower(tag.value), tag.name == "CODING_HISTORY")) return "RIAA";
    return std::nullopt;
}

}   // namespace command
