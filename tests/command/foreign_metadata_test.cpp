// SPDX-License-Identifier: BSL-1.0
#include "annotations/annotations.hpp"
#include "annotations/curve_on_record.hpp"
#include "annotations/processing_note.hpp"
#include "support/annotated.hpp"
#include "support/chunks.hpp"

#include <algorithm>

/// FLAC that keeps the chunks of the WAV or AIFF that it was made of, as `flac --keep-foreign-metadata` writes it.
namespace {

using namespace annotated;
using namespace command;
using chunks::big;
using chunks::little;
using std::string;

chunk block(const string& content) { return made("APPLICATION", content); }

const std::vector<chunks::point> bands{{7, 44'100, "Band 1"}, {9, 220'500, "Band 2"}};
const string history = "A=ANALOGUE,M=stereo,T=Technics\r\n";
const string sound = "data" + little(2'880'000, 4);

string description() { return chunks::bext("Side A", 0, history).replace(412, 10, "\xFF\x7F\xFF\x7F\xFF\x7F\xFF\x7F\xFF\x7F"); }

string wave_format(int channels, int width)
{
    const auto frame = static_cast<unsigned>(channels * width / 8);
    return little(1, 2) + little(static_cast<unsigned>(channels), 2) + little(48'000, 4) + little(48'000 * frame, 4) + little(frame, 2) +
           little(static_cast<unsigned>(width), 2);
}

recording of_wav()
{
    return about(file_kind::flac,
                 {made("VORBIS_COMMENT", chunks::vorbis_comment({"ALBUM=Own"})), block("riffRIFF" + little(2'890'000, 4) + "WAVE"),
                  block("riff" + chunks::riff("fmt ", wave_format(2, 24))), block("riff" + chunks::riff("bext", description())),
                  block("riff" + sound), block("riff" + chunks::riff("iXML", "<BWFXML/>")),
                  block("riff" + chunks::riff("LIST", "INFO" + chunks::riff("INAM", string{"Side A\0", 7}))),
                  block("riff" + chunks::riff("cue ", chunks::cue(bands))), block("riff" + chunks::riff("LIST", chunks::labels(bands)))});
}

recording of_aiff()
{
    const auto common = big(2, 2) + big(480'000, 4) + big(24, 2) + string{"\x40\x0E\xBB\x80\0\0\0\0\0\0", 10};
    return about(file_kind::flac, {block("aiffFORM" + big(2'880'200, 4) + "AIFF"), block("aiff" + chunks::aiff("COMM", common)),
                                   block("aiff" + chunks::aiff("MARK", big(1, 2) + big(1, 2) + big(48'000, 4) +
                                                                           "\x05"
                                                                           "Start")),
                                   block("aiff" + chunks::aiff("NAME", "Side B")), block("aiff" + chunks::aiff("AESD", string(24, '\0'))),
                                   block("aiffSSND" + big(2'880'008, 4) + string(8, '\0'))});
}

const processing_note riaa{curve_effect::applied, "RIAA (3180/318/75 us)", {}, {}};

// What comes of it: as carry_over has it, for sound of two channels and 16 bits that was brought to twice its speed.
stored_annotations processed(const recording& from, container to)
{
    auto out = from;
    out.frames = 240'000;
    out.format = sample_format::pcm16;
    auto all = moved(annotations_of(from), {.ratio = 0.5, .frames = 240'000, .rate_ratio = 1.0});
    return stored_in(to, out, with_note(std::move(all), riaa, 48'000, 2, sample_format::pcm16));
}

// Of the blocks of an application the one whose content, a chunk, begins so.
string kept(const std::vector<chunk>& blocks, const string& begin) { return content(blocks, "APPLICATION", begin); }

bool is_marked(const annotations& all, std::int64_t frame, const string& name)
{
    return std::any_of(all.markers.begin(), all.markers.end(), [&](const marker& m) { return m.frame == frame && m.name == name; });
}

bool has(const annotations& all, const string& name, const string& value)
{
    return std::any_of(all.tags.begin(), all.tags.end(), [&](const text_tag& tag) { return tag.name == name && tag.value == value; });
}

}   // namespace

TEST_CASE("The chunks that a FLAC keeps of a WAV are read as those of a WAV")
{
    const auto all = annotations_of(of_wav());
    CHECK(has(all, "TITLE", "Side A"));
    CHECK(has(all, "DESCRIPTION", "Side A"));
    CHECK(has(all, "CODING_HISTORY", history.substr(0, history.size() - 2)));
    CHECK(has(all, "ALBUM", "Own"));
    CHECK(all.markers.size() == 2);
    CHECK(is_marked(all, 44'100, "Band 1"));
    auto applied = of_wav();
    applied.chunks.push_back(block("riff" + chunks::riff("LIST", "INFO" + chunks::riff("ICMT", text_of(riaa) + '\0'))));
    CHECK(curve_on_record(annotations_of(applied)) == riaa.curve);
}

TEST_CASE("From FLAC to FLAC the kept chunks say what was done, their positions move, and the way back to WAV stays open")
{
    const auto stored = processed(of_wav(), container::flac);
    CHECK(stored.left_out.empty());
    CHECK(stored.unmoved.empty());
    const auto& blocks = stored.chunks;
    CHECK(kept(blocks, "riffbext").find(text_of(riaa)) != string::npos);
    CHECK(kept(blocks, "riffLIST").find(text_of(riaa)) != string::npos);
    CHECK(kept(blocks, "riffiXML") == "riff" + chunks::riff("iXML", "<BWFXML/>"));
    CHECK(kept(blocks, "riffcue ") == "riff" + chunks::riff("cue ", chunks::cue({{7, 22'050, {}}, {9, 110'250, {}}})));
    CHECK(kept(blocks, "rifffmt ") == "riff" + chunks::riff("fmt ", wave_format(2, 16)));
    const auto is_sound = [](const chunk& some) { return kept({some}, "riffdata") == "riff" + sound; };
    CHECK(std::count_if(blocks.begin(), blocks.end(), is_sound) == 1);
    CHECK(is_sound(blocks.back()));
    const auto again = annotations_of(about(file_kind::flac, blocks));
    CHECK(curve_on_record(again) == riaa.curve);
    CHECK(std::count_if(again.tags.begin(), again.tags.end(), [](const text_tag& tag) { return tag.value == text_of(riaa); }) == 1);
}

TEST_CASE("Chunks that a FLAC keeps are chunks again in a file of their kind, with what the FLAC says itself")
{
    const auto to = GENERATE(values({container::wav, container::wave64}));
    const auto stored = processed(of_wav(), to);
    CHECK(stored.left_out.empty());
    CHECK(content(stored.chunks, "bext").find(text_of(riaa)) != string::npos);
    CHECK(content(stored.chunks, "iXML") == "<BWFXML/>");
    CHECK(content(stored.chunks, "cue ") == chunks::cue({{7, 22'050, {}}, {9, 110'250, {}}}));
    CHECK(content(stored.chunks, "LIST", "adtl") == chunks::labels(bands));
    CHECK(content(stored.chunks, "fmt ").empty());
    const auto all = annotations_of(about(file_kind::wav, stored.chunks));
    CHECK(has(all, "ALBUM", "Own"));
    CHECK(std::count_if(all.tags.begin(), all.tags.end(), [](const text_tag& tag) { return tag.value == text_of(riaa); }) == 1);

    const auto aiff = processed(of_aiff(), container::aiff);
    CHECK(aiff.left_out.empty());
    CHECK(content(aiff.chunks, "NAME") == "Side B");
    CHECK(content(aiff.chunks, "AESD") == string(24, '\0'));
    CHECK(content(aiff.chunks, "MARK").substr(4, 4) == big(24'000, 4));
}

TEST_CASE("Chunks that a FLAC keeps are translated for a file of another kind, and what it cannot hold is named")
{
    const auto from_wav = processed(of_wav(), container::aiff);
    CHECK(from_wav.left_out == std::vector<string>{"iXML"});
    CHECK(content(from_wav.chunks, "NAME") == "Side A");
    CHECK(is_marked(annotations_of(about(file_kind::aiff, from_wav.chunks)), 22'050, "Band 1"));
    const auto from_aiff = processed(of_aiff(), container::wav);
    CHECK(from_aiff.left_out == std::vector<string>{"AESD"});
    CHECK(is_marked(annotations_of(about(file_kind::wav, from_aiff.chunks)), 24'000, "Start"));
}

TEST_CASE("A kept chunk that is cut is left out and named, and one of an AIFF tells the frames of the output")
{
    auto some = of_wav();
    some.chunks.push_back(block("riffcart" + little(2'048, 4) + "0101"));
    CHECK(processed(some, container::flac).left_out == std::vector<string>{"cart in APPLICATION"});
    const auto common = kept(processed(of_aiff(), container::flac).chunks, "aiffCOMM");
    CHECK(common.substr(12, 8) == big(2, 2) + big(240'000, 4) + big(16, 2));
}
