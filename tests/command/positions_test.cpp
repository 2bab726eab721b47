// SPDX-License-Identifier: BSL-1.0
#include "annotations/annotations.hpp"
#include "annotations/id3_tag.hpp"
#include "support/annotated.hpp"
#include "support/chunks.hpp"

/// Positions that no marker tells: they move with the sound, or what has them is named.
namespace {

using namespace annotated;
using namespace command;
using chunks::big;
using chunks::field;
using chunks::little;
using std::string;

using words = std::vector<string>;

stored_annotations through(const recording& from, container to, const displacement& by)
{
    return stored_in(to, from, moved(annotations_of(from), by));
}

string utf16(const string& text)
{
    string wide = "\xFF\xFE";
    for (const char c : text) wide += string{c} + '\0';
    return wide;
}

// An ID3v2.4 tag of one frame, in which sizes have seven bits a byte.
string tag_of(const string& id, const string& content)
{
    const auto frame = id + big(content.size(), 4) + big(0, 2) + content;
    REQUIRE(frame.size() < 128);
    return string{"ID3\x04\0\0", 6} + big(frame.size(), 4) + frame;
}

string chapter(std::uint64_t begin, std::uint64_t end, std::uint64_t bytes)
{
    return tag_of("CHAP", string{"ch1\0", 4} + big(begin, 4) + big(end, 4) + big(bytes, 4) + big(bytes, 4));
}

const displacement doubled{.ratio = 0.5, .frames_cut = 0, .frames = 240'000, .rate_ratio = 1.0};   // twice as fast

}   // namespace

TEST_CASE("The timers of a cart and the lengths of a play list move with the sound")
{
    const auto timers = [](std::uint64_t first) {
        return "MRKs" + little(first, 4) + string(4, '\0') + little(9, 4) + "EOD " + little(480'000 * first / 48'000, 4);
    };
    const auto cart = [&](std::uint64_t first) {
        auto text = field("0101", 2048);
        return text.replace(684, 24, timers(first));
    };
    const auto list = [](std::uint64_t frames) { return little(1, 4) + little(7, 4) + little(frames, 4) + little(2, 4); };
    const auto wav = about(file_kind::wav, {made("cart", cart(48'000)), made("plst", list(1000))});
    const auto stored = through(wav, container::wav, doubled);
    CHECK(content(stored.chunks, "cart") == cart(24'000));
    CHECK(content(stored.chunks, "plst") == list(500));
    CHECK(stored.unmoved.empty());
    for (const auto* id : {"cart", "plst"})
        CHECK(through(about(file_kind::wav, {made(id, "short")}), container::wav, doubled).chunks.at(0).bytes.size() == 5);
}

TEST_CASE("What holds positions that stay is named where it goes over and the sound moved")
{
    const string points =
        "<BWFXML><SYNC_POINT_LIST><SYNC_POINT><SYNC_POINT_LOW>48000</SYNC_POINT_LOW></SYNC_POINT></SYNC_POINT_LIST></BWFXML>";
    const auto xmp = made("_PMX", "<rdf:li xmpDM:startTime=\"48000\"/>");
    const auto wav = about(file_kind::wav, {made("iXML", points), xmp, made("axml", "<audioBlockFormat rtime=\"00:00:01\"/>")});
    CHECK(through(wav, container::wav, doubled).unmoved == words{"iXML", "_PMX", "axml"});
    CHECK(through(wav, container::wav, {}).unmoved.empty());
    CHECK(through(wav, container::flac, doubled).unmoved.empty());   // none of the three goes over
    CHECK(through(about(file_kind::wav, {made("iXML", utf16("<BWFXML/>"))}), container::wav, doubled).unmoved == words{"iXML"});
    CHECK(through(about(file_kind::wav, {made("_PMX", utf16("xmpDM:startTime"))}), container::wav, doubled).unmoved == words{"_PMX"});
    const auto none = about(file_kind::wav, {made("iXML", "<BWFXML><NOTE>N</NOTE></BWFXML>"), made("_PMX", "<x:xmpmeta/>")});
    CHECK(through(none, container::wav, doubled).unmoved.empty());
    CHECK(through(about(file_kind::aiff, {made("APPL", "XMP xmpDM:startTime")}), container::aiff, doubled).unmoved == words{"APPL"});
}

TEST_CASE("Chapters of an ID3 tag move with the sound, in WAV and in AIFF")
{
    constexpr std::uint64_t unknown = 0xFFFF'FFFF;
    const auto [kind, to] = GENERATE(table<file_kind, container>(
        {{file_kind::wav, container::wav}, {file_kind::aiff, container::aiff}, {file_kind::wav, container::aiff}}));
    const auto some = about(kind, {made("id3 ", chapter(1'000, 3'001, 77))});
    const string id = to == container::wav ? "id3 " : "ID3 ";
    const auto times = chapter(500, 1'501, unknown).substr(20);
    CHECK(content(through(some, to, doubled).chunks, id).find(times) != string::npos);
    CHECK(content(through(some, to, {}).chunks, id).find(chapter(1'000, 3'001, 77).substr(20)) != string::npos);
    CHECK(through(some, to, doubled).unmoved.empty());
    const auto codes = about(kind, {made("id3 ", tag_of("ETCO", "\x02\x02" + big(1'000, 4)))});
    CHECK(through(codes, to, doubled).unmoved == words{"ID3 ETCO"});
    CHECK(through(codes, container::flac, doubled).unmoved.empty());
    CHECK(through(codes, container::flac, doubled).left_out == words{"ID3 ETCO"});
}

TEST_CASE("The times of a cue sheet that is a text move with the sound, in comments, in an ID3 tag and in CAF")
{
    const string sheet =
        "FILE \"a.wav\" WAVE\r\n  TRACK 01 AUDIO\r\n    INDEX 01 00:00:00\r\n  TRACK 02 AUDIO\r\n    PREGAP 00:02:00\r\n"
        "    INDEX 01 00:08:02";
    const string halved =
        "FILE \"a.wav\" WAVE\r\n  TRACK 01 AUDIO\r\n    INDEX 01 00:00:00\r\n  TRACK 02 AUDIO\r\n    PREGAP 00:01:00\r\n"
        "    INDEX 01 00:04:01";
    const auto flac = about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment({"CUESHEET=" + sheet, "LENGTH=10000"}))});
    const auto wav = about(file_kind::wav, {{"id3 ", id3_tag_of(std::nullopt, {{"CUESHEET", sheet}, {"LENGTH", "10000"}}, {})}});
    const auto caf = about(file_kind::caf, {made("info", big(1, 4) + "cuesheet" + '\0' + sheet + '\0')});
    for (const auto& from : {flac, wav, caf})
        for (const auto to : {container::flac, container::wav, container::aiff, container::caf}) {
            const auto stored = through(from, to, doubled);
            string all;
            for (const auto& some : stored.chunks) all.append(some.bytes.begin(), some.bytes.end());
            CHECK(all.find(halved) != string::npos);
            CHECK(all.find("00:08:02") == string::npos);
            CHECK(all.find("10000") == string::npos);
            CHECK((from.kind == file_kind::caf || all.find("5000") != string::npos));
            CHECK(stored.unmoved.empty());
        }
    CHECK(content(through(flac, container::flac, {}).chunks, "VORBIS_COMMENT").find(sheet) != string::npos);
}

TEST_CASE("A text of times that is not understood stays and is named")
{
    const auto flac = about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment({"CUESHEET=INDEX 01 soon", "LENGTH=3:45"}))});
    const auto stored = through(flac, container::wav, doubled);
    CHECK(stored.unmoved == words{"the text CUESHEET", "the text LENGTH"});
    CHECK(content(stored.chunks, "id3 ").find("INDEX 01 soon") != string::npos);
}
