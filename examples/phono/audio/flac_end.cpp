// SPDX-License-Identifier: BSL-1.0
#include "audio/flac_end.hpp"

#include <FLAC/stream_decoder.h>

#include <memory>
#include <new>

namespace command {

namespace {

struct delete_decoder {
    void operator()(FLAC__StreamDecoder* decoder) const noexcept { FLAC__stream_decoder_delete(decoder); }
};

FLAC__StreamDecoderWriteStatus take(const FLAC__StreamDecoder*, const FLAC__Frame*, const FLAC__int32* const*, void* found)
{
    *static_cast<bool*>(found) = true;
    return FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE;
}

void pass(const FLAC__StreamDecoder*, FLAC__StreamDecoderErrorStatus, void*) {}   // the search for a frame tries what is none

}   // namespace

bool holds_its_last_frame(const std::filesystem::path& flac)
{
    const std::unique_ptr<FLAC__StreamDecoder, delete_decoder> decoder{FLAC__stream_decoder_new()};
    if (!decoder) throw std::bad_alloc{};
    bool found = false;
    const auto status = FLAC__stream_decoder_init_file(decoder.get(), flac.c_str(), take, nullptr, pass, &found);
    if (status != FLAC__STREAM_DECODER_INIT_STATUS_OK || !FLAC__stream_decoder_process_until_end_of_metadata(decoder.get())) return false;
    const auto announced = FLAC__stream_decoder_get_total_samples(decoder.get());
    return announced == 0 || (FLAC__stream_decoder_seek_absolute(decoder.get(), announced - 1) && found);
}

}   // namespace command
