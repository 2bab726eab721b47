// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

namespace command {

/// A line of a plot's grid.
struct tick {
    double value;
    std::string label{};   ///< empty: no label
    std::string power{};   ///< a superscript behind the label
    bool strong = false;
};

/// One axis of a plot: which values it spans and where its grid lies.
struct plot_axis {
    double low, high;
    bool logarithmic;
    std::vector<tick> ticks;

    /// 0 at the low end, 1 at the high end.
    [[nodiscard]] double place(double value) const noexcept;
};

/// 20, 50, 100 ... 20k, with a fine line at every whole multiple of each decade.
[[nodiscard]] plot_axis logarithmic_axis(double from, double to);

/// Round steps, whole steps at both ends.
[[nodiscard]] plot_axis linear_axis(double low, double high);

/// Whole decades, `decades` of them at most: the upper ones.
[[nodiscard]] plot_axis decade_axis(double low, double high, int decades);

}   // namespace command
