// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace command {

/// A kind of text that phono writes, and how one of its making is known again.
struct text_kind {
    std::string_view name;        ///< as it stands in a sentence
    std::string_view beginning;   ///< of every text of the kind
    std::string_view mark = {};   ///< further words within its first 4 KiB
};

/// A text's file as the command line has it; `-` is the standard output.
struct text_file {
    std::string name{};        ///< empty for none
    bool overwrites = false;   ///< whatever stands there; if not, only what phono has made of the same kind
};

/// Throws where a file stands there that is not to be replaced. Touches nothing.
void require_own_text(const text_file& file, const text_kind& kind);

/// Writes a whole file, or leaves the one that was there. Throws a failure, that of require_own_text among them.
void write_text(const text_file& file, const text_kind& kind, std::string_view text);

}   // namespace command
