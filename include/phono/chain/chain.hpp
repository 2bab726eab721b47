// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/analogue_model.hpp>
#include <phono/circuit/block.hpp>
#include <phono/circuit/operating_point.hpp>
#include <phono/network/links.hpp>

#include <type_traits>

namespace phono {

namespace detail {

/// The rules of order, each tested only where the one before it holds, so that one mistake gives one sentence.
template <class... Block>
struct signal_order {
    static constexpr bool are_blocks = (block<Block> && ...);
    static_assert(are_blocks, "phono: a chain takes blocks (a cartridge, loading, a stage, a curve); a part or value belongs inside one");

    static constexpr bool begins_with_source = [] {
        if constexpr (are_blocks && sizeof...(Block) > 0) {
            const signal_role roles[] = {Block::role...};
            return roles[0] == signal_role::source;
        } else return !are_blocks;
    }();
    static_assert(begins_with_source, "phono: a chain begins with a source (a cartridge or voltage_source); without one nothing drives it");

    static constexpr bool has_one_source = [] {
        if constexpr (are_blocks && begins_with_source) return ((Block::role == signal_role::source ? 1 : 0) + ... + 0) == 1;
        else return true;
    }();
    static_assert(has_one_source, "phono: a chain has one source, and it is the first block");

    static constexpr bool loads_follow_source = [] {
        if constexpr (are_blocks && begins_with_source && has_one_source) {
            bool behind_source = true, ordered = true;
            const signal_role roles[] = {Block::role...};
            for (const signal_role r : roles) {
                const bool reads = r == signal_role::current_input || r == signal_role::stage || r == signal_role::equaliser;
                if (reads) behind_source = false;
                else if (!behind_source) ordered = false;
            }
            return ordered;
        } else return true;
    }();
    static_assert(loads_follow_source,
                  "phono: cartridge loading stands directly behind the cartridge; between stages write shunt_arm "
                  "(a cable and a step_up_transformer stand behind the cartridge too)");

    static constexpr bool current_input_is_the_load = [] {
        if constexpr (are_blocks && begins_with_source && has_one_source && loads_follow_source) {
            bool loaded = false, ok = true;
            const signal_role roles[] = {Block::role...};
            for (const signal_role r : roles) {
                if (r == signal_role::load) loaded = true;
                if (r == signal_role::current_input && loaded) ok = false;
            }
            return ok;
        } else return true;
    }();
    static_assert(current_input_is_the_load,
                  "phono: a current input (transimpedance_stage, common_base_stage) loads the cartridge itself, with next to a short "
                  "circuit; take the loading out (a cable{...} may stay)");

    static constexpr bool ceramic_is_meant = [] {
        if constexpr (are_blocks && begins_with_source && has_one_source)
            return !((follows_displacement<Block> || ...) && ((Block::role == signal_role::current_input) || ...) &&
                     (equalises<Block> || ...));
        else return true;
    }();
    static_assert(ceramic_is_meant,
                  "phono: a ceramic cartridge needs no RIAA; if a current input is to read it as a velocity source, which does need it, "
                  "write as_velocity_source{ceramic_cartridge{...}}");

    static constexpr bool ok =
        are_blocks && begins_with_source && has_one_source && loads_follow_source && current_input_is_the_load && ceramic_is_meant;
};

template <class Chain>
constexpr bool has_part_fault(const Chain& schematic) noexcept;

/// Not constexpr: the compiler names it where a constant schematic is wrong.
inline void phono_a_constant_schematic_has_a_part_that_is_negative_zero_or_not_finite() {}

}   // namespace detail

/// A schematic: blocks in signal order, each loading the one before it. The value of a preamp, not the preamp itself.
///
/// Structural: usable as a template argument, and equal values give the same type. A constant chain with a part that is
/// negative, zero or not finite does not compile; of a run-time chain check(schematic, rate) tells.
template <class... Block>
struct chain {
    static_assert(detail::signal_order<Block...>::ok);

    detail::links<Block...> blocks;

    explicit constexpr chain(Block... block) noexcept : blocks(detail::link(block...))
    {
        if (std::is_constant_evaluated() && detail::has_part_fault(*this))
            detail::phono_a_constant_schematic_has_a_part_that_is_negative_zero_or_not_finite();
    }
};

template <class... Block>
chain(Block...) -> chain<Block...>;

namespace detail {

/// Elaborates blocks from a node on; returns the node where they end.
template <class Circuit>
struct elaborator {
    Circuit& circuit;
    node at;

    constexpr void operator()(const auto& block, int place) noexcept
    {
        circuit.begin_block(place);
        at = block.elaborate(circuit, at);
    }
};

/// What a netlist of these blocks has to hold.
template <class... Block>
constexpr netlist_size size_of_blocks() noexcept
{
    netlist_counter counter;
    node at = ground;
    ((at = Block{}.elaborate(counter, at)), ...);
    return counter.size;
}

}   // namespace detail

namespace detail {

/// The netlist with its triodes as they come, before an operating point is sought.
template <class... Block>
constexpr auto placed(const chain<Block...>& schematic) noexcept
{
    constexpr netlist_size size = size_of_blocks<Block...>();
    netlist<size> circuit;
    elaborator<netlist<size>> builder{circuit, ground};
    schematic.blocks.for_each(builder);
    circuit.output = builder.at;
    return circuit;
}

}   // namespace detail

/// The one flat netlist of a schematic, its triodes at their operating points.
template <class... Block>
constexpr auto elaborate(const chain<Block...>& schematic) noexcept
{
    auto circuit = detail::placed(schematic);
    find_operating_point(circuit);
    return circuit;
}

namespace detail {

template <class Chain>
constexpr bool has_part_fault(const Chain& schematic) noexcept
{
    return static_cast<bool>(placed(schematic).problem);
}

}   // namespace detail

/// The analogue model of a schematic: poles, zeros and faults.
template <class... Block>
constexpr auto analyse(const chain<Block...>& schematic) noexcept
{
    return analyse(elaborate(schematic));
}

}   // namespace phono
