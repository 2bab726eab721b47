// SPDX-License-Identifier: BSL-1.0
#include "support/own_file.hpp"

#include "support/failure.hpp"

#include <string>
#include <system_error>

namespace command {

void require_own(const std::filesystem::path& file, std::string_view kind, const std::function<bool()>& is_own)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error) || std::filesystem::is_empty(file, error) || is_own()) return;
    throw failure{file.string() + ": exists, and is not a " + std::string{kind} +
                  " that phono has made; give another name, or add --overwrite"};
}

}   // namespace command
