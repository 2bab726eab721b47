// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/programs.hpp"

#include <fcntl.h>
#include <sys/resource.h>

#include <cerrno>
#include <csignal>
#include <optional>

/// phono as a child of ours, to be stopped, measured, or given a disk that is full at a certain byte.
namespace programs {

struct limits {
    std::optional<rlim_t> file_bytes{};   ///< the disk is full there
};

inline pid_t start(const workshop& shop, std::vector<std::string> arguments, const limits& least = {})
{
    std::string command = PHONO_COMMAND;
    const fs::path folder = shop / "";
    std::vector<char*> argv{command.data()};
    for (auto& word : arguments) argv.push_back(word.data());
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child != 0) return child;
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int stream : {0, 1, 2}) ::dup2(nothing, stream);
    for (const int signal : {SIGINT, SIGQUIT, SIGPIPE}) std::signal(signal, SIG_DFL);   // a background job's children would ignore them
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    if (least.file_bytes) {
        const rlimit full{*least.file_bytes, *least.file_bytes};
        ::setrlimit(RLIMIT_FSIZE, &full);
    }
    if (::chdir(folder.c_str()) == 0) ::execv(argv[0], argv.data());
    ::_exit(127);
}

struct ending {
    int status;       ///< 128 + the signal's number where a signal ended it, as in a shell
    long kilobytes;   ///< resident at most
};

inline ending wait_for(pid_t child)
{
    int status = 0;
    rusage used{};
    while (::wait4(child, &status, 0, &used) < 0) REQUIRE(errno == EINTR);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), used.ru_maxrss};
}

}   // namespace programs
