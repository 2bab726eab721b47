// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>
#include <phono/math/wide_vector.hpp>

#include <cstddef>
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
        for (int i = 0; i < group; ++i) by_place_[i] = power_[group - 1 - i];
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
    [[nodiscard]] static bool is_within(std::span<const double> out, double bound) noexcept
    {
        if constexpr (math::has_block_vectors)
            if (out.size() >= group) return largest_of(out) <= bound;
        double most = 0.0;
        for (const double y : out) most = math::abs(y) > most ? math::abs(y) : most;
        return most <= bound;
    }

    double take(double emf) noexcept
    {
        const double now = math::abs(emf), faded = power_[1] * emf_;
        return emf_ = now > faded ? now : faded;
    }
    void take(std::span<const double> emf) noexcept
    {
        if constexpr (math::has_block_vectors)
            if (emf.size() >= group) return take_groups(emf);
        for (const double u : emf) take(u);
    }

    /// Numbers of a group, side by side.
    template <int widest>
    struct group_of {
        using vector = math::wide_vector<double, group / 2, widest>;
        vector half[2];

        [[gnu::always_inline]] static group_of from(const double* x) noexcept
        {
            return {{vector::from(x), vector::from(x + vector::length)}};
        }
        [[gnu::always_inline]] static group_of all(double x) noexcept { return {{vector::all(x), vector::all(x)}}; }
        [[gnu::always_inline]] group_of magnitude() const noexcept { return {{half[0].magnitude(), half[1].magnitude()}}; }
        [[gnu::always_inline]] friend group_of operator*(const group_of& a, const group_of& b) noexcept
        {
            return {{a.half[0] * b.half[0], a.half[1] * b.half[1]}};
        }
        [[gnu::always_inline]] friend group_of max(const group_of& a, const group_of& b) noexcept
        {
            return {{max(a.half[0], b.half[0]), max(a.half[1], b.half[1])}};
        }
        [[gnu::always_inline]] double largest() const noexcept
        {
            double of[vector::length];
            max(half[0], half[1]).to(of);
            for (int apart = vector::length / 2; apart > 0; apart /= 2)
                for (int i = 0; i < apart; ++i) of[i] = of[i + apart] > of[i] ? of[i + apart] : of[i];
            return of[0];
        }
    };

    // Of the samples that fill no group the last of all are taken, again or not: it makes no difference to a maximum.
    template <int widest = math::widest_register>
    [[nodiscard]] static double largest_of(std::span<const double> out) noexcept
    {
        using numbers = group_of<widest>;
        numbers most = max(numbers::from(out.data() + out.size() - group).magnitude(), numbers::all(0.0));
        for (std::size_t done = 0; done + group <= out.size(); done += group)
            most = max(numbers::from(out.data() + done).magnitude(), most);
        return most.largest();
    }
    template <int widest = math::widest_register>
    void take_groups(std::span<const double> emf) noexcept
    {
        using numbers = group_of<widest>;
        const numbers fades = numbers::all(power_[group]);
        numbers most = numbers::all(0.0);   // each place in a group has one of its own
        std::size_t done = 0;
        for (; done + group <= emf.size(); done += group) {
            most = max(numbers::from(emf.data() + done).magnitude(), fades * most);
            emf_ *= power_[group];
        }
        const double rest = power_[emf.size() - done];
        const numbers by_place = numbers::from(by_place_);
        const numbers last = max(numbers::from(emf.data() + emf.size() - group).magnitude(), numbers::all(0.0));
        const double latest = (by_place * max(last, numbers::all(rest) * most)).largest();
        emf_ *= rest;
        emf_ = latest > emf_ ? latest : emf_;
    }

    double emf_ = 0.0;               ///< the largest of late
    double power_[group + 1]{1.0};   ///< of the fading
    double by_place_[group]{};       ///< how far a sample at each place of the latest ones has faded
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
