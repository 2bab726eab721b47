// SPDX-License-Identifier: BSL-1.0
#include "annotations/processing_note.hpp"

#include "annotations/curve_on_record.hpp"
#include "support/chunks.hpp"

#include <phono/version.hpp>

/// What an output says of the run that made it, and what is understood of it later.
namespace {

using namespace command;
using std::string;

chunk made(const string& id, const string& content) { return {id, {content.begin(), content.end()}}; }

recording about(file_kind kind, const std::vector<chunk>& all)
{
    recording some;
    some.kind = kind;
    some.sample_rate = 96'000;
    some.channels = 2;
    some.frames = 96'000;
    some.format = sample_format::pcm24;
    some.chunks = all;
    return some;
}

string content(const std::vector<chunk>& all, const string& id)
{
    for (const auto& some : all)
        if (some.id == id) return {some.bytes.begin(), some.bytes.end()};
    return {};
}

const processing_note riaa{curve_effect::applied, "RIAA (3180/318/75 us)", {}, "gain -3.00 dB"};
const processing_note undone{curve_effect::removed, "RIAA (3180/318/75 us)", {}, {}};
const string words = "phono " PHONO_VERSION "; playback curve RIAA (3180/318/75 us) applied; gain -3.00 dB";

stored_annotations noted(const recording& some, container to, const processing_note& note)
{
    return stored_in(to, some, with_note(annotations_of(some), note, 96'000, 2, sample_format::pcm24));
}

annotations saying(const string& name, const string& text)
{
    annotations all;
    all.tags = {{name, text}};
    return all;
}

}   // namespace

TEST_CASE("The coding history gains a line after EBU R 98, and the rest of the description stays")
{
    const auto before = chunks::bext("Side A", 48'000, "A=ANALOGUE,M=stereo,T=Technics");
    const auto bext = content(noted(about(file_kind::wav, {made("bext", before)}), container::wav, riaa).chunks, "bext");
    CHECK(bext.substr(0, 412) == before.substr(0, 412));
    CHECK(bext.substr(602) == chunks::even("A=ANALOGUE,M=stereo,T=Technics\r\nA=PCM,F=96000,W=24,M=stereo,T=" + words + "\r\n"));
}

TEST_CASE("Every kind of file says which curve was applied, and what takes it off again is understood")
{
    const auto [kind, to] = GENERATE(table<file_kind, container>({{file_kind::wav, container::wav},
                                                                  {file_kind::rf64, container::rf64},
                                                                  {file_kind::aiff, container::aiff},
                                                                  {file_kind::flac, container::flac}}));
    const auto target = GENERATE(values({container::wav, container::aiff, container::flac}));
    const auto kind_of_target = target == container::wav ? file_kind::wav : target == container::aiff ? file_kind::aiff : file_kind::flac;
    const auto plain = about(kind, {});
    CHECK_FALSE(curve_on_record(annotations_of(plain)));
    const auto once = about(kind, noted(plain, to, riaa).chunks);
    CHECK(curve_on_record(annotations_of(once)) == riaa.curve);
    // Also in another kind of file, after a run that changes no curve.
    const auto elsewhere = about(kind_of_target, noted(once, target, {curve_effect::none, {}, {}, "gain +1.00 dB"}).chunks);
    CHECK(curve_on_record(annotations_of(elsewhere)) == riaa.curve);
    const auto twice = about(kind, noted(once, to, undone).chunks);
    CHECK_FALSE(curve_on_record(annotations_of(twice)));
    const auto thrice = about(kind, noted(twice, to, {curve_effect::applied, "Columbia LP", riaa.curve, {}}).chunks);
    CHECK(curve_on_record(annotations_of(thrice)) == "Columbia LP");
}

TEST_CASE("A curve that is applied, removed and applied again is on record, though the third note is the first")
{
    const auto [kind, to] = GENERATE(table<file_kind, container>({{file_kind::wav, container::wav},
                                                                  {file_kind::wave64, container::wave64},
                                                                  {file_kind::aiff, container::aiff},
                                                                  {file_kind::caf, container::caf},
                                                                  {file_kind::flac, container::flac}}));
    // ALBUMARTIST brings an ID3 tag into WAV and AIFF, which tells all texts once more; later notes stand in INFO and ANNO only.
    const auto flac = about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment({"ALBUMARTIST=T", "COMMENT=x"}))});
    auto some = about(kind, noted(flac, to, riaa).chunks);
    std::vector<string> told{"x", words};
    for (int i = 0; i < 3; ++i) {
        const auto all = annotations_of(some);
        INFO(static_cast<int>(kind) << ' ' << i);
        CHECK(curve_on_record(all).has_value() == (i % 2 == 0));
        std::vector<string> comments;
        for (const auto& tag : all.tags)
            if (tag.name == "COMMENT") comments.push_back(tag.value);
        CHECK(comments == told);
        told.push_back(i == 0 ? text_of(undone) : words);
        some = about(kind, noted(some, to, i == 0 ? undone : riaa).chunks);
    }
    // Another kind of file has each of them once, too.
    const auto elsewhere = content(noted(some, container::wave64, {}).chunks, "LIST");
    if (kind != file_kind::wav && kind != file_kind::wave64)
        CHECK(elsewhere.find("x; " + words + "; " + text_of(undone) + "; " + words + "; " + words + '\0') != string::npos);
}

TEST_CASE("The coding history gains a line in every kind of file, and is told once")
{
    const auto [kind, to] = GENERATE(table<file_kind, container>({{file_kind::wav, container::wav},
                                                                  {file_kind::aiff, container::aiff},
                                                                  {file_kind::caf, container::caf},
                                                                  {file_kind::flac, container::flac}}));
    const string first = "A=ANALOGUE,T=M\xC3\xBCller";
    const auto flac =
        about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment({"ALBUMARTIST=T", "CODING_HISTORY=" + first}))});
    auto some = about(kind, noted(flac, to, {}).chunks);
    for (int i = 0; i < 2; ++i) some = about(kind, noted(some, to, riaa).chunks);
    const auto line = "\r\nA=PCM,F=96000,W=24,M=stereo,T=" + words;
    std::vector<string> histories;
    for (const auto& tag : annotations_of(some).tags)
        if (tag.name == "CODING_HISTORY") histories.push_back(tag.value);
    INFO(static_cast<int>(kind));
    CHECK(histories == std::vector<string>{first + line + line});
}

TEST_CASE("Several values of a name are not told again by the text that joins them")
{
    const auto flac =
        about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment({"ARTIST=Ann", "ARTIST=Bo", "ALBUMARTIST=Trio"}))});
    const auto wav = about(file_kind::wav, noted(flac, container::wav, {}).chunks);
    CHECK(content(noted(wav, container::flac, {}).chunks, "VORBIS_COMMENT") ==
          chunks::vorbis_comment({"ALBUMARTIST=Trio", "ARTIST=Ann", "ARTIST=Bo"}).replace(0, 8, chunks::little(5, 4) + "phono"));
}

TEST_CASE("The note stands in ICMT, ANNO or a further COMMENT, after what was there")
{
    const auto list = "INFO" + chunks::riff("ICMT", string{"Flat transfer\0", 14}) + chunks::riff("IZZZ", string{"z\0", 2});
    CHECK(content(noted(about(file_kind::wav, {made("LIST", list)}), container::wav, riaa).chunks, "LIST") ==
          "INFO" + chunks::riff("IZZZ", string{"z\0", 2}) + chunks::riff("ICMT", "Flat transfer; " + words + '\0'));
    CHECK(content(noted(about(file_kind::aiff, {}), container::aiff, riaa).chunks, "ANNO") == words);
    CHECK(content(noted(about(file_kind::flac, {made("VORBIS_COMMENT", chunks::vorbis_comment({"COMMENT=first"}))}), container::flac, riaa)
                      .chunks,
                  "VORBIS_COMMENT") == chunks::vorbis_comment({"COMMENT=first", "COMMENT=" + words}));
}

TEST_CASE("Texts by others count where they are unambiguous")
{
    for (const char* text : {"RIAA applied", "Transferred with RIAA equalization", "RIAA de-emphasis in software",
                             "Wet cleaned. RIAA EQ applied.", "riaa eq, 24 bit", "with RIAA preamp", "RIAA playback"}) {
        INFO(text);
        CHECK(curve_on_record(saying("COMMENT", text)));
    }
    for (const char* text : {"A=ANALOGUE,M=stereo,T=SL-1200; Shure V15; RIAA", "A=ANALOGUE,T=Phono preamp RIAA; 33 1/3",
                             "T=phono; RIAA 3180/318/75 us played", "A=ANALOGUE,T=SL1200; RIAA preamp"}) {
        INFO(text);
        CHECK(curve_on_record(saying("CODING_HISTORY", text)));
    }
}

TEST_CASE("Texts by others that only speak of a curve are no false alarm")
{
    for (const char* text :
         {"RIAA not applied", "Flat transfer, RIAA EQ to be applied", "no RIAA", "without RIAA equalisation",
          "RIAA gold record, EQ by the label", "needs RIAA EQ", "RIAA EQ removed", "RIAA", "RIAA applied?", "Apply RIAA EQ in playback",
          "Record of the RIAA", "unequalised, RIAA disc", "riaascape applied", "inverse RIAA applied", "Some other text"}) {
        INFO(text);
        CHECK_FALSE(curve_on_record(saying("COMMENT", text)));
    }
    CHECK_FALSE(curve_on_record(saying("TITLE", "RIAA applied")));
    CHECK_FALSE(curve_on_record(saying("CODING_HISTORY", "A=ANALOGUE,M=stereo,T=flat preamp; RIAA")));
    CHECK_FALSE(curve_on_record(saying("CODING_HISTORY", "A=PCM,F=96000,W=24,M=stereo,T=phono 0.2.0; gain +3.00 dB")));
}
