// SPDX-License-Identifier: BSL-1.0
#include "annotations/info_list.hpp"

#include "annotations/list_padding.hpp"
#include "support/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace command {

namespace {

struct field {
    std::string id;
    std::string text;   // as the file has it
};

constexpr std::array<std::pair<const char*, const char*>, 22> names{{
    {"INAM", "TITLE"},
    {"IART", "ARTIST"},
    {"IPRD", "ALBUM"},
    {"ICRD", "DATE"},
    {"ITRK", "TRACKNUMBER"},
    {"IPRT", "TRACKNUMBER"},
    {"ICMT", "COMMENT"},
    {"IGNR", "GENRE"},
    {"ICOP", "COPYRIGHT"},
    {"ISFT", "ENCODER"},
    {"IENG", "ENGINEER"},
    {"ITCH", "ENCODED_BY"},
    {"ISRC", "SOURCE"},
    {"ISRF", "SOURCEMEDIA"},
    {"IMED", "MEDIUM"},
    {"ILNG", "LANGUAGE"},
    {"IKEY", "KEYWORDS"},
    {"ISBJ", "SUBJECT"},
    {"IARL", "ARCHIVE_LOCATION"},
    {"IPRO", "PRODUCER"},
    {"IMUS", "COMPOSER"},
    {"ICMS", "COMMISSIONED"},
}};

// I and three capitals or digits, as all that are registered.
bool begins_with_id(byte_reader read)
{
    const auto id = read.text(4);
    const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    return read.good() && id.front() == 'I' && std::all_of(id.begin(), id.end(), fits);
}

std::vector<field> fields_of(const byte_string& list)
{
    std::vector<field> fields;
    byte_reader read{list, std::endian::little};
    read.skip(4);
    while (read.left() >= 8) {
        const auto id = read.text(4);
        const auto size = read.count(4);
        fields.push_back({id, until_zero(read.text(size))});
        skip_item_padding(read, size, begins_with_id);
    }
    return fields;
}

byte_string list_of(const std::vector<field>& fields)
{
    byte_writer write{std::endian::little};
    write.text("INFO");
    for (const auto& [id, text] : fields) write.text(id).number(text.size() + 1, 4).text(text).number(0, 1).to_even();
    return write.written();
}

std::string name_of(const std::string& id)
{
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& pair) { return id == pair.first; });
    return found == names.end() ? id : found->second;
}

// Four capitals or digits after an I are a field's own name.
std::string id_of(const std::string& name)
{
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& pair) { return name == pair.second; });
    if (found != names.end()) return found->first;
    const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    return name.size() == 4 && name.front() == 'I' && std::all_of(name.begin(), name.end(), fits) && name != "ISRC" ? name : std::string{};
}

void join(std::string& text, const std::string& further) { text += (text.empty() ? "" : "; ") + further; }

}   // namespace

bool is_info_list(const chunk& some)
{
    constexpr std::string_view type = "INFO";
    return some.id == "LIST" && some.bytes.size() >= type.size() && std::equal(type.begin(), type.end(), some.bytes.begin());
}

std::vector<text_tag> tags_of_info(const byte_string& list)
{
    std::vector<text_tag> tags;
    for (const auto& [id, text] : fields_of(list))
        if (!text.empty()) tags.push_back({name_of(id), as_utf8(text)});
    return tags;
}

bool has_info_field(const std::string& name) { return !id_of(name).empty(); }

byte_string info_list_of(const std::vector<text_tag>& tags)
{
    std::vector<field> fields;
    for (const auto& [name, value] : tags) {
        const auto id = id_of(name);
        if (id.empty()) continue;
        const auto same = std::find_if(fields.begin(), fields.end(), [&](const field& f) { return f.id == id; });
        join(same == fields.end() ? fields.emplace_back(field{id, {}}).text : same->text, value);
    }
    return list_of(fields);
}

void add_comment(byte_string& list, const std::string& text)
{
    // The other fields stay byte for byte: only the comment's are replaced.
    byte_reader read{list, std::endian::little};
    byte_writer write{std::endian::little};
    write.text("INFO");
    read.skip(4);
    std::string comment;
    while (read.left() >= 8) {
        const auto id = read.text(4);
        const auto size = read.count(4);
        const auto content = read.take(size);
        skip_item_padding(read, size, begins_with_id);
        if (id != "ICMT") write.text(id).number(size, 4).append(content).to_even();
        else if (const auto before = until_zero({content.begin(), content.end()}); !before.empty()) join(comment, before);
    }
    join(comment, text);
    write.text("ICMT").number(comment.size() + 1, 4).text(comment).number(0, 1).to_even();
    list = write.written();
}

}   // namespace command
