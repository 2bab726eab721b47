// SPDX-License-Identifier: BSL-1.0
#include "annotations/untrue.hpp"

#include "support/letters.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace command {

namespace {

template <std::size_t Count>
bool is_one_of(const std::array<std::string_view, Count>& all, std::string_view text)
{
    return std::find(all.begin(), all.end(), text) != all.end();
}

}   // namespace

bool is_untrue_tag(const std::string& name)
{
    std::string upper = name;
    std::transform(upper.begin(), upper.end(), upper.begin(), capital);
    constexpr std::array<std::string_view, 8> checksums{"MD5", "MD5SUM", "AUDIO_MD5", "AUDIOMD5", "MD5_AUDIO", "CRC32", "SHA1", "SHA256"};
    return upper.starts_with("REPLAYGAIN_") || upper.starts_with("R128_") || upper.starts_with("MP3GAIN_") ||
           upper.starts_with("ACCURATERIP") || is_one_of(checksums, upper);
}

std::string figures_of(const std::string& untrue_tag) { return untrue_tag.substr(0, untrue_tag.find('_')) + " figures"; }

bool is_untrue_chunk(const std::string& id)
{
    constexpr std::array<std::string_view, 9> ids{"levl", "LEVL", "MD5 ", "dbmd", "r64m", "acid", "strc", "mext", "edct"};
    return is_one_of(ids, id);
}

bool is_made_anew(const std::string& id)
{
    constexpr std::array<std::string_view, 25> ids{
        "fmt ",       "data",      "ds64",    "fact", "PEAK", "JUNK", "junk", "FLLR", "PAD ", "pad ",   // RIFF
        "FAKE",       "wavl",      "slnt",    "COMM", "SSND", "FVER",                                   // AIFF
        "desc",       "pakt",      "kuki",    "peak", "ovvw", "free",                                   // CAF
        "STREAMINFO", "SEEKTABLE", "PADDING",                                                           // FLAC
    };
    return is_one_of(ids, id);
}

}   // namespace command
