// SPDX-License-Identifier: BSL-1.0
#include "annotations/processing_note.hpp"

#include "annotations/broadcast_description.hpp"
#include "annotations/container_families.hpp"
#include "annotations/ixml.hpp"

#include <utility>

namespace command {

std::string text_of(const processing_note& note)
{
    std::string text = "phono " PHONO_VERSION;
    if (note.effect != curve_effect::none)
        text += "; playback curve " + note.curve + (note.effect == curve_effect::applied ? " applied" : " removed");
    if (!note.undone.empty()) text += "; after undoing " + note.undone;
    if (!note.words.empty()) text += "; " + note.words;
    return text;
}

annotations with_note(annotations all, const processing_note& note, int rate, int channels, sample_format format)
{
    for (auto& file : all.kept) file = with_note(std::move(file), note, rate, channels, format);
    for (auto& some : all.chunks)
        if (some.id == "iXML") set_format_in_ixml(some.bytes, rate, format);
    if (note.effect == curve_effect::none && note.undone.empty() && note.words.empty()) return all;   // nothing was done
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
