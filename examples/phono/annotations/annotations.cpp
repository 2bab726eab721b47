// SPDX-License-Identifier: BSL-1.0
#include "annotations/annotations.hpp"

#include "annotations/container_families.hpp"
#include "annotations/foreign_metadata.hpp"
#include "annotations/id3_tag.hpp"
#include "annotations/positions.hpp"
#include "annotations/text_tags.hpp"
#include "annotations/text_times.hpp"
#include "annotations/untrue.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>
#include <utility>

namespace command {

family family_of(file_kind kind) noexcept
{
    switch (kind) {
        case file_kind::wav:
        case file_kind::rf64:
        case file_kind::bw64:
        case file_kind::wave64: return family::riff;
        case file_kind::aiff:
        case file_kind::aiff_c: return family::aiff;
        case file_kind::caf: return family::caf;
        case file_kind::flac: return family::flac;
        case file_kind::other: break;
    }
    return family::none;
}

family family_of(container kind) noexcept
{
    switch (kind) {
        case container::wav:
        case container::rf64:
        case container::wave64: return family::riff;
        case container::aiff: return family::aiff;
        case container::caf: return family::caf;
        case container::flac: return family::flac;
    }
    return family::none;
}

namespace {

const std::string of_id3 = "ID3 ";          // in front of a frame's identifier
const std::string of_texts = "the text ";   // in front of a tag's name

// What stands behind a file and belongs to no container: an ID3v1 tag becomes the chunk that holds it today, its older extension is left.
recording with_id3_as_chunk(recording about)
{
    for (auto& some : about.chunks) {
        if (some.id != "TAG ") continue;
        some = {"id3 ", id3v2_of_id3v1(some.bytes)};
    }
    std::erase_if(about.chunks, [](const chunk& some) { return some.id == "TAG+" || (some.id == "id3 " && some.bytes.empty()); });
    return about;
}

}   // namespace

annotations annotations_of(const recording& read)
{
    const auto about = with_id3_as_chunk(read);
    annotations all;
    all.kind = about.kind;
    all.sample_rate = about.sample_rate;
    switch (family_of(about.kind)) {
        case family::riff: read_riff(about, all); break;
        case family::aiff: read_aiff(about, all); break;
        case family::caf: read_caf(about, all); break;
        case family::flac: read_flac(about, all); break;
        case family::none: break;
    }
    return all;
}

namespace {

// A block of FLAC tells its length in 24 bits.
void leave_out_large_blocks(stored_annotations& stored)
{
    constexpr std::size_t largest = (std::size_t{1} << 24) - 1;
    std::erase_if(stored.chunks, [&](const chunk& some) {
        const bool is_too_large = some.bytes.size() > largest;
        if (is_too_large) add_once(stored.left_out, some.id + " of more than 16 MiB");
        return is_too_large;
    });
}

// What a FLAC keeps of another file, beside its own: of those chunks an ID3 tag goes over into other kinds.
annotations with_kept(annotations all)
{
    for (const auto& file : all.kept) {
        std::copy_if(file.chunks.begin(), file.chunks.end(), std::back_inserter(all.chunks), is_id3);
        for (const auto& words : file.untold) add_once(all.untold, words);
    }
    return all;
}

}   // namespace

stored_annotations stored_in(container to, const recording& about, const annotations& given)
{
    const bool is_of_kept =
        !given.kept.empty() && family_of(to) == family_of(given.kept.front().kind) && holds_more_than_texts(given.kept.front());
    const bool is_flattened = family_of(to) != family_of(given.kind) && !is_of_kept;
    const auto all = is_flattened ? with_kept(given) : given;
    stored_annotations stored;
    const auto into = family_of(to);
    if (into == family_of(all.kind)) stored.chunks = all.chunks;
    else if (is_of_kept) stored = kept_chunks_of(all);
    else if (into == family::riff) stored = riff_chunks_of(all);
    else if (into == family::aiff) stored = aiff_chunks_of(all);
    else if (into == family::caf) stored = caf_chunks_of(all);
    else if (into == family::flac) stored = flac_chunks_of(all, about);
    if (into == family::caf && into == family_of(all.kind) && !all.pictures.empty()) stored.left_out.emplace_back("pictures");
    if (into == family::flac) put_kept_chunks(stored.chunks, all.kept, about);
    if (into == family::flac) leave_out_large_blocks(stored);
    for (const auto& words : all.left_out) add_once(stored.left_out, words);
    // Of another kind of file's chunks an ID3 tag alone goes over; texts go into all.
    const bool has_id3 = std::any_of(stored.chunks.begin(), stored.chunks.end(), is_id3);
    for (const auto& word : all.unmoved)
        if (into == family_of(all.kind) || (has_id3 && word.starts_with(of_id3)) || word.starts_with(of_texts))
            add_once(stored.unmoved, word);
    return stored;
}

std::int64_t displacement::operator()(std::int64_t frame) const
{
    const auto moved = static_cast<long double>(frame) * static_cast<long double>(ratio) - static_cast<long double>(frames_cut);
    const bool is_within = !frames_before || frame <= *frames_before;
    const auto last = static_cast<long double>(is_within ? frames.value_or(std::int64_t{1} << 62) : std::int64_t{1} << 62);
    return std::llroundl(std::clamp(moved, 0.0L, last));
}

annotations moved(annotations all, const displacement& by)
{
    if (by.is_none()) return all;   // a cue sheet of a CD stays one
    for (auto& some : all.chunks) {
        switch (family_of(all.kind)) {
            case family::riff: move_riff(some, by); break;
            case family::aiff: move_aiff(some, by); break;
            case family::flac: move_flac(some, all.sample_rate, by); break;
            case family::caf: move_caf(some, all.sample_rate, by); break;
            case family::none: break;
        }
        if (is_id3(some))
            for (const auto& id : move_id3(some.bytes, all.sample_rate, by)) add_once(all.unmoved, of_id3 + id);
        if (has_fixed_positions(some)) add_once(all.unmoved, word_of(some.id));
    }
    for (auto& point : all.markers) {
        point.frames = point.frames > 0 ? by(point.frame + point.frames) - by(point.frame) : 0;
        point.frame = by(point.frame);
    }
    for (auto& file : all.kept) {
        file = moved(std::move(file), by);
        for (const auto& word : file.unmoved) add_once(all.unmoved, word);
    }
    const double rate_ratio = by.rate_ratio.value_or(by.ratio);
    for (auto& tag : all.tags)
        if (counts_time(tag.name) && !move_time(tag, all.sample_rate, by)) add_once(all.unmoved, of_texts + tag.name);
    for (auto& tag : all.tags)
        if (tag.name == "TIME_REFERENCE" && !tag.value.empty() && tag.value.size() < 18 &&
            tag.value.find_first_not_of("0123456789") == std::string::npos)
            tag.value = std::to_string(displacement{rate_ratio, -by.frames_cut, {}, {}, {}}(std::stoll(tag.value)));
    all.sample_rate = static_cast<int>(std::lround(all.sample_rate * rate_ratio));
    return all;
}

bool is_id3(const chunk& some) { return some.id == "id3 " || some.id == "ID3 "; }

void add_id3(annotations& all, byte_string& tag)
{
    for (const auto& text : content_of_id3(tag).tags)
        if (is_untrue_tag(text.name)) all.untrue.push_back(text);
    if (forget_loudness_in_id3(tag)) add_once(all.left_out, "REPLAYGAIN figures");
    const auto content = content_of_id3(tag);
    add_tags(all, content.tags);
    all.pictures.insert(all.pictures.end(), content.pictures.begin(), content.pictures.end());
    for (const auto& id : content.others) add_once(all.untold, of_id3 + id);
}

void add_once(std::vector<std::string>& words, const std::string& further)
{
    if (std::find(words.begin(), words.end(), further) == words.end()) words.push_back(further);
}

std::string word_of(const std::string& id)
{
    const auto end = id.find_last_not_of(std::string_view{" \0", 2});
    if (end == std::string::npos) return "a chunk without a name";
    auto word = id.substr(0, end + 1);
    for (auto& c : word)
        if (c < ' ' || c > '~') c = '?';   // a terminal would take it for a command
    return word;
}

}   // namespace command
