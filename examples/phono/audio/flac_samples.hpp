// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/sample_source.hpp"
#include "containers/byte_source.hpp"
#include "containers/sound_layout.hpp"

#include <FLAC/stream_decoder.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace command {

/// The samples of a FLAC stream, 4 to 32 bits, by libFLAC. A damaged frame is a failure with its time; so are a stream that is shorter or
/// longer than its header says, sound behind its end, and, where the header has a checksum of the sound, sound that differs from it. With
/// `recover` what is there is taken, and silence stands for what is lost between two frames.
class flac_samples final : public sample_source {
public:
    /// The source is at the first frame; both outlive this.
    flac_samples(byte_source& source, sound_layout& layout, bool recover);
    ~flac_samples() override;

    std::size_t read(const channel_spans& channels) override;
    [[nodiscard]] std::vector<chunk> new_chunks() override { return chunks_.hand_over(); }
    [[nodiscard]] const std::vector<std::string>& assumptions() const noexcept override { return assumptions_; }

private:
    struct callbacks;
    struct delete_decoder {
        void operator()(FLAC__StreamDecoder* decoder) const noexcept { FLAC__stream_decoder_delete(decoder); }
    };

    void decode_one();
    void take(const FLAC__Frame& frame, const FLAC__int32* const* channels);
    void finish();
    void examine_rest();
    [[nodiscard]] std::uint64_t end_of_rest(byte_source& rest, std::uint64_t begin);
    void report(const std::string& what, const std::string& with_recover);
    void report_damage(const std::string& at, const std::string& what, const std::string& with_recover);
    [[nodiscard]] std::string time(std::uint64_t frames) const;

    byte_source& source_;
    const sound_layout& layout_;
    bool recover_;
    std::unique_ptr<FLAC__StreamDecoder, delete_decoder> decoder_;
    std::vector<unsigned char> head_;   ///< what the decoder reads before the frames
    std::size_t head_read_ = 0;
    std::uint64_t end_of_frames_{};       ///< in the source, behind the last frame that was decoded
    std::exception_ptr thrown_;           ///< within the decoder, which is in C
    std::string_view damage_;             ///< what the decoder has reported last, in a callback that may not throw
    std::vector<unsigned char> recent_;   ///< of a pipe: what was read from `end_of_frames_` on
    std::int64_t first_ = 0;              ///< number of the first frame: of a stream joined under way not 0
    std::uint64_t damaged_at_ = 0;        ///< frames decoded by then
    std::vector<double> waiting_;         ///< decoded, interleaved, not yet handed over
    std::size_t handed_over_ = 0;         ///< samples of `waiting_`
    std::uint64_t decoded_ = 0;           ///< frames
    bool ended_ = false;
    std::size_t damages_ = 0;
    chunk_collection chunks_;
    std::vector<std::string> assumptions_;
};

}   // namespace command
