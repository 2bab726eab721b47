// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/filter/fit_band.hpp>
#include <phono/large_signal/step/post_correction.hpp>
#include <phono/math/instruction_sets.hpp>
#include <phono/math/wide_vector.hpp>

#include <cstddef>
#include <limits>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The running correction behind a discretised circuit: its numerator as an FIR filter, then its guard poles as feedback from the outputs.
///
/// The poles are real and apart from 1 and from each other, and the numerator is short, so that this plain form is as exact as any. Of a
/// block two registers of samples at once: what the samples of these and of those before contribute through numerator and feedback, then
/// what the outputs before both do, so that only these are waited for.
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
        prepare_groups();
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
        return fed_back(even + odd, out_);
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
        if constexpr (math::has_block_vectors)   // at most rates there is a pole less
            n = feedback_[poles - 1] == 0.0 ? process_pairs<poles - 1>(x - room, y, count, out)
                                            : process_pairs<poles>(x - room, y, count, out);
        for (; n < count; ++n) {
            double sum = tap_[0] * x[n];
            for (int k = 1; k < taps; ++k) sum += tap_[k] * x[n - k];
            y[n] = fed_back(sum, out);
        }
        for (int k = 0; k < poles; ++k) out_[k] = out[k];
        for (int k = 0; k < taps; ++k) past_[k] = past_[k + taps] = x[count - taps + k];
        at_ = 0;
    }

    static constexpr int poles = fit_band::most_guards;
    /// The outputs of so many samples, pairs of vectors, for a number of poles and registers of a width, as a type (math::run_as_compiled).
    /// x begins `room` samples before the first of y; `out` are the latest outputs, newest first.
    template <int active, int widest>
    struct pairs {
        template <int>
        [[gnu::always_inline]] static void run(const correction_filter* of, const double* x, double* y, int count,
                                               double (*out)[poles]) noexcept
        {
            of->template run_pairs<active, widest>(x, y, count, *out);
        }
    };

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
    static constexpr int taps = highest_correction_degree + 1;
    static constexpr int group = 8;         ///< numbers that the widest register holds
    static constexpr double tiny = 1e-70;   // as in settle_numbers

    /// Multiplies a polynomial in 1/z by 1 + first/z + second/z^2.
    template <int terms>
    static void multiply(double (&of)[terms], double first, double second) noexcept
    {
        for (int k = terms - 1; k > 0; --k) of[k] += first * of[k - 1] + (k > 1 ? second * of[k - 2] : 0.0);
    }

    /// An output, from the numerator's; `out` are the latest ones, newest first.
    double fed_back(double x, double (&out)[poles]) const noexcept
    {
        for (int k = poles - 1; k > 0; --k) x += feedback_[k] * out[k], out[k] = out[k - 1];
        x += feedback_[0] * out[0];
        return out[0] = x;
    }

    /// What a unit input of each place contributes to the outputs of a group, and a unit output of each place before to those of two.
    void prepare_groups() noexcept
    {
        for (int i = 0; i < taps - 1 + group; ++i) {
            double out[poles]{};
            for (int n = 0; n < group; ++n) {
                const int k = taps - 1 + n - i;
                by_input_[i][n] = fed_back(k >= 0 && k < taps ? tap_[k] : 0.0, out);
            }
        }
        for (int k = 0; k < poles; ++k) {
            double out[poles]{};
            out[k] = 1.0;
            for (int n = 0; n < 2 * group; ++n) by_output_[k][n] = fed_back(0.0, out);
        }
    }

    /// Neighbouring outputs in a vector: whether a program for any x86-64 finds AVX2's registers must not matter to them.
    static constexpr int width = math::may_have_avx2 ? 4 : math::widest_register / static_cast<int>(sizeof(double));

    /// As many pairs of vectors as there are: returns the samples done. x begins taps - 1 samples before the first of y.
    template <int active>
    int process_pairs(const double* x, double* y, int count, double (&out)[poles]) const noexcept
    {
        const int whole = count / (2 * width) * (2 * width);
        if constexpr (math::may_have_avx2)
            if (math::has_avx2()) {
                math::run_for_avx2<pairs<active, 32>>(this, x, y, whole, &out);
                return whole;
            }
        math::run_as_compiled<pairs<active, math::widest_register>>(this, x, y, whole, &out);
        return whole;
    }
    template <int active, int widest>
    [[gnu::always_inline]] void run_pairs(const double* x, double* y, int count, double (&out)[poles]) const noexcept
    {
        constexpr int reach = taps - 1 + width;
        using vector = math::wide_vector<double, width, widest>;
        static_assert(width <= group);
        vector by_input[reach], by_output[active],
            by_earlier[active];   // copies, which y cannot change: registers hold them where they can
#pragma GCC unroll 16
        for (int i = 0; i < reach; ++i) by_input[i] = vector::from(by_input_[i]);
#pragma GCC unroll 16
        for (int k = 0; k < active; ++k) by_output[k] = vector::from(by_output_[k]), by_earlier[k] = vector::from(by_output_[k] + width);
        double latest_out[2 * width]{};   // oldest first
        for (int k = 0; k < poles; ++k) latest_out[2 * width - 1 - k] = out[k];
        vector latest[2] = {vector::from(latest_out), vector::from(latest_out + width)};
        for (int n = 0; n < count; n += 2 * width) {
            const double* const in = x + n;
            vector first[2] = {vector::all(in[0]) * by_input[0], vector::all(in[1]) * by_input[1]};
            vector second[2] = {vector::all(in[width]) * by_input[0], vector::all(in[width + 1]) * by_input[1]};
#pragma GCC unroll 16
            for (int i = 2; i < reach; ++i) {
                first[i % 2] = fmadd(vector::all(in[i]), by_input[i], first[i % 2]);
                second[i % 2] = fmadd(vector::all(in[i + width]), by_input[i], second[i % 2]);
            }
            const vector alone = first[0] + first[1];   // as after silence
            double last[width];
            alone.to(last);
            vector after = second[0] + second[1];
            for (int k = 0; k < (active < width ? active : width); ++k)
                after = fmadd(vector::all(last[width - 1 - k]), by_output[k], after);
            // Only this waits for the outputs before: it stays in registers, and is a tree.
            vector before[active];
            newest_first(latest, before, std::make_integer_sequence<int, active>{});
            latest[0] = by_latest(before, by_output, alone), latest[1] = by_latest(before, by_earlier, after);
            latest[0].to(y + n), latest[1].to(y + n + width);
        }
        latest[0].to(latest_out), latest[1].to(latest_out + width);
        for (int k = 0; k < poles; ++k) out[k] = latest_out[2 * width - 1 - k];
    }
    /// The latest numbers of two registers, each in all places.
    template <class Vector, int count, int... k>
    [[gnu::always_inline]] static void newest_first(const Vector (&of)[2], Vector (&each)[count], std::integer_sequence<int, k...>) noexcept
    {
        constexpr int last = 2 * Vector::length - 1;
        ((each[k] = of[(last - k) / Vector::length].template spread<(last - k) % Vector::length>()), ...);
    }
    template <class Vector, int count>
    [[gnu::always_inline]] static Vector by_latest(const Vector (&before)[count], const Vector (&by)[count], const Vector& rest) noexcept
    {
        Vector others = before[1] * by[1];
        for (int k = 2; k < count; ++k) others = fmadd(before[k], by[k], others);
        return fmadd(before[0], by[0], rest) + others;
    }

    double tap_[taps]{}, feedback_[poles]{};
    alignas(64) double by_input_[taps - 1 + group][group]{};   // aligned as vectors are loaded
    double by_output_[poles][2 * group]{};
    double past_[2 * taps]{};   ///< the latest samples, twice, so that they are together wherever the oldest stands
    int at_ = 0;                ///< of the oldest
    double out_[poles]{};       ///< the latest outputs, newest first
};
static_assert(highest_correction_degree % 2 == 0, "a correction's taps and a group are an even number of samples together");

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
