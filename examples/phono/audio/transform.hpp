// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/processing_note.hpp"
#include "audio/channel_matrix.hpp"
#include "audio/processor.hpp"
#include "audio/recording.hpp"
#include "audio/sample_format.hpp"
#include "support/doomed_file.hpp"
#include "support/progress.hpp"
#include "support/workers.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace command {

/// The most that --gain raises or lowers a recording, in decibels.
inline constexpr double most_gain_db = 200.0;

/// What one run of the command does to all its files.
struct transformation {
    make_processor make{};                     ///< a channel's signal path
    std::string title{};                       ///< what that is, in a few words
    std::optional<sample_format> format{};     ///< if absent, that of the input
    double gain_db = 0.0;                      ///< after the signal path
    bool dither = true;                        ///< applies where 16 bits are written
    channel_plan channels{};                   ///< before the signal path
    double speed = 1.0;                        ///< behind it: how much faster the output plays, at the same sample rate
    processing_note note{};                    ///< what the output says was done; the gain is added to it
    bool again = false;                        ///< no warning where the input already has a playback curve
    bool recover = false;                      ///< takes what is there of a damaged input
    bool true_peaks = false;                   ///< measured as well
    bool tells_gain = false;                   ///< in the report: what the path and the gain do to the level
    std::optional<double> normalised_dbfs{};   ///< the true peak that the gain was chosen for: a clipped sample is a failure
};

/// One file of a run.
struct job {
    std::filesystem::path in;
    std::filesystem::path out;
    double work{};                                     ///< in the unit of the progress line
    existing_file existing = existing_file::replace;   ///< of a file under the output's name
    std::string fault{};                               ///< why it cannot be done, as a sentence; empty where it can be tried
};

/// What was measured of one file.
struct outcome {
    int sample_rate{};
    int channels{};
    std::int64_t frames{};
    sample_format format{};
    std::vector<double> dc{};      ///< the mean of each channel of the input
    std::vector<double> peaks{};   ///< of each channel, before dither and clipping; 1.0 is full scale
    std::vector<double> true_peaks{};
    std::int64_t clipped{};   ///< samples, over all channels
    double level_db{};        ///< the processors'
    std::vector<tube_facts> tubes{};
    std::string note{};                    ///< what the output says of the run; empty where nothing was done
    std::vector<std::string> warnings{};   ///< sentences that begin with a file's name
    double seconds_taken{};
};

/// What the output of a recording of so many channels says was done to it.
[[nodiscard]] processing_note noted(const transformation& what, int channels);

/// What comes out of a recording that is mixed and brought to another speed: its channels and its length.
[[nodiscard]] recording played(recording about, const transformation& what);

/// Streams the file in blocks, so that it may be longer than memory. The output has the input's length, over the speed, and appears under
/// its name only when it is whole. A sample beyond what the signal path takes, or one that would be beyond what the output's format holds,
/// is a failure. The workers share the channels; the output does not depend on their number.
[[nodiscard]] outcome transform(const job& file, const transformation& what, workers& team, progress& shown);

/// Does the same without writing anything.
[[nodiscard]] outcome measure(const job& file, const transformation& what, workers& team, progress& shown);

}   // namespace command
