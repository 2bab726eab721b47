// SPDX-License-Identifier: BSL-1.0
#include "plot/polyline.hpp"

#include <cmath>
#include <cstddef>

namespace command {

namespace {

double distance(pixel point, pixel a, pixel b)
{
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    return length > 0.0 ? std::abs((b.x - a.x) * (a.y - point.y) - (a.x - point.x) * (b.y - a.y)) / length
                        : std::hypot(point.x - a.x, point.y - a.y);
}

// Those behind `first`, up to `last`.
void keep_bends(const std::vector<pixel>& all, std::size_t first, std::size_t last, std::vector<pixel>& kept)
{
    std::size_t farthest = first;
    double most = 0.1;
    for (auto i = first + 1; i < last; ++i) {
        const double away = distance(all[i], all[first], all[last]);
        if (away > most) {
            most = away;
            farthest = i;
        }
    }
    if (farthest == first) {
        kept.push_back(all[last]);
        return;
    }
    keep_bends(all, first, farthest, kept);
    keep_bends(all, farthest, last, kept);
}

}   // namespace

std::vector<pixel> bends(const std::vector<pixel>& all)
{
    std::vector<pixel> kept{all.front()};
    keep_bends(all, 0, all.size() - 1, kept);
    return kept;
}

}   // namespace command
