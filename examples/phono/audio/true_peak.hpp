// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace command {

/// The true peak of one channel: the largest magnitude that its waveform reaches, between the samples too (ITU-R BS.1770-4, annex 2). The
/// waveform is taken at four times the sample rate, and a parabola through three points finds the summit between those: a sine up to 0.45
/// of the sample rate is at most 0.1 dB too low and 0.02 dB too high, whatever its phase. Never below the largest sample. Silence is
/// assumed before the beginning and after the end.
class true_peak {
public:
    /// The next samples of the channel; how they are divided over calls does not matter.
    void operator()(std::span<const double> samples);

    /// The largest magnitude so far; 1.0 is full scale.
    [[nodiscard]] double value() const;

private:
    static constexpr std::size_t taps = 40;      ///< samples that an interpolated one is made of
    static constexpr std::size_t centres = 64;   ///< samples that are interpolated at a time

    void search();

    std::array<double, taps - 1 + centres> window_{};
    std::size_t filled_ = taps - 1;
    double largest_ = 0.0;
};

}   // namespace command
