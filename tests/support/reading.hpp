// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/audio_reader.hpp"
#include "audio/channel_spans.hpp"
#include "support/failure.hpp"
#include "support/sound_files.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

/// What the command's reader makes of the bytes of a file, without starting the command.
namespace reading {

struct result {
    std::optional<std::string> refused{};   ///< the failure's sentence
    command::recording about{};
    std::vector<double> samples{};   ///< interleaved
    std::vector<std::string> assumptions{};

    [[nodiscard]] std::size_t frames() const { return about.channels > 0 ? samples.size() / static_cast<std::size_t>(about.channels) : 0; }
};

inline result read(const std::string& path, bool recover = false)
{
    result made;
    try {
        command::audio_reader in{path, recover};
        made.about = in.about();
        const auto channels = static_cast<std::size_t>(in.about().channels);
        command::channel_memory memory{channels, 100};
        while (const auto frames = in.read(memory(channels, 100))) {
            const auto before = made.samples.size();
            made.samples.resize(before + channels * frames);
            command::interleave(memory(channels, frames), std::span{made.samples}.subspan(before));
        }
        made.about = in.about();
        made.assumptions = in.assumptions();
    } catch (const command::failure& error) {
        made.refused = error.what();
    }
    return made;
}

/// As a file on disk; it is in memory.
inline result from_file(const std::string& bytes, bool recover = false)
{
    const int file = ::memfd_create("sound", MFD_CLOEXEC);
    if (::write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) return {"the test could not write", {}, {}, {}};
    auto made = read("/proc/self/fd/" + std::to_string(file), recover);
    ::close(file);
    return made;
}

/// As a pipe, into which is written while it is read.
inline result from_pipe(const std::string& bytes, bool recover = false)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return {"the test has no pipe", {}, {}, {}};
    std::thread writer{[&] {
        sigset_t of_closed_pipe;   // where the reader refuses it, the rest is not wanted
        sigemptyset(&of_closed_pipe);
        sigaddset(&of_closed_pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &of_closed_pipe, nullptr);
        for (std::size_t done = 0; done < bytes.size();) {
            const auto count = ::write(ends[1], bytes.data() + done, bytes.size() - done);
            if (count <= 0) break;
            done += static_cast<std::size_t>(count);
        }
        ::close(ends[1]);
    }};
    auto made = read("/proc/self/fd/" + std::to_string(ends[0]), recover);
    ::close(ends[0]);
    writer.join();
    return made;
}

}   // namespace reading
