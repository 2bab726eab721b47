// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/parallel_form.hpp>

#include <limits>

namespace phono::inline v0_2::detail {

/// 1/z at an angle in radians per sample.
[[nodiscard]] constexpr math::complex delay_at(double angle) noexcept { return {math::cos(angle), -math::sin(angle)}; }

/// Where cancellation is looked for.
inline constexpr math::complex cancellation_points[] = {delay_at(1e-3), delay_at(1e-2), delay_at(0.06),
                                                        delay_at(0.3),  delay_at(1.2),  delay_at(2.8)};

/// How much larger the sum of the magnitudes of all that a form adds up is than its response: by so much rounding is magnified. Relative to
/// the largest response of some frequencies, and to the response at each, at its largest.
struct cancellation {
    double of_peak = 0.0;
    double of_each = 0.0;

    constexpr explicit cancellation(const parallel_form& form) noexcept
    {
        double most = 0.0, peak = 0.0;
        for (const math::complex w : cancellation_points) {
            const math::complex one{1.0};
            math::complex sum{form.direct}, before{};
            double all = math::abs(form.direct);
            const auto add = [&](math::complex part) {
                sum += part;
                all += magnitude(part);
            };
            for (int i = 0; i < form.real_count; ++i) add(form.real[i].gain * (w / (one - form.real[i].pole * w)));
            for (int i = 0; i < form.section_count; ++i) {
                const auto& c = form.sections[i];
                const math::complex d = one - c.alpha * w, e = c.chained ? before : one;
                before = w * w / (d * d + c.gamma * (w * w)) * e;
                add(c.b_gain * before);
                add(c.a_gain * (d / w * before));
            }
            const double size = magnitude(sum);
            if (all > of_each * size) of_each = size > 0.0 ? all / size : std::numeric_limits<double>::infinity();
            most = most > all ? most : all;
            peak = peak > size ? peak : size;
        }
        of_peak = peak > 0.0 ? most / peak : 1.0;   // 1 for silence
    }

    /// By how much a form magnifies the rounding of samples of type T, relative to what is harmless: 70 dB below the peak in float, 1e-5 dB
    /// at any frequency in double. Far below the peak float is lost to its own noise. Every preamp of the catalogue has 6, and 610.
    template <class T>
    [[nodiscard]] constexpr double harm() const noexcept
    {
        const double near_peak = of_peak / 3000.0, anywhere = sizeof(T) < sizeof(double) ? 0.0 : of_each / 1e10;
        return near_peak > anywhere ? near_peak : anywhere;
    }
};

}   // namespace phono::inline v0_2::detail
