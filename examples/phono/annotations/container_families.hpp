// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace command {

/// The kinds of files that have their chunks in common. `read_...` sorts a recording's chunks into annotations, `move_...` and `note_...`
/// change the chunks themselves, and `..._chunks_of` makes chunks out of what no container dictates.

enum class family { riff, aiff, caf, flac, none };
[[nodiscard]] family family_of(file_kind kind) noexcept;
[[nodiscard]] family family_of(container kind) noexcept;

void read_riff(const recording& about, annotations& all);
void move_riff(chunk& some, const displacement& by);
void note_riff(std::vector<chunk>& chunks, const std::string& text, const std::string& history_line);
[[nodiscard]] stored_annotations riff_chunks_of(const annotations& all);

void read_aiff(const recording& about, annotations& all);
void move_aiff(chunk& some, const displacement& by);
void note_aiff(std::vector<chunk>& chunks, const std::string& text, const std::string& history_line);
[[nodiscard]] stored_annotations aiff_chunks_of(const annotations& all);

void read_caf(const recording& about, annotations& all);
void move_caf(chunk& some, int sample_rate, const displacement& by);
void note_caf(std::vector<chunk>& chunks, const std::string& text, const std::string& history_line);
[[nodiscard]] stored_annotations caf_chunks_of(const annotations& all);

void read_flac(const recording& about, annotations& all);
void move_flac(chunk& some, int sample_rate, const displacement& by);
void note_flac(std::vector<chunk>& chunks, const std::string& text, const std::string& history_line);
[[nodiscard]] stored_annotations flac_chunks_of(const annotations& all, const recording& about);

/// The texts and pictures of an ID3v2 tag. Figures about the old samples are taken out of it; other frames are `untold`.
void add_id3(annotations& all, byte_string& tag);
[[nodiscard]] bool is_id3(const chunk& some);

/// Adds words once.
void add_once(std::vector<std::string>& words, const std::string& further);

/// A chunk's identifier for people, without blanks behind it.
[[nodiscard]] std::string word_of(const std::string& id);

}   // namespace command
