// SPDX-License-Identifier: BSL-1.0
#include "annotations/caf_info.hpp"

#include "support/letters.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace command {

namespace {

constexpr auto big = std::endian::big;
constexpr std::array<std::pair<std::string_view, const char*>, 10> keys{{
    {"title", "TITLE"},
    {"artist", "ARTIST"},
    {"album", "ALBUM"},
    {"recorded date", "DATE"},
    {"year", "DATE"},
    {"track number", "TRACKNUMBER"},
    {"comments", "COMMENT"},
    {"genre", "GENRE"},
    {"copyright", "COPYRIGHT"},
    {"encoding application", "ENCODER"},
}};

}   // namespace

std::string name_of_caf_key(const std::string& key)
{
    for (const auto& [of_caf, name] : keys)
        if (key == of_caf) return name;
    std::string name;
    for (const char c : key) name += c == ' ' ? '_' : capital(c);
    return name;
}

std::string caf_key_of(const std::string& name)
{
    for (const auto& [key, of_ours] : keys)
        if (name == of_ours) return std::string{key};
    std::string key;
    for (const char c : name) key += c == '_' ? ' ' : small(c);
    return key;
}

std::string up_to_zero(byte_reader& read)
{
    std::string text;
    while (read.left() > 0) {
        const auto c = static_cast<char>(read.number(1));
        if (c == '\0') break;
        text += c;
    }
    return text;
}

caf_texts caf_texts_of(const byte_string& info)
{
    caf_texts all;
    byte_reader read{info, big};
    for (auto count = read.number(4); count > 0 && read.left() > 0; --count) {
        auto key = up_to_zero(read);
        auto value = up_to_zero(read);
        if (!key.empty()) all.emplace_back(std::move(key), std::move(value));
    }
    return all;
}

std::string lost_caf_texts(const byte_string& info)
{
    byte_reader read{info, big};
    const auto announced = read.number(4);
    std::uint64_t there = 0;
    while (read.left() > 0) {
        const bool is_empty = up_to_zero(read).empty();   // of zeros that only fill space
        const bool has_value = !up_to_zero(read).empty();
        if (!is_empty || has_value) ++there;
        else if (there >= announced) break;
    }
    if (there < announced) return std::to_string(announced - there) + " texts that its chunk 'info' announces and does not hold";
    if (there > announced) return std::to_string(there - announced) + " texts behind those that its chunk 'info' announces";
    return {};
}

void join_caf_text(caf_texts& all, const std::string& key, const std::string& value)
{
    const auto same = std::find_if(all.begin(), all.end(), [&](const auto& text) { return text.first == key; });
    if (same == all.end()) all.emplace_back(key, value);
    else same->second += (same->second.empty() ? "" : "; ") + value;
}

byte_string caf_info_of(const caf_texts& all)
{
    byte_writer write{big};
    write.number(all.size(), 4);
    for (const auto& [key, value] : all) write.text(key).number(0, 1).text(value).number(0, 1);
    return write.written();
}

}   // namespace command
