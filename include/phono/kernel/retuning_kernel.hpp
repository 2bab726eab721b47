// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/modal_kernel.hpp>

namespace phono {

/// A modal kernel that can go over to another filter while it runs.
///
/// Where both filters have the same modes, poles and gains move in straight lines over 32 samples; a line between stable poles
/// stays stable. Otherwise (a pair of poles turned real, say) both run and are cross-faded, the new one from states that go on where
/// the old one stands. A filter that is asked for meanwhile waits its turn; the last one asked for is always reached.
template <class T, int Reals, int Sections>
class retuning_kernel {
public:
    static constexpr int glide_samples = 32;

    /// Takes a filter at once.
    constexpr void set(const parallel_form& form) noexcept
    {
        current_ = target_ = form;
        kernel_.set(form);
        left_ = 0;
        is_waiting_ = false;
    }

    /// Goes over to a filter: at once, or when the filter asked for before is reached.
    constexpr void retune(const parallel_form& form) noexcept
    {
        if (left_ == 0) return start(form);
        waiting_ = form;
        is_waiting_ = true;
    }

    constexpr void reset() noexcept
    {
        set(is_waiting_ ? waiting_ : target_);
        kernel_.reset();
    }

    constexpr T operator()(T x) noexcept { return left_ == 0 ? kernel_(x) : glide(x); }

    constexpr void process(std::span<T> block) noexcept
    {
        std::size_t i = 0;
        for (; i < block.size() && left_ > 0; ++i) block[i] = glide(block[i]);
        kernel_.process(block.subspan(i));
    }

    constexpr void settle() noexcept { kernel_.settle(); }

private:
    /// True if each mode of one form is the same mode of the other, moved.
    static constexpr bool same_modes(const parallel_form& a, const parallel_form& b) noexcept
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

    constexpr void start(const parallel_form& form) noexcept
    {
        start_ = target_;
        target_ = form;
        fading_ = !same_modes(start_, target_);
        if (fading_) {
            old_ = kernel_;
            kernel_.set(target_);
            kernel_.set_state(detail::state_transfer{start_, old_.state(), target_}.result);
        }
        left_ = glide_samples;
    }

    constexpr T glide(T x) noexcept
    {
        --left_;
        const T y = step(x);
        if (left_ == 0 && is_waiting_) {
            is_waiting_ = false;
            start(waiting_);
        }
        return y;
    }

    constexpr T step(T x) noexcept
    {
        const double done = 1.0 - static_cast<double>(left_) / glide_samples;
        if (fading_) {
            const T before = old_(x), after = kernel_(x);
            return before + static_cast<T>(done) * (after - before);
        }
        const auto between = [done](double a, double b) { return a + done * (b - a); };
        current_ = target_;
        current_.direct = between(start_.direct, target_.direct);
        for (int i = 0; i < target_.real_count; ++i)
            current_.real[i] = {between(start_.real[i].pole, target_.real[i].pole), between(start_.real[i].gain, target_.real[i].gain)};
        for (int i = 0; i < target_.section_count; ++i) {
            const parallel_form::section &a = start_.sections[i], &b = target_.sections[i];
            current_.sections[i] = {between(a.alpha, b.alpha), between(a.gamma, b.gamma), between(a.a_gain, b.a_gain),
                                    between(a.b_gain, b.b_gain), b.chained};
        }
        kernel_.set(current_);
        return kernel_(x);
    }

    modal_kernel<T, Reals, Sections> kernel_{}, old_{};
    parallel_form start_{}, target_{}, current_{}, waiting_{};
    int left_ = 0;
    bool fading_ = false, is_waiting_ = false;
};

}   // namespace phono
