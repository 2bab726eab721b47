// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/response.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

/// What a schematic makes of a step of one volt of EMF: y(t) = H(0) + sum over its poles of (residue of H)/pole exp(pole t).
///
/// Times are those of the analogue circuit. Levels count from 0, before the step, to `level`: where the step settles, H(0), or for what
/// passes no DC, such as a transformer, the gain at 1 kHz. A stage that inverts has a negative level.
/// Accuracy: 1e-5 where poles lie nearer than that to each other, which are then moved apart, else 1e-9 (tests/analysis/step_response_test).
/// Errors: NaN where the schematic has a fault (see check()). The schematic must not gain towards infinite frequencies (that of a curve's
/// inverse does). Can be evaluated at compile time.
class step_response {
public:
    constexpr step_response() noexcept = default;
    template <class... Block>
    explicit constexpr step_response(const chain<Block...>& schematic) noexcept : step_response(poles_zeros(schematic))
    {
    }
    explicit constexpr step_response(const math::rational& h) noexcept : poles_(h.poles)
    {
        move_apart();
        const math::complex at_dc = value(h, math::complex{}, -1);
        settles_ = at_dc.re;
        level_ = settles_ != 0.0 ? settles_ : math::abs(h(detail::on_axis(frequency{1e3})));
        for (int i = 0; i < poles_.count; ++i) shares_.add(value(h, poles_[i], i) / poles_[i]);
    }

    /// Volts at a time after the step.
    [[nodiscard]] constexpr double operator()(duration t) const noexcept
    {
        double y = settles_;
        for (int i = 0; i < poles_.count; ++i) {
            const double part = (shares_[i] * math::exp(t.si * poles_[i])).re;
            y += poles_[i].im == 0.0 ? part : 2.0 * part;
        }
        return y;
    }

    /// Volts at which the times below are measured.
    [[nodiscard]] constexpr voltage level() const noexcept { return voltage{level_}; }

    /// From the first 10 % of the level to the first 90 %; 0 where it jumps or never gets there within a second.
    [[nodiscard]] constexpr duration rise_time() const noexcept { return first(0.9) - first(0.1); }

    /// The highest of the step over the level, less one, up to a second: 0.1 is 10 %. 0 where it never exceeds it.
    [[nodiscard]] constexpr double overshoot() const noexcept
    {
        double highest = 1.0;
        double at = earliest;
        for (double t = earliest; t < latest; t *= fine)
            if (const double here = relative(t); here > highest) highest = here, at = t;
        for (double t = at / fine; t < at * fine; t += at * (fine - 1.0) / 64.0)
            if (const double here = relative(t); here > highest) highest = here;
        return highest - 1.0;
    }

private:
    static constexpr double earliest = 1e-10, latest = 1.0;
    static constexpr double coarse = 1.0366329284376984, fine = 1.009035044841447;   // 64 and 256 to the decade

    [[nodiscard]] constexpr double relative(double t) const noexcept { return (*this)(duration{t}) / level_; }

    /// When a share of the level is first reached.
    [[nodiscard]] constexpr duration first(double share) const noexcept
    {
        if (!math::is_finite(level_)) return duration{level_};
        double low = 0.0, high = earliest;
        for (; relative(high) < share; low = high, high *= coarse)
            if (high > latest) return duration{0.0};
        for (int i = 0; i < 48; ++i) {
            const double middle = 0.5 * (low + high);
            (relative(middle) < share ? low : high) = middle;
        }
        return duration{0.5 * (low + high)};
    }

    /// h(s) without one pole, itself or as one of a pair.
    [[nodiscard]] constexpr math::complex value(const math::rational& h, math::complex s, int without) const noexcept
    {
        math::complex found{h.gain};
        const int longest = h.zeros.count > poles_.count ? h.zeros.count : poles_.count;
        for (int i = 0; i < longest; ++i) {
            if (i < h.zeros.count) found *= math::rational::factor(s, h.zeros[i]);
            if (i >= poles_.count) continue;
            if (i != without) found /= math::rational::factor(s, poles_[i]);
            else if (poles_[i].im != 0.0) found /= s - math::conj(poles_[i]);
        }
        return found;
    }

    /// Poles that coincide have no residues of their own.
    constexpr void move_apart() noexcept
    {
        constexpr double nearest = 1e-5;
        for (int i = 0; i < poles_.count; ++i) {
            math::complex& pole = poles_[i];
            if (pole.im != 0.0 && math::abs(pole.im) < nearest * math::abs(pole.re)) pole.im = nearest * math::abs(pole.re);
            for (int k = 0; k < i; ++k)
                if (math::abs(pole - poles_[k]) < nearest * math::abs(pole)) pole = (1.0 + 2.0 * nearest) * pole, k = -1;
        }
    }

    math::roots poles_{}, shares_{};
    double settles_ = 0.0, level_ = 1.0;
};

/// The time that a step takes from 10 % to 90 % of where it settles; see step_response.
template <class... Block>
[[nodiscard]] constexpr duration rise_time(const chain<Block...>& schematic) noexcept
{
    return step_response{schematic}.rise_time();
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
