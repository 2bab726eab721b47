// SPDX-License-Identifier: BSL-1.0
#include "support/text_file.hpp"

#include "support/byte_output.hpp"
#include "support/partial_file.hpp"

#include <iostream>

namespace command {

void write_text(const std::filesystem::path& file, std::string_view text)
{
    if (file == "-") {
        std::cout << text;
        return;
    }
    partial_file out{file};
    byte_output{out.descriptor(), file.string()}.write({reinterpret_cast<const unsigned char*>(text.data()), text.size()});
    out.commit();
}

}   // namespace command
