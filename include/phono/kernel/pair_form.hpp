// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/register_shuffles.hpp>

#include <cstddef>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A block form of `n` states without links as one of twice as many samples, two blocks of 4 in registers of 8 numbers of double.
///
/// Where a block makes s' = S s + ... of its states, with S = 1 + A + B swap (block_form), and two of them S S, there are
///
///     F[k + 4] = F[k] S,   G_j of the first block = S G_j,   h_(k + 4) = F[k] G_0
///     S S - 1 = (2 A + A A + B swap(B)) + (2 B + A B + B swap(A)) swap
///
/// They are computed anew at every call, since objects have no room for them.
///
/// States lie in vectors of 8. What is left of them, up to 5, is `extra`: in a vector that costs fewer multiply-adds. What sample j
/// contributes to the outputs begins with j zeros; in the place of these there is, from j = extra on, what it contributes to those states, so
/// that one sum is of both.
template <int n, int turns>
struct pair_form {
    using T = double;
    using layout = block_layout<T>;
    static constexpr layout at{n, turns};
    static constexpr int l = layout::length, both = 2 * l, turning = (turns + 1) / 2;
    static constexpr int extra = n % both <= 5 ? n % both : 0;
    static constexpr int full = (n - extra + both - 1) / both, vectors = full + (extra > 0 ? 1 : 0);
    using shuffles = math::register_shuffles<T, both* static_cast<int>(sizeof(T))>;
    using wide = typename shuffles::part;

    wide impulse[both], drive[both][vectors], output[n], decay[vectors], turn[turning + 1];

    [[gnu::always_inline]] explicit pair_form(const state<T>* room) noexcept
    {
        wide a[vectors], b[vectors];
        load_halves(room + at.decay(), at.vectors(), 0.0, a);
        load_halves(room + at.turn(), turns, 0.0, b);
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) {
            decay[v] = a[v] + (a[v] + a[v] * a[v]);
            if (v >= turning) continue;
            wide other_a, other_b;
            shuffles::swap_pairs(a[v], other_a);
            shuffles::swap_pairs(b[v], other_b);
            decay[v] += b[v] * other_b;
            turn[v] = b[v] + (b[v] + a[v] * b[v]) + b[v] * other_a;
        }
        set_drives(room, a, b);
        set_outputs(room);
    }

    /// Vectors of which so many halves are in memory, as one block's vectors.
    [[gnu::always_inline]] static void load_halves(const state<T>* from, int halves, T others, wide* to) noexcept
    {
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) {
            if (2 * v + 1 < halves) {
                to[v] = *reinterpret_cast<const wide_in_memory*>(half_at(from, v));
                continue;
            }
            half first = others - half{}, second = first;
            if (2 * v < halves) load(half_at(from, v), first);
            join(first, second, to[v]);
        }
    }
    /// States, each half by itself: they may have been stored so just now, and a processor would wait for both to be in memory.
    [[gnu::always_inline]] static void load_states(const state<T>* from, wide* to) noexcept
    {
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) {
            if (2 * v + 1 < at.vectors()) shuffles::together(half_at(from, v), half_at(from, v, 1), to[v]);
            else {
                half first;
                load(half_at(from, v), first);
                join(first, half{}, to[v]);
            }
        }
    }
    /// 1 in the lanes that hold no extra state.
    [[gnu::always_inline]] static void beside_extra(wide& to) noexcept
    {
        [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline)) { to = wide{(i < extra ? 0.0 : 1.0)...}; }
        (std::make_integer_sequence<int, both>{});
    }

private:
    typedef T half __attribute__((vector_size(32)));
    typedef T wide_in_memory __attribute__((vector_size(64), aligned(sizeof(T)), may_alias));
    typedef T half_in_memory __attribute__((vector_size(32), aligned(sizeof(T)), may_alias));

    [[gnu::always_inline]] static const state<T>* half_at(const state<T>* from, int v, int second = 0) noexcept
    {
        return from + std::ptrdiff_t{l} * (2 * v + second);
    }
    [[gnu::always_inline]] static void load(const void* from, half& to) noexcept { to = *static_cast<const half_in_memory*>(from); }
    [[gnu::always_inline]] static void join(const half& first, const half& second, wide& to) noexcept
    {
        [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline))
        {
            to = __builtin_shufflevector(first, second, i...);
        }
        (std::make_integer_sequence<int, both>{});
    }

    [[gnu::always_inline]] void set_drives(const state<T>* room, const wide* a, const wide* b) noexcept
    {
#pragma GCC unroll 4
        for (int j = 0; j < l; ++j) {
            wide* const late = drive[l + j];
            const bool is_last = j == l - 1;   // it enters the state of a real mode as it is
            load_halves(room + at.drive(j), is_last ? turns : at.vectors(), is_last ? 1.0 : 0.0, late);
            if (is_last && extra > 0) {
                wide others;
                beside_extra(others);
                late[full] *= 1.0 - others;
            }
#pragma GCC unroll 8
            for (int v = 0; v < vectors; ++v) {
                drive[j][v] = late[v] + a[v] * late[v];
                if (v >= turning) continue;
                wide other;
                shuffles::swap_pairs(late[v], other);
                drive[j][v] += b[v] * other;
            }
        }
    }

    [[gnu::always_inline]] void set_outputs(const state<T>* room) noexcept
    {
        half early,
            late[2]{};   // the first ones of the impulse response, and the others in two sums, of which neither waits long for itself
        load(room + at.impulse(0), early);
#pragma GCC unroll 32
        for (int m = 0; m < n; ++m) {
            half first, second;
            load(room + layout::output(m), first);
            second = first + first * T(room[at.decay() + m]);
            if (m / l < turns) {
                half neighbour;
                load(room + layout::output(m ^ 1), neighbour);
                second += neighbour * T(room[at.turn() + (m ^ 1)]);
            }
            join(first, second, output[m]);
            late[m % 2] += first * T(room[at.drive(0) + m]);
        }
        wide response;
        join(early, late[0] + late[1], response);
        [&]<int... j>(std::integer_sequence<int, j...>) __attribute__((always_inline)) { (set_impulse<j>(response), ...); }
        (std::make_integer_sequence<int, both>{});
    }
    /// The response behind j zeros, or what sample j contributes to extra states.
    template <int j>
    [[gnu::always_inline]] void set_impulse(const wide& response) noexcept
    {
        const wide before = extra > 0 && j >= extra ? drive[j][vectors - 1] : wide{};
        [&]<int... i>(std::integer_sequence<int, i...>) __attribute__((always_inline))
        {
            shuffles::template pick<(i < j ? both + i : i - j)...>(response, before, impulse[j]);
        }
        (std::make_integer_sequence<int, both>{});
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
