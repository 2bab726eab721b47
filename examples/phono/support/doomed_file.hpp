// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>

namespace command {

/// What happens to a file that stands under a name already.
enum class existing_file { replace, keep };

/// A new file that goes with its object or with the process: SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU and the alarms' and
/// users' signals remove it before they end the program, unless the caller has them ignored. Any number of threads may have theirs, 1,024 together.
class doomed_file {
public:
    /// Creates the file, open for reading and writing and locked against other processes as long as it is open. Where that fails,
    /// `descriptor` is -1 and `reason` an errno.
    doomed_file(std::filesystem::path name, mode_t mode);
    ~doomed_file();

    doomed_file(const doomed_file&) = delete;
    doomed_file& operator=(const doomed_file&) = delete;

    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    [[nodiscard]] int reason() const noexcept { return reason_; }

    /// Waits until the data are on the disk, closes the file and renames it, which spares it. Returns 0 or an errno: EEXIST where a file
    /// stands there that is to be kept.
    [[nodiscard]] int rename_to(const std::filesystem::path& destination, existing_file existing);

private:
    std::filesystem::path name_;
    std::size_t slot_;
    int descriptor_ = -1;
    int reason_ = 0;
};

}   // namespace command
