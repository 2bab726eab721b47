// SPDX-License-Identifier: BSL-1.0
#include "batch/batch.hpp"

#include "batch/album_gain.hpp"
#include "batch/batch_json.hpp"
#include "batch/entry.hpp"
#include "batch/output_names.hpp"
#include "reports/playback_report.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"
#include "support/output_stream.hpp"
#include "support/text_file.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace command {

namespace {

namespace fs = std::filesystem;

std::string in_one_line(std::string message)
{
    std::replace(message.begin(), message.end(), '\n', ' ');
    return message;
}

bool stands(const fs::path& file)
{
    std::error_code error;
    return fs::is_regular_file(file, error);
}

double total_work(const batch& all)
{
    double work = 0.0;
    for (const auto& file : all.files) work += file.work;
    return all.normalise_dbfs ? 2.0 * work : work;
}

class batch_run {
public:
    batch_run(const batch& all, transformation what)
        : all_{all},
          what_{std::move(what)},
          team_{all.jobs},
          shown_{all.files.size(), total_work(all) > 0.0 ? std::optional{total_work(all)} : std::nullopt}
    {
        for (const auto& file : all.files) entries_.push_back({file});
        what_.true_peaks = all.normalise_dbfs || !all.report.empty();
    }

    void operator()()
    {
        if (all_.normalise_dbfs && !all_kept()) normalise();
        if (worst_status(entries_) == 0)
            team_.each(entries_.size(), [&](std::size_t i) { attempt(entries_[i], [&](entry& one) { make(one); }); });
        if (all_.in_folder) summarise();
        if (!all_.report.empty()) {
            require_apart(all_.report, all_.files);   // once more, now that the outputs stand
            write_text(all_.report, batch_json(entries_, what_));
        }
        if (const int status = worst_status(entries_); status != 0) throw exit_status{status};
    }

private:
    // A failure is this file's alone.
    void attempt(entry& one, const std::function<void(entry&)>& task)
    {
        try {
            task(one);
        } catch (const failure& fault) {
            fail(one, fault.what(), refused);
        } catch (const std::exception& fault) {
            fail(one, fault.what(), broken);
        }
    }

    void fail(entry& one, const std::string& why, int status)
    {
        const bool names_it = why.find(one.file.in.string()) != std::string::npos || why.find(one.file.out.string()) != std::string::npos;
        one.status = file_status::failed;
        one.exit_status = status;
        one.message = in_one_line(all_.in_folder && !names_it ? one.file.in.string() + ": " + why : why);
        shown_.end_file();
        shown_.print(std::cerr, "phono: " + one.message);
    }

    [[nodiscard]] bool is_kept(const entry& one) const { return !all_.overwrites && stands(one.file.out); }
    [[nodiscard]] bool all_kept() const
    {
        return std::all_of(entries_.begin(), entries_.end(), [&](const entry& one) { return is_kept(one); });
    }

    // Measures every file, those whose outputs are kept too: the gain of a run that was interrupted is that of the whole run.
    void normalise()
    {
        std::vector<outcome> measured(entries_.size());
        team_.each(entries_.size(), [&](std::size_t i) {
            attempt(entries_[i], [&](entry& one) {
                make_folder(one);
                measured[i] = measure(one.file, what_, team_, shown_);
            });
        });
        what_.gain_db = album_gain_db(measured, *all_.normalise_dbfs);
        what_.normalised = true;
    }

    void make(entry& one)
    {
        if (is_kept(one)) {
            one.status = file_status::kept;
            one.message = "exists";
            shown_.advance(one.file.work, 0.0);
            shown_.end_file();
            shown_.print(std::cout, one.file.out.string() + ": kept: exists");
            return;
        }
        make_folder(one);
        one.result = transform(one.file, what_, team_, shown_);
        one.status = file_status::done;
        shown_.end_file();
        // Where the sound goes to the standard output, words do not.
        shown_.print(is_standard_output(one.file.out) ? std::cerr : std::cout, in_one_line(report_line(one.file, what_, *one.result)));
        for (const auto& warning : warnings(one.file, what_, *one.result))
            shown_.print(std::cerr, "phono: warning: " + in_one_line(warning));
    }

    void make_folder(const entry& one) const
    {
        if (!all_.in_folder) return;
        const auto folder = one.file.out.parent_path();
        std::error_code error, unseen;
        fs::create_directories(folder, error);
        if (error && !fs::is_directory(folder, unseen)) throw failure{folder.string() + ": this folder cannot be made: " + error.message()};
    }

    void summarise()
    {
        const auto count = [&](file_status status) {
            const auto n = std::count_if(entries_.begin(), entries_.end(), [&](const entry& one) { return one.status == status; });
            return n == 0 ? std::string{} : ", " + std::to_string(n) + ' ' + name(status);
        };
        double seconds = 0.0;
        for (const auto& one : entries_)
            if (one.result) seconds += double(one.result->frames) / one.result->sample_rate;
        const double taken = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
        shown_.print(std::cout, std::to_string(entries_.size()) + (entries_.size() == 1 ? " file" : " files") + count(file_status::done) +
                                    count(file_status::kept) + count(file_status::failed) + count(file_status::not_done) + "; " +
                                    clock(seconds) + " of sound in " + clock(taken) + ", " + fixed(seconds / std::max(taken, 1e-9), 0) +
                                    " x real time");
    }

    const batch& all_;
    transformation what_;
    workers team_;
    progress shown_;
    std::vector<entry> entries_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}   // namespace

void run(const batch& all, transformation what) { batch_run{all, std::move(what)}(); }

}   // namespace command
