// SPDX-License-Identifier: BSL-1.0
#include "support/suggestion.hpp"

#include "support/letters.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace command {

namespace {

// Levenshtein: the fewest letters to insert, delete or replace.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        auto diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
        }
    }
    return row.back();
}

}   // namespace

std::string folded(std::string_view name)
{
    std::string result{name};
    for (auto& letter : result) {
        if (letter == '-' || letter == ' ') letter = '_';
        else letter = small(letter);
    }
    return result;
}

std::string nearest(std::string_view mistyped, const std::vector<std::string_view>& names)
{
    const auto wanted = folded(mistyped);
    std::vector<std::pair<std::size_t, std::string_view>> ranked;
    for (const auto name : names) {
        // A name that begins with what was typed (`eq`), or contains it (`columbia`), is nearer than its length says.
        const auto compared = folded(name);
        const bool begins = !wanted.empty() && compared.starts_with(wanted);
        const bool contained = wanted.size() > 2 && compared.find(wanted) != std::string::npos;
        ranked.emplace_back(begins ? 0 : contained ? 1 : 1 + distance(wanted, compared), name);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string text = "nearest:";
    for (std::size_t i = 0; i < ranked.size() && i < 3; ++i) text += (i == 0 ? " " : ", ") + std::string{ranked[i].second};
    return text;
}

}   // namespace command
