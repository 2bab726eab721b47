// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/processor.hpp>
#include <phono/math/elementary.hpp>
#include <phono/measurement/settled_record.hpp>
#include <phono/units.hpp>

#include <limits>

namespace phono::inline v0_2 {

/// How much aliasing a sine costs: the largest tone between 20 Hz and 20 kHz that a processor makes of it and that is no harmonic of it,
/// relative to the sine in the output, once both have settled.
///
///     const tube_preamp preamp{stage, 44.1_kHz};
///     alias_level(preamp, 44.1_kHz, 10_kHz, 4_V);   // what a hard overload costs at this rate and this oversampling
///
/// The processor itself is left as it is: a copy plays. The tone is moved by up to a thousandth of the rate, so that its periods fit.
/// Range: rate is that for which the processor was prepared; 0 < tone < rate/2; the peak is above 0.
/// Accuracy: what the copy has not settled to 1e-9 of its peak in half a minute counts as well; in a linear preamp that is rounding,
/// below -250 dB.
/// Errors: NaN where an argument is out of its range or the processor has a problem().
/// Not real-time: it allocates, and takes as long as a second of audio or more.
template <processor Processor>
[[nodiscard]] gain alias_level(const Processor& preamp, frequency rate, frequency tone, voltage peak)
{
    if (!detail::can_measure(preamp, rate, tone, peak)) return gain{std::numeric_limits<double>::quiet_NaN()};
    const int length = detail::record_length(rate, 50.0);
    const int periods = detail::coprime_periods(tone.si, rate.si, length);
    const detail::settled_record record = detail::recorder<Processor>{preamp, rate}.settled({{periods, peak.si}}, length);
    double largest = 0.0;
    for (int line = 1; 2 * line < length; ++line) {
        const double hertz = line * rate.si / length;
        if (hertz < 20.0 || hertz > 20e3 || line % periods == 0) continue;
        const double found = record.amplitude(line);
        largest = found > largest ? found : largest;
    }
    return gain{math::decibels(largest / record.amplitude(periods))};
}

}   // namespace phono::inline v0_2
