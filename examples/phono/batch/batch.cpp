// SPDX-License-Identifier: BSL-1.0
#include "batch/batch.hpp"

#include "batch/album_gain.hpp"
#include "batch/batch_json.hpp"
#include "batch/entry.hpp"
#include "batch/kept_output.hpp"
#include "batch/output_names.hpp"
#include "reports/playback_report.hpp"
#include "support/failure.hpp"
#include "support/interruption.hpp"
#include "support/number.hpp"
#include "support/one_line.hpp"
#include "support/output_stream.hpp"
#include "support/text_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <iostream>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace command {

namespace {

namespace fs = std::filesystem;

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

constexpr auto needs_every_file = "the common gain of --normalise needs every file";

std::vector<entry> entries_of(const std::vector<job>& files)
{
    std::vector<entry> all;
    for (const auto& file : files) all.push_back({file});
    return all;
}

class batch_run {
public:
    batch_run(const batch& all, transformation what)
        : all_{all},
          what_{std::move(what)},
          entries_{entries_of(all.files)},
          interruption_{[this] { say_last_words(); }},
          team_{all.jobs},
          shown_{all.files.size(), total_work(all) > 0.0 ? std::optional{total_work(all)} : std::nullopt}
    {
        what_.true_peaks = all.normalise_dbfs || !all.report.name.empty();
    }

    void operator()()
    {
        write_report(batch_json(all_, entries_, what_, true));   // none of an earlier run is left, however this one ends
        for (auto& one : entries_)
            if (!one.file.fault.empty()) fail(one, one.file.fault, refused);
        team_.each(entries_.size(), [&](std::size_t i) { attempt(entries_[i], [&](entry& one) { examine(one); }); });
        if (all_.normalise_dbfs) normalise();
        if (!all_.normalise_dbfs || worst_status(entries_) == 0)
            team_.each(entries_.size(), [&](std::size_t i) { attempt(entries_[i], [&](entry& one) { make(one); }); });
        else leave_undone();
        if (all_.in_folder) summarise();
        write_report(batch_json(all_, entries_, what_, false));
        if (const int status = worst_status(entries_); status != 0) throw exit_status{status};
    }

private:
    // A failure is this file's alone.
    void attempt(entry& one, const std::function<void(entry&)>& task)
    {
        if (one.status == file_status::failed) return;
        try {
            task(one);
        } catch (const failure& fault) {
            fail(one, fault.what(), refused);
        } catch (const std::exception& fault) {
            fail(one, fault.what(), broken);
        }
    }

    // All that the last words look at is changed here and in `set_gain`.
    void settle(entry& one, file_status status, std::string message, int exit_status = 0, std::optional<outcome> result = std::nullopt)
    {
        const std::lock_guard held{mutex_};
        one.status = status;
        one.message = std::move(message);
        one.exit_status = exit_status;
        one.result = std::move(result);
    }

    void set_gain(double gain_db)
    {
        const std::lock_guard held{mutex_};
        what_.gain_db = gain_db;
        what_.normalised_dbfs = all_.normalise_dbfs;
    }

    void fail(entry& one, const std::string& why, int status)
    {
        const bool names_it = why.find(one.file.in.string()) != std::string::npos || why.find(one.file.out.string()) != std::string::npos;
        settle(one, file_status::failed, in_one_line(all_.in_folder && !names_it ? one.file.in.string() + ": " + why : why), status);
        shown_.end_file();
        shown_.print(std::cerr, "phono: " + one.message);
    }

    // An output that is empty, or that phono has made and is damaged, is not done. One that phono has not made may be the only copy.
    void examine(entry& one)
    {
        if (!is_kept(one)) return;
        const auto fault = fault_of_output(one.file.out);
        if (!fault) return;
        const auto name = one.file.out.string();
        if (!fault->is_by_phono)
            throw failure{name + ": exists, and is no whole recording that phono has made: " + fault->words + "; --overwrite replaces it"};
        if (!fault->words.empty())
            shown_.print(std::cerr, in_one_line("phono: warning: " + name + ": " + fault->words + "; it is made again"));
        const std::lock_guard held{mutex_};
        one.file.existing = existing_file::replace;
    }

    [[nodiscard]] static bool is_kept(const entry& one)
    {
        return one.file.existing == existing_file::keep && one.file.fault.empty() && stands(one.file.out);
    }
    [[nodiscard]] bool all_kept() const { return std::all_of(entries_.begin(), entries_.end(), is_kept); }

    // Measures every file, those whose outputs are kept too: the gain of a run that was interrupted is that of the whole run.
    void normalise()
    {
        if (worst_status(entries_) != 0) return;   // it would be in vain
        if (all_kept()) return set_gain(lowest_gain());
        std::vector<outcome> measured(entries_.size());
        team_.each(entries_.size(), [&](std::size_t i) {
            attempt(entries_[i], [&](entry& one) {
                make_folder(one);
                measured[i] = measure(one.file, what_, team_, shown_);
            });
        });
        set_gain(album_gain_db(measured, *all_.normalise_dbfs));
    }

    // Where nothing is measured: the gain of the loudest, which was the last to be taken into account.
    [[nodiscard]] double lowest_gain() const
    {
        double lowest = most_gain_db;
        for (const auto& one : entries_) lowest = std::min(lowest, gain_of_kept(one.file));
        return lowest;
    }

    void leave_undone()
    {
        for (auto& one : entries_) {
            if (one.status == file_status::failed) continue;
            if (is_kept(one)) {
                settle(one, file_status::kept, "exists");
                continue;
            }
            settle(one, file_status::not_done, std::string{"nothing was written, since "} + needs_every_file);
            shown_.print(std::cout, in_one_line(one.file.out.string() + ": not done: " + one.message));
        }
        if (entries_.size() > 1)
            shown_.print(std::cerr, std::string{"phono: nothing was written, since "} + needs_every_file +
                                        "; repair or remove those that failed, or add --recover to take what is there of them");
    }

    void make(entry& one)
    {
        if (is_kept(one)) return keep(one);
        make_folder(one);
        auto result = transform(one.file, what_, team_, shown_);
        settle(one, file_status::done, {}, 0, std::move(result));
        shown_.end_file();
        // Where the sound goes to the standard output, words do not.
        shown_.print(is_standard_output(one.file.out) ? std::cerr : std::cout, in_one_line(report_line(one.file, what_, *one.result)));
        for (const auto& warning : warnings(one.file, what_, *one.result))
            shown_.print(std::cerr, "phono: warning: " + in_one_line(warning));
    }

    void keep(entry& one)
    {
        const auto difference = difference_of_kept(one.file, what_);
        settle(one, file_status::kept, in_one_line("exists" + (difference ? ", " + *difference : "")));
        shown_.advance(one.file.work, 0.0);
        shown_.end_file();
        shown_.print(difference ? std::cerr : std::cout,
                     in_one_line((difference ? "phono: warning: " : "") + one.file.out.string() + ": kept: " + one.message));
    }

    void make_folder(const entry& one) const
    {
        if (!all_.in_folder) return;
        const auto folder = one.file.out.parent_path();
        std::error_code error, unseen;
        fs::create_directories(folder, error);
        if (error && !fs::is_directory(folder, unseen)) throw failure{folder.string() + ": this folder cannot be made: " + error.message()};
    }

    [[nodiscard]] static std::ptrdiff_t count(const std::vector<entry>& entries, file_status status)
    {
        return std::count_if(entries.begin(), entries.end(), [&](const entry& one) { return one.status == status; });
    }

    void summarise()
    {
        const auto counted = [&](file_status status) {
            const auto n = count(entries_, status);
            return n == 0 ? std::string{} : ", " + std::to_string(n) + ' ' + name(status);
        };
        double seconds = 0.0;
        for (const auto& one : entries_)
            if (one.result) seconds += double(one.result->frames) / one.result->sample_rate;
        const double taken = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
        shown_.print(std::cout, std::to_string(entries_.size()) + (entries_.size() == 1 ? " file" : " files") + counted(file_status::done) +
                                    counted(file_status::kept) + counted(file_status::failed) + counted(file_status::not_done) + "; " +
                                    clock(seconds) + " of sound in " + clock(taken) + ", " + fixed(seconds / std::max(taken, 1e-9), 0) +
                                    " x real time");
    }

    void write_report(const std::string& text) const
    {
        if (all_.report.name.empty()) return;
        require_apart(all_.report.name, all_.files);   // once more: an output may have made a link lead there
        write_text(all_.report, report_text, text);
    }

    // Beside the threads of the run, one of which may hold the standard streams: straight to the error stream.
    void say_last_words() noexcept
    try {
        std::unique_lock held{mutex_};
        auto entries = entries_;
        const auto what = what_;
        held.unlock();
        if (all_.in_folder) say_how_far(entries);
        for (auto& one : entries)
            if (one.status == file_status::not_done) one.message = "interrupted";
        write_report(batch_json(all_, entries, what, true));
    } catch (const std::exception&) {
        return;   // the report of the beginning stays
    }

    void say_how_far(const std::vector<entry>& entries) const
    {
        std::string words = ::isatty(STDERR_FILENO) != 0 ? "\r\033[K" : "";
        words += "phono: interrupted: ";
        for (const auto status : {file_status::done, file_status::kept, file_status::failed})
            if (const auto n = count(entries, status); n > 0 || status == file_status::done)
                words += std::to_string(n) + ' ' + name(status) + ", ";
        words += std::to_string(count(entries, file_status::not_done)) + " to do; the same command " +
                 (all_.overwrites ? "without --overwrite " : "") + "goes on\n";
        static_cast<void>(!::write(STDERR_FILENO, words.data(), words.size()));   // if nobody reads it, nobody does
    }

    const batch& all_;
    transformation what_;
    std::vector<entry> entries_;
    std::mutex mutex_;   ///< of `entries_` and `what_` while others run
    interruption interruption_;
    workers team_;
    progress shown_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}   // namespace

void run(const batch& all, transformation what) { batch_run{all, std::move(what)}(); }

}   // namespace command
