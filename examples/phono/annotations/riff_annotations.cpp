// SPDX-License-Identifier: BSL-1.0
#include "annotations/broadcast_description.hpp"
#include "annotations/container_families.hpp"
#include "annotations/cue_points.hpp"
#include "annotations/id3_tag.hpp"
#include "annotations/info_list.hpp"
#include "annotations/ixml.hpp"
#include "annotations/positions.hpp"
#include "annotations/text_tags.hpp"
#include "annotations/untrue.hpp"
#include "annotations/vorbis_comments.hpp"

#include <algorithm>
#include <string_view>

namespace command {

namespace {

void sort_in(chunk& some, annotations& all)
{
    if (is_info_list(some)) return add_tags(all, tags_of_info(some.bytes));
    if (is_id3(some)) return add_id3(all, some.bytes);
    if (some.id == "bext" && is_description(some.bytes)) {
        if (forget_loudness(some.bytes)) add_once(all.left_out, "loudness figures of bext");
        if (!behind_history(some.bytes).empty()) add_once(all.untold, "what stands behind a zero in bext's coding history");
        return add_tags(all, tags_of_description(some.bytes));
    }
    if (some.id == "iXML" && forget_loudness_in_ixml(some.bytes)) add_once(all.left_out, "loudness figures of iXML");
    if (some.id == "cue ")
        if (const auto missing = count_true_points(some.bytes); missing > 0)
            add_once(all.left_out, std::to_string(missing) + " markers that its chunk 'cue ' announces and does not hold");
    if (some.id == "cue " || is_adtl_list(some)) return;   // read together
    add_once(all.untold, word_of(some.id));
}

// Texts as LIST/INFO takes them: without a broadcast description, the description is a comment.
std::vector<text_tag> for_info(std::vector<text_tag> tags, bool has_description)
{
    std::erase_if(tags, [&](const text_tag& tag) { return has_description && is_of_description(tag.name); });
    for (auto& tag : tags)
        if (tag.name == "DESCRIPTION") tag.name = "COMMENT";
    return tags;
}

// Whether INFO says all of it, or bext, which cuts its fields.
bool is_told(const text_tag& tag, const std::vector<text_tag>& by_description)
{
    return has_info_field(tag.name) || std::any_of(by_description.begin(), by_description.end(),
                                                   [&](const text_tag& told) { return told.name == tag.name && told.value == tag.value; });
}

}   // namespace

void read_riff(const recording& about, annotations& all)
{
    for (auto some : about.chunks) {
        if (is_made_anew(some.id)) continue;
        if (some.id == "list") some.id = "LIST";   // as Wave64 spells it
        if (is_untrue_chunk(some.id)) {
            add_once(all.left_out, word_of(some.id));
            continue;
        }
        sort_in(some, all);
        all.chunks.push_back(std::move(some));
    }
    all.markers = markers_of_riff(all.chunks, all.untold);
}

void move_riff(chunk& some, const displacement& by)
{
    if (some.id == "bext") move_description(some.bytes, by);
    if (some.id == "cart") move_timers(some.bytes, by);
    if (some.id == "cue ") move_cue_points(some.bytes, by);
    if (some.id == "iXML") move_ixml(some.bytes, by);
    if (some.id == "plst") move_play_list(some.bytes, by);
    if (some.id == "smpl") move_loops(some.bytes, by);
    if (is_adtl_list(some)) move_regions(some.bytes, by);
}

void note_riff(std::vector<chunk>& chunks, const std::string& text, const std::string& history_line)
{
    for (auto& some : chunks) {
        if (some.id == "bext") add_history(some.bytes, history_line);
        if (is_id3(some)) add_history_to_id3(some.bytes, history_line);   // lest it tells an older history
    }
    const auto info = std::find_if(chunks.begin(), chunks.end(), is_info_list);
    if (info != chunks.end()) add_comment(info->bytes, text);
    else chunks.push_back({"LIST", info_list_of({{"COMMENT", text}})});
}

stored_annotations riff_chunks_of(const annotations& all)
{
    stored_annotations stored;
    auto tags = all.tags;
    std::erase_if(tags, [](const text_tag& tag) { return tag.name == channel_mask_name; });
    const auto description = description_of(tags);
    const auto told = description ? tags_of_description(*description) : std::vector<text_tag>{};
    if (description) stored.chunks.push_back({"bext", *description});
    const auto info = for_info(tags, description.has_value());
    if (std::any_of(info.begin(), info.end(), [](const text_tag& tag) { return has_info_field(tag.name); }))
        stored.chunks.push_back({"LIST", info_list_of(info)});
    for (auto& some : cue_chunks_of(all.markers)) stored.chunks.push_back(std::move(some));
    if (const auto beyond = std::count_if(all.markers.begin(), all.markers.end(), [](const marker& m) { return !has_cue_point(m); }))
        stored.left_out.push_back(std::to_string(beyond) + " markers");
    const auto before = std::find_if(all.chunks.begin(), all.chunks.end(), is_id3);
    const bool is_untold = std::any_of(info.begin(), info.end(), [&](const text_tag& tag) { return !is_told(tag, {}); }) ||
                           (description && std::any_of(tags.begin(), tags.end(), [&](const text_tag& tag) { return !is_told(tag, told); }));
    if (before != all.chunks.end()) stored.chunks.push_back({"id3 ", id3_tag_of(before->bytes, tags, all.pictures)});
    else if (is_untold || !all.pictures.empty()) stored.chunks.push_back({"id3 ", id3_tag_of(std::nullopt, tags, all.pictures)});
    for (const auto& word : all.untold)
        if (before == all.chunks.end() || !word.starts_with("ID3 ")) stored.left_out.push_back(word);
    return stored;
}

}   // namespace command
