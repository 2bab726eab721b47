// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_functions.hpp>
#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/state.hpp>

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

/// Which loop runs a block form. `Loops` tells of how many states there are forms, `most_states`, in how many vectors of them turn in those
/// that have a loop of their own, `most_turns`, and by is_compiled(states, turns, is_slow) which these are; the others share loops.
template <class T, class Loops>
class block_choice {
    static constexpr int l = block_layout<T>::length, most = Loops::most_states;

public:
    /// Computes the samples of whole blocks, in place, flushes states that have faded, and returns how many samples they were. There are
    /// states in whole vectors, and as many rests, which only slow forms read and write.
    static std::size_t run(const block_modes& modes, const state<T>* room, T* samples, std::size_t count, state<T>* states,
                           T* rests) noexcept
    {
        const std::size_t whole = count / l * l;
        const auto loop = wider::can_run() ? loop_for<wider>(modes) : loop_for<functions>(modes);
        loop(modes, room, samples, whole, states, modes.is_slow ? rests : nullptr);
        return whole;
    }

private:
    using functions = block_functions<T>;
    using wider = avx2_block_functions<T>;
    using loop_type = typename functions::loop;

    struct loops_by_states {
        loop_type loop[most + 1];
    };
    struct loops_by_turns {
        loops_by_states by_turns[Loops::most_turns + 1];
    };

    template <class Functions>
    [[nodiscard]] static loop_type loop_for(const block_modes& modes) noexcept
    {
        constexpr std::make_integer_sequence<int, Loops::most_turns + 1> all_turns;
        static constexpr auto own = own_loops<Functions, false>(all_turns), slow = own_loops<Functions, true>(all_turns);
        static constexpr auto shared = shared_loops<Functions>(std::make_integer_sequence<int, most + 1>{});
        const bool is_own = modes.linked == 0 && modes.turns <= Loops::most_turns;
        const loops_by_states& all = !is_own ? shared : (modes.is_slow ? slow : own).by_turns[modes.turns];
        return all.loop[modes.states];
    }
    template <class Functions, bool is_slow, int... turns>
    [[nodiscard]] static constexpr loops_by_turns own_loops(std::integer_sequence<int, turns...>) noexcept
    {
        return {{loops_of<Functions, turns, is_slow>(std::make_integer_sequence<int, most + 1>{})...}};
    }
    template <class Functions, int turns, bool is_slow, int... states>
    [[nodiscard]] static constexpr loops_by_states loops_of(std::integer_sequence<int, states...>) noexcept
    {
        return {{loop_of<Functions, turns, is_slow, states>()...}};
    }
    template <class Functions, int turns, bool is_slow, int states>
    [[nodiscard]] static constexpr loop_type loop_of() noexcept
    {
        if constexpr (Loops::is_compiled(states, turns, is_slow)) return &Functions::template run_states<states, turns, is_slow>;
        else return &Functions::template run_any<block_layout<T>{states}.vectors()>;
    }
    template <class Functions, int... states>
    [[nodiscard]] static constexpr loops_by_states shared_loops(std::integer_sequence<int, states...>) noexcept
    {
        return {{&Functions::template run_any<block_layout<T>{states}.vectors()>...}};
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
