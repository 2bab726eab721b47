// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/print.hpp>

#include <string>
#include <string_view>

namespace command {

/// Four significant digits: as many as anyone reads.
[[nodiscard]] double rounded(double value);

/// A value for people: `40 Ohm`, `17.88 kHz`.
template <class Quantity>
[[nodiscard]] std::string value_text(Quantity value)
{
    return phono::to_string(Quantity{rounded(value.si)});
}

/// The same where only the unit's name is known; it may be empty, for a ratio.
[[nodiscard]] std::string value_text(double value, std::string_view unit);

}   // namespace command
