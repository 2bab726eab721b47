// SPDX-License-Identifier: BSL-1.0
#include "arguments/output_option.hpp"
#include "subcommands/subcommands.hpp"
#include "usage/bash_completion.hpp"

#include <iostream>
#include <memory>
#include <string>

namespace command {

namespace {

constexpr auto examples = R"(Examples:
  source <(phono completion bash)
  phono completion bash > ~/.local/share/bash-completion/completions/phono)";

constexpr text_kind script_text{"completion", "# Completes the words of phono in bash."};

}   // namespace

void add_completion(CLI::App& app)
{
    struct arguments {
        std::string shell;
        text_file output;
    };
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("completion", "print what completes phono's words in a shell");
    sub.add_option("SHELL", given->shell, "whose words it is written in")->required()->check(CLI::IsMember({"bash"}));
    add_output(sub, "--output", "file to write in place of the standard output", given->output);
    sub.footer(examples);
    sub.callback([given, &app] {
        const auto script = bash_completion(app);
        if (given->output.name.empty()) std::cout << script;
        else write_text(given->output, script_text, script);
    });
}

}   // namespace command
