// SPDX-License-Identifier: BSL-1.0
#include "batch/album_gain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace command {

namespace {

double highest(sample_format format)
{
    constexpr double steps_for_dither = 2.0;
    return is_integer(format) ? 1.0 - steps_for_dither * std::ldexp(1.0, 1 - bits(format)) : 1.0;
}

}   // namespace

double album_gain_db(const std::vector<outcome>& measured, double level_dbfs)
{
    double gain = std::numeric_limits<double>::infinity();
    for (const auto& file : measured) {
        const double wanted = std::min(std::pow(10.0, level_dbfs / 20.0), highest(file.format));
        for (const double peak : file.true_peaks)
            if (peak > 0.0) gain = std::min(gain, wanted / peak);
    }
    return std::isinf(gain) ? 0.0 : std::min(20.0 * std::log10(gain), most_gain_db);
}

}   // namespace command
