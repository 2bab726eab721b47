// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/mode_coefficients.hpp>
#include <phono/kernel/slow_modes.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/block_vector.hpp>
#include <phono/math/byte_difference.hpp>

#include <cstdint>
#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Whether the modes of a filter run sample by sample in vectors: in float, of which a vector or two hold all that most filters have.
template <class T>
inline constexpr bool run_in_mode_lanes = math::has_block_vectors && sizeof(T) < sizeof(double);

/// The direct gain, real modes and sections of a filter that run side by side, a lane of a vector for each state, sections first. From its
/// states s a sample x makes
///
///     y = direct x + sum of gain (s + r)
///     kept = s + turn swap(s),  change = (pole - 1) s + drive x,  s' = kept + change
///     r' = pole r + what rounding cut off s'
///
/// where `swap` exchanges the two states of a section, of which the first is driven; a real mode has no turn and is driven. The rests r of
/// slow real modes are what their states lack (slow_modes); other lanes have only what blocks leave, which fades as their modes do. They run
/// beside the states: none waits for its rest, as it would if that were a part of the next sample's input.
template <class T, int Reals, int Pairs>
class mode_lanes {
    using vector = math::block_vector<T>;
    static constexpr int l = block_layout<T>::length;

public:
    static constexpr int places = 2 * Pairs + Reals;   ///< of states

    constexpr mode_lanes() noexcept
    {
        for (T& pole : by_.pole) pole = real_coefficients<T>{}.pole;
    }

    constexpr void set_direct(T gain) noexcept { by_.direct = gain; }
    constexpr void set_real(int i, const real_coefficients<T>& c) noexcept { set(2 * Pairs + i, c.pole, c.gain, T{}, true); }
    constexpr void set_section(int i, const section_coefficients<T>& c) noexcept
    {
        set(2 * i, c.alpha, c.a_gain, -c.gamma, true);
        set(2 * i + 1, c.alpha, c.b_gain, T(1), false);
    }
    /// The first real modes, so many, have rests.
    constexpr void hold_rests(int slow) noexcept
    {
        for (int i = 0; i < rest_places; ++i) {
            const int real = first_rest + i - 2 * Pairs;
            by_.slow[i] = real >= 0 && real < slow ? all_bits : std::uint32_t{};
            if (by_.slow[i] == 0) rests_[i] = T{};
        }
    }

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
        if (std::is_constant_evaluated()) return one_by_one(x);
        const vector input = vector::all(x);
        vector largest = vector::all(T{}), others = largest;   // what vectors contribute to the output; the slowest modes' is the largest
#pragma GCC unroll 16
        for (int first = 0; first < all_places; first += l) {
            const vector s = vector::from_integers(states_ + first);
            const vector gain = vector::from(by_.gain + first), pole = vector::from(by_.pole + first);
            vector kept = s, change = input;
            if (first < turn_places) {
                kept = fmadd(vector::from(by_.turn + first), s.with_pairs_swapped(), s);
                change = input.where(by_.driven + first);
            }
            change = fmadd(pole, s, change);
            const vector next = kept + change;
            next.to_integers(states_ + first);
            vector heard;   // in even lanes the sum of a pair, so that of the slowest modes, which may cancel, little is rounded
            const int rest = first - first_rest;
            if (rest >= 0 && rest < rest_places) {
                const vector r = vector::from_integers(rests_ + rest), of_rest = gain * r;
                const vector cut_off = (change - (next - kept)).where(by_.slow + rest);
                (r + fmadd(pole, r, cut_off)).to_integers(rests_ + rest);
                heard = fmadd(gain, s, fmadd(gain, s, of_rest).with_pairs_swapped() + of_rest);
            } else heard = fmadd(gain, s, (gain * s).with_pairs_swapped());
            if (first == largest_vector) largest = heard;
            else others = others + heard;
        }
        const T smaller = all_places > l ? others.template sum_of_even<0>(by_.direct, x) : by_.direct * x;
        return largest.template sum_of_even<largest_lane>(T(1), smaller);
    }

    constexpr void reset() noexcept
    {
        for (state<T>& s : states_) s = T{};
        for (state<T>& r : rests_) r = T{};
    }
    constexpr void settle() noexcept
    {
        for (state<T>& s : states_) flush(s);
        for (state<T>& r : rests_) flush(r);
    }

    /// The states, which are whole vectors of them.
    [[nodiscard]] constexpr state<T>* states() noexcept { return states_; }
    [[nodiscard]] constexpr const state<T>* states() const noexcept { return states_; }
    /// The same with the rests added to them, of which these are no longer kept.
    constexpr state<T>* joined_states() noexcept
    {
        take_in_rests();
        return states_;
    }
    /// The states and their rests, in the places of the states: `run(states, rests)` runs them otherwise. Rests of modes that are not slow fade
    /// as these do.
    [[gnu::always_inline]] void run_parted(auto&& run) noexcept
    {
        if constexpr (rest_places == all_places) run(states_, rests_);
        else {
            state<T> rests[at_least_1(all_places)]{};
            for (int i = 0; i < rest_places; ++i) rests[first_rest + i] = rests_[i];
            run(states_, rests);
            for (int i = 0; i < rest_places; ++i) rests_[i] = rests[first_rest + i];
        }
    }

    /// Rests that were joined stay so.
    constexpr void part_as(const mode_lanes&) noexcept {}

    /// Compares their coefficients with those of another filter.
    void compare(const mode_lanes& other, math::byte_difference& differ) const noexcept { differ.add(by_, other.by_); }

private:
    constexpr void take_in_rests() noexcept
    {
        bool are_some = false;   // none between blocks: then the states are not written, since a vector waits for one that has just been
        for (int i = 0; i < most_slow; ++i) are_some = are_some || !rests_[2 * Pairs - first_rest + i].is_same({});
        if (!are_some) return;
        state<T>* const beside = states_ + (rest_places > 0 ? first_rest : 0);
        if (std::is_constant_evaluated()) {
            for (int i = 0; i < rest_places; ++i) beside[i] = T(beside[i]) + T(rests_[i]), rests_[i] = T{};
            return;
        }
#pragma GCC unroll 16
        for (int i = 0; i < rest_places; i += l) {
            state<T>* const s = beside + i;
            (vector::from_integers(s) + vector::from_integers(rests_ + i)).to_integers(s);
            vector::all(T{}).to_integers(rests_ + i);
        }
    }
    [[nodiscard]] static constexpr int in_vectors(int n) noexcept { return block_layout<T>{n}.places(); }
    [[nodiscard]] static constexpr int at_least_1(int n) noexcept { return n > 0 ? n : 1; }

    static constexpr std::uint32_t all_bits = ~std::uint32_t{};
    static constexpr int all_places = in_vectors(places), turn_places = in_vectors(2 * Pairs);
    static constexpr int most_slow = Reals < slow_modes<T>::most_usual ? Reals : slow_modes<T>::most_usual;
    static constexpr int first_rest = 2 * Pairs / l * l;
    static constexpr int rest_places = most_slow > 0 ? in_vectors(2 * Pairs + most_slow) - first_rest : 0;
    /// The slowest mode's.
    static constexpr int largest_vector = rest_places > 0 ? first_rest : 0, largest_lane = rest_places > 0 ? 2 * Pairs - first_rest : 0;

    constexpr void set(int place, T pole, T gain, T turn, bool is_driven) noexcept
    {
        by_.pole[place] = pole, by_.gain[place] = gain;
        if (place < turn_places) by_.turn[place] = turn, by_.driven[place] = is_driven ? all_bits : std::uint32_t{};
    }

    [[nodiscard]] constexpr T one_by_one(T x) noexcept
    {
        T y = by_.direct * x, s[at_least_1(all_places)]{}, r[at_least_1(all_places)]{};
        for (int i = 0; i < all_places; ++i) s[i] = states_[i];
        for (int i = 0; i < rest_places; ++i) r[first_rest + i] = rests_[i];
        for (int i = 0; i < places; ++i) {
            const bool turns = i < turn_places;
            const T kept = turns ? s[i] + by_.turn[i] * s[i ^ 1] : s[i];
            const T change = by_.pole[i] * s[i] + (turns && by_.driven[i] == 0 ? T{} : x), next = kept + change;
            y += by_.gain[i] * s[i];
            states_[i] = next;
            const int at = i - first_rest;
            if (at < 0 || at >= rest_places) continue;
            y += by_.gain[i] * r[i];
            rests_[at] = r[i] + (by_.pole[i] * r[i] + (by_.slow[at] != 0 ? change - (next - kept) : T{}));
        }
        return y;
    }

    struct coefficients {
        T direct{}, pole[at_least_1(all_places)]{}, gain[at_least_1(all_places)]{}, turn[at_least_1(turn_places)]{};
        std::uint32_t slow[at_least_1(rest_places)]{}, driven[at_least_1(turn_places)]{};   ///< all bits, or none
    };

    coefficients by_{};
    state<T> states_[at_least_1(all_places)]{}, rests_[at_least_1(rest_places)]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
