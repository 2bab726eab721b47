// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/math/rational.hpp>
#include <phono/units.hpp>

#include <complex>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

/// A digital filter, given by its roots in the z-plane:
/// H(z) = gain * prod(1 - zero z^-1) / prod(1 - pole z^-1) * prod(z^-1 - p)/(1 - p z^-1), the last product over all_pass.
///
/// A literal value: constexpr auto filter = design(schematic, 96_kHz).
struct digital_filter {
    double gain = 1.0;
    math::roots zeros{};
    math::roots poles{};
    math::roots all_pass{};   ///< poles of the phase corrector
    frequency rate{};
    double delay = 0.0;           ///< samples by which a phase-corrected filter is later than the analogue circuit
    double phase_residue = 0.0;   ///< largest phase error of a phase-corrected filter beyond that delay, in degrees
    int fallback = 0;             ///< fits rejected before a simpler one was accepted; 0 is the full design
    fault problem{};              ///< set if the design failed: the filter is then silent

    /// The value at a point of the z-plane given by w = 1/z.
    constexpr math::complex operator()(math::complex w) const noexcept
    {
        math::complex h{gain};
        const int longest = zeros.count > poles.count ? zeros.count : poles.count;
        for (int i = 0; i < longest; ++i) {
            if (i < zeros.count) h *= factor(w, zeros[i]);
            if (i < poles.count) h /= factor(w, poles[i]);
        }
        for (const math::complex p : all_pass) {
            h *= math::rational::factor(w, p);
            h /= factor(w, p);
        }
        return h;
    }

    /// The response at a frequency below half the rate.
    [[nodiscard]] std::complex<double> response(frequency f) const noexcept
    {
        const double angle = 2.0 * math::pi * f.si / rate.si;
        const math::complex h = (*this)({math::cos(angle), -math::sin(angle)});
        return {h.re, h.im};
    }

    /// The reciprocal of the filter, stable if no zero lies on or outside the unit circle. A filter with a problem is returned as it is:
    /// silent.
    [[nodiscard]] constexpr digital_filter reciprocal() const noexcept
    {
        digital_filter inverse = *this;
        if (problem) return inverse;
        inverse.gain = 1.0 / gain;
        inverse.zeros = poles;
        inverse.poles = zeros;
        return inverse;
    }

    /// Cascades another filter with this one. A pole and a zero at the same place cancel, such as the guard poles of a curve that is
    /// undone. More than 64 poles or zeros are a problem.
    constexpr digital_filter& operator*=(const digital_filter& other) noexcept
    {
        gain *= other.gain;
        add_or_cancel(other.zeros, zeros, poles);
        add_or_cancel(other.poles, poles, zeros);
        for (const math::complex p : other.all_pass) all_pass.add(p);
        if (other.fallback > fallback) fallback = other.fallback;
        if (other.problem) fail(other.problem);
        if (poles.degree() + all_pass.degree() > math::roots::capacity || zeros.degree() + all_pass.degree() > math::roots::capacity)
            fail({"filter", {}, "must have at most 64 poles and 64 zeros", -1});
        return *this;
    }

    /// Silences the filter and records the reason; the first reason is kept.
    constexpr void fail(const fault& why) noexcept
    {
        if (!problem) problem = why;
        gain = 0.0;
        zeros = poles = all_pass = {};
    }

    /// True if every pole, those of the phase corrector aside, lies inside the unit circle.
    [[nodiscard]] constexpr bool is_stable() const noexcept
    {
        for (const math::complex p : poles)
            if (!(math::norm(p) < 1.0)) return false;
        return true;
    }

    /// The factor 1 - root w, times that of the conjugate root if the root is complex.
    [[nodiscard]] static constexpr math::complex factor(math::complex w, math::complex root) noexcept
    {
        const math::complex one{1.0};
        return root.im == 0.0 ? one - root.re * w : (one - root * w) * (one - math::conj(root) * w);
    }

private:
    static constexpr void add_or_cancel(const math::roots& added, math::roots& same, math::roots& opposite) noexcept
    {
        for (const math::complex z : added) {
            bool cancelled = false;
            for (int i = 0; i < opposite.count && !cancelled; ++i)
                if (opposite[i] == z) opposite.remove(i), cancelled = true;
            if (!cancelled) same.add(z);
        }
    }
};

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
