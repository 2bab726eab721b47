// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace command {

/// Threads that share the work of loops. A task may run a loop of its own: whoever is free helps with the newest loop first, so that the
/// channels of one file go ahead of further files.
class workers {
public:
    /// So many threads, the caller's own among them; at least one.
    explicit workers(std::size_t count);
    ~workers();

    workers(const workers&) = delete;
    workers& operator=(const workers&) = delete;

    [[nodiscard]] std::size_t count() const noexcept { return threads_.size() + 1; }

    /// Runs the task with 0, 1 ... `count` - 1, begun in that order, and returns when all have ended. Of the exceptions that tasks throw,
    /// that of the lowest number is thrown on.
    void each(std::size_t count, const std::function<void(std::size_t)>& task);

private:
    struct loop;
    using lock = std::unique_lock<std::mutex>;

    [[nodiscard]] loop* newest_with_work(std::size_t from_age);
    void run_next(loop& from, lock& held);
    void help();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::list<loop*> loops_;   ///< those not ended, the newest first
    std::size_t begun_ = 0;    ///< loops so far
    bool stopped_ = false;
    std::vector<std::thread> threads_;
};

/// The processors that this process may use.
[[nodiscard]] std::size_t available_processors() noexcept;

}   // namespace command
