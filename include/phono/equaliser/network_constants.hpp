// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/equaliser/curve.hpp>

#include <limits>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The time constants, in seconds, that a network of two resistors and two capacitors can have: (1 + s turnover) over
/// (1 + s shelf)(1 + s treble), with shelf > turnover > treble > 0.
struct network_constants {
    double shelf = std::numeric_limits<double>::quiet_NaN();
    double turnover = std::numeric_limits<double>::quiet_NaN();
    double treble = std::numeric_limits<double>::quiet_NaN();

    /// (shelf - turnover)(turnover - treble): above zero for every network that can be built.
    [[nodiscard]] constexpr double spread() const noexcept { return (shelf - turnover) * (turnover - treble); }
};

/// Not constexpr: the compiler names it where a constant network is requested that does not exist.
inline void phono_such_a_network_gives_curves_of_two_lags_and_one_lead_between_them_and_no_high_pass() {}

/// The time constants of a curve, or NaN where no such network can realise it. The curve's level is ignored.
[[nodiscard]] constexpr network_constants constants_of(const curve& wanted) noexcept
{
    double low = 0.0, high = 0.0, lead = 0.0;   // the smaller and the larger lag, and the lead
    int lags = 0, leads = 0, high_passes = 0;
    for (const duration t : wanted.lags) {
        if (t.si == 0.0) continue;
        ++lags;
        low = lags == 1 || t.si < low ? t.si : low;
        high = lags == 1 || t.si > high ? t.si : high;
    }
    for (const duration t : wanted.leads)
        if (t.si != 0.0) ++leads, lead = t.si;
    for (const duration t : wanted.high_passes) high_passes += t.si != 0.0 ? 1 : 0;
    const network_constants found{high, lead, low};
    if (lags == 2 && leads == 1 && high_passes == 0 && low > 0.0 && found.spread() > 0.0) return found;
    if (std::is_constant_evaluated()) phono_such_a_network_gives_curves_of_two_lags_and_one_lead_between_them_and_no_high_pass();
    return {};
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
