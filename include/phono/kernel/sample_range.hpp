// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/kernel/parallel_form.hpp>
#include <phono/math/elementary.hpp>

#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

/// The largest input, of either sign, for which what runs in T gives finite output, in volts: 1e30, in float 1e12.
template <class T>
inline constexpr double largest_input = sizeof(T) < sizeof(double) ? 1e12 : 1e30;

namespace detail {

/// How large the numbers in the sample loop of a parallel form become for input within +-1, with its poles as a modal_kernel<T> rounds them.
///
/// The bound of a state is the sum of the magnitudes of its impulse response; that of the output is the sum of its modes' bounds, which is
/// too high where modes cancel, but their partial sums must fit as well.
template <class T>
class loop_bounds {
public:
    constexpr explicit loop_bounds(const parallel_form& form) noexcept
    {
        add(form.direct, 1.0);
        for (int i = 0; i < form.real_count; ++i) add(form.real[i].gain, held(sum_of_powers(distance(form.real[i].pole))));
        double drive = 1.0;
        for (int i = 0; i < form.section_count; ++i) {
            const parallel_form::section& s = form.sections[i];
            if (!s.chained) drive = 1.0;
            const pair_sums of = sums(s.alpha, rounded(s.gamma));
            add(s.a_gain, held(drive * of.a));
            drive = held(drive * of.b);
            add(s.b_gain, drive);
        }
    }

    double state = 0.0, output = 0.0;   ///< the largest of any state, of the output
    double lost = 0.0;                  ///< of the output: what coefficients too small for T lose
    double smallest = 0.0;              ///< the coefficient that loses most
    bool is_stable = true;

private:
    static constexpr double offset = sizeof(T) < sizeof(double) ? 1.0 : 0.0;   ///< as in modal_kernel

    struct pair_sums {
        double a, b;
    };

    /// As a T; a number beyond any stable filter becomes one that is just beyond.
    [[nodiscard]] static constexpr double rounded(double x) noexcept
    {
        constexpr double beyond = 4.0;
        return static_cast<double>(static_cast<T>(x < -beyond ? -beyond : x <= beyond ? x : beyond));
    }

    /// The distance of a real pole from the unit circle, without cancellation where it is stored as its distance from 1.
    [[nodiscard]] static constexpr double distance(double pole) noexcept
    {
        const double stored = rounded(pole - offset);
        return stored + offset < 0.0 ? 1.0 + (stored + offset) : (1.0 - offset) - stored;
    }

    /// The sum of |pole|^n. A pole on the circle itself, where that of a few mHz may end up, is summed over all the samples that anyone
    /// could play: 400 years at 768 kHz.
    constexpr double sum_of_powers(double distance_from_circle) noexcept
    {
        constexpr double most = 1e16, on_circle = 1e-15;
        if (!(distance_from_circle >= -on_circle)) is_stable = false;
        return distance_from_circle * most > 1.0 ? 1.0 / distance_from_circle : most;
    }

    /// The same for the states of a section.
    constexpr pair_sums sums(double alpha, double gamma) noexcept
    {
        const double centre = rounded(alpha - offset) + offset, inwards = distance(alpha);
        if (gamma > 0.0) {   // a conjugate pair: b is r^n sin(n angle) / sin(angle) / r
            const double r = math::sqrt(centre * centre + gamma);
            const double one = sum_of_powers((inwards * (1.0 + math::abs(centre)) - gamma) / (1.0 + r));
            const double sharp = r / math::sqrt(gamma);
            return {one, one * (one < sharp ? one : sharp)};
        }
        const double half = math::sqrt(-gamma);
        const double outer = sum_of_powers(inwards - half);
        const double inner = sum_of_powers(half < math::abs(centre) ? inwards + half : 1.0 + math::abs(centre) - half);
        return {0.5 * (outer + inner), outer * inner};
    }

    /// Takes note of a state's bound.
    constexpr double held(double bound) noexcept
    {
        if (!(bound <= state)) state = math::is_finite(bound) ? bound : std::numeric_limits<double>::infinity();
        return bound;
    }

    /// Adds a state with its gain to the output.
    constexpr void add(double gain, double bound) noexcept
    {
        output += math::abs(gain) * bound;
        if (gain == 0.0 || !(math::abs(gain) < static_cast<double>(std::numeric_limits<T>::min()))) return;
        const double loss = static_cast<double>(std::numeric_limits<T>::denorm_min()) * bound;
        lost += loss;
        if (smallest == 0.0 || math::abs(gain) < math::abs(smallest)) smallest = gain;
    }
};

}   // namespace detail

/// What of a filter is beyond the range of T, float or double, if anything: false if its sample loop stays finite for all input within
/// largest_input<T>, and if no coefficient is so small in T that more than its rounding is lost.
///
/// preamp and tunable_preamp ask it; whoever builds a modal_kernel of a filter of his own asks before.
template <class T>
[[nodiscard]] constexpr fault range_fault(const parallel_form& form) noexcept
{
    constexpr bool is_narrow = sizeof(T) < sizeof(double);
    constexpr double reserve = 4.0;   // for partial sums and rounding
    constexpr double most = static_cast<double>(std::numeric_limits<T>::max()) / largest_input<T> / reserve;
    const detail::loop_bounds<T> bounds{form};
    if (!bounds.is_stable)
        return {"filter's pole",
                {},
                is_narrow ? "must lie inside the unit circle when rounded to float; use double" : "must lie inside the unit circle"};
    if (!(bounds.state <= most))
        return {"filter's largest state for an input of 1 V", bounds.state,
                is_narrow ? "must be at most 8.5e25, so that input of 1e12 V stays within float; use double"
                          : "must be at most 4.4e277, so that input of 1e30 V stays within double"};
    if (!(bounds.output <= most))
        return {"filter's largest output for an input of 1 V", bounds.output,
                is_narrow ? "must be at most 8.5e25, so that input of 1e12 V stays within float; use double"
                          : "must be at most 4.4e277, so that input of 1e30 V stays within double"};
    if (bounds.lost > static_cast<double>(std::numeric_limits<T>::epsilon()) * bounds.output)
        return {"filter's smallest gain", bounds.smallest,
                is_narrow ? "must be at least 1.2e-38, below which float loses digits; use double"
                          : "must be at least 2.2e-308, below which double loses digits"};
    return {};
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
