// SPDX-License-Identifier: BSL-1.0
#include "plot/noise_plot.hpp"

#include "reports/noise_report.hpp"
#include "support/number.hpp"

#include <cmath>
#include <cstddef>
#include <string>

namespace command {

namespace {

plot_panel panel(const std::vector<preamp_noise>& all, const std::string& axis, double scale, double noise_point::*density)
{
    plot_panel result{.axis = axis, .logarithmic = true, .height = 260.0};
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::string name = all[i].title;
        if (std::isfinite(all[i].found.snr)) name += ": SNR " + fixed(all[i].found.snr, 1) + " dB";
        if (all[i].found.silent_amplifiers > 0) name += ", without its amplifier's noise";
        plot_line line{.name = name, .points = {}, .colour = i, .in_legend = density == &noise_point::input};
        for (const auto& at : all[i].found.densities) line.points.push_back({at.hertz, scale * at.*density});
        result.lines.push_back(line);
    }
    return result;
}

}   // namespace

figure draw(const std::vector<preamp_noise>& all)
{
    const auto& asked = all.front().asked;
    return {
        .title = all.size() == 1 ? all.front().title : "Noise",
        .subtitle = "above: in series with the cartridge's EMF; below: at the output; SNR re 5 cm/s, " + weighting(asked.conditions.weight),
        .from = asked.frequencies.front(),
        .to = asked.frequencies.back(),
        .panels = {panel(all, "input, nV per root Hz", 1e9, &noise_point::input),
                   panel(all, "output, nV per root Hz", 1e9, &noise_point::output)}};
}

}   // namespace command
