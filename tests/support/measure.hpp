// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/phono.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

/// What tests measure with. Nothing here uses the library to compute: formulas are written out independently, in long double.
namespace measure {

using real = long double;
using complex = std::complex<real>;

inline constexpr real pi = 3.141592653589793238462643383279502884L;
inline constexpr std::array six_rates{44100.0, 48000.0, 88200.0, 96000.0, 176400.0, 192000.0};
inline constexpr std::array other_rates{8000.0, 11025.0, 22050.0, 32000.0, 37800.0, 50000.0, 64000.0, 384000.0, 768000.0};

/// One line of the table that the log is.
inline void figure(const std::string& what, double worst, const char* unit, double bound)
{
    std::printf("    %-74s %10.3g %-4s (at most %g)\n", what.c_str(), worst, unit, bound);
}
inline void note(const std::string& what, const std::string& value) { std::printf("    %-74s %s\n", what.c_str(), value.c_str()); }

inline std::string in_khz(double rate)
{
    char text[32];
    std::snprintf(text, sizeof text, "%g kHz", rate / 1000.0);
    return text;
}

/// `count` logarithmically spaced frequencies from `from` to `to`, both included.
inline std::vector<double> log_frequencies(double from, double to, int count)
{
    std::vector<double> f;
    for (int i = 0; i < count; ++i) f.push_back(from * std::pow(to / from, i / (count - 1.0)));
    return f;
}
/// The band in which a design is judged: 20 Hz to 20 kHz; below 44.1 kHz to 0.9 of half the rate where that is less.
inline std::vector<double> band(double rate, int count = 2000)
{
    return log_frequencies(20.0, rate < 44.1e3 ? std::min(20e3, 0.45 * rate) : 20e3, count);
}

inline double decibels(real ratio) { return static_cast<double>(20.0L * std::log10(ratio)); }

/// level * prod(1 + s lead) / prod(1 + s lag) * prod(s high_pass / (1 + s high_pass)).
struct time_constant_curve {
    std::vector<real> lags, leads, high_passes{};
    real level = 1.0L;

    complex operator()(real f) const
    {
        const complex s{0.0L, 2.0L * pi * f};
        complex h{level};
        for (const real t : lags) h /= 1.0L + s * t;
        for (const real t : leads) h *= 1.0L + s * t;
        for (const real t : high_passes) h *= s * t / (1.0L + s * t);
        return h;
    }
};

inline time_constant_curve exact(const phono::curve& c)
{
    time_constant_curve h{{}, {}, {}, std::pow(10.0L, static_cast<real>(c.level.decibels) / 20.0L)};
    for (const phono::duration t : c.lags) h.lags.push_back(t.si);
    for (const phono::duration t : c.leads) h.leads.push_back(t.si);
    for (const phono::duration t : c.high_passes)
        if (t.si != 0.0) h.high_passes.push_back(t.si);
    return h;
}

/// An EMF behind a coil and winding, across a load of a resistor and a capacitor.
struct loaded_cartridge {
    real coil, winding, load, capacitance;

    complex operator()(real f) const
    {
        const complex s{0.0L, 2.0L * pi * f};
        const complex z = load / (1.0L + s * load * capacitance);
        return z / (z + coil + s * winding);
    }
};

/// gain * prod(1 - zero/z) / prod(1 - pole/z) * prod of (1/z - p)/(1 - p/z) on the unit circle.
inline complex digital(const phono::digital_filter& filter, real f)
{
    const complex w = std::polar(1.0L, -2.0L * pi * f / static_cast<real>(filter.rate.si));
    const auto factor = [w](phono::math::complex root) {
        const complex r{root.re, root.im};
        return root.im == 0.0 ? 1.0L - r * w : (1.0L - r * w) * (1.0L - std::conj(r) * w);
    };
    const auto flipped = [w](phono::math::complex root) {
        const complex r{root.re, root.im};
        return root.im == 0.0 ? w - r : (w - r) * (w - std::conj(r));
    };
    complex h{filter.gain};
    for (const auto z : filter.zeros) h *= factor(z);
    for (const auto p : filter.poles) h /= factor(p);
    for (const auto p : filter.all_pass) h *= flipped(p) / factor(p);
    return h;
}

/// The largest difference of two magnitudes, functions of frequency, in decibels; nothing is normalised.
inline double worst_error_db(const auto& response, const auto& reference, const std::vector<double>& frequencies)
{
    double worst = 0.0;
    for (const double f : frequencies) {
        const double error = std::fabs(decibels(std::abs(response(f)) / std::abs(reference(f))));
        if (worst == worst && !(error <= worst)) worst = error;   // NaN persists
    }
    return worst;
}
inline double worst_error_db(const phono::digital_filter& filter, const auto& reference, const std::vector<double>& frequencies)
{
    return worst_error_db([&](double f) { return digital(filter, f); }, reference, frequencies);
}
inline double worst_error_db(const phono::digital_filter& filter, const auto& reference)
{
    return worst_error_db(filter, reference, band(filter.rate.si));
}

/// The impulse response of a processor.
template <class T>
std::vector<T> impulse_response(auto& processor, std::size_t length, T height = T(1))
{
    std::vector<T> h(length);
    h[0] = height;
    for (std::size_t i = 0; i < length; i += 512) processor.process(std::span<T>{h}.subspan(i, std::min<std::size_t>(512, length - i)));
    return h;
}

/// The response at a frequency of the filter that has this impulse response.
template <class T>
std::complex<double> transform(const std::vector<T>& impulse_response, double f, double rate)
{
    const double angle = -2.0 * static_cast<double>(pi) * f / rate;
    const double c = std::cos(angle), s = std::sin(angle);
    double re = 1.0, im = 0.0, sum_re = 0.0, sum_im = 0.0;
    for (const T sample : impulse_response) {
        sum_re += static_cast<double>(sample) * re;
        sum_im += static_cast<double>(sample) * im;
        const double next = re * c - im * s;
        im = re * s + im * c;
        re = next;
    }
    return {sum_re, sum_im};
}

/// White noise within +-1.
template <class T>
std::vector<T> noise(std::size_t length, unsigned seed)
{
    std::mt19937 engine{seed};
    std::vector<T> x(length);
    for (T& sample : x) sample = static_cast<T>(static_cast<double>(engine()) * (2.0 / 4294967295.0) - 1.0);
    return x;
}

inline double peak(const auto& signal)
{
    double most = 0.0;
    for (const auto sample : signal) most = std::max(most, std::fabs(static_cast<double>(sample)));
    return most;
}

/// The difference of two signals, RMS, in decibels relative to the peak of the second.
inline double residual_db(const auto& signal, const auto& reference)
{
    real power = 0.0L;
    for (std::size_t i = 0; i < signal.size(); ++i) {
        const real off = static_cast<real>(signal[i]) - static_cast<real>(reference[i]);
        power += off * off;
    }
    return decibels(std::sqrt(power / static_cast<real>(signal.size())) / static_cast<real>(peak(reference)) + 1e-40L);
}

}   // namespace measure
