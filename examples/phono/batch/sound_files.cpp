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

// What macOS puts beside files on other systems' disks: no sound, whatever its extension.
bool is_apple_double(const fs::path& file) { return file.filename().native().starts_with("._"); }

// A folder and its subfolders, in alphabetical order.
class search {
public:
    search(const fs::path& output_folder, found_files& found) : output_folder_{output_folder}, found_{found} {}

    void operator()(const fs::path& folder, const fs::path& place)
    {
        std::error_code error;
        const auto real = fs::canonical(folder, error);
        if (error) throw unreadable(folder, error);
        if (std::find(above_.begin(), above_.end(), real) != above_.end()) return;   // a link to where it stands
        above_.push_back(real);
        for (const auto& entry : entries(folder)) visit(entry, place / entry.filename());
        above_.pop_back();
    }

private:
    static failure unreadable(const fs::path& folder, const std::error_code& error)
    {
        return failure{folder.string() + ": this folder cannot be read to its end: " + error.message()};
    }

    static std::vector<fs::path> entries(const fs::path& folder)
    {
        std::vector<fs::path> all;
        std::error_code error;
        for (fs::directory_iterator at{folder, error}; !error && at != fs::directory_iterator{}; at.increment(error))
            all.push_back(at->path());
        if (error) throw unreadable(folder, error);
        std::sort(all.begin(), all.end());
        return all;
    }

    void visit(const fs::path& entry, const fs::path& place)
    {
        std::error_code error;
        const bool is_folder = fs::is_directory(entry, error);
        if (is_hidden(entry)) {
            if (is_folder || (is_sound(entry) && !is_apple_double(entry))) found_.hidden.push_back(entry);
        } else if (is_folder) {
            if (!fs::equivalent(entry, output_folder_, error)) (*this)(entry, place);
        } else if (is_sound(entry) && !fs::is_fifo(entry, error)) {
            found_.all.push_back({entry, place});
        }
    }

    const fs::path& output_folder_;
    found_files& found_;
    std::vector<fs::path> above_;   // the folders that are being searched, links resolved
};

}   // namespace

found_files sound_files(const std::vector<std::string>& inputs, const fs::path& output_folder)
{
    found_files found;
    for (const auto& input : inputs) {
        const fs::path path{input};
        std::error_code error;
        if (!fs::is_directory(path, error)) {
            found.all.push_back({path, path.filename()});
        } else if (fs::equivalent(path, output_folder, error)) {
            throw failure{output_folder.string() +
                          ": is one of the inputs, and its outputs would be inputs of the next run; give another "
                          "--output-folder"};
        } else {
            const auto before = found.all.size();
            search{output_folder, found}(path, {});
            if (found.all.size() == before) throw failure{path.string() + ": this folder holds no sound files"};
        }
    }
    return found;
}

}   // namespace command
