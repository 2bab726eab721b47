// SPDX-License-Identifier: BSL-1.0
#include "support/text_file.hpp"

#include "support/failure.hpp"
#include "support/partial_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>

namespace command {

void write_text(const std::filesystem::path& file, std::string_view text)
{
    partial_file out{file};
    while (!text.empty()) {
        const auto written = ::write(out.descriptor(), text.data(), text.size());
        if (written <= 0) throw failure{file.string() + ": could not be written: " + std::strerror(errno)};
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    out.commit();
}

}   // namespace command
