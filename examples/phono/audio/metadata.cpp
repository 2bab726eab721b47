// SPDX-License-Identifier: BSL-1.0
#include "audio/metadata.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace command {

namespace {

void copy_tags(SNDFILE* from, SNDFILE* to)
{
    // SF_STR_SOFTWARE stays out: libsndfile would append its own name to the capturing program's.
    for (const int tag : {SF_STR_TITLE, SF_STR_COPYRIGHT, SF_STR_ARTIST, SF_STR_COMMENT, SF_STR_DATE, SF_STR_ALBUM, SF_STR_LICENSE,
                          SF_STR_TRACKNUMBER, SF_STR_GENRE})
        if (const char* text = sf_get_string(from, tag)) sf_set_string(to, tag, text);
}

// The archive's own description of a transfer (EBU Tech 3285), its coding history included.
void copy_broadcast_description(SNDFILE* from, SNDFILE* to)
{
    using description = SF_BROADCAST_INFO_VAR(16'000);   // from 16384 on, libsndfile refuses to write it
    const auto bext = std::make_unique<description>();
    if (sf_command(from, SFC_GET_BROADCAST_INFO, bext.get(), sizeof(description)) == SF_TRUE)
        sf_command(to, SFC_SET_BROADCAST_INFO, bext.get(), sizeof(description));
}

void copy_markers(SNDFILE* from, SNDFILE* to)
{
    struct markers {
        std::uint32_t count;
        SF_CUE_POINT points[1000];
    };
    const auto cues = std::make_unique<markers>();
    if (sf_command(from, SFC_GET_CUE, cues.get(), sizeof(markers)) == SF_TRUE) sf_command(to, SFC_SET_CUE, cues.get(), sizeof(markers));
}

void copy_loudspeakers(SNDFILE* from, SNDFILE* to, int channels)
{
    std::vector<int> positions(static_cast<std::size_t>(channels));
    const auto bytes = static_cast<int>(positions.size() * sizeof(int));
    if (sf_command(from, SFC_GET_CHANNEL_MAP_INFO, positions.data(), bytes) == SF_TRUE)
        sf_command(to, SFC_SET_CHANNEL_MAP_INFO, positions.data(), bytes);
}

}   // namespace

void copy_metadata(SNDFILE* from, SNDFILE* to, int channels)
{
    copy_tags(from, to);
    copy_broadcast_description(from, to);
    copy_markers(from, to);
    copy_loudspeakers(from, to, channels);
}

}   // namespace command
