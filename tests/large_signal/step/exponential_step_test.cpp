// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <phono/large_signal/step/exponential_step.hpp>

#include <algorithm>
#include <cmath>
#include <complex>

/// A private part with tests of its own: what its order and its damping promise shows in no preamp by itself.
using namespace phono;

TEST_CASE("A step is exact for cubics and a damped one for parabolas")
{
    // x' = s x + t^m from x(0) = 0 has x(T) in closed form by repeated integration by parts; steps of T = 1 up to t = 8.
    for (const double s : {-0.01, -0.5, -3.0, -20.0})
        for (int m = 0; m < 4; ++m) {
            const auto exact = [&](double t) {   // the particular polynomial and what takes its start away
                double c[4]{};
                c[m] = -1.0 / s;
                for (int k = m; k > 0; --k) c[k - 1] = k * c[k] / s;
                return ((c[3] * t + c[2]) * t + c[1]) * t + c[0] - c[0] * std::exp(s * t);
            };
            const auto drive = [&](double t) { return std::pow(t, m); };
            const auto run = [&](const detail::exponential_step& step) {
                double x = exact(3.0);
                for (int n = 3; n < 8; ++n) {
                    x *= step.decay.re;
                    for (int j = 0; j < 4; ++j) x += step.weight[j].re * drive(n + 1 - j);
                }
                return x / exact(8.0) - 1.0;
            };
            CHECK(std::fabs(run({math::complex{s}, 1.0})) < 1e-11);
            const double damped = std::fabs(run(detail::exponential_step::damped(math::complex{s}, 1.0)));
            if (m < 3) CHECK(damped < 1e-11);
            else if (s > -5.0) CHECK(damped > 1e-5);
        }
}

TEST_CASE("Under a damped step no feedback of a mode to itself grows and under one of order 4 it may")
{
    const auto growth = [](const detail::exponential_step& step, double feedback) {
        double x = 1.0, drive[4] = {1.0, -1.0, 1.0, -1.0}, size = 0.0;
        for (int n = 0; n < 4000; ++n) {
            double known = step.decay.re * x;
            for (int j = 3; j > 0; --j) {
                drive[j] = drive[j - 1];
                known += step.weight[j].re * drive[j];
            }
            x = known / (1.0 - step.weight[0].re * feedback);
            drive[0] = feedback * x;
            if (n >= 3000) size = std::max(size, std::fabs(x));
            if (!(std::fabs(x) < 1e30)) return 1e30;
        }
        return size;
    };
    for (const double z : {-1e-4, -0.01, -0.1, -0.3, -1.0, -2.0, -3.0, -4.0, -5.0, -8.0, -20.0, -100.0})
        for (double feedback = -1e-2; feedback > -1e8; feedback *= 1.7) {
            INFO(z << " per sample, feedback " << feedback);
            CHECK(growth(detail::exponential_step::damped(math::complex{z}, 1.0), feedback) < 1.0);
        }
    // Of slow modes that feed each other: the eigenvalues of the feedback, by their angle from the negative real axis.
    const auto slow_growth = [](const detail::exponential_step& step, double size, double degrees) {
        const std::complex<double> feedback = std::polar(size, (180.0 - degrees) * math::pi / 180.0);
        std::complex<double> x = 1.0, drive[4] = {1.0, -1.0, 1.0, -1.0};
        for (int n = 0; n < 40000 && std::abs(x) < 1e30; ++n) {
            std::copy_backward(drive, drive + 3, drive + 4);
            x += step.weight[1].re * drive[1] + step.weight[2].re * drive[2] + step.weight[3].re * drive[3];
            x /= 1.0 - step.weight[0].re * feedback;
            drive[0] = feedback * x;
        }
        return std::abs(x);
    };
    const auto slow = detail::exponential_step::damped({}, 1.0);
    double worst_beyond = 0.0;
    for (double size = 1e-2; size < 1e6; size *= 1.1) {
        for (const double degrees : {0.0, 45.0, 70.0, 78.0}) CHECK(slow_growth(slow, size, degrees) < 1.0);
        worst_beyond = std::max(worst_beyond, slow_growth(slow, size, 79.0));
    }
    CHECK(worst_beyond > 1e29);
    CHECK(slow_growth({{}, 1.0}, 2.9, 0.0) < 1.0);
    CHECK(slow_growth({{}, 1.0}, 3.1, 0.0) > 1e29);
    CHECK(growth({math::complex{-0.01}, 1.0}, -10.0) == 1e30);
    CHECK(growth({math::complex{-5.0}, 1.0}, -1e8) < 1.0);
}
