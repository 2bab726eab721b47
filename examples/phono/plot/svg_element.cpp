// SPDX-License-Identifier: BSL-1.0
#include "plot/svg_element.hpp"

#include "support/number.hpp"
#include "support/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace command::element {

namespace {

// Hundredths of the font size that a character from space to ~ takes: DejaVu Sans, rounded up.
constexpr std::array<unsigned char, 95> advances{
    32,  41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54,
    100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50,
    50,  62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84};
constexpr double elsewhere = 100.0;   // of a character beyond ASCII

// The bytes of the character at the beginning of a text that is not empty, 0 where UTF-8 has none such or XML does not take it: control
// characters, U+FFFE and U+FFFF.
std::size_t character_length(std::string_view text) noexcept
{
    const auto length = first_character(text);
    const auto character = text.substr(0, length);
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const bool is_control = (length == 1 && (byte(0) < 0x20U || byte(0) == 0x7FU)) || (length == 2 && byte(0) == 0xC2U && byte(1) < 0xA0U);
    return is_control || character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF" ? 0 : length;
}

constexpr std::string_view replacement = "\xEF\xBF\xBD";   // U+FFFD, what stands for a character that cannot

double advance(char c) noexcept
{
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) return 0.0;   // the rest of a character of several bytes
    const auto place = static_cast<std::size_t>(byte) - 0x20U;
    return 0.01 * (place < advances.size() ? advances[place] : elsewhere);
}

}   // namespace

std::string px(double value)
{
    auto text = fixed(value, 1);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text;
}

std::string attribute(std::string_view name, double value) { return ' ' + std::string{name} + "=\"" + px(value) + '"'; }

std::string attribute(std::string_view name, std::string_view value) { return ' ' + std::string{name} + "=\"" + std::string{value} + '"'; }

std::string escaped(std::string_view text)
{
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto length = character_length(text.substr(at));
        if (length == 0) result += replacement;
        else if (text[at] == '&') result += "&amp;";
        else if (text[at] == '<') result += "&lt;";
        else if (text[at] == '>') result += "&gt;";
        else result += text.substr(at, length);
        at += std::max<std::size_t>(length, 1);
    }
    return result;
}

std::string text(double x, double y, std::string_view words, std::string_view css_class, std::string_view anchor)
{
    return "<text" + attribute("x", x) + attribute("y", y) + (css_class.empty() ? "" : attribute("class", css_class)) +
           (anchor == "start" ? "" : attribute("text-anchor", anchor)) + '>' + escaped(words) + "</text>\n";
}

std::string rule(double x1, double y1, double x2, double y2, std::string_view css_class)
{
    return "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) + attribute("y2", y2) + attribute("class", css_class) +
           "/>\n";
}

double text_width(std::string_view words, double font_size) noexcept
{
    double width = 0.0;
    for (const char c : words) width += advance(c);
    return width * font_size;
}

}   // namespace command::element
