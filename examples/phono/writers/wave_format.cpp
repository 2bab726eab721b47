// SPDX-License-Identifier: BSL-1.0
#include "writers/wave_format.hpp"

#include <array>
#include <cstdint>

namespace command {

namespace {

constexpr std::uint16_t integer = 0x0001;
constexpr std::uint16_t floating_point = 0x0003;
constexpr std::uint16_t see_subtype = 0xfffe;

// KSDATAFORMAT_SUBTYPE_PCM and _IEEE_FLOAT begin with the short form's number; the rest of the GUID is this.
constexpr std::array<unsigned char, 14> of_all_subtypes{0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71};

}   // namespace

bytes wave_format(const sound_description& about, bool extensible)
{
    const auto tag = is_integer(about.format) ? integer : floating_point;
    const auto bits_of_sample = static_cast<std::uint16_t>(bits(about.format));
    const auto rate = static_cast<std::uint32_t>(about.sample_rate);
    bytes content;
    append_little(content, extensible ? see_subtype : tag);
    append_little(content, static_cast<std::uint16_t>(about.channels));
    append_little(content, rate);
    append_little(content, static_cast<std::uint32_t>(rate * about.frame_bytes()));
    append_little(content, static_cast<std::uint16_t>(about.frame_bytes()));
    append_little(content, bits_of_sample);
    if (extensible) {
        append_little(content, std::uint16_t{22});   // bytes that follow
        append_little(content, bits_of_sample);      // valid ones
        append_little(content, about.speakers);
        append_little(content, tag);
        content.insert(content.end(), of_all_subtypes.begin(), of_all_subtypes.end());
    } else if (tag == floating_point) {
        append_little(content, std::uint16_t{0});
    }
    return content;
}

}   // namespace command
