// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/programs.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

/// Chunks of sound files, byte by byte as their specifications have them.
namespace chunks {

/// A number of so many bytes, the lowest or the highest first.
inline std::string little(std::uint64_t value, int width)
{
    std::string text;
    for (int i = 0; i < width; ++i) text += static_cast<char>(value >> 8 * i & 0xFF);
    return text;
}

inline std::string big(std::uint64_t value, int width)
{
    auto text = little(value, width);
    return {text.rbegin(), text.rend()};
}

/// A text with zeros behind it.
inline std::string field(std::string text, std::size_t width)
{
    text.resize(width);
    return text;
}

/// A chunk of RIFF with its padding, and one of AIFF.
inline std::string riff(const std::string& id, const std::string& content)
{
    return id + little(content.size(), 4) + content + std::string(content.size() % 2, '\0');
}

inline std::string aiff(const std::string& id, const std::string& content)
{
    return id + big(content.size(), 4) + content + std::string(content.size() % 2, '\0');
}

/// A text with a zero behind it where its length is odd.
inline std::string even(std::string text)
{
    text.resize(text.size() + text.size() % 2);
    return text;
}

/// EBU Tech 3285, version 2, with loudness figures of -23.00 LUFS and so on.
inline std::string bext(const std::string& description, std::uint64_t time_reference, const std::string& history)
{
    std::string umid;
    for (int i = 0; i < 64; ++i) umid += static_cast<char>(i + 1);
    return field(description, 256) + field("Archive", 32) + field("REF-0042", 32) + "2024-05-31" + "12:34:56" + little(time_reference, 8) +
           little(2, 2) + umid + little(0x10000 - 2300, 2) + little(700, 2) + little(0x10000 - 120, 2) + little(0x10000 - 2000, 2) +
           little(0x10000 - 2100, 2) + std::string(180, '\0') + history;
}

struct point {
    std::uint32_t id;
    std::uint32_t frame;
    std::string name;
};

inline std::string cue(const std::vector<point>& points)
{
    auto text = little(points.size(), 4);
    for (const auto& p : points) text += little(p.id, 4) + little(p.frame, 4) + "data" + little(0, 4) + little(0, 4) + little(p.frame, 4);
    return text;
}

inline std::string labels(const std::vector<point>& points)
{
    std::string text = "adtl";
    for (const auto& p : points) text += riff("labl", little(p.id, 4) + p.name + '\0');
    return text;
}

/// RFC 9639, 8.6, 8.7 and 8.8.
inline std::string vorbis_comment(const std::vector<std::string>& texts)
{
    auto block = little(4, 4) + "test" + little(texts.size(), 4);
    for (const auto& text : texts) block += little(text.size(), 4) + text;
    return block;
}

inline std::string cue_sheet(const std::vector<std::uint64_t>& tracks, std::uint64_t frames, bool is_cd = false)
{
    auto block = field("", 128) + big(0, 8) + static_cast<char>(is_cd ? 0x80 : 0) + field("", 258) + big(tracks.size() + 1, 1);
    int number = 0;
    for (const auto frame : tracks)
        block += big(frame, 8) + big(static_cast<unsigned>(++number), 1) + field("", 26) + big(1, 1) + big(0, 8) + big(1, 1) + field("", 3);
    return block + big(frames, 8) + big(is_cd ? 170 : 255, 1) + field("", 26) + big(0, 1);
}

inline std::string picture(const std::string& data)
{
    return big(3, 4) + big(9, 4) + "image/png" + big(5, 4) + "cover" + big(64, 4) + big(64, 4) + big(24, 4) + big(0, 4) +
           big(data.size(), 4) + data;
}

struct part {
    std::string id, content;
};

inline std::uint64_t number(const std::string& text, std::size_t at, int width, bool big_end)
{
    std::uint64_t value = 0;
    for (int i = 0; i < width; ++i)
        value = value << 8 | static_cast<unsigned char>(text.at(at + static_cast<std::size_t>(big_end ? i : width - 1 - i)));
    return value;
}

/// The content of the first that begins so; empty where there is none.
inline std::string content(const std::vector<part>& all, const std::string& id, const std::string& begin = {})
{
    for (const auto& some : all)
        if (some.id == id && some.content.starts_with(begin)) return some.content;
    return {};
}

/// The chunks of a RIFF or an AIFF file.
inline std::vector<part> parts(const std::string& file)
{
    const bool big_end = file.starts_with("FORM");
    std::vector<part> all;
    for (std::size_t at = 12; at + 8 <= file.size();) {
        auto size = number(file, at + 4, 4, big_end);
        if (size == 0xFFFF'FFFF) size = number(content(all, "ds64"), 8, 8, false);   // of RF64's samples: EBU Tech 3306
        all.push_back({file.substr(at, 4), file.substr(at + 8, size)});
        at += 8 + size + size % 2;
    }
    return all;
}

/// The metadata blocks of a FLAC file, by the numbers of their types.
inline std::vector<part> blocks(const std::string& file)
{
    std::vector<part> all;
    bool is_last = !file.starts_with("fLaC");
    for (std::size_t at = 4; !is_last;) {
        const auto size = number(file, at + 1, 3, true);
        is_last = (file.at(at) & 0x80) != 0;
        all.push_back({std::to_string(file.at(at) & 0x7F), file.substr(at + 4, size)});
        at += 4 + size;
    }
    return all;
}

/// Puts chunks behind the sound of a RIFF or an AIFF file.
inline void append(const std::filesystem::path& file, const std::string& further)
{
    auto all = programs::contents(file) + further;
    const bool big_end = all.starts_with("FORM");
    all.replace(4, 4, big_end ? big(all.size() - 8, 4) : little(all.size() - 8, 4));
    std::ofstream{file, std::ios::binary} << all;
}

/// Puts metadata blocks behind the STREAMINFO of a FLAC file, in place of its own.
inline void replace_blocks(const std::filesystem::path& file, const std::vector<part>& further)
{
    const auto all = programs::contents(file);
    std::size_t sound = 4;
    for (const auto& some : blocks(all)) sound += 4 + some.content.size();
    auto made = all.substr(0, 4) + '\0' + all.substr(5, 3 + 34);
    for (const auto& some : further) {
        const bool is_last = &some == &further.back();
        made += static_cast<char>(std::stoi(some.id) | (is_last ? 0x80 : 0)) + big(some.content.size(), 3) + some.content;
    }
    std::ofstream{file, std::ios::binary} << made + all.substr(sound);
}

}   // namespace chunks
