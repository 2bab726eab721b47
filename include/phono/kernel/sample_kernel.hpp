// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_choice.hpp>
#include <phono/kernel/block_form.hpp>
#include <phono/kernel/mode_coefficients.hpp>
#include <phono/kernel/mode_correspondence.hpp>
#include <phono/kernel/settling.hpp>
#include <phono/kernel/slow_modes.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/block_vector.hpp>
#include <phono/math/byte_difference.hpp>

#include <cassert>
#include <cstddef>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A filter in parallel form that runs sample by sample: its coefficients, in T, and its states.
///
/// All `Reals` real modes run, unrolled, as do `Pairs` sections that are in no chain; unused ones cost time, but contribute nothing. The
/// other sections run in a loop. Where `Pairs` is `Sections` there are none, and forms with chains do not fit. After them run slow real
/// modes, whose places among the unrolled ones are then unused.
template <class T, int Reals, int Sections, int Pairs>
class sample_kernel {
    /// The sections that run in a loop.
    static constexpr int looped = Pairs == Sections ? 0 : Sections;
    /// Places of states: unrolled sections come first, then real modes, then what runs in a loop.
    static constexpr int unrolled = 2 * Pairs + Reals, first_looped = block_layout<T>{unrolled}.places();
    /// Slow modes at most, and places for them and for sections of the loop.
    static constexpr int most_slow = Reals < slow_modes<T>::most ? Reals : slow_modes<T>::most;
    static constexpr int loop_room = looped > most_slow ? looped : most_slow;
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
        const sample_kernel before = *this;
        reals_.direct = static_cast<T>(form.direct);
        real_count_ = form.real_count < Reals ? form.real_count : Reals;
        for (int i = 0; i < Reals; ++i) {
            reals_.pole[i] = stored::of(i < real_count_ ? form.real[i].pole : 0.0);
            reals_.gain[i] = i < real_count_ ? static_cast<T>(form.real[i].gain) : T{};
        }
        for (section_type& s : pairs_) s = {};
        int pairs = 0, others = 0;
        for (int i = 0; i < form.section_count && i < Sections; ++i) {
            const auto& from = form.sections[i];
            const bool is_in_chain = from.chained || (i + 1 < form.section_count && form.sections[i + 1].chained);
            const section_type taken{from};
            if (!is_in_chain && pairs < Pairs) pairs_[pairs++] = taken;
            else if constexpr (looped > 0) {
                is_chained_[others] = from.chained;
                looped_[others++] = taken;
            }
        }
        pair_count_ = pairs, looped_count_ = others;
        take_slow_modes();
        reset();
        mode_correspondence<T>::take_states_in_order(*this, before);
        for (int i = 0; i < most_slow && i < slow_count() && i < before.slow_count(); ++i) rest(i) = before.rest(i);
    }

    /// Clears the states.
    constexpr void reset() noexcept
    {
        for (state<T>& s : unrolled_state_) s = T{};
        for (state<T>& s : looped_state_) s = T{};
    }

    /// One sample.
    constexpr T operator()(T x) noexcept
    {
        T y = reals_.direct * x;
        [&]<int... i>(std::integer_sequence<int, i...>) { (run_real(i, unrolled_state_[2 * Pairs + i], x, y), ...); }
        (std::make_integer_sequence<int, Reals>{});
        [&]<int... i>(std::integer_sequence<int, i...>)
        {
            (run_section(pairs_[i], unrolled_state_[2 * i], unrolled_state_[2 * i + 1], x, y), ...);
        }
        (std::make_integer_sequence<int, Pairs>{});
        if constexpr (loop_room > 0)
            if (has_more_) run_more(x, y);
        return y;
    }

    /// Flushes states that have decayed hundreds of decibels below audibility to zero, before they become subnormal and slow.
    constexpr void settle() noexcept
    {
        settling_.begin();
        for (state<T>& s : unrolled_state_) flush(s);
        for (int i = 0; i < 2 * looped_count_; ++i) flush(looped_state_[i]);
        for (int i = 0; i < most_slow && i < slow_count(); ++i) flush(looped_state_[2 * slow_place(i)]), flush(rest(i));
    }
    constexpr void settle_after(std::size_t samples) noexcept
    {
        if (settling_.is_due_after(samples)) settle();
    }

    /// The modes and where their states are.
    [[nodiscard]] constexpr T direct() const noexcept { return reals_.direct; }
    [[nodiscard]] constexpr int real_count() const noexcept { return real_count_; }
    [[nodiscard]] constexpr real_coefficients<T> real(int i) const noexcept
    {
        if (!is_slow_at(2 * Pairs + i)) return {reals_.pole[i], reals_.gain[i]};
        const section_type& slow_one = looped_[slow_place(i)];
        return {slow_one.alpha, slow_one.a_gain};
    }
    [[nodiscard]] constexpr int section_count() const noexcept { return pair_count_ + looped_count_; }
    [[nodiscard]] constexpr const section_coefficients<T>& section(int i) const noexcept
    {
        if constexpr (Pairs == 0) return looped_[i];
        else return i < pair_count_ ? pairs_[i] : looped_[i - pair_count_];
    }
    [[nodiscard]] constexpr bool is_chained(int i) const noexcept
    {
        if constexpr (Pairs == 0) return is_chained_[i];
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
        return place < first_looped ? unrolled_state_[place] : looped_state_[place - first_looped];
    }
    [[nodiscard]] constexpr const state<T>& at(int place) const noexcept
    {
        if (is_slow_at(place)) return looped_state_[2 * slow_place(place - 2 * Pairs)];
        return place < first_looped ? unrolled_state_[place] : looped_state_[place - first_looped];
    }

    /// Whether channels of this filter can run in lanes, and by which sections: those that run unrolled, in use or not.
    [[nodiscard]] constexpr bool fits_lanes() const noexcept { return looped_count_ == 0; }
    [[nodiscard]] constexpr const section_coefficients<T>& lane_section(int i) const noexcept { return pairs_[i]; }
    /// All states of unrolled modes side by side, in their places, and back to where they are between blocks.
    [[nodiscard]] constexpr state<T>* joined_states() noexcept
    {
        for (int i = 0; i < most_slow && i < slow_count(); ++i) unrolled_state_[2 * Pairs + i] = looped_state_[2 * slow_place(i)];
        return unrolled_state_;
    }
    constexpr void part_states() noexcept
    {
        for (int i = 0; i < most_slow && i < slow_count(); ++i) looped_state_[2 * slow_place(i)] = unrolled_state_[2 * Pairs + i];
    }
    /// Compares their coefficients with those of another filter of as many modes.
    void compare(const sample_kernel& other, math::byte_difference& differ) const noexcept
    {
        differ.add(reals_, other.reals_);
        for (int i = 0; i < most_slow && i < slow_count(); ++i) differ.add(looped_[slow_place(i)], other.looped_[slow_place(i)]);
        if constexpr (Pairs > 0) differ.add(pairs_, other.pairs_);
    }

    /// Whether some of its states have to be joined for lanes and blocks.
    [[nodiscard]] constexpr bool has_parted_states() const noexcept { return most_slow > 0 && slow_count() > 0; }
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
        T rests[in_vectors(most_states)];
        if (form.is_slow) {
            for (T& each : rests) each = T{};
            for (int i = 0; i < most_slow && i < slow_count(); ++i) rests[real_place(i)] = rest(i);
        }
        const std::size_t done = run(form, coefficients, samples, count, rests);
        for (int i = 0; i < most_slow && i < slow_count() && form.is_slow; ++i) rest(i) = rests[real_place(i)];
        return done;
    }

private:
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

    /// Takes slow real modes, as many as there is room for, for sections whose second state is the rest of the first.
    constexpr void take_slow_modes() noexcept
    {
        slow_count_ = 0;
        const int slow_modes = slow::count(*this), room = loop_room - looped_count_;
        for (int i = 0; i < slow_modes && i < most_slow && i < room; ++i) {
            looped_[slow_place(i)] = {reals_.pole[i], T{}, reals_.gain[i], T{}};
            reals_.pole[i] = stored::of(0.0), reals_.gain[i] = T{};
            ++slow_count_;
        }
        has_more_ = looped_count_ > 0 || slow_count_ > 0;
    }
    /// Loops over them end at a constant as well, since g++ unrolls them beyond their places and warns of these.
    [[nodiscard]] constexpr int slow_count() const noexcept { return slow_count_; }
    /// Whether at a place among the unrolled modes there is a slow one.
    [[nodiscard]] constexpr bool is_slow_at(int place) const noexcept
    {
        const int i = place - 2 * Pairs;
        return i >= 0 && i < most_slow && i < slow_count();
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
                before = run_section(looped_[i], looped_state_[2 * i], looped_state_[2 * i + 1], is_chained_[i] ? before : x, y);
        const auto run = [&](int i) { run_slow(looped_[i], looped_state_[2 * i], looped_state_[2 * i + 1], x, y); };
        [&]<int... i>(std::integer_sequence<int, i...>) { ((slow_count_ > i ? run(slow_place(i)) : void()), ...); }
        (std::make_integer_sequence<int, most_slow>{});
    }

    static constexpr void run_slow(const section_type& c, state<T>& place, state<T>& rest_of_it, T x, T& y) noexcept
    {
        y += c.a_gain * T(place);
        slow::advance(c.alpha, place, rest_of_it, x);
    }

    std::size_t run(const block_modes& form, const state<T>* coefficients, T* samples, std::size_t count, T* rests) noexcept
    {
        using choice = block_choice<T, loops>;
        if (looped == 0 || looped_count_ == 0) {
            const std::size_t done = choice::run(form, coefficients, samples, count, joined_states(), rests);
            part_states();
            return done;
        }
        state<T> together[block_layout<T>{most_states}.places()];
        for (int i = 0; i < form.states; ++i) together[i] = at(i);
        const std::size_t done = choice::run(form, coefficients, samples, count, together, rests);
        for (int i = 0; i < form.states; ++i) at(i) = together[i];
        return done;
    }

    constexpr void run_real(int i, state<T>& place, T x, T& y) noexcept
    {
        const T s = place;
        y += reals_.gain[i] * s;
        place = stored::advance(reals_.pole[i], s, x);
    }

    /// One section; returns its b before the sample.
    static constexpr T run_section(const section_type& c, state<T>& place_a, state<T>& place_b, T input, T& y) noexcept
    {
        const T a = place_a, b = place_b;
        y += c.a_gain * a + c.b_gain * b;
        place_a = stored::advance(c.alpha, a, input - c.gamma * b);
        place_b = stored::advance(c.alpha, b, a);
        return b;
    }

    [[nodiscard]] static constexpr int at_least_1(int n) noexcept { return n > 0 ? n : 1; }
    /// Blocks take states in whole vectors.
    [[nodiscard]] static constexpr int in_vectors(int n) noexcept
    {
        return at_least_1(math::has_block_vectors ? block_layout<T>{n}.places() : n);
    }

    /// What filters nearly always have: one object, of which few loads tell whether two have the same.
    struct reals_and_direct {
        T direct{}, pole[at_least_1(Reals)]{}, gain[at_least_1(Reals)]{};
    };

    reals_and_direct reals_{};
    state<T> unrolled_state_[in_vectors(unrolled)]{}, looped_state_[at_least_1(2 * loop_room)]{};
    section_type pairs_[at_least_1(Pairs)]{}, looped_[at_least_1(loop_room)]{};
    bool is_chained_[at_least_1(looped)]{};
    int real_count_ = 0, pair_count_ = 0, looped_count_ = 0, slow_count_ = 0;
    bool has_more_ = false;   ///< than what is unrolled
    settling settling_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
