// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <string>
#include <vector>

namespace command {

/// The chunks of the WAV, Wave64 or AIFF that a FLAC was made of, as `flac --keep-foreign-metadata` keeps them for the way back: a block
/// APPLICATION for each, named `riff`, `w64 ` or `aiff`, with the chunk and its head in it. The first holds the head of the file; one
/// has the head alone of the chunk that holds the sound.

/// Takes those chunks out of a FLAC's blocks. The blocks that only frame them stay: the file's head, the sound's, and what describes it.
/// What is no whole chunk is taken out, too, and named in `damaged`. The file's kind is `other` where there is nothing
/// of one.
[[nodiscard]] recording take_kept_chunks(std::vector<chunk>& blocks, std::vector<std::string>& damaged);

/// Whether a block holds such a chunk or frames them.
[[nodiscard]] bool is_of_foreign_file(const chunk& block);

/// Puts such chunks in front of the block that stands for the sound, and has what describes the sound say what `about` says.
void put_kept_chunks(std::vector<chunk>& blocks, const std::vector<annotations>& kept, const recording& about);

/// The second form of what is kept, beside what the FLAC says itself.
void add_kept(annotations& all, annotations kept);

/// Whether there is a chunk that is not made anew as well of the second form.
[[nodiscard]] bool holds_more_than_texts(const annotations& kept);

/// The chunks themselves, for a file of their kind, and behind them what the FLAC says and they do not.
[[nodiscard]] stored_annotations kept_chunks_of(const annotations& all);

/// A chunk's identifier, or `bext in APPLICATION` for a block that holds such a chunk.
[[nodiscard]] std::string name_with_content(const chunk& some);

}   // namespace command
