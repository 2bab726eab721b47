// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/block_vector.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The loops over blocks, by the number of states: apart from the forms, so that a compiler makes one for all forms that need it.
/// `room` holds the coefficients as block_layout has them.
template <class T>
class block_loops {
    using layout = block_layout<T>;
    using vector = math::block_vector<T>;
    static constexpr int l = layout::length;

public:
    using loop = void (*)(const block_modes&, const state<T>* room, T* samples, std::size_t count, state<T>* states) noexcept;

    /// `n` states without links.
    template <int n, int turns>
    [[gnu::noinline]] static void run_states([[maybe_unused]] const block_modes& modes, const state<T>* room, T* samples, std::size_t count,
                                             state<T>* states) noexcept
    {
        constexpr layout at{n, turns};
        constexpr int vectors = at.vectors();
        // Copies: for all that a compiler knows, coefficients of the object change with every sample that is written.
        vector impulse[l], output[n + 1], drive[(l - 1) * vectors + turns + 1], decay[vectors + 1], turn[turns + 1], s[vectors + 1],
            next[vectors + 1];
#pragma GCC unroll 32
        for (int j = 0; j < l; ++j) impulse[j] = vector::from(room + at.impulse(j));
#pragma GCC unroll 32
        for (int m = 0; m < n; ++m) output[m] = vector::from(room + at.output(m));
#pragma GCC unroll 64
        for (int i = 0; i < (l - 1) * vectors + turns; ++i) drive[i] = vector::from(room + at.drive(0) + i * l);
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) decay[v] = vector::from(room + at.decay() + v * l);
#pragma GCC unroll 32
        for (int v = 0; v < turns; ++v) turn[v] = vector::from(room + at.turn() + v * l);
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) s[v] = vector::from(states + v * l);

        for (T* const end = samples + count; samples != end; samples += l) {
            vector x = vector::all(samples[l - 1]), y = impulse[l - 1] * x;
            // The last sample enters the state of a real mode as it is.
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) next[v] = v < turns ? drive[(l - 1) * vectors + v] * x : x;
#pragma GCC unroll 32
            for (int j = 0; j < l - 1; ++j) {
                x = vector::all(samples[j]);
                y = fmadd(impulse[j], x, y);
#pragma GCC unroll 32
                for (int v = 0; v < vectors; ++v) next[v] = fmadd(drive[j * vectors + v], x, next[v]);
            }
            // The states' way to the next block comes before what they contribute to the outputs, since that block waits for it.
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) {
                const vector kept = v < turns ? fmadd(turn[v], s[v].with_pairs_swapped(), s[v]) : s[v];
                next[v] = kept + fmadd(decay[v], s[v], next[v]);
            }
            add_outputs(output, s, y, std::make_integer_sequence<int, n>{});
            y.to(samples);
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) s[v] = next[v];
        }
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) s[v].without_smaller_than(faded<T>).to(states + v * l);
    }

private:
    template <int... m>
    [[gnu::always_inline]] static void add_outputs([[maybe_unused]] const vector* output, [[maybe_unused]] const vector* s, vector& y,
                                                   std::integer_sequence<int, m...>) noexcept
    {
        ((y = fmadd(output[m], s[m / l].template spread<m % l>(), y)), ...);
    }

public:
    /// Any number of states in so many vectors, of which any turns; with links. Coefficients stay in memory.
    template <int vectors>
    [[gnu::noinline]] static void run_any(const block_modes& modes, const state<T>* room, T* samples, std::size_t count,
                                          state<T>* states) noexcept
    {
        const layout at = modes.layout<T>();
        const int turns = at.turns;
        vector s[vectors + 1], next[vectors + 1];
        T held[(vectors + 1) * l]{};
        const state<T>*const drive = room + at.drive(0), *const decay = room + at.decay(), *const turn = room + at.turn();
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) s[v] = vector::from(states + v * l);
        for (T* const end = samples + count; samples != end; samples += l) {
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) {
                s[v].to(held + v * l);
                next[v] = vector::from(decay + v * l) * s[v];
                if (v < turns) next[v] = fmadd(vector::from(turn + v * l), s[v].with_pairs_swapped(), next[v]);
            }
            vector y{};
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
            int i = 0;
            for (std::uint32_t linked = modes.linked; linked != 0; linked &= linked - 1, ++i) {
                const vector from = vector::all(held[std::countr_zero(linked)]);
#pragma GCC unroll 32
                for (int v = 0; v < vectors; ++v) next[v] = fmadd(vector::from(room + at.link(i) + v * l), from, next[v]);
            }
            for (int m = 0; m < at.states; ++m) y = fmadd(vector::from(room + at.output(m)), vector::all(held[m]), y);
            y.to(samples);
#pragma GCC unroll 32
            for (int v = 0; v < vectors; ++v) s[v] = s[v] + next[v];
        }
#pragma GCC unroll 32
        for (int v = 0; v < vectors; ++v) s[v].without_smaller_than(faded<T>).to(states + v * l);
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
