// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/snapshot.hpp"
#include "support/sound_files.hpp"
#include "support/sounds.hpp"

/// Files whose header and length contradict each other, and those that only seem to, as the command's user meets them.
namespace {

using namespace programs;
using namespace sound_files;

constexpr std::size_t frames = 44'100;   // a second

void put(const workshop& shop, const string& name, const string& bytes) { std::ofstream(shop / name, std::ios::binary) << bytes; }

/// The size of the sound's chunk becomes another one; a number of content bytes, of those that the format counts.
string with_size(const file& made, std::uint64_t content)
{
    auto changed = made;
    const auto counted = content + (made.with.guid ? 24 : 0);
    changed.chunks[made.sound].replace(made.size_at(), static_cast<std::size_t>(made.with.size_bytes), made.with.size(counted));
    return changed.bytes();
}

/// Refused in one line that says both, with the way out; every file stays as it was.
void refused(const workshop& shop, const string& name, const std::vector<string>& says)
{
    INFO(name);
    const auto before = all_contents(shop);
    const auto done = attempt(shop, "equalise " + name + " refused.wav --curve riaa");
    INFO(done.err);
    CHECK(done.status == 2);
    CHECK(done.err.find('\n') == done.err.size() - 1);
    for (const auto& words : says) CHECK(done.err.find(words) != string::npos);
    CHECK(done.err.find("--recover") != string::npos);
    CHECK(changes(before, all_contents(shop)).empty());
}

/// With --recover it is played to so many frames, and a warning says what was assumed.
void recovers(const workshop& shop, const string& name, std::size_t wanted)
{
    INFO(name);
    const auto done = attempt(shop, "equalise " + name + " recovered.wav --curve riaa --recover");
    INFO(done.err);
    REQUIRE(done.status == 0);
    CHECK(done.err.starts_with("phono: warning: " + name + ": "));
    CHECK(read(shop / "recovered.wav").samples.size() == 2 * wanted);
    fs::remove(shop / "recovered.wav");
}

void plays(const workshop& shop, const string& input, std::size_t wanted, int channels = 2)
{
    INFO(input);
    run(shop, "equalise " + input + " played.wav --curve riaa --format double");
    CHECK(read(shop / "played.wav").samples.size() == static_cast<std::size_t>(channels) * wanted);
    fs::remove(shop / "played.wav");
}

const string& sound()
{
    static const string bytes = samples_16(frames);
    return bytes;
}

}   // namespace

TEST_CASE("A file that is longer than its header says is refused with both lengths, and --recover takes all of it")
{
    const workshop shop;
    for (const string kind : kinds) {
        if (kind == "rf64" || kind == "bw64") continue;   // their size is in ds64
        const auto made = of_kind(kind, sound());
        put(shop, kind, with_size(made, made.in_front + sound().size() / 2));
        refused(shop, kind, {"88200 bytes (0.500 s)", "176400 bytes (1.000 s)"});
        recovers(shop, kind, frames);
        auto marked = made;   // chunks behind the sound are no sound
        marked.chunks.push_back(made.with.chunk("LIST", string(101, 'x')));
        put(shop, kind, with_size(marked, made.in_front + sound().size() / 2));
        recovers(shop, kind, frames);
    }
    auto stale = of_kind("rf64", sound());
    stale.chunks[0].replace(16, 8, little(sound().size() / 2, 8));
    put(shop, "stale.rf64", stale.bytes());
    refused(shop, "stale.rf64", {"88200 bytes (0.500 s)", "176400 bytes (1.000 s)"});
    recovers(shop, "stale.rf64", frames);
}

TEST_CASE("A size that 32 bits could not hold is refused with both lengths")
{
    const workshop shop;
    const auto made = of_kind("wav", sound());
    put(shop, "long.wav", with_size(made, sound().size() * 4));
    fs::resize_file(shop / "long.wav", made.samples_at() + (std::uint64_t{1} << 32) + sound().size() * 4);   // sparse
    const auto done = attempt(shop, "equalise long.wav out.wav --curve riaa");
    CHECK(done.status == 2);
    CHECK(done.err.find("705600 bytes (4.000 s)") != string::npos);
    CHECK(done.err.find("4295672896 bytes (6:45:52)") != string::npos);
    CHECK(done.err.find("--recover") != string::npos);
    CHECK(shop.names() == std::set<string>{"long.wav"});
}

TEST_CASE("A size of 0 is refused with the bytes that follow, and --recover takes them")
{
    const workshop shop;
    for (const string kind : {"wav", "w64", "aiff", "aifc", "caf"}) {
        put(shop, kind, with_size(of_kind(kind, sound()), 0));
        refused(shop, kind, {" 0 bytes", "176400 bytes (1.000 s)"});
        recovers(shop, kind, frames);
    }
}

TEST_CASE("A file that was cut is refused with both lengths, whatever its container and however much stands before the sound")
{
    const workshop shop;
    for (const string kind : kinds)
        for (const std::size_t text : {std::size_t{0}, std::size_t{5000}}) {
            auto made = of_kind(kind, sound());
            if (text > 0)
                made.chunks.insert(made.chunks.begin() + static_cast<std::ptrdiff_t>(made.sound++),
                                   made.with.chunk("LIST", string(text, 'x')));
            put(shop, kind, made.bytes().substr(0, made.samples_at() + 44'102));
            refused(shop, kind, {"truncated", "176400 bytes (1.000 s)", "44102 bytes (0.250 s)"});
            recovers(shop, kind, 11'025);
        }
    auto music = noise(0.5, 44'100, 2, 1.0);
    music.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_24;
    write(shop / "whole.flac", music);
    put(shop, "cut.flac", contents(shop / "whole.flac").substr(0, fs::file_size(shop / "whole.flac") / 2));
    refused(shop, "cut.flac", {"truncated", "44100 frames (1.000 s)"});
    CHECK(attempt(shop, "equalise cut.flac out.wav --curve riaa --recover").status == 0);
    music.format = SF_FORMAT_OGG | SF_FORMAT_VORBIS;
    write(shop / "whole.ogg", music);
    plays(shop, "whole.ogg", frames);
    put(shop, "cut.ogg", contents(shop / "whole.ogg").substr(0, fs::file_size(shop / "whole.ogg") / 2));
    refused(shop, "cut.ogg", {"truncated"});
    music.format = SF_FORMAT_WAV | SF_FORMAT_ULAW;
    write(shop / "whole.wav", music);
    plays(shop, "whole.wav", frames);
    put(shop, "cut.wav", contents(shop / "whole.wav").substr(0, fs::file_size(shop / "whole.wav") / 2));
    refused(shop, "cut.wav", {"truncated", "88200 bytes (1.000 s)"});
}

TEST_CASE("RF64 whose 32 bits say something else than ds64 plays the length that fits the file")
{
    const workshop shop;
    for (const string kind : {"rf64", "bw64"})
        for (const std::uint32_t size : {0x0000'ffffu, 0u, 0x00ff'ffffu, 176'400u}) {
            put(shop, kind, with_size(of_kind(kind, sound()), size));
            plays(shop, kind, frames);
        }
}

TEST_CASE("The largest numbers, which those who write to pipes announce, are no lengths")
{
    const workshop shop;
    struct recorder {
        const char* name;
        std::uint32_t size;
        int bytes, channels;
    };
    for (const auto& one :
         {recorder{"ffmpeg", 0xffff'ffff, 3, 2}, recorder{"SoX, 24 bits", 2'147'479'548, 3, 2}, recorder{"SoX", 0x7fff'f000, 2, 2},
          recorder{"arecord", 0x8000'0000, 3, 2}, recorder{"GStreamer", 0x7fff'0000, 2, 1}, recorder{"31 bits", 0x7fff'ffff, 2, 2},
          recorder{"31 bits, of frames", 0x7fff'fffc, 2, 2}, recorder{"32 bits, of frames of 6", 0xffff'fffc, 3, 2},
          recorder{"31 bits less the header", 0x7fff'ffff - 36, 2, 2}, recorder{"32 bits less the header", 0xffff'ffff - 44, 2, 2},
          recorder{"32 bits less a page", 0xffff'f000, 4, 2}}) {
        INFO(one.name);
        const auto frame = static_cast<std::size_t>(one.bytes * one.channels);
        const auto made = wave("wav", wave_format(1, one.channels, 44'100, one.bytes, 8 * one.bytes), string(1000 * frame, 'x'), frame);
        put(shop, "stream.wav", with_size(made, one.size));
        plays(shop, "stream.wav", 1000, one.channels);
        plays(shop, "- < stream.wav", 1000, one.channels);
    }
    // A recorder that begins a new file below 2 or 4 GiB announces what it has written.
    for (const std::uint32_t size : {2'147'000'000u, 0x7fff'8000u, 0x7fff'fe00u, 4'294'000'000u, 0xffff'8000u}) {
        put(shop, "split.wav", with_size(of_kind("wav", sound()), size));
        refused(shop, "split.wav", {"truncated", std::to_string(size) + " bytes"});
    }
    auto rf64 = of_kind("rf64", sound());   // ffmpeg -rf64 always into a pipe
    rf64.chunks[0].replace(8, 24, string(24, '\0'));
    put(shop, "r.wav", rf64.bytes());
    plays(shop, "r.wav", frames);
    put(shop, "stream.caf", with_size(of_kind("caf", sound()), ~std::uint64_t{0}));
    plays(shop, "stream.caf", frames);
    put(shop, "stream.w64", with_size(of_kind("w64", sound()), (~std::uint64_t{0} >> 1) - 24));
    plays(shop, "stream.w64", frames);
    put(shop, "stream.aiff", with_size(of_kind("aiff", sound()), 0x7f00'0008));   // SoX
    plays(shop, "stream.aiff", frames);
}

TEST_CASE("The same samples come from a file, from standard input, from a FIFO and from a pipe of unknown length")
{
    const workshop shop;
    for (const string kind : kinds) {
        INFO(kind);
        auto made = of_kind(kind, sound());
        made.chunks.push_back(made.with.chunk("LIST", "behind"));
        put(shop, "in", made.bytes());
        const string how = " --curve riaa --gain -20";
        CHECK(attempt(shop, "equalise in a.wav" + how).status == 0);
        CHECK(attempt(shop, "equalise - b.wav" + how + " < in").status == 0);
        CHECK(shop.run("cat in | " + phono_command + "equalise - c.wav" + how).status == 0);
        CHECK(shop.run("mkfifo f; cat in > f & " + phono_command + "equalise f d.wav" + how + "; rm f").status == 0);
        put(shop, "unknown", with_size(of_kind(kind, sound()), kind == "rf64" || kind == "bw64" ? 0xffff'ffff : 0));
        auto bytes = contents(shop / "unknown");
        if (kind != "caf") bytes.replace(kind == "w64" ? 16 : 4, kind == "w64" ? 8 : 4, string(kind == "w64" ? 8 : 4, '\0'));
        put(shop, "unknown", bytes);
        CHECK(shop.run("cat unknown | " + phono_command + "equalise - e.wav --curve riaa --gain -20").err.empty());
        for (const char* name : {"b.wav", "c.wav", "d.wav", "e.wav"}) CHECK(read(shop / name).samples == read(shop / "a.wav").samples);
    }
    const auto cut = of_kind("wav", sound()).bytes().substr(0, 100'000);
    put(shop, "cut", cut);
    const auto done = shop.run("cat cut | " + phono_command + "equalise - cut.wav --curve riaa --gain -20");
    CHECK(done.status == 2);
    CHECK(done.err.find("standard input: truncated: its header announces 176400 bytes (1.000 s)") != string::npos);
    CHECK_FALSE(fs::exists(shop / "cut.wav"));
}

TEST_CASE("FLAC of every depth is decoded to the last bit, its end and its checksum are checked")
{
    if (std::system("flac --version > /dev/null 2>&1") != 0) {
        WARN("flac is not installed");
        return;
    }
    const workshop shop;
    for (const int bits : {8, 16, 20, 24, 32}) {
        INFO(bits << " bits");
        const int bytes = (bits + 7) / 8;
        string samples;
        for (int i = 0; i < 2000; ++i) {
            const auto value = static_cast<std::int64_t>(std::sin(0.05 * i) * std::ldexp(0.7, bits - 1));
            samples += little(static_cast<std::uint64_t>(value + (bits == 8 ? 128 : 0)) << (8 * bytes - bits), bytes);
        }
        put(shop, "in.wav",
            wave("wav", wave_format(1, 1, 48'000, bytes, 8 * bytes, bits, 4), samples, static_cast<std::size_t>(bytes)).bytes());
        const auto made = shop.run("flac -s -f in.wav");
        if (made.status != 0 && bits == 32) continue;   // flac before 1.4
        REQUIRE(made.status == 0);
        run(shop, "equalise in.wav a.wav --curve riaa --format double");
        run(shop, "equalise in.flac b.wav --curve riaa --format double");
        CHECK(read(shop / "a.wav").samples == read(shop / "b.wav").samples);
    }
    CHECK(shop.run("head -c 0 /dev/zero | flac -s -f -c --force-raw-format --endian=little --sign=signed --channels=2 --bps=16 "
                   "--sample-rate=44100 - > empty.flac")
              .status == 0);
    const auto empty = attempt(shop, "equalise empty.flac out.wav --curve riaa");
    CHECK(empty.status == 2);
    CHECK(empty.err.find("empty.flac: holds no samples") != string::npos);

    auto music = noise(0.5, 44'100, 2, 1.0);
    music.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
    write(shop / "whole.flac", music);
    auto changed = contents(shop / "whole.flac");
    changed[30] = static_cast<char>(changed[30] ^ 1);   // of the checksum
    put(shop, "checksum.flac", changed);
    refused(shop, "checksum.flac", {"differs from the checksum"});
    changed = contents(shop / "whole.flac");
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 0x10);
    put(shop, "frame.flac", changed);
    refused(shop, "frame.flac", {"damaged at 0."});
    recovers(shop, "frame.flac", frames);
    put(shop, "tagged.flac",
        "ID3" + string{"\x04\0\0\0\0\0\x0a", 7} + string(10, 'x') + contents(shop / "whole.flac") + "TAG" + string(125, ' '));
    for (const string in : {"tagged.flac", "- < tagged.flac"}) {
        const auto done = attempt(shop, "equalise " + in + " tagged.wav --curve riaa --format double");
        CHECK(done.status == 0);
        CHECK(done.err.find("not carried over, since it stands behind the sound: TAG") != string::npos);
        CHECK(read(shop / "tagged.wav").samples.size() == 2 * frames);
    }
    put(shop, "twice.flac", contents(shop / "whole.flac") + contents(shop / "whole.flac"));
    refused(shop, "twice.flac", {"another stream begins"});
    recovers(shop, "twice.flac", 2 * frames);
}
