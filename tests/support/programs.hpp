// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/catch.hpp"

#include <sndfile.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

/// Real programs and real sound files, for the tests that run them.
namespace programs {

namespace fs = std::filesystem;

/// How often a string occurs in a text.
inline int count(const std::string& text, const std::string& words)
{
    int n = 0;
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++n;
    return n;
}

inline std::string contents(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    REQUIRE(stream);
    std::ostringstream text;
    text << stream.rdbuf();   // character by character takes twenty times as long where tests are not optimised
    return std::move(text).str();
}

struct outcome {
    int status;   ///< 128 + the signal's number where a signal ended it, as in a shell
    std::string out, err;
};

/// A temporary folder, removed with the object.
class workshop {
public:
    workshop()
    {
        std::string name = (fs::temp_directory_path() / "phono-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder = name;
        fs::create_directory(folder / "files");
    }
    ~workshop()
    {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    workshop(const workshop&) = delete;
    workshop& operator=(const workshop&) = delete;

    fs::path operator/(const std::string& name) const { return files() / name; }

    /// Runs a shell command in the folder.
    outcome run(const std::string& line) const
    {
        const std::string shell = "cd '" + files().string() + "' && { " + line + " ; } > ../out 2> ../err < /dev/null";
        const int status = std::system(shell.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), contents(folder / "out"), contents(folder / "err")};
    }

    std::set<std::string> names() const
    {
        std::set<std::string> all;
        for (const auto& entry : fs::directory_iterator(files())) all.insert(entry.path().filename().string());
        return all;
    }

private:
    fs::path files() const { return folder / "files"; }

    fs::path folder;
};

struct audio {
    int rate = 0;
    int channels = 1;
    std::vector<double> samples{};   ///< interleaved
    int format = SF_FORMAT_WAV | SF_FORMAT_DOUBLE;
};

struct close_file {
    void operator()(SNDFILE* file) const noexcept { sf_close(file); }
};
using open_file = std::unique_ptr<SNDFILE, close_file>;

inline audio read(const fs::path& path)
{
    INFO(path);
    SF_INFO info{};
    const open_file file{sf_open(path.c_str(), SFM_READ, &info)};
    REQUIRE(file);
    audio sound{info.samplerate, info.channels, std::vector<double>(static_cast<std::size_t>(info.frames * info.channels)), info.format};
    REQUIRE(sf_readf_double(file.get(), sound.samples.data(), info.frames) == info.frames);
    return sound;
}

/// Writes the sound `times` times over, so that a long file takes no memory here.
inline void write(const fs::path& path, const audio& sound, int times = 1)
{
    INFO(path);
    SF_INFO info{};
    info.samplerate = sound.rate;
    info.channels = sound.channels;
    info.format = sound.format;
    const open_file file{sf_open(path.c_str(), SFM_WRITE, &info)};
    REQUIRE(file);
    const auto count = static_cast<sf_count_t>(sound.samples.size());
    for (int i = 0; i < times; ++i) REQUIRE(sf_write_double(file.get(), sound.samples.data(), count) == count);
}

inline constexpr double impulse_height = 0.5;

/// Half of full scale at the first sample, then silence.
inline audio impulse(int rate, double seconds)
{
    audio sound{rate, 1, std::vector<double>(static_cast<std::size_t>(seconds * rate))};
    sound.samples[0] = impulse_height;
    return sound;
}

}   // namespace programs
