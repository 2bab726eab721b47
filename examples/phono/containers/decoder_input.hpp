// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "containers/byte_source.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace command {

struct byte_range {
    std::uint64_t begin{}, end{};   ///< in bytes from the file's beginning
};

/// Something in a file that contradicts something else, or is missing: a sentence each, without the file's name.
struct fault {
    std::string what;
    std::string way_out;   ///< without --recover, behind `what`
    std::string assumed;   ///< with it
};

inline constexpr auto copy_or_recover = "copy it again from its source, or add --recover to take what is there";

/// What a decoder of somebody else is given of a file on disk, and what was found wrong while that was decided.
struct decoder_input {
    std::vector<unsigned char> head{};       ///< bytes of ours in front of the parts, in place of a header that is wrong or missing
    std::vector<byte_range> parts{};         ///< of the file, in order
    std::vector<unsigned char> tail{};       ///< bytes of ours behind them
    std::optional<std::uint64_t> frames{};   ///< of sound, where they were counted
    std::uint64_t may_trim = 0;              ///< frames; by so many at most the decoder's count may be smaller
    std::vector<fault> faults{};
};

/// The whole of a file on disk.
[[nodiscard]] decoder_input all_of(const byte_source& file);

/// A file on disk as a decoder is given it. Errors are those of `byte_source`.
class decoder_bytes {
public:
    /// The source outlives this.
    decoder_bytes(byte_source& source, const decoder_input& input);

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    [[nodiscard]] std::uint64_t position() const noexcept { return position_; }
    void move_to(std::uint64_t position) noexcept { position_ = position; }   ///< every position is; reading beyond the end gives nothing
    /// Fills `into` as far as the bytes go and returns how many they were; fewer only at the end.
    std::size_t read(std::span<unsigned char> into);

private:
    struct piece {
        std::uint64_t at;      ///< as the decoder counts
        std::uint64_t begin;   ///< in the file
    };

    byte_source& source_;
    std::vector<unsigned char> head_;
    std::vector<piece> pieces_;
    std::vector<unsigned char> tail_;
    std::uint64_t tail_at_;   ///< as the decoder counts
    std::uint64_t size_;
    std::uint64_t position_ = 0;
};

/// `convert it first: ffmpeg -i NAME NAME.wav`, with the name as a shell wants it. The standard input's is not known, and FILE stands there.
[[nodiscard]] std::string convert_first(const byte_source& file);

}   // namespace command
