// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/catch.hpp"
#include "support/measure.hpp"
#include "support/reference.hpp"

#include <string>
#include <vector>

/// What the large-signal tests share: reference transients, running a preamp, and harmonic analysis.
namespace measure {

using signal = std::vector<double>;

inline double level_db(double amplitude) { return 20.0 * std::log10(std::fabs(amplitude) + 1e-300); }

/// The columns of a reference transient.
inline std::vector<signal> transient(const std::string& name)
{
    const auto rows = reference_rows(name);
    std::vector<signal> columns(rows[0].size());
    for (const auto& row : rows)
        for (std::size_t n = 0; n < row.size(); ++n) columns[n].push_back(row[n]);
    return columns;
}

inline auto sine(double amplitude, double hertz)
{
    return [=](double t) {
        const real turns = std::fmod(static_cast<real>(hertz) * static_cast<real>(t), 1.0L);
        return amplitude * static_cast<double>(std::sin(2.0L * pi * turns));
    };
}

/// The output of a running preamp for a drive, a function of time, from t = 0 on.
inline signal played(auto& running, const auto& drive, double rate, std::size_t length)
{
    signal y(length);
    for (std::size_t n = 0; n < length; ++n) y[n] = drive(static_cast<double>(n) / rate);
    running.process(std::span<double>{y});
    return y;
}

/// The samples that a signal needs after a point at which it is interpolated.
inline constexpr std::size_t beyond = 33;

/// A signal between its samples: a 64-tap sinc with a Kaiser window, silence before the beginning. Accurate to 1e-7 up to 0.42 of the rate.
inline double at(const signal& y, double where)
{
    constexpr int half = static_cast<int>(beyond) - 1;
    constexpr double shape = 14.0;
    const auto bessel = [](double x) {
        double sum = 1.0, term = 1.0;
        for (int k = 1; term > 1e-17 * sum; ++k) sum += term *= x * x / (4.0 * k * k);
        return sum;
    };
    const int middle = static_cast<int>(std::floor(where));
    const double off = where - middle, turn = static_cast<double>(pi);
    double sum = 0.0;
    for (int k = 1 - half; k <= half; ++k) {
        if (middle + k < 0) continue;
        const double d = off - k, edge = d / half;
        const double sinc = d == 0.0 ? 1.0 : std::sin(turn * d) / (turn * d);
        const double value = y.at(static_cast<std::size_t>(middle + k));
        if (sinc != 0.0) sum += value * sinc * bessel(shape * std::sqrt(std::max(1.0 - edge * edge, 0.0))) / bessel(shape);
    }
    return sum;
}

/// `length` samples of a signal, `step` apart, starting at `from`.
inline signal resampled(const signal& y, double from, std::size_t length, double step = 1.0)
{
    signal z(length);
    for (std::size_t i = 0; i < length; ++i) z[i] = at(y, from + step * static_cast<double>(i));
    return z;
}

/// A periodic signal on a slow drift: harmonics, and a polynomial of x, which goes from -1 to 1 over the window.
struct periodic {
    std::vector<std::complex<double>> harmonic;   ///< [n]: peak and phase of a cosine of n times the fundamental
    std::vector<double> drift;

    double level(int n) const { return level_db(std::abs(harmonic.at(static_cast<std::size_t>(n)))); }
    double drift_at(double x) const
    {
        double sum = 0.0;
        for (auto c = drift.rbegin(); c != drift.rend(); ++c) sum = sum * x + *c;
        return sum;
    }
    /// Harmonics 2 .. last together, relative to the fundamental, in decibels.
    double distortion(int last) const
    {
        double power = 0.0;
        for (int n = 2; n <= last; ++n) power += std::norm(harmonic.at(static_cast<std::size_t>(n)));
        return 10.0 * std::log10(power / std::norm(harmonic[1]));
    }
};

/// Fits harmonics 1 .. count and a drift of the given degree to a whole window of samples by least squares.
inline periodic take_apart(const signal& y, double hertz, double rate, int count, int degree)
{
    const std::size_t powers = static_cast<std::size_t>(degree) + 1, unknowns = powers + 2 * static_cast<std::size_t>(count);
    std::vector<std::vector<real>> a(unknowns, std::vector<real>(unknowns + 1));
    std::vector<real> row(unknowns);
    for (std::size_t i = 0; i < y.size(); ++i) {
        const real x = 2.0L * static_cast<real>(i) / static_cast<real>(y.size() - 1) - 1.0L;
        real power = 1.0L;
        for (std::size_t k = 0; k < powers; ++k, power *= x) row[k] = power;
        for (std::size_t n = 1; n <= static_cast<std::size_t>(count); ++n) {
            const real seconds = static_cast<real>(i) / static_cast<real>(rate);
            const real turns = std::fmod(static_cast<real>(n) * static_cast<real>(hertz) * seconds, 1.0L);
            row[powers + 2 * n - 2] = std::cos(2.0L * pi * turns);
            row[powers + 2 * n - 1] = std::sin(2.0L * pi * turns);
        }
        for (std::size_t r = 0; r < unknowns; ++r) {
            for (std::size_t c = r; c < unknowns; ++c) a[r][c] += row[r] * row[c];
            a[r][unknowns] += row[r] * static_cast<real>(y[i]);
        }
    }
    for (std::size_t k = 0; k < unknowns; ++k)   // symmetric, with only the upper half kept, and positive definite: no pivoting
        for (std::size_t r = k + 1; r < unknowns; ++r) {
            const real ratio = a[k][r] / a[k][k];
            for (std::size_t c = r; c <= unknowns; ++c) a[r][c] -= ratio * a[k][c];
        }
    for (std::size_t k = unknowns; k-- > 0;) {
        for (std::size_t c = k + 1; c < unknowns; ++c) a[k][unknowns] -= a[k][c] * a[c][unknowns];
        a[k][unknowns] /= a[k][k];
    }
    periodic found;
    for (std::size_t k = 0; k < powers; ++k) found.drift.push_back(static_cast<double>(a[k][unknowns]));
    found.harmonic.push_back({});
    for (std::size_t k = powers; k < unknowns; k += 2)
        found.harmonic.emplace_back(static_cast<double>(a[k][unknowns]), -static_cast<double>(a[k + 1][unknowns]));
    return found;
}

/// The peak over a period of the difference of two periodic signals' harmonics 1 .. last.
inline double peak_difference(const periodic& a, const periodic& b, int last)
{
    double most = 0.0;
    for (int i = 0; i < 1000; ++i) {
        double sum = 0.0;
        for (int n = 1; n <= last; ++n) {
            const auto k = static_cast<std::size_t>(n);
            sum += ((a.harmonic.at(k) - b.harmonic.at(k)) * std::polar(1.0, 2.0 * static_cast<double>(pi) * n * i / 1000)).real();
        }
        most = std::max(most, std::fabs(sum));
    }
    return most;
}

/// The part of a power spectrum, in decibels relative to a tone, that is neither DC nor the tone nor one of its harmonics below half the
/// rate: the largest line. The window must hold whole periods of everything.
inline double largest_other_line(const signal& y, int tone)
{
    const int length = static_cast<int>(y.size());
    double most = 0.0, carrier = 0.0;
    for (int k = 1; k <= length / 2; ++k) {
        const double share = std::abs(transform(y, k, length));
        if (k == tone) carrier = share;
        else if (k % tone != 0) most = std::max(most, share);
    }
    return level_db(most / carrier);
}

}   // namespace measure
