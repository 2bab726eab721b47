// SPDX-License-Identifier: BSL-1.0
#include "support/number.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace command {

namespace {

std::string print(double value, std::chars_format format, int precision)
{
    std::array<char, 400> text{};   // the longest double in fixed point has 309 digits before the point
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, format, precision).ptr;
    return {text.data(), end};
}

}   // namespace

std::string fixed(double value, int decimals)
{
    auto text = print(value, std::chars_format::fixed, decimals);
    if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
    return text;
}

std::string brief(double value, int digits) { return print(value, std::chars_format::general, digits); }

std::string exact(double value) { return print(value, std::chars_format::general, 17); }

std::string shortest(double value)
{
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

std::string plain(double value)
{
    std::array<char, 1100> text{};   // the smallest double has 1074 places
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed).ptr};
}

std::string signed_fixed(double value, int decimals)
{
    auto text = fixed(value, decimals);
    return text.starts_with('-') ? text : '+' + text;
}

std::string clock(double seconds)
{
    const auto whole = static_cast<long long>(std::llround(seconds));
    const auto two_digits = [](long long n) { return std::string(n < 10 ? 1 : 0, '0') + std::to_string(n); };
    if (whole < 3600) return std::to_string(whole / 60) + ':' + two_digits(whole % 60);
    return std::to_string(whole / 3600) + ':' + two_digits(whole / 60 % 60) + ':' + two_digits(whole % 60);
}

std::optional<double> parse_number(std::string_view text) noexcept
{
    if (text.starts_with('+')) text.remove_prefix(1);   // from_chars takes a minus sign only
    double value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

}   // namespace command
