// SPDX-License-Identifier: BSL-1.0
#include "annotations/cue_points.hpp"

#include "annotations/container_families.hpp"
#include "annotations/list_padding.hpp"
#include "support/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string_view>

namespace command {

namespace {

constexpr auto little = std::endian::little;
constexpr std::size_t cue_point_bytes = 24;
constexpr std::int64_t most_32_bits = std::numeric_limits<std::uint32_t>::max();

std::uint64_t in_32_bits(std::int64_t frame) { return static_cast<std::uint64_t>(std::clamp(frame, std::int64_t{0}, most_32_bits)); }

// Those that the chunk announces, as far as it holds them.
std::size_t points_in(const byte_string& cue)
{
    if (cue.size() < 4) return 0;
    return std::min<std::size_t>(number_at(cue, 0, 4, little), (cue.size() - 4) / cue_point_bytes);
}

void read_points(const byte_string& cue, std::vector<marker>& markers)
{
    byte_reader read{cue, little};
    read.skip(4);
    for (std::size_t i = points_in(cue); i > 0; --i) {
        marker point;
        point.id = static_cast<std::uint32_t>(read.number(4));
        read.skip(cue_point_bytes - 8);   // the sample's offset is the last number
        point.frame = static_cast<std::int64_t>(read.number(4));
        markers.push_back(point);
    }
}

// Four small letters, as all that may stand in the list.
bool begins_text(byte_reader read)
{
    const auto kind = read.text(4);
    return read.good() && std::all_of(kind.begin(), kind.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// A further text of the same point is not told where there is one.
void tell(std::string& what, const std::string& text, const char* further, std::vector<std::string>& untold)
{
    if (what.empty()) what = text;
    else if (what != text && !text.empty()) add_once(untold, further);
}

void read_texts(const byte_string& adtl, const std::map<std::uint32_t, marker*>& by_id, std::vector<std::string>& untold)
{
    constexpr std::size_t purpose_and_language = 12;
    byte_reader read{adtl, little};
    read.skip(4);
    while (read.left() >= 8) {
        const auto kind = read.text(4);
        const auto size = read.count(4);
        auto part = read.part(size);
        skip_item_padding(read, size, begins_text);
        const auto found = by_id.find(static_cast<std::uint32_t>(part.number(4)));
        if (!part.good()) continue;
        const bool is_text = kind == "labl" || kind == "note";
        if (!is_text && kind != "ltxt") {
            add_once(untold, kind == "file" ? "files of markers" : "adtl " + word_of(kind));
        } else if (found == by_id.end()) {
            add_once(untold, is_text ? "labels without a cue point" : "regions without a cue point");
        } else if (is_text) {
            const auto text = as_utf8(until_zero(part.text(part.left())));
            if (kind == "labl") tell(found->second->name, text, "further labels of a marker", untold);
            else tell(found->second->note, text, "further notes of a marker", untold);
        } else {
            const auto frames = static_cast<std::int64_t>(part.number(4));
            if (found->second->frames != 0 && found->second->frames != frames) add_once(untold, "further regions of a marker");
            else found->second->frames = frames;
            if (part.left() <= purpose_and_language) continue;
            part.skip(purpose_and_language);
            if (!until_zero(part.text(part.left())).empty()) add_once(untold, "texts of regions");
        }
    }
}

}   // namespace

bool is_adtl_list(const chunk& some)
{
    constexpr std::string_view type = "adtl";
    return some.id == "LIST" && some.bytes.size() >= type.size() && std::equal(type.begin(), type.end(), some.bytes.begin());
}

std::vector<marker> markers_of_riff(const std::vector<chunk>& chunks, std::vector<std::string>& untold)
{
    std::vector<marker> markers;
    for (const auto& some : chunks)
        if (some.id == "cue ") read_points(some.bytes, markers);
    std::map<std::uint32_t, marker*> by_id;
    for (auto& point : markers) by_id.emplace(point.id, &point);
    for (const auto& some : chunks)
        if (is_adtl_list(some)) read_texts(some.bytes, by_id, untold);
    return markers;
}

std::size_t count_true_points(byte_string& cue)
{
    if (cue.size() < 4) return 0;
    const auto announced = static_cast<std::size_t>(number_at(cue, 0, 4, little)), there = points_in(cue);
    if (announced > there) put(cue, 0, there, 4, little);
    return announced - there;
}

bool has_cue_point(const marker& point) noexcept { return point.frame <= most_32_bits; }

std::vector<chunk> cue_chunks_of(const std::vector<marker>& markers)
{
    byte_writer points{little};
    byte_writer texts{little};
    texts.text("adtl");
    std::uint32_t id = 0;
    const auto text = [&](std::string_view kind, const std::string& words) {
        if (!words.empty()) texts.text(kind).number(words.size() + 5, 4).number(id, 4).text(words).number(0, 1).to_even();
    };
    for (const auto& point : markers) {
        if (!has_cue_point(point)) continue;
        ++id;
        const auto frame = in_32_bits(point.frame);
        points.number(id, 4).number(frame, 4).text("data").number(0, 4).number(0, 4).number(frame, 4);
        text("labl", point.name);
        text("note", point.note);
        if (point.frames > 0) texts.text("ltxt").number(20, 4).number(id, 4).number(in_32_bits(point.frames), 4).text("rgn ").number(0, 8);
    }
    std::vector<chunk> chunks;
    if (id == 0) return chunks;
    chunks.push_back({"cue ", byte_writer{little}.number(id, 4).append(points.written()).written()});
    if (texts.written().size() > 4) chunks.push_back({"LIST", texts.written()});
    return chunks;
}

void move_cue_points(byte_string& cue, const displacement& by)
{
    for (std::size_t i = 0; i < points_in(cue); ++i) {
        const auto point = 4 + i * cue_point_bytes;
        for (const auto offset : {point + 4, point + 20})   // the position in the play order, and that in the samples
            put(cue, offset, in_32_bits(by(static_cast<std::int64_t>(number_at(cue, offset, 4, little)))), 4, little);
    }
}

void move_regions(byte_string& adtl, const displacement& by)
{
    byte_reader read{adtl, little};
    read.skip(4);
    while (read.left() >= 8) {
        const auto kind = read.text(4);
        const auto size = read.count(4);
        const auto begin = read.position();
        read.skip(size);
        skip_item_padding(read, size, begins_text);
        if (kind != "ltxt" || size < 8) continue;
        const auto length = static_cast<double>(number_at(adtl, begin + 4, 4, little));
        put(adtl, begin + 4, in_32_bits(std::llround(length * by.ratio)), 4, little);
    }
}

void move_loops(byte_string& smpl, const displacement& by)
{
    constexpr std::size_t header = 36;
    constexpr std::size_t loop_bytes = 24;
    if (smpl.size() < header) return;
    const auto period = static_cast<double>(number_at(smpl, 8, 4, little));
    put(smpl, 8, in_32_bits(std::llround(period / by.rate_ratio.value_or(by.ratio))), 4, little);
    const auto loops = std::min<std::size_t>(number_at(smpl, 28, 4, little), (smpl.size() - header) / loop_bytes);
    for (std::size_t i = 0; i < loops; ++i)
        for (const auto offset : {header + i * loop_bytes + 8, header + i * loop_bytes + 12})
            put(smpl, offset, in_32_bits(by(static_cast<std::int64_t>(number_at(smpl, offset, 4, little)))), 4, little);
}

}   // namespace command
