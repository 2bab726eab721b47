// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/alone.hpp>
#include <phono/kernel/based_lanes.hpp>
#include <phono/kernel/block_choice.hpp>
#include <phono/kernel/block_form.hpp>
#include <phono/kernel/mode_coefficients.hpp>
#include <phono/kernel/mode_correspondence.hpp>
#include <phono/kernel/mode_lanes.hpp>
#include <phono/kernel/settling.hpp>
#include <phono/kernel/slow_modes.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/byte_difference.hpp>

#include <cassert>
#include <cstddef>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A filter in parallel form that runs sample by sample: its coefficients, in T, and its states.
///
/// All `Reals` real modes run in lanes, as do `Pairs` sections that are in no chain; unused ones cost time, but contribute nothing. The other
/// sections run in a loop. Where `Pairs` is `Sections` there are none, and forms with chains do not fit.
template <class T, int Reals, int Sections, int Pairs>
class sample_kernel {
    using lanes = std::conditional_t<run_in_mode_lanes<T>, mode_lanes<T, Reals, Pairs>, based_lanes<T, Reals, Pairs>>;
    /// The sections that run in a loop.
    static constexpr int looped = Pairs == Sections ? 0 : Sections;
    /// Places of states: sections in lanes come first, then real modes, then what runs in a loop.
    static constexpr int in_lanes = lanes::places, first_looped = block_layout<T>{in_lanes}.places();
    static constexpr int most_states = looped > 0 ? first_looped + 2 * looped : in_lanes;
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
        const lanes parted = lanes_;
        before.lanes_.joined_states();
        lanes_.set_direct(static_cast<T>(form.direct));
        real_count_ = form.real_count < Reals ? form.real_count : Reals;
        for (int i = 0; i < Reals; ++i) {
            if (i < real_count_) lanes_.set_real(i, {stored_pole<T>::of(form.real[i].pole), static_cast<T>(form.real[i].gain)});
            else lanes_.set_real(i, {});
        }
        for (int i = 0; i < Pairs; ++i) lanes_.set_section(i, {});
        int pairs = 0, others = 0;
        for (int i = 0; i < form.section_count && i < Sections; ++i) {
            const auto& from = form.sections[i];
            const bool is_in_chain = from.chained || (i + 1 < form.section_count && form.sections[i + 1].chained);
            const section_type taken{from};
            if (!is_in_chain && pairs < Pairs) lanes_.set_section(pairs++, taken);
            else if constexpr (looped > 0) {
                is_chained_[others] = from.chained;
                looped_[others++] = taken;
            }
        }
        pair_count_ = pairs, looped_count_ = others;
        lanes_.hold_rests(slow_modes<T>::count(*this));
        reset();
        mode_correspondence<T>::take_states_in_order(*this, before);
        lanes_.part_as(parted);
    }

    /// Clears the states.
    constexpr void reset() noexcept
    {
        lanes_.reset();
        for (state<T>& s : looped_state_) s = T{};
    }

    /// One sample.
    [[gnu::always_inline]] constexpr T operator()(T x) noexcept
    {
        T y = lanes_(x);
        if constexpr (looped > 0)
            if (looped_count_ > 0) run_looped(x, y);
        return y;
    }

    /// Flushes states that have decayed hundreds of decibels below audibility to zero, before they become subnormal and slow.
    constexpr void settle() noexcept
    {
        settling_.begin();
        lanes_.settle();
        for (int i = 0; i < 2 * looped_count_; ++i) flush(looped_state_[i]);
    }
    constexpr void settle_after(std::size_t samples) noexcept
    {
        if (settling_.is_due_after(samples)) settle();
    }

    /// The modes and where their states are.
    [[nodiscard]] constexpr T direct() const noexcept { return lanes_.direct(); }
    [[nodiscard]] constexpr int real_count() const noexcept { return real_count_; }
    [[nodiscard]] constexpr real_coefficients<T> real(int i) const noexcept { return lanes_.real(i); }
    [[nodiscard]] constexpr int section_count() const noexcept { return pair_count_ + looped_count_; }
    [[nodiscard]] constexpr section_coefficients<T> section(int i) const noexcept
    {
        if constexpr (looped == 0) return lanes_.section(i);
        else if constexpr (Pairs == 0) return looped_[i];
        else return i < pair_count_ ? section_type{lanes_.section(i)} : looped_[i - pair_count_];
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
    /// Of states that are joined.
    [[nodiscard]] constexpr state<T>& at(int place) noexcept
    {
        return looped == 0 || place < first_looped ? lanes_.states()[place] : looped_state_[place - first_looped];
    }
    [[nodiscard]] constexpr const state<T>& at(int place) const noexcept
    {
        return looped == 0 || place < first_looped ? lanes_.states()[place] : looped_state_[place - first_looped];
    }

    /// Whether channels of this filter can run in lanes, and by which sections: those in lanes, in use or not.
    [[nodiscard]] constexpr bool fits_lanes() const noexcept { return looped_count_ == 0; }
    [[nodiscard]] constexpr section_coefficients<T> lane_section(int i) const noexcept { return lanes_.section(i); }
    /// All states in lanes side by side, in their places.
    [[nodiscard]] constexpr state<T>* joined_states() noexcept { return lanes_.joined_states(); }
    /// Compares their coefficients with those of another filter of as many modes.
    void compare(const sample_kernel& other, math::byte_difference& differ) const noexcept { lanes_.compare(other.lanes_, differ); }

    /// The states of a block form: up to the last one in use.
    [[nodiscard]] constexpr int block_states() const noexcept
    {
        if (looped_count_ > 0) return first_looped + 2 * looped_count_;
        if (looped == 0) return in_lanes;
        const int states = real_place(real_count_);   // at higher rates, where modes are slow, filters have a guard pole less
        return states < in_lanes - 1 && slow_modes<T>::are_in_blocks(*this) ? in_lanes - 1 : states;
    }
    /// Runs a block form over the samples of whole blocks, and returns how many they are.
    std::size_t run(const block_modes& form, const state<T>* coefficients, T* samples, std::size_t count) noexcept
    {
        if (looped > 0 && looped_count_ > 0) return run_together(form, coefficients, samples, count);
        if (form.is_slow || slow_modes<T>::blocks_feed_back) return run_parted(form, coefficients, samples, count);
        return block_choice<T, loops>::run(form, coefficients, samples, count, lanes_.joined_states(), nullptr);
    }

private:
    using section_type = section_coefficients<T>;

    /// The block forms that have a loop of their own: those of usual filters.
    struct loops {
        static constexpr int most_states = most_block_states;
        static constexpr int most_turns = block_layout<T>{2 * Pairs}.vectors();
        [[nodiscard]] static constexpr bool is_compiled(int states, int turns, bool is_slow) noexcept
        {
            if (is_slow) return Reals > 0 && (states == in_lanes || states == in_lanes - 1) && turns == most_turns;
            constexpr int least = looped == 0 ? in_lanes : in_lanes - (Reals < 4 ? Reals : 4);
            return states == 0 ? turns == 0 : states >= least && states <= in_lanes && turns == most_turns;
        }
    };

    /// The states by their names: a pointer might lead to any, for all that a compiler knows.
    [[gnu::always_inline]] constexpr void run_looped(T x, T& y) noexcept
    {
        T before{};
        for (int i = 0; i < looped_count_; ++i)
            before = run_section(looped_[i], looped_state_[2 * i], looped_state_[2 * i + 1], is_chained_[i] ? before : x, y);
    }
    /// Returns the section's b before the sample.
    static constexpr T run_section(const section_type& c, state<T>& place_a, state<T>& place_b, T input, T& y) noexcept
    {
        using stored = stored_pole<T>;
        const T a = place_a, b = place_b;
        y += c.a_gain * a + c.b_gain * b;
        place_a = alone(stored::advance(c.alpha, a, input - c.gamma * b));
        place_b = alone(stored::advance(c.alpha, b, a));
        return b;
    }

    /// With states that are two numbers each.
    [[gnu::noinline]] std::size_t run_parted(const block_modes& form, const state<T>* coefficients, T* samples, std::size_t count) noexcept
    {
        std::size_t done = 0;
        lanes_.run_parted([&](state<T>* states, state<T>* rests) {
            done = block_choice<T, loops>::run(form, coefficients, samples, count, states, rests);
        });
        return done;
    }
    /// With sections that run in a loop.
    [[gnu::noinline]] std::size_t run_together(const block_modes& form, const state<T>* coefficients, T* samples,
                                               std::size_t count) noexcept
    {
        lanes_.joined_states();
        state<T> together[block_layout<T>{most_states}.places()];
        state<T> rests[block_layout<T>{most_states}.places()]{};
        for (int i = 0; i < form.states; ++i) together[i] = at(i);
        const std::size_t done = block_choice<T, loops>::run(form, coefficients, samples, count, together, rests);
        for (int i = 0; i < form.states; ++i) at(i) = together[i];
        return done;
    }

    [[nodiscard]] static constexpr int at_least_1(int n) noexcept { return n > 0 ? n : 1; }

    lanes lanes_{};
    state<T> looped_state_[at_least_1(2 * looped)]{};
    section_type looped_[at_least_1(looped)]{};
    bool is_chained_[at_least_1(looped)]{};
    int real_count_ = 0, pair_count_ = 0, looped_count_ = 0;
    settling settling_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
