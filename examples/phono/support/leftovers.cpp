// SPDX-License-Identifier: BSL-1.0
#include "support/leftovers.hpp"

#include "support/utf8.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

namespace command {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = ".phono-";
constexpr std::string_view ending = ".partial";
constexpr std::size_t room_for_numbers = 24;   // of a process and of an attempt

// All that comes before the number of the process. Some file systems refuse a name that ends within a character.
std::string beginning(const std::string& name, std::size_t most)
{
    const auto taken = 1 + mark.size() + room_for_numbers + ending.size();
    return '.' + shortened(name, most > taken ? most - taken : 1) + std::string{mark};
}

// The process that a name of ours tells.
std::optional<pid_t> writer_of(std::string_view name)
{
    if (!name.starts_with('.') || !name.ends_with(ending)) return std::nullopt;
    name.remove_suffix(ending.size());
    const auto at = name.rfind(mark);
    if (at == std::string_view::npos) return std::nullopt;
    name.remove_prefix(at + mark.size());
    pid_t pid = 0;
    const auto [rest, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
    const bool whole = rest == name.data() + name.size() || *rest == '-';
    return error == std::errc{} && whole && pid > 0 ? std::optional{pid} : std::nullopt;
}

// Our own number on a file of an earlier run is nothing rare: in containers every run has the same. Those of this run are locked.
bool is_gone(pid_t process) { return process == ::getpid() || (::kill(process, 0) != 0 && errno == ESRCH); }

std::vector<std::string> abandoned_in(const fs::path& folder)
{
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error)) {
        auto name = at->path().filename().string();
        if (const auto pid = writer_of(name); pid && is_gone(*pid)) names.push_back(std::move(name));
    }
    return names;
}

void remove_unless_locked(const fs::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) return;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) ::unlink(file.c_str());
    ::close(descriptor);
}

}   // namespace

std::string partial_name(const std::string& name, long pid, int attempt, std::size_t most)
{
    return beginning(name, most) + std::to_string(pid) + (attempt == 0 ? "" : '-' + std::to_string(attempt)) + std::string{ending};
}

void remove_leftovers(const fs::path& folder, const std::string& name, std::size_t most)
{
    static std::mutex one_at_a_time;
    static std::map<fs::path, std::vector<std::string>> abandoned;
    const std::lock_guard alone{one_at_a_time};
    const auto [at, unseen] = abandoned.try_emplace(folder);
    if (unseen) at->second = abandoned_in(folder);
    for (const auto& each : at->second)
        if (each.starts_with(beginning(name, most))) remove_unless_locked(folder / each);
}

}   // namespace command
