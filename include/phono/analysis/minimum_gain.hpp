// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/response.hpp>

namespace phono {

/// A gain and where it stands.
struct gain_at {
    phono::gain gain{};
    phono::frequency frequency{};
};

/// The least gain of a schematic between two frequencies: the floor that a non-inverting stage's feedback network cannot go below.
///
/// Accuracy: of the frequency, a thousandth of an octave in a smooth response; of the gain, 1e-6 dB. Usable in constant expressions.
template <class... Block>
constexpr gain_at minimum_gain(const chain<Block...>& schematic, frequency from, frequency to) noexcept
{
    const math::rational h = poles_zeros(schematic);
    const auto level = [&](double octave) { return math::norm(h(detail::on_axis(frequency{from.si * math::exp(octave * math::ln2)}))); };
    const double span = math::log(to / from) / math::ln2;   // octaves
    constexpr int steps = 400;
    int least = 0;
    for (int i = 1; i <= steps; ++i)
        if (level(span * i / steps) < level(span * least / steps)) least = i;
    // One step to either side holds the least value; thirds narrow it down.
    double low = span * (least > 0 ? least - 1 : 0) / steps, high = span * (least < steps ? least + 1 : steps) / steps;
    while (high - low > 1e-4) {
        const double third = (high - low) / 3.0;
        (level(low + third) < level(high - third) ? high : low) = level(low + third) < level(high - third) ? high - third : low + third;
    }
    const double best = level(low) < level(high) ? low : high;
    return {gain{0.5 * math::decibels(level(best))}, frequency{from.si * math::exp(best * math::ln2)}};
}

}  // namespace phono
