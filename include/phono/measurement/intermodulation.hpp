// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/processor.hpp>
#include <phono/math/elementary.hpp>
#include <phono/measurement/settled_record.hpp>
#include <phono/units.hpp>

#include <complex>
#include <limits>

namespace phono::inline v0_2 {

/// What two sines make of each other, relative to the reference that the method names.
struct intermodulation {
    frequency low_tone{}, high_tone{};                                                       ///< the frequencies that were played
    voltage low_output{std::numeric_limits<double>::quiet_NaN()}, high_output{low_output};   ///< their peaks in the output
    double second = std::numeric_limits<double>::quiet_NaN();                                ///< products of second order: 0.01 is 1 %
    double third = std::numeric_limits<double>::quiet_NaN();                                 ///< of third order
    double unrest = std::numeric_limits<double>::quiet_NaN();                                ///< what had not settled, relative to the peak

    /// Both orders together: the root of the sum of their squares.
    [[nodiscard]] constexpr double total() const noexcept { return math::sqrt(second * second + third * third); }
};

namespace detail {

/// Two tones in a record: where they stand and how large they are to leave a processor whose small-signal response is known.
struct tone_pair {
    tone_in_record low, high;
    int length;

    template <processor Processor>
    tone_pair(const Processor& preamp, frequency rate, double low_hertz, double high_hertz, double low_peak, double high_peak)
        : length{record_length(rate, 5.0)}
    {
        low.periods = nearest_periods(low_hertz, rate.si, length);
        high.periods = nearest_periods(high_hertz, rate.si, length);
        low.peak = low_peak / std::abs(preamp.response(frequency_of(low, rate)));
        high.peak = high_peak / std::abs(preamp.response(frequency_of(high, rate)));
    }

    [[nodiscard]] frequency frequency_of(const tone_in_record& tone, frequency rate) const noexcept
    {
        return frequency{tone.periods * rate.si / length};
    }

    template <processor Processor>
    [[nodiscard]] settled_record played_by(const Processor& preamp, frequency rate) const
    {
        return recorder<Processor>{preamp, rate}.settled({low, high}, length);
    }

    [[nodiscard]] intermodulation found_in(const settled_record& record, frequency rate) const noexcept
    {
        intermodulation found{frequency_of(low, rate), frequency_of(high, rate), voltage{record.amplitude(low.periods)},
                              voltage{record.amplitude(high.periods)}};
        found.unrest = record.unrest;
        return found;
    }
};

}   // namespace detail

/// SMPTE intermodulation (RP 120; modulation distortion of IEC 60268-3): 60 Hz and 7 kHz, which a small signal would have leave the preamp
/// four to one and with a common peak of `peak`. Sidebands of the high tone at one and at two times 60 Hz, each pair added, over the high
/// tone.
///
/// The levels are those in the output, since a phono preamp has its equaliser between: 60 Hz and 7 kHz of one level on its input would
/// leave it 35 dB apart. A copy of the processor plays.
/// Range: rate is that for which the processor was prepared, and above 16 kHz; the peak is above 0.
/// Errors: NaN where an argument is out of its range or the processor has a problem(). Not real-time.
template <processor Processor>
[[nodiscard]] intermodulation smpte_intermodulation(const Processor& preamp, frequency rate, voltage peak)
{
    if (!detail::can_measure(preamp, rate, frequency{8e3}, peak)) return {};
    const detail::tone_pair tones{preamp, rate, 60.0, 7e3, 0.8 * peak.si, 0.2 * peak.si};
    const detail::settled_record record = tones.played_by(preamp, rate);
    intermodulation found = tones.found_in(record, rate);
    const auto sidebands = [&](int order) {
        const int away = order * tones.low.periods;
        return record.amplitude(tones.high.periods - away) + record.amplitude(tones.high.periods + away);
    };
    found.second = sidebands(1) / found.high_output.si;
    found.third = sidebands(2) / found.high_output.si;
    return found;
}

/// CCIF intermodulation (ITU-R; difference-frequency distortion of IEC 60268-3): 19 and 20 kHz, which a small signal would have leave the
/// preamp equal and with a common peak of `peak`. Second order: the tone of 1 kHz. Third order: those of 18 and 21 kHz, added. Both over
/// twice the output at 20 kHz.
///
/// A copy of the processor plays. At 44.1 kHz a preamp that runs oversampled does not pass 21 kHz whole.
/// Range: rate is that for which the processor was prepared, and above 42 kHz; the peak is above 0.
/// Errors: NaN where an argument is out of its range or the processor has a problem(). Not real-time.
template <processor Processor>
[[nodiscard]] intermodulation ccif_intermodulation(const Processor& preamp, frequency rate, voltage peak)
{
    if (!detail::can_measure(preamp, rate, frequency{21e3}, peak)) return {};
    const detail::tone_pair tones{preamp, rate, 19e3, 20e3, 0.5 * peak.si, 0.5 * peak.si};
    const detail::settled_record record = tones.played_by(preamp, rate);
    intermodulation found = tones.found_in(record, rate);
    const int low = tones.low.periods, high = tones.high.periods;
    const double reference = 2.0 * found.high_output.si;
    found.second = record.amplitude(high - low) / reference;
    found.third = (record.amplitude(2 * low - high) + record.amplitude(2 * high - low)) / reference;
    return found;
}

}   // namespace phono::inline v0_2
