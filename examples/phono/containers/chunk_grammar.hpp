// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace command {

/// What a chunk says of itself before its content.
struct chunk_head {
    std::string id;         ///< its four characters, the name of one of Wave64's own, or in braces what an odd one has in their place
    std::uint64_t size{};   ///< of its content in bytes, as announced
};

/// How a kind of file writes its chunks.
struct chunk_grammar {
    std::size_t head_bytes;    ///< of identifier and size
    std::uint64_t alignment;   ///< contents are padded to a multiple of it
    /// Nothing where the bytes are no chunk's head: an identifier must be printable.
    std::optional<chunk_head> (*parse)(std::span<const unsigned char> head);
    /// The same for whatever identifier, which only a size that fits tells from sound; for what `parse` does not know.
    std::optional<chunk_head> (*parse_odd)(std::span<const unsigned char> head);

    [[nodiscard]] std::uint64_t padded(std::uint64_t size) const noexcept { return (size + alignment - 1) / alignment * alignment; }
};

/// RIFF, RF64 and BW64: four characters, 32 bits, little-endian.
extern const chunk_grammar riff_chunks;
/// AIFF, AIFF-C and RIFX: the same, big-endian.
extern const chunk_grammar iff_chunks;
/// Wave64: a GUID that begins with the four characters, 64 bits that count the head too.
extern const chunk_grammar wave64_chunks;
/// CAF: four characters, 64 bits, big-endian, without padding.
extern const chunk_grammar caf_chunks;

/// Whether chunks of that name are in common use beside sound: what stands where sound should end is then a chunk, even if it is cut.
[[nodiscard]] bool is_common_chunk(std::string_view id) noexcept;

/// Sony's chunks of Wave64 that have a GUID without four characters: no other container has a place for them, and they are not carried over.
[[nodiscard]] bool is_of_wave64_alone(std::string_view id) noexcept;

/// Whether it is the name that `parse_odd` gives: such a chunk is not carried over, as no writer could spell it.
[[nodiscard]] bool is_odd_chunk(std::string_view id) noexcept;

/// A chunk that holds a whole file, as RIFF and FORM: behind the sound, another file that was joined to this one.
[[nodiscard]] bool begins_file(std::string_view id) noexcept;

/// Whether a chunk of that name only fills space.
[[nodiscard]] bool is_filler(std::string_view id) noexcept;

}   // namespace command
