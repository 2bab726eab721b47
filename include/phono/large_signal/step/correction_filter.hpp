// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/filter/fit_band.hpp>
#include <phono/large_signal/step/post_correction.hpp>

#include <cstddef>
#include <span>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The running correction behind a discretised circuit: its numerator as an FIR filter, then its guard poles one after another.
///
/// The poles are real and apart from 1 and from each other, and the numerator is short, so that this plain form is as exact as any.
/// (eq. 27 of large_signal/README.md)
class correction_filter {
public:
    /// Takes a filter of at most highest_correction_degree zeros and most_guards poles, all of them real; the state is cleared.
    void set(const digital_filter& filter) noexcept
    {
        for (double& c : tap_) c = 0.0;
        tap_[0] = filter.gain;
        for (const math::complex zero : filter.zeros) {
            if (zero.im != 0.0) multiply(-2.0 * zero.re, math::norm(zero));
            else multiply(-zero.re, 0.0);
        }
        for (int k = 0; k < poles; ++k) pole_[k] = k < filter.poles.count ? filter.poles[k].re : 0.0;
        reset();
    }

    void reset() noexcept
    {
        for (double& x : past_) x = 0.0;
        for (double& s : state_) s = 0.0;
        at_ = 0;
    }

    /// Flushes decayed states to zero, before they become subnormal and slow.
    void settle() noexcept
    {
        for (double& s : state_) s = math::abs(s) < tiny ? 0.0 : s;
    }

    double operator()(double x) noexcept
    {
        past_[at_] = past_[at_ + taps] = x;
        double even = 0.0, odd = 0.0;
        const double* oldest = past_ + at_ + 1;   // of the latest `taps` samples
        for (int k = 0; k < taps; k += 2) even += tap_[taps - 1 - k] * oldest[k];
        for (int k = 1; k < taps; k += 2) odd += tap_[taps - 1 - k] * oldest[k];
        at_ = at_ + 1 == taps ? 0 : at_ + 1;
        return through_poles(even + odd, state_);
    }

    /// A block of at most `longest` samples in place, the same within rounding.
    static constexpr std::size_t longest = 64;
    void process(std::span<double> block) noexcept
    {
        const auto count = static_cast<int>(block.size());
        if (count == 0) return;
        double x[taps - 1 + longest], y[longest];
        for (int k = 0; k < taps - 1; ++k) x[k] = past_[at_ + 1 + k];
        for (int n = 0; n < count; ++n) x[taps - 1 + n] = block[static_cast<std::size_t>(n)];
        for (int n = 0; n < count; ++n) {
            double sum = tap_[0] * x[taps - 1 + n];
            for (int k = 1; k < taps; ++k) sum += tap_[k] * x[taps - 1 + n - k];
            y[n] = sum;
        }
        double state[poles];
        for (int k = 0; k < poles; ++k) state[k] = state_[k];
        for (int n = 0; n < count; ++n) block[static_cast<std::size_t>(n)] = through_poles(y[n], state);
        for (int k = 0; k < poles; ++k) state_[k] = state[k];
        for (int k = 0; k < taps; ++k) past_[k] = past_[k + taps] = x[count - 1 + k];
        at_ = 0;
    }

    /// The response at a frequency in radians per sample.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        const math::complex w{math::cos(angle), -math::sin(angle)};
        math::complex h{};
        for (int k = taps - 1; k >= 0; --k) h = h * w + math::complex{tap_[k]};
        for (const double p : pole_) h /= math::complex{1.0} - p * w;
        return h;
    }

private:
    void multiply(double first, double second) noexcept
    {
        for (int k = taps - 1; k > 0; --k) tap_[k] += first * tap_[k - 1] + (k > 1 ? second * tap_[k - 2] : 0.0);
    }

    static constexpr int taps = highest_correction_degree + 1, poles = fit_band::most_guards;
    static constexpr double tiny = 1e-70;   // as in settle_numbers

    double through_poles(double x, double (&state)[poles]) const noexcept
    {
        for (int k = 0; k < poles; ++k) x = state[k] = x + pole_[k] * state[k];
        return x;
    }

    double tap_[taps]{}, pole_[poles]{};
    double past_[2 * taps]{};   ///< the latest samples, twice, so that they are together wherever the oldest stands
    int at_ = 0;                ///< of the oldest
    double state_[poles]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
