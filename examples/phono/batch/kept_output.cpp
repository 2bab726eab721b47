// SPDX-License-Identifier: BSL-1.0
#include "batch/kept_output.hpp"

#include "annotations/carry_over.hpp"
#include "audio/audio_reader.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace command {

namespace {

struct told {
    std::string note;   ///< empty where there is none
    int channels{};
};

// What a recording says of the last run over it; nothing where none can be read.
std::optional<told> told_by(const std::filesystem::path& file)
try {
    const audio_reader recording{file, true};
    const auto& about = recording.about();
    return told{last_note(annotations_of(file, about)).value_or(""), about.channels};
} catch (const failure&) {
    return std::nullopt;
}

// The parts of a note but for the first, phono's version: another one would do the same.
std::vector<std::string> parts_of(std::string_view note)
{
    constexpr std::string_view between = "; ";
    std::vector<std::string> parts;
    for (auto at = note.find(between); at != std::string_view::npos;) {
        const auto begin = at + between.size();
        at = note.find(between, begin);
        parts.emplace_back(note.substr(begin, at - begin));
    }
    return parts;
}

std::string in_words(const std::string& note)
{
    constexpr std::string_view curve = "playback curve ", applied = " applied";
    std::string words;
    for (std::string_view part : parts_of(note)) {
        if (part.starts_with(curve)) part.remove_prefix(curve.size());
        if (part.ends_with(applied)) part.remove_suffix(applied.size());
        words.append(words.empty() ? "" : ", ").append(part);
    }
    return words;
}

bool is_mono_by_note(const std::string& note)
{
    const auto parts = parts_of(note);
    return std::any_of(parts.begin(), parts.end(), [](const std::string& part) { return part.starts_with("mono, "); });
}

// What this run would note. Of a recording that was mono already it would not say that it made it so.
std::string wanted_note(const transformation& what, const told& present)
{
    const auto note = noted(what, present.channels == 1 && !is_mono_by_note(present.note) ? 1 : 2);
    return is_empty(note) ? "" : text_of(note);
}

}   // namespace

std::optional<std::string> difference_of_kept(const job& file, const transformation& what)
{
    const auto present = told_by(file.out);
    if (!present) return "not a recording; --overwrite replaces it";
    auto wanted = wanted_note(what, *present);
    if (wanted.empty()) wanted = told_by(file.in).value_or(told{}).note;   // this run would leave it as it is
    if (parts_of(present->note) == parts_of(wanted)) return std::nullopt;
    if (present->note.empty()) return "not made by phono, as far as it says; --overwrite replaces it";
    return "made with " + in_words(present->note) + "; --overwrite makes it again";
}

double gain_of_kept(const job& file)
{
    constexpr std::string_view gain = "gain ", unit = " dB";
    for (std::string_view part : parts_of(told_by(file.out).value_or(told{}).note))
        if (part.starts_with(gain) && part.ends_with(unit)) {
            part.remove_prefix(gain.size());
            part.remove_suffix(unit.size());
            if (part.starts_with('+')) part.remove_prefix(1);
            return parse_number(part).value_or(0.0);
        }
    return 0.0;
}

}   // namespace command
