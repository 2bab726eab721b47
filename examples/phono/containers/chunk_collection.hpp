// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/chunk.hpp"
#include "containers/byte_source.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace command {

/// The chunks that are read from a file, within limits, so that a file's annotations take no more memory than is there for any file.
class chunk_collection {
public:
    static constexpr std::uint64_t most_in_one = std::uint64_t{16} << 20;
    static constexpr std::uint64_t most_in_tag = std::uint64_t{64} << 20;   ///< ID3, which holds scans of covers
    static constexpr std::uint64_t most_in_all = most_in_tag + (std::uint64_t{20} << 20);

    /// Of a chunk of that name.
    [[nodiscard]] static std::uint64_t most_in(std::string_view id) noexcept
    {
        return id == "id3 " || id == "ID3 " ? most_in_tag : most_in_one;
    }

    /// Reads the content at the source's position and moves behind it. What is beyond the limits is left out and named; what only fills
    /// space is left out. False where the source ends before the chunk does.
    bool take(byte_source& from, const std::string& id, std::uint64_t size);

    void add(chunk one);
    void add_first(chunk one);

    /// Forgets those that were added after the first so many.
    void keep(std::size_t count) { chunks_.resize(count); }

    [[nodiscard]] const std::vector<chunk>& chunks() const noexcept { return chunks_; }
    /// Hands them over and is empty then, but for what counts towards the limits.
    [[nodiscard]] std::vector<chunk> hand_over() noexcept { return std::exchange(chunks_, {}); }
    /// What was left out, a sentence each.
    [[nodiscard]] const std::vector<std::string>& left_out() const noexcept { return left_out_; }

private:
    std::vector<chunk> chunks_;
    std::vector<std::string> left_out_;
    std::uint64_t bytes_ = 0;
};

}   // namespace command
