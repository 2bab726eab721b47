// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/recording.hpp"
#include "audio/sample_source.hpp"
#include "audio/sound_file.hpp"
#include "containers/decoder_input.hpp"
#include "containers/sound_layout.hpp"
#include "containers/sound_stream.hpp"

#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace command {

/// The samples of whatever else libsndfile decodes: mu-law, ADPCM, ALAC, Ogg Vorbis and Opus, MP3, AU ... Errors while it
/// reads are failures: libsndfile itself takes them for the end of the file. What it would play short is found before: the frames of MPEG
/// are counted, Ogg's pages and AU's length compared; of kinds where nothing is, an assumption says so.
class library_samples final : public sample_source {
public:
    /// The source is a file on disk and outlives this. A file that is cut, joined of several or damaged is a failure, but with `recover`.
    library_samples(byte_source& source, bool recover);
    /// For a file whose lengths have been compared already, with what stands beside its sound. The layout says how much of the last block
    /// of ADPCM is sound, and whether the sound is frames of MPEG, which are counted.
    library_samples(byte_source& source, const sound_layout& layout, sound_stream& compared, bool recover);

    /// What libsndfile says of the recording.
    [[nodiscard]] recording about() const;
    /// What libsndfile calls the file: `MPEG-1/2 Audio, MPEG Layer III`, or in one whose chunks were read before, `IMA ADPCM`.
    [[nodiscard]] std::string kind() const override;

    std::size_t read(const channel_spans& channels) override;
    [[nodiscard]] std::vector<chunk> new_chunks() override { return std::exchange(chunks_, {}); }
    [[nodiscard]] const std::vector<std::string>& assumptions() const noexcept override { return assumptions_; }

private:
    struct callbacks;

    void judge(const decoder_input& input, bool recover);
    void open(const decoder_input& input);
    void require_all(const decoder_input& input);
    [[nodiscard]] std::string words(std::int64_t frames) const;

    byte_source& source_;
    bool is_of_chunks_ = false;
    std::optional<decoder_bytes> bytes_;
    std::exception_ptr thrown_;   ///< within libsndfile, which is in C
    SF_INFO info_{};
    SF_VIRTUAL_IO io_{};
    sound_file file_;
    std::vector<double> interleaved_;
    std::optional<std::int64_t> frames_;   ///< nothing where libsndfile does not know
    std::int64_t position_ = 0;            ///< in frames
    bool may_end_early_;
    bool ended_early_ = false;
    std::vector<chunk> chunks_;
    std::vector<std::string> assumptions_;
};

}   // namespace command
