// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "containers/sample_encoding.hpp"

#include <span>

namespace command {

/// Samples as a file stores them to doubles with full scale at 1.0: exact for every encoding. There are as many bytes as the samples take.
void decode(std::span<const unsigned char> bytes, const sample_encoding& encoding, std::span<double> samples) noexcept;

}   // namespace command
