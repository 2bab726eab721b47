// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/fit_band.hpp>
#include <phono/large_signal/step/post_correction.hpp>
#include <phono/math/instruction_sets.hpp>
#include <phono/math/wide_vector.hpp>

#include <cstddef>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A correction's outputs in pairs of vectors: what the samples of these and of those before contribute through numerator and feedback, then
/// what the outputs before both do, so that only these are waited for.
/// (eq. 27 of large_signal/README.md)
class correction_pairs {
public:
    static constexpr int taps = highest_correction_degree + 1, poles = fit_band::most_guards;

    /// Takes the numerator and what the latest outputs contribute to the next one, newest first.
    void set(const double (&tap)[taps], const double (&feedback)[poles]) noexcept
    {
        for (int i = 0; i < taps - 1 + group; ++i) {   // what a unit input of each place contributes to the outputs of a group
            double out[poles]{};
            for (int n = 0; n < group; ++n) {
                const int k = taps - 1 + n - i;
                by_input_[i][n] = fed_back(feedback, k >= 0 && k < taps ? tap[k] : 0.0, out);
            }
        }
        for (int k = 0; k < poles; ++k) {   // and a unit output of each place before to those of two
            double out[poles]{};
            out[k] = 1.0;
            for (int n = 0; n < 2 * group; ++n) by_output_[k][n] = fed_back(feedback, 0.0, out);
        }
        has_all_poles_ = !(feedback[poles - 1] == 0.0);
    }

    /// An output, from the numerator's; `out` are the latest ones, newest first.
    static double fed_back(const double (&feedback)[poles], double x, double (&out)[poles]) noexcept
    {
        for (int k = poles - 1; k > 0; --k) x += feedback[k] * out[k], out[k] = out[k - 1];
        x += feedback[0] * out[0];
        return out[0] = x;
    }

    /// As many outputs as fill pairs of vectors: returns how many. x begins taps - 1 samples before the first of y, which is somewhere else.
    int process(const double* x, double* y, int count, double (&out)[poles]) const noexcept
    {
        return has_all_poles_ ? process<poles>(x, y, count, out)
                              : process<poles - 1>(x, y, count, out);   // at most rates there is one less
    }
    /// The same for a number of poles with registers of a width, as a type (math::run_as_compiled), of so many outputs.
    template <int active, int widest>
    struct loop {
        template <int>
        [[gnu::always_inline]] static void run(const correction_pairs* of, const double* x, double* y, int count,
                                               double (*out)[poles]) noexcept
        {
            of->template run<active, widest>(x, y, count, *out);
        }
    };

private:
    static constexpr int group = 8;   ///< numbers that the widest register holds
    /// Neighbouring outputs in a vector: whether a program for any x86-64 finds AVX2's registers must not matter to them.
    static constexpr int width = math::may_have_avx2 ? 4 : math::widest_register / static_cast<int>(sizeof(double));
    static_assert(width <= group);

    template <int active>
    int process([[maybe_unused]] const double* x, [[maybe_unused]] double* y, [[maybe_unused]] int count,
                [[maybe_unused]] double (&out)[poles]) const noexcept
    {
        if constexpr (math::has_block_vectors) {
            const int whole = count / (2 * width) * (2 * width);
            if constexpr (math::may_have_avx2)
                if (math::has_avx2()) {
                    math::run_for_avx2<loop<active, 32>>(this, x, y, whole, &out);
                    return whole;
                }
            math::run_as_compiled<loop<active, math::widest_register>>(this, x, y, whole, &out);
            return whole;
        } else return 0;
    }
    template <int active, int widest>
    [[gnu::always_inline]] void run(const double* x, double* y, int count, double (&out)[poles]) const noexcept
    {
        constexpr int reach = taps - 1 + width;
        using vector = math::wide_vector<double, width, widest>;
        // Copies, which y cannot change: registers hold them where they can.
        vector by_input[reach], by_output[active], by_earlier[active];
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

    alignas(64) double by_input_[taps - 1 + group][group]{};   // aligned as vectors are loaded
    double by_output_[poles][2 * group]{};
    bool has_all_poles_ = true;
};
static_assert(highest_correction_degree % 2 == 0, "a correction's taps and a group are an even number of samples together");

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
