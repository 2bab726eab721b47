// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/placing.hpp>
#include <phono/chain/signal_order.hpp>
#include <phono/network/links.hpp>

#include <type_traits>

namespace phono::inline v0_2 {

/// A schematic: blocks in signal order, each loading the one before it. It describes a preamp and does not process audio itself.
///
/// Structural: usable as a template argument, and equal values give the same type. A constant chain with a part that is out of
/// range (negative, zero or not finite) does not compile; for a run-time chain, check(schematic, rate) reports it.
template <class... Block>
struct chain {
    static_assert(std::is_empty_v<detail::signal_order<Block...>>);   // it has the sentences, and a second error here would bury them

    detail::links<Block...> blocks;

    explicit constexpr chain(Block... block) noexcept : blocks(detail::link(block...))
    {
        if constexpr (detail::signal_order<Block...>::ok)
            if (std::is_constant_evaluated() && detail::placed(blocks).problem) detail::refuse(blocks);
    }
};

template <class... Block>
chain(Block...) -> chain<Block...>;

namespace detail {

/// A chain of blocks with their default values, where a preamp has a place for values that come later.
template <class Chain>
struct default_chain;
template <class... Block>
struct default_chain<chain<Block...>> {
    static constexpr chain<Block...> make() noexcept { return chain{Block{}...}; }
};

}   // namespace detail

}   // namespace phono::inline v0_2
