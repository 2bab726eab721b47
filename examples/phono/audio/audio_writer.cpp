// SPDX-License-Identifier: BSL-1.0
#include "audio/audio_writer.hpp"

#include "writers/make_writer.hpp"

namespace command {

audio_writer::audio_writer(const std::filesystem::path& file, const recording& about, sample_format format,
                           const std::vector<chunk>& chunks, existing_file existing)
    : path_{file}
{
    require_storable(file, about, format);
    const bool stream = is_stream(file);
    if (stream) stream_.emplace(file);
    else partial_.emplace(file, existing);
    out_.emplace(stream ? stream_->descriptor() : partial_->descriptor(), file.string());
    const sound_description sound{about.sample_rate, about.channels, about.speakers, format, chunks};
    writer_ = make_writer(container_of(file), *out_, sound, about.frames, stream);
}

std::optional<std::string> audio_writer::finish()
{
    writer_->finish();
    if (stream_) {
        stream_->finish();
        return std::nullopt;
    }
    partial_->commit();
    const auto others = partial_->other_names();
    if (others == 0) return std::nullopt;
    return path_.string() + ": had " + std::to_string(others + 1) + " names (hard links); the other ones keep the former file";
}

}   // namespace command
