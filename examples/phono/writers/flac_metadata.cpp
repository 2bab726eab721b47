// SPDX-License-Identifier: BSL-1.0
#include "writers/flac_metadata.hpp"

#include <cstddef>
#include <stdexcept>

namespace command {

namespace {

constexpr std::size_t largest_block = 0xff'ffff;   // sizes have 24 bits

void add_block(byte_writer& to, FLAC__MetadataType type, bool last, const byte_string& content)
{
    to.number((last ? 0x80u : 0u) | static_cast<unsigned>(type), 1).number(content.size(), 3).append(content);
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

byte_string flac_metadata(const FLAC__StreamMetadata_StreamInfo& info, const std::vector<chunk>& chunks)
{
    std::vector<const chunk*> blocks;
    for (const auto& each : chunks)
        if (goes_over(each)) blocks.push_back(&each);

    byte_writer all{std::endian::big};
    all.text("fLaC");
    add_block(all, FLAC__METADATA_TYPE_STREAMINFO, blocks.empty(), flac_stream_info(info));
    for (const auto* block : blocks) {
        if (block->bytes.size() > largest_block) throw std::invalid_argument{"a FLAC block takes less than 16 MiB"};
        add_block(all, type_of(*block), block == blocks.back(), block->bytes);
    }
    return all.written();
}

byte_string flac_stream_info(const FLAC__StreamMetadata_StreamInfo& info)
{
    constexpr std::uint64_t countable = std::uint64_t{1} << 36;
    return byte_writer{std::endian::big}
        .number(info.min_blocksize, 2)
        .number(info.max_blocksize, 2)
        .number(info.min_framesize, 3)
        .number(info.max_framesize, 3)
        .number(std::uint64_t{info.sample_rate} << 44 | std::uint64_t{info.channels - 1} << 41 |
                    std::uint64_t{info.bits_per_sample - 1} << 36 | (info.total_samples < countable ? info.total_samples : 0),
                8)
        .append(info.md5sum)
        .written();
}

}   // namespace command
