// SPDX-License-Identifier: BSL-1.0
#include "audio/row_measures.hpp"

#include "support/vectorised.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace command {

namespace {

// A vector type and not a loop over an array: g++ 12 keeps such an accumulator in memory, or takes it apart.
using lanes [[gnu::vector_size(4 * sizeof(double))]] = double;

constexpr std::size_t width = sizeof(lanes) / sizeof(double);
constexpr std::size_t parts = 4;   // accumulators that do not wait for each other

}   // namespace

PHONO_VECTORISED row_measures measured(std::span<const double> row) noexcept
{
    lanes highest[parts]{}, lowest[parts]{}, sums[parts]{};
    std::size_t i = 0;
    for (; i + parts * width <= row.size(); i += parts * width)
        for (std::size_t k = 0; k < parts; ++k) {
            lanes x;
            std::memcpy(&x, &row[i + k * width], sizeof x);
            highest[k] = x > highest[k] ? x : highest[k];
            lowest[k] = x < lowest[k] ? x : lowest[k];
            sums[k] += x;
        }
    row_measures all;
    for (; i < row.size(); ++i) {
        all.largest = std::max(all.largest, std::abs(row[i]));
        all.sum += row[i];
    }
    for (std::size_t k = 0; k < parts; ++k)
        for (std::size_t lane = 0; lane < width; ++lane) {
            all.largest = std::max({all.largest, highest[k][lane], -lowest[k][lane]});
            all.sum += sums[k][lane];
        }
    return all;
}

std::vector<row_measures> measured(const channel_spans& block)
{
    std::vector<row_measures> all;
    for (const auto row : block) all.push_back(measured(std::span<const double>{row}));
    return all;
}

}   // namespace command
