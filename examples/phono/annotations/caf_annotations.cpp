// SPDX-License-Identifier: BSL-1.0
#include "annotations/caf_info.hpp"
#include "annotations/container_families.hpp"
#include "annotations/id3_tag.hpp"
#include "annotations/text_tags.hpp"
#include "annotations/text_times.hpp"
#include "annotations/untrue.hpp"
#include "annotations/vorbis_comments.hpp"
#include "support/utf8.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

namespace command {

// Apple, Core Audio Format Specification 1.0: texts in `info`, markers in `mark`, their names in `strg`.

namespace {

constexpr auto big = std::endian::big;

std::map<std::uint64_t, std::string> strings_of(const byte_string& strg)
{
    constexpr std::size_t entry = 12;
    std::map<std::uint64_t, std::string> strings;
    byte_reader read{strg, big};
    const auto count = read.number(4);
    if (count > read.left() / entry) return strings;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto id = read.number(4);
        const auto offset = read.number(8);
        byte_reader text{strg, big};
        text.skip(4 + count * entry);
        if (offset > text.left()) continue;
        text.skip(offset);
        strings.emplace(id, as_utf8(up_to_zero(text)));
    }
    return strings;
}

void read_markers(const byte_string& mark, std::vector<marker>& markers)
{
    byte_reader read{mark, big};
    read.skip(4);   // the kind of SMPTE time
    for (auto count = read.number(4); count > 0; --count) {
        read.skip(4);   // the kind of marker
        const auto frame = std::bit_cast<double>(read.number(8));
        marker point;
        point.id = static_cast<std::uint32_t>(read.number(4));
        read.skip(8 + 4);   // SMPTE time, channel
        if (!read.good()) return;
        if (!(frame >= 0.0 && frame < 0x1p62)) continue;
        point.frame = std::llround(frame);
        markers.push_back(point);
    }
}

void join_info(std::vector<chunk>& chunks, const std::vector<text_tag>& tags)
{
    const auto info = std::find_if(chunks.begin(), chunks.end(), [](const chunk& c) { return c.id == "info"; });
    auto all = info == chunks.end() ? caf_texts{} : caf_texts_of(info->bytes);
    for (const auto& tag : tags) join_caf_text(all, caf_key_of(tag.name), tag.value);
    if (info == chunks.end()) chunks.push_back({"info", caf_info_of(all)});
    else info->bytes = caf_info_of(all);
}

// What an ID3 tag in front of a CAF says beside `info`; the tag has no place there.
void take_over(const id3_content& ahead, annotations& all)
{
    const auto further = under_new_names(all.tags, ahead.tags, "ID3", all.left_out);
    add_tags(all, further);
    if (!further.empty()) join_info(all.chunks, further);
    for (const auto& id : ahead.others) add_once(all.left_out, "ID3 " + id);
    all.pictures = ahead.pictures;
}

constexpr std::size_t marker_bytes = 28;

// Those that stand one behind the other from an offset on.
void move_markers(byte_string& chunk, std::size_t from, std::uint64_t count, const displacement& by)
{
    for (std::uint64_t i = 0; i < count && from + marker_bytes <= chunk.size(); ++i, from += marker_bytes) {
        const auto frame = std::bit_cast<double>(number_at(chunk, from + 4, 8, big));
        if (!(frame >= 0.0 && frame < 0x1p62)) continue;
        put(chunk, from + 4, std::bit_cast<std::uint64_t>(static_cast<double>(by(std::llround(frame)))), 8, big);
    }
}

}   // namespace

void read_caf(const recording& about, annotations& all)
{
    id3_content ahead;
    std::map<std::uint64_t, std::string> strings;
    for (const auto& some : about.chunks) {
        if (is_made_anew(some.id)) continue;
        if (some.id == "info") {
            auto texts = caf_texts_of(some.bytes);
            std::vector<text_tag> tags;
            for (const auto& [key, value] : texts)
                if (!value.empty()) tags.push_back({name_of_caf_key(key), as_utf8(value)});
            add_tags(all, tags);
            const auto is_untrue = [](const auto& text) { return is_untrue_tag(name_of_caf_key(text.first)); };
            const auto lost = lost_caf_texts(some.bytes);
            if (!lost.empty()) add_once(all.left_out, lost);
            if (std::erase_if(texts, is_untrue) > 0 || !lost.empty()) {
                all.chunks.push_back({"info", caf_info_of(texts)});
                continue;
            }
        } else if (some.id == "mark") {
            read_markers(some.bytes, all.markers);
        } else if (some.id == "strg") {
            strings.merge(strings_of(some.bytes));
        } else if (some.id == "id3 ") {   // in front of the file, where it has no place
            ahead = content_of_id3(some.bytes);
            continue;
        } else if (is_untrue_chunk(some.id)) {
            add_once(all.left_out, word_of(some.id));
            continue;
        } else {
            add_once(all.untold, word_of(some.id));
        }
        all.chunks.push_back(some);
    }
    for (auto& point : all.markers)
        if (const auto found = strings.find(point.id); found != strings.end()) point.name = found->second;
    take_over(ahead, all);
}

void move_caf(chunk& some, int sample_rate, const displacement& by)
{
    if (some.id == "info") {
        auto texts = caf_texts_of(some.bytes);
        bool is_changed = false;
        for (auto& [key, value] : texts) {
            text_tag tag{name_of_caf_key(key), value};
            if (!counts_time(tag.name) || !move_time(tag, sample_rate, by)) continue;
            value = tag.value;
            is_changed = true;
        }
        if (is_changed) some.bytes = caf_info_of(texts);
    }
    if (some.id == "mark") move_markers(some.bytes, 8, number_at(some.bytes, 4, 4, big), by);
    if (some.id != "regn") return;
    constexpr std::size_t region_bytes = 12;
    std::size_t at = 8;
    for (auto regions = number_at(some.bytes, 4, 4, big); regions > 0 && at + region_bytes <= some.bytes.size(); --regions) {
        const auto count = number_at(some.bytes, at + 8, 4, big);
        move_markers(some.bytes, at + region_bytes, count, by);
        at += region_bytes + static_cast<std::size_t>(count) * marker_bytes;
    }
}

void note_caf(std::vector<chunk>& chunks, const std::string& text, const std::string& history_line)
{
    for (auto& some : chunks) {
        if (some.id != "info") continue;
        auto texts = caf_texts_of(some.bytes);
        for (auto& [key, value] : texts)
            if (name_of_caf_key(key) == "CODING_HISTORY") value += "\r\n" + history_line;
        some.bytes = caf_info_of(texts);
    }
    join_info(chunks, {{"COMMENT", text}});
}

stored_annotations caf_chunks_of(const annotations& all)
{
    stored_annotations stored;
    caf_texts info;
    for (const auto& tag : all.tags)
        if (tag.name != channel_mask_name) join_caf_text(info, caf_key_of(tag.name), tag.value);
    if (!info.empty()) stored.chunks.push_back({"info", caf_info_of(info)});
    byte_writer marks{big};
    byte_writer entries{big};
    byte_writer names{big};
    std::uint64_t id = 0;
    for (const auto& point : all.markers) {
        marks.number(0, 4).number(std::bit_cast<std::uint64_t>(static_cast<double>(point.frame)), 8).number(++id, 4);
        marks.number(0xFFFF'FFFF, 4).number(0xFFFF'FFFF, 4).number(0, 4);   // no SMPTE time, all channels
        entries.number(id, 4).number(names.written().size(), 8);
        names.text(point.name).number(0, 1);
    }
    if (id > 0) {
        stored.chunks.push_back({"mark", byte_writer{big}.number(0, 4).number(id, 4).append(marks.written()).written()});
        stored.chunks.push_back({"strg", byte_writer{big}.number(id, 4).append(entries.written()).append(names.written()).written()});
    }
    const auto any = [&](auto has) { return std::any_of(all.markers.begin(), all.markers.end(), has); };
    if (any([](const marker& m) { return m.frames > 0; })) stored.left_out.push_back("lengths of regions");
    if (any([](const marker& m) { return !m.note.empty(); })) stored.left_out.push_back("notes of markers");
    if (!all.pictures.empty()) stored.left_out.push_back("pictures");
    stored.left_out.insert(stored.left_out.end(), all.untold.begin(), all.untold.end());
    return stored;
}

}   // namespace command
