// SPDX-License-Identifier: BSL-1.0
#include "annotations/broadcast_description.hpp"

#include "support/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace command {

namespace {

constexpr std::size_t fixed_part = 602;   // bytes before the coding history
constexpr std::size_t time_reference = 338;
constexpr std::size_t version = 346;
constexpr std::size_t umid = 348;
constexpr std::size_t umid_bytes = 64;
constexpr std::size_t loudness = 412;   // five numbers of 16 bits, from version 2 on
constexpr std::size_t loudness_figures = 5;
constexpr std::uint64_t unknown = 0x7FFF;

struct text_field {
    const char* name;
    std::size_t offset, width;
};
constexpr std::array text_fields{
    text_field{"DESCRIPTION", 0, 256},       text_field{"ORIGINATOR", 256, 32},      text_field{"ORIGINATOR_REFERENCE", 288, 32},
    text_field{"ORIGINATION_DATE", 320, 10}, text_field{"ORIGINATION_TIME", 330, 8},
};
constexpr auto little = std::endian::little;

std::string text_at(const byte_string& all, std::size_t offset, std::size_t width)
{
    byte_reader read{all, little};
    read.skip(offset);
    return until_zero(read.text(std::min(width, read.left())));
}

std::string hexadecimal(const byte_string& all, std::size_t offset, std::size_t width)
{
    std::string text;
    for (std::size_t i = offset; i < offset + width; ++i)
        for (const int shift : {4, 0}) text += "0123456789ABCDEF"[all[i] >> shift & 0xF];
    return text.find_first_not_of('0') == std::string::npos ? std::string{} : text;
}

// `0x` and colons in between are left out; an odd digit at the end is none.
byte_string from_hexadecimal(std::string_view text)
{
    if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
    byte_string all;
    int half = -1;
    for (const char c : text) {
        int digit{};
        if (std::from_chars(&c, &c + 1, digit, 16).ec != std::errc{}) continue;
        if (half < 0) half = digit;
        else all.push_back(static_cast<unsigned char>(half << 4 | digit)), half = -1;
    }
    return all;
}

bool has_loudness(const byte_string& bext) { return is_description(bext) && number_at(bext, version, 2, little) >= 2; }

}   // namespace

bool is_description(const byte_string& bext) noexcept { return bext.size() >= fixed_part; }

std::vector<text_tag> tags_of_description(const byte_string& bext)
{
    if (!is_description(bext)) return {};
    std::vector<text_tag> tags;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) tags.push_back({name, as_utf8(value)});
    };
    for (const auto& field : text_fields) add(field.name, text_at(bext, field.offset, field.width));
    if (const auto samples = number_at(bext, time_reference, 8, little); samples != 0) add("TIME_REFERENCE", std::to_string(samples));
    if (number_at(bext, version, 2, little) >= 1) add("UMID", hexadecimal(bext, umid, umid_bytes));
    auto history = text_at(bext, fixed_part, bext.size());
    while (history.ends_with('\n') || history.ends_with('\r')) history.pop_back();
    add("CODING_HISTORY", history);
    return tags;
}

bool is_of_description(const std::string& name)
{
    return std::any_of(text_fields.begin(), text_fields.end(), [&](const auto& field) { return name == field.name; }) ||
           name == "TIME_REFERENCE" || name == "UMID" || name == "CODING_HISTORY";
}

std::optional<byte_string> description_of(const std::vector<text_tag>& tags)
{
    const auto value = [&](const std::string& name) {
        const auto found = std::find_if(tags.begin(), tags.end(), [&](const auto& tag) { return tag.name == name; });
        return found == tags.end() ? std::string{} : found->value;
    };
    if (std::none_of(tags.begin(), tags.end(), [](const auto& t) { return t.name != "DESCRIPTION" && is_of_description(t.name); }))
        return {};
    byte_writer write{little};
    for (const auto& field : text_fields) write.field(value(field.name), field.width);
    std::uint64_t samples = 0;
    const auto reference = value("TIME_REFERENCE");
    std::from_chars(reference.data(), reference.data() + reference.size(), samples);
    auto id = from_hexadecimal(value("UMID"));
    id.resize(umid_bytes);
    write.number(samples, 8).number(2, 2).append(id);
    for (std::size_t i = 0; i < loudness_figures; ++i) write.number(unknown, 2);
    write.field("", fixed_part - loudness - 2 * loudness_figures);
    auto all = write.written();
    if (const auto history = value("CODING_HISTORY"); !history.empty()) add_history(all, history);
    return all;
}

void move_description(byte_string& bext, const displacement& by)
{
    if (!is_description(bext)) return;
    const auto samples = number_at(bext, time_reference, 8, little);
    const auto moved = static_cast<long double>(samples) * static_cast<long double>(by.rate_ratio.value_or(by.ratio)) + by.frames_cut;
    if (samples == 0 || moved >= 0x1p63L) return;   // 0: no time was given
    put(bext, time_reference, static_cast<std::uint64_t>(std::llroundl(std::max(moved, 0.0L))), 8, little);
}

bool forget_loudness(byte_string& bext)
{
    if (!has_loudness(bext)) return false;
    bool had_any = false;
    for (std::size_t i = 0; i < loudness_figures; ++i) {
        const auto figure = number_at(bext, loudness + 2 * i, 2, little);
        had_any = had_any || (figure != unknown && figure != 0);
        put(bext, loudness + 2 * i, unknown, 2, little);
    }
    return had_any;
}

byte_string behind_history(const byte_string& bext)
{
    if (!is_description(bext)) return {};
    const auto zero = std::find(bext.begin() + fixed_part, bext.end(), 0);
    const auto first = std::find_if(zero, bext.end(), [](unsigned char c) { return c != 0; });
    return first == bext.end() ? byte_string{} : byte_string{zero, bext.end()};
}

void add_history(byte_string& bext, const std::string& line)
{
    if (!is_description(bext)) return;
    const auto behind = behind_history(bext);
    auto history = text_at(bext, fixed_part, bext.size());
    while (history.ends_with('\n') || history.ends_with('\r')) history.pop_back();
    if (!history.empty()) history += "\r\n";
    history += line + "\r\n";
    bext.resize(fixed_part);
    bext.insert(bext.end(), history.begin(), history.end());
    bext.insert(bext.end(), behind.begin(), behind.end());
    if (bext.size() % 2 != 0) bext.push_back(0);   // libsndfile 1.2.0 finds no sound in an RF64 behind a chunk of odd size
}

std::string history_line(int rate, int channels, sample_format format, std::string text)
{
    for (auto& c : text)
        if (c == ',') c = ' ';
    const char* mode = channels == 1 ? "mono" : channels == 2 ? "stereo" : "multichannel";
    return "A=PCM,F=" + std::to_string(rate) + ",W=" + std::to_string(bits(format)) + ",M=" + mode + ",T=" + text;
}

}   // namespace command
