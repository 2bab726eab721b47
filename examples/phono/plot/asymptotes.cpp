// SPDX-License-Identifier: BSL-1.0
#include "plot/asymptotes.hpp"

#include <phono/units.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace command {

namespace {

double angular(double hertz) { return phono::angular(phono::frequency{hertz}).si; }

// For each root the larger of the two: the root's magnitude below its corner, the frequency above it.
double line_db(const phono::math::rational& h, double hertz)
{
    double ratio = std::abs(h.gain);
    for (const auto zero : h.zeros) ratio *= std::max(std::abs(zero.re), angular(hertz));
    for (const auto pole : h.poles) ratio /= std::max(std::abs(pole.re), angular(hertz));
    return phono::math::decibels(ratio);
}

double curve_db(const phono::math::rational& h, double hertz) { return phono::math::decibels(phono::math::abs(h({0.0, angular(hertz)}))); }

}   // namespace

plot_line asymptotes(const phono::math::rational& curve, double from_hertz, double to_hertz, double db_at_1_khz)
{
    std::vector<double> corners{from_hertz, to_hertz};
    for (const auto& roots : {curve.zeros, curve.poles}) {
        for (const auto root : roots) {
            const double hertz = std::abs(root.re) / angular(1.0);
            if (hertz > from_hertz && hertz < to_hertz) corners.push_back(hertz);
        }
    }
    std::sort(corners.begin(), corners.end());
    plot_line line{.name = "asymptotes", .points = {}, .colour = 7, .broken = true};
    const double shift = db_at_1_khz - curve_db(curve, 1000.0);
    for (const double hertz : corners) line.points.push_back({hertz, line_db(curve, hertz) + shift});
    return line;
}

}   // namespace command
