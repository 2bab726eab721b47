// SPDX-License-Identifier: BSL-1.0
#include "arguments/output_option.hpp"

namespace command {

CLI::Option* add_output(CLI::App& app, const std::string& name, const std::string& about, text_file& file)
{
    auto* output = app.add_option(name, file.name, about)->type_name("FILE");
    app.add_flag("--overwrite", file.overwrites, "replace a file there that phono has not made")->needs(output);
    return output;
}

}   // namespace command
