// SPDX-License-Identifier: BSL-1.0
#include "arguments/output_option.hpp"
#include "subcommands/subcommands.hpp"
#include "usage/manual_page.hpp"

#include <iostream>
#include <memory>

namespace command {

namespace {

constexpr auto examples = R"(Example:
  phono manual | man -l -)";

constexpr text_kind page_text{"manual page", ".TH PHONO 1 \"\" \"phono "};

}   // namespace

void add_manual(CLI::App& app)
{
    const auto output = std::make_shared<text_file>();
    auto& sub = *app.add_subcommand("manual", "print the manual page");
    add_output(sub, "--output", "file to write in place of the standard output", *output);
    sub.footer(examples);
    sub.callback([output, &app] {
        const auto page = manual_page(app);
        if (output->name.empty()) std::cout << page;
        else write_text(*output, page_text, page);
    });
}

}   // namespace command
