// SPDX-License-Identifier: BSL-1.0
#include "arguments/curve_argument.hpp"

#include "arguments/label_argument.hpp"
#include "arguments/part_value.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"
#include "support/suggestion.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace command {

namespace {

constexpr double us_per_second = 1e6;   // a divisor, not 1e-6 as a factor: the quotient is rounded once, as a literal is

std::vector<std::string_view> split(std::string_view text)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto slash = text.find('/');
        parts.push_back(text.substr(0, slash));
        if (slash == std::string_view::npos) return parts;
        text.remove_prefix(slash + 1);
    }
}

std::string_view trimmed(std::string_view text)
{
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// A number, or one with a unit: 318, 318 us, 3.18 ms.
std::optional<double> parse_microseconds(std::string_view text)
{
    if (!text.ends_with('s')) return parse_number(text);
    const auto micro = text.find("\u00B5s");   // the sign, which some write for the letter
    const auto seconds =
        parse_part_value(micro == std::string_view::npos ? std::string{text} : std::string{text.substr(0, micro)} + "us", "s");
    return seconds ? std::optional{*seconds * us_per_second} : std::nullopt;
}

phono::duration parse_constant(std::string_view text, std::string_view whole)
{
    if (text == "-") return phono::duration{};
    const auto microseconds = parse_microseconds(text);
    constexpr double shortest = 1e-3;   // 159 MHz: what is shorter is no time constant of a disc, and its curve's level may not be finite
    if (!microseconds || *microseconds < shortest || *microseconds > us_per_second)
        throw failure{"curve '" + std::string{whole} + "': '" + std::string{text} +
                      "' is not a time constant in microseconds from 0.001 to 1000000; write 3180/318/75, with - for an absent one"};
    return phono::duration{*microseconds / us_per_second};
}

std::string in_title(phono::duration constant) { return constant.si == 0.0 ? "-" : brief(constant.si * us_per_second); }

// Between the turnover and the shelf the bass rises towards low frequencies. The other way round it would fall, which no record wants: the two
// were exchanged.
void require_order(phono::duration shelf, phono::duration turnover, phono::duration treble, std::string_view whole)
{
    if (!(shelf.si < turnover.si)) return;
    throw failure{"curve '" + std::string{whole} + "': the bass shelf (" + in_title(shelf) + " us) is shorter than the turnover (" +
                  in_title(turnover) + " us): write " + in_title(turnover) + '/' + in_title(shelf) + '/' + in_title(treble)};
}

curve_argument from_time_constants(std::string_view text)
{
    auto parts = split(text);
    for (auto& part : parts) part = trimmed(part);
    // `3180/318/75 us`: the unit of all.
    if (parts.back().ends_with(" us")) parts.back().remove_suffix(3);
    if (parts.size() != 3)
        throw failure{"curve '" + std::string{text} +
                      "': give three time constants in microseconds, bass shelf/turnover/treble, as in 3180/318/75"};
    std::array<phono::duration, 3> constants{};
    std::transform(parts.begin(), parts.end(), constants.begin(), [&](auto part) { return parse_constant(part, text); });
    auto& [shelf, turnover, treble] = constants;
    if (shelf.si != 0.0 && turnover.si == 0.0)
        throw failure{"curve '" + std::string{text} + "': a bass shelf ends what a turnover begins; give both, or - for the shelf"};
    // As notes have them, however they were written: that is how one curve is known from another.
    const auto title = in_title(shelf) + '/' + in_title(turnover) + '/' + in_title(treble) + " us";
    // A turnover without a shelf would need infinite gain at 0 Hz.
    if (shelf.si == 0.0 && turnover.si != 0.0) shelf = phono::curves::documented_shelf;
    require_order(shelf, turnover, treble, text);
    return {std::string{text}, title, phono::disc_curve(shelf, turnover, treble)};
}

// Four digits or so: time constants from corner frequencies would have seventeen.
std::string microseconds(phono::duration constant)
{
    if (constant.si == 0.0) return "-";
    const double value = constant.si * us_per_second;
    auto text = fixed(value, value < 100.0 ? 2 : value < 1000.0 ? 1 : 0);
    if (text.find('.') != std::string::npos) text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

}   // namespace

curve_argument parse_curve(std::string_view text)
{
    if (text.find('/') != std::string_view::npos) return from_time_constants(text);
    const auto name = folded(text);
    if (const auto* found = phono::catalogue::find_curve(name)) return {std::string{found->name}, std::string{found->title}, found->value};
    if (auto by_label = parse_label(text)) return *by_label;
    std::vector<std::string_view> names;
    for (const auto& entry : phono::catalogue::curves) names.push_back(entry.name);
    throw failure{"unknown curve '" + std::string{text} + "'; " + nearest(text, names) + "; `phono list` shows all"};
}

std::string time_constants(const phono::curve& curve)
{
    const auto& [shelf, treble, lag, last_lag] = curve.lags.constant;
    const auto& [turnover, lead, other_lead, last_lead] = curve.leads.constant;
    auto text = microseconds(shelf) + '/' + microseconds(turnover) + '/' + microseconds(treble);
    const auto append = [&](const char* what, const phono::duration& constant) {
        if (constant.si != 0.0) text += std::string{", "} + what + ' ' + microseconds(constant);
    };
    for (const auto& further : {lag, last_lag}) append("lag", further);
    for (const auto& further : {lead, other_lead, last_lead}) append("lead", further);
    for (const auto& high_pass : curve.high_passes) append("high-pass", high_pass);
    return text;
}

}   // namespace command
