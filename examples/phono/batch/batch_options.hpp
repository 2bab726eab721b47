// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "batch/batch.hpp"

#include <CLI/CLI.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace command {

/// The options of `play` and `equalise` that say which files there are and how the run goes about them: IN and OUT, or inputs and
/// --output-folder; --extension, --overwrite, --jobs, --normalise, --report.
class batch_options {
public:
    void add_to(CLI::App& app);

    /// --normalise, which a subcommand's --gain excludes.
    [[nodiscard]] CLI::Option* normalise() const noexcept { return normalise_option_; }

    /// Finds the files and names their outputs. Throws a failure where they do not go together; touches nothing.
    [[nodiscard]] batch files() const;

private:
    void find_files(batch& all) const;

    const CLI::App* app_ = nullptr;   ///< whose options these are
    std::vector<std::string> files_;
    std::string output_folder_, extension_, report_;
    bool overwrite_ = false;
    std::size_t jobs_ = 0;
    double normalise_dbfs_ = -1.0;
    CLI::Option* output_folder_option_ = nullptr;
    CLI::Option* report_option_ = nullptr;
    CLI::Option* normalise_option_ = nullptr;
};

}   // namespace command
