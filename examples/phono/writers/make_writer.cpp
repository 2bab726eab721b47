// SPDX-License-Identifier: BSL-1.0
#include "writers/make_writer.hpp"

#include "writers/flac_writer.hpp"
#include "writers/pcm_writer.hpp"
#include "writers/surroundings.hpp"

namespace command {

namespace {

riff_form form_of(container kind, const sound_description& about, std::optional<std::int64_t> frames, bool stream)
{
    if (kind == container::rf64) return riff_form::rf64;
    if (stream) return riff_form::stream;
    const bool is_known_to_fit = frames && static_cast<std::uint64_t>(*frames) <= most_frames_in_32_bits(about);
    return is_known_to_fit ? riff_form::plain : riff_form::growing;
}

pcm_container container_for(container kind, const sound_description& about, std::optional<std::int64_t> frames, bool stream)
{
    using count = std::optional<std::uint64_t>;
    pcm_container made;
    switch (kind) {
        case container::wave64: made.around = [about](count n) { return wave64_surroundings(about, n.value_or(0)); }; break;
        case container::caf: made.around = [about](count n) { return caf_surroundings(about, n); }; break;
        case container::aiff:
            made.around = [about](count n) { return aiff_surroundings(about, n.value_or(0)); };
            made.order = std::endian::big;
            made.most_frames = most_frames_in_32_bits(about);
            made.what_holds_more = "AIFF holds at most 4 GiB; give the output the extension .caf or .wav";
            break;
        case container::wav:
        case container::rf64:
        case container::flac: {
            const auto form = form_of(kind, about, frames, stream);
            made.around = [about, form](count n) { return riff_surroundings(about, form, n); };
            if (form != riff_form::plain) break;
            made.most_frames = most_frames_in_32_bits(about);
            made.what_holds_more = "give the output the extension .rf64";
        }
    }
    return made;
}

}   // namespace

std::unique_ptr<sound_writer> make_writer(container kind, byte_output& out, const sound_description& about,
                                          std::optional<std::int64_t> frames, bool stream)
{
    if (kind == container::flac) return std::make_unique<flac_writer>(out, about, stream);
    return std::make_unique<pcm_writer>(out, about, container_for(kind, about, frames, stream), stream);
}

}   // namespace command
