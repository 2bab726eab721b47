// SPDX-License-Identifier: BSL-1.0
#include "batch/batch_options.hpp"

#include "arguments/options.hpp"
#include "arguments/options_as_json.hpp"
#include "batch/batch_json.hpp"
#include "batch/output_names.hpp"
#include "batch/sound_files.hpp"
#include "support/failure.hpp"
#include "support/output_stream.hpp"
#include "support/workers.hpp"

#include <filesystem>
#include <iostream>
#include <set>
#include <string>
#include <system_error>
#include <vector>

namespace command {

namespace {

namespace fs = std::filesystem;

void require_folder_for(const fs::path& report)
{
    if (report == "-") throw failure{"--report -: the standard output has a line for each file; give the report a file"};
    const auto folder = report.has_parent_path() ? report.parent_path() : fs::path{"."};
    std::error_code error;
    if (!fs::is_directory(folder, error)) throw failure{report.string() + ": there is no folder " + folder.string() + "; make it first"};
    const auto status = fs::status(report, error);
    if (fs::exists(status) && !fs::is_regular_file(status))
        throw failure{report.string() + ": exists and is not a regular file; give another name for the report"};
}

// A pipe gives its sound once.
void require_two_passes(const std::vector<job>& files)
{
    for (const auto& file : files) {
        std::error_code error;
        const auto status = fs::status(file.in, error);
        if (file.in == "-" || (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status)))
            throw failure{"--normalise reads every recording twice, which " + file.in.string() + " does not let it; give a file on disk"};
    }
}

void tell_of_passed_over(const found_files& found)
{
    if (!found.hidden.empty())
        std::cerr << "phono: warning: " << words_of(found.hidden) << ": hidden, and passed over; name what is meant\n";
    if (!found.passed_over.empty())
        std::cerr << "phono: warning: passed over: " << words_of(found.passed_over)
                  << "; give by name what is a recording, or convert it first\n";
}

// Within an input folder, the output folder may hold transfers, too. Those that phono has made are outputs of former runs, and those that
// are kept as outputs of this one are named where they are kept.
std::vector<fs::path> foreign_among_outputs(const found_files& found, const std::vector<job>& files, bool overwrites)
{
    if (found.among_outputs.empty()) return {};
    std::error_code error;
    std::set<fs::path> outputs;
    for (const auto& one : files) outputs.insert(fs::weakly_canonical(one.out, error));
    std::vector<fs::path> foreign, replaced;
    for (const auto& file : found.among_outputs) {
        const bool is_output = outputs.contains(fs::weakly_canonical(file, error));
        if ((is_output && !overwrites) || is_recording_by_phono(file)) continue;
        (is_output ? replaced : foreign).push_back(file);
    }
    if (!foreign.empty())
        std::cerr << "phono: warning: passed over in the output folder: " << words_of(foreign)
                  << "; not made by phono, as far as they say: move transfers out of it\n";
    if (!replaced.empty())
        std::cerr << "phono: warning: replaced by --overwrite: " << words_of(replaced) << "; not made by phono, as far as they say\n";
    return foreign;
}

// IN and OUT where a folder was meant.
void require_no_folders(const std::string& in, const std::string& out)
{
    std::error_code error;
    if (fs::is_directory(in, error)) throw failure{in + ": is a folder; add --output-folder: " + in + " --output-folder " + out};
    if (fs::is_directory(out, error)) throw failure{out + ": is a folder; put --output-folder before it"};
}

}   // namespace

void batch_options::add_to(CLI::App& app)
{
    app_ = &app;
    app.add_option("FILES", files_,
                   "recording to read: WAV, RF64, W64, FLAC, AIFF, CAF, Ogg ...; then the file to write: .wav, .rf64, .w64, .flac, .aif, "
                   ".aiff or .caf; "
                   "- is the standard input or output. With "
                   "--output-folder: any number of recordings and folders of recordings")
        ->type_name("");
    output_folder_option_ =
        app.add_option("--output-folder", output_folder_,
                       "where all outputs go, under the inputs' names and in their subfolders; those that exist are kept")
            ->type_name("FOLDER");
    app.add_option("--extension", extension_, "of the outputs in that folder (default: that of each input)")
        ->check(CLI::IsMember({"wav", "rf64", "w64", "flac", "aif", "aiff", "caf"}))
        ->type_name("EXT")
        ->needs(output_folder_option_);
    app.add_flag("--overwrite", overwrite_, "replace outputs that exist in that folder, and an OUT or a report that phono has not made");
    app.add_option("--jobs", jobs_, "threads that share files and their channels (default: one per processor)")
        ->check(CLI::Range(1, 1024))
        ->type_name("N");
    normalise_option_ = app.add_option("--normalise,--normalize", normalise_dbfs_,
                                       "bring the true peak of the loudest file to so many decibels of full scale, -1 for example, and all "
                                       "others up or down by as much")
                            ->transform(within(-100.0, 0.0, "dBFS"))
                            ->type_name("DBFS");
    report_option_ = app.add_option("--report", report_, "write what was done to each file, as JSON")->type_name("FILE");
}

void batch_options::find_files(batch& all) const
{
    if (files_.empty()) throw failure{"IN is required: a recording to read"};
    std::error_code error;
    if (output_folder_option_->count() > 0) {
        if (output_folder_.empty()) throw failure{"--output-folder: is empty; give a folder's name"};
        if (fs::exists(output_folder_, error) && !fs::is_directory(output_folder_, error))
            throw failure{output_folder_ + ": is not a folder; give --output-folder one, or a name that does not exist yet"};
        for (const auto& file : files_)
            if (file == "-") throw failure{"-: the standard input has no name to give an output in --output-folder; give IN and OUT"};
        const auto found = sound_files(files_, output_folder_);
        tell_of_passed_over(found);
        all.files = with_outputs(found.all, output_folder_, extension_);
        all.passed_over = found.passed_over;
        all.passed_over.insert(all.passed_over.end(), found.hidden.begin(), found.hidden.end());
        const auto foreign = foreign_among_outputs(found, all.files, overwrite_);
        all.passed_over.insert(all.passed_over.end(), foreign.begin(), foreign.end());
        return;
    }
    if (files_.size() == 1) throw failure{"OUT is required: the file to write, or --output-folder"};
    if (files_.size() > 2)
        throw failure{std::to_string(files_.size()) +
                      " files are given where IN and OUT are expected; several inputs need --output-folder"};
    require_no_folders(files_[0], files_[1]);
    if (!overwrite_ && !is_stream(files_[1]) && !fs::equivalent(files_[0], files_[1], error)) require_own_recording(files_[1]);
    const auto bytes = fs::file_size(files_[0], error);
    all.files = {{files_[0], files_[1], error ? 0.0 : double(bytes)}};
}

batch batch_options::files() const
{
    batch all;
    find_files(all);
    all.options = options_as_json(*app_);
    all.in_folder = output_folder_option_->count() > 0;
    all.overwrites = overwrite_ || !all.in_folder;
    if (!all.overwrites)
        for (auto& file : all.files) file.existing = existing_file::keep;
    all.jobs = jobs_ == 0 ? available_processors() : jobs_;
    all.report = {report_, overwrite_};
    if (normalise_option_->count() > 0) {
        require_two_passes(all.files);
        all.normalise_dbfs = normalise_dbfs_;
    }
    if (report_option_->count() > 0) {
        if (report_.empty()) throw failure{"--report: is empty; give a file's name"};
        require_folder_for(report_);
        require_apart(report_, all.files);
        require_own_text(all.report, report_text);
    }
    return all;
}

}   // namespace command
