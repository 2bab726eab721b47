// SPDX-License-Identifier: BSL-1.0
#include "support/byte_output.hpp"

#include "support/failure.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <utility>

namespace command {

namespace {

// Whether the call that has just failed may be tried again; waits first for a pipe that its owner has made non-blocking.
bool may_go_on(int descriptor)
{
    if (errno == EINTR) return true;
    if (errno != EAGAIN) return false;
    pollfd writable{descriptor, POLLOUT, 0};
    return ::poll(&writable, 1, -1) >= 0 || errno == EINTR;
}

template <typename Write>
void write_whole(std::span<const unsigned char> bytes, int descriptor, const std::string& name, Write write)
{
    while (!bytes.empty()) {
        const auto written = write(bytes);
        if (written > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        } else if (written == 0) {
            throw failure{name + ": could not be written: the system takes no more bytes"};
        } else if (!may_go_on(descriptor)) {
            const int reason = errno;
            throw failure{name + ": could not be written: " +
                          (reason == EPIPE ? "the program that reads the pipe has ended" : std::strerror(reason))};
        }
    }
}

// Where the next byte of a file on disk goes. A file that is opened for appending (`>>`) takes every byte at its end, wherever it is meant
// to go, and a pipe or a device keeps none.
std::optional<std::uint64_t> place_in_file(int descriptor)
{
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    const int flags = ::fcntl(descriptor, F_GETFL);
    if (flags < 0 || (flags & O_APPEND) != 0) return std::nullopt;
    const auto place = ::lseek(descriptor, 0, SEEK_CUR);
    return place < 0 ? std::nullopt : std::optional{static_cast<std::uint64_t>(place)};
}

}   // namespace

byte_output::byte_output(int descriptor, std::string name)
    : descriptor_{descriptor}, name_{std::move(name)}, begin_{place_in_file(descriptor)}
{
}

void byte_output::write(std::span<const unsigned char> bytes)
{
    write_whole(bytes, descriptor_, name_, [this](auto rest) { return ::write(descriptor_, rest.data(), rest.size()); });
}

void byte_output::overwrite(std::uint64_t position, std::span<const unsigned char> bytes)
{
    const auto end = begin_.value() + position + bytes.size();
    write_whole(bytes, descriptor_, name_,
                [&](auto rest) { return ::pwrite(descriptor_, rest.data(), rest.size(), static_cast<off_t>(end - rest.size())); });
}

}   // namespace command
