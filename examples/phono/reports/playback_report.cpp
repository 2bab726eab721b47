// SPDX-License-Identifier: BSL-1.0
#include "reports/playback_report.hpp"

#include "support/full_scale.hpp"
#include "support/number.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace command {

namespace {

std::string decibels(const std::vector<double>& magnitudes)
{
    constexpr std::size_t most = 8;   // further channels go into the maximum
    if (magnitudes.size() > most) return dbfs_text(*std::max_element(magnitudes.begin(), magnitudes.end()));
    std::string text;
    for (const double magnitude : magnitudes) text += (text.empty() ? "" : " / ") + dbfs_text(magnitude);
    return text;
}

// DC that matters: above -60 dBFS it takes headroom, and the edges of cuts click.
std::string dc_words(const std::vector<double>& dc, bool is_removed)
{
    constexpr double named_from = 1e-3;
    std::vector<double> magnitudes;
    for (const double mean : dc) magnitudes.push_back(std::abs(mean));
    if (std::none_of(magnitudes.begin(), magnitudes.end(), [](double mean) { return mean > named_from; })) return {};
    return "; DC of the input " + decibels(magnitudes) + " dBFS" + (is_removed ? ", removed" : "; --dc removes it");
}

long unsolved(const std::vector<tube_facts>& channels)
{
    long samples = 0;
    for (const auto& channel : channels) samples += channel.unsolved();
    return samples;
}

// Empty for a path without tubes.
std::string words(const std::vector<tube_facts>& channels)
{
    if (channels.empty()) return {};
    return ", oversampling " + std::to_string(channels.front().oversampling) + ", small signals within " +
           brief(channels.front().accuracy_db, 2) + " dB, " + std::to_string(unsolved(channels)) + " samples unsolved";
}

// The given gain less what the highest peak stands above full scale; whole tenths, with a margin for dither.
double gain_that_fits(double gain_db, double peak)
{
    constexpr double margin_db = 0.02;
    return std::floor((gain_db - dbfs(peak) - margin_db) * 10.0) / 10.0;
}

std::string clipping_words(const transformation& what, const outcome& result)
{
    const double gain_db = gain_that_fits(what.gain_db + result.level_db, *std::max_element(result.peaks.begin(), result.peaks.end()));
    if (!what.channels.gains_db.empty())   // no one gain says it
        return std::to_string(result.clipped) + " samples clipped; gains lower by " + fixed(what.gain_db + result.level_db - gain_db, 1) +
               " dB would avoid it";
    return std::to_string(result.clipped) + " samples clipped; " +
           (gain_db < -most_gain_db ? "no --gain is low enough to avoid it; lower the recording's level first"
                                    : "--gain " + fixed(gain_db, 1) + " would avoid it, or --normalise -1");
}

}   // namespace

std::string report_line(const job& file, const transformation& what, const outcome& result)
{
    const double seconds = double(result.frames) / result.sample_rate;
    return file.out.string() + ": " + what.title + words(result.tubes) + "; " + std::to_string(result.sample_rate) + " Hz, " +
           std::to_string(result.channels) + (result.channels == 1 ? " channel, " : " channels, ") + std::string{name(result.format)} +
           ", " + clock(seconds) +
           (what.normalised_dbfs || what.tells_gain ? "; gain " + signed_fixed(what.gain_db + result.level_db, 2) + " dB" : "") +
           "; peak " + decibels(result.peaks) + " dBFS, " +
           (result.true_peaks.empty() ? "" : "true peak " + decibels(result.true_peaks) + " dBTP, ") + std::to_string(result.clipped) +
           " samples clipped" + dc_words(result.dc, what.channels.remove_dc) + "; " +
           fixed(seconds / std::max(result.seconds_taken, 1e-9), 0) + " x real time";
}

std::vector<std::string> warnings(const job& file, const transformation& what, const outcome& result)
{
    auto all = result.warnings;
    if (result.clipped > 0) all.push_back(file.out.string() + ": " + clipping_words(what, result));
    if (const auto samples = unsolved(result.tubes); samples > 0)
        all.push_back(file.out.string() + ": " + std::to_string(samples) +
                      " samples unsolved, where the output is not the circuit's; give a lower --full-scale");
    return all;
}

}   // namespace command
