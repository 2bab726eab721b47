// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/text_file.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace command {

/// A picture of curves, as SVG: panels one below the other over one logarithmic axis, which is frequency unless told otherwise.

struct plot_point {
    double across, value;   ///< `across` is a frequency in hertz, or what the figure's axis says
};

struct plot_line {
    std::string name;
    std::vector<plot_point> points;
    std::size_t colour = 0;   ///< place in the palette; beyond its end, dashes distinguish the lines
    bool broken = false;      ///< dashed and drawn thinner, to lie on top of another line
    bool in_legend = true;
};

/// What lies between two lines, filled.
struct plot_area {
    std::string name;
    std::vector<plot_point> lower, upper;
    std::size_t colour = 0;   ///< place in the palette
    double opacity = 0.25;
};

struct plot_panel {
    std::string axis;   ///< what is drawn, with its unit
    std::vector<plot_line> lines{};
    std::vector<plot_area> areas{};   ///< beneath the lines, the first lowest
    bool logarithmic = false;         ///< magnitudes by decades; the sign is dropped
    double height = 320.0;            ///< pixels
};

struct figure {
    std::string title;
    std::string subtitle;
    std::string axis = "frequency, Hz";
    double from = 20.0;
    double to = 20'000.0;
    std::vector<plot_panel> panels{};
};

[[nodiscard]] std::string svg(const figure& what);

/// The same into a file, which appears when it is whole. It says in a <desc> that phono drew it, and replaces no other kind of file.
void write_svg(const text_file& file, const figure& what);

}   // namespace command
