// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_kernel.hpp>
#include <phono/kernel/channel_lanes.hpp>
#include <phono/kernel/cross_fade.hpp>
#include <phono/kernel/parallel_form.hpp>
#include <phono/kernel/sample_kernel.hpp>
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
    using kernel = sample_kernel<T, Reals, Sections, 0, false>;   // most slots are unused

public:
    static constexpr duration warm_up_time{50e-3}, fade_time{25e-3};

    /// True if the kernel has slots for all of a filter's modes.
    [[nodiscard]] static constexpr bool holds(const parallel_form& filter) noexcept { return kernel::holds(filter); }

    /// Changes to a filter at once, at a sampling rate up to 1 MHz.
    constexpr void set(const parallel_form& filter, frequency rate) noexcept
    {
        rate_ = rate;
        kernel_.set(filter);
        settle_in();
    }

    /// Starts the change to a filter: now, or once the filter asked for before is reached.
    constexpr void retune(const parallel_form& filter) noexcept
    {
        if (is_changing()) {
            is_waiting_ = true;
            return use_.change.waiting.set(filter);
        }
        kernel next = kernel_;
        next.set(filter);
        use_ = use{change_under_way{next, {}}};
        start();
    }

    constexpr void reset() noexcept
    {
        if (is_changing()) kernel_ = is_waiting_ ? use_.change.waiting : use_.change.next;
        kernel_.reset();
        settle_in();
    }

    /// The response of the filter asked for last, as it runs once reached, at a frequency in radians per sample.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        const kernel& reached = !is_changing() ? kernel_ : is_waiting_ ? use_.change.waiting : use_.change.next;
        return reached.response(angle);
    }

    constexpr T operator()(T x) noexcept
    {
        if (!is_changing()) return kernel_(x);
        T y = x;
        change({&y, 1});
        return y;
    }

    constexpr void process(std::span<T> block) noexcept
    {
        if (is_changing()) block = block.subspan(change(block));
        if (!block.empty()) detail::process(kernel_, use_.blocks, block);
    }

private:
    friend struct kernel_access;
    constexpr kernel* modes_alone() noexcept { return is_changing() ? nullptr : &kernel_; }

    [[nodiscard]] constexpr bool is_changing() const noexcept { return fade_.left() > 0; }

    /// Runs the kernel alone from now on.
    constexpr void settle_in() noexcept
    {
        fade_.finish();
        is_waiting_ = false;
        use_ = use{};
        fill(use_.blocks, kernel_);
    }

    /// Starts the change to the next kernel, which has the states of the present one.
    constexpr void start() noexcept
    {
        is_warming_up_ = !kernel_.has_modes_near(use_.change.next);
        if (is_warming_up_) use_.change.next.reset();
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
        for (; i < block.size() && is_changing(); ++i) {
            const T risen = fade_.share(after, fade_.step()), x = block[i];
            const T from = kernel_(x), to = use_.change.next(is_warming_up_ ? risen * x : x);
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
            use_.change.next.take_shared_states(kernel_);
            return begin_fade(fade_time);
        }
        kernel_ = use_.change.next;
        if (!is_waiting_) return settle_in();
        is_waiting_ = false;
        use_.change.next.set(use_.change.waiting);
        start();
    }

    static constexpr int before = 0, after = 1;   ///< the fade's signals

    struct change_under_way {
        kernel next{}, waiting{};   ///< of the one that waits, coefficients only
    };
    /// While a change is under way samples are computed one by one, so that the block form and the other kernels share their place.
    union use {
        block_form_of<kernel> blocks;
        change_under_way change;

        constexpr use() noexcept : blocks{} {}
        constexpr explicit use(const change_under_way& begun) noexcept : change{begun} {}
    };

    kernel kernel_{};
    use use_{};
    frequency rate_{};
    cross_fade<T, 2, fade_shape::cubic> fade_{};   ///< of the next kernel's input, then of the outputs
    bool is_warming_up_ = false, is_waiting_ = false;
};

}   // namespace phono::inline v0_2::detail
