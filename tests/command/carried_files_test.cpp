// SPDX-License-Identifier: BSL-1.0
#include "support/chunks.hpp"
#include "support/command.hpp"
#include "support/reading.hpp"
#include "support/sounds.hpp"

#include <phono/version.hpp>

#include <taglib/fileref.h>
#include <taglib/tpropertymap.h>

/// What a recording carries beside its sound, from file to file.
namespace {

using namespace programs;
using chunks::little;
using std::string;

const std::vector<chunks::point> bands{{1, 11'025, "Band 1"}, {2, 22'050, "Band 2"}};
constexpr auto riaa = " --curve riaa --gain -20";
const string note = "phono " PHONO_VERSION "; playback curve RIAA (3180/318/75 us) applied; gain -20.00 dB";

string description()
{
    return chunks::bext("Side A", 44'100, "A=ANALOGUE,M=stereo,T=Technics\r\n")
        .replace(412, 10, "\xFF\x7F\xFF\x7F\xFF\x7F\xFF\x7F\xFF\x7F");
}

// A transfer of one second as an archive has it.
void write_archive_wav(const workshop& shop, const string& name)
{
    write(shop / name, noise(0.1, 44'100, 2, 1.0, wav_16));
    chunks::append(shop / name, chunks::riff("bext", description()) + chunks::riff("iXML", "<BWFXML />") +
                                    chunks::riff("cart", chunks::field("0101", 2048)) +
                                    chunks::riff("LIST", "INFO" + chunks::riff("INAM", string{"Side A\0", 7})) +
                                    chunks::riff("cue ", chunks::cue(bands)) + chunks::riff("LIST", chunks::labels(bands)) +
                                    chunks::riff("_PMX", "<x/>"));
}

void write_flac(const workshop& shop, const string& name, const std::vector<chunks::part>& blocks)
{
    auto sound = noise(0.1, 44'100, 2, 1.0, SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
    write(shop / name, sound);
    chunks::replace_blocks(shop / name, blocks);
}

}   // namespace

TEST_CASE("Everything that a WAV of an archive carries goes over to WAV and RF64")
{
    const string to = GENERATE("out.wav", "out.rf64");
    const workshop shop;
    write_archive_wav(shop, "in.wav");
    run(shop, "equalise in.wav " + to + riaa);
    auto file = contents(shop / to);
    const auto all = chunks::parts(file);
    CHECK(chunks::content(all, "iXML") == "<BWFXML />");
    CHECK(chunks::content(all, "cart") == chunks::field("0101", 2048));
    CHECK(chunks::content(all, "_PMX") == "<x/>");
    CHECK(chunks::content(all, "cue ") == chunks::cue(bands));
    CHECK(chunks::content(all, "LIST", "adtl") == chunks::labels(bands));
    CHECK(chunks::content(all, "bext") == chunks::even(description() + "A=PCM,F=44100,W=16,M=stereo,T=" + note + "\r\n"));
    CHECK(chunks::content(all, "LIST", "INFO") == "INFO" + chunks::riff("INAM", string{"Side A\0", 7}) + chunks::riff("ICMT", note + '\0'));
    CHECK(read(shop / to).samples.size() == 2 * 44'100);
}

TEST_CASE("All comments, pictures, the cue sheet and application blocks of a FLAC go over to FLAC")
{
    const workshop shop;
    const auto cover = chunks::picture("picture");
    const auto sheet = chunks::cue_sheet({0, 22'050}, 44'100);
    write_flac(shop, "in.flac",
               {{"4", chunks::vorbis_comment({"TITLE=Band", "ARTIST=Ann", "ARTIST=Bo", "OWN_NAME=x", "ALBUMARTIST=Trio"})},
                {"6", cover},
                {"5", sheet},
                {"2", "testdata"}});
    run(shop, string{"equalise in.flac out.flac"} + riaa);
    const auto all = chunks::blocks(contents(shop / "out.flac"));
    const auto comments = chunks::content(all, "4");
    const auto texts = comments.substr(4 + chunks::number(comments, 0, 4, false));   // behind the encoder's name
    CHECK(texts ==
          chunks::vorbis_comment({"TITLE=Band", "ARTIST=Ann", "ARTIST=Bo", "OWN_NAME=x", "ALBUMARTIST=Trio", "COMMENT=" + note}).substr(8));
    CHECK(chunks::content(all, "6") == cover);
    CHECK(chunks::content(all, "5") == sheet);
    CHECK(chunks::content(all, "2") == "testdata");
}

TEST_CASE("What another kind of file does not take is named in one line")
{
    const workshop shop;
    write_archive_wav(shop, "in.wav");
    const auto to_flac = attempt(shop, string{"equalise in.wav out.flac"} + riaa);
    CHECK(to_flac.status == 0);
    CHECK(to_flac.err == "phono: warning: out.flac: not carried over: iXML, cart, _PMX\n");
    const auto comments = chunks::content(chunks::blocks(contents(shop / "out.flac")), "4");
    for (const string& text : {string{"TITLE=Side A"}, string{"ORIGINATOR=Archive"}, string{"CHAPTER001NAME=Band 1"}, "COMMENT=" + note})
        CHECK(comments.find(text) != string::npos);
    const auto to_aiff = attempt(shop, string{"equalise in.wav out.aiff"} + riaa);
    CHECK(to_aiff.err == "phono: warning: out.aiff: not carried over: iXML, cart, _PMX\n");
    const auto all = chunks::parts(contents(shop / "out.aiff"));
    CHECK(chunks::content(all, "NAME") == "Side A");
    CHECK(chunks::content(all, "ANNO") == note);
    CHECK(chunks::number(chunks::content(all, "MARK"), 4, 4, true) == 11'025);
}

TEST_CASE("A FLAC's texts and picture stand in the WAV that is made of it")
{
    const workshop shop;
    write_flac(shop, "in.flac",
               {{"4", chunks::vorbis_comment({"TITLE=Band", "ALBUMARTIST=Trio", "LABEL=Verve"})}, {"6", chunks::picture("picture")}});
    run(shop, string{"equalise in.flac out.wav"} + riaa);
    const auto all = chunks::parts(contents(shop / "out.wav"));
    CHECK(chunks::content(all, "LIST", "INFO").find("Band") != string::npos);
    const auto id3 = chunks::content(all, "id3 ");
    for (const char* text : {"Trio", "Verve", "picture", "image/png"}) CHECK(id3.find(text) != string::npos);
}

TEST_CASE("A playback curve on record is a warning, which --again silences and --undo and --inverse do not need")
{
    const string kind = GENERATE("wav", "rf64", "flac", "aiff");
    const workshop shop;
    write(shop / "flat.wav", noise(0.1, 44'100, 2, 0.5, wav_16));
    const string once = "once." + kind;
    run(shop, "equalise flat.wav " + once + riaa);
    const auto twice = attempt(shop, "equalise " + once + " twice." + kind + riaa);
    CHECK(twice.status == 0);
    CHECK(twice.err.starts_with("phono: warning: " + once + ": already has the playback curve RIAA (3180/318/75 us)"));
    CHECK(twice.err.find("; --undo riaa of equalise takes it off, --again silences this\n") != string::npos);
    CHECK(count(twice.err, "\n") == 1);
    run(shop, "equalise " + once + " twice." + kind + riaa + " --again");
    run(shop, "equalise " + once + " other." + kind + " --curve columbia_lp --undo riaa --gain -20");
    run(shop, "equalise " + once + " undone." + kind + " --curve acoustic --undo riaa");
    run(shop, "equalise undone." + kind + " again." + kind + riaa);
    run(shop, "equalise " + once + " cut." + kind + " --curve riaa --inverse");
    run(shop, "equalise cut." + kind + " played." + kind + riaa);
}

TEST_CASE("A file that has another curve than the one that is taken off is warned of")
{
    const workshop shop;
    write(shop / "flat.wav", noise(0.1, 44'100, 2, 0.5, wav_16));
    run(shop, "equalise flat.wav aes.wav --curve aes --gain -20");
    CHECK(attempt(shop, "equalise aes.wav out.wav --undo riaa --curve columbia_lp --gain -20").err ==
          "phono: warning: aes.wav: has the playback curve AES 1951, as it says itself, but RIAA (3180/318/75 us) is taken off; "
          "--again silences this\n");
    run(shop, "equalise aes.wav out.wav --overwrite --undo riaa --curve columbia_lp --gain -20 --again");
    run(shop, "equalise flat.wav riaa.wav" + string{riaa});
    run(shop, "equalise riaa.wav out.wav --overwrite --undo 3180/318/75 --curve columbia_lp --gain -20");
}

TEST_CASE("The same input gives the same file, notes and all")
{
    const workshop shop;
    write_archive_wav(shop, "in.wav");
    for (const char* kind : {"wav", "rf64", "flac", "aiff"}) {
        INFO(kind);
        for (const char* name : {"a.", "b."}) CHECK(attempt(shop, string{"equalise in.wav "} + name + kind + riaa).status == 0);
        CHECK(same_file(shop, string{"a."} + kind, string{"b."} + kind));
    }
}

TEST_CASE("A malformed chunk does not keep a recording from being played")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.1, wav_16));
    chunks::append(shop / "in.wav", chunks::riff("bext", "short") + chunks::riff("cue ", little(4'000'000'000U, 4)) +
                                        chunks::riff("LIST", "INFOINAM\xFF\xFF\xFF\xFFx") + chunks::riff("id3 ", "ID3\x04"));
    const auto done = attempt(shop, string{"equalise in.wav out.wav"} + riaa);
    CHECK(done.status == 0);
    CHECK(done.err == "phono: warning: out.wav: not carried over: 4000000000 markers that its chunk 'cue ' announces and does not hold\n");
    CHECK(chunks::content(chunks::parts(contents(shop / "out.wav")), "bext") == "short");
}

TEST_CASE("The texts of an Ogg, of which only the sound is read, go over too")
{
    const workshop shop;
    SF_INFO info{};
    info.samplerate = 44'100;
    info.channels = 1;
    info.format = SF_FORMAT_OGG | SF_FORMAT_VORBIS;
    open_file ogg{sf_open((shop / "in.ogg").c_str(), SFM_WRITE, &info)};
    REQUIRE(ogg);
    sf_set_string(ogg.get(), SF_STR_TITLE, "Band");
    const auto sound = noise(0.1, 44'100, 1, 0.5);
    REQUIRE(sf_write_double(ogg.get(), sound.samples.data(), 22'050) == 22'050);
    ogg.reset();
    run(shop, string{"equalise in.ogg out.wav --format pcm24"} + riaa);
    CHECK(chunks::content(chunks::parts(contents(shop / "out.wav")), "LIST", "INFO").find("Band") != string::npos);
}

TEST_CASE("Loudness that was measured of an Ogg stays behind and is named")
{
    const workshop shop;
    auto sound = noise(0.1, 44'100, 1, 0.5);
    sound.format = SF_FORMAT_OGG | SF_FORMAT_VORBIS;
    write(shop / "in.ogg", sound);
    {
        TagLib::FileRef file{(shop / "in.ogg").c_str()};
        auto properties = file.file()->properties();
        properties.insert("REPLAYGAIN_TRACK_GAIN", TagLib::StringList{"-7.00 dB"});
        properties.insert("TITLE", TagLib::StringList{"Band"});
        file.file()->setProperties(properties);
        REQUIRE(file.save());
    }
    const auto done = attempt(shop, string{"equalise in.ogg out.flac --format pcm24"} + riaa);
    INFO(done.err);
    CHECK(done.status == 0);
    CHECK(done.err.find("not carried over: REPLAYGAIN figures") != string::npos);
    const auto file = contents(shop / "out.flac");
    CHECK(file.find("TITLE=Band") != string::npos);
    CHECK(file.find("REPLAYGAIN") == string::npos);
}

TEST_CASE("What says which channel is what stays behind where channels are exchanged or mixed")
{
    const auto [options, stays] = GENERATE(table<string, bool>({{"", false}, {" --swap", true}, {" --mono lateral", true}}));
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 2, 0.5, wav_16));
    chunks::append(shop / "in.wav", chunks::riff("chna", string(4, '\0')) + chunks::riff("axml", "<x/>"));
    const auto done = attempt(shop, string{"equalise in.wav out.wav"} + riaa + options);
    INFO(options << '\n' << done.err);
    CHECK(done.status == 0);
    auto file = contents(shop / "out.wav");
    CHECK(chunks::content(chunks::parts(file), "axml").empty() == stays);
    CHECK((done.err.find("not carried over: chna, axml") != string::npos) == stays);
}

TEST_CASE("The loudspeakers of four channels are the same in every container, and in the WAV that is made of it")
{
    constexpr std::uint32_t front_and_back_centre = 0x107;   // not what FLAC takes for granted
    const string extension = GENERATE("wav", "rf64", "w64", "flac", "aif", "caf");
    INFO(extension);
    const workshop shop;
    std::ofstream(shop / "in.wav", std::ios::binary)
        << sound_files::wave("wav", sound_files::wave_format(1, 4, 44'100, 2, 16, 16, front_and_back_centre), string(8'000, '\x01'), 8)
               .bytes();
    const auto speakers = [&](const string& file) { return reading::from_file(contents(shop / file)).about.speakers; };
    REQUIRE(speakers("in.wav") == front_and_back_centre);
    run(shop, "equalise in.wav there." + extension + riaa);
    CHECK(speakers("there." + extension) == front_and_back_centre);
    run(shop, "equalise there." + extension + " back.wav --again" + riaa);
    CHECK(speakers("back.wav") == front_and_back_centre);
}

TEST_CASE("One channel made of two has no loudspeakers of its own")
{
    const workshop shop;
    write_flac(shop, "in.flac", {{"4", chunks::vorbis_comment({"TITLE=Band", "WAVEFORMATEXTENSIBLE_CHANNEL_MASK=0x0030"})}});
    const auto file_with = [&](const string& options) {
        run(shop, string{"equalise in.flac out.flac"} + riaa + options);
        const auto file = contents(shop / "out.flac");
        fs::remove(shop / "out.flac");
        return file;
    };
    CHECK(file_with("").find("CHANNEL_MASK=0x0030") != string::npos);
    const auto mono = file_with(" --mono left");
    CHECK(mono.find("CHANNEL_MASK") == string::npos);
    CHECK(mono.find("TITLE=Band") != string::npos);
}
