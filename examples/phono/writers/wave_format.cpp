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

byte_string wave_format(const sound_description& about, bool extensible)
{
    const auto tag = is_integer(about.format) ? integer : floating_point;
    const auto bits_of_sample = static_cast<std::uint64_t>(bits(about.format));
    const auto rate = static_cast<std::uint64_t>(about.sample_rate);
    byte_writer content{std::endian::little};
    content.number(extensible ? see_subtype : tag, 2)
        .number(static_cast<std::uint64_t>(about.channels), 2)
        .number(rate, 4)
        .number(rate * about.frame_bytes(), 4)
        .number(about.frame_bytes(), 2)
        .number(bits_of_sample, 2);
    constexpr std::uint64_t valid_bits_and_subtype = 22;   // bytes that follow
    if (extensible) {
        content.number(valid_bits_and_subtype, 2).number(bits_of_sample, 2).number(about.speakers, 4);
        content.number(tag, 2).append(of_all_subtypes);
    } else if (tag == floating_point) {
        content.number(0, 2);
    }
    return content.written();
}

}   // namespace command
