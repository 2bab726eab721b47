// SPDX-License-Identifier: BSL-1.0
#include "annotations/tagged_file.hpp"

#include "annotations/chapters.hpp"
#include "annotations/container_families.hpp"
#include "annotations/text_tags.hpp"

#include <taglib/apetag.h>
#include <taglib/fileref.h>
#include <taglib/flacpicture.h>
#include <taglib/id3v1tag.h>
#include <taglib/id3v2tag.h>
#include <taglib/mpegfile.h>
#include <taglib/tpropertymap.h>
#include <taglib/xiphcomment.h>

#include <utility>

namespace command {

namespace {

byte_string bytes_of(const TagLib::ByteVector& all) { return {all.begin(), all.end()}; }

std::vector<text_tag> tags_of(const TagLib::PropertyMap& properties)
{
    std::vector<text_tag> tags;
    for (const auto& [name, values] : properties)
        for (const auto& value : values) tags.push_back({name.to8Bit(true), value.to8Bit(true)});
    return tags;
}

void add_lesser(annotations& all, const TagLib::PropertyMap& properties, const std::string& kind)
{
    add_tags(all, under_new_names(all.tags, tags_of(properties), kind, all.left_out));
    for (const auto& item : properties.unsupportedData()) add_once(all.left_out, kind + ' ' + word_of(item.to8Bit(true)));
}

void add_mpeg(annotations& all, TagLib::MPEG::File& file)
{
    if (file.hasID3v2Tag()) {
        chunk tag{"id3 ", bytes_of(file.ID3v2Tag()->render())};
        add_id3(all, tag.bytes);
        all.chunks.push_back(std::move(tag));
    }
    if (file.hasAPETag()) add_lesser(all, file.APETag()->properties(), "APE");
    if (file.hasID3v1Tag()) add_lesser(all, file.ID3v1Tag()->properties(), "ID3v1");
}

void add_xiph(annotations& all, TagLib::Ogg::XiphComment& comments)
{
    auto texts = tags_of(comments.properties());
    if (has_unread_chapters(texts, all.sample_rate)) add_once(all.untold, "chapters without a position");
    all.markers = markers_of_chapters(texts, all.sample_rate);
    std::erase_if(texts, [](const text_tag& tag) { return is_of_chapter(tag.name) || tag.value.empty(); });
    add_tags(all, texts);
    for (const auto* picture : comments.pictureList()) all.pictures.push_back(bytes_of(picture->render()));
}

}   // namespace

void add_tags_of_file(annotations& all, const std::filesystem::path& file)
{
    const TagLib::FileRef reference{file.c_str(), false};
    if (reference.isNull() || !reference.file()->isValid()) return;
    if (auto* const mpeg = dynamic_cast<TagLib::MPEG::File*>(reference.file())) return add_mpeg(all, *mpeg);
    if (auto* const comments = dynamic_cast<TagLib::Ogg::XiphComment*>(reference.tag())) return add_xiph(all, *comments);
    const auto properties = reference.file()->properties();
    add_tags(all, tags_of(properties));
    for (const auto& item : properties.unsupportedData()) add_once(all.left_out, word_of(item.to8Bit(true)));
}

}   // namespace command
