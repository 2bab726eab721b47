// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"
#include "audio/channel_levels.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace command {

/// Everything that `phono info` says of a file.
struct file_facts {
    std::filesystem::path file;
    std::optional<std::uintmax_t> bytes{};   ///< of the whole file; a pipe has none
    recording about{};
    std::int64_t frames{};               ///< that were read
    std::vector<std::string> faults{};   ///< where header and content contradict each other, a sentence each
    annotations notes{};
    std::optional<std::string> curve{};   ///< on record
    std::vector<channel_levels> levels{};
};

[[nodiscard]] std::string words(const file_facts& facts);
[[nodiscard]] json as_json(const file_facts& facts);

}   // namespace command
