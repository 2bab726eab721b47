// SPDX-License-Identifier: BSL-1.0
#include "arguments/speed_argument.hpp"

#include "support/failure.hpp"
#include "support/number.hpp"

namespace command {

namespace {

void trim(std::string_view& text)
{
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
}

std::optional<double> quotient(std::string_view text)
{
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto above = parse_number(text.substr(0, slash));
    const auto below = parse_number(text.substr(slash + 1));
    if (!above || !below || !(*above >= 0.0) || !(*below > 0.0)) return std::nullopt;
    return *above / *below;
}

// Two speeds, divided at the one slash that leaves a speed on either side: that of `33 1/3` does not.
std::optional<double> ratio_of(std::string_view text)
{
    for (auto slash = text.find('/'); slash != std::string_view::npos; slash = text.find('/', slash + 1)) {
        const auto own = parse_turns(text.substr(0, slash));
        const auto transferred = parse_turns(text.substr(slash + 1));
        if (own && transferred && *transferred > 0.0) return *own / *transferred;
    }
    return parse_turns(text);
}

}   // namespace

std::optional<double> parse_turns(std::string_view text)
{
    trim(text);
    if (text.ends_with("rpm")) text.remove_suffix(3);
    trim(text);
    if (text == "16") return 16.0 + 2.0 / 3.0;
    if (text == "33") return 33.0 + 1.0 / 3.0;
    if (const auto plain = parse_number(text)) return plain;
    const auto space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto whole = parse_number(text.substr(0, space));
    auto rest = text.substr(space);
    trim(rest);
    const auto part = quotient(rest);
    if (!whole || !part || !(*whole >= 0.0) || !(*part < 1.0)) return std::nullopt;
    return *whole + *part;
}

double parse_speed(std::string_view option, std::string_view text)
{
    if (text.empty()) return 1.0;
    const auto ratio = ratio_of(text);
    if (!ratio || !(*ratio >= 0.1 && *ratio <= 10.0))
        throw failure{std::string{option} + ' ' + std::string{text} +
                      ": give the disc's speed over the transfer's, as in \"78/33 1/3\"; their ratio lies between 0.1 and 10"};
    return *ratio;
}

}   // namespace command
