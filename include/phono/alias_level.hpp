// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/processor.hpp>
#include <phono/math/complex.hpp>
#include <phono/units.hpp>

#include <cstddef>
#include <limits>
#include <memory>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2 {

namespace detail {

/// The tone of a whole number of periods in `length` samples that is nearest to a frequency and shares no factor with the length, so that
/// no alias falls onto a harmonic before the `length`-th.
[[nodiscard]] constexpr int coprime_periods(double hertz, double rate, int length) noexcept
{
    const auto common = [length](int a) {
        for (int b = length; b != 0;) {
            const int rest = a % b;
            a = b, b = rest;
        }
        return a;
    };
    int periods = static_cast<int>(hertz * length / rate);
    periods = periods < 1 ? 1 : periods;
    while (common(periods) != 1) ++periods;
    return periods;
}

/// The amplitude of `periods` periods in the signal.
[[nodiscard]] inline double amplitude(const std::vector<double>& signal, int periods) noexcept
{
    const double step = 2.0 * math::pi * periods / static_cast<double>(signal.size());
    const math::complex turn{math::cos(step), -math::sin(step)};
    math::complex sum{}, at{1.0};
    for (const double y : signal) sum += y * at, at = at * turn;
    return 2.0 * math::abs(sum) / static_cast<double>(signal.size());
}

}   // namespace detail

/// How much aliasing a sine costs: the largest tone between 20 Hz and 20 kHz that a processor makes of it and that is no harmonic of it,
/// relative to the sine in the output, once both have settled.
///
///     const tube_preamp preamp{stage, 44.1_kHz};
///     alias_level(preamp, 44.1_kHz, 10_kHz, 4_V);   // what a hard overload costs at this rate and this oversampling
///
/// The processor itself is left as it is: a copy plays two seconds. The tone is moved by up to a thousandth of the rate, so that its
/// periods fit. Range: rate is that for which the processor was prepared; 0 < tone < rate/2; the peak is above 0.
/// Accuracy: what the copy has not settled in two seconds counts as well; in a linear preamp that is rounding, below -250 dB.
/// Errors: NaN where an argument is out of its range or the processor has a problem().
/// Not real-time: it allocates, and takes as long as two seconds of audio.
template <processor Processor>
[[nodiscard]] gain alias_level(const Processor& preamp, frequency rate, frequency tone, voltage peak)
{
    using sample = sample_of<Processor>;
    if (preamp.problem() || !(rate.si > 0.0 && tone.si > 0.0 && tone.si < 0.5 * rate.si && peak.si > 0.0))
        return gain{std::numeric_limits<double>::quiet_NaN()};
    const int length = static_cast<int>(rate.si / 50.0) | 1;   // odd; lines every 50 Hz or so
    const int periods = detail::coprime_periods(tone.si, rate.si, length);
    const auto playing = std::make_unique<Processor>(preamp);
    playing->reset();
    const int turns = static_cast<int>(2.0 * rate.si / length) + 1;
    std::vector<double> last(static_cast<std::size_t>(length));
    for (int turn = 0; turn < turns; ++turn)
        for (int n = 0; n < length; ++n) {
            const double phase = static_cast<double>(static_cast<long>(periods) * n % length) / length;
            last[static_cast<std::size_t>(n)] =
                static_cast<double>((*playing)(static_cast<sample>(peak.si * math::sin(2.0 * math::pi * phase))));
        }
    const double wanted = detail::amplitude(last, periods);
    double largest = 0.0;
    for (int line = 1; 2 * line < length; ++line) {
        const double hertz = line * rate.si / length;
        if (hertz < 20.0 || hertz > 20e3 || line % periods == 0) continue;
        const double found = detail::amplitude(last, line);
        largest = found > largest ? found : largest;
    }
    return gain{math::decibels(largest / wanted)};
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
