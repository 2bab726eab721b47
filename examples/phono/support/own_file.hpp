// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace command {

/// Throws where a file with anything in it stands under that name and is not one that phono has made of that kind (`plot`, `recording`): it
/// may be the only copy of what it holds. `is_own` is asked only where something stands there.
void require_own(const std::filesystem::path& file, std::string_view kind, const std::function<bool()>& is_own);

}   // namespace command
