// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/block_loops.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/lanes.hpp>

#include <cstddef>

namespace phono::inline v0_2::detail {

/// The loops over blocks as functions, compiled as all else is. `widest` gives those of different instruction sets distinct names.
template <class T, int widest = math::widest_vector>
struct block_functions {
    using loop = void (*)(const block_modes&, const state<T>* room, T* samples, std::size_t count, state<T>* states, T* rests) noexcept;

    template <int n, int turns, bool is_slow>
    [[gnu::noinline]] static void run_states(const block_modes&, const state<T>* room, T* samples, std::size_t count, state<T>* states,
                                             T* rests) noexcept
    {
        block_loops<T, widest>::template run_states<n, turns, is_slow>(room, samples, count, states, rests);
    }
    template <int vectors>
    [[gnu::noinline]] static void run_any(const block_modes& modes, const state<T>* room, T* samples, std::size_t count, state<T>* states,
                                          T* rests) noexcept
    {
        block_loops<T, widest>::template run_any<vectors>(modes, room, samples, count, states, rests);
    }
};

#if defined(__x86_64__) && !defined(__AVX__)

/// The same once more for processors with AVX2. A program that is compiled for any x86-64 does not know whether it will run on one, and asks
/// when it does. Fused multiply-adds are not used, so that every processor computes the same samples, bit for bit.
template <class T, int widest = math::widest_vector>
struct avx2_block_functions {
    template <int n, int turns, bool is_slow>
    [[gnu::noinline, gnu::target("avx2")]] static void run_states(const block_modes&, const state<T>* room, T* samples, std::size_t count,
                                                                  state<T>* states, T* rests) noexcept
    {
        block_loops<T, 4>::template run_states<n, turns, is_slow>(room, samples, count, states, rests);
    }
    template <int vectors>
    [[gnu::noinline, gnu::target("avx2")]] static void run_any(const block_modes& modes, const state<T>* room, T* samples,
                                                               std::size_t count, state<T>* states, T* rests) noexcept
    {
        block_loops<T, 4>::template run_any<vectors>(modes, room, samples, count, states, rests);
    }

    /// Whether this processor, with its operating system, can run them: a look at what the compiler's start-up code found out.
    [[nodiscard]] static bool can_run() noexcept { return __builtin_cpu_supports("avx2") != 0; }
};

#else

template <class T, int widest = math::widest_vector>
struct avx2_block_functions : block_functions<T, widest> {
    [[nodiscard]] static constexpr bool can_run() noexcept { return false; }
};

#endif

}   // namespace phono::inline v0_2::detail
