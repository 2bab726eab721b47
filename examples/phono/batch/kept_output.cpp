// SPDX-License-Identifier: BSL-1.0
#include "batch/kept_output.hpp"

#include "annotations/carry_over.hpp"
#include "audio/audio_reader.hpp"
#include "audio/flac_end.hpp"
#include "audio/sample_format.hpp"
#include "containers/extent.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <vector>

namespace command {

namespace {

namespace fs = std::filesystem;

struct told {
    std::string note{};   ///< empty where there is none
    recording about{};
};

// What a recording says of the last run over it; nothing where none can be read.
std::optional<told> told_by(const fs::path& file, bool recover = true)
try {
    const audio_reader reader{file, recover};
    return told{last_note(annotations_of(file, reader.about())).value_or(""), reader.about()};
} catch (const failure&) {
    return std::nullopt;
}

// The same of an input, which this run would read with or without --recover. A pipe is not touched: it gives its sound once.
std::optional<told> told_by_input(const fs::path& file, bool recover)
{
    std::error_code error;
    return fs::is_regular_file(file, error) ? told_by(file, recover) : std::nullopt;
}

// Readers say `NAME: what is wrong; what to do about an input`, and of an output another thing is to be done.
std::string what_is_wrong(std::string words, const fs::path& file)
{
    if (const auto name = file.string() + ": "; words.starts_with(name)) words.erase(0, name.size());
    return words.substr(0, words.find("; "));
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
    const auto note = noted(what, present.about.channels == 1 && !is_mono_by_note(present.note) ? 1 : 2);
    return is_empty(note) ? "" : text_of(note);
}

std::string counted(int channels) { return std::to_string(channels) + (channels == 1 ? " channel" : " channels"); }

// Whether an input's header tells how many frames this run would read: of a damaged one that a decoder takes, only decoding does.
bool tells_frames(const recording& input, bool recover)
{
    const bool is_decoded = input.kind == file_kind::flac || input.kind == file_kind::other;
    return input.frames && !(recover && is_decoded);
}

bool is_newer(const fs::path& input, const fs::path& output)
{
    std::error_code no_input, no_output;
    const auto changed = fs::last_write_time(input, no_input), made = fs::last_write_time(output, no_output);
    return !no_input && !no_output && changed > made;
}

// How an output that was made in the same way shows that its input was another recording; empty where it does not.
std::string sign_of_another_input(const job& file, const transformation& what, const recording& present, const recording& input)
{
    const auto wanted = played(input, what);
    if (present.sample_rate != wanted.sample_rate)
        return "at " + std::to_string(present.sample_rate) + " Hz, though its input is at " + std::to_string(wanted.sample_rate) + " Hz";
    if (present.channels != wanted.channels)
        return "of " + counted(present.channels) + ", though its input now gives " + counted(wanted.channels);
    if (!present.frames || !tells_frames(input, what.recover)) return is_newer(file.in, file.out) ? "older than its input" : "";
    if (*present.frames == *wanted.frames) return "";
    const auto time = [&](std::int64_t frames) { return time_words(double(frames) / present.sample_rate); };
    const auto is = time(*present.frames), would_be = time(*wanted.frames);
    if (is != would_be) return is + " long, though its input now gives " + would_be;
    return std::to_string(*present.frames) + " frames long, though its input now gives " + std::to_string(*wanted.frames);
}

}   // namespace

std::optional<output_fault> fault_of_output(const fs::path& out)
try {
    std::error_code error;
    if (fs::is_empty(out, error)) return output_fault{};
    const audio_reader reader{out};
    const auto& about = reader.about();
    if (about.kind == file_kind::flac && !holds_its_last_frame(out))
        throw failure{"truncated: its header announces " + time_words(double(about.frames.value_or(0)) / about.sample_rate) +
                      ", whose end is not there"};
    return std::nullopt;
} catch (const failure& fault) {
    return output_fault{what_is_wrong(fault.what(), out), !told_by(out).value_or(told{}).note.empty()};
}

std::optional<std::string> difference_of_kept(const job& file, const transformation& what)
{
    const auto present = told_by(file.out);
    if (!present) return "not a recording; --overwrite replaces it";
    const auto input = told_by_input(file.in, what.recover);
    auto wanted = wanted_note(what, *present);
    if (wanted.empty()) wanted = input.value_or(told{}).note;   // this run would leave it as it is
    const bool is_made_alike = parts_of(present->note) == parts_of(wanted);
    if (!is_made_alike && present->note.empty()) return "not made by phono, as far as it says; --overwrite replaces it";
    std::string words;
    const auto add = [&](const std::string& more) { words += (words.empty() || more.empty() ? "" : ", ") + more; };
    if (!is_made_alike) add("made with " + in_words(present->note));
    if (what.format || input) {
        const auto format = what.format.value_or(input ? input->about.format : sample_format{});
        const auto is = present->about.format;
        if (is != format) add("in " + std::string{name(is)} + " where this run writes " + std::string{name(format)});
    }
    if (is_made_alike && input) add(sign_of_another_input(file, what, present->about, input->about));
    return words.empty() ? std::nullopt : std::optional{words + "; --overwrite makes it again"};
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
