// SPDX-License-Identifier: BSL-1.0
#include "annotations/annotations.hpp"

#include "annotations/caf_info.hpp"
#include "annotations/container_families.hpp"
#include "annotations/processing_note.hpp"
#include "support/annotated.hpp"
#include "support/chunks.hpp"

#include <algorithm>
#include <limits>
#include <random>

/// What chunks become, from the bytes of the one kind of file to those of the other.
namespace {

using namespace annotated;
using namespace command;
using chunks::big;
using chunks::field;
using chunks::little;
using std::string;

stored_annotations through(const recording& from, container to) { return stored_in(to, from, annotations_of(from)); }

std::vector<string> values(const annotations& all, const string& name)
{
    std::vector<string> result;
    for (const auto& tag : all.tags)
        if (tag.name == name) result.push_back(tag.value);
    return result;
}

bool has(const std::vector<string>& all, const string& words) { return std::find(all.begin(), all.end(), words) != all.end(); }

const std::vector<chunks::point> bands{{7, 44'100, "Band 1"}, {9, 220'500, "Band 2"}};

std::vector<chunk> archive_wav()
{
    return {made("bext", chunks::bext("Side A", 48'000, "A=ANALOGUE,M=stereo,T=Technics\r\n")),
            made("iXML", "<BWFXML/>"),
            made("cart", field("0101", 2048)),
            made("LIST", "INFO" + chunks::riff("INAM", string{"M\xC3\xBCller\0", 8}) + chunks::riff("IXYZ", string{"own\0", 4})),
            made("cue ", chunks::cue(bands)),
            made("LIST", chunks::labels(bands)),
            made("_PMX", "<x:xmpmeta/>")};
}

}   // namespace

TEST_CASE("Between WAV, RF64, BW64 and Wave64 every chunk that stays true goes over byte for byte, in its order")
{
    const auto kind = GENERATE(values({file_kind::wav, file_kind::rf64, file_kind::bw64, file_kind::wave64}));
    auto all = archive_wav();
    all[0] = made("bext", chunks::bext("Side A", 48'000, "").replace(412, 10, string{"\xFF\x7F\xFF\x7F\xFF\x7F\xFF\x7F\xFF\x7F"}));
    const auto stored = through(about(kind, all), container::wav);
    REQUIRE(stored.chunks.size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(stored.chunks[i].id == all[i].id);
        CHECK(stored.chunks[i].bytes == all[i].bytes);
    }
    CHECK(stored.left_out.empty());
}

TEST_CASE("Loudness in a broadcast description becomes unknown, and that is said")
{
    const auto stored = through(about(file_kind::wav, archive_wav()), container::wav);
    const auto bext = content(stored.chunks, "bext");
    CHECK(bext.substr(412, 10) == "\xFF\x7F\xFF\x7F\xFF\x7F\xFF\x7F\xFF\x7F");
    const auto before = chunks::bext("Side A", 48'000, "A=ANALOGUE,M=stereo,T=Technics\r\n");
    CHECK(bext.substr(0, 412) == before.substr(0, 412));
    CHECK(bext.substr(422) == before.substr(422));
    CHECK(stored.left_out == std::vector<string>{"loudness figures of bext"});
}

TEST_CASE("What describes the old samples stays behind")
{
    const auto wav = through(about(file_kind::wav, {made("PEAK", field("", 16)), made("fact", field("", 4)), made("levl", field("", 128)),
                                                    made("MD5 ", field("", 16)), made("acid", field("", 24)), made("smpl", field("", 36))}),
                             container::wav);
    REQUIRE(wav.chunks.size() == 1);
    CHECK(wav.chunks[0].id == "smpl");
    CHECK(wav.left_out == std::vector<string>{"levl", "MD5", "acid"});

    const auto flac =
        through(about(file_kind::flac, {made("SEEKTABLE", ""), made("PADDING", field("", 8)),
                                        made("VORBIS_COMMENT", chunks::vorbis_comment({"TITLE=A", "replaygain_track_gain=-7 dB",
                                                                                       "R128_TRACK_GAIN=-9", "ARTIST=B", "ARTIST=C"}))}),
                container::flac);
    REQUIRE(flac.chunks.size() == 1);
    CHECK(content(flac.chunks, "VORBIS_COMMENT") == chunks::vorbis_comment({"TITLE=A", "ARTIST=B", "ARTIST=C"}));
    CHECK(flac.left_out == std::vector<string>{"REPLAYGAIN figures", "R128 figures"});

    const auto info = [](const caf_texts& texts) { return chunk{"info", caf_info_of(texts)}; };
    const auto caf = about(file_kind::caf, {info({{"title", "A"}, {"replaygain_track_gain", "-7 dB"}, {"artist", "B"}})});
    CHECK(through(caf, container::caf).chunks.at(0).bytes == caf_info_of({{"title", "A"}, {"artist", "B"}}));
    CHECK(through(caf, container::caf).left_out == std::vector<string>{"REPLAYGAIN figures"});
    CHECK(content(through(caf, container::wav).chunks, "id3 ").empty());
}

TEST_CASE("1200 cue points are 1200 in WAV, in AIFF and in FLAC's chapters")
{
    std::vector<chunks::point> points;
    for (std::uint32_t i = 1; i <= 1200; ++i) points.push_back({i, 100 * i, "Mark " + std::to_string(i)});
    const auto wav = about(file_kind::wav, {made("cue ", chunks::cue(points)), made("LIST", chunks::labels(points))});
    CHECK(annotations_of(wav).markers.size() == 1200);
    CHECK(content(through(wav, container::rf64).chunks, "cue ") == chunks::cue(points));
    for (const auto& [kind, to] : {std::pair{file_kind::aiff, container::aiff}, std::pair{file_kind::flac, container::flac}}) {
        const auto again = annotations_of(about(kind, through(wav, to).chunks));
        REQUIRE(again.markers.size() == 1200);
        CHECK(again.markers[1199].name == "Mark 1200");
        CHECK(std::abs(again.markers[1199].frame - 120'000) <= 24);   // half a millisecond
    }
    CHECK(has(through(wav, container::flac).left_out, "places of markers between milliseconds"));   // no cue sheet holds so many
    points.resize(100);
    const auto fewer = about(file_kind::wav, {made("cue ", chunks::cue(points)), made("LIST", chunks::labels(points))});
    CHECK_FALSE(has(through(fewer, container::flac).left_out, "places of markers between milliseconds"));
}

TEST_CASE("Markers go from WAV to FLAC and back exactly, with their names")
{
    const auto wav = about(file_kind::wav, {made("cue ", chunks::cue({{1, 44'111, "Band 1"}, {2, 220'503, "Band 2"}})),
                                            made("LIST", chunks::labels({{1, 0, "Band 1"}, {2, 0, "Band 2"}}))});
    const auto flac = through(wav, container::flac);
    const auto comments = content(flac.chunks, "VORBIS_COMMENT");
    CHECK(comments.find("CHAPTER001=00:00:00.919") != string::npos);
    CHECK(comments.find("CHAPTER002NAME=Band 2") != string::npos);
    CHECK(content(flac.chunks, "CUESHEET") == chunks::cue_sheet({44'111, 220'503}, 480'000));
    CHECK(flac.left_out.empty());
    const auto back = through(about(file_kind::flac, flac.chunks), container::wav);
    CHECK(content(back.chunks, "cue ") == chunks::cue({{1, 44'111, ""}, {2, 220'503, ""}}));
    CHECK(content(back.chunks, "LIST", "adtl") == chunks::labels({{1, 0, "Band 1"}, {2, 0, "Band 2"}}));
}

TEST_CASE("Markers go from AIFF and CAF to WAV")
{
    const auto mark = big(2, 2) + big(1, 2) + big(44'100, 4) +
                      "\x06"
                      "Band 1" +
                      string(1, '\0') + big(2, 2) + big(220'500, 4) +
                      "\x05"
                      "Band2";
    const auto comt = big(1, 2) + big(0, 4) + big(2, 2) + big(3, 2) + "low" + string(1, '\0');
    const auto from_aiff = through(about(file_kind::aiff, {made("MARK", mark), made("COMT", comt)}), container::wav);
    CHECK(content(from_aiff.chunks, "cue ") == chunks::cue({{1, 44'100, ""}, {2, 220'500, ""}}));
    CHECK(content(from_aiff.chunks, "LIST", "adtl") == "adtl" + chunks::riff("labl", little(1, 4) + "Band 1" + '\0') +
                                                           chunks::riff("labl", little(2, 4) + "Band2" + '\0') +
                                                           chunks::riff("note", little(2, 4) + "low" + '\0'));

    const auto frame = string{"\x40\xE5\x88\x80\x00\x00\x00\x00", 8};   // 44100 as a double
    const auto caf_mark = big(0, 4) + big(1, 4) + big(0, 4) + frame + big(5, 4) + string(8, '\xFF') + big(0, 4);
    const auto strg = big(1, 4) + big(5, 4) + big(0, 8) + string{"Band 1\0", 7};
    const auto from_caf =
        through(about(file_kind::caf, {made("mark", caf_mark), made("strg", strg), made("info", big(1, 4) + string{"title\0Side A\0", 13}),
                                       made("uuid", field("", 16))}),
                container::wav);
    CHECK(content(from_caf.chunks, "cue ") == chunks::cue({{1, 44'100, ""}}));
    CHECK(content(from_caf.chunks, "LIST", "adtl") == chunks::labels({{1, 0, "Band 1"}}));
    CHECK(content(from_caf.chunks, "LIST", "INFO") == "INFO" + chunks::riff("INAM", string{"Side A\0", 7}));
    CHECK(from_caf.left_out == std::vector<string>{"uuid"});
}

TEST_CASE("CAF takes texts and markers of a WAV, moves them, and gives them back")
{
    const auto wav = about(file_kind::wav, archive_wav());
    const auto stored = caf_chunks_of(annotations_of(wav));
    CHECK(has(stored.left_out, "iXML"));
    const auto caf = about(file_kind::caf, stored.chunks);
    auto all = annotations_of(caf);
    CHECK(values(all, "TITLE") == std::vector<string>{"M\xC3\xBCller"});
    CHECK(values(all, "CODING_HISTORY") == std::vector<string>{"A=ANALOGUE,M=stereo,T=Technics"});
    REQUIRE(all.markers.size() == 2);
    CHECK(all.markers[1].frame == 220'500);
    CHECK(all.markers[1].name == "Band 2");
    all = moved(all, {.ratio = 0.5, .rate_ratio = 0.5});
    all.tags.clear();
    const auto again = annotations_of(about(file_kind::caf, all.chunks));   // of the chunks alone
    CHECK(again.markers[1].frame == 110'250);
    CHECK(again.markers[1].name == "Band 2");
}

TEST_CASE("A broadcast description is the same after a journey through FLAC's comments")
{
    auto description = chunks::bext("Side A", 48'000, "A=ANALOGUE,M=stereo,T=Technics\r\n");
    description.replace(412, 10, string{"\xFF\x7F\xFF\x7F\xFF\x7F\xFF\x7F\xFF\x7F"});
    const auto flac = through(about(file_kind::wav, {made("bext", description)}), container::flac);
    const auto all = annotations_of(about(file_kind::flac, flac.chunks));
    CHECK(values(all, "ORIGINATOR") == std::vector<string>{"Archive"});
    CHECK(values(all, "TIME_REFERENCE") == std::vector<string>{"48000"});
    CHECK(values(all, "CODING_HISTORY") == std::vector<string>{"A=ANALOGUE,M=stereo,T=Technics"});
    CHECK(content(through(about(file_kind::flac, flac.chunks), container::wav).chunks, "bext") == description);
}

TEST_CASE("Texts and a picture of a FLAC stand in an ID3 tag of WAV and AIFF, and come back")
{
    const auto cover = chunks::picture("not really a picture");
    const auto flac =
        about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment({"TITLE=Band", "ARTIST=Ann", "ARTIST=Bo", "ALBUMARTIST=Trio",
                                                                               "LABEL=Verve", "CATALOGNUMBER=8240", "OWN_NAME=x"})),
                                made("PICTURE", cover), made("APPLICATION", "test1234")});
    const auto to = GENERATE(values({container::wav, container::aiff}));
    const auto stored = through(flac, to);
    CHECK(stored.left_out == std::vector<string>{"APPLICATION"});
    if (to == container::wav)
        CHECK(content(stored.chunks, "LIST", "INFO") ==
              "INFO" + chunks::riff("INAM", string{"Band\0", 5}) + chunks::riff("IART", string{"Ann; Bo\0", 8}));
    else {
        CHECK(content(stored.chunks, "NAME") == "Band");
        CHECK(content(stored.chunks, "AUTH") == "Ann; Bo");
    }
    const auto id3 = content(stored.chunks, to == container::wav ? "id3 " : "ID3 ");
    CHECK(id3.starts_with("ID3\x04"));
    const auto back = through(about(to == container::wav ? file_kind::wav : file_kind::aiff, stored.chunks), container::flac);
    const auto all = annotations_of(about(file_kind::flac, back.chunks));
    for (const auto& [name, value] : {std::pair{"ALBUMARTIST", "Trio"}, {"LABEL", "Verve"}, {"CATALOGNUMBER", "8240"}, {"OWN_NAME", "x"}})
        CHECK(values(all, name) == std::vector<string>{value});
    CHECK(has(values(all, "ARTIST"), "Bo"));
    REQUIRE(all.pictures.size() == 1);
    const string picture{all.pictures[0].begin(), all.pictures[0].end()};
    CHECK(picture.find("not really a picture") != string::npos);
    CHECK(picture.find("image/png") != string::npos);
    CHECK(picture.substr(0, 4) == big(3, 4));
}

TEST_CASE("A text that is no UTF-8 reaches FLAC as the Windows-1252 that it is, and WAV as it was")
{
    const auto list = "INFO" + chunks::riff("IART", string{"M\xFCller \x96 Trio\0", 14});
    const auto wav = about(file_kind::wav, {made("LIST", list)});
    CHECK(content(through(wav, container::flac).chunks, "VORBIS_COMMENT").find("ARTIST=M\xC3\xBCller \xE2\x80\x93 Trio") != string::npos);
    CHECK(content(through(wav, container::wav).chunks, "LIST") == list);
}

TEST_CASE("An ID3 tag in front of a FLAC is told by its comments")
{
    const auto wav =
        through(about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment({"TITLE=Other", "LABEL=Verve"}))}), container::wav);
    const auto tag = content(wav.chunks, "id3 ");
    REQUIRE_FALSE(tag.empty());
    const auto flac = through(about(file_kind::flac, {made("id3 ", tag), made("VORBIS_COMMENT", chunks::vorbis_comment({"TITLE=Band"}))}),
                              container::flac);
    REQUIRE(flac.chunks.size() == 1);
    CHECK(content(flac.chunks, "VORBIS_COMMENT") == chunks::vorbis_comment({"TITLE=Band", "LABEL=Verve"}));
}

TEST_CASE("An ID3v1 tag behind a WAV is told by an ID3v2 tag in it")
{
    const auto tag = "TAG" + field("Band", 30) + field("Ann", 30) + field("", 30) + "1962" + field("", 29) + '\x04' + '\x11';
    REQUIRE(tag.size() == 128);
    const auto wav = through(about(file_kind::wav, {made("TAG ", tag)}), container::wav);
    REQUIRE(wav.chunks.size() == 1);
    const auto all = annotations_of(about(file_kind::wav, wav.chunks));
    for (const auto& [name, value] : {std::pair{"TITLE", "Band"}, {"ARTIST", "Ann"}, {"DATE", "1962"}, {"TRACKNUMBER", "4"}})
        CHECK(values(all, name) == std::vector<string>{value});
}

TEST_CASE("iXML keeps all but what would no longer be true")
{
    const string xml =
        "<BWFXML><NOTE>N</NOTE><SPEED><FILE_SAMPLE_RATE>48000</FILE_SAMPLE_RATE><AUDIO_BIT_DEPTH>16</AUDIO_BIT_DEPTH>"
        "<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>1</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>"
        "<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>5</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>"
        "<TIMESTAMP_SAMPLE_RATE>48000</TIMESTAMP_SAMPLE_RATE></SPEED><LOUDNESS><X>1</X></LOUDNESS></BWFXML>";
    const auto wav = about(file_kind::wav, {made("iXML", xml)});
    auto all = moved(annotations_of(wav), {.ratio = 2.0});
    all = with_note(all, {}, 96'000, 2, sample_format::pcm24);
    const auto stored = stored_in(container::wav, wav, all);
    CHECK(content(stored.chunks, "iXML") ==
          "<BWFXML><NOTE>N</NOTE><SPEED><FILE_SAMPLE_RATE>96000</FILE_SAMPLE_RATE><AUDIO_BIT_DEPTH>24</AUDIO_BIT_DEPTH>"
          "<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>2</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>"
          "<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>10</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>"
          "<TIMESTAMP_SAMPLE_RATE>96000</TIMESTAMP_SAMPLE_RATE></SPEED></BWFXML>");
    CHECK(stored.left_out == std::vector<string>{"loudness figures of iXML"});
}

TEST_CASE("What another kind of file cannot hold is named, each once")
{
    const auto stored = through(about(file_kind::wav, archive_wav()), container::aiff);
    CHECK(stored.left_out == std::vector<string>{"iXML", "cart", "_PMX", "loudness figures of bext"});
}

TEST_CASE("Markers move with the rate and what is cut, and stay within the file")
{
    const displacement by{.ratio = 2.0, .frames_cut = 10, .frames = 400'000, .rate_ratio = 2.0};
    const auto wav =
        about(file_kind::wav, {made("cue ", chunks::cue(bands)),
                               made("LIST", "adtl" + chunks::riff("ltxt", little(7, 4) + little(1000, 4) + "rgn " + field("", 8))),
                               made("bext", chunks::bext("", 48'000, "")),
                               made("smpl", field("", 8) + little(20'833, 4) + field("", 16) + little(1, 4) + little(0, 4) + field("", 8) +
                                                little(100, 4) + little(200, 4) + field("", 8))});
    const auto all = moved(annotations_of(wav), by);
    const auto stored = stored_in(container::wav, wav, all);
    CHECK(content(stored.chunks, "cue ") == chunks::cue({{7, 88'190, ""}, {9, 400'000, ""}}));
    CHECK(content(stored.chunks, "LIST").substr(16, 4) == little(2000, 4));
    CHECK(content(stored.chunks, "bext").substr(338, 8) == little(96'010, 8));
    CHECK(content(stored.chunks, "smpl").substr(8, 4) == little(10'417, 4));
    CHECK(content(stored.chunks, "smpl").substr(44, 8) == little(190, 4) + little(390, 4));
    CHECK(all.markers[0].frame == 88'190);
    CHECK(all.markers[0].frames == 2000);
    CHECK(all.sample_rate == 96'000);

    const auto aiff = about(file_kind::aiff, {made("MARK", big(1, 2) + big(1, 2) + big(44'100, 4) + string{"\x00\x00", 2})});
    CHECK(content(stored_in(container::aiff, aiff, moved(annotations_of(aiff), by)).chunks, "MARK").substr(4, 4) == big(88'190, 4));

    const auto flac =
        about(file_kind::flac, {made("CUESHEET", chunks::cue_sheet({0, 58'800}, 480'000, true)),
                                made("VORBIS_COMMENT", chunks::vorbis_comment({"CHAPTER001=00:00:01.000", "CHAPTER001NAME=x"}))});
    const auto sheet = stored_in(container::flac, flac, moved(annotations_of(flac), by));
    CHECK(content(sheet.chunks, "CUESHEET") == chunks::cue_sheet({0, 117'590}, 400'000, false));
    // What lay behind the end stays there.
    const displacement faster{.ratio = 0.5, .frames = 240'000, .rate_ratio = 1.0, .frames_before = 480'000};
    const auto beyond = about(file_kind::wav, {made("cue ", chunks::cue({{1, 480'000, ""}, {2, 600'000, ""}}))});
    CHECK(content(stored_in(container::wav, beyond, moved(annotations_of(beyond), faster)).chunks, "cue ") ==
          chunks::cue({{1, 240'000, ""}, {2, 300'000, ""}}));
    const displacement slower{.ratio = 2.0, .rate_ratio = 1.0};
    CHECK(content(stored_in(container::flac, flac, moved(annotations_of(flac), slower)).chunks, "VORBIS_COMMENT") ==
          chunks::vorbis_comment({"CHAPTER001=00:00:02.000", "CHAPTER001NAME=x"}));
    CHECK(content(stored_in(container::flac, flac, moved(annotations_of(flac), {})).chunks, "CUESHEET") ==
          chunks::cue_sheet({0, 58'800}, 480'000, true));
}

TEST_CASE("A malformed chunk does no harm: every cut and 20000 changed bytes")
{
    const std::vector<std::pair<file_kind, std::vector<chunk>>> kinds{
        {file_kind::wav, archive_wav()},
        {file_kind::wav,
         {made("id3 ",
               [] {
                   const auto all = through(about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment({"OWN=x", "TITLE=y"})),
                                                                    made("PICTURE", chunks::picture("data"))}),
                                            container::wav);
                   return content(all.chunks, "id3 ");
               }())}},
        {file_kind::aiff,
         {made("MARK", big(1, 2) + big(1, 2) + big(9, 4) +
                           "\x03"
                           "abc"),
          made("COMT", big(1, 2) + big(0, 4) + big(1, 2) + big(2, 2) + "ab"), made("NAME", "x")}},
        {file_kind::caf,
         {made("mark", big(0, 4) + big(1, 4) + field("", 28)), made("strg", big(1, 4) + big(5, 4) + big(0, 8) + "a"),
          made("info", big(1, 4) + string{"title\0x\0", 8})}},
        {file_kind::flac,
         {made("VORBIS_COMMENT", chunks::vorbis_comment({"TITLE=a", "CHAPTER001=00:00:01.000"})),
          made("CUESHEET", chunks::cue_sheet({0, 9}, 99, true)), made("PICTURE", chunks::picture("data"))}},
    };
    std::mt19937 random{1};
    const displacement by{.ratio = 1.5, .frames_cut = 3, .frames = 100, .rate_ratio = 1.5};
    const auto pass = [&](file_kind kind, const std::vector<chunk>& all) {
        const auto some = about(kind, all);
        const auto parsed = moved(annotations_of(some), by);
        for (const auto to : {container::wav, container::aiff, container::flac})
            CHECK(stored_in(to, some, parsed).chunks.size() + stored_in(to, some, parsed).left_out.size() < 100);
    };
    for (const auto& [kind, all] : kinds)
        for (std::size_t which = 0; which < all.size(); ++which) {
            auto cut = all;
            const auto size = all[which].bytes.size();
            for (std::size_t n = 0; n < size; n += 1 + size / 100) {
                cut[which].bytes.assign(all[which].bytes.begin(), all[which].bytes.begin() + static_cast<std::ptrdiff_t>(n));
                pass(kind, cut);
            }
            for (int i = 0; i < 1000; ++i) {
                auto changed = all;
                for (int k = 0; k < 3 && size > 0; ++k)
                    changed[which].bytes[random() % size] = static_cast<unsigned char>(random() % 4 == 0 ? 0xFF : random());
                pass(kind, changed);
            }
        }
}
