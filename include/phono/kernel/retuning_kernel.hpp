// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/cross_fade.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/units.hpp>

#include <cstddef>
#include <span>

namespace phono::inline v0_2::detail {

/// A modal kernel that can change to another filter while it runs: the outputs of both are cross-faded.
///
/// The states of the new filter depend on all of the input so far, and those of the old one say little about a mode that is much slower than
/// its own. If every mode has only moved a little, the new filter takes over the states as they are. Otherwise it starts from rest and warms
/// up unheard, while its input fades in: begun suddenly, a tone would leave an offset that decays as slowly as the slowest mode does. The
/// modes that both filters have go on with the old one's states, so that a slow one keeps the DC that it blocks. A filter asked for in the
/// meantime waits; the last one asked for is always reached.
///
/// Both fades are cubic. One of N samples gives, of a tone of w radians per sample and two filters in their steady states, no larger output
/// than the louder filter has alone, and no step above sqrt(1 + 12/(w N)^2) times the larger of their own (Cauchy-Schwarz: the share a of
/// the new one rises by at most sqrt(12 a (1 - a))/N). That is 1.49 at 20 Hz, 1.09 at 50 Hz. What the fade of the input leaves of an offset
/// is about 12/(w N)^2 of what the slow mode puts out: 0.3 at 20 Hz, 0.05 at 50 Hz.
template <class T, int Reals, int Sections>
class retuning_kernel {
    using kernel = modal_kernel<T, Reals, Sections, false>;   // most slots are unused
    using form = basic_parallel_form<Reals, Sections>;

public:
    static constexpr duration warm_up_time{50e-3}, fade_time{25e-3};

    /// True if the kernel has slots for all of a filter's modes.
    [[nodiscard]] static constexpr bool holds(const parallel_form& filter) noexcept { return kernel::holds(filter); }

    /// Changes to a filter at once, at a sampling rate up to 1 MHz.
    constexpr void set(const parallel_form& filter, frequency rate) noexcept
    {
        rate_ = rate;
        set_at_once(filter.with_room<Reals, Sections>());
    }

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
        set_at_once(form{asked_for()});
        kernel_.reset();
    }

    /// The response of the filter asked for last, as it runs once reached, at a frequency in radians per sample.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        kernel reached;
        reached.set(asked_for());
        return reached.response(angle);
    }

    constexpr T operator()(T x) noexcept
    {
        if (fade_.left() == 0) return kernel_(x);
        T y = x;
        change({&y, 1});
        return y;
    }

    constexpr void process(std::span<T> block) noexcept { kernel_.process(fade_.left() == 0 ? block : block.subspan(change(block))); }

private:
    [[nodiscard]] constexpr const form& asked_for() const noexcept { return is_waiting_ ? waiting_ : target_; }

    constexpr void set_at_once(const form& filter) noexcept
    {
        target_ = filter;
        kernel_.set(target_);
        fade_.finish();
        is_waiting_ = false;
    }

    /// True if each mode of one form corresponds to a mode of the other that has only moved, relative to its distance from 1.
    [[nodiscard]] static constexpr bool same_modes(const form& a, const form& b) noexcept
    {
        constexpr double farthest = 0.5;
        if (a.real_count != b.real_count || a.section_count != b.section_count) return false;
        for (int i = 0; i < a.real_count; ++i) {
            const double p = a.real[i].pole, q = b.real[i].pole;
            if (math::abs(p - q) > farthest * (1.0 - (p < q ? p : q))) return false;
        }
        for (int i = 0; i < a.section_count; ++i) {
            const typename form::section &s = a.sections[i], &t = b.sections[i];
            const double of_s = squared_distance(s), of_t = squared_distance(t), nearest = of_s < of_t ? of_s : of_t;
            const double along = s.alpha - t.alpha;
            if (s.chained != t.chained || along * along > farthest * farthest * nearest ||
                math::abs(s.gamma - t.gamma) > farthest * nearest)
                return false;
        }
        return true;
    }

    /// The product of the distances of a section's poles from 1.
    [[nodiscard]] static constexpr double squared_distance(const typename form::section& s) noexcept
    {
        return (1.0 - s.alpha) * (1.0 - s.alpha) + s.gamma;
    }

    constexpr void start(const form& filter) noexcept
    {
        next_ = kernel_;
        next_.set(filter);
        is_warming_up_ = !same_modes(target_, filter);
        if (is_warming_up_) next_.reset();
        target_ = filter;
        begin_fade(is_warming_up_ ? warm_up_time : fade_time);
    }

    constexpr void begin_fade(duration length) noexcept
    {
        const double samples = length.si * rate_.si;
        fade_.set(samples > 1.0 ? static_cast<int>(samples) : 1);
        fade_.go(before, after);
    }

    /// Processes the samples of a block in which a change is under way, and returns how many they are.
    /// Out of line: what runs without a change is to be compiled as if this was not there.
    [[gnu::noinline]] constexpr std::size_t change(std::span<T> block) noexcept
    {
        std::size_t i = 0;
        for (; i < block.size() && fade_.left() > 0; ++i) {
            const T risen = fade_.share(after, fade_.step()), x = block[i];
            const T from = kernel_(x), to = next_(is_warming_up_ ? risen * x : x);
            block[i] = is_warming_up_ ? from : from + risen * (to - from);
            if (fade_.left() == 0) go_on();
        }
        return i;
    }

    /// From the warm-up to the fade, from there to the filter that waits, if any.
    constexpr void go_on() noexcept
    {
        if (is_warming_up_) {
            is_warming_up_ = false;
            next_.take_shared_states(kernel_);
            return begin_fade(fade_time);
        }
        kernel_ = next_;
        if (!is_waiting_) return;
        is_waiting_ = false;
        start(form{waiting_});
    }

    static constexpr int before = 0, after = 1;   ///< the fade's signals

    kernel kernel_{}, next_{};
    form target_{}, waiting_{};
    frequency rate_{};
    cross_fade<T, 2, fade_shape::cubic> fade_{};   ///< of the next kernel's input, then of the outputs
    bool is_warming_up_ = false, is_waiting_ = false;
};

}   // namespace phono::inline v0_2::detail
