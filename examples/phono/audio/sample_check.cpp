// SPDX-License-Identifier: BSL-1.0
#include "audio/sample_check.hpp"

#include "support/number.hpp"

#include <algorithm>
#include <cmath>

namespace command {

std::optional<placed_sample> first_beyond(double most, const channel_spans& block, const std::vector<row_measures>& channels,
                                          std::size_t begin, int sample_rate)
{
    std::optional<placed_sample> first;
    for (std::size_t c = 0; c < block.size(); ++c) {
        if (channels[c].is_within(most)) continue;
        // Written so that what is not a number is found as well.
        const auto found = std::find_if_not(block[c].begin(), block[c].end(), [most](double x) { return std::abs(x) <= most; });
        const auto frame = begin + static_cast<std::size_t>(found - block[c].begin());
        if (found != block[c].end() && (!first || frame < first->frame)) first = placed_sample{*found, frame, c, sample_rate};
    }
    return first;
}

std::string words(const placed_sample& sample)
{
    const std::string what = std::isnan(sample.value)   ? "a sample that is not a number"
                             : std::isinf(sample.value) ? "an infinite sample"
                                                        : "a sample of " + brief(sample.value);
    return what + " at " + fixed(double(sample.frame) / sample.sample_rate, 3) + " s (sample " + std::to_string(sample.frame) + ')';
}

}   // namespace command
