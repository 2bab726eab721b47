// SPDX-License-Identifier: BSL-1.0
#include "containers/chunk_grammar.hpp"

#include "containers/wave64_guid.hpp"
#include "support/bytes.hpp"

#include <algorithm>
#include <array>

namespace command {

namespace {

using bytes = std::span<const unsigned char>;

constexpr std::string_view summary_list_name = "summary list", marker_list_name = "marker list";

std::string hexadecimal(bytes all)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const auto one : all) {
        text += digits[one >> 4];
        text += digits[one & 15];
    }
    return text;
}

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

// A chunk of another identifier is told by its size alone. Sound has bytes of control characters, and sizes of nothing by chance.
std::optional<chunk_head> odd_head(bytes head, std::size_t size_bytes, std::endian order)
{
    if (head.size() < 4 + size_bytes) return std::nullopt;
    const auto size = number(head.subspan(4, size_bytes), order);
    const bool is_name = std::all_of(head.begin(), head.begin() + 4, [](unsigned char c) { return c >= 0x20 && c != 0x7f; });
    if (!is_name || size == 0) return std::nullopt;
    return chunk_head{'{' + hexadecimal(head.first(4)) + '}', size};
}

std::optional<chunk_head> odd_riff_head(bytes head) { return odd_head(head, 4, std::endian::little); }
std::optional<chunk_head> odd_iff_head(bytes head) { return odd_head(head, 4, std::endian::big); }
std::optional<chunk_head> odd_caf_head(bytes head) { return odd_head(head, 8, std::endian::big); }

// Those of Wave64's GUIDs that do not begin with four characters; no other file has them.
std::optional<std::string> own_name_of(bytes guid)
{
    constexpr std::array<unsigned char, 16> summary_list{0xbc, 0x94, 0x5f, 0x92, 0x5a, 0x52, 0xd2, 0x11,
                                                         0x86, 0xdc, 0x00, 0xc0, 0x4f, 0x8e, 0xdb, 0x8a};
    constexpr std::array<unsigned char, 16> marker_list{0x56, 0x62, 0xf7, 0xab, 0x2d, 0x39, 0xd2, 0x11,
                                                        0x86, 0xc7, 0x00, 0xc0, 0x4f, 0x8e, 0xdb, 0x8a};
    if (std::equal(summary_list.begin(), summary_list.end(), guid.begin())) return std::string{summary_list_name};
    if (std::equal(marker_list.begin(), marker_list.end(), guid.begin())) return std::string{marker_list_name};
    return std::nullopt;
}

// As it is written: the first three numbers are stored with their lowest byte in front.
std::string guid_text(bytes guid)
{
    constexpr std::array<std::size_t, 16> order{3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
    std::array<unsigned char, 16> sorted{};
    for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i] = guid[order[i]];
    auto text = hexadecimal(sorted);
    for (const std::size_t at : {20u, 16u, 12u, 8u}) text.insert(at, 1, '-');
    return '{' + text + '}';
}

// A GUID of its own may begin with four characters by chance: behind those of a chunk stands one of the usual ends, or the name is a
// common one.
bool is_of_four_characters(bytes guid, const std::string& id)
{
    const auto has_end_of = [&](std::string_view like) {
        const auto usual = wave64_guid(like);
        return std::equal(usual.begin() + 4, usual.end(), guid.begin() + 4);
    };
    return has_end_of("riff") || has_end_of("LIST") || has_end_of("data") || id == "data" || is_common_chunk(id);
}

std::optional<chunk_head> wave64_head(bytes head)
{
    if (head.size() < 24) return std::nullopt;
    const auto own = own_name_of(head.first(16));
    auto id = own ? own : four_characters(head);
    if (!own && id && !is_of_four_characters(head.first(16), *id)) id.reset();
    const auto size = number(head.subspan(16, 8), std::endian::little);
    // Files are written to pipes with 0 here, too: nothing but the head, then. SoX puts 23, and repeats its header within the sound.
    if (!id || (size != 0 && size < 24)) return std::nullopt;
    return chunk_head{*id, size == 0 ? 0 : size - 24};
}

std::optional<chunk_head> odd_wave64_head(bytes head)
{
    if (head.size() < 24 || std::all_of(head.begin(), head.begin() + 16, [](unsigned char c) { return c == 0; })) return std::nullopt;
    const auto size = number(head.subspan(16, 8), std::endian::little);
    if (size < 24) return std::nullopt;
    return chunk_head{guid_text(head.first(16)), size - 24};
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

const chunk_grammar riff_chunks{8, 2, riff_head, odd_riff_head};
const chunk_grammar iff_chunks{8, 2, iff_head, odd_iff_head};
const chunk_grammar wave64_chunks{24, 8, wave64_head, odd_wave64_head};
const chunk_grammar caf_chunks{12, 1, caf_head, odd_caf_head};

bool is_common_chunk(std::string_view id) noexcept { return is_one_of(common, id) || is_of_wave64_alone(id); }

bool is_of_wave64_alone(std::string_view id) noexcept { return id == summary_list_name || id == marker_list_name; }

bool is_odd_chunk(std::string_view id) noexcept { return id.size() > 4 && id.front() == '{'; }

bool begins_file(std::string_view id) noexcept { return is_one_of("RIFFRIFXRF64BW64FORMriffcaff", id); }

bool is_filler(std::string_view id) noexcept { return is_one_of(fillers, id); }

}   // namespace command
