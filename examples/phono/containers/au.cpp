// SPDX-License-Identifier: BSL-1.0
#include "containers/au.hpp"

#include "containers/extent.hpp"
#include "containers/tail.hpp"
#include "containers/unknown_length.hpp"
#include "support/bytes.hpp"

#include <algorithm>
#include <string_view>

namespace command {

namespace {

// Bits of a sample by its number in the header; 0 where it is not known.
std::uint64_t bits_of(std::uint64_t encoding)
{
    switch (encoding) {
        case 1:    // mu-law
        case 2:    // linear
        case 27:   // A-law
            return 8;
        case 3: return 16;
        case 4: return 24;
        case 5:
        case 6: return 32;   // floating point
        case 7: return 64;
        case 23: return 4;   // G.721
        case 25: return 3;   // G.723
        case 26: return 5;
        default: return 0;
    }
}

// Whether nothing but padding and tags stands from there to the end.
bool no_sound(byte_source& file, std::uint64_t begin)
{
    const auto tags = tags_at_end(file, begin);
    const auto end = tags.empty() ? *file.size() : tags.front().begin;
    if (end - begin > most_padding) return false;
    file.move_to(begin);
    const auto bytes = file.take(static_cast<std::size_t>(end - begin));
    return std::all_of(bytes.begin(), bytes.end(), [](unsigned char x) { return x == 0; });
}

}   // namespace

std::optional<decoder_input> examine_au(byte_source& file)
{
    constexpr std::size_t size_at = 8, head_bytes = 24;
    constexpr std::uint64_t to_the_end = 0xffff'ffff;
    file.move_to(0);
    const auto head = file.take(head_bytes);
    const std::string_view mark{reinterpret_cast<const char*>(head.data()), std::min<std::size_t>(head.size(), 4)};
    if (head.size() < head_bytes || (mark != ".snd" && mark != "dns.")) return std::nullopt;
    const auto order = mark == ".snd" ? std::endian::big : std::endian::little;
    const auto field = [&](std::size_t at) { return number_at(head, at, 4, order); };
    const auto begin = field(4), announced = field(size_at), channels = field(20);
    auto all = all_of(file);
    if (begin < head_bytes || begin >= *file.size()) return all;   // the decoder will say that there is nothing
    const auto held = *file.size() - begin;
    const auto bits = bits_of(field(12)) * channels;
    const auto frame = std::max<std::uint64_t>(1, bits / 8);
    sound_layout layout;   // for the words
    layout.bytes_per_second = double(bits) * double(field(16)) / 8.0;
    if (announced <= held && announced > 0 && (held / frame == announced / frame || no_sound(file, begin + announced))) return all;
    all.head.assign(head.begin(), head.begin() + size_at + 4);
    put(all.head, size_at, to_the_end, 4, order);
    all.parts.front().begin = all.head.size();
    if (announced == 0 || means_unknown(announced, begin, frame)) return all;
    const auto says = "its header announces " + amount(layout, announced) + " of sound, ";
    if (announced > held)
        all.faults.push_back(
            {"truncated: " + says + "the file holds " + amount(layout, held), copy_or_recover, "all that is there was taken"});
    else
        all.faults.push_back({says + "but " + amount(layout, held) + " are there", "add --recover to take all of it",
                              amount(layout, held) + " were taken as sound"});
    return all;
}

}   // namespace command
