// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/digital/modal_kernel.hpp>

namespace phono {

/// A modal kernel that can go over to another filter while it runs.
///
/// Where both filters have the same modes, poles and gains move in straight lines over 32 samples; a line between stable poles
/// stays stable. Otherwise (a pair of poles turned real, say) both run and are cross-faded, the new one from the states that the
/// old one has.
template <class T, int Reals, int Sections>
class retuning_kernel {
public:
    static constexpr int glide_samples = 32;

    /// Takes a filter at once.
    constexpr void set(const modal_form& form) noexcept
    {
        current = target = form;
        kernel.set(form);
        left = 0;
    }

    /// Goes over to a filter.
    constexpr void retune(const modal_form& form) noexcept
    {
        if (left > 0) kernel.set(target);
        start = target;
        target = form;
        fading = !same_layout(start, target);
        if (fading) {
            old = kernel;
            kernel.set(target);
        }
        left = glide_samples;
    }

    constexpr void reset() noexcept
    {
        kernel.set(target);
        kernel.reset();
        left = 0;
    }

    constexpr T operator()(T x) noexcept { return left == 0 ? kernel(x) : glide(x); }

    constexpr void process(std::span<T> block) noexcept
    {
        std::size_t i = 0;
        for (; i < block.size() && left > 0; ++i) block[i] = glide(block[i]);
        kernel.process(block.subspan(i));
    }

    constexpr void settle() noexcept { kernel.settle(); }

private:
    static constexpr bool same_layout(const modal_form& a, const modal_form& b) noexcept
    {
        if (a.real_count != b.real_count || a.section_count != b.section_count) return false;
        for (int i = 0; i < a.section_count; ++i)
            if (a.sections[i].chained != b.sections[i].chained) return false;
        return true;
    }

    constexpr T glide(T x) noexcept
    {
        --left;
        const double done = 1.0 - static_cast<double>(left) / glide_samples;
        if (fading) {
            const T before = old(x), after = kernel(x);
            return before + static_cast<T>(done) * (after - before);
        }
        const auto between = [done](double a, double b) { return a + done * (b - a); };
        current = target;
        current.direct = between(start.direct, target.direct);
        for (int i = 0; i < target.real_count; ++i)
            current.real[i] = {between(start.real[i].pole, target.real[i].pole), between(start.real[i].gain, target.real[i].gain)};
        for (int i = 0; i < target.section_count; ++i) {
            const modal_form::section &a = start.sections[i], &b = target.sections[i];
            current.sections[i] = {between(a.alpha, b.alpha), between(a.gamma, b.gamma), between(a.a_gain, b.a_gain),
                                   between(a.b_gain, b.b_gain), b.chained};
        }
        kernel.set(current);
        return kernel(x);
    }

    modal_kernel<T, Reals, Sections> kernel{}, old{};
    modal_form start{}, target{}, current{};
    int left = 0;
    bool fading = false;
};

}  // namespace phono
