// SPDX-License-Identifier: BSL-1.0
#include "batch/output_names.hpp"

#include "annotations/carry_over.hpp"
#include "audio/audio_reader.hpp"
#include "audio/sample_format.hpp"
#include "support/failure.hpp"
#include "support/own_file.hpp"

#include <sys/stat.h>

#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace command {

namespace {

namespace fs = std::filesystem;

// What makes two names the same file, through links too; nothing where there is no file.
std::optional<std::pair<dev_t, ino_t>> identity(const fs::path& file)
{
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return std::nullopt;
    return std::pair{status.st_dev, status.st_ino};
}

double bytes_of(const fs::path& file)
{
    std::error_code error;
    const auto bytes = fs::file_size(file, error);
    return error ? 0.0 : double(bytes);
}

// Why there can be no output; empty if there can.
std::string fault_of(const fs::path& in, const fs::path& out)
{
    std::error_code error;
    if (!fs::exists(fs::symlink_status(in, error))) return in.string() + ": no such file or folder";
    try {
        static_cast<void>(container_of(out));
        return {};
    } catch (const failure&) {
        return in.string() + ": files of this kind cannot be written; add --extension wav, rf64, w64, flac, aiff or caf";
    }
}

// Where a file stands or will stand, links resolved as far as there are any.
fs::path real_place(const fs::path& file)
{
    std::error_code error;
    const auto real = fs::weakly_canonical(fs::absolute(file, error), error);
    return error ? file.lexically_normal() : real;
}

}   // namespace

std::vector<job> with_outputs(const std::vector<found_file>& files, const fs::path& folder, const std::string& extension)
{
    std::map<std::pair<dev_t, ino_t>, fs::path> inputs;
    for (const auto& file : files)
        if (const auto key = identity(file.path)) inputs.emplace(*key, file.path);

    std::map<fs::path, fs::path> inputs_of;   // by output
    std::vector<job> run;
    for (const auto& file : files) {
        auto out = folder / file.place;
        if (!extension.empty()) out.replace_extension(extension);
        if (auto fault = fault_of(file.path, out); !fault.empty()) {
            run.push_back({.in = file.path, .out = out, .fault = std::move(fault)});
            continue;
        }
        const auto [other, is_new] = inputs_of.emplace(real_place(out), file.path);
        if (!is_new)
            throw failure{file.path.string() + " and " + other->second.string() + " would both become " + out.string() +
                          "; nothing was written: run them apart, into two folders"};
        if (const auto key = identity(out); key && inputs.contains(*key))
            throw failure{out.string() + ": is the input " + inputs.at(*key).string() +
                          " itself; give another --output-folder, the transfer is kept"};
        run.push_back({file.path, out, bytes_of(file.path)});
    }
    return run;
}

void require_apart(const fs::path& file, const std::vector<job>& run)
{
    const auto key = identity(file);
    for (const auto& one : run) {
        const bool is_input = key && key == identity(one.in);
        const bool is_output = real_place(file) == real_place(one.out) || (key && key == identity(one.out));
        if (is_input || is_output) throw failure{file.string() + ": is a sound file of this run; give the report another name"};
    }
}

bool is_recording_by_phono(const fs::path& file)
try {
    const audio_reader present{file, true};
    return last_note(annotations_of(file, present.about())).has_value();
} catch (const failure&) {
    return false;
}

void require_own_recording(const fs::path& out)
{
    require_own(out, "recording", [&] { return is_recording_by_phono(out); });
}

}   // namespace command
