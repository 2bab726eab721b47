// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_form.hpp>
#include <phono/kernel/parallel_form.hpp>
#include <phono/kernel/state.hpp>

#include <cassert>
#include <cstddef>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// A filter in parallel form that runs sample by sample: its coefficients, in T, and its states.
///
/// With `is_full` all `Reals` real modes run, unrolled, as do `Pairs` sections that are in no chain; unused ones cost time, but contribute
/// nothing. Otherwise real modes run in a loop, as the other sections do. Where `Pairs` is `Sections` there are no others, and forms with
/// chains do not fit.
template <class T, int Reals, int Sections, int Pairs, bool is_full>
class sample_kernel {
    template <class Modes>
    friend class channel_lanes;

    static_assert(is_full || Pairs == 0);

    /// The sections that run in a loop.
    static constexpr int looped = Pairs == Sections ? 0 : Sections;
    /// Places of states. Unrolled sections come first, then unrolled real modes, then what runs in loops: sections, then real modes.
    static constexpr int unrolled = is_full ? 2 * Pairs + Reals : 0, first_looped = block_layout<T>{unrolled}.places();
    static constexpr int most_looped_states = 2 * looped + (is_full ? 0 : Reals);
    static constexpr int most_states = most_looped_states > 0 ? first_looped + most_looped_states : unrolled;
    /// Two sections more than usual, or 24 states, are computed in blocks.
    static constexpr int enough = is_full ? first_looped + 4 : 24;
    static constexpr int most_block_states = most_states < enough ? most_states : enough;

    static constexpr bool is_unrolled = is_full;
    static constexpr int real_modes = Reals, pair_modes = Pairs;

public:
    using sample = T;

    /// Room for the block forms of most filters that the kernel holds. Others, of many states or long chains, run sample by sample.
    static constexpr int block_room = block_layout<T>{most_block_states}.size(looped > 1 ? 2 : 0);

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
            pole_[i] = i < real_count_ ? static_cast<T>(form.real[i].pole - offset) : static_cast<T>(-offset);
            gain_[i] = i < real_count_ ? static_cast<T>(form.real[i].gain) : T{};
        }
        for (section& s : pairs_) s = {static_cast<T>(-offset)};
        int pairs = 0, others = 0;
        for (int i = 0; i < form.section_count && i < Sections; ++i) {
            const auto& from = form.sections[i];
            const bool is_in_chain = from.chained || (i + 1 < form.section_count && form.sections[i + 1].chained);
            const section taken{static_cast<T>(from.alpha - offset), static_cast<T>(from.gamma), static_cast<T>(from.a_gain),
                                static_cast<T>(from.b_gain)};
            if (!is_in_chain && pairs < Pairs) pairs_[pairs++] = taken;
            else if constexpr (looped > 0) {
                is_chained_[others] = from.chained;
                looped_[others++] = taken;
            }
        }
        pair_count_ = pairs, looped_count_ = others;
        take_states_in_order(before);
    }

    /// Takes the coefficients of another kernel; the states of its modes are kept.
    constexpr void set(const sample_kernel& other) noexcept
    {
        const sample_kernel before = *this;
        *this = other;
        take_states_in_order(before);
    }

    /// Takes over the states of the modes that another kernel has as well, within 1 % of their distance from 1; of a chain of sections
    /// those that it has from the first on.
    constexpr void take_shared_states(const sample_kernel& other) noexcept
    {
        for (int i = 0; i < real_count_; ++i)
            for (int k = 0; k < other.real_count_; ++k)
                if (same_place(pole_[i], other.pole_[k])) at(real_place(i)) = other.at(other.real_place(k));
        int taken = -1;   // the other's section from which the one before came
        for (int i = 0; i < section_count(); ++i) {
            const int follows = taken + 1;
            taken = -1;
            for (int k = is_chained(i) ? follows : 0; k < other.section_count() && taken < 0; ++k)
                if (is_chained(i) == other.is_chained(k) && same_place(section_at(i), other.section_at(k)) &&
                    (!is_chained(i) || (follows > 0 && k == follows)))
                    taken = k;
            for (int s = 0; s < 2 && taken >= 0; ++s) at(section_place(i) + s) = other.at(other.section_place(taken) + s);
        }
    }

    /// True if each mode of one kernel corresponds to a mode of the other that has only moved, relative to its distance from 1.
    [[nodiscard]] constexpr bool has_modes_near(const sample_kernel& other) const noexcept
    {
        constexpr double farthest = 0.5;
        if (real_count_ != other.real_count_ || pair_count_ != other.pair_count_ || looped_count_ != other.looped_count_) return false;
        for (int i = 0; i < real_count_; ++i) {
            const double p = from_1(pole_[i]), q = from_1(other.pole_[i]);
            if (math::abs(p - q) > farthest * -(p < q ? p : q)) return false;
        }
        for (int i = 0; i < section_count(); ++i) {
            const section &s = section_at(i), &t = other.section_at(i);
            const double of_s = squared_distance(s), of_t = squared_distance(t), nearest = of_s < of_t ? of_s : of_t;
            const double along = from_1(s.alpha) - from_1(t.alpha);
            if (is_chained(i) != other.is_chained(i) || along * along > farthest * farthest * nearest ||
                math::abs(static_cast<double>(s.gamma) - static_cast<double>(t.gamma)) > farthest * nearest)
                return false;
        }
        return true;
    }

    /// The response at a frequency in radians per sample, computed from the running coefficients as rounded to T.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        const double half = math::sin(0.5 * angle);
        const math::complex w{math::cos(angle), -math::sin(angle)}, rise{2.0 * half * half, -w.im};   // 1 - w without its cancellation
        const auto distance = [&](T stored) { return rise - from_1(stored) * w; };                    // 1 - pole w
        math::complex y{static_cast<double>(direct_)}, before{};
        for (int i = 0; i < real_count_; ++i) y += static_cast<double>(gain_[i]) * (w / distance(pole_[i]));
        for (int i = 0; i < section_count(); ++i) {
            const section& c = section_at(i);
            const math::complex d = distance(c.alpha), e = is_chained(i) ? before : math::complex{1.0};
            const math::complex b = w * w / (d * d + static_cast<double>(c.gamma) * (w * w)) * e;
            y += static_cast<double>(c.b_gain) * b + static_cast<double>(c.a_gain) * (d / w * b);
            before = b;
        }
        return y;
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
        if constexpr (is_full) {
            [&]<int... i>(std::integer_sequence<int, i...>) { (run_real(i, unrolled_state_[2 * Pairs + i], x, y), ...); }
            (std::make_integer_sequence<int, Reals>{});
            [&]<int... i>(std::integer_sequence<int, i...>)
            {
                (run_section(pairs_[i], unrolled_state_[2 * i], unrolled_state_[2 * i + 1], x, y), ...);
            }
            (std::make_integer_sequence<int, Pairs>{});
        } else {
            for (int i = 0; i < real_count_; ++i) run_real(i, looped_state_[2 * looped_count_ + i], x, y);
        }
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
        unsettled_ = 0;
        for (state<T>& s : unrolled_state_) flush(s);
        for (int i = 0; i < most_looped_states && i < state_count() - first_looped; ++i) flush(looped_state_[i]);
    }

    /// The same once so many samples have run without it that it costs little beside them.
    constexpr void settle_after(std::size_t samples) noexcept
    {
        constexpr int often_enough = 64;
        unsettled_ += static_cast<int>(samples);   // of a part of a block
        if (unsettled_ >= often_enough) settle();
    }

    /// Computes the block form; it stays empty where it has no room.
    template <int Room>
    constexpr void fill(block_form<T, Room>& form) const noexcept
    {
        using form_type = block_form<T, Room>;
        int links = 0;
        for (int i = 0; i + 1 < section_count(); ++i) links += is_chained(i + 1) ? 2 : 0;
        form.clear();
        const int states = loops::rounded(state_count());
        if (states > most_block_states || !form.begin(states, links)) return;
        double impulse[block_layout<T>::length]{static_cast<double>(direct_)};
        for (int i = 0; i < real_count_; ++i) form.add_real(real_place(i), from_1(pole_[i]), static_cast<double>(gain_[i]), impulse);
        for (int i = 0; i < section_count();) {
            typename form_type::section chain[block_layout<T>::most_states / 2]{};
            const int first = i;
            do {
                const section& s = section_at(i);
                chain[i - first] = {from_1(s.alpha), static_cast<double>(s.gamma), static_cast<double>(s.a_gain),
                                    static_cast<double>(s.b_gain)};
            } while (++i < section_count() && is_chained(i));
            form.add_chain(section_place(first), chain, i - first, impulse);
        }
        form.end(impulse);
    }

    /// Runs the block form, computed by fill(), over the samples of whole blocks, and returns how many they are.
    template <int Room>
    std::size_t run(const block_form<T, Room>& form, T* samples, std::size_t count) noexcept
    {
        if constexpr (!is_full) return form.template run<loops>(samples, count, looped_state_);
        else if constexpr (looped == 0) return form.template run<loops>(samples, count, unrolled_state_);
        if (looped_count_ == 0) return form.template run<loops>(samples, count, unrolled_state_);
        state<T> together[block_layout<T>{most_states}.places()];
        for (int i = 0; i < state_count(); ++i) together[i] = at(i);
        const std::size_t done = form.template run<loops>(samples, count, together);
        for (int i = 0; i < state_count(); ++i) at(i) = together[i];
        return done;
    }

private:
    static constexpr bool is_narrow = sizeof(T) < sizeof(double);
    static constexpr double offset = is_narrow ? 1.0 : 0.0;   ///< what is subtracted from a pole before it is stored

    struct section {
        T alpha{}, gamma{}, a_gain{}, b_gain{};
    };

    /// The block forms that have a loop of their own: where the type tells which filters are usual, these; else all.
    struct loops {
        static constexpr int most_states = most_block_states;
        /// Filters of run-time size run with some states more, so that loops are not too many for a compiler.
        [[nodiscard]] static constexpr int rounded(int states) noexcept
        {
            if (is_full || states <= 4) return states;
            return states <= 12 ? (states + 1) / 2 * 2 : (states + 3) / 4 * 4;
        }
        [[nodiscard]] static constexpr bool is_compiled(int states, turning_states turning) noexcept
        {
            const bool turns = turning != turning_states::none;
            if ((turns && (Sections == 0 || states < 2)) || (turning == turning_states::all && states <= block_layout<T>::length))
                return false;
            if constexpr (!is_full) return states == rounded(states) && turning != turning_states::all;
            constexpr int least = looped == 0 ? unrolled : unrolled - (Reals < 4 ? Reals : 4);
            constexpr turning_states usual = Pairs == 0                             ? turning_states::none
                                             : 2 * Pairs <= block_layout<T>::length ? turning_states::first
                                                                                    : turning_states::all;
            return states >= least && states <= unrolled && turning == usual;
        }
    };

    static constexpr double same = 0.01;

    /// A pole less 1.
    [[nodiscard]] static constexpr double from_1(T stored) noexcept { return static_cast<double>(stored) + (offset - 1.0); }

    [[nodiscard]] static constexpr bool same_place(T stored_pole, T other) noexcept
    {
        return math::abs(static_cast<double>(stored_pole) - static_cast<double>(other)) <= same * -from_1(stored_pole);
    }
    [[nodiscard]] static constexpr bool same_place(const section& s, const section& other) noexcept
    {
        const double along = static_cast<double>(s.alpha) - static_cast<double>(other.alpha), squared = squared_distance(s);
        return along * along <= same * same * squared &&
               math::abs(static_cast<double>(s.gamma) - static_cast<double>(other.gamma)) <= same * squared;
    }
    /// The product of the distances of a section's poles from 1.
    [[nodiscard]] static constexpr double squared_distance(const section& s) noexcept
    {
        return from_1(s.alpha) * from_1(s.alpha) + static_cast<double>(s.gamma);
    }

    [[nodiscard]] constexpr int section_count() const noexcept { return pair_count_ + looped_count_; }
    [[nodiscard]] constexpr const section& section_at(int i) const noexcept
    {
        if constexpr (Pairs == 0) return looped_[i];
        else return i < pair_count_ ? pairs_[i] : looped_[i - pair_count_];
    }
    [[nodiscard]] constexpr bool is_chained(int i) const noexcept
    {
        if constexpr (Pairs == 0) return is_chained_[i];
        else return i >= pair_count_ && is_chained_[i - pair_count_];
    }

    [[nodiscard]] constexpr int real_place(int i) const noexcept { return (is_full ? 2 * Pairs : 2 * looped_count_) + i; }
    [[nodiscard]] constexpr int section_place(int i) const noexcept
    {
        return i < pair_count_ ? 2 * i : first_looped + 2 * (i - pair_count_);
    }
    /// The states up to the last one in use.
    [[nodiscard]] constexpr int state_count() const noexcept
    {
        if (!is_full) return real_place(real_count_);
        if (looped == 0) return unrolled;
        return looped_count_ > 0 ? first_looped + 2 * looped_count_ : real_place(real_count_);
    }
    [[nodiscard]] constexpr state<T>& at(int place) noexcept
    {
        if constexpr (first_looped == 0) return looped_state_[place];
        else return place < first_looped ? unrolled_state_[place] : looped_state_[place - first_looped];
    }
    [[nodiscard]] constexpr state<T> at(int place) const noexcept
    {
        if constexpr (first_looped == 0) return looped_state_[place];
        else return place < first_looped ? unrolled_state_[place] : looped_state_[place - first_looped];
    }

    /// Takes the states of as many modes as both kernels have, and begins the others at rest.
    constexpr void take_states_in_order(const sample_kernel& before) noexcept
    {
        reset();
        for (int i = 0; i < real_count_ && i < before.real_count_; ++i) at(real_place(i)) = before.at(before.real_place(i));
        for (int i = 0; i < section_count() && i < before.section_count(); ++i)
            for (int k = 0; k < 2; ++k) at(section_place(i) + k) = before.at(before.section_place(i) + k);
    }

    /// pole * s + input, with the pole stored as it is or as its distance from 1.
    static constexpr T advance(T stored_pole, T s, T input) noexcept
    {
        if constexpr (is_narrow) return s + (stored_pole * s + input);
        else return stored_pole * s + input;
    }

    constexpr void run_real(int i, state<T>& place, T x, T& y) noexcept
    {
        const T s = place;
        y += gain_[i] * s;
        place = advance(pole_[i], s, x);
    }

    /// One section; returns its b before the sample.
    static constexpr T run_section(const section& c, state<T>& place_a, state<T>& place_b, T input, T& y) noexcept
    {
        const T a = place_a, b = place_b;
        y += c.a_gain * a + c.b_gain * b;
        place_a = advance(c.alpha, a, input - c.gamma * b);
        place_b = advance(c.alpha, b, a);
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
    state<T> unrolled_state_[in_vectors(unrolled)]{}, looped_state_[in_vectors(most_looped_states)]{};
    section pairs_[at_least_1(Pairs)]{}, looped_[at_least_1(looped)]{};
    bool is_chained_[at_least_1(looped)]{};
    int real_count_ = 0, pair_count_ = 0, looped_count_ = 0;
    int unsettled_ = 0;   ///< samples since the states were settled
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
