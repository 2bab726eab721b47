// SPDX-License-Identifier: BSL-1.0
#include "support/chunks.hpp"
#include "support/command.hpp"
#include "support/reading.hpp"
#include "support/sounds.hpp"

#include <taglib/apetag.h>
#include <taglib/attachedpictureframe.h>
#include <taglib/chapterframe.h>
#include <taglib/flacpicture.h>
#include <taglib/id3v1tag.h>
#include <taglib/id3v2tag.h>
#include <taglib/mpegfile.h>
#include <taglib/opusfile.h>
#include <taglib/tpropertymap.h>
#include <taglib/vorbisfile.h>
#include <taglib/xiphcomment.h>

/// What Ogg and MP3, of which only the sound is read, carry beside it.
namespace {

using namespace programs;
using chunks::big;
using std::string;

constexpr auto riaa = " --curve riaa --gain -20";

// Writes what libsndfile can; one built without an encoder for MP3 cannot.
bool write_compressed(const workshop& shop, const string& name, int format)
{
    SF_INFO info{};
    info.samplerate = 48'000;
    info.channels = 2;
    info.format = format;
    if (sf_format_check(&info) == 0) return false;
    auto sound = noise(0.1, 48'000, 2, 2.0);
    sound.format = format;
    write(shop / name, sound);
    return true;
}

template <typename File>
void tag_xiph(const fs::path& path, const std::vector<std::pair<string, string>>& texts)
{
    File file{path.c_str(), false};
    for (const auto& [name, value] : texts) file.tag()->addField(name, value, false);
    auto* const picture = new TagLib::FLAC::Picture;   // which the tag takes over
    picture->setMimeType("image/png");
    picture->setData("no picture");
    file.tag()->addPicture(picture);
    REQUIRE(file.save());
}

// The times in milliseconds and the places in bytes of a chapter: how a tag of ID3v2 has it.
string chapter(std::uint64_t begin, std::uint64_t end)
{
    return string{"ch1\0", 4} + big(begin, 4) + big(end, 4) + big(0xFFFF'FFFF, 4) + big(0xFFFF'FFFF, 4);
}

void tag_mp3(const fs::path& path)
{
    using TagLib::MPEG::File;
    File file{path.c_str(), false};
    auto& tag = *file.ID3v2Tag(true);
    tag.setTitle("A title of more than the thirty characters of ID3v1");
    auto* const picture = new TagLib::ID3v2::AttachedPictureFrame;   // which the tag takes over, as the chapter
    picture->setMimeType("image/png");
    picture->setPicture("no picture");
    tag.addFrame(picture);
    tag.addFrame(new TagLib::ID3v2::ChapterFrame{TagLib::ByteVector{"ch1", 4}, 500, 1'000, 0xFFFF'FFFF, 0xFFFF'FFFF});
    auto& old = *file.ID3v1Tag(true);
    old.setTitle("A title of more than the thirt");
    old.setArtist("Ann");
    auto& ape = *file.APETag(true);
    ape.setTitle("Another title");
    ape.addValue("CATALOGNUMBER", "8240");
    ape.addValue("MP3GAIN_MINMAX", "0,255");
    ape.setData("COVER ART (FRONT)", "no picture");
    REQUIRE(file.save(File::AllTags, File::StripNone, TagLib::ID3v2::v4, File::DoNotDuplicate));
}

}   // namespace

TEST_CASE("Texts, pictures and chapters of Ogg Vorbis and Opus go over, and the chapters move")
{
    const bool is_opus = GENERATE(false, true);
    const workshop shop;
    REQUIRE(write_compressed(shop, "in.ogg", SF_FORMAT_OGG | (is_opus ? SF_FORMAT_OPUS : SF_FORMAT_VORBIS)));
    const std::vector<std::pair<string, string>> texts{
        {"TITLE", "Band"}, {"CHAPTER001", "00:00:01.000"}, {"CHAPTER001NAME", "Two"}, {"COMMENT", "x"}};
    if (is_opus) tag_xiph<TagLib::Ogg::Opus::File>(shop / "in.ogg", texts);
    else tag_xiph<TagLib::Ogg::Vorbis::File>(shop / "in.ogg", texts);
    run(shop, string{"equalise in.ogg out.flac"} + riaa);
    const auto blocks = chunks::blocks(contents(shop / "out.flac"));
    CHECK(chunks::content(blocks, "6").find("no picture") != string::npos);
    for (const char* text : {"TITLE=Band", "COMMENT=x", "CHAPTER001=00:00:01.000", "CHAPTER001NAME=Two"})
        CHECK(chunks::content(blocks, "4").find(text) != string::npos);
    run(shop, string{"equalise in.ogg out.wav --speed 2/1 --resample"} + riaa);
    const auto all = chunks::parts(contents(shop / "out.wav"));
    CHECK(chunks::content(all, "cue ") == chunks::cue({{1, 24'000, ""}}));
    CHECK(chunks::content(all, "LIST", "adtl") == chunks::labels({{1, 0, "Two"}}));
    CHECK(chunks::content(all, "id3 ").find("no picture") != string::npos);
    CHECK(chunks::content(all, "id3 ").find("CHAPTER001") == string::npos);
}

TEST_CASE("The ID3v2 tag of an MP3 goes over into WAV and AIFF, its picture into FLAC, and of other tags what it does not say")
{
    const workshop shop;
    if (!write_compressed(shop, "in.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)) {
        WARN("this libsndfile writes no MP3");
        return;
    }
    tag_mp3(shop / "in.mp3");
    const auto others = "MP3GAIN figures, APE TITLE, APE COVER ART (FRONT)";   // those of APE that do not go over
    const string kind = GENERATE("wav", "aiff", "flac");
    const auto done = attempt(shop, "equalise in.mp3 out." + kind + riaa);
    INFO(done.err);
    CHECK(done.status == 0);
    const auto file = contents(shop / ("out." + kind));
    const auto all = kind == "flac" ? chunks::blocks(file) : chunks::parts(file);
    const auto tag = chunks::content(all, kind == "flac" ? "4" : kind == "wav" ? "id3 " : "ID3 ");
    for (const char* text : {"A title of more than the thirty characters of ID3v1", "Ann", "8240"}) CHECK(tag.find(text) != string::npos);
    CHECK(tag.find("Another title") == string::npos);
    if (kind == "flac") {
        CHECK(chunks::content(all, "6").find("no picture") != string::npos);
        CHECK(done.err == "phono: warning: out.flac: not carried over: ID3 CHAP, " + string{others} + '\n');
        return;
    }
    CHECK(tag.find("no picture") != string::npos);
    CHECK(tag.find(chapter(500, 1'000)) != string::npos);
    CHECK(done.err == "phono: warning: out." + kind + ": not carried over: " + others + '\n');
    attempt(shop, "equalise in.mp3 fast." + kind + " --speed 2/1 --resample" + riaa);
    CHECK(contents(shop / ("fast." + kind)).find(chapter(250, 500)) != string::npos);
}

TEST_CASE("The texts of an Ogg or an AU on standard input go over where that is a file, and are named where it is a pipe")
{
    const workshop shop;
    REQUIRE(write_compressed(shop, "in.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS));
    tag_xiph<TagLib::Ogg::Vorbis::File>(shop / "in.ogg", {{"TITLE", "Band"}});
    const auto equalise = phono_command + "equalise - out.wav" + riaa;
    const auto from_file = shop.run(equalise + " < in.ogg");
    CHECK(from_file.status == 0);
    CHECK(from_file.err.empty());
    CHECK(contents(shop / "out.wav").find("Band") != string::npos);
    fs::remove(shop / "out.wav");
    const auto from_pipe = shop.run("cat in.ogg | " + equalise);
    CHECK(from_pipe.status == 0);
    const string named =
        "phono: warning: out.wav: not carried over: the texts that a file of its kind may have, which phono does not read from a pipe\n";
    CHECK(from_pipe.err == named);
    fs::remove(shop / "out.wav");
    auto sound = noise(0.1, 48'000, 2, 0.1);
    sound.format = SF_FORMAT_AU | SF_FORMAT_PCM_16;
    write(shop / "in.au", sound);
    CHECK(shop.run("cat in.au | " + equalise).err == named);
}

TEST_CASE("Positions that stay are warned of in one line, in files that were brought to another speed")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 2, 0.5, wav_16));
    chunks::append(shop / "in.wav", chunks::riff("iXML", "<BWFXML><SYNC_POINT_LOW>9</SYNC_POINT_LOW></BWFXML>") +
                                        chunks::riff("_PMX", "<x xmpDM:startTime='9'/>"));
    run(shop, string{"equalise in.wav out.wav"} + riaa);
    fs::remove(shop / "out.wav");
    CHECK(attempt(shop, string{"equalise in.wav out.wav --speed 2/1 --resample"} + riaa).err ==
          "phono: warning: out.wav: positions in iXML, _PMX are those of the input\n");
}

TEST_CASE("The annotation of an AU and the fields of a NIST SPHERE go over as texts")
{
    const workshop shop;
    const string samples(16'000, '\1');
    const auto put = [&](const char* name, const string& bytes) { std::ofstream(shop / name, std::ios::binary) << bytes << samples; };
    const auto au = [](const string& annotation) {
        return ".snd" + big(24 + annotation.size(), 4) + big(16'000, 4) + big(3, 4) + big(44'100, 4) + big(1, 4) + annotation;
    };
    put("ffmpeg.au", au(chunks::field("title=Side A\ntrack=3\nSide A = flat", 40)));
    put("sox.au", au(chunks::field("Side A, flat transfer", 24)));
    put("in.sph", chunks::field("NIST_1A\n   1024\nspeaker_id -s3 Ann\nsample_count -i 8000\nsample_n_bytes -i 2\nchannel_count -i 1\n"
                                "sample_byte_format -s2 01\nsample_rate -i 44100\nsample_coding -s3 pcm\n; flat\nend_head\n",
                                1024));
    const auto all_of = [&](const string& name) {
        attempt(shop, "equalise " + name + " out.flac --overwrite" + riaa);
        return contents(shop / "out.flac");
    };
    const auto by_ffmpeg = all_of("ffmpeg.au");
    for (const auto* text : {"TITLE=Side A", "TRACKNUMBER=3", "COMMENT=Side A = flat"}) CHECK(by_ffmpeg.find(text) != string::npos);
    CHECK(all_of("sox.au").find("COMMENT=Side A, flat transfer") != string::npos);
    const auto by_nist = all_of("in.sph");
    for (const auto* text : {"SPEAKER_ID=Ann", "COMMENT=flat"}) CHECK(by_nist.find(text) != string::npos);
    CHECK(by_nist.find("SAMPLE_COUNT") == string::npos);
}
