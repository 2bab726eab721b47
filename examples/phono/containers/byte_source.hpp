// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace command {

/// The bytes of an input: of a file on disk, whose length is decided when it is opened, or of a pipe, which is read once from its beginning
/// to its end. An error while reading is a failure, and so is a file that becomes shorter: bytes that are missing are never made up.
class byte_source {
public:
    /// `-` is the standard input.
    explicit byte_source(const std::filesystem::path& file);
    /// Bytes in memory that behave as a file on disk.
    byte_source(std::string name, std::vector<unsigned char> bytes);
    /// All that a pipe still holds, in a temporary file without a name: for decoders that need a file on disk.
    [[nodiscard]] static std::unique_ptr<byte_source> copy_of(byte_source& pipe);
    ~byte_source();

    byte_source(const byte_source&) = delete;
    byte_source& operator=(const byte_source&) = delete;

    /// For messages.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    /// Nothing where only reading tells: in a pipe.
    [[nodiscard]] std::optional<std::uint64_t> size() const noexcept { return size_; }
    [[nodiscard]] std::uint64_t position() const noexcept { return position_; }

    /// Fills `into` as far as the bytes go and returns how many they were; fewer only at the end.
    std::size_t read(std::span<unsigned char> into);
    /// At most that many bytes, as `read`.
    [[nodiscard]] std::vector<unsigned char> take(std::size_t count);
    /// The bytes that come next, which remain to be read.
    [[nodiscard]] std::vector<unsigned char> peek(std::size_t count);
    /// Moves to a position. In a pipe only forward, over bytes that are read and forgotten; whether they were all there is returned. In a
    /// file every position is, and reading beyond the end gives nothing.
    bool move_to(std::uint64_t position);
    /// A failure if a file on disk has become longer since it was opened: what came then was not read.
    void require_same_length() const;

private:
    [[nodiscard]] std::size_t read_file(std::span<unsigned char> into);
    [[nodiscard]] std::size_t read_pipe(std::span<unsigned char> into);

    std::string name_;
    std::vector<unsigned char> memory_;
    int descriptor_ = -1;
    std::optional<std::uint64_t> size_;
    std::uint64_t position_ = 0;
    std::vector<unsigned char> ahead_;   ///< of a pipe: what `peek` has read
};

}   // namespace command
