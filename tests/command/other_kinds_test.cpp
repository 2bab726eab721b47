// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/snapshot.hpp"
#include "support/sound_files.hpp"
#include "support/sounds.hpp"

#include <algorithm>
#include <cstdint>

/// Kinds of files that libsndfile decodes, where it would end early without a word: none is played short unless that is said.
namespace {

using namespace programs;
using sound_files::big;
using sound_files::little;
using std::string;

bool there_is(const workshop& shop, const string& program)
{
    if (shop.run("command -v " + program).status == 0) return true;
    WARN(program << " is not installed");
    return false;
}

void put(const workshop& shop, const string& name, const string& bytes) { std::ofstream(shop / name, std::ios::binary) << bytes; }

/// Refused in one line that says all of it; every file stays as it was.
void refused(const workshop& shop, const string& name, const std::vector<string>& says, const string& options = "")
{
    INFO(name);
    const auto before = all_contents(shop);
    const auto done = attempt(shop, "equalise '" + name + "' refused.wav --curve riaa " + options);
    INFO(done.err);
    CHECK(done.status == 2);
    CHECK(done.err.find('\n') == done.err.size() - 1);
    for (const auto& words : says) CHECK(done.err.find(words) != string::npos);
    CHECK(changes(before, all_contents(shop)).empty());
}

/// Played to so many frames; the error stream holds these words, or nothing where there are none.
void plays(const workshop& shop, const string& input, std::size_t frames, const std::vector<string>& says = {}, const string& options = "")
{
    INFO(input);
    const auto done = attempt(shop, "equalise " + input + " played.wav --curve riaa --gain -30 " + options);
    INFO(done.err);
    REQUIRE(done.status == 0);
    for (const auto& words : says) CHECK(done.err.find(words) != string::npos);
    if (says.empty()) CHECK(done.err.empty());
    const auto out = read(shop / "played.wav");
    CHECK(out.samples.size() / static_cast<std::size_t>(out.channels) == frames);
    fs::remove(shop / "played.wav");
}

void recovers(const workshop& shop, const string& input, std::size_t frames, const std::vector<string>& says)
{
    plays(shop, input, frames, says, "--recover");
}

// Quiet, then loud: the first frame of a variable bit rate misleads whoever takes it for the average.
void write_swell(const workshop& shop, const string& name)
{
    auto sound = noise(0.3, 44'100, 2, 10.0);
    for (std::size_t i = 0; i < sound.samples.size() / 3; ++i) sound.samples[i] *= 0.003;
    write(shop / name, sound);
}

constexpr std::size_t in_frame = 1152;   // samples of MPEG 1 layer III

// So many frames of MPEG 1 layer III at 44.1 kHz and 128 kbit/s, two channels, that hold nothing.
string silent_mp3(std::size_t frames)
{
    string all;
    for (std::size_t i = 0; i < frames; ++i) all += string{"\xff\xfb\x90\x00", 4} + string(413, '\0');
    return all;
}

// A frame that announces as many, with a list of places and LAME's delay and padding, as LAME writes it.
string lame_frame(std::size_t frames, std::size_t bytes, unsigned delay, unsigned padding)
{
    string frame = string{"\xff\xfb\x90\x00", 4} + string(32, '\0') + "Xing" + big(15, 4) + big(frames, 4) + big(bytes, 4) +
                   string(100, '\0') + big(50, 4) + "LAME3.100" + string(12, '\0') + big(std::uint64_t{delay} << 12 | padding, 3);
    frame.resize(417, '\0');
    return frame;
}

string fraunhofer_frame(std::size_t frames)
{
    string frame = string{"\xff\xfb\x90\x00", 4} + string(32, '\0') + "VBRI" + big(1, 2) + big(0, 4) + big(0, 4) + big(frames, 4);
    frame.resize(417, '\0');
    return frame;
}

string au(std::uint64_t size, const string& samples, bool is_big = true)
{
    const auto field = [&](std::uint64_t value) { return is_big ? big(value, 4) : little(value, 4); };
    return (is_big ? ".snd" : "dns.") + field(28) + field(size) + field(3) + field(44'100) + field(2) + string(4, 't') + samples;
}

std::vector<string> pages_of(const string& ogg)
{
    std::vector<string> pages;
    for (std::size_t at = 0; at < ogg.size(); at += pages.back().size()) {
        const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(ogg.at(at + i))); };
        auto size = 27 + byte(26);
        for (std::size_t i = 0; i < byte(26); ++i) size += byte(27 + i);
        pages.push_back(ogg.substr(at, size));
    }
    return pages;
}

string joined(const std::vector<string>& pages)
{
    string all;
    for (const auto& page : pages) all += page;
    return all;
}

}   // namespace

TEST_CASE("MP3 of any bit rate is played whole, with or without a header that tells its length")
{
    const workshop shop;
    if (!there_is(shop, "ffmpeg")) return;
    write_swell(shop, "in.wav");
    const string make = "ffmpeg -v error -y -i in.wav ";
    // 10 s are 382.8 frames; an encoder adds its delay.
    for (const string options : {"-q:a 4 -write_xing 0", "-q:a 4 -write_xing 0 -id3v2_version 0", "-b:a 128k -write_xing 0",
                                 "-b:a 320k -write_xing 0 -id3v2_version 3 -metadata title=T -write_id3v1 1"}) {
        INFO(options);
        REQUIRE(shop.run(make + options + " a.mp3 && ffmpeg -v error -y -i a.mp3 -c:a pcm_f64le theirs.wav").status == 0);
        const auto theirs = read(shop / "theirs.wav").samples;
        CHECK(theirs.size() % (2 * in_frame) == 0);
        plays(shop, "a.mp3", theirs.size() / 2);
        plays(shop, "- < a.mp3", theirs.size() / 2);
        // The same sound, without the decoder's own delay.
        run(shop, "equalise a.mp3 ours.wav --curve acoustic --overwrite --format double");
        run(shop, "equalise theirs.wav same.wav --curve acoustic --overwrite --format double");
        auto ours = read(shop / "ours.wav").samples, same = read(shop / "same.wav").samples;
        constexpr std::size_t delay = 529;
        same.erase(same.begin(), same.begin() + 2 * delay);
        ours.resize(same.size());
        CHECK(largest_difference(ours, same) < 1e-5);
    }
    // Lower rates have frames of 576.
    REQUIRE(shop.run(make + "-ac 1 -ar 22050 -q:a 4 -write_xing 0 half.mp3 && ffmpeg -v error -y -i half.mp3 -c:a pcm_f64le theirs.wav")
                .status == 0);
    plays(shop, "half.mp3", read(shop / "theirs.wav").samples.size());
    // With LAME's header neither delay nor padding is played.
    REQUIRE(shop.run(make + "-q:a 4 whole.mp3").status == 0);
    plays(shop, "whole.mp3", 441'000);
    // MP2 has no header; its rate is constant.
    REQUIRE(shop.run(make + "-b:a 192k -f mp2 a.mp2").status == 0);
    plays(shop, "a.mp2", 383 * in_frame);
}

TEST_CASE("MP3 that was cut, joined or damaged is refused with both lengths, and --recover takes all that is there")
{
    const workshop shop;
    const auto sound = silent_mp3(100), whole = lame_frame(100, 101 * 417, 1105, 719) + sound;
    constexpr std::size_t heard = 100 * in_frame - 1105 - 719;
    put(shop, "whole.mp3", whole);
    plays(shop, "whole.mp3", heard);
    put(shop, "fraunhofer.mp3", fraunhofer_frame(100) + sound);
    plays(shop, "fraunhofer.mp3", 100 * in_frame);
    put(shop, "cut.mp3", whole.substr(0, 417 * 51 + 100));
    refused(shop, "cut.mp3", {"truncated", "115200 frames (2.612 s)", "57600 frames (1.306 s)", "--recover"});
    recovers(shop, "cut.mp3", 50 * in_frame, {"115200 frames (2.612 s)", "57600 frames (1.306 s)"});
    put(shop, "two sides.mp3", whole + whole);   // the second header is a frame, too
    refused(shop, "two sides.mp3",
            {"115200 frames (2.612 s)", "231552 frames (5.251 s)", "--recover", "ffmpeg -i 'two sides.mp3' 'two sides.mp3.wav'"});
    recovers(shop, "'two sides.mp3'", 201 * in_frame, {"115200 frames (2.612 s)", "231552 frames (5.251 s)"});
    put(shop, "bare.mp3", sound.substr(0, 417 * 50 + 100));
    refused(shop, "bare.mp3", {"truncated", "ends within a frame of MPEG at 1.306 s", "--recover"});
    recovers(shop, "bare.mp3", 50 * in_frame, {"that frame was left out"});
    put(shop, "damaged.mp3", sound.substr(0, 417 * 50) + string(5000, 'x') + sound);
    refused(shop, "damaged.mp3", {"damaged at 1.306 s: 5000 bytes", "--recover"});
    recovers(shop, "damaged.mp3", 150 * in_frame, {"damaged at 1.306 s: 5000 bytes"});
    auto first = "ID3" + string{"\x04\0\0\0\0\x02\0", 7} + string(256, 'x') + sound;
    first[266] = 'x';
    put(shop, "first.mp3", first);
    refused(shop, "first.mp3", {"damaged at 0.000 s: 417 bytes", "--recover"});
    recovers(shop, "first.mp3", 99 * in_frame, {"damaged at 0.000 s: 417 bytes"});
    put(shop, "behind.mp3", sound + string(5000, 'x'));
    refused(shop, "behind.mp3", {"at 2.612 s", "5000 bytes", "--recover", "ffmpeg -i behind.mp3 behind.mp3.wav"});
    recovers(shop, "behind.mp3", 100 * in_frame, {"they were left out"});
}

TEST_CASE("An MP3 that is damaged within its frames is refused, and --recover leaves those frames out")
{
    const workshop shop;
    const auto sound = silent_mp3(100), whole = lame_frame(100, 101 * 417, 1105, 719) + sound;
    auto damaged = whole;
    damaged.replace(417 * 51 + 4, 252, string(252, '\xff'));
    put(shop, "damaged.mp3", damaged);
    refused(shop, "damaged.mp3", {"damaged at 1.306 s: a frame of MPEG there contradicts itself", "--recover"});
    recovers(shop, "damaged.mp3", 99 * in_frame, {"damaged at 1.306 s", "shorter by it"});
    damaged.replace(417 * 71 + 4, 252, string(252, '\xff'));
    put(shop, "twice.mp3", damaged);
    refused(shop, "twice.mp3", {"damaged at 1.306 s and at 1 more places"});
    if (!there_is(shop, "ffmpeg")) return;
    write_swell(shop, "in.wav");
    for (const string options : {"-b:a 128k", "-q:a 2", "-b:a 192k -ac 1", "-b:a 64k -ar 22050", "-b:a 48k -ar 22050 -ac 1"}) {
        INFO(options);
        REQUIRE(shop.run("ffmpeg -v error -y -i in.wav " + options + " a.mp3").status == 0);
        run(shop, "equalise a.mp3 healthy.wav --curve riaa --overwrite");
        auto bytes = contents(shop / "a.mp3");
        const auto head = bytes.find(bytes.substr(bytes.find('\xff', 45), 2), bytes.size() / 2);
        std::uint32_t state = 1;
        for (std::size_t i = 0; i < 100; ++i) bytes[head + 4 + i] = static_cast<char>((state = state * 1'664'525 + 1'013'904'223) >> 24);
        put(shop, "b.mp3", bytes);
        refused(shop, "b.mp3", {"damaged at ", "--recover"});
    }
}

TEST_CASE("What is too short to be a sound file is said to be so, and no file that is there to be missing")
{
    const workshop shop;
    put(shop, "short.mp3", silent_mp3(1).substr(0, 153));
    refused(shop, "short.mp3", {"truncated: ends within its first frame of MPEG"});
    put(shop, "tagged.mp3", "ID3" + string{"\x04\0\0\0\0\0\x0a", 7} + string(10, '\0') + silent_mp3(1).substr(0, 153));
    refused(shop, "tagged.mp3", {"truncated: ends within its first frame of MPEG"});
}

TEST_CASE("Tags in front of, between and behind the frames of an MP3 are no sound")
{
    const workshop shop;
    const auto sound = silent_mp3(50);
    const string in_front = "ID3" + string{"\x04\0\0\0\0\x02\0", 7} + string(256, 'x');
    const string ape_ends = "APETAGEX" + little(2000, 4) + little(100 + 32, 4) + little(1, 4);
    const string ape =
        ape_ends + little(0xa000'0000, 4) + string(8, '\0') + string(100, 'x') + ape_ends + little(0x8000'0000, 4) + string(8, '\0');
    const string lyrics = "LYRICSBEGININD0000211000026LYRICS200", id3_behind = "TAG" + string(125, ' ');
    for (const auto& behind : {id3_behind, ape, ape + id3_behind, lyrics + id3_behind, string(1000, '\0'), in_front}) {
        put(shop, "tagged.mp3", in_front + sound + behind);
        plays(shop, "tagged.mp3", 50 * in_frame);
        put(shop, "tagged.mp3", in_front + sound + behind + sound + behind);
        if (behind.front() != '\0') plays(shop, "tagged.mp3", 100 * in_frame);
    }
}

TEST_CASE("Ogg of several streams, and with pages missing or changed, is refused, and --recover says what it takes")
{
    const workshop shop;
    for (const int codec : {SF_FORMAT_VORBIS, SF_FORMAT_OPUS}) {
        const int rate = codec == SF_FORMAT_OPUS ? 48'000 : 44'100;
        const auto frames = static_cast<std::size_t>(rate) * 10;
        auto music = noise(0.5, rate, 2, 10.0);
        music.format = SF_FORMAT_OGG | codec;
        write(shop / "whole.ogg", music);
        plays(shop, "whole.ogg", frames);
        const auto bytes = contents(shop / "whole.ogg");
        put(shop, "tagged.ogg", bytes + "TAG" + string(125, ' '));
        plays(shop, "tagged.ogg", frames);
        put(shop, "padded.ogg", bytes + string(400, '\0'));
        plays(shop, "padded.ogg", frames);
        put(shop, "junk.ogg", bytes + string(400, 'x'));
        refused(shop, "junk.ogg", {"holds 400 bytes that are no pages", "behind " + std::to_string(bytes.size()) + " bytes", "--recover"});
        recovers(shop, "junk.ogg", frames, {"400 bytes", "they were left out"});
        put(shop, "two.ogg", bytes + bytes);
        refused(shop, "two.ogg", {"holds 2 Ogg streams one behind the other", "10.00", "--recover", "ffmpeg -i two.ogg two.ogg.wav"});
        recovers(shop, "two.ogg", frames, {"the first was taken"});
        auto pages = pages_of(bytes);
        REQUIRE(pages.size() > 8);
        pages.erase(pages.begin() + 5, pages.begin() + 7);
        put(shop, "hole.ogg", joined(pages));
        refused(shop, "hole.ogg", {"damaged at ", "pages of its Ogg stream are missing", "--recover"});
        const auto hole = attempt(shop, "equalise hole.ogg hole.wav --curve riaa --recover");
        CHECK(hole.status == 0);
        CHECK(hole.err.find("pages of its Ogg stream are missing") != string::npos);
        CHECK(hole.err.find(" of " + std::to_string(frames) + " frames (10.000 s)") != string::npos);
        auto changed = bytes;
        changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 0x10);
        put(shop, "changed.ogg", changed);
        refused(shop, "changed.ogg", {"damaged at ", "differ from their checksum", "--recover"});
        put(shop, "cut.ogg", bytes.substr(0, bytes.size() / 2));
        refused(shop, "cut.ogg", {"truncated: the last page", "--recover"});
    }
    if (!there_is(shop, "ffmpeg")) return;
    write(shop / "in.wav", noise(0.5, 44'100, 2, 1.0));
    if (shop.run("ffmpeg -v error -i in.wav -i in.wav -map 0 -map 1 -c:a libvorbis side_by_side.ogg").status != 0) return;
    refused(shop, "side_by_side.ogg", {"several Ogg streams at once", "ffmpeg -i"});
}

TEST_CASE("AU whose header announces less than is there is refused with both lengths, and one that does not know plays to its end")
{
    const workshop shop;
    const auto sound = sound_files::samples_16(44'100);
    for (const bool is_big : {true, false}) {
        put(shop, "whole.au", au(sound.size(), sound, is_big));
        plays(shop, "whole.au", 44'100);
        put(shop, "tagged.au", au(sound.size(), sound, is_big) + "TAG" + string(125, ' '));
        plays(shop, "tagged.au", 44'100);
        for (const std::uint32_t size : {0xffff'ffffu, 0xffff'fffeu, 0x7fff'ffffu, 0u}) {
            put(shop, "stream.au", au(size, sound, is_big));
            plays(shop, "stream.au", 44'100);
        }
        put(shop, "stale.au", au(sound.size() / 2, sound, is_big));
        refused(shop, "stale.au", {"88200 bytes (0.500 s)", "176400 bytes (1.000 s)", "--recover"});
        recovers(shop, "stale.au", 44'100, {"88200 bytes (0.500 s)", "176400 bytes (1.000 s)"});
        put(shop, "cut.au", au(sound.size(), sound.substr(0, 44'100), is_big));
        refused(shop, "cut.au", {"truncated", "176400 bytes (1.000 s)", "44100 bytes (0.250 s)", "--recover"});
        recovers(shop, "cut.au", 11'025, {"176400 bytes (1.000 s)", "44100 bytes (0.250 s)"});
    }
}

TEST_CASE("Of a kind whose length is not checked a warning says so, whole or cut")
{
    const workshop shop;
    for (const int kind : {SF_FORMAT_AVR, SF_FORMAT_IRCAM, SF_FORMAT_MAT4, SF_FORMAT_MAT5, SF_FORMAT_MPC2K, SF_FORMAT_NIST, SF_FORMAT_PAF,
                           SF_FORMAT_PVF, SF_FORMAT_VOC}) {
        INFO(std::hex << kind);
        auto music = noise(0.5, 44'100, 1, 1.0);
        music.format = kind | SF_FORMAT_PCM_16;
        write(shop / "whole", music);
        plays(shop, "whole", 44'100, {"of a kind whose length is not checked", "44100 frames (1.000 s)"});
        put(shop, "cut", contents(shop / "whole").substr(0, fs::file_size(shop / "whole") / 2));
        const auto cut = attempt(shop, "equalise cut out.wav --curve riaa");
        CHECK_FALSE(cut.err.empty());
    }
}

TEST_CASE("What libsndfile cannot read is refused with its words and a way out, whatever the name")
{
    const workshop shop;
    put(shop, "it's a text", "no sound");
    const auto done = attempt(shop, R"(equalise "it's a text" out.wav --curve riaa)");
    CHECK(done.status == 2);
    CHECK(done.err.find("not a sound file that can be read: ") != string::npos);
    CHECK(done.err.find(R"(convert it first: ffmpeg -i 'it'\''s a text' 'it'\''s a text.wav')") != string::npos);
    write(shop / "in.wav", noise(0.5, 44'100, 2, 1.0, wav_16));
    if (there_is(shop, "flac") && shop.run("flac -s --ogg in.wav -o in.oga").status == 0)
        refused(shop, "in.oga", {"in.oga: holds FLAC in Ogg, which phono does not read; decode it first, by flac -d --ogg"});
    if (there_is(shop, "ffmpeg") && shop.run("ffmpeg -v error -i in.wav -c:a alac in.caf").status == 0)
        refused(shop, "in.caf", {"in.caf: not a sound file that can be read: ", "convert it first: ffmpeg -i in.caf in.caf.wav"});
}

TEST_CASE("MP3 in WAV is played whole, and ADPCM in WAV up to the frames that its header counts")
{
    const workshop shop;
    if (!there_is(shop, "ffmpeg") || !there_is(shop, "sox")) return;
    REQUIRE(shop.run("sox -n -r 44100 -b 16 -c 2 side.wav synth 4 sine 1000 gain -12").status == 0);
    REQUIRE(shop.run("ffmpeg -v error -i side.wav -c:a libmp3lame mp3.wav").status == 0);
    plays(shop, "mp3.wav", 155 * 1152);   // the frames that are there
    CHECK(run(shop, "info mp3.wav").find("WAV, MPEG Layer III, 44100 Hz, 2 channels, read as pcm24") != string::npos);
    for (const string coding : {"ima", "ms"}) {
        REQUIRE(shop.run("sox side.wav -e " + coding + "-adpcm " + coding + ".wav").status == 0);
        plays(shop, coding + ".wav", 176'400);
    }
}

TEST_CASE("FLAC in Ogg is refused with the program that decodes it")
{
    const workshop shop;
    put(shop, "in.oga",
        "OggS" + string(22, '\0') +
            "\x01\x33\x7F"
            "FLAC" +
            string(200, '\0'));
    refused(shop, "in.oga", {"in.oga: holds FLAC in Ogg, which phono does not read; decode it first, by flac -d --ogg"});
}
