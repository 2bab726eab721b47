// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/recording.hpp"
#include "containers/chunk_collection.hpp"
#include "containers/chunk_grammar.hpp"
#include "containers/sample_encoding.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace command {

/// What the header of a file says of its sound, up to where the sound begins.
struct sound_layout {
    file_kind kind = file_kind::other;
    int sample_rate{};   ///< Hz
    int channels{};
    std::uint32_t speakers{};                    ///< as in `recording`
    std::optional<sample_encoding> encoding{};   ///< nothing where a decoder is needed
    double bytes_per_second{};                   ///< 0 where the header does not tell
    std::uint64_t begin{};                       ///< of the sound, in bytes from the file's beginning
    std::vector<std::uint64_t> announced{};      ///< bytes of sound, by each field that gives them, the ruling one first
    std::optional<std::uint64_t> frames{};       ///< by a field that counts them beside
    std::optional<std::uint64_t> counted{};      ///< frames of what a decoder is needed for, by the chunk `fact`
    std::uint64_t frames_in_block{};             ///< of ADPCM and the like; 0 where the header does not tell
    bool is_mpeg = false;                        ///< the sound is frames of MPEG audio
    std::uint64_t block_padding{};               ///< at most so many bytes of the announced may be no frames
    std::uint64_t form_end{};                    ///< where the file ends by the size that its first chunk announces
    const chunk_grammar* grammar = nullptr;      ///< of what stands behind the sound
    std::string sound_id{};
    chunk_collection in_front{};
    std::vector<std::string> assumptions{};     ///< what was assumed to read it, a sentence each
    std::vector<unsigned char> stream_info{};   ///< of FLAC

    /// Of all channels together; 1 where a decoder is needed.
    [[nodiscard]] std::uint64_t frame_bytes() const noexcept
    {
        return encoding ? static_cast<std::uint64_t>(encoding->bytes) * static_cast<std::uint64_t>(channels) : 1;
    }
};

/// A sample rate as whole hertz, as all of phono counts it; another one is rounded, and that is said among the layout's assumptions.
void set_sample_rate(sound_layout& layout, double rate);

/// Reads the header of WAV, RF64, BW64, Wave64, AIFF, AIFF-C, CAF and FLAC and leaves the source at the beginning of the sound. Nothing
/// where the file is of another kind; the source is where it was, then. A header that is none, ends early or contradicts itself is a
/// failure.
[[nodiscard]] std::optional<sound_layout> read_layout(byte_source& source);

}   // namespace command
