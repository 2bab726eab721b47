// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace command {

/// The descriptor itself, or in its place one that is no standard stream, which the caller of the program may have closed: what is said there
/// would end in the file. -1 and `errno` where there is none.
[[nodiscard]] inline int above_standard_streams(int descriptor) noexcept
{
    if (descriptor < 0 || descriptor > STDERR_FILENO) return descriptor;
    const int higher = ::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    const int reason = errno;
    ::close(descriptor);
    errno = reason;
    return higher;
}

}   // namespace command
