// SPDX-License-Identifier: BSL-1.0
#include "support/interruption.hpp"

#include "support/above_standard_streams.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

namespace command {

namespace {

// Those that the caller has left to us. What a caller has ignored (nohup) or blocked is none of ours.
sigset_t ours(const sigset_t& blocked)
{
    sigset_t all{};
    ::sigemptyset(&all);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action {};
        const bool is_ignored = ::sigaction(signal, nullptr, &action) != 0 || action.sa_handler == SIG_IGN;
        if (!is_ignored && ::sigismember(&blocked, signal) == 0) ::sigaddset(&all, signal);
    }
    return all;
}

int opened(int descriptor)
{
    descriptor = above_standard_streams(descriptor);
    if (descriptor < 0) throw std::system_error{errno, std::generic_category(), "signals cannot be waited for"};
    return descriptor;
}

}   // namespace

interruption::interruption(std::function<void()> words) : words_{std::move(words)}, stop_{opened(::eventfd(0, EFD_CLOEXEC))}
{
    ::pthread_sigmask(SIG_SETMASK, nullptr, &before_);
    const auto taken = ours(before_);
    const int signals = opened(::signalfd(-1, &taken, SFD_CLOEXEC));
    ::pthread_sigmask(SIG_BLOCK, &taken, nullptr);
    watcher_ = std::thread{[this, signals] { wait(signals); }};
}

interruption::~interruption()
{
    const std::uint64_t one = 1;
    while (::write(stop_, &one, sizeof one) < 0 && errno == EINTR) {
    }
    watcher_.join();
    ::close(stop_);
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);   // one that has come meanwhile acts now
}

void interruption::wait(int signals)
{
    std::array<pollfd, 2> events{pollfd{signals, POLLIN, 0}, pollfd{stop_, POLLIN, 0}};
    while (::poll(events.data(), events.size(), -1) < 0 && errno == EINTR) {
    }
    signalfd_siginfo told{};
    const bool is_told = (events[0].revents & POLLIN) != 0 && ::read(signals, &told, sizeof told) == sizeof told;
    ::close(signals);
    if (!is_told) return;
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);   // a second one acts at once
    words_();
    ::raise(static_cast<int>(told.ssi_signo));
}

}   // namespace command
