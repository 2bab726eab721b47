// SPDX-License-Identifier: BSL-1.0
#include "reports/playback_report.hpp"

#include "support/number.hpp"
#include "support/output_stream.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iostream>
#include <string>

namespace command {

namespace {

std::string full_scale_decibels(double peak) { return peak > 0.0 ? signed_fixed(20.0 * std::log10(peak), 2) : "-inf"; }

std::string peaks(const std::vector<double>& all)
{
    constexpr std::size_t most = 8;   // further channels go into the maximum
    if (all.size() > most) return full_scale_decibels(*std::max_element(all.begin(), all.end()));
    std::string text;
    for (const double peak : all) text += (text.empty() ? "" : " / ") + full_scale_decibels(peak);
    return text;
}

// The given gain less what the highest peak stands above full scale; whole tenths, with a margin for dither.
double gain_that_fits(double gain_db, double peak)
{
    constexpr double margin_db = 0.02;
    return std::floor((gain_db - 20.0 * std::log10(peak) - margin_db) * 10.0) / 10.0;
}

}   // namespace

void report(const transformation& job, const outcome& result, std::string_view title)
{
    const double seconds = double(result.frames) / result.sample_rate;
    auto& out = is_standard_output(job.out) ? std::cerr : std::cout;   // the recording goes there
    out << job.out.string() << ": " << title << "; " << result.sample_rate << " Hz, " << result.channels
              << (result.channels == 1 ? " channel, " : " channels, ") << name(result.format) << ", " << clock(seconds) << "; peak "
              << peaks(result.peaks) << " dBFS, " << result.clipped << " samples clipped; "
              << fixed(seconds / std::max(result.seconds_taken, 1e-9), 0) << " x real time\n";
    if (result.clipped == 0) return;
    const double highest = *std::max_element(result.peaks.begin(), result.peaks.end());
    const double gain_db = gain_that_fits(job.gain_db, highest);
    std::cerr << "phono: warning: " << job.out.string() << ": " << result.clipped << " samples clipped; "
              << (gain_db < -most_gain_db ? "no --gain is low enough to avoid it; lower the recording's level first"
                                          : "--gain " + fixed(gain_db, 1) + " would avoid it")
              << '\n';
}

}   // namespace command
