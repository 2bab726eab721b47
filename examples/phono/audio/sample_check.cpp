// SPDX-License-Identifier: BSL-1.0
#include "audio/sample_check.hpp"

#include "support/number.hpp"

#include <algorithm>
#include <cmath>

namespace command {

std::optional<placed_sample> first_beyond(double most, std::span<const double> interleaved, std::size_t channels, std::size_t begin,
                                          int sample_rate) noexcept
{
    // Written so that what is not a number is found as well.
    const auto found = std::find_if_not(interleaved.begin(), interleaved.end(), [most](double x) { return std::abs(x) <= most; });
    if (found == interleaved.end()) return std::nullopt;
    const auto index = static_cast<std::size_t>(found - interleaved.begin());
    return placed_sample{*found, begin + index / channels, index % channels, sample_rate};
}

std::string words(const placed_sample& sample)
{
    const std::string what = std::isnan(sample.value)   ? "a sample that is not a number"
                             : std::isinf(sample.value) ? "an infinite sample"
                                                        : "a sample of " + brief(sample.value);
    return what + " at " + fixed(double(sample.frame) / sample.sample_rate, 3) + " s (sample " + std::to_string(sample.frame) + ')';
}

}   // namespace command
