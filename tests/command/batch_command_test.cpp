// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/json_reader.hpp"
#include "support/snapshot.hpp"
#include "support/sounds.hpp"

#include <phono/version.hpp>

#include <sys/stat.h>

#include <array>
#include <thread>

namespace {

using namespace programs;
using std::string;

using names = std::set<string>;

// The files below a folder, relative to it, hidden ones too.
names below(const fs::path& folder)
{
    names all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) all.insert(entry.path().lexically_relative(folder).string());
    return all;
}

// Three sides in two folders, and what is not to be played.
void fill(const workshop& shop)
{
    fs::create_directories(shop / "transfers/disc 2");
    write(shop / "transfers/a.wav", noise(0.1, 44'100, 2, 1.0, wav_16));
    write(shop / "transfers/b.wav", sine(0.2, 500.0, 48'000, 0.5));
    write(shop / "transfers/disc 2/a.flac", noise(0.05, 96'000, 2, 0.3, SF_FORMAT_FLAC | SF_FORMAT_PCM_24));
    std::ofstream(shop / "transfers/notes.txt") << "wet cleaned\n";
    std::ofstream(shop / "transfers/._a.wav") << "a Macintosh's";
}

const string to_records = "equalise transfers --output-folder records --curve riaa";

}   // namespace

TEST_CASE("A folder of recordings keeps its names and subfolders, and every file is what a run for it alone makes")
{
    const workshop shop;
    fill(shop);
    const auto said = run(shop, to_records);
    CHECK(below(shop / "records") == names{"a.wav", "b.wav", "disc 2/a.flac"});
    CHECK(count(said, "dBFS, 0 samples clipped") == 3);
    CHECK(said.find("3 files, 3 done; 0:02 of sound") != string::npos);
    for (const string name : {"a.wav", "b.wav", "disc 2/a.flac"}) {
        const auto extension = fs::path{name}.extension().string();
        run(shop, "equalise 'transfers/" + name + "' 'alone" + extension + "' --curve riaa");
        CHECK(contents(shop / ("records/" + name)) == contents(shop / ("alone" + extension)));
    }
}

TEST_CASE("The same bytes come from every route: alone, in a batch, with any number of jobs")
{
    const auto [command, name] = GENERATE(table<const char*, const char*>({{"equalise --curve riaa --phase corrected", "linear"},
                                                                           {"play --preamp magnetic_riaa --precision float", "float"},
                                                                           {"play --preamp nachbaur_magnetic_tube", "tubes"}}));
    INFO(name);
    const workshop shop;
    const auto begin = string{command} + ' ';
    write(shop / "a.wav", spread(noise(0.1, 44'100, 1, 0.2), 2, wav_16));
    write(shop / "b.wav", spread(noise(0.2, 44'100, 1, 0.1), 3, wav_16));
    for (const string jobs : {"1", "2", "5"}) {
        run(shop, begin + "a.wav alone" + jobs + ".wav --report r.json --jobs " + jobs);
        run(shop, begin + "a.wav b.wav --output-folder batch" + jobs + " --jobs " + jobs);
        CHECK(same_file(shop, "alone1.wav", "alone" + jobs + ".wav"));
        CHECK(same_file(shop, "alone1.wav", "batch" + jobs + "/a.wav"));
        CHECK(same_file(shop, "batch1/b.wav", "batch" + jobs + "/b.wav"));
    }
}

TEST_CASE("Outputs that exist are kept and counted, unless --overwrite")
{
    const workshop shop;
    fill(shop);
    run(shop, to_records);
    const auto whole = contents(shop / "records/b.wav");
    std::ofstream(shop / "records/a.wav") << "mine";
    fs::remove(shop / "records/b.wav");

    const auto again = attempt(shop, to_records);
    CHECK(again.status == 2);
    CHECK(contents(shop / "records/a.wav") == "mine");
    CHECK(contents(shop / "records/b.wav") == whole);
    CHECK(again.err.starts_with("phono: records/a.wav: exists, and is no whole recording that phono has made: not a sound file"));
    CHECK(again.err.ends_with("; --overwrite replaces it\n"));
    CHECK(again.out.find("records/disc 2/a.flac: kept: exists\n") != string::npos);
    CHECK(again.out.find("3 files, 1 done, 1 kept, 1 failed;") != string::npos);

    CHECK(run(shop, to_records + " --overwrite").find("3 files, 3 done;") != string::npos);
    CHECK(read(shop / "records/a.wav").channels == 2);
}

TEST_CASE("An output that was cut is not done: it is made again, or named where it no longer says that phono made it")
{
    const string extension = GENERATE("wav", "rf64", "w64", "flac", "aiff", "caf");
    const bool says_who_made_it = extension != "wav" && extension != "rf64";   // their note stands behind the sound
    const double part = GENERATE(0.3, 0.99);
    const workshop shop;
    fs::create_directory(shop / "in");
    write(shop / "in/a.wav", noise(0.1, 44'100, 2, 1.0, wav_16));
    const auto line = "equalise in --output-folder records --curve riaa --extension " + extension;
    const auto out = shop / ("records/a." + extension);
    run(shop, line);
    const auto whole = contents(out);
    CHECK(run(shop, line).find("1 file, 1 kept;") != string::npos);
    fs::resize_file(out, static_cast<std::uintmax_t>(part * double(whole.size())));
    const auto again = attempt(shop, line);
    INFO(extension << ": " << again.err);
    CHECK(again.err.find("records/a." + extension + ": ") != string::npos);
    CHECK(again.err.find("truncated") != string::npos);
    CHECK(count(again.err, "\n") == 1);
    if (says_who_made_it) {
        CHECK(again.status == 0);
        CHECK(again.err.find("; it is made again\n") != string::npos);
    } else {
        CHECK(again.status == 2);
        CHECK(again.err.find("; --overwrite replaces it\n") != string::npos);
        run(shop, line + " --overwrite");
    }
    CHECK(contents(out) == whole);
}

TEST_CASE("An empty output is made")
{
    const workshop shop;
    fill(shop);
    run(shop, to_records);
    const auto whole = contents(shop / "records/a.wav");
    const string normalise = GENERATE("", " --normalise -100");
    fs::resize_file(shop / "records/a.wav", 0);
    static_cast<void>(attempt(shop, to_records + normalise));
    if (normalise.empty()) CHECK(contents(shop / "records/a.wav") == whole);
    else CHECK(fs::file_size(shop / "records/a.wav") > whole.size());   // and its note tells the gain, too
}

TEST_CASE("An output whose input has become another recording is named, with what differs")
{
    const workshop shop;
    fs::create_directory(shop / "in");
    const auto give = [&](int rate, int channels, double seconds) {
        write(shop / "in/a.wav", noise(0.1, rate, channels, seconds, wav_16));
    };
    const string line = "equalise in --output-folder records --curve riaa --speed 2 --resample";
    give(44'100, 2, 1.0);
    run(shop, line);
    CHECK(run(shop, line).find("1 kept;") != string::npos);
    const auto says = [&](const string& words) {
        const auto done = attempt(shop, line);
        CHECK(done.status == 0);
        CHECK(done.err == "phono: warning: records/a.wav: kept: exists, " + words + "; --overwrite makes it again\n");
    };
    give(44'100, 2, 2.0);
    says("0.500 s long, though its input now gives 1.000 s");
    give(44'100, 2, 1.0001);
    says("22050 frames long, though its input now gives 22052");
    give(44'100, 1, 1.0);
    says("of 2 channels, though its input now gives 1 channel");
    give(48'000, 2, 1.0);
    says("at 44100 Hz, though its input is at 48000 Hz");
    give(44'100, 2, 1.0);
    CHECK(run(shop, line).find("1 kept;") != string::npos);
}

TEST_CASE("An output that is kept in another format than the run writes is named")
{
    const workshop shop;
    fs::create_directory(shop / "in");
    write(shop / "in/a.wav", noise(0.1, 44'100, 2, 0.1, wav_16));
    const string line = "equalise in --output-folder records --curve riaa";
    run(shop, line);
    const auto done = attempt(shop, line + " --format 24");
    CHECK(done.err == "phono: warning: records/a.wav: kept: exists, in pcm16 where this run writes pcm24; --overwrite makes it again\n");
    run(shop, line + " --format 24 --overwrite");
    CHECK(run(shop, line + " --format 24").find("1 kept;") != string::npos);
    CHECK(attempt(shop, line).err.find("in pcm24 where this run writes pcm16; ") != string::npos);
}

TEST_CASE("The lines about an output that is kept, or not done, are one each, whatever its name holds")
{
    const workshop shop;
    fs::create_directory(shop / "in");
    write(shop / "in/a\nb.wav", noise(0.1, 44'100, 1, 0.1));
    const string line = "equalise in --output-folder records --curve riaa";
    run(shop, line);
    CHECK(run(shop, line).starts_with("records/a b.wav: kept: exists\n"));
    CHECK(count(attempt(shop, "equalise in --output-folder records --curve aes").err, "\n") == 1);
    std::ofstream(shop / "in/bad.wav") << "side one";
    CHECK(attempt(shop, "equalise in --output-folder fresh --curve riaa --normalise -1").out.find("fresh/a b.wav: not done: ") !=
          string::npos);
}

TEST_CASE("The other names of WAV and AIFF are written under the same name")
{
    const workshop shop;
    fs::create_directory(shop / "in");
    const auto sound = noise(0.1, 44'100, 2, 0.1, wav_16);
    for (const char* name : {"in/a.bwf", "in/b.wave"}) write(shop / name, sound);
    auto other = sound;
    other.format = SF_FORMAT_AIFF | SF_FORMAT_FLOAT;
    write(shop / "in/c.aifc", other);
    CHECK(run(shop, "equalise in --output-folder records --curve riaa").find("3 files, 3 done;") != string::npos);
    CHECK(below(shop / "records") == names{"a.bwf", "b.wave", "c.aifc"});
    CHECK(contents(shop / "records/a.bwf").starts_with("RIFF"));
    CHECK(contents(shop / "records/b.wave").starts_with("RIFF"));
    CHECK(contents(shop / "records/c.aifc").substr(8, 4) == "AIFC");
}

TEST_CASE("A bad file is one line, the others are done, and the exit status is that of the worst")
{
    const workshop shop;
    fill(shop);
    std::ofstream(shop / "transfers/bad.wav") << "side one, track one\n";
    const auto done = attempt(shop, to_records + " --report report.json");
    CHECK(done.status == 2);
    CHECK(count(done.err, "\n") == 1);
    CHECK(done.err.starts_with("phono: transfers/bad.wav: not a sound file"));
    CHECK(below(shop / "records") == names{"a.wav", "b.wav", "disc 2/a.flac"});
    CHECK(done.out.find("4 files, 3 done, 1 failed;") != string::npos);

    const json_reader report{contents(shop / "report.json")};
    CHECK(report.number("done") == 3);
    CHECK(report.number("failed") == 1);
    CHECK(report.at("files.1.status") == "done");
    CHECK(report.at("files.1.input") == "transfers/b.wav");
    CHECK(report.at("files.1.output") == "records/b.wav");
    CHECK(report.number("files.1.frames") == 24'000);
    CHECK(report.number("files.1.sample_rate") == 48'000);
    CHECK(report.at("files.1.format") == "double");
    CHECK(report.number("files.1.seconds") == 0.5);
    CHECK(report.number("files.1.clipped") == 0);
    CHECK(report.at("files.2.status") == "failed");
    CHECK(report.at("files.2.message").starts_with("transfers/bad.wav: not a sound file"));
    CHECK_FALSE(report.has("files.2.frames"));
}

TEST_CASE("A file whose kind cannot be written, or that is not there, is one line, and the others are done")
{
    const workshop shop;
    fill(shop);
    write(shop / "transfers/c.ogg", noise(0.1, 44'100, 1, 0.2, SF_FORMAT_OGG | SF_FORMAT_VORBIS));
    const auto done = attempt(shop, "equalise transfers nowhere lost.wav --output-folder records --curve riaa --report report.json");
    INFO(done.err);
    CHECK(done.status == 2);
    CHECK(done.err.find("phono: transfers/c.ogg: files of this kind cannot be written; add --extension ") != string::npos);
    CHECK(done.err.find("phono: nowhere: no such file or folder\n") != string::npos);
    CHECK(done.err.find("phono: lost.wav: no such file or folder\n") != string::npos);
    CHECK(count(done.err, "\n") == 3);
    CHECK(done.out.find("6 files, 3 done, 3 failed;") != string::npos);
    CHECK(below(shop / "records") == names{"a.wav", "b.wav", "disc 2/a.flac"});
    CHECK(json_reader{contents(shop / "report.json")}.at("files.2.status") == "failed");
    CHECK(run(shop, to_records + " --extension aiff").find("4 files, 4 done;") != string::npos);
}

TEST_CASE("What may be a recording is not passed over in silence")
{
    const workshop shop;
    fill(shop);
    for (const char* name : {"2.m4a", "3.wv", "4", "5.wav.bak", "6.mka", "7.tta", "cover.jpg", "rip.log", "a.cue", "a.md5", "n.pdf"})
        std::ofstream(shop / (string{"transfers/"} + name)) << "something";
    write(shop / "transfers/8.sph", noise(0.1, 44'100, 1, 0.2, SF_FORMAT_NIST | SF_FORMAT_PCM_16));
    const auto done = attempt(shop, to_records + " --report report.json --extension wav --jobs 1");
    INFO(done.err);
    CHECK(done.status == 0);
    CHECK(done.err.find("phono: warning: passed over: transfers/2.m4a, transfers/3.wv, transfers/4, transfers/5.wav.bak, transfers/6.mka, "
                        "transfers/7.tta; ") != string::npos);
    CHECK(fs::exists(shop / "records/8.wav"));
    const json_reader report{contents(shop / "report.json")};
    CHECK(report.at("passed_over.0") == "transfers/2.m4a");
    CHECK(report.at("passed_over.5") == "transfers/7.tta");
    CHECK_FALSE(report.has("passed_over.6"));
    fs::create_directory(shop / "only");
    std::ofstream(shop / "only/1.m4a") << "something";
    CHECK(attempt(shop, "equalise only --output-folder records --curve riaa").err.find("holds no sound files; passed over: only/1.m4a") !=
          string::npos);
}

TEST_CASE("An output that is kept though it was made with another curve or gain is named, with how it was made")
{
    const workshop shop;
    fill(shop);
    const auto of = [](const string& options) { return "equalise transfers --output-folder records --report report.json " + options; };
    run(shop, of("--curve riaa --gain -3"));
    CHECK(run(shop, of("--curve riaa --gain -3")).find("3 files, 3 kept;") != string::npos);
    for (const string options :
         {"--curve aes --gain -3", "--curve riaa", "--curve riaa --gain -3 --dc", "--curve riaa --gain -3 --absolute", "--curve acoustic",
          "--curve riaa --inverse --gain -3", "--curve riaa --gain -3 --phase corrected"}) {
        const auto done = attempt(shop, of(options));
        INFO(options << ": " << done.err);
        CHECK(done.status == 0);
        CHECK(done.err.find(
                  "phono: warning: records/a.wav: kept: exists, made with RIAA (3180/318/75 us), gain -3.00 dB; --overwrite makes it "
                  "again\n") != string::npos);
        CHECK(count(done.err, "\n") == 3);
        CHECK(json_reader{contents(shop / "report.json")}.at("files.0.message").starts_with("exists, made with RIAA"));
    }
    CHECK(run(shop, of("--curve riaa --gain -3")).find("3 files, 3 kept;") != string::npos);
}

TEST_CASE("What a mono recording among stereo ones became is no difference")
{
    const workshop shop;
    fill(shop);
    for (int i = 0; i < 2; ++i) {
        const auto done = attempt(shop, to_records + " --mono lateral");
        INFO(done.err);
        CHECK(done.status == 0);
        CHECK(done.err ==
              (i == 0 ? "phono: warning: transfers/b.wav: is mono already, and passes as it is: --mono lateral has nothing to mix\n" : ""));
    }
    CHECK(read(shop / "records/a.wav").channels == 1);
    CHECK(count(attempt(shop, to_records + " --mono left").err, "made with RIAA (3180/318/75 us), mono, lateral; ") == 2);
    CHECK(count(attempt(shop, to_records).err, "made with RIAA (3180/318/75 us), mono, lateral; ") == 2);
}

TEST_CASE("A run that is interrupted says how far it came, and its report replaces that of an earlier one")
{
    const auto [signal, status] = GENERATE(table<string, int>({{"INT", 130}, {"TERM", 143}}));
    const workshop shop;
    write(shop / "a.wav", noise(0.1, 44'100, 1, 0.2));
    write(shop / "b.wav", noise(0.1, 44'100, 1, 0.2));
    run(shop, "equalise b.wav old.wav --curve aes --report report.json");
    REQUIRE(::mkfifo((shop / "slow.wav").c_str(), 0600) == 0);   // nobody writes there
    const string line = "equalise a.wav slow.wav b.wav --output-folder out --curve riaa --report report.json --jobs 1";
    const auto done = shop.run("env --default-signal=INT " + phono_command + line +
                               " & while ! grep -q a.wav ../out; do sleep 0.02; done; kill -" + signal + " $!; wait $!");
    CHECK(done.status == status);
    CHECK(done.err.starts_with("phono: interrupted: 1 done, 2 to do; the same command goes on\n"));   // then the shell's own words
    CHECK(below(shop / "out") == names{"a.wav"});
    const json_reader report{contents(shop / "report.json")};
    CHECK(report.at("interrupted") == "true");
    CHECK(report.number("done") == 1);
    CHECK(report.at("files.0.status") == "done");
    CHECK(report.at("files.2.message") == "interrupted");
    fs::remove(shop / "slow.wav");
    write(shop / "slow.wav", noise(0.1, 44'100, 1, 0.2));
    CHECK(run(shop, line).find("3 files, 2 done, 1 kept;") != string::npos);
    CHECK(json_reader{contents(shop / "report.json")}.at("interrupted") == "false");
}

TEST_CASE("The report tells phono's version, every option, and the note of each output")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 2, 0.2));
    run(shop,
        "equalise in.wav out.wav --curve riaa --undo aes --undo-speed 2 --absolute --dc --swap --balance 1 --mono left --phase corrected "
        "--no-dither --report report.json");
    const json_reader report{contents(shop / "report.json")};
    CHECK(report.at("made_by") == "phono " PHONO_VERSION);
    for (const auto& [name, value] : {std::pair<string, string>{"curve", "riaa"},
                                      {"undo", "aes"},
                                      {"undo-speed", "2"},
                                      {"absolute", "true"},
                                      {"dc", "true"},
                                      {"swap", "true"},
                                      {"balance", "1"},
                                      {"mono", "left"},
                                      {"phase", "corrected"},
                                      {"no-dither", "true"},
                                      {"inverse", "false"},
                                      {"precision", "double"}}) {
        INFO(name);
        CHECK(report.at("options." + name) == value);
    }
    CHECK(report.at("files.0.note") == "phono " PHONO_VERSION
                                       "; playback curve RIAA (3180/318/75 us) applied; after undoing AES 1951; "
                                       "brought to 2 times the speed that the undone curve was applied at; at the curve's own level; DC "
                                       "removed; channels swapped; balance +1.00 dB; "
                                       "phase corrected; mono, left");
}

TEST_CASE("Files that do not go together are refused before anything is written")
{
    const auto [line, says] = GENERATE(table<string, string>({
        {"transfers transfers/a.wav --output-folder records", "would both become records/a.wav"},
        {"transfers/a.wav 'transfers/disc 2/a.flac' --output-folder records --extension flac", "would both become records/a.flac"},
        {"transfers/a.wav --output-folder transfers", "is the input transfers/a.wav itself"},
        {"transfers --output-folder transfers", "is one of the inputs"},
        {"transfers/a.wav --output-folder transfers/notes.txt", "is not a folder"},
        {"empty --output-folder records", "empty: this folder holds no sound files"},
        {"transfers/a.wav transfers/b.wav third.wav", "3 files are given where IN and OUT are expected"},
        {"transfers records", "transfers: is a folder; add --output-folder"},
        {"transfers/a.wav transfers", "transfers: is a folder; put --output-folder before it"},
        {"transfers/a.wav", "OUT is required"},
        {"", "IN is required"},
        {"transfers/a.wav transfers/b.wav", "transfers/b.wav: exists, and is not a recording that phono has made"},
        {"transfers/a.wav transfers/b.wav --output-folder ''", "--output-folder: is empty"},
        {"transfers/a.wav out.wav --report transfers/b.wav", "transfers/b.wav: exists, and is not a report that phono has made"},
        {"transfers/a.wav out.wav --report ''", "--report: is empty"},
        {"transfers/a.wav out.wav --report -", "give the report a file"},
        {"transfers/a.wav out.wav --report link/out.wav", "is a sound file of this run"},
        {"transfers/a.wav out.wav --jobs 0", "--jobs"},
        {"transfers/a.wav out.wav --report nowhere/report.json", "there is no folder nowhere"},
        {"transfers/a.wav out.wav --report out.wav", "is a sound file of this run"},
        {"transfers/a.wav out.wav --report transfers/a.wav", "is a sound file of this run"},
        {"transfers/a.wav out.wav --normalise 1", "--normalise"},
        {"transfers/a.wav out.wav --normalise -1 --gain 3", "--gain"},
        {"transfers --output-folder records --curve", "--curve"},
        {"- --output-folder records", "the standard input has no name"},
    }));
    const workshop shop;
    fill(shop);
    fs::create_directory(shop / "empty");
    fs::create_directory_symlink(".", shop / "link");
    const auto before = below(shop / ".");
    const auto done = attempt(shop, "equalise --curve riaa " + line);
    INFO(line << ": " << done.err);
    CHECK(done.status == 2);
    CHECK(done.err.find(says) != string::npos);
    CHECK(count(done.err, "\n") == 1);
    CHECK(below(shop / ".") == before);
}

TEST_CASE("The output folder may lie within the input: its files are no inputs of the next run")
{
    const workshop shop;
    fill(shop);
    const string line = "equalise transfers --output-folder transfers/records --curve riaa --extension flac --format pcm24";
    run(shop, line);
    CHECK(run(shop, line).find("3 files, 3 kept;") != string::npos);
    CHECK(below(shop / "transfers/records") == names{"a.flac", "b.flac", "disc 2/a.flac"});
}

TEST_CASE("Recordings that phono has not made are named where they lie in an output folder within the input")
{
    const workshop shop;
    fs::create_directories(shop / "i/sub/deep");
    for (const char* name : {"i/a.wav", "i/sub/z.wav", "i/sub/deep/y.flac"})
        write(shop / name, noise(0.1, 44'100, 1, 0.1, string{name}.ends_with("flac") ? SF_FORMAT_FLAC | SF_FORMAT_PCM_16 : wav_16));
    const string line = "equalise i --output-folder i/sub --curve riaa --report report.json";
    for (int i = 0; i < 2; ++i) {
        const auto done = attempt(shop, line);
        INFO(done.err);
        CHECK(done.status == 0);
        CHECK(done.err ==
              "phono: warning: passed over in the output folder: i/sub/deep/y.flac, i/sub/z.wav; not made by phono, as far as "
              "they say: move transfers out of it\n");
        CHECK(json_reader{contents(shop / "report.json")}.at("passed_over.1") == "i/sub/z.wav");
    }
    fs::copy_file(shop / "i/a.wav", shop / "i/sub/a.wav", fs::copy_options::overwrite_existing);
    CHECK(attempt(shop, line).err.find("i/sub/a.wav: kept: exists, not made by phono") != string::npos);
    CHECK(attempt(shop, line + " --overwrite").err.find("phono: warning: replaced by --overwrite: i/sub/a.wav; not made by phono") !=
          string::npos);
    CHECK(attempt(shop, line + " --overwrite").err.find("i/sub/a.wav") == string::npos);
}

TEST_CASE("DC of the input is named from -60 dBFS on")
{
    const workshop shop;
    auto sound = sine(0.1, 1000.0, 48'000, 1.0);
    for (double& x : sound.samples) x += 0.02;
    write(shop / "dc.wav", sound);
    CHECK(run(shop, "equalise dc.wav out.wav --curve riaa").find("; DC of the input -33.98 dBFS;") != string::npos);
    for (double& x : sound.samples) x -= 0.0195;
    write(shop / "less.wav", sound);
    CHECK(run(shop, "equalise less.wav out.wav --curve riaa").find("DC") == string::npos);
}

TEST_CASE("The JSON report takes any file name")
{
    const workshop shop;
    const string name = "A \"side\"\n caf\xe9 caf\xc3\xa9.wav";
    write(shop / name, sine(0.1, 1000.0, 44'100, 0.1));
    const auto done = attempt(shop, "equalise *.wav --output-folder out --curve riaa --report report.json");
    CHECK(done.status == 0);
    CHECK(count(done.out, "\n") == 2);   // the result and the summary
    CHECK(contents(shop / "report.json")
              .find(R"("A \"side\"\u000a caf\udce9 caf)"
                    "\xc3\xa9.wav\"") != string::npos);
}

TEST_CASE("Links to folders are followed, but not round in circles, and what is hidden is named")
{
    const workshop shop;
    for (const char* folder : {"transfers", "elsewhere", "elsewhere/deep"}) fs::create_directory(shop / folder);
    for (const char* file : {"transfers/a.wav", "elsewhere/deep/b.wav", "transfers/.c.wav"}) write(shop / file, noise(0.1, 44'100, 1, 0.1));
    fs::create_directory_symlink("../elsewhere", shop / "transfers/link");
    fs::create_directory_symlink("..", shop / "elsewhere/deep/up");
    fs::create_directory_symlink("../transfers", shop / "elsewhere/round");
    const auto done = attempt(shop, "equalise transfers --output-folder records --curve riaa");
    INFO(done.err);
    CHECK(done.status == 0);
    CHECK(below(shop / "records") == names{"a.wav", "link/deep/b.wav"});
    CHECK(done.err == "phono: warning: transfers/.c.wav: hidden, and passed over; name what is meant\n");
}

TEST_CASE("Two sides are never one output, whatever links lead there")
{
    const workshop shop;
    for (const char* folder : {"in", "in/x", "in/y", "out", "out/x"}) fs::create_directory(shop / folder);
    fs::create_directory_symlink("x", shop / "out/y");
    for (const char* file : {"in/x/s.wav", "in/y/s.wav"}) write(shop / file, noise(0.1, 44'100, 1, 0.1));
    const auto done = attempt(shop, "equalise in --output-folder out --curve riaa");
    CHECK(done.status == 2);
    CHECK(done.err.find("in/y/s.wav and in/x/s.wav would both become out/y/s.wav") != string::npos);
    CHECK(below(shop / "out").empty());
}

TEST_CASE("An output that appears while it is made is kept")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.1));
    const auto sound = contents(shop / "in.wav");
    REQUIRE(::mkfifo((shop / "slow.wav").c_str(), 0600) == 0);
    std::thread writer{[&] {
        std::ofstream pipe{shop / "slow.wav", std::ios::binary};
        pipe.write(sound.data(), static_cast<std::streamsize>(sound.size() / 2)).flush();
        fs::create_directory(shop / "out");
        std::ofstream(shop / "out" / "slow.wav") << "precious";
        pipe.write(sound.data() + sound.size() / 2, static_cast<std::streamsize>(sound.size() - sound.size() / 2));
    }};
    const auto done = attempt(shop, "equalise slow.wav --output-folder out --curve riaa");
    writer.join();
    INFO(done.err);
    CHECK(contents(shop / "out" / "slow.wav") == "precious");
    CHECK(below(shop / "out") == names{"slow.wav"});
}

TEST_CASE("One output of phono is replaced by the next, and a transfer only with --overwrite")
{
    const workshop shop;
    write(shop / "a.wav", noise(0.1, 44'100, 1, 0.1));
    write(shop / "b.wav", noise(0.1, 44'100, 1, 0.2));
    run(shop, "equalise a.wav record.wav --curve riaa");
    run(shop, "equalise b.wav record.wav --curve riaa");
    const auto transfer = contents(shop / "b.wav");
    CHECK(attempt(shop, "equalise a.wav b.wav --curve riaa").status == 2);
    fs::resize_file(shop / "b.wav", transfer.size() - 100);   // a damaged one is one, too
    CHECK(attempt(shop, "equalise a.wav b.wav --curve riaa").status == 2);
    run(shop, "equalise a.wav b.wav --curve riaa --overwrite");
    CHECK(contents(shop / "b.wav") != transfer);
}
