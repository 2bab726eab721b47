// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/held_input.hpp>
#include <phono/kernel/slow_modes.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/block_vector.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The loops over blocks, by the number of states: apart from the forms, so that a compiler makes one for all forms that need it, and
/// inlined into functions that are compiled for an instruction set each (block_choice), whose registers hold `widest` doubles.
/// `room` holds the coefficients as block_layout has them.
///
/// With `rests` a state is the sum of two numbers. Of slow forms one of them, large, is the base, and stays for 64 samples: what it contributes
/// to the outputs and, as a drift, to the states is computed once. The other one is what changes, which is small and so is rounded little
/// (slow_modes says why). Then base and change are added, and the rounding is the next change.
///
/// In float the input is two numbers as well: the first sample of the 64, and what has changed since (held_input says why).
///
/// Of other forms in float what rounding cuts off a state is fed back: it enters the state two blocks later, so that no block waits for it,
/// and is not heard until then.
template <class T, int widest>
class block_loops {
    using layout = block_layout<T>;
    using vector = math::block_vector<T, widest>;
    static constexpr int l = layout::length;

public:
    /// `n` states without links.
    template <int n, int turns, bool is_slow>
    [[gnu::always_inline]] static void run_states(const state<T>* room, T* samples, std::size_t count, state<T>* states,
                                                  [[maybe_unused]] state<T>* rests) noexcept
    {
        constexpr layout at{n, turns};
        constexpr int vectors = at.vectors();
        // A last state that has a vector to itself is in all lanes of it, as what it is computed from: so it need not be spread, and where a
        // vector takes two registers, which are then the same, one is enough.
        constexpr bool is_last_alone = n % l == 1 && turns < vectors, feeds_back = slow_modes<T>::blocks_feed_back && !is_slow;
        // Copies: for all that a compiler knows, those of the form change with every sample that is written. As arrays, since g++ 12 keeps what
        // is in an object in memory.
        vector impulse[l], output[n + 1], drive[(l - 1) * vectors + turns + 1], decay[vectors + 1], turn[turns + 1];
#pragma GCC unroll 32
        for (int j = 0; j < l; ++j) impulse[j] = vector::from(room + at.impulse(j));
        load<n>(output, room + at.output(0));
        load<(l - 1) * vectors + turns>(drive, room + at.drive(0));
        load<turns>(turn, room + at.turn());
        load_states<vectors, is_last_alone>(decay, room + at.decay());
        if constexpr (is_last_alone) {
#pragma GCC unroll 32
            for (int j = 1; j < l; ++j) spread_first(drive[j * vectors - 1]);
        }

        // In double long blocks run in pairs where that pays (block_pairs); elsewhere some gain by it and some lose.
        constexpr bool spreads_from_memory = widest >= 4 && slow_modes<T>::is_narrow;
        constexpr std::make_integer_sequence<int, n> all_states;
        vector s[vectors + 1], next[vectors + 1];
        alignas(32) T held[vectors * l + 1];
        if constexpr (is_slow) load_states<vectors, is_last_alone>(s, rests);
        else load_states<vectors, is_last_alone>(s, states);

        vector base[vectors + 1], drift[vectors + 1], of_base = vector::all(T{});   // of slow forms
        [[maybe_unused]] T* base_ends = samples;
        if constexpr (is_slow) load_states<vectors, is_last_alone>(base, states);
        clear<is_slow ? vectors : 0>(drift);
        constexpr bool has_first = is_slow && slow_modes<T>::is_narrow;
        [[maybe_unused]] vector rest_of_drive[vectors + 1];   // of a sample that stays: slow modes' drives are nearly 1
        if constexpr (has_first) add_up_drives<vectors, turns>(drive, rest_of_drive);
        vector cut_off[vectors + 1], cut_off_before[vectors + 1];   // of the states, by the last block and by the one before it
        if constexpr (feeds_back) {
            load_states<vectors, is_last_alone>(cut_off, rests);
            add_to_base<vectors>(s, cut_off);
            clear<vectors>(cut_off_before);
        }
        for (T* const end = samples + count; samples != end; samples += l) {
            if constexpr (is_slow)
                if (samples == base_ends) {
                    base_ends += based;
                    add_to_base<vectors>(base, s);
                    if constexpr (!has_first) {
                        drift_of<vectors, turns>(base, decay, turn, drift);
                        of_base = vector::all(T{});
                        add_outputs<is_last_alone>(output, base, of_base, all_states);
                    } else {
                        // Not vector::all(samples[0]), of which g++ 12 would make vectors lane by lane, here and below.
                        const vector first = vector::from(samples).template spread<0>();
                        held_input<T, widest, n, turns>::contribute(room, first, rest_of_drive, base, drift, of_base);
                        if constexpr (is_last_alone) spread_first(drift[vectors - 1]);
                        subtract(samples, base_ends < end ? base_ends : end, first);
                    }
                }
            // The last sample enters the state of a real mode as it is.
            vector x = vector::all(samples[l - 1]), y = is_slow ? fmadd(impulse[l - 1], x, of_base) : impulse[l - 1] * x;
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) {
                next[v] = v < turns ? drive[(l - 1) * vectors + v] * x : x;
                if constexpr (is_slow) next[v] = next[v] + drift[v];
            }
#pragma GCC unroll 32
            for (int j = 0; j < l - 1; ++j) {
                x = vector::all(samples[j]);
                y = fmadd(impulse[j], x, y);
#pragma GCC unroll 32
                for (int v = 0; v < vectors; ++v) next[v] = fmadd(drive[j * vectors + v], x, next[v]);
            }
            if constexpr (spreads_from_memory) {
#pragma GCC unroll 32
                for (int v = 0; v < vectors; ++v) s[v].to(held + v * l);
                __asm__("" : "+m"(held));
            }
            // The states' way to the next block comes before what they contribute to the outputs, since that block waits for it.
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) {
                const vector kept = v < turns ? fmadd(turn[v], s[v].with_pairs_swapped(), s[v]) : s[v];
                if constexpr (feeds_back) next[v] = next[v] + cut_off_before[v];
                const vector change = fmadd(decay[v], s[v], next[v]);
                next[v] = kept + change;
                if constexpr (feeds_back) {
                    cut_off_before[v] = cut_off[v];
                    cut_off[v] = change - (next[v] - kept);
                }
            }
            if constexpr (spreads_from_memory) add_outputs_from_memory<is_last_alone, n>(output, s, held, y);
            else add_outputs<is_last_alone>(output, s, y, all_states);
            y.to(samples);
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) s[v] = next[v];
        }
        if constexpr (is_slow) {
            add_to_base<vectors>(base, s);
            store<vectors>(s, rests);
            store<vectors>(base, states);
            return;
        }
        store<vectors>(s, states);
        if constexpr (feeds_back) {
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) cut_off[v] = cut_off_before[v] + cut_off[v];
            store<vectors>(cut_off, rests);
        }
    }

private:
    static constexpr std::size_t based = 64;   ///< samples, in whole blocks
    static constexpr int longest_chain = 8;    ///< of outputs that are added one after another

    template <int vectors>
    [[gnu::always_inline]] static void load([[maybe_unused]] vector* to, [[maybe_unused]] const auto* from) noexcept
    {
#pragma GCC unroll 64
        for (int v = 0; v < vectors; ++v) to[v] = vector::from(from + v * l);
    }
    template <int vectors, bool is_last_alone>
    [[gnu::always_inline]] static void load_states(vector* to, const auto* from) noexcept
    {
        load<vectors>(to, from);
        if constexpr (is_last_alone) spread_first(to[vectors - 1]);
    }
    [[gnu::always_inline]] static void spread_first(vector& v) noexcept { v = v.template spread<0>(); }

    /// The sum of what the samples of a block drive each state by, less 1 each.
    template <int vectors, int turns>
    [[gnu::always_inline]] static void add_up_drives(const vector* drive, vector* rest) noexcept
    {
        const vector one = vector::all(T(1));
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) {
            rest[v] = v < turns ? drive[(l - 1) * vectors + v] - one : vector::all(T{});   // the last sample enters a real mode as it is
#pragma GCC unroll 32
            for (int j = 0; j < l - 1; ++j) rest[v] = rest[v] + (drive[j * vectors + v] - one);
        }
    }
    /// From whole blocks of samples.
    [[gnu::always_inline]] static void subtract(T* samples, const T* end, const vector& x) noexcept
    {
        for (; samples != end; samples += l) (vector::from(samples) - x).to(samples);
    }
    /// What states make of themselves beyond what they are.
    template <int vectors, int turns>
    [[gnu::always_inline]] static void drift_of(const vector* s, const vector* decay, [[maybe_unused]] const vector* turn,
                                                vector* drift) noexcept
    {
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) {
            drift[v] = decay[v] * s[v];
            if (v < turns) drift[v] = fmadd(turn[v], s[v].with_pairs_swapped(), drift[v]);
        }
    }
    template <int vectors>
    [[gnu::always_inline]] static void clear([[maybe_unused]] vector* all) noexcept
    {
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) all[v] = vector::all(T{});
    }
    /// Flushes what has faded.
    template <int vectors>
    [[gnu::always_inline]] static void store(const vector* from, auto* to) noexcept
    {
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) from[v].without_smaller_than(faded<T>).to(to + v * l);
    }

    /// Adds what has changed to the base. What rounding cuts off has changed as well.
    template <int vectors>
    [[gnu::always_inline]] static void add_to_base(vector* base, vector* change) noexcept
    {
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) {
            const vector sum = base[v] + change[v];
            change[v] = change[v] - (sum - base[v]);
            base[v] = sum;
        }
    }

    /// Adds what any states make of themselves, beyond what they are, and of the outputs; they are held in memory meanwhile.
    template <int vectors>
    [[gnu::always_inline]] static void contribute(const block_modes& modes, const state<T>* room, T* held, const vector* s, vector* next,
                                                  vector& y) noexcept
    {
        const layout at = modes.layout<T>();
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) {
            s[v].to(held + v * l);
            next[v] = fmadd(vector::from(room + at.decay() + v * l), s[v], next[v]);
            if (v < at.turns) next[v] = fmadd(vector::from(room + at.turn() + v * l), s[v].with_pairs_swapped(), next[v]);
        }
        int i = 0;
        for (std::uint32_t linked = modes.linked; linked != 0; linked &= linked - 1, ++i) {
            const vector from = vector::all(held[std::countr_zero(linked)]);
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) next[v] = fmadd(vector::from(room + at.link(i) + v * l), from, next[v]);
        }
        for (int m = 0; m < at.states; ++m) y = fmadd(vector::from(room + at.output(m)), vector::all(held[m]), y);
    }

    /// Adds what states contribute to the outputs. Of many in two chains, since the processor begins blocks to come while a chain waits for
    /// itself, and has no room for as many of them as long ones need.
    template <bool is_last_alone, int... m>
    [[gnu::always_inline]] static void add_outputs([[maybe_unused]] const vector* output, [[maybe_unused]] const vector* s, vector& y,
                                                   std::integer_sequence<int, m...>) noexcept
    {
        constexpr int n = sizeof...(m);
        [[maybe_unused]] vector odd;
        (add_output<m, n, is_last_alone>(output, s, y, odd), ...);
        if constexpr (n > longest_chain) y = y + odd;
    }
    /// The same of states in memory: each is spread as it is loaded, which takes none of the units that multiply and shuffle. Without
    /// another function, from which g++ 12 would get each vector lane by lane where it compiles for AVX2 what is not.
    template <bool is_last_alone, int n>
    [[gnu::always_inline]] static void add_outputs_from_memory([[maybe_unused]] const vector* output, [[maybe_unused]] const vector* s,
                                                               [[maybe_unused]] const T* held, vector& y) noexcept
    {
        [[maybe_unused]] vector odd;
#pragma GCC unroll 32
        for (int m = 0; m < n; ++m) {
            const vector each = is_last_alone && m == n - 1 ? s[m / l] : vector::all(held[m]);
            if (n <= longest_chain || m % 2 == 0) y = fmadd(output[m], each, y);
            else odd = m == 1 ? output[m] * each : fmadd(output[m], each, odd);
        }
        if constexpr (n > longest_chain) y = y + odd;
    }
    template <int m, int n, bool is_last_alone>
    [[gnu::always_inline]] static void add_output(const vector* output, const vector* s, vector& y, [[maybe_unused]] vector& odd) noexcept
    {
        vector each;
        if constexpr (is_last_alone && m == n - 1) each = s[m / l];
        else each = s[m / l].template spread<m % l>();
        if constexpr (n <= longest_chain || m % 2 == 0) y = fmadd(output[m], each, y);
        else if constexpr (m == 1) odd = output[m] * each;
        else odd = fmadd(output[m], each, odd);
    }

public:
    /// Any number of states in so many vectors, of which any turns; with links. Coefficients stay in memory.
    template <int vectors>
    [[gnu::always_inline]] static void run_any(const block_modes& modes, const state<T>* room, T* samples, std::size_t count,
                                               state<T>* states, state<T>* rests) noexcept
    {
        const layout at = modes.layout<T>();
        const int turns = at.turns;
        vector s[vectors + 1], next[vectors + 1];
        T held[(vectors + 1) * l]{};
        const state<T>* const drive = room + at.drive(0);
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) s[v] = vector::from(states + v * l);
        vector base[vectors + 1], drift[vectors + 1], of_base = vector::all(T{});
        clear<vectors>(base);
        clear<vectors>(drift);
        if (rests != nullptr) {
            load<vectors>(base, states);
            load<vectors>(s, rests);
        }
        for (T *const begin = samples, *const end = samples + count; samples != end; samples += l) {
            if (rests != nullptr && static_cast<std::size_t>(samples - begin) % based == 0) {
                add_to_base<vectors>(base, s);
                of_base = vector::all(T{});
                clear<vectors>(drift);
                contribute<vectors>(modes, room, held, base, drift, of_base);
            }
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) next[v] = drift[v];
            vector y = of_base;
#pragma GCC unroll 32
            for (int j = 0; j < l; ++j) {
                const vector x = vector::all(samples[j]);
                y = fmadd(vector::from(room + at.impulse(j)), x, y);
#pragma GCC unroll 32
                for (int v = 0; v < vectors; ++v) {
                    if (j == l - 1 && v >= turns) next[v] = next[v] + x;
                    else next[v] = fmadd(vector::from(drive + (j * vectors + v) * l), x, next[v]);
                }
            }
            contribute<vectors>(modes, room, held, s, next, y);
            y.to(samples);
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) s[v] = s[v] + next[v];
        }
        if (rests != nullptr) {
            add_to_base<vectors>(base, s);
            store<vectors>(s, rests);
            store<vectors>(base, states);
        } else store<vectors>(s, states);
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
