// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/block_loops.hpp>
#include <phono/kernel/block_pairs.hpp>
#include <phono/kernel/slow_modes.hpp>
#include <phono/kernel/state.hpp>
#include <phono/math/instruction_sets.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A shorter block is faster sample by sample.
inline constexpr std::size_t shortest_block = 8;

/// A longer block is computed in parts, so that states that have decayed are flushed.
inline constexpr std::size_t longest_part = 1024;

/// Whether so many samples are one part that is computed in whole vectors, as most blocks are.
[[nodiscard]] constexpr bool is_whole_part(std::size_t samples) noexcept
{
    static_assert(shortest_block % block_layout<float>::length == 0);
    return !std::is_constant_evaluated() && samples - shortest_block <= longest_part - shortest_block && samples % shortest_block == 0;
}

/// A loop over blocks of so many states, or of any number in so many vectors, as a type (math::run_as_compiled).
template <class T, int n, int turns, bool is_slow>
struct loop_of_states {
    template <int widest>
    [[gnu::always_inline]] static void run([[maybe_unused]] const block_modes* modes, const state<T>* room, T* samples, std::size_t count,
                                           state<T>* states, state<T>* rests) noexcept
    {
        if constexpr (pays_in_pairs<T, n> && !is_slow)
            if (block_pairs<n, turns>::pays_for(count)) return run_in_pairs<widest>(modes, room, samples, count, states, rests);
        block_loops<T, widest>::template run_states<n, turns, is_slow>(room, samples, count, states, rests);
    }

private:
    /// Two blocks at once, and then the one that may be left. Apart, so that shorter calls do not pay for it.
    template <int widest>
#if defined(__clang__)
    [[clang::min_vector_width(512)]]   // of bits; left to itself it computes vectors of so many by halves
#endif
    [[gnu::noinline]] static void
    run_in_pairs(const block_modes* modes, const state<T>* room, T* samples, std::size_t count, state<T>* states, state<T>* rests) noexcept
    {
        const std::size_t done = block_pairs<n, turns>::run(room, samples, count, states);
        if (done < count) math::run_as_compiled<loop_of_states, widest>(modes, room, samples + done, count - done, states, rests);
    }
};
template <class T, int vectors>
struct loop_of_any {
    template <int widest>
    [[gnu::always_inline]] static void run(const block_modes* modes, const state<T>* room, T* samples, std::size_t count, state<T>* states,
                                           state<T>* rests) noexcept
    {
        block_loops<T, widest>::template run_any<vectors>(*modes, room, samples, count, states, rests);
    }
};

/// Which loop runs a block form. `Loops` tells of how many states there are forms, `most_states`, in how many vectors of them turn in those
/// that have a loop of their own, `most_turns`, and by is_compiled(states, turns, is_slow) which these are; the others share loops.
template <class T, class Loops>
class block_choice {
    static constexpr int l = block_layout<T>::length, most = Loops::most_states;

public:
    /// Computes the samples of whole blocks, in place, flushes states that have faded, and returns how many samples they were. There are
    /// states in whole vectors, and as many rests, which slow forms and, in float, all forms read and write.
    static std::size_t run([[maybe_unused]] const block_modes& modes, [[maybe_unused]] const state<T>* room, [[maybe_unused]] T* samples,
                           [[maybe_unused]] std::size_t count, [[maybe_unused]] state<T>* states, [[maybe_unused]] state<T>* rests) noexcept
    {
        if constexpr (math::has_block_vectors) {
            const std::size_t whole = count / l * l;
            loop_for(modes)(&modes, room, samples, whole, states, modes.is_slow || slow_modes<T>::blocks_feed_back ? rests : nullptr);
            return whole;
        } else return 0;
    }

private:
    using loop = void (*)(const block_modes*, const state<T>* room, T* samples, std::size_t count, state<T>* states,
                          state<T>* rests) noexcept;

    struct loops_by_states {
        loop of[most + 1];
    };
    struct loops_by_turns {
        loops_by_states by_turns[Loops::most_turns + 1];
    };

    [[nodiscard]] static loop loop_for(const block_modes& modes) noexcept;
    template <bool is_for_avx2>
    [[nodiscard]] static loop loop_of_set(const block_modes& modes) noexcept
    {
        constexpr std::make_integer_sequence<int, Loops::most_turns + 1> all_turns;
        static constexpr auto own = own_loops<is_for_avx2, false>(all_turns), slow = own_loops<is_for_avx2, true>(all_turns);
        static constexpr auto shared = shared_loops<is_for_avx2>(std::make_integer_sequence<int, most + 1>{});
        const bool is_own = modes.linked == 0 && modes.turns <= Loops::most_turns;
        const loops_by_states& all = !is_own ? shared : (modes.is_slow ? slow : own).by_turns[modes.turns];
        return all.of[modes.states];
    }
    template <bool is_for_avx2, bool is_slow, int... turns>
    [[nodiscard]] static constexpr loops_by_turns own_loops(std::integer_sequence<int, turns...>) noexcept
    {
        return {{loops_of<is_for_avx2, turns, is_slow>(std::make_integer_sequence<int, most + 1>{})...}};
    }
    template <bool is_for_avx2, int turns, bool is_slow, int... states>
    [[nodiscard]] static constexpr loops_by_states loops_of(std::integer_sequence<int, states...>) noexcept
    {
        return {{function_of<is_for_avx2, loop_type<states, turns, is_slow>>()...}};
    }
    template <bool is_for_avx2, int... states>
    [[nodiscard]] static constexpr loops_by_states shared_loops(std::integer_sequence<int, states...>) noexcept
    {
        return {{function_of<is_for_avx2, loop_of_any<T, block_layout<T>{states}.vectors()>>()...}};
    }
    template <int states, int turns, bool is_slow>
    using loop_type = std::conditional_t<Loops::is_compiled(states, turns, is_slow), loop_of_states<T, states, turns, is_slow>,
                                         loop_of_any<T, block_layout<T>{states}.vectors()>>;

    template <bool is_for_avx2, class Loop>
    [[nodiscard]] static constexpr loop function_of() noexcept
    {
        if constexpr (is_for_avx2) return &math::run_for_avx2<Loop>;
        else return &math::run_as_compiled<Loop>;
    }
};

// Not inline: so a program of many sources may compile the loops in one of them, which takes seconds, and declare them extern in the others.
template <class T, class Loops>
auto block_choice<T, Loops>::loop_for(const block_modes& modes) noexcept -> loop
{
    if constexpr (!math::has_block_vectors) return nullptr;
    else {
        if constexpr (math::may_have_avx2)
            if (math::has_avx2()) return loop_of_set<true>(modes);
        return loop_of_set<false>(modes);
    }
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
