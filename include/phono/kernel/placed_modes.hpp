// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/alone.hpp>
#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/mode_coefficients.hpp>
#include <phono/kernel/slow_modes.hpp>
#include <phono/kernel/state.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wconversion"        // and are stored in less

namespace phono::inline v0_2::detail {

/// A bit for each section of a filter.
template <int sections>
using chain_bits = std::conditional_t<(sections <= 16), std::uint16_t, std::uint64_t>;

/// How many modes of each kind a filter of run-time size has, and so how many numbers it takes.
template <class T, class ChainBits>
struct mode_counts {
    std::uint8_t reals = 0, sections = 0;
    ChainBits chained = 0;   ///< bit i: section i takes the b of the one before it

    static constexpr int most_sections = std::numeric_limits<ChainBits>::digits;

    constexpr mode_counts() noexcept = default;
    constexpr explicit mode_counts(const auto& form) noexcept
        : reals(static_cast<std::uint8_t>(form.real_count)), sections(static_cast<std::uint8_t>(form.section_count))
    {
        for (int i = 0; i < form.section_count; ++i) chained |= static_cast<ChainBits>(ChainBits{form.sections[i].chained} << i);
    }

    [[nodiscard]] constexpr int states() const noexcept { return 2 * sections + reals; }
    /// Places of states, of which blocks take whole vectors.
    [[nodiscard]] constexpr int places() const noexcept { return block_layout<T>{states()}.places(); }
    [[nodiscard]] constexpr int coefficients() const noexcept { return 1 + 2 * states(); }
    [[nodiscard]] constexpr int numbers() const noexcept { return places() + coefficients(); }
};

/// A filter in parallel form that runs sample by sample and whose size is known at run time. Its numbers lie elsewhere, one after another:
/// the states, sections first; the direct gain; four coefficients for each section, two for each real mode. All are stored as states are,
/// so that a compiler knows that samples which are written do not change them.
/// `Number` is state<T>, or const.
template <class T, class Counts, class Number = state<T>>
class placed_modes {
public:
    using sample = T;

    constexpr placed_modes(const Counts& counts, Number* numbers) noexcept : counts_(counts), numbers_(numbers) {}

    /// Takes the coefficients of a form of so many modes.
    constexpr void set(const auto& form) noexcept
    {
        state<T>* to = numbers_ + counts_.places();
        *to++ = static_cast<T>(form.direct);
        for (int i = 0; i < section_count(); ++i) {
            const section_coefficients<T> c{form.sections[i]};
            for (const T number : {c.alpha, c.gamma, c.a_gain, c.b_gain}) *to++ = number;
        }
        for (int i = 0; i < real_count(); ++i) {
            *to++ = stored_pole<T>::of(form.real[i].pole);
            *to++ = static_cast<T>(form.real[i].gain);
        }
    }

    /// Takes coefficients as another filter of so many modes has them.
    constexpr void set(const state<T>* coefficients) noexcept
    {
        for (int i = 0; i < counts_.coefficients(); ++i) numbers_[counts_.places() + i] = coefficients[i];
    }

    /// Clears the states.
    constexpr void reset() noexcept
    {
        for (int i = 0; i < counts_.places(); ++i) at(i) = T{};
    }

    /// A filter of few modes: most are.
    static constexpr int most_usual_reals = 8, most_usual_sections = 2;
    [[nodiscard]] constexpr bool is_usual() const noexcept
    {
        return counts_.reals <= most_usual_reals && counts_.sections <= most_usual_sections;
    }

    /// One sample of a usual filter: without a call or a loop, so that it costs the same where it is inlined and where it is called, for
    /// which no register has to be saved.
    /// The states of the first `slow` real modes are bases, which have these changes.
    [[gnu::always_inline]] constexpr T usual_sample(T x, state<T>* changes, int slow) noexcept
    {
        T y = direct() * x;
        if (slow > 0) run_slow_reals(changes, slow, x, y);
        run_reals(counts_.reals - slow, x, y);
        run_two_sections(x, y);
        return y;
    }

    /// One sample of any filter.
    constexpr T operator()(T x, state<T>* changes = nullptr, int slow = 0) noexcept
    {
        T y = direct() * x;
        if (slow > 0) run_slow_reals(changes, slow, x, y);
        for (int i = slow_modes<T>::most_usual; i < slow; ++i) {
            const T of_base = run_slow_real(i, changes, x, y);
            y += of_base;
        }
        const int reals = counts_.reals - slow;
        if (reals > most_usual_reals) y = run_more_reals(reals, x, y);
        run_reals(reals, x, y);
        T before = run_two_sections(x, y);
        for (int i = 2; i < counts_.sections; ++i) before = run_section(i, is_chained(i) ? before : x, y);
        return y;
    }

    /// Flushes states that have decayed hundreds of decibels below audibility to zero, before they become subnormal and slow.
    constexpr void settle() noexcept
    {
        for (int i = 0; i < state_count(); ++i) flush(at(i));
    }

    [[nodiscard]] constexpr T direct() const noexcept { return coefficients()[0]; }
    [[nodiscard]] constexpr int real_count() const noexcept { return counts_.reals; }
    [[nodiscard]] constexpr real_coefficients<T> real(int i) const noexcept
    {
        const state<T>* const c = coefficients() + 1 + 4 * counts_.sections + 2 * i;
        return {c[0], c[1]};
    }
    [[nodiscard]] constexpr int section_count() const noexcept { return counts_.sections; }
    [[nodiscard]] constexpr section_coefficients<T> section(int i) const noexcept
    {
        const state<T>* const c = coefficients() + 1 + 4 * i;
        return {c[0], c[1], c[2], c[3]};
    }
    [[nodiscard]] constexpr bool is_chained(int i) const noexcept { return (counts_.chained >> i & 1U) != 0; }

    /// Where states are.
    [[nodiscard]] constexpr int section_place(int i) const noexcept { return 2 * i; }
    [[nodiscard]] constexpr int real_place(int i) const noexcept { return 2 * counts_.sections + i; }
    [[nodiscard]] constexpr int state_count() const noexcept { return counts_.states(); }
    [[nodiscard]] constexpr Number& at(int place) const noexcept { return states()[place]; }
    [[nodiscard]] constexpr Number* states() const noexcept { return numbers_; }
    [[nodiscard]] constexpr const state<T>* coefficients() const noexcept { return numbers_ + counts_.places(); }
    [[nodiscard]] constexpr const Counts& counts() const noexcept { return counts_; }

private:
    using stored = stored_pole<T>;

    /// With a base, which stays, a state changes by what based_lanes says. There is no room for what could be computed once for many samples.
    /// What the bases contribute is added by itself: the slowest modes' may cancel, as those of a rumble filter and of a curve do.
    [[gnu::always_inline]] constexpr void run_slow_reals(state<T>* changes, int slow, T x, T& y) noexcept
    {
        static_assert(slow_modes<T>::most_usual == 3);
        T of_bases = run_slow_real(0, changes, x, y);
        if (slow > 1) of_bases += run_slow_real(1, changes, x, y);
        if (slow > 2) of_bases += run_slow_real(2, changes, x, y);
        y += of_bases;
    }
    /// Returns what the base contributes, and adds what the change does.
    [[gnu::always_inline]] constexpr T run_slow_real(int i, state<T>* changes, T x, T& y) noexcept
    {
        const state<T>* const c = coefficients() + 1 + 4 * counts_.sections + 2 * i;
        const T base = at(real_place(i)), change = changes[i], pole = c[0], gain = c[1];
        const T drift = (pole - static_cast<T>(1.0 - stored::offset)) * base;
        y += gain * change;
        changes[i] = alone_in_any(stored::advance(pole, change, x + drift));
        return gain * base;
    }

    /// The last real modes: a jump to as many as there are at the end of eight in a row, which costs less than a loop.
    [[gnu::always_inline]] constexpr void run_reals(int count, T x, T& y) noexcept
    {
        state<T>* const end = states() + counts_.states();
        const state<T>* const of_end = coefficients() + counts_.coefficients();
        const auto run = [&](int before_end) { run_real(end[-before_end], of_end - 2 * before_end, x, y); };
        switch (count) {
            default: [[fallthrough]];
            case 8: run(8); [[fallthrough]];
            case 7: run(7); [[fallthrough]];
            case 6: run(6); [[fallthrough]];
            case 5: run(5); [[fallthrough]];
            case 4: run(4); [[fallthrough]];
            case 3: run(3); [[fallthrough]];
            case 2: run(2); [[fallthrough]];
            case 1: run(1); [[fallthrough]];
            case 0: break;
        }
    }

    /// Those before the last eight.
    constexpr T run_more_reals(int count, T x, T y) noexcept
    {
        state<T>* const end = states() + counts_.states();
        const state<T>* const of_end = coefficients() + counts_.coefficients();
        for (int i = count; i > most_usual_reals; --i) run_real(end[-i], of_end - 2 * i, x, y);
        return y;
    }

    /// The first two sections, as far as there are any; returns the b of the last.
    [[gnu::always_inline]] constexpr T run_two_sections(T x, T& y) noexcept
    {
        if (counts_.sections == 0) return x;
        const T before = run_section(0, x, y);
        return counts_.sections == 1 ? before : run_section(1, is_chained(1) ? before : x, y);
    }

    [[gnu::always_inline]] static constexpr void run_real(state<T>& place, const state<T>* c, T x, T& y) noexcept
    {
        const T s = alone<T>(place);
        y += T(c[1]) * s;
        place = alone(stored::advance(c[0], s, x));
    }

    /// Returns the section's b before the sample.
    [[gnu::always_inline]] constexpr T run_section(int i, T input, T& y) noexcept
    {
        state<T>* const s = states() + 2 * i;
        const state<T>* const c = coefficients() + 1 + 4 * i;
        const T a = alone<T>(s[0]), b = alone<T>(s[1]), alpha = c[0];
        y += T(c[2]) * a + T(c[3]) * b;
        s[0] = alone(stored::advance(alpha, a, input - T(c[1]) * b));
        s[1] = alone(stored::advance(alpha, b, a));
        return b;
    }

    Counts counts_;
    Number* numbers_;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
