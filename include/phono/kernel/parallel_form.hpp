// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/rational.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2 {

/// A filter in parallel (modal) form: y[n] = direct x[n] + the outputs of its modes.
///
/// A real mode: y += gain s; s' = pole s + x.
/// A section holds two poles with mean alpha and (z - alpha)^2 + gamma = 0, real or conjugate, however close:
/// y += a_gain a + b_gain b; a' = alpha a - gamma b + e; b' = alpha b + a; e is x, or in a chained section the b of the one before it.
/// Poles that nearly coincide share a chain of sections: as separate modes they would be huge and cancel.
template <int Reals, int Sections>
struct basic_parallel_form {
    static constexpr int capacity = Reals;

    /// The mode of a real pole.
    struct real_mode {
        double pole = 0.0;
        double gain = 0.0;
    };
    /// Two poles.
    struct section {
        double alpha = 0.0, gamma = 0.0;
        double a_gain = 0.0, b_gain = 0.0;
        bool chained = false;
    };

    double direct = 0.0;
    real_mode real[Reals > 0 ? Reals : 1]{};
    section sections[Sections > 0 ? Sections : 1]{};
    int real_count = 0;
    int section_count = 0;

    /// The same modes in a form of another capacity; those that do not fit are left out.
    template <int OtherReals, int OtherSections>
    [[nodiscard]] constexpr basic_parallel_form<OtherReals, OtherSections> with_room() const noexcept
    {
        basic_parallel_form<OtherReals, OtherSections> other;
        other.direct = direct;
        for (; other.real_count < real_count && other.real_count < OtherReals; ++other.real_count)
            other.real[other.real_count] = {real[other.real_count].pole, real[other.real_count].gain};
        for (; other.section_count < section_count && other.section_count < OtherSections; ++other.section_count) {
            const section& s = sections[other.section_count];
            other.sections[other.section_count] = {s.alpha, s.gamma, s.a_gain, s.b_gain, s.chained};
        }
        return other;
    }
};

/// A form with room for every filter that can be designed.
using parallel_form = basic_parallel_form<math::roots::capacity, math::roots::capacity>;

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
