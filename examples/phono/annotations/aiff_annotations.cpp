// SPDX-License-Identifier: BSL-1.0
#include "annotations/container_families.hpp"
#include "annotations/id3_tag.hpp"
#include "annotations/text_tags.hpp"
#include "annotations/untrue.hpp"
#include "annotations/vorbis_comments.hpp"
#include "support/utf8.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace command {

// Apple, Audio Interchange File Format 1.3 (1989): texts NAME, AUTH, (c) and ANNO, markers in MARK, comments of markers in COMT.

namespace {

constexpr auto big = std::endian::big;
constexpr std::array<std::pair<const char*, const char*>, 4> texts{
    {{"NAME", "TITLE"}, {"AUTH", "ARTIST"}, {"(c) ", "COPYRIGHT"}, {"ANNO", "COMMENT"}}};
constexpr std::size_t most_markers = 32'767;   // their identifiers are positive numbers of 16 bits
constexpr std::int64_t most_frame = std::numeric_limits<std::uint32_t>::max();

// The texts have an even number of bytes with the one that counts them.
std::string counted(byte_reader& read)
{
    const auto size = read.number(1);
    auto text = read.text(size);
    if (size % 2 == 0 && read.left() > 0) read.skip(1);
    return text;
}

void read_markers(const byte_string& mark, std::vector<marker>& markers)
{
    byte_reader read{mark, big};
    for (auto count = read.number(2); count > 0; --count) {
        marker point;
        point.id = static_cast<std::uint32_t>(read.number(2));
        point.frame = static_cast<std::int64_t>(read.number(4));
        point.name = as_utf8(until_zero(counted(read)));
        if (!read.good()) return;
        markers.push_back(point);
    }
}

void read_comments(const byte_string& comt, annotations& all, std::vector<text_tag>& comments)
{
    byte_reader read{comt, big};
    for (auto count = read.number(2); count > 0; --count) {
        read.skip(4);   // when it was made
        const auto id = read.number(2);
        const auto size = read.number(2);
        const auto text = as_utf8(until_zero(read.text(size)));
        if (size % 2 != 0 && read.left() > 0) read.skip(1);
        if (!read.good()) return;
        const auto of = std::find_if(all.markers.begin(), all.markers.end(), [&](const marker& m) { return id != 0 && m.id == id; });
        if (of != all.markers.end()) of->note += (of->note.empty() ? "" : "; ") + text;
        else if (!text.empty()) comments.push_back({"COMMENT", text});
    }
}

void sort_in(chunk& some, annotations& all, std::vector<text_tag>& comments)
{
    for (const auto& [id, name] : texts)
        if (some.id == id) {
            const text_tag tag{name, as_utf8(until_zero({some.bytes.begin(), some.bytes.end()}))};
            if (tag.value.empty()) return;
            if (tag.name == "COMMENT") comments.push_back(tag);
            else add_tags(all, {tag});
            return;
        }
    if (is_id3(some)) return add_id3(all, some.bytes);
    if (some.id == "MARK") return read_markers(some.bytes, all.markers);
    if (some.id != "COMT") add_once(all.untold, word_of(some.id));
}

byte_string text_chunk(const std::string& text) { return {text.begin(), text.end()}; }

// Markers and the comments of those that have one.
void add_markers(const annotations& all, stored_annotations& stored)
{
    byte_writer marks{big};
    byte_writer notes{big};
    std::uint64_t count = 0;
    std::uint64_t noted = 0;
    for (const auto& point : all.markers) {
        if (point.frame > most_frame || count == most_markers) continue;
        const auto name = shortened(point.name, 255);
        if (name != point.name) add_once(stored.left_out, "ends of markers' names");
        marks.number(++count, 2).number(static_cast<std::uint64_t>(std::max<std::int64_t>(point.frame, 0)), 4);
        marks.number(name.size(), 1).text(name).to_even();
        if (point.note.empty()) continue;
        const auto note = shortened(point.note, 65'534);
        notes.number(0, 4).number(count, 2).number(note.size(), 2).text(note).to_even();
        ++noted;
    }
    if (count > 0) stored.chunks.push_back({"MARK", byte_writer{big}.number(count, 2).append(marks.written()).written()});
    if (noted > 0) stored.chunks.push_back({"COMT", byte_writer{big}.number(noted, 2).append(notes.written()).written()});
    if (count < all.markers.size()) stored.left_out.push_back(std::to_string(all.markers.size() - count) + " markers");
    if (std::any_of(all.markers.begin(), all.markers.end(), [](const marker& m) { return m.frames > 0; }))
        stored.left_out.push_back("lengths of regions");
}

}   // namespace

void read_aiff(const recording& about, annotations& all)
{
    std::vector<text_tag> comments;   // of all ANNO and COMT together: one source, in which a note may stand again
    for (auto some : about.chunks) {
        if (is_made_anew(some.id)) continue;
        if (is_id3(some)) some.id = "ID3 ";   // also one that stood in front of the file
        if (is_untrue_chunk(some.id)) {
            add_once(all.left_out, word_of(some.id));
            continue;
        }
        sort_in(some, all, comments);
        all.chunks.push_back(std::move(some));
    }
    for (const auto& some : all.chunks)
        if (some.id == "COMT") read_comments(some.bytes, all, comments);
    add_tags(all, comments);
}

void move_aiff(chunk& some, const displacement& by)
{
    if (some.id != "MARK") return;
    byte_reader read{some.bytes, big};
    for (auto count = read.number(2); count > 0; --count) {
        read.skip(2);
        const auto at = read.position();
        const auto frame = by(static_cast<std::int64_t>(read.number(4)));
        counted(read);
        if (!read.good()) return;
        put(some.bytes, at, static_cast<std::uint64_t>(std::clamp<std::int64_t>(frame, 0, most_frame)), 4, big);
    }
}

void note_aiff(std::vector<chunk>& chunks, const std::string& text, const std::string& history_line)
{
    for (auto& some : chunks)
        if (is_id3(some)) add_history_to_id3(some.bytes, history_line);
    chunks.push_back({"ANNO", text_chunk(text)});
}

stored_annotations aiff_chunks_of(const annotations& all)
{
    stored_annotations stored;
    bool is_untold = !all.pictures.empty();
    for (const auto& tag : all.tags)
        if (tag.name != channel_mask_name &&
            std::none_of(texts.begin(), texts.end(), [&](const auto& pair) { return tag.name == pair.second; }))
            is_untold = true;
    for (const auto& [id, name] : texts) {
        if (std::string_view{id} != "ANNO") {   // of the others a file has one
            if (const auto text = joined(all.tags, name); !text.empty()) stored.chunks.push_back({id, text_chunk(text)});
            continue;
        }
        for (const auto& tag : all.tags)
            if (tag.name == name) stored.chunks.push_back({id, text_chunk(tag.value)});
    }
    add_markers(all, stored);
    const auto before = std::find_if(all.chunks.begin(), all.chunks.end(), is_id3);
    if (before != all.chunks.end()) stored.chunks.push_back({"ID3 ", id3_tag_of(before->bytes, all.tags, all.pictures)});
    else if (is_untold) stored.chunks.push_back({"ID3 ", id3_tag_of(std::nullopt, all.tags, all.pictures)});
    for (const auto& word : all.untold)
        if (before == all.chunks.end() || !word.starts_with("ID3 ")) stored.left_out.push_back(word);
    return stored;
}

}   // namespace command
