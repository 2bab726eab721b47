// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_kernel.hpp>
#include <phono/kernel/channel_lanes.hpp>
#include <phono/kernel/cross_fade.hpp>
#include <phono/kernel/kernel_size.hpp>
#include <phono/kernel/mode_correspondence.hpp>
#include <phono/kernel/mode_response.hpp>
#include <phono/kernel/parallel_form.hpp>
#include <phono/kernel/retuning_room.hpp>
#include <phono/kernel/sized_modes.hpp>
#include <phono/units.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

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
///
/// All filters share one room: what the one that plays leaves is that of its block form or, while a change is under way and samples are
/// computed one by one, of the next filter and, at the end, of the coefficients of the one that waits. There is enough for three filters of
/// `size.usual` states. Larger ones play as well. Where three are too many, the one that should wait is refused, to be asked for again once
/// the change under way has ended; where two are, a change is made at once, with the step in the output that a fade avoids. A block form for
/// which there is no room is computed in every longer block anew.
template <class T, kernel_size size>
class retuning_kernel {
    static constexpr int room = retuning_room<T, size>;
    using kernel = sized_modes<T, room, chain_bits<size.sections>>;
    using counts = typename kernel::counts;
    using modes = typename kernel::modes;
    using const_modes = typename kernel::const_modes;
    using correspondence = mode_correspondence<T>;

public:
    static constexpr duration warm_up_time{50e-3}, fade_time{25e-3};

    /// True if the kernel has room for all of a filter's modes.
    [[nodiscard]] static constexpr bool holds(const parallel_form& filter) noexcept { return kernel::holds(filter); }

    /// Changes to a filter at once, at a sampling rate up to 1 MHz.
    constexpr void set(const parallel_form& filter, frequency rate) noexcept
    {
        const double samples = warm_up_time.si * rate.si;
        warm_up_ = samples > 2.0 ? static_cast<std::uint16_t>(samples) : std::uint16_t{2};
        playing_.set(filter);
        settle_in();
    }

    /// Starts the change to a filter: now, or once the filter asked for before is reached. False if there is no room to keep it until then:
    /// the change under way is then the last that is asked for, until the caller asks again after it.
    [[nodiscard]] constexpr bool retune(const parallel_form& filter) noexcept
    {
        const counts asked{filter};
        if (is_changing()) return wait_for(filter, asked);
        playing_.part_no_states();
        if (playing_.spare_count() < asked.numbers()) {
            playing_.set(filter);
            settle_in();
            return true;
        }
        use_ = use{change_under_way{asked, {}}};
        next().set(filter);
        is_waiting_ = false;
        start();
        return true;
    }

    [[nodiscard]] constexpr bool is_changing() const noexcept { return left_ > 0; }

    constexpr void reset() noexcept
    {
        if (is_changing()) {
            if (is_waiting_) playing_.take(use_.change.waiting, waiting_coefficients());
            else playing_.move_from(next());
        }
        playing_.reset();
        settle_in();
    }

    /// The response of the filter asked for last, as it runs once reached, at a frequency in radians per sample.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        if (!is_changing()) return response_of(playing_, angle);
        if (!is_waiting_) return response_of(const_modes{use_.change.next, playing_.spare()}, angle);
        const int places = use_.change.waiting.places();   // of states, which are not there
        return response_of(const_modes{use_.change.waiting, waiting_coefficients() - places}, angle);
    }

    /// Whether it plays one filter of few modes, of which usual_sample() computes a sample.
    [[nodiscard]] constexpr bool is_usual() const noexcept { return !is_changing() && playing_.is_usual(); }
    [[gnu::always_inline]] constexpr T usual_sample(T x) noexcept { return playing_.usual_sample(x); }

    constexpr T operator()(T x) noexcept
    {
        if (!is_changing()) return playing_(x);
        T y = x;
        change({&y, 1});
        return y;
    }

    constexpr void process(std::span<T> block) noexcept
    {
        const bool is_steady = !is_changing();
        if (is_steady && block.size() < shortest_block) process_few(playing_, block);
        else if (is_steady && use_.blocks.is_set() && is_whole_part(block.size()))
            playing_.run(use_.blocks, playing_.own().states() + use_.blocks.first, block.data(), block.size());
        else process_any(block);
    }

private:
    friend struct kernel_access;
    constexpr kernel* modes_alone() noexcept { return is_changing() ? nullptr : &playing_; }

    /// The next filter lies behind the one that plays, the coefficients of the one that waits at the end.
    [[nodiscard]] constexpr modes next() noexcept { return {use_.change.next, playing_.spare()}; }
    [[nodiscard]] constexpr state<T>* waiting_coefficients() noexcept
    {
        return playing_.spare() + (playing_.spare_count() - use_.change.waiting.coefficients());
    }
    [[nodiscard]] constexpr const state<T>* waiting_coefficients() const noexcept
    {
        return playing_.spare() + (playing_.spare_count() - use_.change.waiting.coefficients());
    }

    /// Keeps a filter until the change under way has ended, in place of any that waited; false if there is no room for it.
    constexpr bool wait_for(const parallel_form& filter, const counts& asked) noexcept
    {
        const int with_next = playing_.spare_count() - use_.change.next.numbers(), without_playing = room - use_.change.next.numbers();
        is_waiting_ = with_next >= asked.coefficients() && without_playing >= asked.numbers();
        if (!is_waiting_) return false;
        use_.change.waiting = asked;
        modes{asked, waiting_coefficients() - asked.places()}.set(filter);
        return true;
    }

    /// Both move towards the start, if at all.
    constexpr void let_next_be_the_waiting() noexcept
    {
        const state<T>* const coefficients = waiting_coefficients();
        use_.change.next = use_.change.waiting;
        next().set(coefficients);
        is_waiting_ = false;
    }

    /// Runs the filter alone from now on.
    constexpr void settle_in() noexcept
    {
        left_ = 0;
        is_waiting_ = false;
        use_ = use{};
        playing_.part_no_states();
        if constexpr (!math::has_block_vectors) playing_.part_slow_states(0);
        else {
            block_form<T> form{playing_, playing_.block_states()};
            const bool fits = form.modes().is_set() && form.size() + playing_.least_changes() <= playing_.spare_count();
            const int first = playing_.own().counts().numbers();   // of the form, among the numbers
            playing_.part_slow_states(fits ? form.size() : 0, fits ? first + form.unused_place() : -1);
            if (!fits) return;
            form.compute(playing_, playing_.spare());
            use_.blocks = form.modes();
            static_assert(block_layout<T>::most_states + 1 + 2 * block_layout<T>::most_states <= 255);   // its numbers
            use_.blocks.first = static_cast<std::uint8_t>(playing_.spare() - playing_.own().states());
        }
    }

    /// A block in which a change is under way, or that has parts or a rest.
    [[gnu::noinline]] constexpr void process_any(std::span<T> block) noexcept
    {
        if (is_changing()) block = block.subspan(change(block));
        process_parts(playing_, block, [this](auto* samples, std::size_t count) { return run_blocks(samples, count); });
    }

    std::size_t run_blocks(T* samples, std::size_t count) noexcept
    {
        if (use_.blocks.is_set()) return playing_.run(use_.blocks, playing_.spare(), samples, count);
        return run_large_blocks(samples, count);
    }

    /// By a block form that is computed first, where that pays.
    [[gnu::noinline]] std::size_t run_large_blocks(T* samples, std::size_t count) noexcept
    {
        constexpr int most = size.most < kernel::most_block_states ? size.most : kernel::most_block_states;
        constexpr block_layout<T> largest{kernel::loops::rounded(most), block_layout<T>{most}.vectors()};
        constexpr std::size_t worth_computing = 32;
        block_form<T> form{playing_, playing_.block_states()};
        const bool pays = count >= worth_computing * static_cast<std::size_t>(1 + form.links() / 2);
        if (!form.modes().is_set() || form.size() > largest.size(most) || !pays) return 0;
        state<T> coefficients[largest.size(most)];
        form.compute(playing_, coefficients);
        return playing_.run(form.modes(), coefficients, samples, count);
    }

    /// Starts the change to the next filter, which takes over the states of the present one.
    constexpr void start() noexcept
    {
        modes to = next();
        to.reset();
        is_warming_up_ = !correspondence::are_near(playing_, to);
        if (!is_warming_up_) correspondence::take_states_in_order(to, playing_);
        begin_fade();
    }

    constexpr void begin_fade() noexcept { left_ = static_cast<std::uint16_t>(length()); }
    [[nodiscard]] constexpr int length() const noexcept { return is_warming_up_ ? warm_up_ : warm_up_ / 2; }

    /// Processes the samples of a block in which a change is under way, and returns how many they are.
    /// Out of line: what runs without a change is to be compiled as if this was not there.
    [[gnu::noinline]] constexpr std::size_t change(std::span<T> block) noexcept
    {
        std::size_t i = 0;
        while (i < block.size() && is_changing()) {
            modes to = next();
            const int whole = length();
            for (; i < block.size() && left_ > 0; ++i) {
                const T risen = static_cast<T>(fade_progress<fade_shape::cubic>(--left_, whole)), x = block[i];
                const T from = playing_(x), reached = to(is_warming_up_ ? risen * x : x);
                block[i] = is_warming_up_ ? from : from + risen * (reached - from);
            }
            if (left_ == 0) go_on();
        }
        return i;
    }

    /// From the warm-up to the fade, from there to the filter that waits, if any.
    constexpr void go_on() noexcept
    {
        if (is_warming_up_) {
            is_warming_up_ = false;
            modes to = next();
            correspondence::take_shared_states(to, playing_);
            return begin_fade();
        }
        if (!is_waiting_) {
            playing_.move_from(next());
            return settle_in();
        }
        playing_.move_from(next());
        let_next_be_the_waiting();
        start();
    }

    struct change_under_way {
        counts next{}, waiting{};
    };
    union use {
        block_modes blocks;
        change_under_way change;

        constexpr use() noexcept : blocks{} {}
        constexpr explicit use(const change_under_way& begun) noexcept : change{begun} {}
    };

    [[no_unique_address]] kernel playing_{};   // so that what follows may use the rest of its last word
    bool is_warming_up_ : 1 = false, is_waiting_ : 1 = false;
    use use_{};
    std::uint16_t warm_up_ = 2;   ///< samples; a fade of the outputs takes half as long
    std::uint16_t left_ = 0;      ///< samples of the fade of the next filter's input, then of the outputs; 0 without a change
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
