// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_choice.hpp>
#include <phono/kernel/block_form.hpp>
#include <phono/kernel/mode_correspondence.hpp>
#include <phono/kernel/placed_modes.hpp>
#include <phono/kernel/settling.hpp>
#include <phono/kernel/slow_modes.hpp>
#include <phono/math/byte_difference.hpp>

#include <cstddef>
#include <cstdint>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wconversion"        // and are stored in less

namespace phono::inline v0_2::detail {

/// The loops of filters whose size is known at run time.
template <int states>
struct usual_loops {
    static constexpr int most_states = states, most_turns = 1;

    /// Beyond 8 states filters run with some more, so that loops are not too many for a compiler.
    [[nodiscard]] static constexpr int rounded(int states_of_filter) noexcept
    {
        if (states_of_filter <= 8) return states_of_filter;
        return states_of_filter <= 12 ? (states_of_filter + 1) / 2 * 2 : (states_of_filter + 3) / 4 * 4;
    }
    [[nodiscard]] static constexpr int rounded_if_slow(int states_of_filter) noexcept
    {
        return states_of_filter <= 8 ? (states_of_filter + 1) / 2 * 2 : rounded(states_of_filter);
    }
    [[nodiscard]] static constexpr bool is_compiled(int states_of_filter, int turns, bool is_slow) noexcept
    {
        if (is_slow && (states_of_filter > 8 || states_of_filter != rounded_if_slow(states_of_filter))) return false;
        return states_of_filter == rounded(states_of_filter) && 2 * turns <= states_of_filter;
    }
};

/// A filter in parallel form of run-time size that runs sample by sample, with room for so many numbers. What it does not need is spare.
template <class T, int room, class ChainBits>
class sized_modes {
public:
    using sample = T;
    using counts = mode_counts<T, ChainBits>;
    using modes = placed_modes<T, counts>;
    using const_modes = placed_modes<T, counts, const state<T>>;

    static constexpr bool is_unrolled = false;
    /// Of a kernel that computes blocks as well: for most filters.
    static constexpr int block_room = block_layout<T>{24, block_layout<T>{24}.vectors()}.size(2);
    /// Of a block form.
    static constexpr int most_block_states = block_layout<T>::most_states;
    using loops = usual_loops<most_block_states>;

    /// True if there is room for a form.
    [[nodiscard]] static constexpr bool holds(const auto& form) noexcept
    {
        return form.real_count <= 255 && form.section_count <= counts::most_sections && counts{form}.numbers() <= room;
    }

    /// Takes the coefficients of a form that it holds; the states of its modes are kept.
    constexpr void set(const auto& form) noexcept
    {
        const sized_modes before = *this;
        counts_ = counts{form};
        own().set(form);
        own().reset();
        modes to = own();
        mode_correspondence<T>::take_states_in_order(to, before.own());
        hold_rests(0);
        for (int i = 0; i < rest_count_ && i < before.rest_count_; ++i) rest(i) = before.rest(i);
    }
    /// Keeps rests of slow modes, as far as there is room beside so many numbers. They are the last of the room.
    constexpr void hold_rests(int others) noexcept
    {
        rest_count_ = 0;
        const int slow = slow_modes<T>::count(*this), left = spare_count() - others;
        rest_count_ = slow < left ? slow : left > 0 ? left : 0;
        is_usual_ = rest_count_ == 0 && own().is_usual();
        for (int i = 0; i < rest_count_; ++i) rest(i) = T{};
    }
    /// Keeps none: modes are then as exact as without.
    constexpr void hold_no_rests() noexcept
    {
        rest_count_ = 0;
        is_usual_ = own().is_usual();
    }

    /// Takes a whole filter that lies in the spare numbers, with its states.
    constexpr void move_from(const modes& other) noexcept
    {
        counts_ = other.counts();
        hold_no_rests();
        for (int i = 0; i < counts_.numbers(); ++i) numbers_[i] = other.states()[i];
    }

    /// Takes coefficients that lie in the spare numbers, at their end. It has no states before it is reset.
    constexpr void take(const counts& of_other, const state<T>* coefficients) noexcept
    {
        counts_ = of_other;
        hold_no_rests();
        own().set(coefficients);
    }

    constexpr void reset() noexcept
    {
        own().reset();
        for (int i = 0; i < rest_count_; ++i) rest(i) = T{};
    }
    /// Of few modes without rests: usual_sample() computes a sample of it.
    [[nodiscard]] constexpr bool is_usual() const noexcept { return is_usual_; }
    [[gnu::always_inline]] constexpr T usual_sample(T x) noexcept { return own().usual_sample(x); }
    /// One sample of any filter. What calls others is itself called last, so that in no program it has a part in what usual filters cost.
    [[gnu::always_inline]] constexpr T operator()(T x) noexcept { return is_usual() ? usual_sample(x) : any_sample(x); }

    constexpr void settle() noexcept
    {
        settling_.begin();
        own().settle();
        for (int i = 0; i < rest_count_; ++i) flush(rest(i));
    }
    constexpr void settle_after(std::size_t samples) noexcept
    {
        if (settling_.is_due_after(samples)) settle();
    }

    [[nodiscard]] constexpr modes own() noexcept { return {counts_, numbers_}; }
    [[nodiscard]] constexpr const_modes own() const noexcept { return {counts_, numbers_}; }
    /// The numbers that it does not need, and how many they are.
    [[nodiscard]] constexpr state<T>* spare() noexcept { return numbers_ + counts_.numbers(); }
    [[nodiscard]] constexpr const state<T>* spare() const noexcept { return numbers_ + counts_.numbers(); }
    [[nodiscard]] constexpr int spare_count() const noexcept { return room - counts_.numbers() - rest_count_; }

    [[nodiscard]] constexpr T direct() const noexcept { return own().direct(); }
    [[nodiscard]] constexpr int real_count() const noexcept { return counts_.reals; }
    [[nodiscard]] constexpr real_coefficients<T> real(int i) const noexcept { return own().real(i); }
    [[nodiscard]] constexpr int section_count() const noexcept { return counts_.sections; }
    [[nodiscard]] constexpr section_coefficients<T> section(int i) const noexcept { return own().section(i); }
    [[nodiscard]] constexpr bool is_chained(int i) const noexcept { return own().is_chained(i); }
    [[nodiscard]] constexpr int section_place(int i) const noexcept { return own().section_place(i); }
    [[nodiscard]] constexpr int real_place(int i) const noexcept { return own().real_place(i); }
    [[nodiscard]] constexpr state<T>& at(int place) noexcept { return own().at(place); }
    [[nodiscard]] constexpr const state<T>& at(int place) const noexcept { return own().at(place); }

    /// Whether channels of this filter can run in lanes, and by which sections.
    [[nodiscard]] constexpr bool fits_lanes() const noexcept { return counts_.sections <= 1; }
    [[nodiscard]] constexpr section_coefficients<T> lane_section(int i) const noexcept { return section(i); }
    /// Compares their coefficients with those of another filter of as many modes.
    void compare(const sized_modes& other, math::byte_difference& differ) const noexcept
    {
        for (int i = 0; i < counts_.coefficients(); ++i) differ.add(own().coefficients()[i], other.own().coefficients()[i]);
    }

    /// The states of a block form.
    [[nodiscard]] constexpr int block_states() const noexcept
    {
        return slow_modes<T>::are_in_blocks(*this) ? loops::rounded_if_slow(counts_.states()) : loops::rounded(counts_.states());
    }
    /// Runs a block form over the samples of whole blocks, and returns how many they are.
    std::size_t run(const block_modes& form, const state<T>* coefficients, T* samples, std::size_t count) noexcept
    {
        if (form.is_slow) return run_slow_form(form, coefficients, samples, count);
        return block_choice<T, loops>::run(form, coefficients, samples, count, own().states(), nullptr);
    }

    /// All states side by side, as they always are.
    [[nodiscard]] constexpr state<T>* joined_states() noexcept { return own().states(); }
    constexpr void part_states() noexcept {}
    [[nodiscard]] static constexpr bool has_parted_states() noexcept { return false; }

private:
    [[gnu::noinline]] std::size_t run_slow_form(const block_modes& form, const state<T>* coefficients, T* samples,
                                                std::size_t count) noexcept
    {
        T rests[block_layout<T>{most_block_states}.places()]{};
        for (int i = 0; i < rest_count_; ++i) rests[real_place(i)] = rest(i);
        const std::size_t done = block_choice<T, loops>::run(form, coefficients, samples, count, own().states(), rests);
        for (int i = 0; i < rest_count_; ++i) rest(i) = rests[real_place(i)];
        return done;
    }
    [[gnu::noinline]] constexpr T any_sample(T x) noexcept { return own()(x, numbers_ + room, rest_count_); }
    [[nodiscard]] constexpr state<T>& rest(int i) noexcept { return numbers_[room - 1 - i]; }
    [[nodiscard]] constexpr const state<T>& rest(int i) const noexcept { return numbers_[room - 1 - i]; }

    state<T> numbers_[room]{};
    counts counts_{};
    settling settling_{};
    std::uint8_t rest_count_ : 7 = 0;
    bool is_usual_ : 1 = true;
};

/// One with room for so many states.
template <class T, int states, int sections>
using roomy_modes = sized_modes<T, block_layout<T>{states}.places() + 1 + 2 * states + slow_modes<T>::most, chain_bits<sections>>;

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
