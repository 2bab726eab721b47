// SPDX-License-Identifier: BSL-1.0
#include "arguments/label_argument.hpp"

#include "support/failure.hpp"
#include "support/suggestion.hpp"

#include <phono/catalogue/labels.hpp>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <vector>

namespace command {

namespace {

struct words {
    std::string label;
    int year = 0, rpm = 0;
};

bool is_number(const std::string& word)
{
    return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char letter) { return std::isdigit(letter) != 0; });
}

bool is_year(const std::string& word) { return word.size() == 4 && is_number(word) && (word.starts_with("18") || word.starts_with("19")); }

// 33, 33.3 and 33 1/3 are said for one speed.
int speed_of(const std::string& word)
{
    if (word == "45" || word == "78") return std::stoi(word);
    return word.starts_with("33") ? 33 : 0;
}

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> parts(1);
    for (const char letter : text) {
        const bool parts_words = letter == ' ' || letter == ',' || letter == '_';
        if (!parts_words) parts.back() += letter;
        else if (!parts.back().empty()) parts.emplace_back();
    }
    if (parts.back().empty()) parts.pop_back();
    return parts;
}

std::optional<words> parse(std::string_view text)
{
    auto parts = split(text);
    words found;
    if (parts.size() > 2 && speed_of(parts.back()) != 0) {
        found.rpm = speed_of(parts.back());
        parts.pop_back();
    }
    if (parts.size() < 2 || !is_year(parts.back())) return std::nullopt;
    found.year = std::stoi(parts.back());
    parts.pop_back();
    for (const auto& part : parts) found.label += (found.label.empty() ? "" : " ") + part;
    return found;
}

// What is known of a label, as a sentence: its years, or the labels that are nearest by name.
std::string known(const words& wanted)
{
    std::vector<std::string_view> names;
    std::string years;
    for (const auto& row : phono::catalogue::labels) {
        for (std::string_view rest = row.names; !rest.empty();) {
            const auto end = rest.find('|');
            const auto name = rest.substr(0, end);
            names.push_back(name);
            if (phono::catalogue::detail::same_label(name, wanted.label))
                years += (years.empty() ? "known are " : ", ") + std::to_string(row.first) + " to " + std::to_string(row.last) +
                         (row.rpm == 0 ? "" : " at " + std::to_string(row.rpm));
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        }
    }
    return years.empty() ? "unknown label '" + wanted.label + "'; " + nearest(wanted.label, names) : years;
}

}   // namespace

std::optional<curve_argument> parse_label(std::string_view text)
{
    const auto wanted = parse(text);
    if (!wanted) return std::nullopt;
    std::set<int> speeds;
    std::string choices;
    phono::catalogue::for_each_label(wanted->label, wanted->year, wanted->rpm, [&](const auto& row) {
        if (speeds.insert(row.rpm).second)
            choices += (choices.empty() ? "" : ", ") + std::string{row.curve_name} + " at " + std::to_string(row.rpm);
    });
    if (speeds.empty()) throw failure{"label '" + std::string{text} + "': " + known(*wanted) + "; `phono list labels` shows all"};
    if (speeds.size() > 1) throw failure{"label '" + std::string{text} + "': " + choices + ": add the speed"};
    const auto* row = phono::catalogue::find_label(wanted->label, wanted->year, wanted->rpm);
    const auto* named = phono::catalogue::find_curve(row->curve_name);
    return curve_argument{std::string{row->curve_name}, std::string{named->title}, row->value};
}

}   // namespace command
