// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>

namespace command {

/// A file that appears under its name only when it is whole. It is written under a temporary name in the same folder; `commit` moves it
/// into place in one step. Without `commit` - an error, an exception, an interrupt from the keyboard, a termination signal - the temporary
/// is removed and whatever stood under the name is untouched.
/// One at a time per process: signal handlers can know only one name.
class partial_file {
public:
    explicit partial_file(const std::filesystem::path& destination);
    ~partial_file();

    partial_file(const partial_file&) = delete;
    partial_file& operator=(const partial_file&) = delete;

    /// Open for reading and writing.
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

    /// Waits until the data are on the disk - some full disks are only found out then - and renames.
    void commit();

private:
    std::filesystem::path destination_;
    std::filesystem::path temporary_;
    int descriptor_ = -1;
};

}   // namespace command
