// SPDX-License-Identifier: BSL-1.0
#include "annotations/annotations.hpp"
#include "annotations/id3_tag.hpp"
#include "support/annotated.hpp"
#include "support/chunks.hpp"

#include <algorithm>

/// Every frame of an ID3 tag goes over, into another tag or as a text, or it is named.
namespace {

using namespace annotated;
using namespace command;
using chunks::big;
using std::string;

string frame(const string& id, const string& content) { return id + big(content.size(), 4) + big(0, 2) + content; }

// Below 128 bytes the sizes of ID3v2.3 and of 2.4 are the same.
chunk tag_of(const string& frames, char version = 4)
{
    REQUIRE(frames.size() < 128);
    return made("id3 ", string{"ID3"} + version + string(2, '\0') + big(frames.size(), 4) + frames);
}

// Texts of Latin-1, each behind the other.
string texts(const std::vector<string>& all)
{
    string content;
    for (const auto& text : all) content += '\0' + text;   // the first zero is the encoding
    return content;
}

const string people = frame("TIPL", texts({"producer", "Ann", "lacquer cut", "RVG"})) + frame("TMCL", texts({"bass", "Bo"}));

stored_annotations through(const chunk& tag, container to)
{
    const auto from = about(file_kind::wav, {tag});
    return stored_in(to, from, annotations_of(from));
}

annotations again(container to, const std::vector<chunk>& stored)
{
    const auto kind = to == container::wav ? file_kind::wav : to == container::aiff ? file_kind::aiff : file_kind::flac;
    return annotations_of(about(kind, stored));
}

std::ptrdiff_t count(const annotations& all, const string& name, const string& value)
{
    return std::count_if(all.tags.begin(), all.tags.end(), [&](const text_tag& tag) { return tag.name == name && tag.value == value; });
}

void has_people(const annotations& all)
{
    CHECK(count(all, "PRODUCER", "Ann") == 1);
    CHECK(count(all, "LACQUER CUT", "RVG") == 1);
    CHECK(count(all, "PERFORMER:BASS", "Bo") == 1);
}

}   // namespace

TEST_CASE("Who made and who played a recording goes over into every kind of file")
{
    const auto to = GENERATE(values({container::wav, container::aiff, container::flac}));
    const auto stored = through(tag_of(people), to);
    CHECK(stored.left_out.empty());
    has_people(again(to, stored.chunks));
}

TEST_CASE("ReplayGain is taken out of an ID3 tag and nothing else")
{
    const auto gain = frame("TXXX", texts({"REPLAYGAIN_TRACK_GAIN", "-6 dB"}));
    const auto stored = through(tag_of(frame("TIPL", texts({"producer", "Ann", "lacquer cut", "RVG"})) + gain), container::wav);
    CHECK(stored.left_out == std::vector<string>{"REPLAYGAIN figures"});
    CHECK(count(again(container::wav, stored.chunks), "LACQUER CUT", "RVG") == 1);
    CHECK(content(stored.chunks, "id3 ").find("REPLAYGAIN") == string::npos);
    CHECK(content(stored.chunks, "id3 ").find("TIPL") != string::npos);
}

TEST_CASE("A frame that has no equivalent is named by its identifier, and a year that stands in the date is not")
{
    const auto frames = frame("MCDI", "table of contents") + frame("PCNT", big(7, 4)) + frame("USER", string{"\0eng", 4} + "terms");
    CHECK(through(tag_of(frames), container::flac).left_out == std::vector<string>{"ID3 MCDI", "ID3 PCNT", "ID3 USER"});
    CHECK(through(tag_of(frames), container::aiff).left_out.empty());
    const auto dated = through(tag_of(frame("TYER", texts({"1957"})) + frame("TDAT", texts({"0305"})), '\3'), container::flac);
    CHECK(dated.left_out.empty());
    CHECK(content(dated.chunks, "VORBIS_COMMENT").find("DATE=1957") != string::npos);
}
