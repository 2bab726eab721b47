// SPDX-License-Identifier: BSL-1.0
#include "support/doomed_file.hpp"

#include "support/above_standard_streams.hpp"
#include "support/failure.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <mutex>
#include <utility>

namespace command {

namespace {

// All that the handler of a signal may touch: memory that is always there, and atomic numbers.
enum slot_state : int { unused, claimed, creating, created };
struct slot {
    std::atomic<int> state{unused};
    std::array<char, 4096> name{};
};
std::array<slot, 1024> slots;
std::atomic<bool> dying{false};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

constexpr std::array deadly{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU, SIGALRM, SIGVTALRM, SIGUSR1, SIGUSR2};

extern "C" void remove_and_die(int signal)
{
    dying = true;
    for (auto& each : slots) {
        // Another thread's open() is under way; this thread's cannot be, it blocks signals meanwhile.
        for (int patience = 1000; each.state == creating && patience > 0; --patience) {
            const timespec millisecond{0, 1'000'000};
            ::nanosleep(&millisecond, nullptr);
        }
        if (each.state == created) ::unlink(each.name.data());
    }
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

void watch_all()
{
    static std::once_flag once;
    std::call_once(once, [] {
        for (const int signal : deadly) watch(signal);
    });
}

class signals_blocked {
public:
    signals_blocked()
    {
        sigset_t all{};
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~signals_blocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    signals_blocked(const signals_blocked&) = delete;
    signals_blocked& operator=(const signals_blocked&) = delete;

private:
    sigset_t before_{};
};

std::size_t claim(const std::filesystem::path& name)
{
    if (name.native().size() >= slots.front().name.size()) throw failure{name.string() + ": the name is too long"};
    for (std::size_t i = 0; i < slots.size(); ++i) {
        int expected = unused;
        if (!slots[i].state.compare_exchange_strong(expected, claimed)) continue;
        std::memcpy(slots[i].name.data(), name.c_str(), name.native().size() + 1);
        return i;
    }
    throw failure{name.string() + ": too many files are being written at once"};
}

int create(const char* name, mode_t mode)
{
    const int descriptor = above_standard_streams(::open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (descriptor < 0) return descriptor;
    ::flock(descriptor, LOCK_EX | LOCK_NB);   // tells others that its writer lives; not every file system has locks
    struct stat status {};
    if (::fstat(descriptor, &status) == 0 && status.st_nlink > 0) return descriptor;
    ::close(descriptor);   // taken for a leftover before it was locked
    errno = EEXIST;
    return -1;
}

}   // namespace

namespace {

// Not every file system can rename without replacing; a link cannot replace either, and where there are no links this is all that is left.
int move_to_free_name(const char* from, const char* to)
{
    if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
    if (errno == EEXIST) return errno;
    if (::link(from, to) == 0) return ::unlink(from) == 0 ? 0 : errno;
    if (errno == EEXIST) return errno;
    struct stat status {};
    if (::lstat(to, &status) == 0) return EEXIST;
    return std::rename(from, to) == 0 ? 0 : errno;
}

}   // namespace

doomed_file::doomed_file(std::filesystem::path name, mode_t mode) : name_{std::move(name)}, slot_{claim(name_)}
{
    watch_all();
    const signals_blocked undisturbed;
    auto& state = slots[slot_].state;
    state = creating;
    if (!dying) descriptor_ = create(name_.c_str(), mode);
    else errno = EINTR;
    if (descriptor_ < 0) reason_ = errno;
    state = descriptor_ < 0 ? claimed : created;
}

doomed_file::~doomed_file()
{
    if (slots[slot_].state == created) ::unlink(name_.c_str());
    if (descriptor_ >= 0) ::close(descriptor_);
    slots[slot_].state = unused;
}

int doomed_file::rename_to(const std::filesystem::path& destination, existing_file existing)
{
    // What a full disk would not take is told by the write, by fsync or by close. Not every file system syncs.
    while (::fsync(descriptor_) != 0) {
        if (errno == EINVAL || errno == EROFS || errno == ENOTSUP) break;
        if (errno != EINTR) return errno;
    }
    if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) return errno;
    if (existing == existing_file::keep) {
        if (const int reason = move_to_free_name(name_.c_str(), destination.c_str())) return reason;
    } else if (std::rename(name_.c_str(), destination.c_str()) != 0) {
        return errno;
    }
    slots[slot_].state = claimed;
    return 0;
}

}   // namespace command
