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
    std::string kind{};                  ///< in words, as audio_reader::kind
    std::int64_t frames{};               ///< that were read
    std::vector<std::string> faults{};   ///< where header and content contradict each other, a sentence each
    annotations notes{};
    std::optional<std::string> curve{};   ///< that it says it has had
    std::vector<channel_levels> levels{};
};

/// For people: a line for the file, then one for each fault, channel, tag, marker and chunk; times in seconds, levels in decibels.
[[nodiscard]] std::string words(const file_facts& facts);

/// The same as a JSON object, with the unit of each figure in its key; levels of silence are null.
[[nodiscard]] json as_json(const file_facts& facts);

}   // namespace command
