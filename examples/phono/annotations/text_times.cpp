// SPDX-License-Identifier: BSL-1.0
#include "annotations/text_times.hpp"

#include "support/letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace command {

namespace {

constexpr std::int64_t frames_per_second = 75;   // of a CD

std::string in_capitals(std::string_view text)
{
    std::string upper;
    for (const char c : text) upper += capital(c);
    return upper;
}

std::optional<std::int64_t> whole_number(std::string_view text)
{
    std::int64_t value = 0;
    const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    constexpr std::int64_t most = 1'000'000'000'000;   // of milliseconds 31 years
    return error == std::errc{} && stopped == text.data() + text.size() && value >= 0 && value <= most ? std::optional{value}
                                                                                                       : std::nullopt;
}

// From so many units of the input to those of the output.
std::int64_t moved_units(std::int64_t count, double per_second, int sample_rate, const displacement& by)
{
    const double new_rate = sample_rate * by.rate_ratio.value_or(by.ratio);
    const auto frame = by(std::llround(static_cast<double>(count) / per_second * sample_rate));
    return std::llround(static_cast<double>(frame) / new_rate * per_second);
}

// `mm:ss:ff`, the minutes with as many digits as they need.
std::optional<std::int64_t> cd_frames(std::string_view time)
{
    std::array<std::int64_t, 3> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto colon = time.find(':');
        const auto part = whole_number(time.substr(0, colon));
        if (!part || (colon == std::string_view::npos) != (i + 1 == parts.size())) return std::nullopt;
        parts[i] = *part;
        time.remove_prefix(colon == std::string_view::npos ? time.size() : colon + 1);
    }
    return (parts[0] * 60 + parts[1]) * frames_per_second + parts[2];
}

std::string two_digits(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string cd_time(std::int64_t frames)
{
    const auto seconds = frames / frames_per_second;
    return two_digits(seconds / 60) + ':' + two_digits(seconds % 60) + ':' + two_digits(frames % frames_per_second);
}

// The last word of a line that places an index or gives the length of a gap, without blanks around it.
std::string_view time_in(std::string_view line)
{
    constexpr std::string_view blanks = " \t\r";
    const auto begin = std::min(line.find_first_not_of(blanks), line.size());
    const auto command = in_capitals(line.substr(begin, 7));
    if (!command.starts_with("INDEX ") && command != "PREGAP " && command != "POSTGAP") return {};
    const auto end = line.find_last_not_of(blanks) + 1;
    const auto blank = line.find_last_of(blanks, end - 1);
    return blank == std::string_view::npos ? std::string_view{} : line.substr(blank + 1, end - blank - 1);
}

bool move_cue_sheet_text(std::string& sheet, int sample_rate, const displacement& by)
{
    const displacement of_lengths{.ratio = by.ratio, .rate_ratio = by.rate_ratio.value_or(by.ratio)};   // gaps are no places
    std::string moved;
    for (std::string_view rest = sheet; !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        const auto time = time_in(line);
        if (time.empty()) {
            moved += line;
        } else {
            const auto frames = cd_frames(time);
            if (!frames) return false;
            const auto before = static_cast<std::size_t>(time.data() - line.data());
            const bool is_place = in_capitals(line).find("INDEX") < before;
            moved += line.substr(0, before);
            moved += cd_time(moved_units(*frames, frames_per_second, sample_rate, is_place ? by : of_lengths));
            moved += line.substr(before + time.size());
        }
        rest.remove_prefix(line.size());
        if (rest.empty()) break;
        moved += '\n';
        rest.remove_prefix(1);
    }
    sheet = std::move(moved);
    return true;
}

}   // namespace

bool counts_time(const std::string& name)
{
    const auto upper = in_capitals(name);
    return upper == "CUESHEET" || upper == "LENGTH";
}

bool move_time(text_tag& tag, int sample_rate, const displacement& by)
{
    if (in_capitals(tag.name) == "CUESHEET") return move_cue_sheet_text(tag.value, sample_rate, by);
    const auto milliseconds = whole_number(tag.value);
    if (!milliseconds) return false;
    tag.value = std::to_string(moved_units(*milliseconds, 1000.0, sample_rate, by));
    return true;
}

}   // namespace command
