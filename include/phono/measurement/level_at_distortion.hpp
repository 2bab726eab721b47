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
/// Searched from 1 uV upwards in steps of 2 dB, then to 0.001 dB. A copy of the processor plays, some twenty times or more.
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
    const auto reaches = [&](double decibels) {
        const double peak = math::amplitude_ratio(decibels);
        return detail::harmonics_in(recorder.settled({{periods, peak}}, length), periods, rate).thd >= thd;
    };
    double above = -120.0;
    while (!reaches(above)) {
        above += 2.0;
        if (above > 60.0) return none;
    }
    double below = above - 2.0;
    while (above - below > 1e-3) {
        const double middle = 0.5 * (below + above);
        (reaches(middle) ? above : below) = middle;
    }
    return voltage{math::amplitude_ratio(0.5 * (below + above))};
}

}   // namespace phono::inline v0_2
