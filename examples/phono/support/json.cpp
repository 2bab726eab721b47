// SPDX-License-Identifier: BSL-1.0
#include "support/json.hpp"

#include "support/number.hpp"
#include "support/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace command {

namespace {

std::vector<std::string> texts(const json::members& all)
{
    std::vector<std::string> result;
    for (const auto& [name, value] : all) result.push_back(json{name}.text() + ": " + value.text());
    return result;
}

std::string escaped(unsigned code)
{
    std::string digits(4, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, code /= 16) *digit = "0123456789abcdef"[code % 16];
    return "\\u" + digits;
}

}   // namespace

json::json(double value)
{
    constexpr double most_exact = 0x1p53;   // a count is written as one: 500000, not 5e+05, which some readers take for no integer
    const bool is_count = std::trunc(value) == value && std::abs(value) <= most_exact;
    text_ = !std::isfinite(value) ? "null" : is_count ? plain(value) : shortest(value);
}

json::json(std::string_view value) : text_{'"'}
{
    while (!value.empty()) {
        const auto length = first_character(value);
        const auto first = static_cast<unsigned char>(value.front());
        if (length == 0) {
            text_ += escaped(0xdc00u + first);
        } else if (first < 0x20) {
            text_ += escaped(first);
        } else {
            if (first == '"' || first == '\\') text_ += '\\';
            text_ += value.substr(0, length);
        }
        value.remove_prefix(std::max<std::size_t>(length, 1));
    }
    text_ += '"';
}

json json::object(const members& all) { return lines('{', texts(all), '}'); }

json json::array(const std::vector<json>& items)
{
    std::vector<std::string> all;
    for (const auto& item : items) all.push_back(item.text());
    return lines('[', all, ']');
}

json json::short_object(const members& all)
{
    std::string text;
    for (const auto& member : texts(all)) text += (text.empty() ? "" : ", ") + member;
    return raw('{' + text + '}');
}

json json::raw(std::string text)
{
    json result;
    result.text_ = std::move(text);
    return result;
}

// Nested values are already broken into lines: all but the first are indented.
json json::lines(char open, const std::vector<std::string>& items, char close)
{
    std::string text{open};
    const char* before = "\n  ";
    for (const auto& item : items) {
        text += std::exchange(before, ",\n  ");
        for (const char c : item) text += c == '\n' ? std::string{"\n  "} : std::string{c};
    }
    if (!items.empty()) text += '\n';
    return raw(text + close);
}

}   // namespace command
