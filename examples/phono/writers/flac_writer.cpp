// SPDX-License-Identifier: BSL-1.0
#include "writers/flac_writer.hpp"

#include "support/failure.hpp"
#include "writers/flac_metadata.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

namespace command {

namespace {

constexpr std::uint32_t compression_level = 5;
constexpr std::uint32_t block_frames = 4096;   // what that level has; set, because the header tells it first

}   // namespace

flac_writer::flac_writer(byte_output& out, const sound_description& about, bool stream)
    : out_{out},
      channels_{static_cast<std::size_t>(about.channels)},
      shift_{32 - bits(about.format)},
      stream_{stream},
      encoder_{FLAC__stream_encoder_new()}
{
    auto* const encoder = encoder_.get();
    if (encoder == nullptr) throw std::bad_alloc{};
    info_.min_blocksize = info_.max_blocksize = block_frames;
    info_.sample_rate = static_cast<std::uint32_t>(about.sample_rate);
    info_.channels = static_cast<std::uint32_t>(about.channels);
    info_.bits_per_sample = static_cast<std::uint32_t>(bits(about.format));
    out_.write(flac_metadata(info_, about.chunks));

    require(FLAC__stream_encoder_set_channels(encoder, info_.channels) != 0 &&
            FLAC__stream_encoder_set_bits_per_sample(encoder, info_.bits_per_sample) != 0 &&
            FLAC__stream_encoder_set_sample_rate(encoder, info_.sample_rate) != 0 &&
            FLAC__stream_encoder_set_compression_level(encoder, compression_level) != 0 &&
            FLAC__stream_encoder_set_blocksize(encoder, block_frames) != 0);
    const auto status = FLAC__stream_encoder_init_stream(encoder, take_frame, nullptr, nullptr, take_stream_info, this);
    if (status != FLAC__STREAM_ENCODER_INIT_STATUS_OK)
        throw failure{out_.name() + ": the FLAC encoder refuses this: " + FLAC__StreamEncoderInitStatusString[status]};
}

flac_writer::~flac_writer()
{
    // Destroying an encoder that was not finished would write what it holds.
    if (!fault_) fault_ = std::make_exception_ptr(failure{"abandoned"});
}

void flac_writer::write(std::span<const std::int32_t> interleaved)
{
    shifted_.resize(interleaved.size());
    std::transform(interleaved.begin(), interleaved.end(), shifted_.begin(), [this](std::int32_t x) { return x >> shift_; });
    const auto frames = static_cast<std::uint32_t>(interleaved.size() / channels_);
    require(FLAC__stream_encoder_process_interleaved(encoder_.get(), shifted_.data(), frames) != 0);
}

void flac_writer::write(std::span<const double>) { throw std::logic_error{"FLAC holds no floating-point samples"}; }

void flac_writer::finish()
{
    require(FLAC__stream_encoder_finish(encoder_.get()) != 0);
    if (!stream_) out_.overwrite(flac_stream_info_position, flac_stream_info(info_));
}

// Exceptions cannot pass through the C of the encoder.
FLAC__StreamEncoderWriteStatus flac_writer::take_frame(const FLAC__StreamEncoder*, const FLAC__byte data[], std::size_t size,
                                                       std::uint32_t samples, std::uint32_t, void* self)
{
    auto& writer = *static_cast<flac_writer*>(self);
    if (writer.fault_) return FLAC__STREAM_ENCODER_WRITE_STATUS_FATAL_ERROR;
    const bool is_metadata = samples == 0;   // ours stands there already
    try {
        if (!is_metadata) writer.out_.write({data, size});
        return FLAC__STREAM_ENCODER_WRITE_STATUS_OK;
    } catch (...) {
        writer.fault_ = std::current_exception();
        return FLAC__STREAM_ENCODER_WRITE_STATUS_FATAL_ERROR;
    }
}

void flac_writer::take_stream_info(const FLAC__StreamEncoder*, const FLAC__StreamMetadata* block, void* self)
{
    if (block->type == FLAC__METADATA_TYPE_STREAMINFO) static_cast<flac_writer*>(self)->info_ = block->data.stream_info;
}

void flac_writer::require(bool succeeded)
{
    if (fault_) std::rethrow_exception(fault_);
    if (!succeeded)
        throw failure{out_.name() + ": could not be encoded: " + FLAC__stream_encoder_get_resolved_state_string(encoder_.get())};
}

}   // namespace command
