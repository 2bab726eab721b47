// SPDX-License-Identifier: BSL-1.0
#include "annotations/foreign_metadata.hpp"

#include "annotations/container_families.hpp"
#include "annotations/cue_points.hpp"
#include "annotations/id3_tag.hpp"
#include "annotations/info_list.hpp"
#include "annotations/text_tags.hpp"
#include "annotations/untrue.hpp"
#include "annotations/vorbis_comments.hpp"
#include "containers/chunk_grammar.hpp"
#include "containers/wave64_guid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>

namespace command {

namespace {

constexpr std::size_t name_bytes = 4;   // of the application

struct application {
    std::string_view name;
    file_kind kind;
    const chunk_grammar& grammar;
    std::endian order;
    std::string_view description, sound;   // chunks
};

const std::array<application, 3> applications{{
    {"riff", file_kind::wav, riff_chunks, std::endian::little, "fmt ", "data"},
    {"w64 ", file_kind::wave64, wave64_chunks, std::endian::little, "fmt ", "data"},
    {"aiff", file_kind::aiff, iff_chunks, std::endian::big, "COMM", "SSND"},
}};

const application* application_of(const chunk& block)
{
    if (block.id != "APPLICATION" || block.bytes.size() < name_bytes) return nullptr;
    const auto found = std::find_if(applications.begin(), applications.end(), [&](const application& one) {
        return std::equal(one.name.begin(), one.name.end(), block.bytes.begin());
    });
    return found == applications.end() ? nullptr : &*found;
}

std::optional<chunk_head> head_in(const chunk& block, const application& of)
{
    const auto content = std::span{block.bytes}.subspan(name_bytes);
    return content.size() < of.grammar.head_bytes ? std::nullopt : of.grammar.parse(content.first(of.grammar.head_bytes));
}

// What the way back cannot do without, and no chunk of the recording's.
bool is_framing(const chunk_head& head, const application& of)
{
    return begins_file(head.id) || head.id == of.description || head.id == of.sound || head.id == "ds64" || head.id == "FVER";
}

// A chunk with its head, as the block has it.
chunk block_of_chunk(const chunk& some, const application& of)
{
    byte_writer write{of.order};
    write.text(of.name);
    if (of.kind == file_kind::wave64) write.append(wave64_guid(some.id)).number(of.grammar.head_bytes + some.bytes.size(), 8);
    else write.text(some.id).number(some.bytes.size(), 4);
    write.append(some.bytes);
    auto bytes = write.written();
    bytes.resize(name_bytes + of.grammar.head_bytes + static_cast<std::size_t>(of.grammar.padded(some.bytes.size())));
    return {"APPLICATION", std::move(bytes)};
}

void describe_in_wave(byte_string& block, std::size_t at, const recording& about)
{
    constexpr auto little = std::endian::little;
    constexpr std::uint64_t extensible = 0xfffe;
    const auto rate = static_cast<std::uint64_t>(about.sample_rate), channels = static_cast<std::uint64_t>(about.channels);
    const auto width = static_cast<std::uint64_t>(bits(about.format));
    const auto frame = channels * width / 8;
    const bool has_speakers = number_at(block, at, 2, little) == extensible;
    const bool is_mixed = number_at(block, at + 2, 2, little) != channels;
    put(block, at + 2, channels, 2, little);
    put(block, at + 4, rate, 4, little);
    put(block, at + 8, rate * frame, 4, little);
    put(block, at + 12, frame, 2, little);
    put(block, at + 14, width, 2, little);
    if (!has_speakers) return;
    put(block, at + 18, width, 2, little);
    if (is_mixed) put(block, at + 20, about.speakers, 4, little);
}

void describe_in_aiff(byte_string& block, std::size_t at, const recording& about)
{
    constexpr auto big = std::endian::big;
    put(block, at, static_cast<std::uint64_t>(about.channels), 2, big);
    if (about.frames) put(block, at + 2, static_cast<std::uint64_t>(*about.frames), 4, big);
    put(block, at + 6, static_cast<std::uint64_t>(bits(about.format)), 2, big);
}

std::vector<text_tag> beside(const std::vector<text_tag>& all, const std::vector<text_tag>& known)
{
    std::vector<text_tag> others;
    std::copy_if(all.begin(), all.end(), std::back_inserter(others), [&](const text_tag& tag) {
        return tag.name != channel_mask_name && std::none_of(known.begin(), known.end(), [&](const text_tag& other) {
                   return other.name == tag.name && other.value == tag.value;
               });
    });
    return others;
}

// Texts and pictures in an ID3 tag, which every such file takes: in that which is there, behind what it says.
void add_in_id3(std::vector<chunk>& chunks, family of, const std::vector<text_tag>& tags, const std::vector<byte_string>& pictures)
{
    if (tags.empty() && pictures.empty()) return;
    auto some = std::find_if(chunks.begin(), chunks.end(), is_id3);
    if (some == chunks.end()) some = chunks.insert(chunks.end(), {of == family::aiff ? "ID3 " : "id3 ", {}});
    auto content = some->bytes.empty() ? id3_content{} : content_of_id3(some->bytes);
    content.tags.insert(content.tags.end(), tags.begin(), tags.end());
    content.pictures.insert(content.pictures.end(), pictures.begin(), pictures.end());
    some->bytes = id3_tag_of(some->bytes.empty() ? std::nullopt : std::optional{some->bytes}, content.tags, content.pictures);
}

bool is_at_one_place(const marker& a, const marker& b, int sample_rate)
{
    return std::abs(a.frame - b.frame) <= static_cast<std::int64_t>(std::ceil(sample_rate / 1000.0));   // chapters count milliseconds
}

}   // namespace

bool holds_more_than_texts(const annotations& kept)
{
    return std::any_of(kept.chunks.begin(), kept.chunks.end(), [](const chunk& some) { return !is_info_list(some) && some.id != "ANNO"; });
}

bool is_of_foreign_file(const chunk& block) { return application_of(block) != nullptr; }

recording take_kept_chunks(std::vector<chunk>& blocks, std::vector<std::string>& damaged)
{
    recording kept;
    std::erase_if(blocks, [&](const chunk& block) {
        const auto* const of = application_of(block);
        if (of == nullptr) return false;
        const auto head = head_in(block, *of);
        if (head && is_framing(*head, *of)) {
            if (kept.kind == file_kind::other) kept.kind = of->kind;   // without a chunk, too: what is done will be said in one
            return false;
        }
        const auto held = block.bytes.size() - name_bytes - (head ? of->grammar.head_bytes : 0);
        if (!head || head->size > held || (kept.kind != file_kind::other && kept.kind != of->kind)) {
            add_once(damaged, head ? name_with_content(block) : "APPLICATION " + word_of(std::string{of->name}));
            return true;
        }
        kept.kind = of->kind;
        const auto content = block.bytes.begin() + static_cast<std::ptrdiff_t>(name_bytes + of->grammar.head_bytes);
        kept.chunks.push_back({head->id, {content, content + static_cast<std::ptrdiff_t>(head->size)}});
        return true;
    });
    return kept;
}

void put_kept_chunks(std::vector<chunk>& blocks, const std::vector<annotations>& kept, const recording& about)
{
    auto place = blocks.end();
    for (auto block = blocks.begin(); block != blocks.end(); ++block) {
        const auto* const of = application_of(*block);
        const auto head = of != nullptr ? head_in(*block, *of) : std::nullopt;
        if (!head) continue;
        const auto content = name_bytes + of->grammar.head_bytes;
        if (head->id == of->sound) place = block;
        else if (head->id == of->description && of->kind == file_kind::aiff) describe_in_aiff(block->bytes, content, about);
        else if (head->id == of->description) describe_in_wave(block->bytes, content, about);
    }
    std::vector<chunk> wrapped;
    for (const auto& file : kept)
        for (const auto& of : applications)
            if (of.kind == file.kind)
                for (const auto& some : file.chunks) wrapped.push_back(block_of_chunk(some, of));
    blocks.insert(place, std::make_move_iterator(wrapped.begin()), std::make_move_iterator(wrapped.end()));
}

void add_kept(annotations& all, annotations kept)
{
    add_tags(all, kept.tags);
    auto markers = kept.markers;
    for (const auto& point : all.markers)
        if (std::none_of(kept.markers.begin(), kept.markers.end(),
                         [&](const marker& other) { return is_at_one_place(point, other, all.sample_rate); }))
            markers.push_back(point);
    all.markers = std::move(markers);
    all.pictures.insert(all.pictures.end(), kept.pictures.begin(), kept.pictures.end());
    for (const auto& words : kept.left_out) add_once(all.left_out, words);
    all.kept.push_back(std::move(kept));
}

stored_annotations kept_chunks_of(const annotations& all)
{
    const auto& kept = all.kept.front();
    stored_annotations stored;
    stored.chunks = kept.chunks;
    stored.unmoved = kept.unmoved;
    const auto own = family_of(kept.kind);
    std::vector<byte_string> pictures;
    std::copy_if(all.pictures.begin(), all.pictures.end(), std::back_inserter(pictures), [&](const byte_string& picture) {
        return std::find(kept.pictures.begin(), kept.pictures.end(), picture) == kept.pictures.end();
    });
    add_in_id3(stored.chunks, own, beside(all.tags, kept.tags), pictures);
    if (kept.markers.empty()) {
        annotations points;
        points.markers = all.markers;
        auto made = own == family::aiff ? aiff_chunks_of(points) : riff_chunks_of(points);
        std::move(made.chunks.begin(), made.chunks.end(), std::back_inserter(stored.chunks));
        for (const auto& words : made.left_out) add_once(stored.left_out, words);
    } else if (all.markers.size() > kept.markers.size()) {
        stored.left_out.push_back(std::to_string(all.markers.size() - kept.markers.size()) + " markers of the FLAC's own");
    }
    for (const auto& words : all.untold) add_once(stored.left_out, words);
    return stored;
}

std::string name_with_content(const chunk& some)
{
    const auto* const of = application_of(some);
    const auto head = of != nullptr ? head_in(some, *of) : std::nullopt;
    return head ? word_of(head->id) + " in APPLICATION" : some.id;
}

}   // namespace command
