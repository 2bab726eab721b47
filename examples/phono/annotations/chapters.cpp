// SPDX-License-Identifier: BSL-1.0
#include "annotations/chapters.hpp"

#include "support/number.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace command {

namespace {

constexpr std::string_view prefix = "CHAPTER";

struct part {
    std::string number;   // as written
    std::string of;       // empty for the position, or NAME, URL ...
};

std::optional<part> part_of(const std::string& name)
{
    if (!name.starts_with(prefix)) return std::nullopt;
    const auto rest = name.substr(prefix.size());
    const auto end = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (end < 3) return std::nullopt;
    return part{rest.substr(0, end), rest.substr(end)};
}

// hh:mm:ss.sss
std::optional<double> seconds_of(std::string_view text)
{
    double seconds = 0.0;
    for (;;) {
        const auto colon = text.find(':');
        const auto number = parse_number(text.substr(0, colon));
        if (!number || *number < 0.0) return std::nullopt;
        seconds = 60.0 * seconds + *number;
        if (colon == std::string_view::npos) return seconds < 1e9 ? std::optional{seconds} : std::nullopt;
        text.remove_prefix(colon + 1);
    }
}

std::string digits(long long value, std::size_t width)
{
    auto text = std::to_string(value);
    return std::string(width - std::min(width, text.size()), '0') + text;
}

std::string time_of(std::int64_t frame, int sample_rate)
{
    const auto milliseconds = std::llround(static_cast<double>(frame) * 1000.0 / sample_rate);
    return digits(milliseconds / 3'600'000, 2) + ':' + digits(milliseconds / 60'000 % 60, 2) + ':' + digits(milliseconds / 1000 % 60, 2) +
           '.' + digits(milliseconds % 1000, 3);
}

}   // namespace

bool is_of_chapter(const std::string& name)
{
    const auto found = part_of(name);
    return found && (found->of.empty() || found->of == "NAME");
}

std::vector<marker> markers_of_chapters(const std::vector<text_tag>& tags, int sample_rate)
{
    std::vector<marker> markers;
    std::map<std::string, std::size_t> at;   // by number
    for (const auto& [name, value] : tags) {
        const auto found = part_of(name);
        if (!found || !found->of.empty()) continue;
        const auto seconds = seconds_of(value);
        if (!seconds) continue;
        at.emplace(found->number, markers.size());
        auto& point = markers.emplace_back();
        point.id = static_cast<std::uint32_t>(markers.size());
        point.frame = std::llround(*seconds * sample_rate);
    }
    for (const auto& [name, value] : tags) {
        const auto found = part_of(name);
        if (!found || found->of != "NAME") continue;
        if (const auto marker = at.find(found->number); marker != at.end()) markers[marker->second].name = value;
    }
    return markers;
}

bool has_unread_chapters(const std::vector<text_tag>& tags, int sample_rate)
{
    std::set<std::string> positions;   // the numbers of the chapters that have one
    for (const auto& tag : tags)
        if (!markers_of_chapters({tag}, sample_rate).empty()) positions.insert(part_of(tag.name)->number);
    return std::any_of(tags.begin(), tags.end(), [&](const text_tag& tag) {
        return is_of_chapter(tag.name) && !tag.value.empty() && !positions.contains(part_of(tag.name)->number);
    });
}

std::vector<text_tag> chapters_of(const std::vector<marker>& markers, int sample_rate)
{
    std::vector<text_tag> tags;
    int number = 0;
    for (const auto& point : markers) {
        const auto name = std::string{prefix} + digits(++number, 3);
        tags.push_back({name, time_of(point.frame, sample_rate)});
        tags.push_back({name + "NAME", point.name.empty() ? "Marker " + std::to_string(number) : point.name});
    }
    return tags;
}

}   // namespace command
