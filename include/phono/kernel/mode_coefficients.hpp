// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace phono::inline v0_2::detail {

/// How T stores a pole: double as it is, float as its distance from 1, so that a pole at 20 Hz survives at 192 kHz.
template <class T>
struct stored_pole {
    static constexpr bool is_distance = sizeof(T) < sizeof(double);
    static constexpr double offset = is_distance ? 1.0 : 0.0;   ///< what is subtracted from a pole before it is stored

    [[nodiscard]] static constexpr T of(double pole) noexcept { return static_cast<T>(pole - offset); }
    /// A pole less 1.
    [[nodiscard]] static constexpr double from_1(T stored) noexcept { return static_cast<double>(stored) + (offset - 1.0); }

    /// pole * s + input.
    [[nodiscard]] static constexpr T advance(T stored, T s, T input) noexcept
    {
        if constexpr (is_distance) return s + (stored * s + input);
        else return stored * s + input;
    }
};

/// Of a real mode: y += gain s; s' = pole s + x. The one that stands for none has its pole at 0 and is not heard.
template <class T>
struct real_coefficients {
    T pole = stored_pole<T>::of(0.0), gain{};
};

/// Of a section (basic_parallel_form says what it computes).
template <class T>
struct section_coefficients {
    T alpha = stored_pole<T>::of(0.0), gamma{}, a_gain{}, b_gain{};

    constexpr section_coefficients() noexcept = default;
    constexpr section_coefficients(T of_alpha, T of_gamma, T of_a, T of_b) noexcept
        : alpha(of_alpha), gamma(of_gamma), a_gain(of_a), b_gain(of_b)
    {
    }
    /// Those of a section of a parallel form, rounded to T.
    constexpr explicit section_coefficients(const auto& section) noexcept
        : alpha(stored_pole<T>::of(section.alpha)),
          gamma(static_cast<T>(section.gamma)),
          a_gain(static_cast<T>(section.a_gain)),
          b_gain(static_cast<T>(section.b_gain))
    {
    }
};

}   // namespace phono::inline v0_2::detail
