// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/reading.hpp"
#include "support/sounds.hpp"

#include <sys/syscall.h>

#include <cerrno>

/// The system's calls for reading fail once, or give less than was asked for: neither may be taken for the end of the sound or for sound.
namespace {

enum class trouble { none, error, few };

trouble what = trouble::none;
int calls_until = 0;

// Whether it is this call's turn.
bool is_due() { return what != trouble::none && --calls_until == 0; }

}   // namespace

// In place of the C library's.
extern "C" ssize_t pread(int file, void* buffer, size_t count, off_t at)
{
    const bool due = is_due();
    if (due && what == trouble::error) {
        errno = EIO;
        return -1;
    }
    return ::syscall(SYS_pread64, file, buffer, due ? (count + 1) / 2 : count, at);
}

extern "C" ssize_t read(int file, void* buffer, size_t count)
{
    const bool due = is_due();
    if (due && what == trouble::error) {
        errno = EIO;
        return -1;
    }
    return ::syscall(SYS_read, file, buffer, due ? (count + 1) / 2 : count);
}

namespace {

using namespace programs;

std::vector<std::string> files()
{
    std::vector<std::string> all;
    for (const char* kind : {"wav", "rf64", "w64", "aiff", "caf"}) {
        auto made = sound_files::of_kind(kind, sound_files::samples_16(2000));
        made.chunks.push_back(made.with.chunk("LIST", "behind"));
        all.push_back(made.bytes());
    }
    const workshop shop;
    for (const int format : {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_OGG | SF_FORMAT_VORBIS, SF_FORMAT_AU | SF_FORMAT_ULAW}) {
        write(shop / "in", noise(0.5, 44'100, 2, 0.1, format));
        all.push_back(contents(shop / "in"));
    }
    return all;
}

}   // namespace

TEST_CASE("A read that fails once is a failure, and one that gives less is asked again")
{
    for (const auto& bytes : files()) {
        const auto right = reading::from_file(bytes);
        REQUIRE_FALSE(right.refused);
        for (const bool piped : {false, true})
            for (const auto kind : {trouble::error, trouble::few}) {
                int call = 1;
                for (bool met = true; met; ++call) {
                    calls_until = call;
                    what = kind;
                    const auto result = piped ? reading::from_pipe(bytes) : reading::from_file(bytes);
                    what = trouble::none;
                    met = calls_until <= 0;
                    INFO(bytes.substr(0, 4) << ", call " << call << (piped ? " of a pipe" : ""));
                    if (met && kind == trouble::error) {
                        REQUIRE(result.refused);
                        CHECK(result.refused->find("cannot be read at byte") != std::string::npos);
                    } else {
                        CHECK(result.samples == right.samples);
                    }
                }
                CHECK(call > 3);
            }
    }
}

TEST_CASE("A file that becomes shorter or longer while it is read is a failure")
{
    const auto bytes = sound_files::of_kind("wav", sound_files::samples_16(20'000)).bytes();
    for (const bool shrinks : {false, true}) {
        const int file = ::memfd_create("sound", MFD_CLOEXEC);
        REQUIRE(::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
        command::audio_reader in{"/proc/self/fd/" + std::to_string(file)};
        command::channel_memory memory{2, 1000};
        const auto block = memory(2, 1000);
        REQUIRE(in.read(block) == 1000);
        REQUIRE(::ftruncate(file, static_cast<off_t>(shrinks ? bytes.size() / 2 : 2 * bytes.size())) == 0);
        const auto rest = [&] {
            while (in.read(block) > 0) {
            }
        };
        CHECK_THROWS_AS(rest(), command::failure);
        ::close(file);
    }
}
