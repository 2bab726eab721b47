// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/mode_coefficients.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/block_vector.hpp>
#include <phono/math/byte_difference.hpp>

#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The direct gain, real modes and sections of a filter that run side by side, a lane of a vector for each state, sections first.
///
/// A state is the sum of two numbers, as in block_loops: for some samples one of them, the base b, stays. What the bases contribute to the
/// output and, as a drift, to the other numbers, the changes c, is computed once. So a sample x makes
///
///     y = of_bases + direct x + sum of gain c
///     c <- pole c + turn swap(c) + (drive x + drift),   drift = (pole - 1) b + turn swap(b),   of_bases = sum of gain b
///
/// where `swap` exchanges the two states of a section, of which the first is driven; a real mode has no turn and is driven. Then base and
/// change are added, and what rounding cuts off is the next change. A steady input makes changes small: so they are rounded little, and a
/// mode however slow is exact to the rounding of its gain and pole (slow_modes says what it would lack else).
template <class T, int Reals, int Pairs>
class based_lanes {
    // clang stores states at every sample and loads them again, for which those of 32 bytes wait that cross the border of a cache line.
#if defined(__clang__)
    static constexpr int widest = 2;
#else
    static constexpr int widest = math::widest_vector;
#endif
    using vector = math::block_vector<T, widest>;
    static constexpr int l = block_layout<T>::length;
    [[nodiscard]] static constexpr int in_vectors(int n) noexcept { return block_layout<T>{n}.places(); }
    [[nodiscard]] static constexpr int at_least_1(int n) noexcept { return n > 0 ? n : 1; }

public:
    static constexpr int places = 2 * Pairs + Reals;   ///< of states

    constexpr based_lanes() noexcept
    {
        for (T& pole : by_.pole) pole = real_coefficients<T>{}.pole;
    }

    constexpr void set_direct(T gain) noexcept { by_.direct = gain; }
    constexpr void set_real(int i, const real_coefficients<T>& c) noexcept { set(2 * Pairs + i, c.pole, c.gain, T{}, T(1)); }
    constexpr void set_section(int i, const section_coefficients<T>& c) noexcept
    {
        set(2 * i, c.alpha, c.a_gain, -c.gamma, T(1));
        set(2 * i + 1, c.alpha, c.b_gain, T(1), T{});
    }
    /// Any mode may be slow.
    constexpr void hold_rests(int) noexcept {}

    [[nodiscard]] constexpr T direct() const noexcept { return by_.direct; }
    [[nodiscard]] constexpr real_coefficients<T> real([[maybe_unused]] int i) const noexcept
    {
        if constexpr (Reals == 0) return {};
        else return {by_.pole[2 * Pairs + i], by_.gain[2 * Pairs + i]};
    }
    [[nodiscard]] constexpr section_coefficients<T> section(int i) const noexcept
    {
        return {by_.pole[2 * i], -by_.turn[2 * i], by_.gain[2 * i], by_.gain[2 * i + 1]};
    }

    /// One sample.
    [[gnu::always_inline]] constexpr T operator()(T x) noexcept
    {
        if (until_renewed_-- == 0) renew_bases();
        const T y = by_.direct * x + T(of_bases_);
        if constexpr (math::has_block_vectors && places > 0)
            if (!std::is_constant_evaluated()) return run_lanes(x, y);
        return run_one_by_one(x, y);
    }

    constexpr void reset() noexcept
    {
        for (int i = 0; i < all_places; ++i) bases_[i] = T{}, changes_[i] = T{}, drifts_[i] = T{};
        of_bases_ = T{};
        until_renewed_ = 0;
        is_based_ = false;
    }
    /// Flushes what has faded, as every renewal of the bases does.
    constexpr void settle() noexcept { renew_bases(); }

    /// The states, each as one number, in whole vectors: for what runs them otherwise.
    constexpr state<T>* joined_states() noexcept
    {
        if (is_based_) join();
        return changes_;
    }
    [[nodiscard]] constexpr state<T>* states() noexcept { return changes_; }   ///< when they are joined
    [[nodiscard]] constexpr const state<T>* states() const noexcept { return changes_; }
    /// The states, each as two numbers: `run(bases, changes)` runs them otherwise.
    void run_parted(auto&& run) noexcept
    {
        run(bases_, changes_);
        is_based_ = true;
        until_renewed_ = 0;
    }

    /// Parts those states that are the sums of others' as these are parted.
    constexpr void part_as(const based_lanes& other) noexcept
    {
        for (int i = 0; i < places; ++i) {
            const T b = other.bases_[i], c = other.changes_[i];
            if (changes_[i].is_same(b + c)) bases_[i] = b, changes_[i] = c;
        }
        until_renewed_ = other.until_renewed_;
        is_based_ = true;
        if constexpr (math::has_block_vectors && places > 0)
            if (!std::is_constant_evaluated()) return derive_in_lanes();
        derive_one_by_one();
    }

    /// Compares their coefficients with those of another filter.
    void compare(const based_lanes& other, math::byte_difference& differ) const noexcept { differ.add(by_, other.by_); }

private:
    static constexpr int based = 64;   ///< samples for which the bases stay
    static constexpr int all_places = in_vectors(places), turn_places = in_vectors(2 * Pairs);

    constexpr void set(int place, T pole, T gain, T turn, T drive) noexcept
    {
        by_.pole[place] = pole, by_.gain[place] = gain;
        if (place < turn_places) by_.turn[place] = turn, by_.drive[place] = drive;
    }

    [[gnu::always_inline]] T run_lanes(T x, T y) noexcept
    {
        const vector input = vector::all(x);
        vector heard;
#pragma GCC unroll 16
        for (int first = 0; first < all_places; first += l) {
            const vector c = vector::from_integers(changes_ + first), drift = vector::from_integers(drifts_ + first);
            const vector in = first < turn_places ? fmadd(vector::from(by_.drive + first), input, drift) : input + drift;
            vector next = fmadd(vector::from(by_.pole + first), c, in);
            if constexpr (stored_pole<T>::is_distance) next = c + next;
            if (first < turn_places) next = fmadd(vector::from(by_.turn + first), c.with_pairs_swapped(), next);
            next.to_integers(changes_ + first);
            const vector gain = vector::from(by_.gain + first);
            heard = first == 0 ? gain * c : fmadd(gain, c, heard);
        }
        return sum(heard, y);
    }
    [[gnu::always_inline]] static T sum(const vector& all, T y) noexcept
    {
        return (all + all.with_pairs_swapped()).template sum_of_even<0>(T(1), y);
    }

    /// As compilers evaluate it, and as it runs where there are no vectors.
    constexpr T run_one_by_one(T x, T y) noexcept
    {
        T c[at_least_1(places)]{};
        for (int i = 0; i < places; ++i) c[i] = changes_[i];
        for (int i = 0; i < places; ++i) {
            y += by_.gain[i] * c[i];
            changes_[i] = stored_pole<T>::advance(by_.pole[i], c[i], i < 2 * Pairs ? by_.drive[i] * x + T(drifts_[i]) : x + T(drifts_[i]));
            if (i < 2 * Pairs) changes_[i] = changes_[i] + by_.turn[i] * c[i ^ 1];
        }
        return y;
    }

    /// Adds what has changed to the bases, and flushes what has faded.
    [[gnu::always_inline]] constexpr void renew_bases() noexcept
    {
        until_renewed_ = based - 1;
        is_based_ = true;
        if constexpr (math::has_block_vectors && places > 0)
            if (!std::is_constant_evaluated()) {
                add_lanes_to_bases();
                return derive_in_lanes();
            }
        add_to_bases();
        derive_one_by_one();
    }
    [[gnu::always_inline]] void add_lanes_to_bases() noexcept
    {
#pragma GCC unroll 16
        for (int first = 0; first < all_places; first += l) {
            const vector b = vector::from_integers(bases_ + first), c = vector::from_integers(changes_ + first);
            const vector sum = (b + c).without_smaller_than(faded<T>);
            sum.to_integers(bases_ + first);
            (c - (sum - b)).without_smaller_than(faded<T>).to_integers(changes_ + first);
        }
    }
    constexpr void add_to_bases() noexcept
    {
        for (int i = 0; i < places; ++i) {
            const T b = bases_[i], c = changes_[i], sum = b + c;
            bases_[i] = sum, changes_[i] = c - (sum - b);
            flush(bases_[i]), flush(changes_[i]);
        }
    }
    /// Computes what bases contribute.
    [[gnu::always_inline]] void derive_in_lanes() noexcept
    {
        vector heard = vector::all(T{});
#pragma GCC unroll 16
        for (int first = 0; first < all_places; first += l) {
            const vector b = vector::from_integers(bases_ + first);
            const vector from_1 = vector::from(by_.pole + first) - vector::all(static_cast<T>(1.0 - stored::offset));
            vector drift = from_1 * b;
            if (first < turn_places) drift = fmadd(vector::from(by_.turn + first), b.with_pairs_swapped(), drift);
            drift.to_integers(drifts_ + first);
            heard = fmadd(vector::from(by_.gain + first), b, heard);
        }
        of_bases_ = sum(heard, T{});
    }
    constexpr void derive_one_by_one() noexcept
    {
        T of_bases{};
        for (int i = 0; i < places; ++i) {
            drifts_[i] = static_cast<T>(stored::from_1(by_.pole[i])) * T(bases_[i]);
            if (i < 2 * Pairs) drifts_[i] = drifts_[i] + by_.turn[i] * T(bases_[i ^ 1]);
            of_bases += by_.gain[i] * T(bases_[i]);
        }
        of_bases_ = of_bases;
    }

    constexpr void join() noexcept
    {
        for (int i = 0; i < all_places; ++i) {
            changes_[i] = T(bases_[i]) + T(changes_[i]);
            bases_[i] = T{}, drifts_[i] = T{};
        }
        of_bases_ = T{};
        is_based_ = false;
        until_renewed_ = 0;
    }

    using stored = stored_pole<T>;

    struct coefficients {
        T pole[at_least_1(all_places)]{}, gain[at_least_1(all_places)]{}, turn[at_least_1(turn_places)]{}, drive[at_least_1(turn_places)]{};
        T direct{};
    };

    coefficients by_{};
    alignas(16) state<T> changes_[at_least_1(all_places)]{}, drifts_[at_least_1(all_places)]{}, bases_[at_least_1(all_places)]{};
    state<T> of_bases_{};
    int until_renewed_ = 0;   ///< samples for which the bases stay; none where the states were joined or ran otherwise
    bool is_based_ = false;   ///< some base may be other than 0
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
