// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/processor.hpp>
#include <phono/math/elementary.hpp>
#include <phono/measurement/settled_record.hpp>
#include <phono/units.hpp>

#include <limits>

namespace phono::inline v0_2 {

/// What a sine of one level becomes: its level in the output, and its harmonics relative to that.
struct harmonic_levels {
    static constexpr int highest = 7;   ///< the last harmonic that is told by itself

    frequency tone{};                                                ///< the frequency that was played
    voltage fundamental{std::numeric_limits<double>::quiet_NaN()};   ///< its peak in the output
    double thd = std::numeric_limits<double>::quiet_NaN();           ///< total harmonic distortion: 0.01 is 1 %
    double unrest = std::numeric_limits<double>::quiet_NaN();        ///< what had not settled, relative to the peak
    double relative[highest + 1] = {};                               ///< [2] to [7]: amplitude over that of the fundamental

    /// The level of a harmonic from 2 to `highest` re the fundamental; -infinity where it lies above 20 kHz or half the rate.
    [[nodiscard]] constexpr gain level(int harmonic) const noexcept
    {
        return gain{harmonic >= 2 && harmonic <= highest ? math::decibels(relative[harmonic]) : std::numeric_limits<double>::quiet_NaN()};
    }
};

namespace detail {

/// The harmonics of a tone in a record of its answer.
[[nodiscard]] inline harmonic_levels harmonics_in(const settled_record& record, int periods, frequency rate) noexcept
{
    const int length = static_cast<int>(record.samples.size());
    harmonic_levels found{frequency{periods * rate.si / length}, voltage{record.amplitude(periods)}};
    double sum = 0.0;
    for (int n = 2; n * found.tone.si <= 20.05e3 && 2 * n * periods < length; ++n) {
        const double relative = record.amplitude(n * periods) / found.fundamental.si;
        if (n <= harmonic_levels::highest) found.relative[n] = relative;
        sum += relative * relative;
    }
    found.thd = math::sqrt(sum);
    found.unrest = record.unrest;
    return found;
}

}   // namespace detail

/// The harmonic distortion of a processor at one frequency and one level of the source's EMF, once it has settled.
///
///     const tube_preamp preamp{stage, 192_kHz};
///     const harmonic_levels found = harmonic_distortion(preamp, 192_kHz, 1_kHz, 1_V);
///     found.thd;        // 0.05: 5 %
///     found.level(2);   // of the second harmonic
///
/// THD is the root of the sum of squares of all harmonics to 20 kHz (and below half the rate), over the fundamental (IEC 60268-3).
/// A copy of the processor plays; the processor itself is left as it is. The tone is moved by some hertz at most, to `.tone`, so that a
/// whole number of periods fits into a fifth of a second and no alias falls onto a harmonic.
/// Range: rate is that for which the processor was prepared; 0 < tone < rate/2; the peak is above 0.
/// Accuracy: that of the processor. Its rounding stands below -280 dB in double; in float near -140 dB.
/// Errors: NaN where an argument is out of its range or the processor has a problem().
/// Not real-time: it allocates, and takes as long as half a second of audio or more.
template <processor Processor>
[[nodiscard]] harmonic_levels harmonic_distortion(const Processor& preamp, frequency rate, frequency tone, voltage peak)
{
    if (!detail::can_measure(preamp, rate, tone, peak)) return {};
    const int length = detail::record_length(rate, 5.0);
    const int periods = detail::coprime_periods(tone.si, rate.si, length);
    const detail::settled_record record = detail::recorder<Processor>{preamp, rate}.settled({{periods, peak.si}}, length);
    return detail::harmonics_in(record, periods, rate);
}

}   // namespace phono::inline v0_2
