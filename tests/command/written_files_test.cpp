// SPDX-License-Identifier: BSL-1.0
#include "support/child.hpp"
#include "support/chunks.hpp"
#include "support/command.hpp"
#include "support/snapshot.hpp"
#include "support/sound_files.hpp"
#include "support/sounds.hpp"

#include <sys/stat.h>

#include <array>
#include <chrono>
#include <cmath>
#include <thread>

/// Files that the command writes, as other programs read them, and what is left where writing fails.
namespace {

using namespace programs;
using std::string;

const string flat = " --curve acoustic --no-dither --overwrite ";

bool there_is(const workshop& shop, const string& program) { return shop.run("command -v " + program).status == 0; }

std::uint64_t number(const string& bytes, std::size_t at, std::size_t size, bool big = false)
{
    REQUIRE(at + size <= bytes.size());
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + (big ? size - 1 - i : i)])} << (8 * i);
    return value;
}

struct stored {
    const char* option;
    double step;   // of two neighbouring values near full scale
};
constexpr std::array formats{stored{"pcm16", 0x1p-15}, stored{"pcm24", 0x1p-23}, stored{"pcm32", 0x1p-31}, stored{"float", 0x1p-24},
                             stored{"double", 0x1p-53}};
constexpr std::array extensions{"wav", "rf64", "w64", "aiff", "caf", "flac"};

audio read_by_ffmpeg(const workshop& shop, const string& file)
{
    const auto done = shop.run("ffmpeg -v error -i " + file + " -c:a pcm_f64le -y by_ffmpeg.wav");
    CHECK(done.err.empty());
    REQUIRE(done.status == 0);
    return read(shop / "by_ffmpeg.wav");
}

}   // namespace

TEST_CASE("libsndfile and ffmpeg read the same samples from every container, format and number of channels, an odd count of bytes included")
{
    const int channels = GENERATE(1, 2, 3, 6);
    const workshop shop;
    const auto original = noise(0.9, 44'100, channels, 0.101);   // 4,454 frames, and a block of FLAC more than whole
    auto odd = original;
    odd.samples.resize(odd.samples.size() / static_cast<std::size_t>(channels) / 2 * 2 * static_cast<std::size_t>(channels) -
                       static_cast<std::size_t>(channels));
    write(shop / "in.wav", odd);
    for (const char* extension : extensions)
        for (const auto& format : formats) {
            const string kind = extension, name = format.option, file = "out." + kind;
            const bool floating = name == "float" || name == "double";
            if (kind == "flac" && floating) continue;
            INFO(channels << " channels of " << name << " in " << kind);
            run(shop, "equalise in.wav " + file + flat + "--format " + name);
            const bool readable = kind != "flac" || name != "pcm32";   // libsndfile 1.2 and ffmpeg 5 know up to 24 bits
            if (readable) {
                CHECK(largest_difference(read(shop / file).samples, odd.samples) <= 0.5 * format.step);
                if (there_is(shop, "ffmpeg"))
                    CHECK(largest_difference(read_by_ffmpeg(shop, file).samples, odd.samples) <= 0.5 * format.step);
            }
            if (kind == "flac" && there_is(shop, "flac")) CHECK(shop.run("flac -t -s " + file).status == 0);   // the checksum too
        }
}

TEST_CASE("Loudspeakers, odd chunks and empty ones keep no other program from reading the samples")
{
    const int channels = GENERATE(2, 6);
    const workshop shop;
    const auto original = noise(0.9, 44'100, channels, 0.101, SF_FORMAT_WAV | SF_FORMAT_PCM_24);
    string samples;
    for (const double x : original.samples) samples += sound_files::little(static_cast<std::uint64_t>(std::llround(std::ldexp(x, 23))), 3);
    const auto format = sound_files::wave_format(1, channels, 44'100, 3, 24, 24, channels == 2 ? 0x3 : 0x3f);
    auto made = sound_files::wave("wav", format, samples, static_cast<std::size_t>(3 * channels));
    for (const auto& [id, content] : {std::pair{"iXML", "<BWFXML/>"}, {"_PMX", "<x/>x"}, {"wxyz", ""}})
        made.chunks.insert(made.chunks.begin() + 1, made.with.chunk(id, content)), ++made.sound;
    std::ofstream(shop / "in.wav", std::ios::binary) << made.bytes();
    const auto wanted = read(shop / "in.wav").samples;
    for (const string kind : {"wav", "rf64", "w64"})
        for (const string name : {"pcm24", "float", "double"}) {
            INFO(channels << " channels of " << name << " in " << kind);
            const auto done = attempt(shop, "equalise in.wav out." + kind + flat + "--format " + name);
            INFO(done.err);
            REQUIRE(done.status == 0);
            CHECK((done.err.find("loudspeakers") != string::npos) == (kind == "w64" && name != "pcm24" && channels > 2));
            CHECK(largest_difference(read(shop / ("out." + kind)).samples, wanted) < 1e-7);
            if (there_is(shop, "ffmpeg")) CHECK(largest_difference(read_by_ffmpeg(shop, "out." + kind).samples, wanted) < 1e-7);
        }
}

TEST_CASE("SoX reads an AIFF with a tag of any length")
{
    const workshop shop;
    const auto original = noise(0.9, 44'100, 1, 0.1, SF_FORMAT_WAV | SF_FORMAT_PCM_16);
    string samples;
    for (const double x : original.samples) samples += sound_files::little(static_cast<std::uint64_t>(std::llround(std::ldexp(x, 15))), 2);
    for (const string genre : {"Pop", "Jazz", "Blues"}) {
        INFO(genre);
        auto made = sound_files::wave("wav", sound_files::wave_format(1, 1, 44'100, 2, 16), samples, 2);
        const auto padded = genre + string(genre.size() % 2 == 0 ? 2 : 1, '\0');
        made.chunks.push_back(made.with.chunk("LIST", "INFOIGNR" + sound_files::little(padded.size(), 4) + padded));
        std::ofstream(shop / "in.wav", std::ios::binary) << made.bytes();
        const auto done = attempt(shop, "equalise in.wav out.aiff" + flat);
        INFO(done.err);
        REQUIRE(done.status == 0);
        const auto tag = chunks::content(chunks::parts(contents(shop / "out.aiff")), "ID3 ");
        CHECK(tag.find(genre) != string::npos);
        CHECK(tag.size() % 2 == 0);
        if (there_is(shop, "sox")) CHECK(shop.run("sox out.aiff -n stat").status == 0);
    }
}

TEST_CASE("Two runs write the same bytes into every container: no time, no chance")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.9, 96'000, 2, 0.2));
    std::vector<string> files;
    for (const string extension : extensions)
        for (const string format : {"pcm16", "pcm24", "float"})
            if (extension != "flac" || format != "float") files.push_back(format + '.' + extension);
    const auto make_all = [&](const string& prefix) {
        for (const auto& file : files)
            run(shop, "equalise in.wav " + prefix + file + " --curve acoustic --format " + file.substr(0, file.find('.')));
    };
    make_all("a_");
    std::this_thread::sleep_for(std::chrono::milliseconds{1100});   // a PEAK chunk counts seconds
    make_all("b_");
    for (const auto& file : files) {
        INFO(file);
        CHECK(same_file(shop, "a_" + file, "b_" + file));
        CHECK(contents(shop / ("a_" + file)).find("PEAK") == string::npos);
    }
}

TEST_CASE("The sizes in the headers are those of the file")
{
    const workshop shop;
    write(shop / "in.wav", audio{44'100, 1, std::vector<double>(1001, 0.25)});
    for (const char* extension : extensions) run(shop, string{"equalise in.wav o."} + extension + flat + "--format pcm24");
    const auto wav = contents(shop / "o.wav");
    CHECK(wav.size() == 44 + 3003 + 1);
    CHECK(number(wav, 4, 4) == wav.size() - 8);
    CHECK(number(wav, 40, 4) == 3003);
    const auto rf64 = contents(shop / "o.rf64");
    CHECK(rf64.substr(0, 8) == "RF64\xff\xff\xff\xff");
    CHECK(rf64.substr(12, 4) == "ds64");
    CHECK(number(rf64, 20, 8) == rf64.size() - 8);
    CHECK(number(rf64, 28, 8) == 3003);
    CHECK(number(rf64, 36, 8) == 1001);
    const auto w64 = contents(shop / "o.w64");
    CHECK(number(w64, 16, 8) == w64.size());
    CHECK(number(w64, 40 + 40 + 16, 8) == 24 + 3003);
    const auto aiff = contents(shop / "o.aiff");
    CHECK(number(aiff, 4, 4, true) == aiff.size() - 8);
    CHECK(aiff.size() % 2 == 0);
    CHECK(number(aiff, 12 + 8 + 2, 4, true) == 1001);
    const auto caf = contents(shop / "o.caf");
    CHECK(number(caf, 8 + 44 + 4, 8, true) == 4 + 3003);
    CHECK(caf.size() == 8 + 44 + 12 + 4 + 3003);
    const auto flac = contents(shop / "o.flac");
    CHECK(flac.substr(0, 4) == "fLaC");
    CHECK((number(flac, 18, 8, true) & ((std::uint64_t{1} << 36) - 1)) == 1001);
}

TEST_CASE("What a container cannot hold is said before anything is written")
{
    const auto [rate, channels, extension, says] = GENERATE(table<int, int, string, string>({
        {103'538, 1, "flac", "FLAC holds rates above 65535 Hz in tens of hertz, not 103538 Hz"},
        {65'537, 1, "flac", "tens of hertz, not 65537 Hz"},
        {655'360, 1, "flac", "FLAC holds rates up to 655350 Hz, not 655360 Hz"},
        {44'100, 9, "flac", "FLAC holds at most 8 channels, not 9"},
        {768'000, 1000, "wav", "cannot hold 1000 channels of double at 768000 Hz; give the output the extension .caf"},
        {768'000, 1000, "w64", "cannot hold 1000 channels"},
    }));
    const workshop shop;
    write(shop / "in.wav", {rate, channels, std::vector<double>(static_cast<std::size_t>(100 * channels), 0.25), wav_16});
    const auto before = all_contents(shop);
    const auto done = attempt(shop, "equalise in.wav out." + extension + flat + "--format " + (extension == "flac" ? "pcm24" : "double"));
    INFO(done.err);
    CHECK(done.status == 2);
    CHECK(done.err.find(says) != string::npos);
    CHECK(changes(before, all_contents(shop)).empty());
}

TEST_CASE("Rates that FLAC does hold: whole numbers to 65535 Hz, tens to 655350 Hz")
{
    const int rate = GENERATE(44'056, 65'535, 103'540, 655'350);
    const workshop shop;
    write(shop / "in.wav", sine(0.5, 1000.0, rate, 0.1, wav_16));
    run(shop, "equalise in.wav out.flac" + flat);
    const auto out = read(shop / "out.flac");
    CHECK(out.rate == rate);
    CHECK(largest_difference(out.samples, read(shop / "in.wav").samples) == 0.0);
}

TEST_CASE("The standard output takes a WAV whose sizes are all ones, and the report goes elsewhere")
{
    const auto& format = GENERATE(from_range(formats));
    const workshop shop;
    write(shop / "in.wav", noise(0.9, 96'000, 2, 0.3));
    run(shop, string{"equalise in.wav file.wav"} + flat + "--format " + format.option);
    const auto done = shop.run(phono_command + "equalise in.wav -" + flat + "--format " + format.option + " | cat > piped.wav");
    CHECK(done.err.starts_with("-: "));
    const auto whole = contents(shop / "file.wav"), piped = contents(shop / "piped.wav");
    REQUIRE(piped.size() == whole.size());
    CHECK(number(piped, 4, 4) == 0xffff'ffff);
    const auto data = piped.find("data");
    CHECK(number(piped, data + 4, 4) == 0xffff'ffff);
    CHECK(piped.substr(data + 8) == whole.substr(data + 8));

    const string through = phono_command + "equalise in.wav -" + flat + "--format " + format.option + " 2> ../said | ";
    const auto expected = read(shop / "file.wav").samples;
    if (there_is(shop, "ffmpeg")) {
        REQUIRE(shop.run(through + "ffmpeg -v error -i - -c:a pcm_f64le -y back.wav").status == 0);
        CHECK(largest_difference(read(shop / "back.wav").samples, expected) == 0.0);
    }
    if (there_is(shop, "sox")) {
        REQUIRE(shop.run(through + "sox -t wav - -t raw - > raw_piped; sox file.wav -t raw - > raw_file").status == 0);
        CHECK(same_file(shop, "raw_piped", "raw_file"));
    }
    const bool integer = format.option[0] == 'p';
    if (there_is(shop, "flac") && integer && string{format.option} != "pcm32") {
        REQUIRE(shop.run(through + "flac -s -f -o back.flac -").status == 0);
        CHECK(largest_difference(read(shop / "back.flac").samples, expected) == 0.0);
    }
}

TEST_CASE("A standard output that is a file has the sizes of the file in its header, wherever the sound begins in it")
{
    const auto& format = GENERATE(from_range(formats));
    const workshop shop;
    write(shop / "in.wav", noise(0.9, 96'000, 1, 0.3001));   // of 24 bits an odd number of bytes
    const string line = phono_command + "equalise in.wav -" + " --curve riaa --format " + format.option;
    const auto through = [&](const string& redirection) { REQUIRE(shop.run(line + redirection).status == 0); };
    run(shop, string{"equalise in.wav file.wav --curve riaa --format "} + format.option);
    const auto expected = read(shop / "file.wav").samples;
    const auto is_whole = [&](const string& file) {
        CHECK(number(file, 4, 4) == file.size() - 8);
        const auto data = file.find("data");
        const auto bytes = number(file, data + 4, 4);
        CHECK(data + 8 + bytes + bytes % 2 == file.size());
    };
    through(" > o.wav");
    is_whole(contents(shop / "o.wav"));
    CHECK(read(shop / "o.wav").samples == expected);
    REQUIRE(shop.run("{ printf begin; " + line + "; } > after.wav").status == 0);
    CHECK(contents(shop / "after.wav") == "begin" + contents(shop / "o.wav"));
    through(" >> appended.wav");
    CHECK(number(contents(shop / "appended.wav"), 4, 4) == 0xffff'ffff);
    through(" | cat > piped.wav");
    CHECK(number(contents(shop / "piped.wav"), 4, 4) == 0xffff'ffff);
}

TEST_CASE("FIFOs are written as streams, of the kind that their names say")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.9, 96'000, 2, 0.3));
    run(shop, "equalise in.wav file.wav" + flat + "--format pcm24");
    const auto expected = read(shop / "file.wav").samples;
    for (const string extension : {"", ".wav", ".flac", ".caf"}) {
        const string fifo = "pipe" + extension, kept = "kept" + (extension.empty() ? ".wav" : extension);
        INFO(fifo);
        const auto done = shop.run("mkfifo " + fifo + "; cat " + fifo + " > " + kept + " & " + phono_command + "equalise in.wav " + fifo +
                                   flat + "--format pcm24; status=$?; wait; exit $status");
        CHECK(done.status == 0);
        CHECK(done.out.starts_with(fifo + ": "));   // the standard output is free
        if (extension == ".flac") {                 // libsndfile wants to know the length
            if (there_is(shop, "flac")) REQUIRE(shop.run("flac -s -d -f -o kept.wav kept.flac").status == 0);
            CHECK(largest_difference(read(shop / "kept.wav").samples, expected) == 0.0);
        } else if (there_is(shop, "ffmpeg")) {
            CHECK(largest_difference(read_by_ffmpeg(shop, kept).samples, expected) == 0.0);
        }
    }
    const auto done = shop.run("mkfifo pipe.rf64; " + phono_command + "equalise in.wav pipe.rf64" + flat);
    CHECK(done.status == 2);
    CHECK(done.err.find("cannot be written to a pipe; use .wav, .flac or .caf") != string::npos);
}

TEST_CASE("A stream that ends early, is full or closed is a failure in one line")
{
    const auto [end, says] = GENERATE(table<string, string>({
        {"| true", "-: could not be written: the program that reads the pipe has ended"},
        {"> /dev/full", "-: could not be written: No space left on device"},
        {">&-", "-: the standard output is closed"},
    }));
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 2, 5.0));
    const auto done = shop.run("{ " + phono_command + "equalise in.wav -" + flat + "; echo $? > status; } " + end);
    CHECK(done.err == "phono: " + says + '\n');
    CHECK(contents(shop / "status") == "2\n");
}

TEST_CASE("A disk that is full at any byte: refused, the old file as it was, nothing left")
{
    const string extension = GENERATE(as<string>{}, "wav", "rf64", "w64", "aiff", "caf", "flac");
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 2, 0.2));
    run(shop, "equalise in.wav whole." + extension + " --curve riaa --format pcm16");
    const auto size = fs::file_size(shop / ("whole." + extension));
    std::ofstream(shop / ("out." + extension)) << "the only copy";
    const auto before = all_contents(shop);
    std::vector<rlim_t> points{0, 1, 43, size / 3, size / 2};
    for (rlim_t left = 1; left < 2048; left = left * 3 / 2 + 1) points.push_back(size - left);
    for (const auto point : points) {
        INFO("full at byte " << point << " of " << size);
        CHECK(wait_for(
                  start(shop, {"equalise", "in.wav", "out." + extension, "--curve", "riaa", "--format", "pcm16", "--overwrite"}, {point}))
                  .status == 2);
        REQUIRE(changes(before, all_contents(shop)).empty());
    }
    CHECK(wait_for(start(shop, {"equalise", "in.wav", "out." + extension, "--curve", "riaa", "--format", "pcm16", "--overwrite"}, {size}))
              .status == 0);
    CHECK(same_file(shop, "out." + extension, "whole." + extension));
}

TEST_CASE("Every deadly signal removes the unfinished file, after kill -9 the next run does")
{
    const int signal = GENERATE(SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU, SIGKILL);
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 6, 1.0), 60);
    const std::set<string> before{"in.wav"};
    const pid_t child = start(shop, {"equalise", "in.wav", "out.wav", "--curve", "riaa"});
    for (int i = 0; i < 20'000 && shop.names() == before; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{1});
    const auto during = shop.names();
    CHECK(during == std::set<string>{".out.wav.phono-" + std::to_string(child) + ".partial", "in.wav"});
    REQUIRE(::kill(child, signal) == 0);
    CHECK(wait_for(child).status == 128 + signal);
    if (signal == SIGKILL) {
        CHECK(shop.names() == during);
        const string of_another = ".other.wav.phono-" + std::to_string(child) + ".partial";
        const string of_the_living = ".out.wav.phono-" + std::to_string(::getpid()) + ".partial";
        for (const auto& name : {of_another, of_the_living}) std::ofstream(shop / name) << "not yours";
        write(shop / "short.wav", noise(0.1, 44'100, 1, 0.1));
        run(shop, "equalise short.wav out.wav --curve riaa");
        CHECK(shop.names() == std::set<string>{of_another, of_the_living, "in.wav", "out.wav", "short.wav"});
    } else {
        CHECK(shop.names() == before);
    }
}

TEST_CASE("The file that is replaced hands over its permissions, a read-only one is kept")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.1));
    const auto mode = [&] { return fs::status(shop / "out.wav").permissions(); };
    std::ofstream(shop / "out.wav") << "private";
    fs::permissions(shop / "out.wav", fs::perms{0600});
    run(shop, "equalise in.wav out.wav --curve riaa --overwrite");
    CHECK(mode() == fs::perms{0600});
    if (::getuid() == 0) {
        REQUIRE(::chown((shop / "out.wav").c_str(), 1, 1) == 0);
        run(shop, "equalise in.wav out.wav --curve riaa");
        struct stat status {};
        REQUIRE(::stat((shop / "out.wav").c_str(), &status) == 0);
        CHECK(status.st_uid == 1);
        CHECK(status.st_gid == 1);
    }
    fs::permissions(shop / "out.wav", fs::perms{0444});
    const auto before = all_contents(shop);
    const auto done = attempt(shop, "equalise in.wav out.wav --curve riaa");
    CHECK(done.status == 2);
    CHECK(done.err == "phono: out.wav: exists and is read-only; give another name for the output\n");
    CHECK(changes(before, all_contents(shop)).empty());
}

TEST_CASE("Symbolic links stay, also those whose target is yet to be made")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.1));
    run(shop, "equalise in.wav plain.wav --curve riaa");
    fs::create_directory(shop / "far");
    fs::create_symlink("second.wav", shop / "first.wav");
    fs::create_symlink("far/away.wav", shop / "second.wav");
    for (int i = 0; i < 2; ++i) {   // dangling, then not
        run(shop, "equalise in.wav first.wav --curve riaa");
        CHECK(fs::is_symlink(shop / "first.wav"));
        CHECK(fs::is_symlink(shop / "second.wav"));
        CHECK(fs::is_regular_file(fs::symlink_status(shop / "far/away.wav")));
        CHECK(same_file(shop, "far/away.wav", "plain.wav"));
    }
    fs::create_symlink("nowhere/out.wav", shop / "lost.wav");
    fs::create_symlink("round.wav", shop / "round.wav");
    for (const auto& [name, says] :
         {std::pair{"lost.wav", "there is no folder nowhere"}, {"round.wav", "a symbolic link that leads nowhere"}}) {
        const auto done = attempt(shop, string{"equalise in.wav "} + name + " --curve riaa");
        CHECK(done.status == 2);
        CHECK(done.err.find(says) != string::npos);
        CHECK(fs::is_symlink(shop / name));
    }
}

TEST_CASE("The other hard links of an output keep the old file, and that is said")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.1));
    std::ofstream(shop / "out.wav") << "old";
    fs::create_hard_link(shop / "out.wav", shop / "backup.wav");
    const auto done = attempt(shop, "equalise in.wav out.wav --curve riaa --overwrite");
    CHECK(done.status == 0);
    CHECK(done.err == "phono: warning: out.wav: had 2 names (hard links); the other ones keep the former file\n");
    CHECK(contents(shop / "backup.wav") == "old");
    CHECK(read(shop / "out.wav").rate == 44'100);
}

TEST_CASE("Names at the limit of 255 bytes are written, longer ones refused before the work")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.1));
    const string longest = string(251, 'x') + ".wav";
    run(shop, "equalise in.wav " + longest + " --curve riaa");
    CHECK(shop.names() == std::set<string>{"in.wav", longest});
    const auto done = attempt(shop, "equalise in.wav x" + longest + " --curve riaa");
    CHECK(done.status == 2);
    CHECK(done.err.find("the name is too long; at most 255 bytes") != string::npos);
    CHECK(shop.names() == std::set<string>{"in.wav", longest});
}

TEST_CASE("What is said on a closed standard stream does not end in the recording")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.9, 44'100, 2, 0.1));
    run(shop, "equalise in.wav right.wav" + flat);
    shop.run(phono_command + "equalise in.wav out.wav" + flat + ">&- 2>&- <&-");
    if (fs::exists(shop / "out.wav")) CHECK(same_file(shop, "out.wav", "right.wav"));
}
