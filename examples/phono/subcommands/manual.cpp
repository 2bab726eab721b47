// SPDX-License-Identifier: BSL-1.0
#include "subcommands/subcommands.hpp"
#include "support/text_file.hpp"
#include "usage/manual_page.hpp"

#include <iostream>
#include <memory>
#include <string>

namespace command {

namespace {

constexpr auto examples = R"(Example:
  phono manual | man -l -)";

}   // namespace

void add_manual(CLI::App& app)
{
    const auto output = std::make_shared<std::string>();
    auto& sub = *app.add_subcommand("manual", "print the manual page");
    sub.add_option("--output", *output, "file to write in place of the standard output")->type_name("FILE");
    sub.footer(examples);
    sub.callback([output, &app] {
        const auto page = manual_page(app);
        if (output->empty()) std::cout << page;
        else write_text(*output, page);
    });
}

}   // namespace command
