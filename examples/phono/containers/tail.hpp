// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "containers/byte_source.hpp"
#include "containers/chunk_grammar.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace command {

/// A chunk in its file.
struct placed_chunk {
    std::string id;
    std::uint64_t begin{};   ///< of its content, in bytes from the file's beginning
    std::uint64_t size{};    ///< of its content
};

/// What the bytes behind a sound are.
enum class tail_kind {
    whole,        ///< chunks that end where the file does, tags of other formats, a little padding, or nothing
    cut,          ///< chunks, the last of which is longer than what is left of the file
    more_sound,   ///< chunks, one of which holds sound again
    foreign       ///< neither: sound, or what is no part of a recording
};

struct tail {
    tail_kind kind = tail_kind::whole;
    std::vector<placed_chunk> chunks{};
};

/// The most zeros that are padding: sound may be digital silence, and more of it than this is taken for sound.
inline constexpr std::uint64_t most_padding = 65'536;

/// Reads what stands from `begin` to the end of a file on disk, behind a sound of so many bytes and its padding.
[[nodiscard]] tail tail_at(byte_source& file, const chunk_grammar& grammar, std::string_view sound_id, std::uint64_t begin,
                           std::uint64_t sound_bytes);

/// Where chunks begin that reach to the end of the file, of which the first is a common one, looked for in the last 32 MiB behind `begin`;
/// the end of the file, without tags of other formats, where there are none.
[[nodiscard]] std::uint64_t find_tail(byte_source& file, const chunk_grammar& grammar, std::string_view sound_id, std::uint64_t begin);

/// The length in bytes of the ID3v2 tag whose header of ten bytes these begin with, header and footer included; 0 where no tag begins.
[[nodiscard]] std::uint64_t id3v2_bytes(std::span<const unsigned char> head) noexcept;

/// The tags of other formats at the end of a file on disk, ID3v1 and APE, which any kind of file may carry, as
/// `TAG `, `TAG+` and `APE `; in the file's order.
[[nodiscard]] std::vector<placed_chunk> tags_at_end(byte_source& file, std::uint64_t begin);

/// Whether nothing but zeros stands there, and no more of them than `most_padding`.
[[nodiscard]] bool is_padding(byte_source& file, std::uint64_t begin, std::uint64_t end);

/// Moves behind the padding of a chunk of that size, which some programs forget and some fill with other bytes than zeros.
void skip_padding(byte_source& source, const chunk_grammar& grammar, std::uint64_t size);

}   // namespace command
