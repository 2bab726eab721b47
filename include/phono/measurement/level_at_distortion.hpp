// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/processor.hpp>
#include <phono/math/elementary.hpp>
#include <phono/measurement/harmonic_distortion.hpp>
#include <phono/measurement/settled_record.hpp>
#include <phono/units.hpp>

#include <limits>

namespace phono::inline v0_2 {

/// The overload level of what has no hard limit: the least peak of the source's EMF at which a sine's THD reaches `thd`, usually 1 % or 3 %.
///
///     level_at_distortion(preamp, 96_kHz, 1_kHz, 0.01);   // 210 mV: 33 dB above a cartridge's 5 mV
///
/// Searched from 1 uV upwards in steps of 10 dB, then until THD is right to 1e-5 of it. A copy of the processor plays, some fifteen times.
/// Range: as harmonic_distortion; thd above 0.
/// Errors: NaN where an argument is out of its range, the processor has a problem(), or 1 kV does not reach that distortion, as in a linear
/// preamp. Not real-time: it takes as long as ten seconds of audio or more.
template <processor Processor>
[[nodiscard]] voltage level_at_distortion(const Processor& preamp, frequency rate, frequency tone, double thd)
{
    const voltage none{std::numeric_limits<double>::quiet_NaN()};
    if (!detail::can_measure(preamp, rate, tone, voltage{1.0}) || !(thd > 0.0)) return none;
    const int length = detail::record_length(rate, 5.0);
    const int periods = detail::coprime_periods(tone.si, rate.si, length);
    detail::recorder<Processor> recorder{preamp, rate};   // goes on from one level to the next, which settles sooner
    // How far THD lies above the one asked for, as a logarithm: nearly a straight line in decibels.
    const auto excess = [&](double decibels) {
        const double peak = math::amplitude_ratio(decibels);
        const double ratio = detail::harmonics_in(recorder.settled({{periods, peak}}, length), periods, rate).thd / thd;
        return math::log(ratio > 1e-9 ? ratio : 1e-9);   // where nothing distorts at all, as below a hard limit
    };
    constexpr double step = 10.0, enough = 1e-5;
    double below = -130.0, above = -120.0, excess_below = -1.0, excess_above = excess(above);
    while (!(excess_above >= 0.0)) {
        below = above, excess_below = excess_above;
        above += step;
        if (above > 60.0) return none;
        excess_above = excess(above);
    }
    // The regula falsi; an end that stays counts half each time (Illinois).
    for (int i = 0; i < 60 && above - below > 1e-6; ++i) {
        const double middle = above - (above - below) * excess_above / (excess_above - excess_below);
        const double found = excess(middle);
        if (math::abs(found) < enough) return voltage{math::amplitude_ratio(middle)};
        if (found > 0.0) above = middle, excess_above = found, excess_below *= 0.5;
        else below = middle, excess_below = found, excess_above *= 0.5;
    }
    return voltage{math::amplitude_ratio(above)};
}

}   // namespace phono::inline v0_2
