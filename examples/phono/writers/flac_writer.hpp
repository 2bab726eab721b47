// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/byte_output.hpp"
#include "writers/sound_description.hpp"
#include "writers/sound_writer.hpp"

#include <FLAC/stream_encoder.h>

#include <cstddef>
#include <exception>
#include <memory>
#include <vector>

namespace command {

/// FLAC by libFLAC's encoder, which hands over the frames; what stands before them is laid down here. Integer formats only.
class flac_writer final : public sound_writer {
public:
    /// A stream is never gone back in: its header has neither length nor checksum.
    flac_writer(byte_output& out, const sound_description& about, bool stream);
    ~flac_writer() override;

    void write(std::span<const std::int32_t> interleaved) override;
    void write(std::span<const double> interleaved) override;
    void finish() override;

private:
    struct destroy {
        void operator()(FLAC__StreamEncoder* encoder) const noexcept { FLAC__stream_encoder_delete(encoder); }
    };

    static FLAC__StreamEncoderWriteStatus take_frame(const FLAC__StreamEncoder*, const FLAC__byte data[], std::size_t size,
                                                     std::uint32_t samples, std::uint32_t, void* self);
    static void take_stream_info(const FLAC__StreamEncoder*, const FLAC__StreamMetadata* block, void* self);

    // Throws what went wrong in a callback, or what the encoder says, unless it has `succeeded`.
    void require(bool succeeded);

    byte_output& out_;
    std::size_t channels_;
    int shift_;   // from the upper bits
    bool stream_;
    std::exception_ptr fault_;
    FLAC__StreamMetadata_StreamInfo info_{};
    std::vector<std::int32_t> shifted_;
    std::unique_ptr<FLAC__StreamEncoder, destroy> encoder_;   // last: it calls back until it is destroyed
};

}   // namespace command
