// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/tube/triode.hpp>

#include <string_view>

namespace phono::inline v0_2::catalogue {

/// A point of a triode's data sheet: plate current, and where they are given the transconductance and the plate resistance there.
struct sheet_point {
    std::string_view tube;
    double vgk{}, vpk{};
    double milliamperes{};
    double microsiemens{}, kilohms{};   ///< 0 where the sheet does not give them
};

/// Points of data sheets.
///
/// Sources: 12AX7, guitarkitbuilder.com/12ax7-tube-datasheet. 12AT7, Tung-Sol's 12AZ7, the same tube with another heater, as tubeofile.com
/// gives it. 6SN7 at 250 V, Wikipedia. 6SL7, the sheet's plate curves as read out, point by point, on angelfire.com/planet/funwithtransistors
/// (FIG-4A-06), and its table as handed down. Handed down, not read again: 12AU7, 6SN7 at 90 V, 6DJ8, E88CC, 12AY7.
inline constexpr sheet_point sheet_points[] = {
    {"12AX7", -2.0, 250.0, 1.2, 1600.0, 62.5},
    {"12AX7", -1.0, 100.0, 0.5, 1250.0, 80.0},
    {"12AT7", -2.0, 250.0, 10.0, 5500.0, 10.9},
    {"12AT7", -1.0, 100.0, 3.7, 4000.0, 15.0},
    {"12AU7", -8.5, 250.0, 10.5, 2200.0, 7.7},
    {"12AU7", 0.0, 100.0, 11.8, 3100.0, 6.25},
    {"6DJ8", -1.3, 90.0, 15.0, 12500.0, 2.64},
    {"E88CC", -1.2, 89.8, 15.0, 12500.0, 2.64},
    {"12AY7", -4.0, 250.0, 3.0, 1750.0, 22.8},
    {"6SN7", -8.0, 250.0, 9.0, 2600.0, 7.7},
    {"6SN7", 0.0, 90.0, 10.0, 3000.0, 6.7},
    {"6SL7", -2.0, 250.0, 2.3, 1600.0, 44.0},
    {"6SL7", 0.0, 50.0, 1.0},
    {"6SL7", 0.0, 97.0, 2.0},
    {"6SL7", 0.0, 140.0, 3.0},
    {"6SL7", 0.0, 180.0, 4.0},
    {"6SL7", 0.0, 215.0, 5.0},
    {"6SL7", -1.0, 110.0, 1.0},
    {"6SL7", -1.0, 163.0, 2.0},
    {"6SL7", -1.0, 210.0, 3.0},
    {"6SL7", -1.0, 250.0, 4.0},
    {"6SL7", -1.0, 290.0, 5.0},
    {"6SL7", -2.0, 185.0, 1.0},
    {"6SL7", -2.0, 235.0, 2.0},
    {"6SL7", -2.0, 280.0, 3.0},
    {"6SL7", -2.0, 322.0, 4.0},
    {"6SL7", -2.0, 349.0, 4.6},
    {"6SL7", -3.0, 255.0, 1.0},
    {"6SL7", -3.0, 307.0, 2.0},
    {"6SL7", -3.0, 350.0, 3.0},
    {"6SL7", -3.0, 394.0, 4.0},
    {"6SL7", -4.0, 320.0, 1.0},
    {"6SL7", -4.0, 375.0, 2.0},
    {"6SL7", -4.0, 423.0, 3.0},
    {"6SL7", -5.0, 390.0, 1.0},
    {"6SL7", -5.0, 445.0, 2.0},
    {"6SL7", -6.0, 460.0, 1.0},
    {"6SL7", -6.0, 480.0, 1.25},
};

/// How a law compares with the sheet points of a tube.
struct sheet_agreement {
    int points = 0;
    double worst = 0.0;   ///< the largest relative deviation of current, transconductance or plate resistance; 0.1 is 10 %
};

/// A triode against its data sheet: `tube` is a name of sheet_points.
[[nodiscard]] constexpr sheet_agreement against_sheet(const any_law& law, std::string_view tube) noexcept
{
    sheet_agreement found;
    const auto take = [&](double seen, double stated) {
        const double off = math::abs(seen / stated - 1.0);
        if (stated > 0.0 && off > found.worst) found.worst = off;
    };
    for (const sheet_point& point : sheet_points) {
        if (point.tube != tube) continue;
        ++found.points;
        const triode_currents i = law.currents(point.vgk, point.vpk);
        take(1e3 * i.plate, point.milliamperes);
        take(1e6 * i.plate_by_grid, point.microsiemens);
        take(1e-3 / i.plate_by_plate, point.kilohms);
    }
    return found;
}

}   // namespace phono::inline v0_2::catalogue
