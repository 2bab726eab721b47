// SPDX-License-Identifier: BSL-1.0
#include "batch/sound_files.hpp"

#include "support/failure.hpp"
#include "support/suggestion.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

namespace command {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 18> extensions{".aif", ".aifc", ".aiff", ".au",   ".bw64", ".bwf", ".caf", ".flac", ".mp3",
                                                      ".oga", ".ogg",  ".opus", ".rf64", ".snd",  ".voc", ".w64", ".wav",  ".wave"};

bool is_sound(const fs::path& file)
{
    return std::find(extensions.begin(), extensions.end(), folded(file.extension().string())) != extensions.end();
}

bool is_hidden(const fs::path& file) { return file.filename().native().starts_with('.'); }

void search(const fs::path& top, const fs::path& output_folder, std::vector<found_file>& found)
{
    const auto begin = found.size();
    std::error_code error;
    fs::recursive_directory_iterator all{top, error};
    while (!error && all != fs::recursive_directory_iterator{}) {
        const auto& entry = *all;
        std::error_code ignored;
        if (entry.is_directory(ignored)) {
            if (is_hidden(entry.path()) || fs::equivalent(entry.path(), output_folder, ignored)) all.disable_recursion_pending();
        } else if (is_sound(entry.path()) && !is_hidden(entry.path()) && !entry.is_fifo(ignored)) {
            found.push_back({entry.path(), entry.path().lexically_relative(top)});
        }
        all.increment(error);
    }
    if (error) throw failure{top.string() + ": this folder cannot be read to its end: " + error.message()};
    if (found.size() == begin) throw failure{top.string() + ": this folder holds no sound files"};
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(begin), found.end(),
              [](const found_file& a, const found_file& b) { return a.path < b.path; });
}

}   // namespace

std::vector<found_file> sound_files(const std::vector<std::string>& inputs, const fs::path& output_folder)
{
    std::vector<found_file> found;
    for (const auto& input : inputs) {
        const fs::path path{input};
        std::error_code error;
        if (!fs::is_directory(path, error)) {
            found.push_back({path, path.filename()});
        } else if (fs::equivalent(path, output_folder, error)) {
            throw failure{output_folder.string() +
                          ": is one of the inputs, and its outputs would be inputs of the next run; give another "
                          "--output-folder"};
        } else {
            search(path, output_folder, found);
        }
    }
    return found;
}

}   // namespace command
