// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace command {

/// Bytes to an open file descriptor. A write is done whole or is a failure that names the file and the system's reason: short writes and
/// interrupted ones go on, a full disk, a quota, a size limit and a closed pipe do not pass.
class byte_output {
public:
    /// `name` is what failures call the file. The descriptor stays the caller's.
    byte_output(int descriptor, std::string name);

    /// Appends.
    void write(std::span<const unsigned char> bytes);
    /// Whether what was written can be overwritten: it goes to a file on disk that is not only appended to.
    [[nodiscard]] bool can_overwrite() const noexcept { return begin_.has_value(); }
    /// Overwrites what stands at that place, counted from the first byte of this output; the next `write` appends as before. Only where
    /// `can_overwrite`.
    void overwrite(std::uint64_t position, std::span<const unsigned char> bytes);

    [[nodiscard]] const std::string& name() const noexcept { return name_; }

private:
    int descriptor_;
    std::string name_;
    std::optional<std::uint64_t> begin_;   // in the file; nothing where nobody can go back
};

}   // namespace command
