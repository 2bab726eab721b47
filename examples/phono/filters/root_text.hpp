// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/rational.hpp>

#include <string>

namespace command {

/// A pole or zero in words, or a pair of them: its frequency, how it rings, and whether it lies in the right half-plane.
[[nodiscard]] std::string root_text(const phono::math::complex& root);

}   // namespace command
