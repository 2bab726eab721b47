// SPDX-License-Identifier: BSL-1.0
#include "annotations/processing_note.hpp"

#include "annotations/broadcast_description.hpp"
#include "annotations/container_families.hpp"
#include "annotations/ixml.hpp"

#include <phono/version.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace command {

namespace {

// Whether a text begins as the notes do: `phono 0.2.0; `. Others write of phono inputs.
bool begins_note(std::string_view text)
{
    constexpr std::string_view name = "phono ", digits = "0123456789";
    if (!text.starts_with(name)) return false;
    text.remove_prefix(name.size());
    for (const std::string_view end : {".", ".", "; "}) {
        const auto number = std::min(text.find_first_not_of(digits), text.size());
        if (number == 0 || !text.substr(number).starts_with(end)) return false;
        text.remove_prefix(number + end.size());
    }
    return true;
}

std::optional<std::string> last_note_in(std::string_view text)
{
    for (auto at = text.rfind("phono "); at != std::string_view::npos; at = at == 0 ? std::string_view::npos : text.rfind("phono ", at - 1))
        if (begins_note(text.substr(at))) return std::string{text.substr(at, text.find_first_of("\r\n", at) - at)};
    return std::nullopt;
}

}   // namespace

bool is_empty(const processing_note& note) noexcept
{
    return note.effect == curve_effect::none && note.undone.empty() && note.words.empty();
}

std::string text_of(const processing_note& note)
{
    std::string text = "phono " PHONO_VERSION;
    if (note.effect != curve_effect::none)
        text += "; playback curve " + note.curve + (note.effect == curve_effect::applied ? " applied" : " removed");
    if (!note.undone.empty()) text += "; after undoing " + note.undone;
    if (!note.words.empty()) text += "; " + note.words;
    return text;
}

std::optional<std::string> last_note(const annotations& all)
{
    std::optional<std::string> last, last_elsewhere;
    for (const auto& tag : all.tags)
        if (auto note = last_note_in(tag.value)) (tag.name == "COMMENT" ? last : last_elsewhere) = std::move(note);
    return last ? last : last_elsewhere;
}

annotations with_note(annotations all, const processing_note& note, int rate, int channels, sample_format format)
{
    for (auto& file : all.kept) file = with_note(std::move(file), note, rate, channels, format);
    for (auto& some : all.chunks)
        if (some.id == "iXML") set_format_in_ixml(some.bytes, rate, format);
    if (is_empty(note)) return all;   // nothing was done
    const auto text = text_of(note);
    const auto line = history_line(rate, channels, format, text);
    switch (family_of(all.kind)) {
        case family::riff: note_riff(all.chunks, text, line); break;
        case family::aiff: note_aiff(all.chunks, text, line); break;
        case family::flac: note_flac(all.chunks, text, line); break;
        case family::caf: note_caf(all.chunks, text, line); break;
        case family::none: break;
    }
    bool is_broadcast = false;
    bool has_history = false;
    for (auto& tag : all.tags) {
        is_broadcast = is_broadcast || (tag.name != "DESCRIPTION" && is_of_description(tag.name));
        if (tag.name != "CODING_HISTORY") continue;
        tag.value += "\r\n" + line;
        has_history = true;
    }
    if (is_broadcast && !has_history) all.tags.push_back({"CODING_HISTORY", line});
    all.tags.push_back({"COMMENT", text});
    return all;
}

}   // namespace command
