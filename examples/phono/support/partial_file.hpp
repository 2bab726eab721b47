// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/doomed_file.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>

namespace command {

/// A file that appears under its name only when it is whole. It is written under a temporary name in the same folder; `commit` moves it
/// into place in one step. Without `commit` - an error, an exception, an interrupt from the keyboard, a termination signal - the temporary
/// is removed and whatever stood under the name is untouched. What a killed run has left of the same file is removed first.
///
/// A file that is replaced hands over its owner and its permissions. A symbolic link stays: its target is replaced, or made. Of several
/// hard links the given name gets the new file; the others keep the old one. Where an existing file is to be kept, one that has appeared
/// under the name meanwhile is, and `commit` is a failure.
class partial_file {
public:
    explicit partial_file(const std::filesystem::path& destination, existing_file existing = existing_file::replace);

    /// Open for reading and writing.
    [[nodiscard]] int descriptor() const noexcept { return file_->descriptor(); }

    /// Names of the replaced file that keep what they had; 0 but for hard links.
    [[nodiscard]] std::size_t other_names() const noexcept { return other_names_; }

    /// Waits until the data are on the disk - some full disks are only found out then - and renames.
    void commit();

private:
    std::filesystem::path given_;
    std::filesystem::path destination_;   // where links lead
    existing_file existing_;
    std::size_t other_names_ = 0;
    std::unique_ptr<doomed_file> file_;
};

/// Throws unless a file can be put under that name: a name too long, a folder that is missing or not writable, something else than a file
/// there, a file without permission to write. Touches nothing.
void require_replaceable(const std::filesystem::path& destination);

}   // namespace command
