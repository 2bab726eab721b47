// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "player.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <vector>

/// The rate of all linear contenders, in hertz.
inline constexpr double sampling_rate = 48e3;

/// The response of a contender at a frequency in hertz, from its response to an impulse.
template <class T>
std::complex<double> response_to_impulse(const std::vector<T>& impulse_response, double hertz, double rate)
{
    const std::complex<double> step = std::polar(1.0, -2.0 * std::numbers::pi * hertz / rate);
    std::complex<double> w = 1.0, sum = 0.0;
    for (const T h : impulse_response) {
        sum += static_cast<double>(h) * w;
        w *= step;
    }
    return sum;
}

/// The impulse response of a contender that has just been made; 32768 samples are two hundred times RIAA's slowest time constant.
template <class T>
std::vector<T> impulse_response(const player<T>& play)
{
    std::vector<T> samples(32768);
    samples[0] = T(0.5);
    play(samples);
    for (T& s : samples) s *= T(2);
    return samples;
}

/// The largest difference of a contender's magnitude to that of `wanted(hertz)`, a complex number, from 20 Hz to 20 kHz, in decibels.
/// With `at_1_khz`, where it may have another gain, both are taken relative to 1 kHz.
template <class T>
double error_in_decibels(const player<T>& play, auto wanted, bool at_1_khz = false)
{
    const std::vector<T> h = impulse_response(play);
    const auto level = [&](double hertz) {
        return 20.0 * std::log10(std::abs(response_to_impulse(h, hertz, sampling_rate)) / std::abs(wanted(hertz)));
    };
    const double gain = at_1_khz ? level(1000.0) : 0.0;
    double worst = 0.0;
    constexpr int points = 60;
    for (int i = 0; i <= points; ++i) {
        const double error = std::fabs(level(20.0 * std::pow(1000.0, static_cast<double>(i) / points)) - gain);
        worst = std::isfinite(error) ? std::max(worst, error) : error;
    }
    return worst;
}
