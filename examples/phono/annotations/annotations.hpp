// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/recording.hpp"
#include "support/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace command {

/// A text about a recording, named as in FLAC's Vorbis comments: TITLE, ARTIST, DATE ... A name may occur several times. UTF-8.
struct text_tag {
    std::string name, value;
};

/// A point or a stretch of a recording with its name.
struct marker {
    std::uint32_t id{};
    std::int64_t frame{};    ///< from 0
    std::int64_t frames{};   ///< of a stretch; 0 for a point
    std::string name{}, note{};
};

/// What a recording says of itself beside its sound, twice: as the chunks of its own kind of file, which go over into a file of the same
/// family byte for byte, and in a form that no container dictates, from which the chunks of any other kind are made. All of it stays true
/// when the sound is processed: figures about the old samples, such as loudness and ReplayGain, are gone and named in `left_out`.
struct annotations {
    file_kind kind = file_kind::other;   ///< whose the chunks are
    int sample_rate{};                   ///< Hz, of the frames that markers count
    std::vector<chunk> chunks{};
    std::vector<text_tag> tags{};
    std::vector<marker> markers{};
    std::vector<byte_string> pictures{};   ///< each as in FLAC's PICTURE block (RFC 9639, 8.8)
    std::vector<std::string> untold{};     ///< chunks and parts of them that the second form has not, a few words each
    std::vector<std::string> left_out{};   ///< what would no longer be true, a few words each
    std::vector<std::string> unmoved{};    ///< the chunks, a word each, in which positions stayed those of the input
    std::vector<text_tag> untrue{};        ///< texts that `left_out` names, for who only looks at the file
    std::vector<annotations> kept{};       ///< by a FLAC: the chunks of the file that it was made of, one or none (foreign_metadata.hpp)
};

/// What annotations become in a file of some kind.
struct stored_annotations {
    std::vector<chunk> chunks{};
    std::vector<std::string> left_out{};   ///< what that kind of file cannot hold, and what is no longer true, a few words each
    std::vector<std::string> unmoved{};    ///< of the chunks, those in which positions stayed those of the input, a word each
};

/// What the recording's chunks say. A chunk that is damaged throws nothing: what can be read of it is taken.
[[nodiscard]] annotations annotations_of(const recording& about);

/// For the file of kind `to` that holds the processed sound of `about`, whose length and loudspeakers are the output's.
[[nodiscard]] stored_annotations stored_in(container to, const recording& about, const annotations& all);

/// How the frames of an input become those of an output.
struct displacement {
    double ratio = 1.0;                     ///< frames of the output over those of the input
    std::int64_t frames_cut = 0;            ///< of the output's beginning; negative where frames were put before it
    std::optional<std::int64_t> frames{};   ///< of the output: what lies beyond comes to stand at its end
    std::optional<double> rate_ratio{};     ///< of the sample rates; as `ratio` where the sound keeps its speed
    /// Of the input, where they are known: what lay behind its end, as programs leave it when they cut sound off, stays behind that of the
    /// output, in its place in time.
    std::optional<std::int64_t> frames_before{};

    [[nodiscard]] std::int64_t operator()(std::int64_t frame) const;
    [[nodiscard]] bool is_none() const noexcept { return ratio == 1.0 && frames_cut == 0 && rate_ratio.value_or(1.0) == 1.0; }
};

/// Markers, regions, loops, cue sheets, timers, chapters and the time reference of a broadcast description, where the output has them.
/// Other positions stay, and what has them is in `unmoved`.
[[nodiscard]] annotations moved(annotations all, const displacement& by);

}   // namespace command
