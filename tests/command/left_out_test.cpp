// SPDX-License-Identifier: BSL-1.0
#include "annotations/annotations.hpp"
#include "annotations/broadcast_description.hpp"
#include "annotations/processing_note.hpp"
#include "support/annotated.hpp"
#include "support/chunks.hpp"

#include <algorithm>

/// What a file of another kind, or of the same, does not take is named; and what only looks damaged is read.
namespace {

using namespace annotated;
using namespace command;
using chunks::big;
using chunks::field;
using chunks::little;
using std::string;

using words = std::vector<string>;

stored_annotations through(const recording& from, container to) { return stored_in(to, from, annotations_of(from)); }

// A text of the `adtl` list, and a region.
string label(const string& kind, std::uint32_t id, const string& text) { return chunks::riff(kind, little(id, 4) + text + '\0'); }
string region(std::uint32_t id, std::uint32_t frames, const string& text)
{
    return chunks::riff("ltxt", little(id, 4) + little(frames, 4) + "rgn " + field("", 8) + text);
}

}   // namespace

TEST_CASE("What a FLAC's cue sheet says beside the beginnings of tracks is named where it does not go over")
{
    auto sheet = chunks::cue_sheet({0, 58'800}, 480'000);
    const auto to = GENERATE(values({container::wav, container::aiff, container::caf}));
    CHECK(through(about(file_kind::flac, {made("CUESHEET", sheet)}), to).left_out.empty());
    constexpr std::size_t first_track = 128 + 8 + 1 + 258 + 1;
    sheet.replace(0, 13, "4006381333931");
    sheet.replace(first_track + 9, 12, "DEABC6212345");
    sheet[first_track + 21] = '\x40';
    sheet[first_track + 36 + 8] = '\0';   // the number of its index point
    const auto flac = about(file_kind::flac, {made("CUESHEET", sheet)});
    CHECK(through(flac, to).left_out == words{"the cue sheet's catalogue number", "the cue sheet's ISRC", "the cue sheet's pre-emphasis",
                                              "the cue sheet's further index points"});
    CHECK(through(flac, container::flac).left_out.empty());
    CHECK(content(through(flac, container::flac).chunks, "CUESHEET") == sheet);
}

TEST_CASE("What a WAV says of its markers beyond a name, a note and a length for each is named where it does not go over")
{
    const auto cue = made("cue ", chunks::cue({{1, 100, ""}, {2, 200, ""}}));
    const auto left_out = [&](const string& texts, container to) {
        return through(about(file_kind::wav, {cue, made("LIST", "adtl" + texts)}), to).left_out;
    };
    const auto to = GENERATE(values({container::flac, container::aiff, container::caf}));
    CHECK(left_out(label("labl", 1, "a") + label("labl", 1, "a") + label("labl", 2, "b"), to).empty());
    CHECK(left_out(label("labl", 3, "a"), to) == words{"labels without a cue point"});
    CHECK(left_out(label("note", 3, "a"), to) == words{"labels without a cue point"});
    CHECK(left_out(region(3, 10, ""), to) == words{"regions without a cue point"});
    CHECK(left_out(label("labl", 1, "a") + label("labl", 1, "b"), to) == words{"further labels of a marker"});
    CHECK(left_out(chunks::riff("file", little(1, 4) + "TEXTabcd"), to) == words{"files of markers"});
    CHECK(left_out(region(1, 10, string{"a\0", 2}), to) == words{"lengths of regions", "texts of regions"});
    CHECK(left_out(label("labl", 3, "a"), container::wav).empty());
}

TEST_CASE("Fields of LIST/INFO whose padding is missing are all read, and kept")
{
    const auto field_of = [](const string& id, const string& text) { return id + little(text.size(), 4) + text; };
    const auto unpadded = "INFO" + field_of("INAM", "abc") + field_of("IART", "Ann") + field_of("ICRD", "1962") + field_of("IGNR", "Jazz!");
    const auto padded =
        "INFO" + chunks::riff("INAM", "abc") + chunks::riff("IART", "Ann") + chunks::riff("ICRD", "1962") + chunks::riff("IGNR", "Jazz!");
    for (const auto& list : {unpadded, padded}) {
        const auto wav = about(file_kind::wav, {made("LIST", list)});
        const auto flac = content(through(wav, container::flac).chunks, "VORBIS_COMMENT");
        CHECK(flac.substr(9) == chunks::vorbis_comment({"TITLE=abc", "ARTIST=Ann", "DATE=1962", "GENRE=Jazz!"}).substr(8));
        const auto noted = with_note(annotations_of(wav), {curve_effect::none, {}, {}, "x"}, 48'000, 2, sample_format::pcm24);
        CHECK(content(noted.chunks, "LIST").starts_with(padded));
    }
    // A padding that is no zero is no name.
    const auto other = "INFO" + field_of("INAM", "abc") + "I" + field_of("IART", "Ann");
    CHECK(annotations_of(about(file_kind::wav, {made("LIST", other)})).tags.size() == 2);
}

TEST_CASE("A text whose size passes the end of its list is read as far as it goes, and the list that is written can be read whole")
{
    const auto list = "INFO" + string{"INAM"} + little(6, 4) + "Title";   // where a list is cut, or its size is one too small
    const auto wav = about(file_kind::wav, {made("LIST", list)});
    REQUIRE(annotations_of(wav).tags.size() == 1);
    CHECK(annotations_of(wav).tags[0].value == "Title");
    const auto noted = with_note(annotations_of(wav), {curve_effect::none, {}, {}, "x"}, 48'000, 2, sample_format::pcm24);
    const auto again = annotations_of(about(file_kind::wav, noted.chunks)).tags;
    REQUIRE(again.size() == 2);
    CHECK(again[0].value == "Title");
    CHECK(again[1].name == "COMMENT");
}

TEST_CASE("Names, notes and lengths of markers whose padding is missing are all read, and move")
{
    const auto item = [](const string& kind, const string& content) { return kind + little(content.size(), 4) + content; };
    const auto texts = "adtl" + item("labl", little(1, 4) + "one!" + '\0') + item("note", little(1, 4) + "odd!" + '\0') +
                       item("labl", little(2, 4) + "two!" + '\0') + item("ltxt", little(2, 4) + little(50, 4) + "rgn " + field("", 8));
    const auto wav = about(file_kind::wav, {made("cue ", chunks::cue({{1, 100, ""}, {2, 200, ""}})), made("LIST", texts)});
    const auto markers = annotations_of(wav).markers;
    REQUIRE(markers.size() == 2);
    CHECK(markers[0].name == "one!");
    CHECK(markers[0].note == "odd!");
    CHECK(markers[1].name == "two!");
    CHECK(markers[1].frames == 50);
    const auto slower = moved(annotations_of(wav), {.ratio = 2.0, .rate_ratio = 1.0});
    CHECK(annotations_of(about(file_kind::wav, slower.chunks)).markers[1].frames == 100);
}

TEST_CASE("Counts that announce more or fewer than a chunk holds are named, and written as they are")
{
    auto cue = chunks::cue({{1, 100, ""}});
    const auto right = cue;
    cue.replace(0, 4, little(100, 4));
    const auto wav = through(about(file_kind::wav, {made("cue ", cue)}), container::wav);
    CHECK(wav.left_out == words{"99 markers that its chunk 'cue ' announces and does not hold"});
    CHECK(content(wav.chunks, "cue ") == right);
    const string texts{"title\0Band\0artist\0Ann\0", 22};
    const auto caf = [&](std::uint64_t count) {
        return through(about(file_kind::caf, {made("info", big(count, 4) + texts)}), container::caf);
    };
    CHECK(caf(2).left_out.empty());
    CHECK(caf(9).left_out == words{"7 texts that its chunk 'info' announces and does not hold"});
    CHECK(content(caf(9).chunks, "info") == big(2, 4) + texts);
    CHECK(caf(1).left_out == words{"1 texts behind those that its chunk 'info' announces"});
}

TEST_CASE("Figures about the old samples are kept apart with their values, whatever holds them")
{
    const auto block = made("VORBIS_COMMENT", chunks::vorbis_comment({"TITLE=a", "REPLAYGAIN_TRACK_GAIN=-6.5 dB"}));
    const string caf_text{"replaygain_track_gain\0-6.5 dB\0", 30};
    for (const auto& some : {about(file_kind::flac, {block}), about(file_kind::caf, {made("info", big(1, 4) + caf_text)})}) {
        const auto all = annotations_of(some);
        REQUIRE(all.untrue.size() == 1);
        CHECK(all.untrue[0].name == "REPLAYGAIN_TRACK_GAIN");
        CHECK(all.untrue[0].value == "-6.5 dB");
        CHECK(all.left_out == words{"REPLAYGAIN figures"});
    }
}

TEST_CASE("A FLAC block of a type without a name is left out of a FLAC, and named")
{
    const auto flac = about(file_kind::flac, {made("block 7", "abc"), made("APPLICATION", "test1234")});
    const auto stored = through(flac, container::flac);
    REQUIRE(stored.chunks.size() == 1);
    CHECK(stored.chunks[0].id == "APPLICATION");
    CHECK(stored.left_out == words{"block 7"});
    CHECK(through(flac, container::wav).left_out == words{"APPLICATION", "block 7"});
}

TEST_CASE("What stands behind a zero in the coding history stays there, and is named where it does not go over")
{
    const auto line = [](const string& text) { return history_line(96'000, 2, sample_format::pcm24, text); };
    byte_string bext;
    const auto before = chunks::bext("Side A", 0, "A=ANALOGUE\r\n" + string{"\0A=PCM\r\n\0\0", 10});
    bext.assign(before.begin(), before.end());
    for (const char* text : {"one", "two"}) add_history(bext, line(text));
    const string history{bext.begin() + 602, bext.end()};
    CHECK(history.starts_with("A=ANALOGUE\r\n" + line("one") + "\r\n" + line("two") + "\r\n" + string{"\0A=PCM\r\n", 8}));
    CHECK(bext.size() % 2 == 0);
    const auto wav = about(file_kind::wav, {made("bext", before)});
    for (const auto to : {container::flac, container::aiff, container::caf})
        CHECK(through(wav, to).left_out.front() == "what stands behind a zero in bext's coding history");
    CHECK(through(wav, container::wav).left_out == words{"loudness figures of bext"});
}

TEST_CASE("Chapters of a FLAC that have no position, and markers that a file has no room for, are named")
{
    const auto flac = about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment({"CHAPTER001=00:00:01.000", "CHAPTER001NAME=x",
                                                                                             "CHAPTER002=soon", "CHAPTER003NAME=y"}))});
    for (const auto to : {container::wav, container::aiff, container::caf})
        CHECK(through(flac, to).left_out == words{"chapters without a position"});
    const auto late = about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment({"CHAPTER001=30:00:00.000"}))});
    for (const auto to : {container::wav, container::aiff}) CHECK(through(late, to).left_out == words{"1 markers"});
    const auto long_name =
        about(file_kind::wav, {made("cue ", chunks::cue({{1, 9, ""}})), made("LIST", "adtl" + label("labl", 1, string(300, 'a')))});
    CHECK(through(long_name, container::aiff).left_out == words{"ends of markers' names"});
}

TEST_CASE("Of an ID3 tag in front of a FLAC or a CAF, where it has no place, nothing is lost without a word")
{
    const auto with = [](const string& image, const words& texts) {
        return about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment(texts)), made("PICTURE", chunks::picture(image))});
    };
    const auto tag =
        made("id3 ", content(through(with("image", {"TITLE=Other", "LABEL=Verve", "ARTIST=An"}), container::wav).chunks, "id3 "));
    auto flac = with("image", {"TITLE=Band", "ARTIST=Ann"});
    flac.chunks.insert(flac.chunks.begin(), tag);
    CHECK(through(flac, container::flac).left_out == words{"ID3 TITLE"});
    CHECK(content(through(flac, container::flac).chunks, "VORBIS_COMMENT") ==
          chunks::vorbis_comment({"TITLE=Band", "ARTIST=Ann", "LABEL=Verve"}));
    flac.chunks.back() = made("PICTURE", chunks::picture("front"));
    CHECK(through(flac, container::flac).left_out == words{"ID3 TITLE", "ID3 pictures"});

    const auto info = made("info", big(1, 4) + string{"title\0Band\0", 11});
    const auto caf = about(file_kind::caf, {tag, info});
    const auto stored = through(caf, container::caf);
    CHECK(stored.left_out == words{"pictures", "ID3 TITLE"});
    const auto texts = content(stored.chunks, "info");
    CHECK(texts.starts_with(big(3, 4) + string{"title\0Band\0", 11}));
    CHECK(texts.find(string{"label\0Verve\0", 12}) != string::npos);
    CHECK(through(caf, container::flac).left_out == words{"ID3 TITLE"});
    CHECK_FALSE(content(through(caf, container::flac).chunks, "PICTURE").empty());
}

TEST_CASE("Whatever another kind of file does not take is named, whichever kinds they are")
{
    const auto from = GENERATE(values({file_kind::wav, file_kind::aiff, file_kind::caf, file_kind::flac}));
    const auto to = GENERATE(values({container::wav, container::aiff, container::caf, container::flac}));
    const auto some = about(from, {made(from == file_kind::flac ? "APPLICATION" : "zzzz", "testdata")});
    const auto stored = through(some, to);
    INFO(static_cast<int>(from) << ' ' << static_cast<int>(to));
    CHECK(stored.chunks.empty() != stored.left_out.empty());
    if (stored.chunks.empty()) CHECK(stored.left_out == annotations_of(some).untold);
}
