// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_choice.hpp>
#include <phono/kernel/block_form.hpp>
#include <phono/kernel/mode_coefficients.hpp>
#include <phono/kernel/mode_correspondence.hpp>
#include <phono/kernel/settling.hpp>
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
/// other sections run in a loop. Where `Pairs` is `Sections` there are none, and forms with chains do not fit.
template <class T, int Reals, int Sections, int Pairs>
class sample_kernel {
    /// The sections that run in a loop.
    static constexpr int looped = Pairs == Sections ? 0 : Sections;
    /// Places of states: unrolled sections come first, then real modes, then what runs in a loop.
    static constexpr int unrolled = 2 * Pairs + Reals, first_looped = block_layout<T>{unrolled}.places();
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
        direct_ = static_cast<T>(form.direct);
        real_count_ = form.real_count < Reals ? form.real_count : Reals;
        for (int i = 0; i < Reals; ++i) {
            pole_[i] = stored::of(i < real_count_ ? form.real[i].pole : 0.0);
            gain_[i] = i < real_count_ ? static_cast<T>(form.real[i].gain) : T{};
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
        reset();
        mode_correspondence<T>::take_states_in_order(*this, before);
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
        T y = direct_ * x;
        [&]<int... i>(std::integer_sequence<int, i...>) { (run_real(i, unrolled_state_[2 * Pairs + i], x, y), ...); }
        (std::make_integer_sequence<int, Reals>{});
        [&]<int... i>(std::integer_sequence<int, i...>)
        {
            (run_section(pairs_[i], unrolled_state_[2 * i], unrolled_state_[2 * i + 1], x, y), ...);
        }
        (std::make_integer_sequence<int, Pairs>{});
        if constexpr (looped > 0) {
            T before{};
            for (int i = 0; i < looped_count_; ++i)   // the states by their names: a pointer might lead to any, for all a compiler knows
                before = run_section(looped_[i], looped_state_[2 * i], looped_state_[2 * i + 1], is_chained_[i] ? before : x, y);
        }
        return y;
    }

    /// Flushes states that have decayed hundreds of decibels below audibility to zero, before they become subnormal and slow.
    constexpr void settle() noexcept
    {
        settling_.begin();
        for (state<T>& s : unrolled_state_) flush(s);
        for (int i = 0; i < 2 * looped_count_; ++i) flush(looped_state_[i]);
    }
    constexpr void settle_after(std::size_t samples) noexcept
    {
        if (settling_.is_due_after(samples)) settle();
    }

    /// The modes and where their states are.
    [[nodiscard]] constexpr T direct() const noexcept { return direct_; }
    [[nodiscard]] constexpr int real_count() const noexcept { return real_count_; }
    [[nodiscard]] constexpr real_coefficients<T> real(int i) const noexcept { return {pole_[i], gain_[i]}; }
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
        return place < first_looped ? unrolled_state_[place] : looped_state_[place - first_looped];
    }
    [[nodiscard]] constexpr const state<T>& at(int place) const noexcept
    {
        return place < first_looped ? unrolled_state_[place] : looped_state_[place - first_looped];
    }

    /// Whether channels of this filter can run in lanes, and by which sections: those that run unrolled, in use or not.
    [[nodiscard]] constexpr bool fits_lanes() const noexcept { return looped_count_ == 0; }
    [[nodiscard]] constexpr const section_coefficients<T>& lane_section(int i) const noexcept { return pairs_[i]; }
    /// Compares their coefficients with those of another filter of as many modes.
    void compare(const sample_kernel& other, math::byte_difference& differ) const noexcept
    {
        differ.add(direct_, other.direct_);
        differ.add(pole_, other.pole_);
        differ.add(gain_, other.gain_);
        if constexpr (Pairs > 0) differ.add(pairs_, other.pairs_);
    }

    /// The states of a block form: up to the last one in use.
    [[nodiscard]] constexpr int block_states() const noexcept
    {
        return looped_count_ > 0 ? first_looped + 2 * looped_count_ : looped == 0 ? unrolled : real_place(real_count_);
    }
    /// Runs a block form over the samples of whole blocks, and returns how many they are.
    std::size_t run(const block_modes& form, const state<T>* coefficients, T* samples, std::size_t count) noexcept
    {
        using choice = block_choice<T, loops>;
        if (looped == 0 || looped_count_ == 0) return choice::run(form, coefficients, samples, count, unrolled_state_);
        state<T> together[block_layout<T>{most_states}.places()];
        const int states = block_states();
        for (int i = 0; i < states; ++i) together[i] = at(i);
        const std::size_t done = choice::run(form, coefficients, samples, count, together);
        for (int i = 0; i < states; ++i) at(i) = together[i];
        return done;
    }

private:
    using stored = stored_pole<T>;
    using section_type = section_coefficients<T>;

    /// The block forms that have a loop of their own: those of usual filters.
    struct loops {
        static constexpr int most_states = most_block_states;
        static constexpr int most_turns = block_layout<T>{2 * Pairs}.vectors();
        [[nodiscard]] static constexpr bool is_compiled(int states, int turns) noexcept
        {
            constexpr int least = looped == 0 ? unrolled : unrolled - (Reals < 4 ? Reals : 4);
            return states == 0 ? turns == 0 : states >= least && states <= unrolled && turns == most_turns;
        }
    };

    constexpr void run_real(int i, state<T>& place, T x, T& y) noexcept
    {
        const T s = place;
        y += gain_[i] * s;
        place = stored::advance(pole_[i], s, x);
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

    T direct_{};
    T pole_[at_least_1(Reals)]{}, gain_[at_least_1(Reals)]{};
    state<T> unrolled_state_[in_vectors(unrolled)]{}, looped_state_[in_vectors(2 * looped)]{};
    section_type pairs_[at_least_1(Pairs)]{}, looped_[at_least_1(looped)]{};
    bool is_chained_[at_least_1(looped)]{};
    int real_count_ = 0, pair_count_ = 0, looped_count_ = 0;
    settling settling_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
