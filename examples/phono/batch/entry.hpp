// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/transform.hpp"
#include "support/exit_status.hpp"

#include <optional>
#include <string>
#include <vector>

namespace command {

/// What became of a file.
enum class file_status { not_done, done, kept, failed };

/// A file of a run and what became of it.
struct entry {
    job file;
    file_status status = file_status::not_done;
    std::optional<outcome> result{};   ///< if it was done
    std::string message{};             ///< why it was kept or failed
    int exit_status = 0;
};

[[nodiscard]] constexpr const char* name(file_status status) noexcept
{
    switch (status) {
        case file_status::not_done: return "not done";
        case file_status::done: return "done";
        case file_status::kept: return "kept";
        case file_status::failed: return "failed";
    }
    return "";
}

/// A fault of the program is worse than a file that was refused, and that is worse than none.
[[nodiscard]] inline int worst_status(const std::vector<entry>& entries) noexcept
{
    int worst = 0;
    for (const auto& one : entries)
        if (one.exit_status == broken || worst == 0) worst = one.exit_status;
    return worst;
}

}   // namespace command
