// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "containers/byte_source.hpp"
#include "containers/sound_layout.hpp"
#include "containers/tail.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace command {

/// The bytes of the sound of a file made of chunks, and what stands behind them. On disk all is known when it is opened; of a pipe, at the
/// end: one that ends before its announced length, or after it with what is no chunk, is a failure at that moment. Of a pipe of unknown
/// length the last MiB is held back, as chunks may stand there.
class sound_stream {
public:
    /// The source is at the beginning of the sound; both outlive this, which takes over the layout's chunks.
    sound_stream(byte_source& source, sound_layout& layout, bool recover);

    /// Bytes of sound; nothing where only the end tells.
    [[nodiscard]] std::optional<std::uint64_t> size() const noexcept { return size_; }

    /// Fills `into` as far as the sound goes.
    std::size_t read(std::span<unsigned char> into);

    /// The chunks around the sound; those behind it are here when they are known.
    [[nodiscard]] chunk_collection& chunks() noexcept { return chunks_; }
    [[nodiscard]] const std::vector<std::string>& assumptions() const noexcept { return assumptions_; }
    /// Adds what whoever reads the samples had to assume.
    void assume(std::string what) { assumptions_.push_back(std::move(what)); }

private:
    void end_of_pipe(bool short_of_announced);
    [[nodiscard]] bool goes_on();
    [[nodiscard]] std::size_t read_with_end_held_back(std::span<unsigned char> into);
    void take_chunks_that_were_held();
    void tell_of_part_of_a_frame(std::uint64_t bytes);
    void collect(byte_source& from, const std::vector<placed_chunk>& behind);

    static constexpr std::size_t most_held_back = std::size_t{1} << 20;

    byte_source& source_;
    const sound_layout& layout_;
    bool recover_;
    std::optional<std::uint64_t> size_;
    std::uint64_t done_ = 0;
    bool ended_ = false;                ///< of a pipe
    std::vector<unsigned char> held_;   ///< of a pipe of unknown length
    std::size_t given_ = 0;             ///< of those, how many were read
    bool all_came_ = false;
    chunk_collection chunks_;
    std::vector<std::string> assumptions_;
};

}   // namespace command
