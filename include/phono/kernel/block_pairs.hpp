// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/state.hpp>
#include <phono/math/block_vector.hpp>

#include <cstddef>

// Whether registers of 64 bytes are computed with as fast as those of 32: with AVX-512, but not by the first of AMD's, which take them by
// halves (and which g++ 12 takes for a Zen 3).
#if defined(__AVX512F__) && !defined(__znver3__) && !defined(__znver4__) && (defined(__clang__) || __GNUC__ >= 12)

#include <phono/kernel/pair_form.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

inline constexpr bool has_block_pairs = true;

/// Two blocks of 4 samples at once, of a form of `n` states without links, of which none is slow: two thirds of the multiply-adds of one
/// block after the other, or fewer.
template <int n, int turns>
class block_pairs {
    using form = pair_form<n, turns>;
    using T = typename form::T;
    using wide = typename form::wide;
    typedef T wide_in_memory __attribute__((vector_size(64), aligned(sizeof(T)), may_alias));
    static constexpr int both = form::both, vectors = form::vectors, full = form::full, extra = form::extra;
    /// Of few states the outputs are one sum, of more two, since the processor begins pairs to come while a sum waits for itself.
    static constexpr int sums = n <= 5 ? 1 : 2;

public:
    /// Whether so many samples pay for the form, and for a single block that may be left.
    [[nodiscard]] static constexpr bool pays_for(std::size_t count) noexcept { return count >= (count % both == 0 ? 64 : 96); }

    /// Runs as many pairs of blocks as there are; returns how many samples they are.
    [[gnu::always_inline]] static std::size_t run(const state<T>* room, T* samples, std::size_t count, state<T>* states) noexcept
    {
        const form of_pairs{room};
        wide impulse[both], drive[both][vectors], output[n], decay[vectors], turn[form::turning + 1];
        copy(of_pairs, impulse, drive, output, decay, turn);
        wide s[vectors], others;
        form::load_states(states, s);
        form::beside_extra(others);
        alignas(64) T held[vectors * both];
        T* const end = samples + count / both * both;
        for (; samples != end; samples += both) {
            // From memory each state is spread as it is loaded, which takes none of the units that multiply and shuffle.
            for (int v = 0; v < vectors; ++v) store(s[v], held + place(v));
            __asm__("" : "+m"(held));
            wide y[2], next[vectors];
            add_inputs(impulse, drive, samples, others, y, next);
#pragma GCC unroll 8
            for (int v = 0; v < vectors; ++v) {
                wide kept = s[v];
                if (v < form::turning) {
                    wide other;
                    form::shuffles::swap_pairs(s[v], other);
                    kept += turn[v] * other;
                }
                s[v] = kept + (decay[v] * s[v] + next[v]);
            }
#pragma GCC unroll 32
            for (int m = 0; m < n; ++m) y[(m + 1) % sums] += output[m] * held[m];
            if (sums == 2) y[0] += y[1];
            store(y[0], samples);
        }
        store_states(s, states);
        return count / both * both;
    }

private:
    /// g++ 12 keeps those of an object in memory. Copies are in registers.
    [[gnu::always_inline]] static void copy(const form& from, wide* impulse, wide (*drive)[vectors], wide* output, wide* decay,
                                            wide* turn) noexcept
    {
#pragma GCC unroll 8
        for (int j = 0; j < both; ++j) {
            impulse[j] = from.impulse[j];
#pragma GCC unroll 8
            for (int v = 0; v < vectors; ++v) drive[j][v] = from.drive[j][v];
        }
#pragma GCC unroll 32
        for (int m = 0; m < n; ++m) output[m] = from.output[m];
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) {
            decay[v] = from.decay[v];
            if (v < form::turning) turn[v] = from.turn[v];
        }
    }

    /// What samples contribute to the outputs and to the states.
    [[gnu::always_inline]] static void add_inputs(const wide* impulse, const wide (*drive)[vectors], const T* samples, const wide& others,
                                                  wide* y, wide* next) noexcept
    {
        y[1] = wide{};
#pragma GCC unroll 8
        for (int j = extra; j < both; ++j) {
            const wide x = samples[j] - wide{};
            if (j == extra) y[0] = impulse[j] * x;
            else y[extra > 0 ? 0 : (j - extra) % sums] += impulse[j] * x;
#pragma GCC unroll 8
            for (int v = 0; v < full; ++v) {
                if (j == extra) next[v] = v < form::turning ? drive[j][v] * x : (samples[both - 1] - wide{}) + drive[j][v] * x;
                else if (j < both - 1 || v < form::turning) next[v] += drive[j][v] * x;
            }
        }
        if constexpr (extra > 0) {
            const wide late = y[0];
            next[full] = late;   // and, in lanes that hold no extra state, what is of no use
#pragma GCC unroll 8
            for (int j = 0; j < extra; ++j) {
                const wide x = samples[j] - wide{};
                if (j == 0) y[0] = impulse[j] * x;
                else y[0] += impulse[j] * x;
#pragma GCC unroll 8
                for (int v = 0; v < vectors; ++v) next[v] += drive[j][v] * x;
            }
            y[0] += others * late;
        }
    }

    [[nodiscard]] static constexpr std::ptrdiff_t place(int v) noexcept { return std::ptrdiff_t{both} * v; }
    [[gnu::always_inline]] static void store(const wide& from, T* to) noexcept { *reinterpret_cast<wide_in_memory*>(to) = from; }
    /// Flushes what has faded.
    [[gnu::always_inline]] static void store_states(const wide* from, state<T>* to) noexcept
    {
        T each[vectors * both];
        for (int v = 0; v < vectors; ++v) store(from[v], each + place(v));
        for (int v = 0; v < form::at.vectors(); ++v)
            math::block_vector<T>::from(each + std::ptrdiff_t{form::l} * v)
                .without_smaller_than(faded<T>)
                .to(to + std::ptrdiff_t{form::l} * v);
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop

#else

namespace phono::inline v0_2::detail {

inline constexpr bool has_block_pairs = false;
template <int n, int turns>
class block_pairs;

}   // namespace phono::inline v0_2::detail

#endif

namespace phono::inline v0_2::detail {

/// Whether loops over blocks of so many states take two of them at once.
template <class T, int n>
inline constexpr bool pays_in_pairs = false;
template <int n>
inline constexpr bool pays_in_pairs<double, n> = has_block_pairs && (n > 0);

}   // namespace phono::inline v0_2::detail
