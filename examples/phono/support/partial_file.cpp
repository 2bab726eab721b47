// SPDX-License-Identifier: BSL-1.0
#include "support/partial_file.hpp"

#include "support/failure.hpp"
#include "support/leftovers.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>

namespace command {

namespace {

namespace fs = std::filesystem;

// Where a name leads, links followed even if the last has no target yet.
fs::path resolved(fs::path file)
{
    std::error_code error;
    for (int links = 0; fs::is_symlink(fs::symlink_status(file, error)); ++links) {
        const auto target = fs::read_symlink(file, error);
        if (error || links == 40) throw failure{file.string() + ": a symbolic link that leads nowhere; remove it"};
        file = target.is_absolute() ? target : file.parent_path() / target;
    }
    return file;
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path{"."}; }

std::size_t longest_name(const fs::path& folder)
{
    const long most = ::pathconf(folder.c_str(), _PC_NAME_MAX);
    return most > 0 ? static_cast<std::size_t>(most) : 255;
}

std::optional<struct stat> status_of(const fs::path& file)
{
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? std::optional{status} : std::nullopt;
}

// The superuser may write everything, and still a file that nobody may write is one that its owner wants to keep.
bool writable(const fs::path& file, const struct stat& status)
{
    return (status.st_mode & 0222u) != 0 && ::access(file.c_str(), W_OK) == 0;
}

void require_replaceable(const fs::path& given, const fs::path& destination)
{
    const auto name = given.string();
    const auto folder = folder_of(destination);
    std::error_code error;
    if (!fs::is_directory(folder, error)) throw failure{name + ": there is no folder " + folder.string() + "; make it first"};
    if (destination.filename().native().size() > longest_name(folder))
        throw failure{name + ": the name is too long; at most " + std::to_string(longest_name(folder)) + " bytes are allowed there"};
    if (const auto present = status_of(destination)) {
        if (!S_ISREG(present->st_mode)) throw failure{name + ": exists and is not a regular file; give another name for the output"};
        if (!writable(destination, *present)) throw failure{name + ": exists and is read-only; give another name for the output"};
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        throw failure{name + ": cannot write in " + folder.string() + ": " + std::strerror(errno)};
}

// A group that cannot be kept must not hand its permissions to another one.
void keep_owner_and_mode(int descriptor, const struct stat& former, const std::string& name)
{
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) throw failure{name + ": cannot be written: " + std::strerror(errno)};
    if (status.st_uid != former.st_uid && ::fchown(descriptor, former.st_uid, static_cast<gid_t>(-1)) != 0)
        throw failure{name + ": belongs to another user; remove it first, or give another name for the output"};
    const bool group_kept = status.st_gid == former.st_gid || ::fchown(descriptor, static_cast<uid_t>(-1), former.st_gid) == 0;
    if (::fchmod(descriptor, former.st_mode & (group_kept ? 0777u : 0707u)) != 0 && errno != EPERM && errno != ENOTSUP)
        throw failure{name + ": cannot be given its permissions: " + std::strerror(errno)};
}

std::unique_ptr<doomed_file> create_beside(const fs::path& destination, bool replaces, const std::string& given)
{
    const auto folder = folder_of(destination);
    const auto name = destination.filename().string();
    const auto most = longest_name(folder);
    remove_leftovers(folder, name, most);
    for (int attempt = 0;; ++attempt) {
        // Until it has the permissions of the file that it replaces nobody else may read it.
        auto file = std::make_unique<doomed_file>(folder / partial_name(name, ::getpid(), attempt, most), replaces ? 0600 : 0666);
        if (file->descriptor() >= 0) return file;
        if (file->reason() != EEXIST || attempt == 1000)
            throw failure{given + ": cannot write in " + folder.string() + ": " + std::strerror(file->reason())};
    }
}

}   // namespace

void require_replaceable(const fs::path& destination) { require_replaceable(destination, resolved(destination)); }

partial_file::partial_file(const fs::path& destination, existing_file existing)
    : given_{destination}, destination_{resolved(destination)}, existing_{existing}
{
    require_replaceable(given_, destination_);
    const auto former = status_of(destination_);
    file_ = create_beside(destination_, former.has_value(), given_.string());
    if (!former) return;
    other_names_ = former->st_nlink > 1 ? former->st_nlink - 1 : 0;
    keep_owner_and_mode(file_->descriptor(), *former, given_.string());
}

void partial_file::commit()
{
    const int reason = file_->rename_to(destination_, existing_);
    if (reason == EEXIST) throw failure{given_.string() + ": has appeared while it was written, and is kept"};
    if (reason != 0) throw failure{given_.string() + ": could not be finished: " + std::strerror(reason)};
}

}   // namespace command
