// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <csignal>
#include <functional>
#include <thread>

namespace command {

/// Last words of a run that SIGINT, SIGTERM or SIGHUP ends, if the caller does not have them ignored: while this object lives, `words` is
/// called before the signal does what it would have done at once. It runs in a thread of its own, so that it may take its time, and a second
/// signal cuts it short. To be made before the other threads of the run, which inherit that the signals are not theirs.
class interruption {
public:
    explicit interruption(std::function<void()> words);
    ~interruption();

    interruption(const interruption&) = delete;
    interruption& operator=(const interruption&) = delete;

private:
    void wait(int signals);

    std::function<void()> words_;
    sigset_t before_{};
    int stop_;   ///< an eventfd
    std::thread watcher_;
};

}   // namespace command
