// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/reading.hpp"

#include <algorithm>
#include <functional>

/// Healthy files of every kind: each sample and each chunk, from disk and from a pipe.
namespace {

using namespace sound_files;
using command::file_kind;

/// Numbers as a file stores them, and what they are.
struct stored {
    string name, bytes;
    file made;
};

constexpr std::array<double, 6> values{0.0, 0.5, -0.5, -1.0, 0.25, -0.0078125};   // multiples of 2^-7: every encoding has them
constexpr int rate = 48'000;

std::uint64_t two_complement(double value, int bits) { return static_cast<std::uint64_t>(std::llround(std::ldexp(value, bits - 1))); }

string integers(int bytes, bool is_big, int bits = 0, bool is_unsigned = false)
{
    string all;
    for (const double x : values) {
        auto number = two_complement(x, bits == 0 ? 8 * bytes : bits) << (bits == 0 ? 0 : 8 * bytes - bits);
        if (is_unsigned) number ^= std::uint64_t{1} << (8 * bytes - 1);
        all += is_big ? big(number, bytes) : little(number, bytes);
    }
    return all;
}

string floats(bool is_big, bool is_double)
{
    string all;
    for (const double x : values) {
        const auto bits = is_double ? std::bit_cast<std::uint64_t>(x) : std::bit_cast<std::uint32_t>(static_cast<float>(x));
        all += is_big ? big(bits, is_double ? 8 : 4) : little(bits, is_double ? 8 : 4);
    }
    return all;
}

std::size_t frame_of(int bytes) { return static_cast<std::size_t>(2 * bytes); }

std::vector<std::pair<string, file>> every_encoding()
{
    std::vector<std::pair<string, file>> all;
    for (const string kind : {"wav", "rf64", "bw64", "w64"}) {
        for (const int bytes : {1, 2, 3, 4}) {
            const auto samples = integers(bytes, false, 0, bytes == 1);
            all.emplace_back(kind + " of " + std::to_string(bytes),
                             wave(kind, wave_format(1, 2, rate, bytes, 8 * bytes), samples, frame_of(bytes)));
            all.emplace_back(kind + " extensible of " + std::to_string(bytes),
                             wave(kind, wave_format(1, 2, rate, bytes, 8 * bytes, 8 * bytes, 3), samples, frame_of(bytes)));
        }
        all.emplace_back(kind + " 24 in 32", wave(kind, wave_format(1, 2, rate, 4, 32, 24, 3), integers(4, false, 24), 8));
        all.emplace_back(kind + " 20 in 24", wave(kind, wave_format(1, 2, rate, 3, 24, 20, 3), integers(3, false, 20), 6));
        all.emplace_back(kind + " 12 in 16", wave(kind, wave_format(1, 2, rate, 2, 12), integers(2, false, 12), 4));
        for (const bool is_double : {false, true}) {
            const int bytes = is_double ? 8 : 4;
            all.emplace_back(kind + " float",
                             wave(kind, wave_format(3, 2, rate, bytes, 8 * bytes), floats(false, is_double), frame_of(bytes)));
            all.emplace_back(kind + " extensible float", wave(kind, wave_format(3, 2, rate, bytes, 8 * bytes, 8 * bytes, 3),
                                                              floats(false, is_double), frame_of(bytes)));
        }
    }
    for (const int bytes : {1, 2, 3, 4}) {
        for (const string type : {"", "NONE", "twos"})
            all.emplace_back("aiff " + type + std::to_string(bytes),
                             aiff(type, 2, rate, 8 * bytes, integers(bytes, true), frame_of(bytes)));
        all.emplace_back("aifc sowt" + std::to_string(bytes), aiff("sowt", 2, rate, 8 * bytes, integers(bytes, false), frame_of(bytes)));
        for (const int flags : {0, 2})
            all.emplace_back("caf " + std::to_string(flags) + std::to_string(bytes),
                             caf_file(flags, 2, rate, 8 * bytes, integers(bytes, flags == 0), frame_of(bytes)));
    }
    all.emplace_back("aifc in24", aiff("in24", 2, rate, 24, integers(3, true), 6));
    all.emplace_back("aifc in32", aiff("in32", 2, rate, 32, integers(4, true), 8));
    all.emplace_back("aifc 42ni", aiff("42ni", 2, rate, 24, integers(3, false), 6));
    all.emplace_back("aifc 23ni", aiff("23ni", 2, rate, 32, integers(4, false), 8));
    all.emplace_back("aifc raw", aiff("raw ", 2, rate, 8, integers(1, true, 0, true), 2));
    for (const string type : {"fl32", "FL32"}) all.emplace_back("aifc " + type, aiff(type, 2, rate, 32, floats(true, false), 8));
    for (const string type : {"fl64", "FL64"}) all.emplace_back("aifc " + type, aiff(type, 2, rate, 64, floats(true, true), 16));
    for (const int flags : {1, 3})
        for (const bool is_double : {false, true})
            all.emplace_back("caf float", caf_file(flags, 2, rate, is_double ? 64 : 32, floats(flags == 1, is_double), is_double ? 16 : 8));
    return all;
}

void plays_whole(const string& bytes, std::size_t frames, std::size_t chunks = 0)
{
    for (const bool piped : {false, true}) {
        INFO((piped ? "piped" : "on disk"));
        const auto result = piped ? reading::from_pipe(bytes) : reading::from_file(bytes);
        INFO(result.refused.value_or(""));
        REQUIRE_FALSE(result.refused);
        CHECK(result.assumptions.empty());
        CHECK(result.frames() == frames);
        CHECK(result.about.chunks.size() == chunks);
    }
}

}   // namespace

TEST_CASE("Every encoding of every kind of file is read to the last bit")
{
    for (const auto& [name, made] : every_encoding())
        for (const bool piped : {false, true}) {
            INFO(name << (piped ? ", piped" : ""));
            const auto result = piped ? reading::from_pipe(made.bytes()) : reading::from_file(made.bytes());
            INFO(result.refused.value_or(""));
            REQUIRE_FALSE(result.refused);
            CHECK(result.about.sample_rate == rate);
            CHECK(result.about.channels == 2);
            CHECK(result.about.frames == 3);
            CHECK(std::equal(result.samples.begin(), result.samples.end(), values.begin(), values.end()));
        }
}

TEST_CASE("Samples of 24 bits at the wrong end of 32 are taken from there, and that is said")
{
    // As arecord of alsa-utils 1.2.8 writes them, and as some sound cards hand them over, with zeros above instead of the sign.
    std::vector<double> samples{0.0, 0.0, 0.5, -0.5, -1.0, 0.25, -0.0078125, 0x1p-23, -0x1p-23, 1'035'632 * 0x1p-23};
    for (const string kind : {"wav", "w64"})
        for (const bool with_sign : {true, false}) {
            string lower;
            for (const double x : samples) lower += little(two_complement(x, 24) & (with_sign ? 0xffff'ffff : 0xff'ffff), 4);
            const auto made = wave(kind, wave_format(1, 2, rate, 4, 24), lower, 8);
            for (const bool piped : {false, true}) {
                INFO(kind << (piped ? ", piped" : "") << (with_sign ? ", sign above" : ", zeros above"));
                const auto result = piped ? reading::from_pipe(made.bytes()) : reading::from_file(made.bytes());
                INFO(result.refused.value_or(""));
                REQUIRE_FALSE(result.refused);
                CHECK(result.samples == samples);
                REQUIRE(result.assumptions.size() == 1);
                CHECK(result.assumptions[0].starts_with("its samples of 24 bits stand at the lower end of 32"));
                CHECK(result.about.format == command::sample_format::pcm24);
            }
        }
    // At the upper end nothing is assumed, be they ever so quiet.
    for (const double loudest : {0.5, 0x1p-9}) {
        string upper;
        for (const double x : samples) upper += little(two_complement(std::floor(x * loudest * 0x1p23) * 0x1p-23, 24) << 8, 4);
        const auto result = reading::from_file(wave("wav", wave_format(1, 2, rate, 4, 24), upper, 8).bytes());
        CHECK(result.assumptions.empty());
        CHECK(result.samples.at(4) == -loudest);
    }
}

TEST_CASE("A file joined behind another is not dropped: refused, or the first alone with --recover")
{
    for (const string kind : {"wav", "rf64", "w64", "aiff", "aifc", "caf"}) {
        INFO(kind);
        const auto one = of_kind(kind, samples_16(100)).bytes();
        for (const bool piped : {false, true}) {
            const auto both = piped ? reading::from_pipe(one + one) : reading::from_file(one + one);
            REQUIRE(both.refused);
            INFO(*both.refused);
            CHECK(both.refused->find("--recover") != string::npos);
        }
        if (kind == "caf" || kind == "rf64") continue;   // the second is no chunk: taken as sound
        const auto first = reading::from_file(one + one, true);
        CHECK(first.frames() == 100);
        CHECK(first.assumptions.size() == 1);
    }
}

TEST_CASE("Chunks of Wave64 that no other file has are passed over and named, before the sound and behind it")
{
    const string summary_list{"\xbc\x94\x5f\x92\x5a\x52\xd2\x11\x86\xdc\x00\xc0\x4f\x8e\xdb\x8a", 16};
    const string marker_list{"\x56\x62\xf7\xab\x2d\x39\xd2\x11\x86\xc7\x00\xc0\x4f\x8e\xdb\x8a", 16};
    for (const auto& [guid, name] : {std::pair{summary_list, "summary list"}, std::pair{marker_list, "marker list"}})
        for (const bool in_front : {true, false}) {
            auto made = of_kind("w64", samples_16(100));
            made.chunks.insert(in_front ? made.chunks.begin() : made.chunks.end(), guid + little(32, 8) + "12345678");
            const auto result = reading::from_file(made.bytes());
            INFO(result.refused.value_or(""));
            REQUIRE_FALSE(result.refused);
            CHECK(result.frames() == 100);
            REQUIRE(result.assumptions.size() == 1);
            CHECK(result.assumptions[0] == "its chunk '" + string{name} + "', which is Wave64's own, is left out");
        }
}

TEST_CASE("A chunk of whatever identifier is told from sound by sizes that add up, and named")
{
    const string guid{"\x56\x62\xf7\xac\x2d\x39\xd2\x11\x86\xc7\x00\xc0\x4f\x8e\xdb\x8a", 16};
    const string guid_of_letters = "abcdefghijklmnop";
    const auto name_of = [&](const string& kind, bool of_letters) {
        if (kind != "w64") return "{A96E616D}";
        return of_letters ? "{64636261-6665-6867-696A-6B6C6D6E6F70}" : "{ACF76256-392D-11D2-86C7-00C04F8EDB8A}";
    };
    for (const string kind : {"wav", "w64", "aiff", "caf"})
        for (const bool of_letters : {false, true})
            for (const bool in_front : {true, false})
                for (const bool piped : {false, true}) {
                    if (of_letters && kind != "w64") continue;
                    INFO(kind << (in_front ? ", in front" : ", behind") << (piped ? ", piped" : ""));
                    auto made = of_kind(kind, samples_16(100));
                    const auto odd = kind == "w64" ? (of_letters ? guid_of_letters : guid) + little(32, 8) + "12345678"
                                                   : made.with.chunk("\xA9nam", "123456");
                    made.chunks.insert(in_front ? made.chunks.begin() : made.chunks.end(), odd);
                    if (!in_front) made.chunks.push_back(made.with.chunk("LIST", "behind"));
                    const auto result = piped ? reading::from_pipe(made.bytes()) : reading::from_file(made.bytes());
                    INFO(result.refused.value_or(""));
                    REQUIRE_FALSE(result.refused);
                    CHECK(result.frames() == 100);
                    CHECK(result.about.chunks.size() == (in_front ? 0 : 1));
                    CHECK(result.assumptions == std::vector<string>{string{"its chunk "} + name_of(kind, of_letters) +
                                                                    ", whose identifier is not of four letters, is left out"});
                }
    // Sizes that do not add up are those of sound.
    auto longer = of_kind("wav", samples_16(100));
    longer.chunks.push_back("\xA9nam" + little(5, 4) + "123456789abc");
    CHECK(reading::from_file(longer.bytes()).refused);
}

TEST_CASE("Chunks behind a sound of unknown length are no sound, in a pipe either, however long it is")
{
    for (const string kind : {"wav", "w64", "caf", "aiff"})
        for (const std::size_t frames : {std::size_t{100}, std::size_t{400'002}})
            for (const bool with_chunks : {true, false})
                for (const bool piped : {false, true}) {
                    INFO(kind << ' ' << frames << (with_chunks ? ", with chunks" : "") << (piped ? ", piped" : ""));
                    auto made = of_kind(kind, samples_16(frames));
                    const auto most = kind == "caf" || kind == "w64" ? string(8, '\xff') : string(4, '\xff');
                    made.chunks[made.sound].replace(made.size_at(), most.size(), most);
                    if (with_chunks) {
                        made.chunks.push_back(made.with.chunk("LIST", "INFOINAM" + little(6, 4) + string{"Title\0", 6}));
                        made.chunks.push_back(made.with.chunk("iXML", "<BWFXML/>"));
                    }
                    const auto bytes = made.bytes();
                    const auto result = piped ? reading::from_pipe(bytes) : reading::from_file(bytes);
                    INFO(result.refused.value_or(""));
                    REQUIRE_FALSE(result.refused);
                    CHECK(result.frames() == frames);
                    CHECK(result.about.chunks.size() == (with_chunks ? 2 : 0));
                    CHECK(result.assumptions.empty());
                }
}

TEST_CASE("A format whose block and bytes per second contradict each other is refused with both numbers")
{
    auto format = wave_format(1, 2, 44'100, 2, 16);
    format.replace(12, 2, little(6, 2));
    for (const string kind : {"wav", "w64"}) {
        const auto result = reading::from_file(wave(kind, format, samples_16(300), 4).bytes());
        REQUIRE(result.refused);
        CHECK(result.refused->find("blocks of 6 bytes") != string::npos);
        CHECK(result.refused->find("176400 bytes per second") != string::npos);
    }
    format.replace(8, 4, little(0, 4));   // tells nothing
    CHECK_FALSE(reading::from_file(wave("wav", format, samples_16(300), 4).bytes()).refused);
    CHECK_FALSE(reading::from_file(wave("wav", wave_format(1, 2, 44'100, 4, 24), samples_16(300), 8).bytes()).refused);
}

TEST_CASE("A sample rate that is no whole number is rounded, and that is told")
{
    const auto caf_result = reading::from_file(caf_file(2, 2, 44'056.3, 16, samples_16(100), 4).bytes());
    CHECK(caf_result.about.sample_rate == 44'056);
    CHECK(caf_result.assumptions == std::vector<string>{"its sample rate of 44056.300 Hz is no whole number; it is taken as 44056 Hz"});
    auto made = aiff("", 2, 44'099, 16, samples_16(100), 4);
    made.chunks[0].replace(8 + 8 + 2, 8, big((std::uint64_t{44'099} << 48) + (std::uint64_t{1} << 47), 8));
    const auto aiff_result = reading::from_pipe(made.bytes());
    CHECK(aiff_result.about.sample_rate == 44'100);
    CHECK(aiff_result.assumptions == std::vector<string>{"its sample rate of 44099.500 Hz is no whole number; it is taken as 44100 Hz"});
}

TEST_CASE("An ID3 tag with a large picture is handed over whole")
{
    for (const bool in_front : {true, false})
        for (const bool piped : {true, false}) {
            auto made = of_kind("wav", samples_16(100));
            made.chunks.insert(in_front ? made.chunks.begin() : made.chunks.end(), made.with.chunk("id3 ", string(20'000'000, 'x')));
            if (in_front) ++made.sound;
            const auto result = piped ? reading::from_pipe(made.bytes()) : reading::from_file(made.bytes());
            REQUIRE(result.about.chunks.size() == 1);
            CHECK(result.about.chunks[0].bytes.size() == 20'000'000);
            CHECK(result.assumptions.empty());
            CHECK(result.frames() == 100);
        }
}

TEST_CASE("A pad byte that is counted with the sound of AIFF is no sound, and a wild block size hides none")
{
    auto odd = aiff("", 1, rate, 8, string(1001, 'x'), 1);
    odd.chunks[odd.sound].replace(4, 4, big(8 + 1002, 4));
    const auto result = reading::from_file(odd.bytes());
    INFO(result.refused.value_or(""));
    CHECK(result.frames() == 1001);
    CHECK(result.assumptions.empty());

    auto wild = aiff("", 1, rate, 16, samples_16(1'000'000), 2);
    wild.chunks[wild.sound].replace(12, 4, big(0x7fff'ffff, 4));
    wild.chunks[0].replace(8 + 2, 4, big(1'000'000, 4));   // half of them, in COMM
    CHECK(reading::from_file(wild.bytes()).refused);
}

TEST_CASE("What stands behind the sound of a pipe is no sound, with --recover either")
{
    const auto made = of_kind("wav", samples_16(100)).bytes();
    for (const auto& behind : {"TAG" + string(125, 'x'), riff.chunk("wxyz", string(301, 'x')), riff.chunk("LIST", string(11, 'x'))}) {
        const auto result = reading::from_pipe(made + behind, true);
        INFO(result.refused.value_or(""));
        CHECK(result.frames() == 100);
    }
}

TEST_CASE("A part of a frame at the end of the sound is no sound, and is told")
{
    for (const auto announced : {std::uint64_t{18}, std::uint64_t{0xffff'ffff}})
        for (const bool piped : {false, true}) {
            auto made = wave("wav", wave_format(1, 2, rate, 2, 16), samples_16(4) + "xy", 0);
            made.chunks[made.sound].replace(made.size_at(), 4, little(announced, 4));
            INFO(announced << (piped ? ", piped" : ""));
            const auto result = piped ? reading::from_pipe(made.bytes()) : reading::from_file(made.bytes());
            INFO(result.refused.value_or(""));
            REQUIRE_FALSE(result.refused);
            CHECK(result.frames() == 4);
            CHECK(result.assumptions == std::vector<string>{"its sound ends with 2 bytes of a frame of 4; they were left out"});
        }
}

TEST_CASE("The output's format is by the bits that carry sound")
{
    const auto format = [](const file& made) { return reading::from_file(made.bytes()).about.format; };
    CHECK(format(wave("wav", wave_format(1, 2, rate, 4, 32, 24, 3), integers(4, false, 24), 8)) == command::sample_format::pcm24);
    CHECK(format(wave("wav", wave_format(1, 2, rate, 4, 32), integers(4, false), 8)) == command::sample_format::pcm32);
    CHECK(format(wave("wav", wave_format(1, 2, rate, 1, 8), integers(1, false, 0, true), 2)) == command::sample_format::pcm16);
    CHECK(format(wave("w64", wave_format(3, 2, rate, 4, 32, 32, 3), floats(false, false), 8)) == command::sample_format::float32);
    CHECK(reading::from_file(wave("wav", wave_format(1, 2, rate, 4, 32, 24, 0x33), integers(4, false, 24), 8).bytes()).about.speakers ==
          0x33);
}

TEST_CASE("Chunks around the sound are handed over byte for byte, in order, and what only fills space is not")
{
    for (const string kind : kinds) {
        INFO(kind);
        auto made = of_kind(kind, samples_16(100));
        const auto add = [&](std::size_t at, const string& id, const string& content) {
            made.chunks.insert(made.chunks.begin() + static_cast<std::ptrdiff_t>(at), made.with.chunk(id, content));
        };
        add(made.sound, "bext", "before");
        add(made.sound, made.kind == "caf" ? "free" : "JUNK", string(1000, 'j'));
        made.sound += 2;
        add(made.sound + 1, "iXML", "odd");
        add(made.sound + 2, "what", "");
        for (const bool piped : {false, true}) {
            const auto result = piped ? reading::from_pipe(made.bytes()) : reading::from_file(made.bytes());
            INFO(result.refused.value_or(""));
            REQUIRE(result.about.chunks.size() == 3);
            const auto is = [&](std::size_t i, const string& id, const string& content) {
                const auto& one = result.about.chunks[i];
                return one.id == id && std::equal(one.bytes.begin(), one.bytes.end(), content.begin(), content.end());
            };
            CHECK((is(0, "bext", "before") || is(0, "JUNK", "")));
            CHECK(is(1, "iXML", "odd"));
            CHECK(is(2, "what", ""));
            CHECK(result.frames() == 100);
        }
    }
}

TEST_CASE("Healthy files with what programs leave behind the sound play exactly their frames")
{
    for (const string kind : kinds) {
        INFO(kind);
        const auto made = of_kind(kind, samples_16(100));
        const auto bytes = made.bytes();
        plays_whole(bytes, 100);
        plays_whole(bytes + string(3000, '\0'), 100);            // padding to a sector
        plays_whole(bytes + "TAG" + string(125, ' '), 100, 1);   // ID3v1
        plays_whole(bytes + string(5, '\0') + "TAG" + string(125, ' '), 100, 1);
        plays_whole(bytes + "\n", 100);   // less than a frame
        auto zeros = made;
        zeros.chunks.push_back(made.with.chunk(kind == "w64" ? "list" : "LIST", string(100, '\0')));
        plays_whole(zeros.bytes(), 100, 1);
        if (made.with.padding != 2) continue;
        auto odd = made;   // an odd chunk whose padding was forgotten, in front of the sound and behind it
        const auto unpadded = made.with.head("note", 3) + "odd";
        odd.chunks.insert(odd.chunks.begin(), unpadded);
        odd.chunks.push_back(unpadded);
        odd.chunks.push_back(made.with.chunk("last", "x"));
        plays_whole(odd.bytes(), 100, 3);
    }
}

TEST_CASE("A PEAK chunk of another program's, in either size, does not matter")
{
    auto made = wave("wav", wave_format(3, 2, rate, 4, 32), floats(false, false), 8);
    made.chunks.insert(made.chunks.begin() + 1, riff.chunk("PEAK", little(1, 4) + little(0, 4) + little(0, 8)));
    plays_whole(made.bytes(), 3, 1);
}

TEST_CASE("AIFF whose sound stands before its description is read from disk and refused from a pipe")
{
    auto made = of_kind("aiff", samples_16(100));
    std::swap(made.chunks[0], made.chunks[1]);
    CHECK(reading::from_file(made.bytes()).frames() == 100);
    REQUIRE(reading::from_pipe(made.bytes()).refused);
}

TEST_CASE("A chunk larger than phono carries is left out by name")
{
    auto made = of_kind("wav", samples_16(100));
    made.chunks.push_back(riff.chunk("huge", string((16 << 20) + 1, 'x')));
    const auto result = reading::from_file(made.bytes());
    CHECK(result.frames() == 100);
    CHECK(result.about.chunks.empty());
    REQUIRE(result.assumptions.size() == 1);
    CHECK(result.assumptions[0].find("'huge' of 16777217 bytes") != string::npos);
}
