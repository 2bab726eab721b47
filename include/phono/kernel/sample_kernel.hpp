// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/alone.hpp>
#include <phono/kernel/block_choice.hpp>
#include <phono/kernel/block_form.hpp>
#include <phono/kernel/mode_coefficients.hpp>
#include <phono/kernel/mode_correspondence.hpp>
#include <phono/kernel/mode_lanes.hpp>
#include <phono/kernel/settling.hpp>
#include <phono/kernel/slow_modes.hpp>
#include <phono/kernel/state.hpp>
#include <phono/kernel/unrolled_modes.hpp>
#include <phono/math/block_vector.hpp>
#include <phono/math/byte_difference.hpp>

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A filter in parallel form that runs sample by sample: its coefficients, in T, and its states.
///
/// All `Reals` real modes run, unrolled or in lanes, as do `Pairs` sections that are in no chain; unused ones cost time, but contribute
/// nothing. The other sections run in a loop. Where `Pairs` is `Sections` there are none, and forms with chains do not fit. After them run
/// slow real modes that have no rests in lanes; their places among the unrolled ones are then unused.
template <class T, int Reals, int Sections, int Pairs>
class sample_kernel {
    using unrolled_type = std::conditional_t<run_in_lanes<T>, mode_lanes<T, Reals, Pairs>, unrolled_modes<T, Reals, Pairs>>;
    /// The sections that run in a loop.
    static constexpr int looped = Pairs == Sections ? 0 : Sections;
    /// Places of states: unrolled sections come first, then real modes, then what runs in a loop.
    static constexpr int unrolled = unrolled_type::places, first_looped = block_layout<T>{unrolled}.places();
    /// Slow modes that run apart at most, and places for them and for sections of the loop.
    static constexpr int most_slow = Reals < slow_modes<T>::most ? Reals : slow_modes<T>::most;
    static constexpr int most_apart = unrolled_type::has_rests ? 0 : most_slow;
    static constexpr int loop_room = looped > most_apart ? looped : most_apart;
    static constexpr int most_states = looped > 0 ? first_looped + 2 * looped : unrolled;
    /// Two sections more than usual are computed in blocks.
    static constexpr int most_block_states = [] {
        const int enough = most_states < first_looped + 4 ? most_states : first_looped + 4;
        return enough < block_layout<T>::most_states ? enough : block_layout<T>::most_states;
    }();

public:
    using sample = T;

    static constexpr bool is_unrolled = true;
    static constexpr int real_modes = Reals, pair_modes = Pairs;
    /// Room for the block forms of most filters that the kernel holds. Others, of many states or long chains, run sample by sample.
    static constexpr int block_room =
        block_layout<T>{most_block_states, block_layout<T>{looped > 0 ? most_block_states : 2 * Pairs}.vectors()}.size(looped > 1 ? 2 : 0);

    /// True if a form has no more modes than there are places for.
    [[nodiscard]] static constexpr bool holds(const auto& form) noexcept
    {
        if (form.real_count > Reals || form.section_count > Sections) return false;
        for (int i = 0; i < form.section_count && looped == 0; ++i)
            if (form.sections[i].chained) return false;
        return true;
    }

    /// Takes the coefficients of a form that the kernel holds; the states of its modes are kept.
    constexpr void set(const auto& form) noexcept
    {
        assert(holds(form));
        sample_kernel before = *this;
        if constexpr (unrolled_type::has_rests) before.unrolled_.take_in_rests();
        before.renew_bases();
        unrolled_.set_direct(static_cast<T>(form.direct));
        real_count_ = form.real_count < Reals ? form.real_count : Reals;
        for (int i = 0; i < Reals; ++i) {
            if (i < real_count_) unrolled_.set_real(i, {stored::of(form.real[i].pole), static_cast<T>(form.real[i].gain)});
            else unrolled_.set_real(i, {});
        }
        for (int i = 0; i < Pairs; ++i) unrolled_.set_section(i, {});
        int pairs = 0, others = 0;
        for (int i = 0; i < form.section_count && i < Sections; ++i) {
            const auto& from = form.sections[i];
            const bool is_in_chain = from.chained || (i + 1 < form.section_count && form.sections[i + 1].chained);
            const section_type taken{from};
            if (!is_in_chain && pairs < Pairs) unrolled_.set_section(pairs++, taken);
            else if constexpr (looped > 0) {
                is_chained_[others] = from.chained;
                looped_[others++] = taken;
            }
        }
        pair_count_ = pairs, looped_count_ = others;
        take_slow_modes();
        reset();
        mode_correspondence<T>::take_states_in_order(*this, before);
        for (int i = 0; i < most_apart && i < slow_count() && i < before.slow_count(); ++i) rest(i) = before.rest(i);
        renew_bases();
    }

    /// Clears the states.
    constexpr void reset() noexcept
    {
        unrolled_.reset();
        for (state<T>& s : looped_state_) s = T{};
        renew_bases();
    }

    /// One sample.
    [[gnu::always_inline]] constexpr T operator()(T x) noexcept
    {
        T y = unrolled_(x);
        if constexpr (loop_room > 0)
            if (has_more_) run_more(x, y);
        return y;
    }

    /// Flushes states that have decayed hundreds of decibels below audibility to zero, before they become subnormal and slow.
    constexpr void settle() noexcept
    {
        settling_.begin();
        unrolled_.settle();
        for (int i = 0; i < 2 * looped_count_; ++i) flush(looped_state_[i]);
        for (int i = 0; i < most_apart && i < slow_count(); ++i) flush(looped_state_[2 * slow_place(i)]), flush(rest(i));
        renew_bases();
    }
    constexpr void settle_after(std::size_t samples) noexcept
    {
        if (settling_.is_due_after(samples)) settle();
    }

    /// The modes and where their states are.
    [[nodiscard]] constexpr T direct() const noexcept { return unrolled_.direct(); }
    [[nodiscard]] constexpr int real_count() const noexcept { return real_count_; }
    [[nodiscard]] constexpr real_coefficients<T> real(int i) const noexcept
    {
        if (!is_slow_at(2 * Pairs + i)) return unrolled_.real(i);
        const section_type& slow_one = looped_[slow_place(i)];
        return {slow_one.alpha, slow_one.a_gain};
    }
    [[nodiscard]] constexpr int section_count() const noexcept { return pair_count_ + looped_count_; }
    [[nodiscard]] constexpr section_coefficients<T> section(int i) const noexcept
    {
        if constexpr (looped == 0) return unrolled_.section(i);
        else if constexpr (Pairs == 0) return looped_[i];
        else return i < pair_count_ ? section_type{unrolled_.section(i)} : looped_[i - pair_count_];
    }
    [[nodiscard]] constexpr bool is_chained([[maybe_unused]] int i) const noexcept
    {
        if constexpr (looped == 0) return false;
        else if constexpr (Pairs == 0) return is_chained_[i];
        else return i >= pair_count_ && is_chained_[i - pair_count_];
    }
    [[nodiscard]] constexpr int real_place(int i) const noexcept { return 2 * Pairs + i; }
    [[nodiscard]] constexpr int section_place(int i) const noexcept
    {
        return i < pair_count_ ? 2 * i : first_looped + 2 * (i - pair_count_);
    }
    [[nodiscard]] constexpr state<T>& at(int place) noexcept
    {
        if (is_slow_at(place)) return looped_state_[2 * slow_place(place - 2 * Pairs)];
        return looped == 0 || place < first_looped ? unrolled_.states()[place] : looped_state_[place - first_looped];
    }
    [[nodiscard]] constexpr const state<T>& at(int place) const noexcept
    {
        if (is_slow_at(place)) return looped_state_[2 * slow_place(place - 2 * Pairs)];
        return looped == 0 || place < first_looped ? unrolled_.states()[place] : looped_state_[place - first_looped];
    }

    /// Whether channels of this filter can run in lanes, and by which sections: those that run unrolled, in use or not.
    [[nodiscard]] constexpr bool fits_lanes() const noexcept { return looped_count_ == 0; }
    [[nodiscard]] constexpr section_coefficients<T> lane_section(int i) const noexcept { return unrolled_.section(i); }
    /// All states of unrolled modes side by side, in their places, and back to where they are between blocks.
    [[nodiscard]] constexpr state<T>* joined_states() noexcept
    {
        if constexpr (unrolled_type::has_rests) unrolled_.take_in_rests();
        return join_states();
    }
    constexpr void part_states() noexcept
    {
        for (int i = 0; i < most_apart && i < slow_count(); ++i) looped_state_[2 * slow_place(i)] = unrolled_.states()[2 * Pairs + i];
        start_from_bases();
    }
    /// Compares their coefficients with those of another filter of as many modes.
    void compare(const sample_kernel& other, math::byte_difference& differ) const noexcept
    {
        unrolled_.compare(other.unrolled_, differ);
        for (int i = 0; i < most_apart && i < slow_count(); ++i) {
            const section_type &one = looped_[slow_place(i)], &another = other.looped_[slow_place(i)];
            differ.add(one.alpha, another.alpha), differ.add(one.a_gain, another.a_gain);
        }
    }

    /// Whether some of its states have to be joined for lanes and blocks.
    [[nodiscard]] constexpr bool has_parted_states() const noexcept { return most_apart > 0 && slow_count() > 0; }
    /// The states of a block form: up to the last one in use.
    [[nodiscard]] constexpr int block_states() const noexcept
    {
        if (looped_count_ > 0) return first_looped + 2 * looped_count_;
        if (looped == 0) return unrolled;
        const int states = real_place(real_count_);   // at higher rates, where modes are slow, filters have a guard pole less
        return states < unrolled - 1 && slow::are_in_blocks(*this) ? unrolled - 1 : states;
    }
    /// Runs a block form over the samples of whole blocks, and returns how many they are.
    std::size_t run(const block_modes& form, const state<T>* coefficients, T* samples, std::size_t count) noexcept
    {
        if (form.is_slow) return run_slow_form(form, coefficients, samples, count);
        if constexpr (unrolled_type::has_rests) unrolled_.take_in_rests();
        return run(form, coefficients, samples, count, nullptr);
    }

private:
    [[gnu::noinline]] std::size_t run_slow_form(const block_modes& form, const state<T>* coefficients, T* samples,
                                                std::size_t count) noexcept
    {
        renew_bases();
        T rests[in_vectors(most_states)];
        for (T& each : rests) each = T{};
        if constexpr (unrolled_type::has_rests) unrolled_.rests_to(rests);
        for (int i = 0; i < most_apart && i < slow_count(); ++i) rests[real_place(i)] = rest(i);
        const std::size_t done = run(form, coefficients, samples, count, rests);
        if constexpr (unrolled_type::has_rests) unrolled_.rests_from(rests);
        for (int i = 0; i < most_apart && i < slow_count(); ++i) rest(i) = rests[real_place(i)];
        renew_bases();
        return done;
    }

    using stored = stored_pole<T>;
    using slow = slow_modes<T>;
    using section_type = section_coefficients<T>;

    /// The block forms that have a loop of their own: those of usual filters.
    struct loops {
        static constexpr int most_states = most_block_states;
        static constexpr int most_turns = block_layout<T>{2 * Pairs}.vectors();
        [[nodiscard]] static constexpr bool is_compiled(int states, int turns, bool is_slow) noexcept
        {
            if (is_slow) return most_slow > 0 && (states == unrolled || states == unrolled - 1) && turns == most_turns;
            constexpr int least = looped == 0 ? unrolled : unrolled - (Reals < 4 ? Reals : 4);
            return states == 0 ? turns == 0 : states >= least && states <= unrolled && turns == most_turns;
        }
    };

    /// Slow real modes have rests in lanes or, as many as there is room for, run apart, as run_slow() tells.
    constexpr void take_slow_modes() noexcept
    {
        slow_count_ = 0;
        const int slow_modes = slow::count(*this), room = loop_room - looped_count_;
        if constexpr (unrolled_type::has_rests) unrolled_.hold_rests(slow_modes);
        for (int i = 0; i < slow_modes && i < most_apart && i < room; ++i) {
            const real_coefficients<T> c = unrolled_.real(i);
            looped_[slow_place(i)] = {c.pole, T{}, c.gain, T{}};
            unrolled_.set_real(i, {});
            ++slow_count_;
        }
        has_more_ = looped_count_ > 0 || slow_count_ > 0;
    }
    /// Slow modes that run apart join the others. While only blocks run they are as they were left: to write one would keep a processor
    /// waiting that then loads a vector of them.
    [[nodiscard]] constexpr state<T>* join_states() noexcept
    {
        renew_bases();
        state<T>* const states = unrolled_.states();
        for (int i = 0; i < most_apart && i < slow_count(); ++i) {
            const state<T> slow_one = looped_state_[2 * slow_place(i)];
            if (!states[2 * Pairs + i].is_same(slow_one)) states[2 * Pairs + i] = slow_one;
        }
        return states;
    }
    /// Loops over them end at a constant as well, since g++ unrolls them beyond their places and warns of these.
    [[nodiscard]] constexpr int slow_count() const noexcept { return slow_count_; }
    /// Whether at a place among the unrolled modes there is a slow one.
    [[nodiscard]] constexpr bool is_slow_at(int place) const noexcept
    {
        const int i = place - 2 * Pairs;
        return i >= 0 && i < most_apart && i < slow_count();
    }
    /// They come from the end, where a compiler knows their places.
    [[nodiscard]] static constexpr int slow_place(int i) noexcept { return loop_room - 1 - i; }
    [[nodiscard]] constexpr state<T>& rest(int i) noexcept { return looped_state_[2 * slow_place(i) + 1]; }
    [[nodiscard]] constexpr const state<T>& rest(int i) const noexcept { return looped_state_[2 * slow_place(i) + 1]; }

    /// What is not unrolled. The states by their names: a pointer might lead to any, for all that a compiler knows.
    [[gnu::always_inline]] constexpr void run_more(T x, T& y) noexcept
    {
        T before{};
        if constexpr (looped > 0)
            for (int i = 0; i < looped_count_; ++i)
                before = unrolled_modes<T, 0, 0>::run_section(looped_[i], looped_state_[2 * i], looped_state_[2 * i + 1],
                                                              is_chained_[i] ? before : x, y);
        if (slow_count_ == 0) return;
        if (until_renewed_-- == 0) renew_bases();
        const auto run = [&](int i) { run_slow(looped_[i], looped_state_[2 * i + 1], x, y); };
        [&]<int... i>(std::integer_sequence<int, i...>) { ((slow_count_ > i ? run(slow_place(i)) : void()), ...); }
        (std::make_integer_sequence<int, most_apart>{});
    }

    /// A slow mode that runs apart has a state in two numbers as in block_loops: for some samples one of them, the base, stays. What it
    /// contributes to the output and, as a drift, to the other one, the change, is computed once. So it is a section whose second state
    /// is 1: the change is the first one, b_gain what the base contributes to the output and -gamma the drift.
    static constexpr void run_slow(const section_type& c, state<T>& place_of_change, T x, T& y) noexcept
    {
        const T change = place_of_change;
        y += c.a_gain * change + c.b_gain;
        place_of_change = alone(stored::advance(c.alpha, change, x - c.gamma));
    }
    /// Adds what has changed to the bases. What rounding cuts off has changed as well.
    constexpr void renew_bases() noexcept
    {
        until_renewed_ = based - 1;
        for (int i = 0; i < most_apart && i < slow_count(); ++i) {
            section_type& c = looped_[slow_place(i)];
            state<T>& base = looped_state_[2 * slow_place(i)];
            const T before = base, change = rest(i), sum = before + change;
            rest(i) = change - (sum - before);
            base = sum;
            c.gamma = static_cast<T>(-stored::from_1(c.alpha)) * sum;
            c.b_gain = c.a_gain * sum;
        }
    }

    /// Goes on from bases that were written.
    constexpr void start_from_bases() noexcept
    {
        for (int i = 0; i < most_apart && i < slow_count(); ++i) rest(i) = T{};
        renew_bases();
    }

    std::size_t run(const block_modes& form, const state<T>* coefficients, T* samples, std::size_t count, T* rests) noexcept
    {
        using choice = block_choice<T, loops>;
        if (looped > 0 && looped_count_ > 0) {
            renew_bases();
            const std::size_t done = run_together(form, coefficients, samples, count, rests);
            start_from_bases();
            return done;
        }
        const std::size_t done = choice::run(form, coefficients, samples, count, join_states(), rests);
        part_states();
        return done;
    }

    [[gnu::noinline]] std::size_t run_together(const block_modes& form, const state<T>* coefficients, T* samples, std::size_t count,
                                               T* rests) noexcept
    {
        state<T> together[block_layout<T>{most_states}.places()];
        for (int i = 0; i < form.states; ++i) together[i] = at(i);
        const std::size_t done = block_choice<T, loops>::run(form, coefficients, samples, count, together, rests);
        for (int i = 0; i < form.states; ++i) at(i) = together[i];
        return done;
    }

    [[nodiscard]] static constexpr int at_least_1(int n) noexcept { return n > 0 ? n : 1; }
    /// Blocks take states in whole vectors.
    [[nodiscard]] static constexpr int in_vectors(int n) noexcept
    {
        return at_least_1(math::has_block_vectors ? block_layout<T>{n}.places() : n);
    }

    unrolled_type unrolled_{};
    state<T> looped_state_[at_least_1(2 * loop_room)]{};
    section_type looped_[at_least_1(loop_room)]{};
    bool is_chained_[at_least_1(looped)]{};
    int real_count_ = 0, pair_count_ = 0, looped_count_ = 0, slow_count_ = 0;
    static constexpr int based = 64;   ///< samples
    bool has_more_ = false;            ///< than what is unrolled
    std::uint8_t until_renewed_ = 0;   ///< samples for which the bases stay
    settling settling_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
