// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/catch.hpp"
#include "support/measure.hpp"

#include <phono/analysis/loop_gain.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What circuits are checked with, in long double: impedances, a nodal solution and loops, written independently of the library.
namespace bench {

using measure::complex;
using measure::real;

inline complex s_at(double f) { return {0.0L, 2.0L * measure::pi * static_cast<real>(f)}; }
inline real hertz(complex s) { return s.imag() / (2.0L * measure::pi); }
inline complex farads(complex s, real c) { return 1.0L / (s * c); }
inline complex across(complex a, complex b) { return a * b / (a + b); }
/// gain/(1 + jf/corner).
inline complex low_pass(complex s, real gain, real corner) { return gain / (1.0L + s / (2.0L * measure::pi * corner)); }

/// A circuit by Kirchhoff's current law at every node, solved by elimination. Node 0 is ground.
class circuit {
public:
    static constexpr int capacity = 16;

    explicit circuit(int nodes) : rows_(static_cast<std::size_t>(nodes), row(static_cast<std::size_t>(nodes) + 1)) {}

    /// An impedance between two nodes.
    void part(int a, int b, complex ohms)
    {
        carry(a, a, 1.0L / ohms), carry(b, b, 1.0L / ohms), carry(a, b, -1.0L / ohms), carry(b, a, -1.0L / ohms);
    }
    /// A current into a node.
    void inject(int node, complex amperes) { rows_[index(node)].back() += amperes; }
    /// A current of siemens * (plus - minus) into a node.
    void controlled(int node, int plus, int minus, complex siemens) { carry(node, plus, -siemens), carry(node, minus, siemens); }
    /// A voltage behind a resistance, or at the node itself.
    void source(int node, complex volts, real resistance = 0.0L)
    {
        if (resistance > 0.0L) part(node, 0, resistance), inject(node, volts / resistance);
        else held(node, volts);
    }
    /// gain * (plus - minus) behind a resistance, or at the node itself.
    void amplifier(int out, int plus, int minus, complex gain, real resistance = 0.0L)
    {
        if (resistance > 0.0L) {
            part(out, 0, resistance), controlled(out, plus, minus, gain / resistance);
        } else {
            row& r = held(out, 0.0L);
            if (plus != 0) r[index(plus)] -= gain;
            if (minus != 0) r[index(minus)] += gain;
        }
    }

    /// The nodes' voltages, that of ground first.
    std::vector<complex> voltages() const
    {
        std::vector<row> a = rows_;
        const std::size_t n = a.size();
        for (std::size_t i = 0; i < n; ++i) {
            std::size_t best = i;
            for (std::size_t k = i + 1; k < n; ++k)
                if (std::abs(a[k][i]) > std::abs(a[best][i])) best = k;
            std::swap(a[i], a[best]);
            for (std::size_t k = i + 1; k < n; ++k) {
                const complex factor = a[k][i] / a[i][i];
                for (std::size_t j = i; j <= n; ++j) a[k][j] -= factor * a[i][j];
            }
        }
        std::vector<complex> v(n + 1);
        for (std::size_t i = n; i-- > 0;) {
            complex sum = a[i][n];
            for (std::size_t j = i + 1; j < n; ++j) sum -= a[i][j] * v[j + 1];
            v[i + 1] = sum / a[i][i];
        }
        return v;
    }

private:
    using row = std::vector<complex>;

    static std::size_t index(int node) { return static_cast<std::size_t>(node) - 1; }
    void carry(int node, int by, complex siemens)
    {
        if (node != 0 && by != 0 && !is_held_[index(node)]) rows_[index(node)][index(by)] += siemens;
    }
    /// The row of a node whose voltage is given, in place of its sum of currents.
    row& held(int node, complex volts)
    {
        row& r = rows_[index(node)];
        std::fill(r.begin(), r.end(), complex{});
        r[index(node)] = 1.0L, r.back() = volts;
        is_held_[index(node)] = true;
        return r;
    }

    std::vector<row> rows_;
    std::array<bool, capacity> is_held_{};
};

inline double relative(complex measured, complex expected)
{
    return static_cast<double>(std::abs(measured - expected) / std::abs(expected));
}

/// The largest relative difference of two functions of frequency, one in hertz and one of s.
inline double worst_relative(auto&& measured, auto&& expected, double from = 1.0, double to = 10e6)
{
    double worst = 0.0;
    for (const double f : measure::log_frequencies(from, to, 300)) {
        const double error = relative(complex{measured(phono::frequency{f})}, expected(s_at(f)));
        if (!(error <= worst)) worst = error;
    }
    return worst;
}

inline void is_small(const std::string& what, double worst, double bound = 1e-12)
{
    measure::figure(what, worst, "", bound);
    CHECK(worst < bound);
}
/// Checks that a schematic's response is as expected.
inline void response_is(const char* what, const auto& schematic, auto&& expected)
{
    is_small(what, worst_relative([&](phono::frequency f) { return response(schematic, f); }, expected));
}

/// Where the magnitude of a loop gain is one, and its phase margin there.
struct crossing {
    double hertz, margin;
};
/// The crossing of a loop with less than 180 degrees of lag, between two frequencies on either side of it.
inline crossing crossing_of(auto&& loop, real low, real high)
{
    const bool above = std::abs(loop(s_at(static_cast<double>(low)))) > 1.0L;
    for (int i = 0; i < 200; ++i) {
        const real middle = std::sqrt(low * high);
        ((std::abs(loop(complex{0.0L, 2.0L * measure::pi * middle})) > 1.0L) == above ? low : high) = middle;
    }
    const real angle = std::fabs(std::arg(loop(complex{0.0L, 2.0L * measure::pi * low})));
    return {static_cast<double>(low), static_cast<double>(180.0L - angle * 180.0L / measure::pi)};
}
/// Of all crossings between 1 Hz and 1 GHz the one with the least margin.
inline crossing least_crossing(auto&& loop)
{
    crossing least{0.0, 1e9};
    const std::vector<double> f = measure::log_frequencies(1.0, 1e9, 9001);
    for (std::size_t i = 1; i < f.size(); ++i) {
        if ((std::abs(loop(s_at(f[i - 1]))) > 1.0L) == (std::abs(loop(s_at(f[i]))) > 1.0L)) continue;
        const crossing here = crossing_of(loop, static_cast<real>(f[i - 1]), static_cast<real>(f[i]));
        if (here.margin < least.margin) least = here;
    }
    return least;
}
/// The crossing of T0/((1 + jf/f1)(1 + jf/f2)), by its quadratic in f^2.
inline crossing crossing_of_two_poles(real t0, real f1, real f2)
{
    const real a = 1.0L / (f1 * f1 * f2 * f2), b = 1.0L / (f1 * f1) + 1.0L / (f2 * f2), c = t0 * t0 - 1.0L;
    const real f = std::sqrt(2.0L * c / (b + std::sqrt(b * b + 4.0L * a * c)));
    return {static_cast<double>(f), static_cast<double>(180.0L - (std::atan(f / f1) + std::atan(f / f2)) * 180.0L / measure::pi)};
}

/// Checks that a schematic's phase margin and its crossover are as expected.
inline void margin_is(const char* what, const auto& schematic, const crossing& expected, int amplifier = 0)
{
    INFO(what);
    const auto found = phase_margin(schematic, amplifier);
    REQUIRE(found);
    char text[96];
    std::snprintf(text, sizeof text, "%8.4f degrees at %12.4f kHz, off by %.1e degrees", found->degrees, found->crossover.si / 1e3,
                  std::fabs(found->degrees - expected.margin));
    measure::note(what, text);
    CHECK(found->degrees == Approx(expected.margin).margin(1e-9));
    CHECK(found->crossover.si == Approx(expected.hertz).epsilon(1e-10));
}

/// Checks that a fault is that of this part of this block.
inline void is_fault(const phono::fault& found, const std::string& part, const std::string& rule, int block = 1)
{
    INFO(part);
    REQUIRE(found);
    CHECK(std::string{found.part} == part);
    CHECK(std::string{found.rule} == rule);
    CHECK(found.block == block);
}

}   // namespace bench
