// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>
#include <phono/math/wide_vector.hpp>

#include <span>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Holds an output to what its circuit can make with the largest EMF of late: the correction raises what is near half the rate, and the
/// oversampler's filters overshoot, so that noise or jumps at full level would come out larger than that.
///
/// `most_output(emf)` is the most volts with an EMF of at most so many, and grows with it. In blocks the same, within rounding.
class output_limit {
public:
    /// Takes the factor by which the memory of a large EMF fades from sample to sample, and clears the state.
    void set(double fades) noexcept
    {
        power_[0] = 1.0;
        for (int i = 1; i <= group; ++i) power_[i] = fades * power_[i - 1];
        reset();
    }
    void reset() noexcept { emf_ = 0.0; }

    /// Takes the EMF of a sample and returns the most volts of it.
    double operator()(double emf, const auto& most_output) noexcept { return most_output(take(emf)); }

    /// Holds a sample within a bound.
    [[nodiscard]] static double held(double y, double bound) noexcept { return !(math::abs(y) > bound) ? y : y > 0.0 ? bound : -bound; }

    /// Holds a block whose EMF was `emf`. Only where an output is beyond what is possible without an EMF does it matter what each had.
    void hold(std::span<const double> emf, std::span<double> out, const auto& most_output) noexcept
    {
        const double least = most_output(0.0);
        if (is_within(out, least)) [[likely]]
            return take(emf);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = held(out[i], (*this)(emf[i], most_output));
    }

private:
    static constexpr int group = 16;   ///< samples at once: as many as hide what each waits for

    /// True if no sample is beyond a bound; one that is not a number is not.
    template <int widest = math::widest_register>
    [[nodiscard]] static bool is_within(std::span<const double> out, double bound) noexcept
    {
        double most = 0.0;
        std::size_t done = 0;
        if constexpr (math::has_block_vectors) {
            using vector = math::wide_vector<double, group / 2, widest>;
            vector largest[2] = {vector::all(0.0), vector::all(0.0)};
            for (; done + group <= out.size(); done += group)
                for (int half = 0; half < 2; ++half) {
                    const vector y = vector::from(out.data() + done + half * vector::length);
                    largest[half] = max(y.magnitude(), largest[half]);
                }
            double of[vector::length];
            max(largest[0], largest[1]).to(of);
            for (const double y : of) most = y > most ? y : most;
        }
        for (; done < out.size(); ++done) most = math::abs(out[done]) > most ? math::abs(out[done]) : most;
        return most <= bound;
    }

    double take(double emf) noexcept
    {
        const double now = math::abs(emf), faded = power_[1] * emf_;
        return emf_ = now > faded ? now : faded;
    }
    void take(std::span<const double> emf) noexcept
    {
        if constexpr (math::has_block_vectors) emf = emf.subspan(take_groups(emf));
        for (const double u : emf) take(u);
    }
    /// As many groups of EMFs as there are: each place in a group has a largest one of its own.
    template <int widest = math::widest_register>
    std::size_t take_groups(std::span<const double> emf) noexcept
    {
        using vector = math::wide_vector<double, group / 2, widest>;
        std::size_t done = 0;
        const vector fades = vector::all(power_[group]);
        vector largest[2] = {vector::all(0.0), vector::all(0.0)};
        for (; done + group <= emf.size(); done += group) {
            for (int half = 0; half < 2; ++half) {
                const vector u = vector::from(emf.data() + done + half * vector::length);
                largest[half] = max(u.magnitude(), fades * largest[half]);
            }
            emf_ *= power_[group];
        }
        double of[group];
        largest[0].to(of), largest[1].to(of + vector::length);
        for (int i = 0; i < group; ++i) {
            const double faded = power_[group - 1 - i] * of[i];
            emf_ = faded > emf_ ? faded : emf_;
        }
        return done;
    }

    double emf_ = 0.0;               ///< the largest of late
    double power_[group + 1]{1.0};   ///< of the fading
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
