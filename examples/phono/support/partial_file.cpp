// SPDX-License-Identifier: BSL-1.0
#include "support/partial_file.hpp"

#include "support/failure.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace command {

namespace {

namespace fs = std::filesystem;

std::array<char, 4096> doomed{};   // the name to remove; read by the handler
volatile std::sig_atomic_t armed = 0;

extern "C" void remove_and_die(int signal)
{
    if (armed != 0) ::unlink(doomed.data());
    ::raise(signal);   // SA_RESETHAND has put the default action back
}

// Leaves alone what the caller told us to ignore (nohup, a shell's background job).
void watch(int signal)
{
    struct sigaction action {};
    if (::sigaction(signal, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) return;
    action = {};
    action.sa_handler = remove_and_die;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
    ::sigaction(signal, &action, nullptr);
}

void arm(const fs::path& file)
{
    armed = 0;
    const auto& name = file.native();
    if (name.size() >= doomed.size()) throw failure{name + ": the name is too long"};
    std::memcpy(doomed.data(), name.c_str(), name.size() + 1);
    armed = 1;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) watch(signal);
}

// A link stays a link: its target is what gets replaced.
fs::path resolved(const fs::path& destination)
{
    std::error_code error;
    if (!fs::is_symlink(fs::symlink_status(destination, error))) return destination;
    const auto target = fs::weakly_canonical(destination, error);
    return error ? destination : target;
}

}   // namespace

partial_file::partial_file(const fs::path& destination) : destination_{resolved(destination)}
{
    std::error_code error;
    const auto folder = destination_.has_parent_path() ? destination_.parent_path() : fs::path{"."};
    if (!fs::is_directory(folder, error))
        throw failure{destination.string() + ": there is no folder " + folder.string() + "; make it first"};
    const auto status = fs::status(destination_, error);
    if (fs::exists(status) && !fs::is_regular_file(status))
        throw failure{destination.string() + ": exists and is not a regular file; give another name for the output"};

    const auto stem = destination_.filename().string().substr(0, 200);   // file systems allow 255 bytes in all
    for (int attempt = 0;; ++attempt) {
        temporary_ = folder / ('.' + stem + ".phono-" + std::to_string(::getpid()) + (attempt == 0 ? "" : '-' + std::to_string(attempt)) +
                               ".partial");
        arm(temporary_);
        descriptor_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor_ >= 0) return;
        const int reason = std::exchange(errno, 0);
        armed = 0;
        if (reason != EEXIST || attempt == 100)
            throw failure{destination.string() + ": cannot write in " + folder.string() + ": " + std::strerror(reason)};
    }
}

partial_file::~partial_file()
{
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
    armed = 0;
}

void partial_file::commit()
{
    const bool synced = ::fsync(descriptor_) == 0 || errno == EINVAL || errno == EROFS;   // not every file system syncs
    const int reason = errno;
    const bool closed = ::close(std::exchange(descriptor_, -1)) == 0;
    if (synced && closed && std::rename(temporary_.c_str(), destination_.c_str()) == 0) {
        armed = 0;
        return;
    }
    const std::string why = std::strerror(synced ? errno : reason);
    ::unlink(temporary_.c_str());
    armed = 0;
    throw failure{destination_.string() + ": could not be finished: " + why};
}

}   // namespace command
