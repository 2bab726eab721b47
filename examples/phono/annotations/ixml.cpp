// SPDX-License-Identifier: BSL-1.0
#include "annotations/ixml.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

namespace command {

namespace {

struct element {
    std::size_t begin, end;      // of its content
    std::size_t first, behind;   // of all of it
};

std::optional<element> find(std::string_view xml, const std::string& name)
{
    const auto open = '<' + name + '>';
    const auto close = "</" + name + '>';
    const auto first = xml.find(open);
    if (first == std::string_view::npos) return std::nullopt;
    const auto end = xml.find(close, first);
    if (end == std::string_view::npos) return std::nullopt;
    return element{first + open.size(), end, first, end + close.size()};
}

std::optional<std::uint64_t> number_in(std::string_view xml, const std::string& name)
{
    const auto place = find(xml, name);
    if (!place) return std::nullopt;
    const auto content = xml.substr(place->begin, place->end - place->begin);
    std::uint64_t value{};
    const auto [end, error] = std::from_chars(content.data(), content.data() + content.size(), value);
    return error == std::errc{} ? std::optional{value} : std::nullopt;
}

// Only where there is such a number, and it differs.
void set(std::string& xml, const std::string& name, std::uint64_t value)
{
    const auto before = number_in(xml, name);
    if (!before || *before == value) return;
    const auto place = find(xml, name);
    xml.replace(place->begin, place->end - place->begin, std::to_string(value));
}

std::string text_of(const byte_string& ixml) { return {ixml.begin(), ixml.end()}; }

}   // namespace

bool forget_loudness_in_ixml(byte_string& ixml)
{
    auto xml = text_of(ixml);
    const auto place = find(xml, "LOUDNESS");
    if (!place) return false;
    xml.erase(place->first, place->behind - place->first);
    ixml.assign(xml.begin(), xml.end());
    return true;
}

void move_ixml(byte_string& ixml, const displacement& by)
{
    constexpr std::uint64_t low_half = 0xFFFF'FFFF;
    auto xml = text_of(ixml);
    const double rate_ratio = by.rate_ratio.value_or(by.ratio);
    for (const std::string prefix : {"TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_", "BWF_TIME_REFERENCE_"}) {
        const bool is_bwf = prefix.starts_with("BWF");
        const std::string high = prefix + (is_bwf ? "HIGH" : "HI");
        const std::string low = prefix + (is_bwf ? "LOW" : "LO");
        const auto samples = (number_in(xml, high).value_or(0) & 0x3FFF'FFFF) << 32 | (number_in(xml, low).value_or(0) & low_half);
        const auto moved =
            static_cast<std::uint64_t>(displacement{rate_ratio, -by.frames_cut, {}, {}, {}}(static_cast<std::int64_t>(samples)));
        if (samples == 0) continue;
        set(xml, high, moved >> 32);
        set(xml, low, moved & low_half);
    }
    if (const auto rate = number_in(xml, "TIMESTAMP_SAMPLE_RATE"))
        set(xml, "TIMESTAMP_SAMPLE_RATE", static_cast<std::uint64_t>(std::llround(static_cast<double>(*rate & low_half) * rate_ratio)));
    ixml.assign(xml.begin(), xml.end());
}

void set_format_in_ixml(byte_string& ixml, int rate, sample_format format)
{
    auto xml = text_of(ixml);
    set(xml, "FILE_SAMPLE_RATE", static_cast<std::uint64_t>(rate));
    set(xml, "AUDIO_BIT_DEPTH", static_cast<std::uint64_t>(bits(format)));
    ixml.assign(xml.begin(), xml.end());
}

}   // namespace command
