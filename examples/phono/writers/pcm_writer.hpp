// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/byte_output.hpp"
#include "support/bytes.hpp"
#include "writers/sound_description.hpp"
#include "writers/sound_writer.hpp"
#include "writers/surroundings.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace command {

/// What tells one container of plain samples from another.
struct pcm_container {
    std::function<surroundings(std::optional<std::uint64_t> frames)> around;
    std::endian order = std::endian::little;
    std::uint64_t most_frames = std::uint64_t(-1);
    std::string what_holds_more{};   ///< for the failure beyond that many
};

/// Samples as they are, with the header and the end of a container around them.
class pcm_writer final : public sound_writer {
public:
    /// The header of a stream says that the number of frames is unknown. It is put right in the end where `out` is a file after all: the
    /// standard output may be either.
    pcm_writer(byte_output& out, const sound_description& about, pcm_container container, bool stream);

    void write(std::span<const std::int32_t> interleaved) override { write_samples(interleaved); }
    void write(std::span<const double> interleaved) override { write_samples(interleaved); }
    void finish() override;

private:
    void write_piece(std::size_t bytes);
    template <typename Sample>
    void write_samples(std::span<const Sample> interleaved);

    byte_output& out_;
    pcm_container container_;
    sample_format format_;
    std::size_t channels_;
    bool stream_;
    std::uint64_t samples_ = 0;
    byte_string piece_;        // of the file
    std::size_t filled_ = 0;   // bytes of it
    std::size_t next_;         // when so many of them are there, they are written: up to the end of a page
};

}   // namespace command
