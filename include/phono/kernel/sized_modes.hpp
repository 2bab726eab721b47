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
        sized_modes parted = *this;
        join_states();
        const sized_modes before = *this;
        slow_count_ = 0;
        counts_ = counts{form};
        own().set(form);
        own().reset();
        modes to = own();
        mode_correspondence<T>::take_states_in_order(to, before.own());
        part_slow_states(0);
        part_as(parted);
    }
    /// Keeps the states of slow modes in two numbers, of which the second is among the last of the room: as many as there is room for beside
    /// so many numbers. Where there is none, the slowest mode's is at a place that nothing else needs, if there is one.
    constexpr void part_slow_states(int others, int unused_place = -1) noexcept
    {
        part_no_states();
        int slow = slow_modes<T>::count(*this);
        const int left = spare_count() - others;
        const bool is_elsewhere = !changes_in_vectors && slow > 0 && left <= 0 && unused_place >= 0;
        while (slow > 0 && changes_of(slow) > left) --slow;
        slow_count_ = is_elsewhere ? 1 : slow;
        changes_at_ = is_elsewhere ? unused_place : room - changes_of(slow_count_);
        is_usual_ = own().is_usual() && slow_count_ <= slow_modes<T>::most_usual;
        for (int i = 0; i < change_count(); ++i) changes()[i] = T{};
    }
    /// As many numbers as the changes of slow modes need, at least if blocks are to run fast.
    [[nodiscard]] constexpr int least_changes() const noexcept
    {
        return changes_in_vectors && slow_modes<T>::count(*this) > 0 ? changes_of(1) : 0;
    }
    /// Keeps each state in one number: slow modes are then as exact as without.
    constexpr void part_no_states() noexcept
    {
        join_states();
        slow_count_ = 0;
        is_usual_ = own().is_usual();
    }

    /// Takes a whole filter that lies in the spare numbers, with its states.
    constexpr void move_from(const modes& other) noexcept
    {
        counts_ = other.counts();
        part_no_states();
        for (int i = 0; i < counts_.numbers(); ++i) numbers_[i] = other.states()[i];
    }

    /// Takes coefficients that lie in the spare numbers, at their end. It has no states before it is reset.
    constexpr void take(const counts& of_other, const state<T>* coefficients) noexcept
    {
        counts_ = of_other;
        part_no_states();
        own().set(coefficients);
    }

    constexpr void reset() noexcept
    {
        own().reset();
        for (int i = 0; i < change_count(); ++i) changes()[i] = T{};
        until_renewed_ = 0;
    }
    /// Of few modes: usual_sample() computes a sample of it.
    [[nodiscard]] constexpr bool is_usual() const noexcept { return is_usual_; }
    [[gnu::always_inline]] constexpr T usual_sample(T x) noexcept
    {
        if (slow_count_ > 0 && until_renewed_-- == 0) return usual_sample_after_renewal(x);
        return own().usual_sample(x, &change(0), slow_count_);
    }
    /// One sample of any filter. What calls others is itself called last, so that in no program it has a part in what usual filters cost.
    [[gnu::always_inline]] constexpr T operator()(T x) noexcept { return is_usual() ? usual_sample(x) : any_sample(x); }

    constexpr void settle() noexcept
    {
        settling_.begin();
        own().settle();
        for (int i = 0; i < change_count(); ++i) flush(changes()[i]);
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
    [[nodiscard]] constexpr int spare_count() const noexcept
    {
        return (slow_count_ > 0 && changes_at_ == room - changes_of(slow_count_) ? changes_at_ : room) - counts_.numbers();
    }

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
        if (changes_in_vectors && changes_of_first() == 0 && change_count() == counts_.places()) {
            if (!are_of_blocks_) are_of_blocks_ = true;   // so that it is not read just after it was written
            return block_choice<T, loops>::run(form, coefficients, samples, count, own().states(), changes());
        }
        if (form.is_slow || slow_modes<T>::blocks_feed_back) return run_parted(form, coefficients, samples, count);
        return block_choice<T, loops>::run(form, coefficients, samples, count, joined_states(), nullptr);
    }

    /// All states side by side, each in one number.
    constexpr state<T>* joined_states() noexcept
    {
        join_states();
        return own().states();
    }

private:
    /// With states that are two numbers each.
    [[gnu::noinline]] std::size_t run_parted(const block_modes& form, const state<T>* coefficients, T* samples, std::size_t count) noexcept
    {
        state<T> changes[block_layout<T>{most_block_states}.places()]{};
        for (int i = 0; i < slow_count_; ++i) changes[real_place(i)] = change(i);
        const std::size_t done = block_choice<T, loops>::run(form, coefficients, samples, count, own().states(), changes);
        for (int i = 0; i < slow_count_; ++i) change(i) = changes[real_place(i)];
        return done;
    }
    [[gnu::noinline]] constexpr T any_sample(T x) noexcept
    {
        if (slow_count_ > 0 && until_renewed_-- == 0) renew_bases();
        return own()(x, &change(0), slow_count_);
    }
    /// What calls another function comes last, so that usual samples need not keep registers for it.
    [[gnu::noinline]] constexpr T usual_sample_after_renewal(T x) noexcept
    {
        renew_bases();
        return own().usual_sample(x, &change(0), slow_count_);
    }
    /// Adds what has changed to the bases. What rounding cuts off is the next change.
    constexpr void renew_bases() noexcept
    {
        until_renewed_ = based - 1;
        if (are_of_blocks_) keep_changes_of_slow_modes();
        for (int i = 0; i < slow_count_; ++i) {
            const T b = base(i), c = change(i), sum = b + c;
            change(i) = c - (sum - b);
            base(i) = sum;
        }
    }
    /// Of the others blocks have left rests, which single samples do not use.
    constexpr void keep_changes_of_slow_modes() noexcept
    {
        T slow[slow_modes<T>::most]{};
        for (int i = 0; i < slow_count_; ++i) slow[i] = change(i);
        for (int i = 0; i < change_count(); ++i) changes()[i] = T{};
        for (int i = 0; i < slow_count_; ++i) change(i) = slow[i];
        are_of_blocks_ = false;
    }
    /// Parts those states that are the sums of others' as these are parted.
    constexpr void part_as(sized_modes& other) noexcept
    {
        for (int i = 0; i < slow_count_ && i < other.slow_count_; ++i) {
            const T b = other.base(i), c = other.change(i);
            if (base(i).is_same(b + c)) base(i) = b, change(i) = c;
        }
        until_renewed_ = other.until_renewed_;
    }
    /// While only blocks run there are no changes, and no base is written: a processor waits that then loads a vector of them.
    constexpr void join_states() noexcept
    {
        for (int i = 0; i < slow_count_; ++i) {
            if (change(i).is_same({})) continue;
            base(i) = T(base(i)) + T(change(i));
            change(i) = T{};
        }
    }
    [[nodiscard]] constexpr state<T>& base(int i) noexcept { return own().at(real_place(i)); }
    [[nodiscard]] constexpr state<T>& change(int i) noexcept
    {
        return changes()[changes_in_vectors ? real_place(i) - changes_of_first() : i];
    }

    /// Where blocks use them all they lie as the states do, in whole vectors from that of the first real mode on, and blocks need no copy.
    static constexpr bool changes_in_vectors = math::has_block_vectors && slow_modes<T>::blocks_feed_back;
    [[nodiscard]] constexpr state<T>* changes() noexcept { return numbers_ + changes_at_; }
    [[nodiscard]] constexpr int change_count() const noexcept { return changes_of(slow_count_); }
    /// How many there are of so many slow modes, and the place of the first.
    [[nodiscard]] constexpr int changes_of(int slow) const noexcept
    {
        return changes_in_vectors && slow > 0 ? block_layout<T>{real_place(slow)}.places() - changes_of_first() : slow;
    }
    [[nodiscard]] constexpr int changes_of_first() const noexcept
    {
        constexpr int l = block_layout<T>::length;
        return real_place(0) / l * l;
    }

    static constexpr int based = 64;   ///< samples for which the bases stay

    state<T> numbers_[room]{};
    counts counts_{};
    settling settling_{};
    static_assert(room < 1 << 10 && slow_modes<T>::most < 1 << 4);
    std::uint8_t until_renewed_ = 0;                           ///< samples for which the bases stay
    std::uint16_t changes_at_ : 10 = 0, slow_count_ : 4 = 0;   ///< where they are among the numbers, and how many modes have them
    std::uint16_t is_usual_ : 1 = true, are_of_blocks_ : 1 = false;
};

/// One with room for so many states.
template <class T, int states, int sections>
using roomy_modes = sized_modes<T, block_layout<T>{states}.places() + 1 + 2 * states + slow_modes<T>::most_changes, chain_bits<sections>>;

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
