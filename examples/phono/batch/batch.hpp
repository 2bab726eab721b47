// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/transform.hpp"
#include "support/json.hpp"
#include "support/text_file.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

namespace command {

/// The files of a run, and how it goes about them.
struct batch {
    std::vector<job> files{};
    bool in_folder = false;                             ///< into an output folder, not one file under a name that was given
    bool overwrites = true;                             ///< outputs that exist; if not, they are kept
    std::size_t jobs = 1;                               ///< threads
    std::optional<double> normalise_dbfs{};             ///< the true peak that the loudest of the files gets, all by the same gain
    text_file report{};                                 ///< as JSON
    json options{};                                     ///< the command line's, for the report
    std::vector<std::filesystem::path> passed_over{};   ///< in the folders that were searched
};

/// Runs all files and prints a line for each. One that fails does not keep the others from being done; the worst status of all is thrown in
/// the end, as an `exit_status`, unless all is well. With --normalise nothing is written unless all files could be measured. A signal that ends
/// the run leaves a line that says how far it came, and the report of what was done.
void run(const batch& all, transformation what);

}   // namespace command
