// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace command {

/// ASCII's letters, whatever the locale; other characters stay.
[[nodiscard]] constexpr char capital(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
[[nodiscard]] constexpr char small(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}   // namespace command
