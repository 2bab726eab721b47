// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/cross_fade.hpp>
#include <phono/kernel/modal_kernel.hpp>

#include <cstddef>
#include <span>

namespace phono::detail {

/// A modal kernel that can change to another filter while it runs.
///
/// If both filters have the same modes, poles and gains are interpolated linearly over 32 samples, which passes only through stable poles.
/// Otherwise (a pair of poles turned real, say) both run and are cross-faded, the new one from states mapped from the old one's. A filter
/// asked for in the meantime waits; the last one asked for is always reached.
template <class T, int Reals, int Sections>
class retuning_kernel {
    using kernel = modal_kernel<T, Reals, Sections, false>;   // most slots are unused
    using form = basic_parallel_form<Reals, Sections>;

public:
    static constexpr int glide_samples = 32;

    /// True if the kernel has slots for all of a filter's modes.
    [[nodiscard]] static constexpr bool holds(const parallel_form& filter) noexcept { return kernel::holds(filter); }

    /// Changes to a filter at once.
    constexpr void set(const parallel_form& filter) noexcept { set_at_once(filter.with_room<Reals, Sections>()); }

    /// Starts the change to a filter: now, or once the filter asked for before is reached.
    constexpr void retune(const parallel_form& filter) noexcept
    {
        const form asked = filter.with_room<Reals, Sections>();
        if (fade_.left() == 0) return start(asked);
        waiting_ = asked;
        is_waiting_ = true;
    }

    constexpr void reset() noexcept
    {
        set_at_once(asked_for());
        kernel_.reset();
    }

    /// The response of the filter asked for last, as it runs once reached, at a frequency in radians per sample.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        kernel reached;
        reached.set(asked_for());
        return reached.response(angle);
    }

    constexpr T operator()(T x) noexcept { return fade_.left() == 0 ? kernel_(x) : glide(x); }

    constexpr void process(std::span<T> block) noexcept
    {
        std::size_t i = 0;
        for (; i < block.size() && fade_.left() > 0; ++i) block[i] = glide(block[i]);
        kernel_.process(block.subspan(i));
    }

    constexpr void settle() noexcept { kernel_.settle(); }

private:
    [[nodiscard]] constexpr const form& asked_for() const noexcept { return is_waiting_ ? waiting_ : target_; }

    constexpr void set_at_once(const form& filter) noexcept
    {
        target_ = filter;
        kernel_.set(target_);
        fade_.set(glide_samples);
        is_waiting_ = false;
    }

    /// True if each mode of one form corresponds to a mode of the other that has only moved.
    [[nodiscard]] static constexpr bool same_modes(const form& a, const form& b) noexcept
    {
        constexpr double farthest = 0.5;   // that a real mode moves, relative to its distance from 1
        if (a.real_count != b.real_count || a.section_count != b.section_count) return false;
        for (int i = 0; i < a.real_count; ++i) {
            const double p = a.real[i].pole, q = b.real[i].pole;
            if (math::abs(p - q) > farthest * (1.0 - (p < q ? p : q))) return false;
        }
        for (int i = 0; i < a.section_count; ++i)
            if (a.sections[i].chained != b.sections[i].chained) return false;
        return true;
    }

    constexpr void start(const form& filter) noexcept
    {
        start_ = target_;
        target_ = filter;
        both_run_ = !same_modes(start_, target_);
        if (both_run_) {
            old_ = kernel_;
            kernel_.set(target_);
            kernel_.set_state(state_transfer<Reals, Sections>{start_, old_.state(), target_}.result);
        }
        fade_.go(before, after);
    }

    constexpr T glide(T x) noexcept
    {
        const T y = step(x);
        if (fade_.left() == 0 && is_waiting_) {
            is_waiting_ = false;
            start(form{waiting_});
        }
        return y;
    }

    constexpr T step(T x) noexcept
    {
        const double done = fade_.step();
        if (both_run_) {
            const T from = old_(x), to = kernel_(x);
            return from + static_cast<T>(fade_.share(after, done)) * (to - from);
        }
        const auto between = [this, done](double a, double b) { return a + fade_.share(after, done) * (b - a); };
        form current = target_;
        current.direct = between(start_.direct, target_.direct);
        for (int i = 0; i < target_.real_count; ++i)
            current.real[i] = {between(start_.real[i].pole, target_.real[i].pole), between(start_.real[i].gain, target_.real[i].gain)};
        for (int i = 0; i < target_.section_count; ++i) {
            const typename form::section &a = start_.sections[i], &b = target_.sections[i];
            current.sections[i] = {between(a.alpha, b.alpha), between(a.gamma, b.gamma), between(a.a_gain, b.a_gain),
                                   between(a.b_gain, b.b_gain), b.chained};
        }
        kernel_.set(current);
        return kernel_(x);
    }

    static constexpr int before = 0, after = 1;   ///< the fade's signals

    kernel kernel_{}, old_{};
    form start_{}, target_{}, waiting_{};
    cross_fade<double, 2, fade_shape::straight> fade_{};
    bool both_run_ = false, is_waiting_ = false;
};

}   // namespace phono::detail
