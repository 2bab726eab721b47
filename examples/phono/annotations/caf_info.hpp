// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/bytes.hpp"

#include <string>
#include <utility>
#include <vector>

namespace command {

/// The texts of a CAF file, chunk `info`, by their keys (Apple, Core Audio Format Specification 1.0). A key stands once in a file.
using caf_texts = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] caf_texts caf_texts_of(const byte_string& info);
[[nodiscard]] byte_string caf_info_of(const caf_texts& all);

/// Where the chunk announces another number of texts than it holds, what is lost by it, in a few words; else empty.
[[nodiscard]] std::string lost_caf_texts(const byte_string& info);

/// Adds a value behind that of the same key.
void join_caf_text(caf_texts& all, const std::string& key, const std::string& value);

/// `recorded date` is DATE, and so on; a key without an equivalent becomes the name in capitals.
[[nodiscard]] std::string name_of_caf_key(const std::string& key);
[[nodiscard]] std::string caf_key_of(const std::string& name);

/// The text up to a zero, which is stepped over.
[[nodiscard]] std::string up_to_zero(byte_reader& read);

}   // namespace command
