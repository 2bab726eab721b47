// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/mode_coefficients.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Two frames at once of channels in lanes whose filter has one or two real modes or one section, without a real mode: from the states s
/// before them
///
///     y0 = d x0 + sum of g s,  y1 = d x1 + sum of g (p s + x0),  s'' = p^2 s + (p x0 + x1)
///
/// and likewise with the matrix of a section. A frame after the other would wait for a multiply-add, or two, between them.
template <class T, class Vector, int reals>
class frame_pairs {
    static constexpr bool is_section = reals == 0;
    static constexpr int states = is_section ? 2 : reals;
    using stored = stored_pole<T>;

public:
    [[gnu::always_inline]] explicit frame_pairs(const auto& filter) noexcept : direct_(Vector::all(filter.direct()))
    {
        double impulse = 0.0;   // the output after one of 1, without the direct gain's
        if constexpr (is_section) {
            const auto c = filter.lane_section(0);
            const double from_1 = stored::from_1(c.alpha), alpha = 1.0 + from_1;
            const auto gamma = static_cast<double>(c.gamma);
            const auto a_gain = static_cast<double>(c.a_gain), b_gain = static_cast<double>(c.b_gain);
            set(0, a_gain, a_gain * alpha + b_gain, alpha, from_1 * (2.0 + from_1) - gamma);
            set(1, b_gain, b_gain * alpha - a_gain * gamma, alpha, from_1 * (2.0 + from_1) - gamma);
            turn_[0] = Vector::all(static_cast<T>(2.0 * alpha * gamma));
            turn_[1] = Vector::all(static_cast<T>(2.0 * alpha));
            impulse = a_gain;
        } else {
            for (int i = 0; i < reals; ++i) {
                const auto c = filter.real(i);
                const double from_1 = stored::from_1(c.pole);
                const auto gain = static_cast<double>(c.gain);
                set(i, gain, gain * (1.0 + from_1), 1.0 + from_1, from_1 * (2.0 + from_1));
                impulse += gain;
            }
        }
        impulse_ = Vector::all(static_cast<T>(impulse));
    }

    /// Inputs become outputs.
    [[gnu::always_inline]] void operator()(Vector* state, Vector& x0, Vector& x1) const noexcept
    {
        Vector y0 = direct_ * x0, y1 = fmadd(impulse_, x0, direct_ * x1), next[states];
#pragma GCC unroll 2
        for (int i = 0; i < states; ++i) {
            y0 = fmadd(gain_[i], state[i], y0);
            y1 = fmadd(later_[i], state[i], y1);
        }
        if constexpr (is_section) {
            next[0] = advance(square_[0], state[0], fnmadd(turn_[0], state[1], fmadd(pole_[0], x0, x1)));
            next[1] = advance(square_[1], state[1], fmadd(turn_[1], state[0], x0));
        } else {
#pragma GCC unroll 2
            for (int i = 0; i < states; ++i) next[i] = advance(square_[i], state[i], fmadd(pole_[i], x0, x1));
        }
#pragma GCC unroll 2
        for (int i = 0; i < states; ++i) state[i] = next[i];
        x0 = y0, x1 = y1;
    }

private:
    [[gnu::always_inline]] void set(int i, double gain, double later, double pole, double square_from_1) noexcept
    {
        gain_[i] = Vector::all(static_cast<T>(gain)), later_[i] = Vector::all(static_cast<T>(later));
        pole_[i] = Vector::all(static_cast<T>(pole));
        square_[i] = Vector::all(static_cast<T>(square_from_1 + 1.0 - stored::offset));
    }

    [[gnu::always_inline]] static Vector advance(const Vector& square, const Vector& s, const Vector& input) noexcept
    {
        if constexpr (stored::is_distance) return s + fmadd(square, s, input);
        else return fmadd(square, s, input);
    }

    Vector direct_, impulse_, gain_[states], later_[states], pole_[states], square_[states], turn_[2];
};

/// What stands for it where it does not pay.
struct no_frame_pairs {
    explicit no_frame_pairs(const auto&) noexcept {}
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
