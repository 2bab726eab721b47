// SPDX-License-Identifier: BSL-1.0
#include "support/output_stream.hpp"

#include "support/failure.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

namespace command {

namespace {

bool is_dash(const std::filesystem::path& file) { return file == "-"; }

}   // namespace

bool is_stream(const std::filesystem::path& file)
{
    std::error_code error;
    return is_dash(file) || std::filesystem::is_fifo(file, error);
}

bool is_standard_output(const std::filesystem::path& file)
{
    if (is_dash(file)) return true;
    struct stat named {
    }, standard{};
    return ::stat(file.c_str(), &named) == 0 && ::fstat(STDOUT_FILENO, &standard) == 0 && named.st_dev == standard.st_dev &&
           named.st_ino == standard.st_ino;
}

void require_streamable(const std::filesystem::path& file)
{
    if (!is_dash(file)) {
        if (::access(file.c_str(), W_OK) != 0) throw failure{file.string() + ": cannot be written: " + std::strerror(errno)};
        return;
    }
    if (::isatty(STDOUT_FILENO) != 0)
        throw failure{"-: the standard output is a terminal; send it to a program or a file: | flac - or > out.wav"};
    const int flags = ::fcntl(STDOUT_FILENO, F_GETFL);
    if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY) throw failure{"-: the standard output is closed"};
}

output_stream::output_stream(const std::filesystem::path& file) : file_{file}
{
    require_streamable(file);
    std::signal(SIGPIPE, SIG_IGN);
    do {
        descriptor_ =
            is_dash(file) ? ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1) : ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    } while (descriptor_ < 0 && errno == EINTR);
    if (descriptor_ < 0) throw failure{file.string() + ": cannot be written: " + std::strerror(errno)};
}

output_stream::~output_stream()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

void output_stream::finish()
{
    if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR)
        throw failure{file_.string() + ": could not be finished: " + std::strerror(errno)};
}

}   // namespace command
