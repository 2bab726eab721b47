// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace command {

/// The bytes of the character in UTF-8 that a text begins with; 0 where there is none. Longer forms than needed and surrogates are none.
[[nodiscard]] std::size_t first_character(std::string_view text) noexcept;

[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// A text as UTF-8. What is not UTF-8 is read as Windows-1252, in which most such texts are.
[[nodiscard]] std::string as_utf8(const std::string& text);

/// The first so many bytes of a text in UTF-8, or fewer: no character is cut.
[[nodiscard]] std::string shortened(std::string text, std::size_t most);

}   // namespace command
