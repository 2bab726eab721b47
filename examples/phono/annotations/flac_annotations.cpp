// SPDX-License-Identifier: BSL-1.0
#include "annotations/chapters.hpp"
#include "annotations/container_families.hpp"
#include "annotations/cue_sheet.hpp"
#include "annotations/foreign_metadata.hpp"
#include "annotations/id3_tag.hpp"
#include "annotations/text_tags.hpp"
#include "annotations/text_times.hpp"
#include "annotations/untrue.hpp"
#include "annotations/vorbis_comments.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace command {

namespace {

constexpr auto history = "CODING_HISTORY";

void keep_true(byte_string& block, annotations& all)
{
    auto comments = comments_of(block);
    const auto untrue = [&](const std::string& text) {
        const auto tag = tag_of(text);
        if (!is_untrue_tag(tag.name)) return false;
        add_once(all.left_out, figures_of(tag.name));
        all.untrue.push_back(tag);
        return true;
    };
    if (std::erase_if(comments.texts, untrue) > 0) block = block_of(comments);
}

// Chapters have the names, a cue sheet the positions to the sample: where they stand for the same points, both are taken.
std::vector<marker> merged(std::vector<marker> chapters, const std::vector<marker>& tracks, int sample_rate)
{
    if (chapters.empty()) return tracks;
    const auto millisecond = static_cast<std::int64_t>(std::ceil(sample_rate / 1000.0));
    for (const auto& point : tracks) {
        const auto same =
            std::find_if(chapters.begin(), chapters.end(), [&](const marker& c) { return std::abs(c.frame - point.frame) <= millisecond; });
        if (same != chapters.end()) same->frame = point.frame;
        else chapters.push_back(point);
    }
    return chapters;
}

void add_comments(std::vector<chunk>& chunks, const std::vector<std::string>& texts)
{
    auto block = std::find_if(chunks.begin(), chunks.end(), [](const chunk& c) { return c.id == "VORBIS_COMMENT"; });
    if (block == chunks.end()) block = chunks.insert(chunks.begin(), {"VORBIS_COMMENT", block_of({"phono", {}})});
    auto comments = comments_of(block->bytes);
    comments.texts.insert(comments.texts.end(), texts.begin(), texts.end());
    block->bytes = block_of(comments);
}

// RFC 9639, 8.8.
byte_string image_of(const byte_string& picture)
{
    byte_reader read{picture, std::endian::big};
    read.skip(4);                                            // what it shows
    for (int i = 0; i < 2; ++i) read.skip(read.number(4));   // its type and a description
    read.skip(16);                                           // its size
    return read.take(read.count(4));
}

// An ID3 tag in front of a FLAC, which some programs write, has no place there: what the comments do not say is told by them.
void take_over(const id3_content& ahead, std::vector<text_tag>& texts, annotations& all)
{
    std::vector<std::string> further;
    for (const auto& tag : under_new_names(texts, ahead.tags, "ID3", all.left_out)) further.push_back(comment_of(tag));
    for (const auto& text : further) texts.push_back(tag_of(text));
    if (!further.empty()) add_comments(all.chunks, further);
    for (const auto& id : ahead.others) add_once(all.left_out, "ID3 " + id);
    const bool has_pictures = !all.pictures.empty();
    for (const auto& picture : ahead.pictures) {
        const auto is_same = [&](const byte_string& other) { return image_of(other) == image_of(picture); };
        if (has_pictures) {
            if (std::none_of(all.pictures.begin(), all.pictures.end(), is_same)) add_once(all.left_out, "ID3 pictures");
            continue;
        }
        all.pictures.push_back(picture);
        all.chunks.push_back({"PICTURE", picture});
    }
}

// RFC 9639, 8.6.2: where the loudspeakers are not those that FLAC takes for granted for their number.
bool is_usual(const recording& about)
{
    constexpr std::array<std::uint32_t, 8> usual{0x4, 0x3, 0x7, 0x33, 0x37, 0x3F, 0x70F, 0x63F};
    const auto channels = static_cast<std::size_t>(about.channels);
    return about.speakers == 0 || channels < 1 || channels > usual.size() || about.speakers == usual[channels - 1] ||
           (channels == 1 && about.speakers == 1);
}

std::string hexadecimal(std::uint32_t mask)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "0x%04X", static_cast<unsigned>(mask));
    return text.data();
}

}   // namespace

void read_flac(const recording& about, annotations& all)
{
    std::vector<text_tag> texts;
    std::vector<marker> tracks;
    id3_content ahead;
    auto blocks = about.chunks;
    auto kept = take_kept_chunks(blocks, all.left_out);
    for (auto& some : blocks) {
        if (is_made_anew(some.id)) continue;
        if (some.id == "VORBIS_COMMENT") {
            keep_true(some.bytes, all);
            for (const auto& text : comments_of(some.bytes).texts) texts.push_back(tag_of(text));
        } else if (some.id == "PICTURE") {
            all.pictures.push_back(some.bytes);
        } else if (some.id == "CUESHEET") {
            tracks = markers_of_cue_sheet(some.bytes);
            for (const auto& words : beside_markers(some.bytes)) add_once(all.untold, words);
        } else if (some.id == "id3 ") {
            ahead = content_of_id3(some.bytes);
            continue;
        } else if (some.id.starts_with("block ")) {   // of a type without a name: what it holds may be untrue now
            add_once(all.left_out, some.id);
            continue;
        } else if (!is_of_foreign_file(some)) {
            add_once(all.untold, some.id);
        }
        all.chunks.push_back(std::move(some));
    }
    take_over(ahead, texts, all);
    for (const auto& tag : texts)
        if (!is_of_chapter(tag.name) && !tag.value.empty())   // repeated ones too, which an author may mean
            all.tags.push_back(tag.name.empty() ? text_tag{"COMMENT", tag.value} : tag);
    if (has_unread_chapters(texts, about.sample_rate)) add_once(all.untold, "chapters without a position");
    all.markers = merged(markers_of_chapters(texts, about.sample_rate), tracks, about.sample_rate);
    if (kept.kind == file_kind::other) return;
    kept.sample_rate = about.sample_rate;
    kept.channels = about.channels;
    kept.frames = about.frames;
    kept.format = about.format;
    add_kept(all, annotations_of(kept));
}

void move_flac(chunk& some, int sample_rate, const displacement& by)
{
    if (some.id == "CUESHEET") return move_cue_sheet(some.bytes, by);
    if (some.id != "VORBIS_COMMENT") return;
    auto comments = comments_of(some.bytes);
    const auto new_rate = static_cast<int>(std::lround(sample_rate * by.rate_ratio.value_or(by.ratio)));
    bool is_changed = false;
    for (auto& text : comments.texts) {
        auto tag = tag_of(text);
        if (counts_time(tag.name) && move_time(tag, sample_rate, by)) {
            text = comment_of(tag);
            is_changed = true;
            continue;
        }
        auto points = markers_of_chapters({tag}, sample_rate);
        if (points.empty()) continue;
        points.front().frame = by(points.front().frame);
        text = comment_of({tag.name, chapters_of(points, new_rate).front().value});
        is_changed = true;
    }
    if (is_changed) some.bytes = block_of(comments);
}

void note_flac(std::vector<chunk>& chunks, const std::string& text, const std::string& history_line)
{
    for (auto& some : chunks) {
        if (some.id != "VORBIS_COMMENT") continue;
        auto comments = comments_of(some.bytes);
        for (auto& comment : comments.texts)
            if (tag_of(comment).name == history) comment += "\r\n" + history_line;
        some.bytes = block_of(comments);
    }
    add_comments(chunks, {comment_of({"COMMENT", text})});
}

stored_annotations flac_chunks_of(const annotations& all, const recording& about)
{
    stored_annotations stored;
    vorbis_comments comments{"phono", {}};
    for (const auto& tag : all.tags) comments.texts.push_back(comment_of(tag));
    for (const auto& tag : chapters_of(all.markers, all.sample_rate)) comments.texts.push_back(comment_of(tag));
    if (!is_usual(about)) comments.texts.push_back(comment_of({std::string{channel_mask_name}, hexadecimal(about.speakers)}));
    if (!comments.texts.empty()) stored.chunks.push_back({"VORBIS_COMMENT", block_of(comments)});
    auto sheet = cue_sheet_of(all.markers, about.frames);
    const bool is_exact = sheet.has_value();
    if (sheet) stored.chunks.push_back({"CUESHEET", std::move(*sheet)});
    for (const auto& picture : all.pictures) stored.chunks.push_back({"PICTURE", picture});
    const auto any = [&](auto has) { return std::any_of(all.markers.begin(), all.markers.end(), has); };
    const auto is_between = [&](const marker& m) { return m.frame * 1000 % std::max(1, all.sample_rate) != 0; };
    if (!is_exact && any(is_between)) stored.left_out.push_back("places of markers between milliseconds");
    if (any([](const marker& m) { return m.frames > 0; })) stored.left_out.push_back("lengths of regions");
    if (any([](const marker& m) { return !m.note.empty(); })) stored.left_out.push_back("notes of markers");
    stored.left_out.insert(stored.left_out.end(), all.untold.begin(), all.untold.end());
    return stored;
}

}   // namespace command
