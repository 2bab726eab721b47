// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/channel_spans.hpp"
#include "audio/row_measures.hpp"
#include "audio/true_peak.hpp"
#include "support/workers.hpp"

#include <cstddef>
#include <vector>

namespace command {

/// The largest sample of each channel, and its true peak on request: that takes longer than most filters, and the workers share it.
class level_meter {
public:
    level_meter(std::size_t channels, bool with_true_peaks, workers& team);

    /// The next frames, and what was measured of each channel of them.
    void operator()(const channel_spans& block, const std::vector<row_measures>& channels);

    /// Magnitudes; 1.0 is full scale.
    [[nodiscard]] std::vector<double> peaks() const;
    /// Empty where they were not asked for.
    [[nodiscard]] std::vector<double> true_peaks() const;

private:
    struct channel {
        double peak = 0.0;
        command::true_peak true_peak{};
    };

    std::vector<channel> channels_;
    bool with_true_peaks_;
    workers& team_;
};

}   // namespace command
