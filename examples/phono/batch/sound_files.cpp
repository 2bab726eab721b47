// SPDX-License-Identifier: BSL-1.0
#include "batch/sound_files.hpp"

#include "support/failure.hpp"
#include "support/one_line.hpp"
#include "support/suggestion.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <system_error>

namespace command {

namespace {

namespace fs = std::filesystem;

constexpr auto sounds =
    std::to_array<std::string_view>({".8svx",  ".aif", ".aifc", ".aiff", ".au",   ".avr", ".bw64", ".bwf",  ".caf",  ".flac", ".htk",
                                     ".ircam", ".mp1", ".mp2",  ".mp3",  ".nist", ".oga", ".ogg",  ".opus", ".paf",  ".pvf",  ".rf64",
                                     ".sds",   ".sf",  ".snd",  ".sph",  ".svx",  ".voc", ".w64",  ".wav",  ".wave", ".wve",  ".xi"});

// What lies beside recordings and holds none, whatever it is.
constexpr auto companions = std::to_array<std::string_view>(
    {".accurip", ".asc",  ".bmp",    ".csv", ".cue",  ".db",   ".doc", ".docx", ".ffp",  ".gif", ".htm",  ".html", ".ini",  ".jpeg",
     ".jpg",     ".json", ".log",    ".m3u", ".m3u8", ".md",   ".md5", ".nfo",  ".ods",  ".odt", ".pdf",  ".pls",  ".png",  ".rtf",
     ".sfv",     ".sha1", ".sha256", ".svg", ".tif",  ".tiff", ".tsv", ".txt",  ".webp", ".xls", ".xlsx", ".xml",  ".yaml", ".yml"});

template <std::size_t Count>
bool has_one_of(const fs::path& file, const std::array<std::string_view, Count>& extensions)
{
    return std::find(extensions.begin(), extensions.end(), folded(file.extension().string())) != extensions.end();
}

bool is_sound(const fs::path& file) { return has_one_of(file, sounds); }
bool is_companion(const fs::path& file) { return has_one_of(file, companions); }

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
            if (fs::equivalent(entry, output_folder_, error)) collect_among_outputs(entry);
            else (*this)(entry, place);
        } else if (is_sound(entry) && !fs::is_fifo(entry, error)) {
            found_.all.push_back({entry, place});
        } else if (fs::is_regular_file(entry, error) && !is_companion(entry)) {
            found_.passed_over.push_back(entry);
        }
    }

    // What a run has put there, or somebody who took the folder for one of recordings.
    void collect_among_outputs(const fs::path& folder)
    {
        for (const auto& entry : entries(folder)) {
            std::error_code error;
            if (is_hidden(entry)) continue;
            if (fs::is_directory(entry, error) && !fs::is_symlink(entry, error)) collect_among_outputs(entry);
            else if (is_sound(entry) && fs::is_regular_file(entry, error)) found_.among_outputs.push_back(entry);
        }
    }

    const fs::path& output_folder_;
    found_files& found_;
    std::vector<fs::path> above_;   // the folders that are being searched, links resolved
};

std::string behind(const std::string& words) { return words.empty() ? words : "; passed over: " + words; }

}   // namespace

std::string words_of(const std::vector<fs::path>& files)
{
    std::string words;
    for (const auto& file : files) words += (words.empty() ? "" : ", ") + file.string();
    return in_one_line(words);
}

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
            if (found.all.size() == before)
                throw failure{path.string() + ": this folder holds no sound files" + behind(words_of(found.passed_over))};
        }
    }
    return found;
}

}   // namespace command
