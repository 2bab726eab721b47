// SPDX-License-Identifier: BSL-1.0
#include "support/text_file.hpp"

#include "support/byte_output.hpp"
#include "support/own_file.hpp"
#include "support/partial_file.hpp"

#include <cstddef>
#include <fstream>
#include <iostream>

namespace command {

namespace {

constexpr std::size_t most_looked_at = 4096;   // bytes

bool is_of_kind(const std::filesystem::path& file, const text_kind& kind)
{
    std::string text(most_looked_at, '\0');
    std::ifstream stream{file, std::ios::binary};
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text.starts_with(kind.beginning) && text.find(kind.mark) != std::string::npos;
}

}   // namespace

void require_own_text(const text_file& file, const text_kind& kind)
{
    if (file.name == "-" || file.overwrites) return;
    require_own(file.name, kind.name, [&] { return is_of_kind(file.name, kind); });
}

void write_text(const text_file& file, const text_kind& kind, std::string_view text)
{
    if (file.name == "-") {
        std::cout << text;
        return;
    }
    require_own_text(file, kind);
    partial_file out{file.name};
    byte_output{out.descriptor(), file.name}.write({reinterpret_cast<const unsigned char*>(text.data()), text.size()});
    out.commit();
}

}   // namespace command
