// SPDX-License-Identifier: BSL-1.0
#include "annotations/id3_tag.hpp"

#include "annotations/text_times.hpp"
#include "annotations/untrue.hpp"
#include "support/letters.hpp"
#include "support/utf8.hpp"

#include <taglib/attachedpictureframe.h>
#include <taglib/chapterframe.h>
#include <taglib/flacpicture.h>
#include <taglib/id3v2framefactory.h>
#include <taglib/id3v2tag.h>
#include <taglib/mpegfile.h>
#include <taglib/tbytevectorstream.h>
#include <taglib/textidentificationframe.h>
#include <taglib/tpropertymap.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string_view>

namespace command {

namespace {

TagLib::ByteVector vector_of(const byte_string& all)
{
    return {reinterpret_cast<const char*>(all.data()), static_cast<unsigned>(all.size())};
}

byte_string bytes_of(const TagLib::ByteVector& all) { return {all.begin(), all.end()}; }

std::string text_of(const TagLib::String& text) { return text.to8Bit(true); }
TagLib::String string_of(const std::string& text) { return {text, TagLib::String::UTF8}; }

// TagLib reads tags from files only: this is one of nothing else.
class file_of_tag {
public:
    explicit file_of_tag(const byte_string& tag) : stream_{vector_of(tag)}, file_{&stream_, TagLib::ID3v2::FrameFactory::instance(), false}
    {
    }

    [[nodiscard]] TagLib::ID3v2::Tag& tag() { return *file_.ID3v2Tag(true); }

private:
    TagLib::ByteVectorStream stream_;
    TagLib::MPEG::File file_;
};

byte_string as_block(const TagLib::ID3v2::AttachedPictureFrame& frame)
{
    TagLib::FLAC::Picture picture;
    picture.setType(static_cast<TagLib::FLAC::Picture::Type>(frame.type()));
    picture.setMimeType(frame.mimeType());
    picture.setDescription(frame.description());
    picture.setData(frame.picture());
    return bytes_of(picture.render());
}

// The tag takes it over.
TagLib::ID3v2::Frame* as_frame(const byte_string& block)
{
    const TagLib::FLAC::Picture picture{vector_of(block)};
    auto frame = std::make_unique<TagLib::ID3v2::AttachedPictureFrame>();
    frame->setTextEncoding(TagLib::String::UTF8);
    frame->setType(static_cast<TagLib::ID3v2::AttachedPictureFrame::Type>(picture.type()));
    frame->setMimeType(picture.mimeType());
    frame->setDescription(picture.description());
    frame->setPicture(picture.data());
    return frame.release();
}

// The frame's identifier, as in `PRIV/owner` and `UNKNOWN/MCDI`.
std::string identifier(std::string unsupported)
{
    constexpr std::string_view unknown = "UNKNOWN/";   // to TagLib
    if (unsupported.starts_with(unknown)) unsupported.erase(0, unknown.size());
    return unsupported.substr(0, unsupported.find('/'));
}

// Of ID3v2.3, which TagLib has made the date of recording of.
bool is_of_date(const std::string& id) { return id == "TYER" || id == "TDAT" || id == "TIME"; }

// Who did what (TIPL) and played what (TMCL), in pairs; TagLib knows five parts, in capitals, and takes a frame with another for nothing.
constexpr std::array people_frames{"TIPL", "TMCL"};

std::string name_of_part(const std::string& part, std::string_view frame)
{
    std::string name;
    for (const char c : part) name += capital(c);
    if (frame == "TMCL") return name.empty() ? "PERFORMER" : "PERFORMER:" + name;
    if (name == "MIX") return "MIXER";
    if (name == "DJ-MIX") return "DJMIXER";
    return name.empty() ? "INVOLVEDPEOPLE" : name;
}

std::vector<text_tag> people_in(TagLib::ID3v2::Tag& tag)
{
    std::vector<text_tag> people;
    for (const auto* id : people_frames)
        for (const auto* frame : tag.frameList(id)) {
            const auto* const list = dynamic_cast<const TagLib::ID3v2::TextIdentificationFrame*>(frame);
            if (list == nullptr) continue;
            const auto fields = list->fieldList();
            for (unsigned i = 0; i < fields.size(); i += 2) {
                // A part without a name is at least a part.
                const auto part = text_of(fields[i]), who = i + 1 < fields.size() ? text_of(fields[i + 1]) : std::string{};
                if (who.empty() && part.empty()) continue;
                people.push_back(who.empty() ? text_tag{name_of_part({}, id), part} : text_tag{name_of_part(part, id), who});
            }
        }
    return people;
}

void remove_people(TagLib::ID3v2::Tag& tag)
{
    for (const auto* id : people_frames) tag.removeFrames(id);
}

}   // namespace

id3_content content_of_id3(const byte_string& tag)
{
    file_of_tag file{tag};
    id3_content content;
    content.tags = people_in(file.tag());
    remove_people(file.tag());
    const auto properties = file.tag().properties();
    const bool has_date = properties.contains("DATE");
    for (const auto& [name, values] : properties)
        for (const auto& value : values) content.tags.push_back({text_of(name), text_of(value)});
    for (const auto& frame : file.tag().frameList("APIC"))
        if (const auto* picture = dynamic_cast<const TagLib::ID3v2::AttachedPictureFrame*>(frame))
            content.pictures.push_back(as_block(*picture));
    for (const auto& unsupported : properties.unsupportedData()) {
        const auto id = identifier(text_of(unsupported));
        if (id == "APIC" || (has_date && is_of_date(id))) continue;
        if (std::find(content.others.begin(), content.others.end(), id) == content.others.end()) content.others.push_back(id);
    }
    return content;
}

byte_string id3_tag_of(const std::optional<byte_string>& before, const std::vector<text_tag>& tags,
                       const std::vector<byte_string>& pictures)
{
    file_of_tag file{before.value_or(byte_string{})};
    auto& tag = file.tag();
    remove_people(tag);   // they are among the texts
    TagLib::PropertyMap properties;
    for (const auto& [name, value] : tags) properties.insert(string_of(name), TagLib::StringList{string_of(value)});
    tag.setProperties(properties);
    tag.removeFrames("APIC");
    for (const auto& block : pictures) tag.addFrame(as_frame(block));
    return bytes_of(tag.render(TagLib::ID3v2::v4));
}

byte_string id3v2_of_id3v1(const byte_string& tag)
{
    byte_reader read{tag, std::endian::big};
    std::vector<text_tag> tags;
    const auto add = [&](const char* name, std::size_t width) {
        auto value = until_zero(read.text(width));
        value.erase(value.find_last_not_of(' ') + 1);
        if (!value.empty()) tags.push_back({name, as_utf8(value)});
    };
    if (read.text(3) != "TAG") return {};
    for (const char* name : {"TITLE", "ARTIST", "ALBUM"}) add(name, 30);
    add("DATE", 4);
    add("COMMENT", 28);
    if (const auto zero = read.number(1), track = read.number(1); zero == 0 && track != 0)
        tags.push_back({"TRACKNUMBER", std::to_string(track)});
    return tags.empty() ? byte_string{} : id3_tag_of(std::nullopt, tags, {});
}

bool forget_loudness_in_id3(byte_string& tag)
{
    file_of_tag file{tag};
    auto& parsed = file.tag();
    // Frame by frame: TagLib's setProperties would take others away that it does not understand.
    std::vector<TagLib::ID3v2::Frame*> untrue;
    for (auto* frame : parsed.frameList("TXXX"))
        if (const auto* const text = dynamic_cast<TagLib::ID3v2::UserTextIdentificationFrame*>(frame);
            text != nullptr && is_untrue_tag(text_of(text->description())))
            untrue.push_back(frame);
    const bool has_frames = !parsed.frameList("RVA2").isEmpty() || !parsed.frameList("RGAD").isEmpty();
    if (untrue.empty() && !has_frames) return false;
    for (auto* frame : untrue) parsed.removeFrame(frame);
    for (const char* id : {"RVA2", "RGAD"}) parsed.removeFrames(id);
    tag = bytes_of(parsed.render(TagLib::ID3v2::v4));
    return true;
}

void add_history_to_id3(byte_string& tag, const std::string& line)
{
    file_of_tag file{tag};
    auto* const history = TagLib::ID3v2::UserTextIdentificationFrame::find(&file.tag(), "CODING_HISTORY");
    if (history == nullptr || history->fieldList().size() < 2) return;
    auto fields = history->fieldList();
    fields.erase(fields.begin());   // the name, which TagLib puts in front again
    fields.back() = string_of(text_of(fields.back()) + "\r\n" + line);
    history->setText(fields);
    if (history->textEncoding() == TagLib::String::Latin1) history->setTextEncoding(TagLib::String::UTF8);
    tag = bytes_of(file.tag().render(TagLib::ID3v2::v4));
}

namespace {

// What counts times as text: TLEN in milliseconds, and others' CUESHEET and LENGTH.
bool move_texts(TagLib::ID3v2::Tag& tag, int sample_rate, const displacement& by, std::vector<std::string>& unmoved)
{
    bool is_moved = false;
    for (const char* id : {"TLEN", "TXXX"})
        for (auto* frame : tag.frameList(id)) {
            auto* const text = dynamic_cast<TagLib::ID3v2::TextIdentificationFrame*>(frame);
            const auto* const named = dynamic_cast<TagLib::ID3v2::UserTextIdentificationFrame*>(frame);
            if (text == nullptr || text->fieldList().isEmpty()) continue;
            text_tag moved{named != nullptr ? text_of(named->description()) : "LENGTH", text_of(text->fieldList().back())};
            if (!counts_time(moved.name)) continue;
            if (!move_time(moved, sample_rate, by)) unmoved.emplace_back(named != nullptr ? moved.name : id);
            text->setText(string_of(moved.value));   // of TXXX the name stays
            is_moved = true;
        }
    return is_moved;
}

}   // namespace

std::vector<std::string> move_id3(byte_string& tag, int sample_rate, const displacement& by)
{
    constexpr unsigned unknown = 0xFFFF'FFFF;
    file_of_tag file{tag};
    auto& parsed = file.tag();
    const double new_rate = sample_rate * by.rate_ratio.value_or(by.ratio);
    const auto moved = [&](unsigned milliseconds) {
        const auto frame = by(std::llround(milliseconds * 1e-3 * sample_rate));
        return static_cast<unsigned>(
            std::clamp(std::llround(static_cast<double>(frame) * 1e3 / new_rate), 0LL, static_cast<long long>(unknown)));
    };
    bool is_moved = false;
    for (auto* frame : parsed.frameList("CHAP")) {
        auto* const chapter = dynamic_cast<TagLib::ID3v2::ChapterFrame*>(frame);
        if (chapter == nullptr) continue;
        chapter->setStartTime(moved(chapter->startTime()));
        chapter->setEndTime(moved(chapter->endTime()));
        chapter->setStartOffset(unknown);   // the bytes of another file
        chapter->setEndOffset(unknown);
        is_moved = true;
    }
    std::vector<std::string> others;
    is_moved = move_texts(parsed, sample_rate, by, others) || is_moved;
    if (is_moved) tag = bytes_of(parsed.render(TagLib::ID3v2::v4));
    for (const char* id : {"SYLT", "ETCO"})
        if (!parsed.frameList(id).isEmpty()) others.emplace_back(id);
    return others;
}

}   // namespace command
