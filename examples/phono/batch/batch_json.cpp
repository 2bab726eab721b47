// SPDX-License-Identifier: BSL-1.0
#include "batch/batch_json.hpp"

#include "reports/playback_report.hpp"
#include "support/full_scale.hpp"
#include "support/json.hpp"

#include <phono/version.hpp>

#include <algorithm>

namespace command {

namespace {

json decibels(const std::vector<double>& magnitudes)
{
    std::vector<json> all;
    for (const double magnitude : magnitudes) all.push_back(dbfs(magnitude));   // null where that is infinite
    return json::array(all);
}

json numbers(const std::vector<double>& values) { return json::array({values.begin(), values.end()}); }

json texts(const std::vector<std::string>& all) { return json::array({all.begin(), all.end()}); }

void add_result(json::members& all, const entry& one, const transformation& what)
{
    const auto& result = *one.result;
    all.insert(all.end(), {{"frames", double(result.frames)},
                           {"sample_rate", double(result.sample_rate)},
                           {"channels", double(result.channels)},
                           {"format", std::string{name(result.format)}},
                           {"curve", what.title},
                           {"note", result.note},
                           {"gain_db", what.gain_db + result.level_db},
                           {"dc", numbers(result.dc)},
                           {"peak_dbfs", decibels(result.peaks)},
                           {"true_peak_dbtp", decibels(result.true_peaks)},
                           {"clipped", double(result.clipped)}});
    if (!result.tubes.empty()) {
        long unsolved = 0;
        for (const auto& channel : result.tubes) unsolved += channel.unsolved();
        all.insert(all.end(), {{"oversampling", double(result.tubes.front().oversampling)}, {"unsolved", double(unsolved)}});
    }
    all.insert(all.end(), {{"seconds", double(result.frames) / result.sample_rate},
                           {"seconds_taken", result.seconds_taken},
                           {"warnings", texts(warnings(one.file, what, result))}});
}

json of(const entry& one, const transformation& what)
{
    json::members all{{"input", one.file.in.string()}, {"output", one.file.out.string()}, {"status", name(one.status)}};
    if (!one.message.empty()) all.emplace_back("message", one.message);
    if (one.result) add_result(all, one, what);
    return json::object(all);
}

}   // namespace

std::string batch_json(const batch& all, const std::vector<entry>& entries, const transformation& what, bool interrupted)
{
    const auto count = [&](file_status status) {
        return double(std::count_if(entries.begin(), entries.end(), [&](const entry& one) { return one.status == status; }));
    };
    std::vector<json> files;
    for (const auto& one : entries) files.push_back(of(one, what));
    std::vector<json> passed_over;
    for (const auto& file : all.passed_over) passed_over.emplace_back(file.string());
    return json::object({{"made_by", "phono " PHONO_VERSION},
                         {"interrupted", interrupted},
                         {"options", all.options},
                         {"passed_over", json::array(passed_over)},
                         {"done", count(file_status::done)},
                         {"kept", count(file_status::kept)},
                         {"failed", count(file_status::failed)},
                         {"not_done", count(file_status::not_done)},
                         {"files", json::array(files)}})
               .text() +
           '\n';
}

}   // namespace command
