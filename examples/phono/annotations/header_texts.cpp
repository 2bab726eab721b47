// SPDX-License-Identifier: BSL-1.0
#include "annotations/header_texts.hpp"

#include "annotations/text_tags.hpp"
#include "support/bytes.hpp"
#include "support/letters.hpp"
#include "support/utf8.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <string_view>

namespace command {

namespace {

constexpr std::size_t most = std::size_t{1} << 20;   // of a header

std::string beginning_of(const std::filesystem::path& file, std::size_t bytes)
{
    std::ifstream in{file, std::ios::binary};
    std::string text(bytes, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    return text;
}

std::string_view next_line(std::string_view& rest)
{
    const auto end = rest.find('\n');
    auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    return line;
}

std::string name_of(std::string_view key)
{
    constexpr std::array<std::array<std::string_view, 2>, 3> other_names{
        {{"TRACK", "TRACKNUMBER"}, {"ALBUM_ARTIST", "ALBUMARTIST"}, {"YEAR", "DATE"}}};
    std::string name;
    for (const char c : key) name += c == ' ' ? '_' : capital(c);
    for (const auto& [theirs, ours] : other_names)
        if (name == theirs) return std::string{ours};
    return name;
}

// A word in front of an equals sign: not the equation in a sentence.
bool is_name(std::string_view key)
{
    const auto is_part = [](char c) { return (capital(c) >= 'A' && capital(c) <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
    return !key.empty() && std::all_of(key.begin(), key.end(), is_part);
}

// All that is no line of its own goes into one comment.
std::vector<text_tag> tags_of_lines(std::string_view text)
{
    std::vector<text_tag> tags;
    std::string comment;
    while (!text.empty()) {
        const auto line = next_line(text);
        const auto equals = line.find('=');
        if (equals != std::string_view::npos && is_name(line.substr(0, equals)) && equals + 1 < line.size())
            tags.push_back({name_of(line.substr(0, equals)), as_utf8(std::string{line.substr(equals + 1)})});
        else if (!line.empty()) comment.append(comment.empty() ? "" : "\n").append(line);
    }
    if (!comment.empty()) tags.push_back({"COMMENT", as_utf8(comment)});
    return tags;
}

std::vector<text_tag> tags_of_au(const std::string& head)
{
    constexpr std::size_t least = 24;
    const bool is_big = head.starts_with(".snd");
    if (head.size() < least) return {};
    const byte_string bytes{head.begin(), head.end()};
    const auto begin = std::min<std::size_t>(head.size(), number_at(bytes, 4, 4, is_big ? std::endian::big : std::endian::little));
    return begin <= least ? std::vector<text_tag>{} : tags_of_lines(until_zero(head.substr(least, begin - least)));
}

// `name -s12 value of 12 letters`, `name -i 2`, `; a remark`, up to `end_head`.
std::vector<text_tag> tags_of_sphere(std::string_view head)
{
    std::vector<text_tag> tags;
    next_line(head);
    next_line(head);   // how long it is
    while (!head.empty()) {
        const auto line = next_line(head);
        if (line == "end_head") break;
        if (line.starts_with(';')) {
            tags.push_back(
                {"COMMENT", as_utf8(std::string{line.substr(std::min<std::size_t>(line.find_first_not_of("; "), line.size()))})});
            continue;
        }
        const auto name = line.substr(0, line.find(' '));
        const auto rest = line.substr(std::min(name.size() + 1, line.size()));
        const auto blank = std::min(rest.find(' '), rest.size());   // behind the type
        const auto value = rest.substr(std::min(blank + 1, rest.size()));
        const bool of_samples = name.starts_with("sample_") || name.starts_with("channel");
        if (!of_samples && rest.starts_with('-')) tags.push_back({name_of(name), as_utf8(std::string{value})});
    }
    std::erase_if(tags, [](const text_tag& tag) { return tag.value.empty(); });
    return tags;
}

}   // namespace

void add_texts_of_header(annotations& all, const std::filesystem::path& file)
{
    constexpr std::size_t mark_bytes = 8;
    const auto mark = beginning_of(file, mark_bytes);
    if (mark.starts_with(".snd") || mark.starts_with("dns.")) add_tags(all, tags_of_au(beginning_of(file, most)));
    if (mark == "NIST_1A\n") add_tags(all, tags_of_sphere(beginning_of(file, most)));
}

}   // namespace command
