// SPDX-License-Identifier: BSL-1.0
#include "annotations/vorbis_comments.hpp"

#include "support/letters.hpp"
#include "support/utf8.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <system_error>

namespace command {

vorbis_comments comments_of(const byte_string& block)
{
    byte_reader read{block, std::endian::little};
    vorbis_comments comments;
    comments.vendor = read.text(read.number(4));
    auto count = read.number(4);
    for (; read.good() && count > 0; --count) {
        auto text = read.text(read.number(4));
        if (read.good()) comments.texts.push_back(std::move(text));
    }
    return comments;
}

byte_string block_of(const vorbis_comments& comments)
{
    byte_writer write{std::endian::little};
    write.number(comments.vendor.size(), 4).text(comments.vendor).number(comments.texts.size(), 4);
    for (const auto& text : comments.texts) write.number(text.size(), 4).text(text);
    return write.written();
}

std::optional<std::uint32_t> speakers_of_comments(const std::vector<chunk>& blocks, int channels)
{
    for (const auto& block : blocks) {
        if (block.id != "VORBIS_COMMENT") continue;
        for (const auto& text : comments_of(block.bytes).texts) {
            const auto tag = tag_of(text);
            if (tag.name != channel_mask_name || !(tag.value.starts_with("0x") || tag.value.starts_with("0X"))) continue;
            std::uint32_t mask = 0;
            const auto* const end = tag.value.data() + tag.value.size();
            const auto [stopped, error] = std::from_chars(tag.value.data() + 2, end, mask, 16);
            if (error == std::errc{} && stopped == end && std::popcount(mask) == channels) return mask;
        }
    }
    return std::nullopt;
}

text_tag tag_of(std::string_view text)
{
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return {{}, as_utf8(std::string{text})};
    text_tag tag{std::string{text.substr(0, equals)}, as_utf8(std::string{text.substr(equals + 1)})};
    std::transform(tag.name.begin(), tag.name.end(), tag.name.begin(), capital);
    return tag;
}

std::string comment_of(const text_tag& tag)
{
    std::string text;
    for (const char c : tag.name) text += c >= ' ' && c <= '}' && c != '=' ? c : '_';
    return text + '=' + tag.value;
}

}   // namespace command
