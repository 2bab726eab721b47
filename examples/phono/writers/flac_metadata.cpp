// SPDX-License-Identifier: BSL-1.0
#include "writers/flac_metadata.hpp"

#include <cstddef>
#include <stdexcept>

namespace command {

namespace {

constexpr std::size_t largest_block = 0xff'ffff;   // sizes have 24 bits

void append_block(bytes& to, FLAC__MetadataType type, bool last, const bytes& content)
{
    append_big(to, (last ? 0x8000'0000u : 0u) | static_cast<std::uint32_t>(type) << 24 | static_cast<std::uint32_t>(content.size()));
    append(to, content);
}

FLAC__MetadataType type_of(const chunk& block)
{
    for (const auto type :
         {FLAC__METADATA_TYPE_APPLICATION, FLAC__METADATA_TYPE_VORBIS_COMMENT, FLAC__METADATA_TYPE_CUESHEET, FLAC__METADATA_TYPE_PICTURE})
        if (block.id == FLAC__MetadataTypeString[type]) return type;
    throw std::invalid_argument{"no FLAC block is named '" + block.id + "'"};
}

bool goes_over(const chunk& block) { return block.id != "STREAMINFO" && block.id != "SEEKTABLE" && block.id != "PADDING"; }

}   // namespace

bytes flac_metadata(const FLAC__StreamMetadata_StreamInfo& info, const std::vector<chunk>& chunks)
{
    std::vector<const chunk*> blocks;
    for (const auto& each : chunks)
        if (goes_over(each)) blocks.push_back(&each);

    bytes all;
    append(all, "fLaC");
    append_block(all, FLAC__METADATA_TYPE_STREAMINFO, blocks.empty(), flac_stream_info(info));
    for (const auto* block : blocks) {
        if (block->bytes.size() > largest_block) throw std::invalid_argument{"a FLAC block takes less than 16 MiB"};
        append_block(all, type_of(*block), block == blocks.back(), block->bytes);
    }
    return all;
}

bytes flac_stream_info(const FLAC__StreamMetadata_StreamInfo& info)
{
    const auto append_24 = [](bytes& to, std::uint32_t value) {
        to.push_back(static_cast<unsigned char>(value >> 16));
        append_big(to, static_cast<std::uint16_t>(value));
    };
    constexpr std::uint64_t countable = std::uint64_t{1} << 36;
    bytes content;
    append_big(content, static_cast<std::uint16_t>(info.min_blocksize));
    append_big(content, static_cast<std::uint16_t>(info.max_blocksize));
    append_24(content, info.min_framesize);
    append_24(content, info.max_framesize);
    append_big(content, std::uint64_t{info.sample_rate} << 44 | std::uint64_t{info.channels - 1} << 41 |
                            std::uint64_t{info.bits_per_sample - 1} << 36 | (info.total_samples < countable ? info.total_samples : 0));
    content.insert(content.end(), info.md5sum, info.md5sum + sizeof info.md5sum);
    return content;
}

}   // namespace command
