// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/processor.hpp>
#include <phono/math/elementary.hpp>
#include <phono/measurement/harmonic_distortion.hpp>
#include <phono/measurement/settled_record.hpp>
#include <phono/units.hpp>

#include <limits>

namespace phono::inline v0_2 {

namespace detail {

/// The next step of a search upwards for where an excess becomes positive, in decibels: some way to where its last two slopes tell that it
/// does, so that nothing is driven far beyond. What a circuit was driven into it may remember for half a minute.
[[nodiscard]] constexpr double careful_step(double excess, double slope, double slope_before) noexcept
{
    constexpr double longest = 10.0, shortest = 1.0, share = 0.6;
    if (!(slope > 0.0)) return longest;
    const double steeper = slope_before > 0.0 && slope > slope_before ? slope * slope / slope_before : slope;
    const double step = share * -excess / steeper;
    return step > longest ? longest : step < shortest ? shortest : step;
}

}   // namespace detail

/// The overload level of what has no hard limit: the least peak of the source's EMF at which a sine's THD reaches `thd`, as 1 % or 3 %.
///
///     level_at_distortion(preamp, 96_kHz, 1_kHz, 0.01);   // 210 mV: 33 dB above a cartridge's 5 mV
///
/// Searched from 1 uV upwards in steps of 10 dB or less, then until THD is right to 1e-5 of it or the level to 1e-4 dB. A copy of the
/// processor plays, some twenty times, each time until it is known well enough where a capacitor that takes long to settle will be.
/// Range: as harmonic_distortion; thd above 0.
/// Errors: NaN where an argument is out of its range, the processor has a problem(), or 1 kV does not reach that distortion, as in a linear
/// preamp. Not real-time: it takes as long as ten seconds of audio or more.
template <processor Processor>
[[nodiscard]] voltage level_at_distortion(const Processor& preamp, frequency rate, frequency tone, double thd)
{
    const voltage none{std::numeric_limits<double>::quiet_NaN()};
    if (!detail::can_measure(preamp, rate, tone, voltage{1.0}) || !(thd > 0.0)) return none;
    constexpr double enough = 1e-5;   // of THD
    const int length = detail::record_length(rate, 5.0);
    const int periods = detail::coprime_periods(tone.si, rate.si, length);
    detail::recorder<Processor> recorder{preamp, rate};   // goes on from one level to the next, which settles sooner
    // How far THD lies above the one asked for, as a logarithm: nearly a straight line in decibels. The nearer, the better known.
    const auto excess_of = [&](const detail::settled_record& record) {
        const double ratio = detail::harmonics_in(record, periods, rate).thd / thd;
        return math::log(ratio > 1e-9 ? ratio : 1e-9);   // where nothing distorts at all, as below a hard limit
    };
    const auto excess = [&](double decibels) {
        const auto is_enough = [&](const detail::settled_record& limit) {
            const double share = 0.1 * math::abs(excess_of(limit));
            return limit.unrest < thd * (share > enough ? share : enough);
        };
        return excess_of(recorder.settled({{periods, math::amplitude_ratio(decibels)}}, length, is_enough));
    };
    double below = -130.0, above = -120.0, excess_below = -1.0, excess_above = excess(above), rise_before = 0.0;
    while (!(excess_above >= 0.0)) {
        const double rise = (excess_above - excess_below) / (above - below);
        const double step = detail::careful_step(excess_above, rise, rise_before);
        rise_before = rise, below = above, excess_below = excess_above;
        above += step;
        if (above > 60.0) return none;
        excess_above = excess(above);
    }
    // The regula falsi; an end that stays counts half each time (Illinois).
    for (int i = 0; i < 60 && above - below > 1e-4; ++i) {
        const double middle = above - (above - below) * excess_above / (excess_above - excess_below);
        const double found = excess(middle);
        if (math::abs(found) < enough) return voltage{math::amplitude_ratio(middle)};
        if (found > 0.0) above = middle, excess_above = found, excess_below *= 0.5;
        else below = middle, excess_below = found, excess_above *= 0.5;
    }
    return voltage{math::amplitude_ratio(above)};
}

}   // namespace phono::inline v0_2
