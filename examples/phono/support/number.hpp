// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace command {

/// Numbers as text and back, the same in every locale.

/// Fixed point with that many decimals; a value that rounds to zero has no minus sign.
[[nodiscard]] std::string fixed(double value, int decimals);

/// Six significant digits at most, or as many as said, trailing zeros dropped: for people.
[[nodiscard]] std::string brief(double value, int digits = 6);

/// Seventeen significant digits: reading them back gives the same double.
[[nodiscard]] std::string exact(double value);

/// As few digits as read back to the same double: `44056.94`, `1e-05`.
[[nodiscard]] std::string shortest(double value);

/// The same without an exponent: `0.00001`.
[[nodiscard]] std::string plain(double value);

/// With a sign always, for gains: `+3.00`.
[[nodiscard]] std::string signed_fixed(double value, int decimals);

/// Seconds as `m:ss`, or `h:mm:ss` from an hour on.
[[nodiscard]] std::string clock(double seconds);

/// A finite number that fills the whole text, or nothing.
[[nodiscard]] std::optional<double> parse_number(std::string_view text) noexcept;

}   // namespace command
