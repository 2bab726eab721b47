// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/alone.hpp>
#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/mode_coefficients.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/block_vector.hpp>
#include <phono/math/byte_difference.hpp>

#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The direct gain, real modes and sections of a filter that run one after another without a loop, sections first in the places of states.
/// A place for which there is no mode costs time, but contributes nothing.
template <class T, int Reals, int Pairs>
class unrolled_modes {
public:
    static constexpr bool has_rests = false;
    static constexpr int places = 2 * Pairs + Reals;   ///< of states

    constexpr void set_direct(T gain) noexcept { reals_.direct = gain; }
    constexpr void set_real(int i, const real_coefficients<T>& c) noexcept { reals_.pole[i] = c.pole, reals_.gain[i] = c.gain; }
    constexpr void set_section(int i, const section_coefficients<T>& c) noexcept { pairs_[i] = c; }

    [[nodiscard]] constexpr T direct() const noexcept { return reals_.direct; }
    [[nodiscard]] constexpr real_coefficients<T> real(int i) const noexcept { return {reals_.pole[i], reals_.gain[i]}; }
    [[nodiscard]] constexpr const section_coefficients<T>& section(int i) const noexcept { return pairs_[i]; }

    /// One sample.
    [[gnu::always_inline]] constexpr T operator()(T x) noexcept
    {
        T y = reals_.direct * x;
        [&]<int... i>(std::integer_sequence<int, i...>) { (run_real(i, states_[2 * Pairs + i], x, y), ...); }
        (std::make_integer_sequence<int, Reals>{});
        [&]<int... i>(std::integer_sequence<int, i...>) { (run_section(pairs_[i], states_[2 * i], states_[2 * i + 1], x, y), ...); }
        (std::make_integer_sequence<int, Pairs>{});
        return y;
    }

    /// One section of any; returns its b before the sample.
    static constexpr T run_section(const section_coefficients<T>& c, state<T>& place_a, state<T>& place_b, T input, T& y) noexcept
    {
        const T a = place_a, b = place_b;
        y += c.a_gain * a + c.b_gain * b;
        place_a = alone(stored::advance(c.alpha, a, input - c.gamma * b));
        place_b = alone(stored::advance(c.alpha, b, a));
        return b;
    }

    constexpr void reset() noexcept
    {
        for (state<T>& s : states_) s = T{};
    }
    constexpr void settle() noexcept
    {
        for (state<T>& s : states_) flush(s);
    }

    /// The states, which are whole vectors of them.
    [[nodiscard]] constexpr state<T>* states() noexcept { return states_; }
    [[nodiscard]] constexpr const state<T>* states() const noexcept { return states_; }

    /// Compares their coefficients with those of another filter.
    void compare(const unrolled_modes& other, math::byte_difference& differ) const noexcept
    {
        differ.add(reals_, other.reals_);
        if constexpr (Pairs > 0) differ.add(pairs_, other.pairs_);
    }

private:
    using stored = stored_pole<T>;

    constexpr void run_real(int i, state<T>& place, T x, T& y) noexcept
    {
        const T s = place;
        y += reals_.gain[i] * s;
        place = alone(stored::advance(reals_.pole[i], s, x));
    }

    [[nodiscard]] static constexpr int at_least_1(int n) noexcept { return n > 0 ? n : 1; }

    /// What filters nearly always have: one object, of which few loads tell whether two have the same.
    struct reals_and_direct {
        T direct{}, pole[at_least_1(Reals)]{}, gain[at_least_1(Reals)]{};
    };

    reals_and_direct reals_{};
    state<T> states_[at_least_1(math::has_block_vectors ? block_layout<T>{places}.places() : places)]{};
    section_coefficients<T> pairs_[at_least_1(Pairs)]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
