// SPDX-License-Identifier: BSL-1.0
#include "support/workers.hpp"

#include <sched.h>

#include <algorithm>
#include <exception>

namespace command {

struct workers::loop {
    const std::function<void(std::size_t)>* task{};
    std::size_t count{};
    std::size_t age{};       // a nested loop is always the newer one
    std::size_t next = 0;    // the first number not begun
    std::size_t ended = 0;   // tasks
    std::exception_ptr fault{};
    std::size_t faulty = 0;   // its number
};

workers::workers(std::size_t count)
{
    for (std::size_t i = 1; i < count; ++i) threads_.emplace_back([this] { help(); });
}

workers::~workers()
{
    {
        const lock held{mutex_};
        stopped_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
}

workers::loop* workers::newest_with_work(std::size_t from_age)
{
    const auto found = std::find_if(loops_.begin(), loops_.end(), [](const loop* any) { return any->next < any->count; });
    return found != loops_.end() && (*found)->age >= from_age ? *found : nullptr;
}

void workers::run_next(loop& from, lock& held)
{
    const auto number = from.next++;
    held.unlock();
    std::exception_ptr fault;
    try {
        (*from.task)(number);
    } catch (...) {
        fault = std::current_exception();
    }
    held.lock();
    if (fault && (!from.fault || number < from.faulty)) from.fault = fault, from.faulty = number;
    if (++from.ended == from.count) changed_.notify_all();
}

void workers::help()
{
    lock held{mutex_};
    while (true) {
        loop* work = nullptr;
        changed_.wait(held, [&] { return (work = newest_with_work(0)) != nullptr || stopped_; });
        if (work == nullptr) return;
        run_next(*work, held);
    }
}

void workers::each(std::size_t count, const std::function<void(std::size_t)>& task)
{
    loop own{&task, count};
    lock held{mutex_};
    own.age = ++begun_;
    loops_.push_front(&own);
    if (count > 1) changed_.notify_all();
    while (own.ended < own.count) {
        loop* work = nullptr;
        // Only loops within its own are helped with: an older one could keep it from returning for long.
        changed_.wait(held, [&] { return own.ended == own.count || (work = newest_with_work(own.age)) != nullptr; });
        if (work != nullptr) run_next(*work, held);
    }
    loops_.remove(&own);
    if (own.fault) std::rethrow_exception(own.fault);
}

std::size_t available_processors() noexcept
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (::sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<std::size_t>(std::max(1, CPU_COUNT(&set)));
    return std::max(1u, std::thread::hardware_concurrency());
}

}   // namespace command
