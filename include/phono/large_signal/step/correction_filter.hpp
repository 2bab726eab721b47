// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/large_signal/step/correction_pairs.hpp>
#include <phono/large_signal/step/post_correction.hpp>
#include <phono/math/block_vector.hpp>

#include <cstddef>
#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The running correction behind a discretised circuit: its numerator as an FIR filter, then its guard poles as feedback from the outputs.
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
            if (zero.im != 0.0) multiply<taps>(tap_, -2.0 * zero.re, math::norm(zero));
            else multiply<taps>(tap_, -zero.re, 0.0);
        }
        double denominator[poles + 1] = {1.0};
        for (const math::complex pole : filter.poles) multiply<poles + 1>(denominator, -pole.re, 0.0);
        for (int k = 0; k < poles; ++k) feedback_[k] = -denominator[k + 1];
        pairs_.set(tap_, feedback_);
        reset();
    }

    void reset() noexcept
    {
        for (double& x : past_) x = 0.0;
        for (double& y : out_) y = 0.0;
        at_ = 0;
    }

    /// Goes on with the samples that another one took and gave.
    void start_from(const correction_filter& other) noexcept
    {
        for (int k = 0; k < 2 * taps; ++k) past_[k] = other.past_[k];
        for (int k = 0; k < poles; ++k) out_[k] = other.out_[k];
        at_ = other.at_;
    }

    /// True if the samples that it remembers are numbers.
    [[nodiscard]] bool is_finite() const noexcept
    {
        double sum = 0.0;
        for (const double x : past_) sum += math::abs(x);
        for (const double y : out_) sum += math::abs(y);
        return sum <= std::numeric_limits<double>::max();
    }

    /// Flushes decayed states to zero, before they become subnormal and slow.
    void settle() noexcept
    {
        for (double& y : out_) y = math::abs(y) < tiny ? 0.0 : y;
    }

    double operator()(double x) noexcept
    {
        past_[at_] = past_[at_ + taps] = x;
        double even = 0.0, odd = 0.0;
        const double* oldest = past_ + at_ + 1;   // of the latest `taps` samples
        for (int k = 0; k < taps; k += 2) even += tap_[taps - 1 - k] * oldest[k];
        for (int k = 1; k < taps; k += 2) odd += tap_[taps - 1 - k] * oldest[k];
        at_ = at_ + 1 == taps ? 0 : at_ + 1;
        return correction_pairs::fed_back(feedback_, even + odd, out_);
    }

    /// Samples of the past that process() writes in front of a block.
    static constexpr int room = highest_correction_degree;
    /// A block, the same within rounding: takes x, in front of which there is room, and gives y, which is somewhere else.
    void process(double* x, double* y, int count) noexcept
    {
        if (count == 0) return;
        for (int k = 0; k < room; ++k) x[k - room] = past_[at_ + 1 + k];
        double out[poles];
        for (int k = 0; k < poles; ++k) out[k] = out_[k];
        int n = 0;
        if constexpr (math::has_block_vectors) n = pairs_.process(x - room, y, count, out);
        for (; n < count; ++n) {
            double sum = tap_[0] * x[n];
            for (int k = 1; k < taps; ++k) sum += tap_[k] * x[n - k];
            y[n] = correction_pairs::fed_back(feedback_, sum, out);
        }
        for (int k = 0; k < poles; ++k) out_[k] = out[k];
        for (int k = 0; k < taps; ++k) past_[k] = past_[k + taps] = x[count - taps + k];
        at_ = 0;
    }

    /// The response at a frequency in radians per sample.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        const math::complex w{math::cos(angle), -math::sin(angle)};
        math::complex h{}, fed{};
        for (int k = taps - 1; k >= 0; --k) h = h * w + math::complex{tap_[k]};
        for (int k = poles - 1; k >= 0; --k) fed = (fed + math::complex{feedback_[k]}) * w;
        return h / (math::complex{1.0} - fed);
    }

private:
    static constexpr int taps = correction_pairs::taps, poles = correction_pairs::poles;
    static constexpr double tiny = 1e-70;   // as in settle_numbers

    /// Multiplies a polynomial in 1/z by 1 + first/z + second/z^2.
    template <int terms>
    static void multiply(double (&of)[terms], double first, double second) noexcept
    {
        for (int k = terms - 1; k > 0; --k) of[k] += first * of[k - 1] + (k > 1 ? second * of[k - 2] : 0.0);
    }

    double tap_[taps]{}, feedback_[poles]{};
    correction_pairs pairs_{};
    double past_[2 * taps]{};   ///< the latest samples, twice, so that they are together wherever the oldest stands
    int at_ = 0;                ///< of the oldest
    double out_[poles]{};       ///< the latest outputs, newest first
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
