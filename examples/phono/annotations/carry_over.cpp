// SPDX-License-Identifier: BSL-1.0
#include "annotations/carry_over.hpp"

#include "annotations/container_families.hpp"
#include "annotations/curve_on_record.hpp"
#include "annotations/header_texts.hpp"
#include "annotations/tagged_file.hpp"
#include "annotations/text_tags.hpp"
#include "annotations/vorbis_comments.hpp"

#include <phono/catalogue/curves.hpp>

#include <string_view>
#include <system_error>
#include <utility>

namespace command {

namespace {

// What says which channel is what.
void forget_channels(annotations& all)
{
    std::erase_if(all.chunks, [&](const chunk& some) {
        const bool names_channels = some.id == "chna" || some.id == "axml" || some.id == "chan" || some.id == "CHAN";
        if (names_channels) add_once(all.left_out, word_of(some.id));
        return names_channels;
    });
    for (const auto* id : {"chna", "axml", "chan", "CHAN"}) std::erase(all.untold, id);
    std::erase_if(all.tags, [](const text_tag& tag) { return tag.name == channel_mask_name; });
    for (auto& some : all.chunks) {
        if (some.id != "VORBIS_COMMENT") continue;
        auto comments = comments_of(some.bytes);
        if (std::erase_if(comments.texts, [](const std::string& text) { return tag_of(text).name == channel_mask_name; }) > 0)
            some.bytes = block_of(comments);
    }
    for (auto& file : all.kept) {
        forget_channels(file);
        for (const auto& words : file.left_out) add_once(all.left_out, words);
    }
}

// What takes a curve off, given its title as `play` and `equalise` note it; empty where it has no name on the command line.
std::string undoing(std::string_view title)
{
    constexpr std::string_view unit = " us";
    std::string name;
    phono::catalogue::for_each_curve([&](const auto& entry) {
        if (title == entry.title || (title == "RIAA" && entry.name == "riaa")) name = entry.name;
    });
    if (name.empty() && title.ends_with(unit)) name = title.substr(0, title.size() - unit.size());   // time constants
    return name.empty() ? name : "; --undo " + name + " of equalise takes it off";
}

std::string list_of(const std::vector<std::string>& all)
{
    std::string words;
    for (const auto& what : all) words += (words.empty() ? "" : ", ") + what;
    return words;
}

}   // namespace

annotations annotations_of(const std::filesystem::path& file, const recording& about)
{
    auto all = annotations_of(about);
    if (about.kind != file_kind::other) return all;
    const std::filesystem::path named = file == "-" ? "/dev/stdin" : file;   // which may be a file, too
    std::error_code error;
    if (std::filesystem::is_regular_file(named, error)) {
        add_tags_of_file(all, named);
        add_texts_of_header(all, named);
    } else all.left_out.emplace_back("the texts that a file of its kind may have, which phono does not read from a pipe");
    return all;
}

carried_over carry_over(const passage& recording)
{
    carried_over result;
    auto all = annotations_of(recording.in, recording.from);
    const auto curve = curve_on_record(all);
    if (curve && recording.note.effect == curve_effect::applied && recording.note.undone.empty() && !recording.again)
        result.warnings.push_back(recording.in.string() + ": already has the playback curve " + *curve + ", as it says itself" +
                                  undoing(*curve) + (undoing(*curve).empty() ? "; " : ", ") + "--again silences this");
    const auto& taken_off = recording.note.effect == curve_effect::removed ? recording.note.curve : recording.note.undone;
    if (curve && !taken_off.empty() && !is_same_curve(*curve, taken_off) && !recording.again)
        result.warnings.push_back(recording.in.string() + ": has the playback curve " + *curve + ", as it says itself, but " + taken_off +
                                  " is taken off; --again silences this");
    if (recording.swapped || recording.from.channels != recording.to.channels) forget_channels(all);
    all = moved(std::move(all), recording.by);
    all = with_note(std::move(all), recording.note, recording.to.sample_rate, recording.to.channels, recording.format);
    auto to = recording.to;
    to.format = recording.format;
    auto stored = stored_in(container_of(recording.out), to, all);
    result.chunks = std::move(stored.chunks);
    const auto out = recording.out.string();
    if (!stored.left_out.empty()) result.warnings.push_back(out + ": not carried over: " + list_of(stored.left_out));
    if (!stored.unmoved.empty()) result.warnings.push_back(out + ": positions in " + list_of(stored.unmoved) + " are those of the input");
    return result;
}

}   // namespace command
