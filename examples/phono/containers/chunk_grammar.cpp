// SPDX-License-Identifier: BSL-1.0
#include "containers/chunk_grammar.hpp"

#include "support/bytes.hpp"

#include <algorithm>
#include <array>

namespace command {

namespace {

using bytes = std::span<const unsigned char>;

std::optional<std::string> four_characters(bytes head)
{
    const auto printable = [](unsigned char c) { return c >= 0x20 && c < 0x7f; };
    if (!std::all_of(head.begin(), head.begin() + 4, printable)) return std::nullopt;
    return std::string{head.begin(), head.begin() + 4};
}

std::optional<chunk_head> four_and_four(bytes head, std::endian order)
{
    if (head.size() < 8) return std::nullopt;
    const auto id = four_characters(head);
    if (!id) return std::nullopt;
    return chunk_head{*id, number(head.subspan(4, 4), order)};
}

std::optional<chunk_head> riff_head(bytes head) { return four_and_four(head, std::endian::little); }
std::optional<chunk_head> iff_head(bytes head) { return four_and_four(head, std::endian::big); }

std::optional<chunk_head> caf_head(bytes head)
{
    if (head.size() < 12) return std::nullopt;
    const auto id = four_characters(head);
    if (!id) return std::nullopt;
    return chunk_head{*id, number(head.subspan(4, 8), std::endian::big)};
}

// Those of Wave64's GUIDs that do not begin with four characters; no other file has them.
std::optional<std::string> own_name_of(bytes guid)
{
    constexpr std::array<unsigned char, 16> summary_list{0xbc, 0x94, 0x5f, 0x92, 0x5a, 0x52, 0xd2, 0x11,
                                                         0x86, 0xdc, 0x00, 0xc0, 0x4f, 0x8e, 0xdb, 0x8a};
    constexpr std::array<unsigned char, 16> marker{0xab, 0xf7, 0x62, 0x56, 0x39, 0x2d, 0xd2, 0x11,
                                                   0x86, 0xc7, 0x00, 0xc0, 0x4f, 0x8e, 0xdb, 0x8a};
    if (std::equal(summary_list.begin(), summary_list.end(), guid.begin())) return "summary list";
    if (std::equal(marker.begin(), marker.end(), guid.begin())) return "marker";
    return std::nullopt;
}

std::optional<chunk_head> wave64_head(bytes head)
{
    if (head.size() < 24) return std::nullopt;
    const auto own = own_name_of(head.first(16));
    const auto id = own ? own : four_characters(head);
    const auto size = number(head.subspan(16, 8), std::endian::little);
    // Files are written to pipes with 0 here, too: nothing but the head, then. SoX puts 23, and repeats its header within the sound.
    if (!id || (size != 0 && size < 24)) return std::nullopt;
    return chunk_head{*id, size == 0 ? 0 : size - 24};
}

// Identifiers of four characters, one after the other.
constexpr std::string_view common =
    "LISTlistINFOinfobextiXMLaxmlchnacartcue smplinstplstid3 ID3 factPEAKlevlqltymextumidlink_PMXaXML"
    "afspDISPacidstrcminfelm1elmoregnDGDAovwfJUNKjunkPAD FLLRfilrfreeMARKINSTCOMTNAMEAUTH(c) ANNOAPPL"
    "MIDIAESDCHANchanstrgmarkuuidedctpeakkukipaktSAURslntwavlfmt COMMFVERdescmidiovvw";

constexpr std::string_view fillers = "JUNKjunkPAD FLLRfilrfree";

bool is_one_of(std::string_view ids, std::string_view id) noexcept
{
    for (; !ids.empty(); ids.remove_prefix(4))
        if (ids.substr(0, 4) == id) return true;
    return false;
}

}   // namespace

const chunk_grammar riff_chunks{8, 2, riff_head};
const chunk_grammar iff_chunks{8, 2, iff_head};
const chunk_grammar wave64_chunks{24, 8, wave64_head};
const chunk_grammar caf_chunks{12, 1, caf_head};

bool is_common_chunk(std::string_view id) noexcept { return is_one_of(common, id); }

bool is_of_wave64_alone(std::string_view id) noexcept { return id == "summary list" || id == "marker"; }

bool begins_file(std::string_view id) noexcept { return is_one_of("RIFFRIFXRF64BW64FORMriffcaff", id); }

bool is_filler(std::string_view id) noexcept { return is_one_of(fillers, id); }

}   // namespace command
