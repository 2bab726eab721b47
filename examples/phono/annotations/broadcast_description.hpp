// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <optional>
#include <string>
#include <vector>

namespace command {

/// The broadcast description, chunk `bext` (EBU Tech 3285, version 2). As tags its fields have the names by which ffmpeg's demuxer gives
/// them and from which its `-write_bext` makes them again: DESCRIPTION, ORIGINATOR, ORIGINATOR_REFERENCE, ORIGINATION_DATE,
/// ORIGINATION_TIME, TIME_REFERENCE, UMID, CODING_HISTORY.
/// Source: ffmpeg, libavformat/wavdec.c, wav_parse_bext_tag, and wavenc.c, bwf_write_bext_chunk.

[[nodiscard]] bool is_description(const byte_string& bext) noexcept;
[[nodiscard]] std::vector<text_tag> tags_of_description(const byte_string& bext);

/// A description made of such tags, or nothing where DESCRIPTION, which many files have that were never broadcast, is the only one.
[[nodiscard]] std::optional<byte_string> description_of(const std::vector<text_tag>& tags);

/// Whether a tag is a field of the description.
[[nodiscard]] bool is_of_description(const std::string& name);

/// The time reference counts samples since midnight.
void move_description(byte_string& bext, const displacement& by);

/// Sets the loudness figures to 0x7FFF, which stands for "unknown"; returns whether there were any.
bool forget_loudness(byte_string& bext);

/// What stands behind the end of the coding history, its first zero, and that zero; empty where nothing but zeros stands there.
[[nodiscard]] byte_string behind_history(const byte_string& bext);

/// Appends a line to the coding history, in front of its first zero; what stands behind that stays.
void add_history(byte_string& bext, const std::string& line);

/// A line of the coding history as EBU R 98 has it: `A=PCM,F=96000,W=24,M=stereo,T=...`, without its end. Commas of the text become blanks.
[[nodiscard]] std::string history_line(int rate, int channels, sample_format format, std::string text);

}   // namespace command
