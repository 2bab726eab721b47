// SPDX-License-Identifier: BSL-1.0
#include "annotations/vorbis_comments.hpp"

#include "support/utf8.hpp"

#include <algorithm>

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

text_tag tag_of(std::string_view text)
{
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return {{}, as_utf8(std::string{text})};
    text_tag tag{std::string{text.substr(0, equals)}, as_utf8(std::string{text.substr(equals + 1)})};
    std::transform(tag.name.begin(), tag.name.end(), tag.name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return tag;
}

std::string comment_of(const text_tag& tag)
{
    std::string text;
    for (const char c : tag.name) text += c >= ' ' && c <= '}' && c != '=' ? c : '_';
    return text + '=' + tag.value;
}

}   // namespace command
