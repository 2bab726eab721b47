// SPDX-License-Identifier: BSL-1.0
#include "audio/audio_writer.hpp"
#include "audio/quantiser.hpp"
#include "support/failure.hpp"
#include "support/programs.hpp"
#include "support/snapshot.hpp"
#include "writers/flac_metadata.hpp"
#include "writers/surroundings.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <thread>

/// What stands in files beside the sound, byte for byte, as each container's specification has it.
namespace {

using namespace command;
using programs::contents;
using programs::workshop;
using std::string;

chunk named(const string& id, const string& text) { return {id, byte_string(text.begin(), text.end())}; }

std::uint64_t number(const string& file, std::size_t at, std::size_t size, bool big)
{
    REQUIRE(at + size <= file.size());
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value |= std::uint64_t{static_cast<unsigned char>(file[at + (big ? size - 1 - i : i)])} << (8 * i);
    return value;
}

struct found {
    string id, content;
};

/// How a container lays out its chunks.
struct layout {
    std::size_t begin, id, size, alignment;
    bool big, counts_header;
};
constexpr layout riff{12, 4, 4, 2, false, false}, wave64{40, 16, 8, 8, false, true}, aiff{12, 4, 4, 2, true, false},
    caf{8, 4, 8, 1, true, false};

std::vector<found> chunks_of(const string& file, const layout& of)
{
    std::vector<found> all;
    for (std::size_t at = of.begin; at < file.size();) {
        const auto header = of.id + of.size;
        const auto size = number(file, at + of.id, of.size, of.big) - (of.counts_header ? header : 0);
        REQUIRE(at + header + size <= file.size());
        all.push_back({file.substr(at, 4), file.substr(at + header, size)});
        at += header + size;
        while (at < file.size() && at % of.alignment != 0) REQUIRE(file[at++] == '\0');
    }
    return all;
}

string ids(const std::vector<found>& all)
{
    string text;
    for (const auto& each : all) text += (text.empty() ? "" : " ") + each.id;
    return text;
}

string content_of(const std::vector<found>& all, const string& id)
{
    const auto at = std::find_if(all.begin(), all.end(), [&](const found& each) { return each.id == id; });
    REQUIRE(at != all.end());
    return at->content;
}

recording described(int channels, std::optional<std::int64_t> frames, std::uint32_t speakers = 0)
{
    recording about;
    about.sample_rate = 48'000;
    about.channels = channels;
    about.frames = frames;
    about.speakers = speakers;
    return about;
}

/// Seven frames of one channel in 24 bits, an odd number of bytes.
string written(const workshop& shop, const string& file, const std::vector<chunk>& chunks, std::optional<std::int64_t> frames = 7,
               std::uint32_t speakers = 0)
{
    audio_writer out{shop / file, described(1, frames, speakers), sample_format::pcm24, chunks};
    const std::array<std::int32_t, 7> samples{0x01020300, -256, 0, 0x7fffff00, std::numeric_limits<std::int32_t>::min(), 256, 512};
    out.write(std::span<const std::int32_t>{samples});
    out.finish();
    return contents(shop / file);
}

const string little = string("\x03\x02\x01\xff\xff\xff\0\0\0\xff\xff\x7f\0\0\x80\1\0\0\2\0\0", 21);
const string big = string("\x01\x02\x03\xff\xff\xff\0\0\0\x7f\xff\xff\x80\0\0\0\0\1\0\0\2", 21);

const std::vector<chunk> of_a_wav{named("LIST", "INFOodd"),   named("bext", "broadcast"), named("fmt ", "another's"),
                                  named("iXML", "<BWFXML/>"), named("PEAK", "stale"),     named("id3 ", "tag")};

}   // namespace

TEST_CASE("Chunks of a WAV stand before the sound or behind it, odd ones padded, those that describe the sound are our own")
{
    const workshop shop;
    const auto file = written(shop, "out.wav", of_a_wav);
    const auto all = chunks_of(file, riff);
    CHECK(ids(all) == "fmt  bext iXML data LIST id3 ");
    CHECK(content_of(all, "data") == little);
    CHECK(content_of(all, "bext") == "broadcast");
    CHECK(content_of(all, "LIST") == "INFOodd");
    CHECK(number(file, 4, 4, false) == file.size() - 8);
}

TEST_CASE("A WAV of unknown length has room for ds64, and RF64 has it")
{
    const workshop shop;
    const auto unknown = chunks_of(written(shop, "out.wav", of_a_wav, std::nullopt), riff);
    CHECK(ids(unknown) == "JUNK fmt  data LIST bext iXML id3 ");   // odd ones behind, as libsndfile needs them in RF64
    CHECK(content_of(unknown, "JUNK") == string(28, '\0'));

    auto file = written(shop, "out.rf64", of_a_wav);
    CHECK(number(file, 4, 4, false) == 0xffff'ffff);
    const auto data = file.find("data");
    CHECK(number(file, data + 4, 4, false) == 0xffff'ffff);
    CHECK(number(file, 20, 8, false) == file.size() - 8);
    CHECK(number(file, 28, 8, false) == 21);
    file.replace(data + 4, 4, string("\x15\0\0\0", 4));   // as a reader takes it from ds64
    CHECK(ids(chunks_of(file, riff)) == "ds64 fmt  data LIST bext iXML id3 ");

    auto even = of_a_wav;
    for (auto& some : even) some.bytes.resize(some.bytes.size() + some.bytes.size() % 2);
    CHECK(ids(chunks_of(written(shop, "even.wav", even, std::nullopt), riff)) == "JUNK fmt  bext iXML data LIST id3 ");
}

TEST_CASE("A WAV that grows beyond 4 GiB becomes RF64 in the room that it kept")
{
    const sound_description about{96'000, 2, 0, sample_format::pcm24, of_a_wav};
    const auto text = [](const surroundings& around) { return string(around.before.begin(), around.before.end()); };
    const auto begun = text(riff_surroundings(about, riff_form::growing, 0));
    const std::uint64_t most = (0xffff'fffeu - (begun.size() + riff_surroundings(about, riff_form::growing, 0).behind.size() - 8)) / 6;
    const auto fits = text(riff_surroundings(about, riff_form::growing, most));
    CHECK(fits.substr(0, 4) == "RIFF");
    CHECK(number(fits, fits.size() - 4, 4, false) == most * 6);
    for (const std::uint64_t frames : {most + 1, std::uint64_t{1} << 40}) {
        const auto grown = text(riff_surroundings(about, riff_form::growing, frames));
        REQUIRE(grown.size() == begun.size());
        CHECK(grown.substr(0, 4) == "RF64");
        CHECK(number(grown, 4, 4, false) == 0xffff'ffff);
        CHECK(grown.substr(12, 4) == "ds64");
        const auto behind = riff_surroundings(about, riff_form::growing, frames).behind.size();
        CHECK(number(grown, 20, 8, false) == grown.size() - 8 + frames * 6 + behind);
        CHECK(number(grown, 28, 8, false) == frames * 6);
        CHECK(number(grown, 36, 8, false) == frames);
        CHECK(number(grown, grown.size() - 4, 4, false) == 0xffff'ffff);
        CHECK(grown.substr(48) == begun.substr(48, begun.size() - 52) + "\xff\xff\xff\xff");
    }
}

TEST_CASE("Chunks of Wave64, AIFF and CAF stand before the sound, as each aligns them")
{
    const workshop shop;
    const auto w64_file = written(shop, "out.w64", of_a_wav);
    const auto w64 = chunks_of(w64_file, wave64);
    CHECK(ids(w64) == "fmt  list bext iXML id3  data");
    CHECK(content_of(w64, "data") == little);
    CHECK(content_of(w64, "iXML") == "<BWFXML/>");
    CHECK(number(w64_file, 16, 8, false) == w64_file.size());

    const auto aiff_file = written(shop, "out.aiff", {named("NAME", "odd"), named("COMM", "another's"), named("MARK", "even")});
    const auto in_aiff = chunks_of(aiff_file, aiff);
    CHECK(ids(in_aiff) == "COMM NAME MARK SSND");
    CHECK(content_of(in_aiff, "COMM") == string("\0\1\0\0\0\7\0\x18\x40\x0e\xbb\x80\0\0\0\0\0\0", 18));   // 48 kHz is 1.46... * 2^15
    CHECK(content_of(in_aiff, "SSND") == string(8, '\0') + big);
    CHECK(number(aiff_file, 4, 4, true) == aiff_file.size() - 8);

    const auto in_caf = chunks_of(written(shop, "out.caf", {named("info", "odd"), named("desc", "another's")}, 7, 0x3), caf);
    CHECK(ids(in_caf) == "desc chan info data");
    CHECK(content_of(in_caf, "chan") == string("\0\1\0\0\0\0\0\3\0\0\0\0", 12));
    CHECK(content_of(in_caf, "data") == string(4, '\0') + little);
}

TEST_CASE("Loudspeakers, and more than two channels, are told by WAVEFORMATEXTENSIBLE")
{
    const workshop shop;
    const auto format = [&](std::uint32_t speakers) {
        return content_of(chunks_of(written(shop, "o.wav", {}, 7, speakers), riff), "fmt ");
    };
    CHECK(format(0).size() == 16);
    const auto extensible = format(0x4);
    REQUIRE(extensible.size() == 40);
    CHECK(number(extensible, 0, 2, false) == 0xfffe);
    CHECK(number(extensible, 18, 2, false) == 24);
    CHECK(number(extensible, 20, 4, false) == 0x4);
    CHECK(extensible.substr(24) == string("\1\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71", 16));
}

TEST_CASE("FLAC's blocks stand in their order before the frames, the last one marked")
{
    const workshop shop;
    const std::vector<chunk> blocks{named("SEEKTABLE", "stale"), named("VORBIS_COMMENT", string("\0\0\0\0\0\0\0\0", 8)),
                                    named("PADDING", "0000"), named("APPLICATION", "riff1"), named("APPLICATION", "riff2")};
    const auto file = written(shop, "out.flac", blocks);
    std::vector<std::pair<int, string>> all;
    std::size_t at = 4;
    for (bool last = false; !last;) {
        const auto header = number(file, at, 4, true);
        last = (header & 0x8000'0000u) != 0;
        all.emplace_back(static_cast<int>(header >> 24 & 0x7f), file.substr(at + 4, header & 0xff'ffff));
        at += 4 + (header & 0xff'ffff);
    }
    REQUIRE(all.size() == 4);
    CHECK(all[0].first == 0);
    CHECK(all[1] == std::pair{4, string(8, '\0')});
    CHECK(all[2] == std::pair{2, string{"riff1"}});
    CHECK(all[3] == std::pair{2, string{"riff2"}});
    CHECK(number(file, at, 2, true) >> 2 == 0x3ffe);   // a frame begins
    CHECK((number(all[0].second, 10, 8, true) & 0xf'ffff'ffffu) == 7);
    CHECK(all[0].second.substr(18) != string(16, '\0'));   // the checksum
    const auto back = programs::read(shop / "out.flac");
    REQUIRE(back.samples.size() == 7);
    CHECK(back.samples[0] == 0x010203 * 0x1p-23);
    CHECK(back.samples[4] == -1.0);

    const FLAC__StreamMetadata_StreamInfo info{4096, 4096, 0, 0, 44'100, 1, 16, 0, {}};
    CHECK_THROWS(flac_metadata(info, {named("cart", "")}));
    CHECK_THROWS(flac_metadata(info, {{"PICTURE", byte_string(std::size_t{1} << 24)}}));
}

TEST_CASE("Many files at once in many threads are each written whole, and those given up leave nothing")
{
    const workshop shop;
    const auto expected = written(shop, "expected.wav", of_a_wav);
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&shop, t] {
            for (int i = 0; i < 20; ++i) {
                const auto name = std::to_string(t) + '_' + std::to_string(i) + ".wav";
                const partial_file given_up{shop / ("no" + name)};
                const partial_file other{shop / "the_same.wav"};
                partial_file kept{shop / name};
                byte_output{kept.descriptor(), name}.write(byte_string(100));
                kept.commit();
            }
        });
    for (auto& thread : threads) thread.join();
    const auto names = shop.names();
    CHECK(names.size() == 161);
    CHECK(std::none_of(names.begin(), names.end(), [](const string& name) { return name.starts_with('.'); }));
    CHECK(written(shop, "again.wav", of_a_wav) == expected);
}

TEST_CASE("Any finite sample has its nearest integer, and those beyond the ends are counted")
{
    using limit = std::numeric_limits<double>;
    const std::vector<double> in{limit::max(), limit::lowest(), 1.0, -1.0, limit::denorm_min(), -0.0, 0.999984, -1.000015, 1e39};
    std::vector<std::int32_t> out(in.size());
    quantiser quantise{16, false};
    quantise(in, out);
    constexpr std::int32_t top = 0x7fff'0000, bottom = std::numeric_limits<std::int32_t>::min();
    CHECK(out == std::vector<std::int32_t>{top, bottom, top, bottom, 0, 0, top, bottom, top});
    CHECK(quantise.clipped() == 4);
    quantiser wide{32, false};
    wide(in, out);
    CHECK(out[0] == std::numeric_limits<std::int32_t>::max());
    CHECK(out[1] == bottom);
    quantiser dithered{16, true};
    dithered(in, out);
    CHECK(out[0] == top);
    CHECK(out[1] == bottom);
}
