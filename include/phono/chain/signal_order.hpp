// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>

#include <type_traits>

namespace phono::inline v0_2::detail {

/// True for a block that is given by its transfer function and draws no current, such as a curve.
template <class Block>
inline constexpr bool draws_nothing = [] {
    netlist_counter counter;
    Block{}.elaborate(counter, node{1});
    return counter.size.factors > 0;
}();

/// Places a default-constructed block; a constant expression only if its constructor and its elaborate are constexpr.
template <class Block>
constexpr bool places() noexcept
{
    netlist_counter counter;
    Block{}.elaborate(counter, node{1});
    return true;
}

/// True for a block that can be placed in a constant expression.
template <class Block>
concept constant_block = requires
{
    typename std::bool_constant<places<Block>()>;
};

/// The rules of block order, each tested only where those before it hold, so that one mistake gives one error message.
template <class... Block>
struct signal_order {
    static constexpr bool are_blocks = (circuit_block<Block> && ...);
    static_assert(are_blocks,
                  "phono: a chain takes blocks (a cartridge, loading, a stage, a curve); a part or value belongs inside one, as in "
                  "buffer{20_dB} (a block of your own has a static constexpr role and a const elaborate: circuit_block.hpp)");

    static constexpr bool are_constant = [] {
        if constexpr (are_blocks) return (constant_block<Block> && ...);
        else return true;
    }();
    static_assert(are_constant,
                  "phono: a block's constructor and its elaborate are constexpr, since the compiler counts its parts: write constexpr "
                  "node elaborate(auto& circuit, node in) const noexcept");

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

    static constexpr bool has_one_load = [] {
        if constexpr (are_blocks && begins_with_source && has_one_source && loads_follow_source) {
            int loads = 0, most = 0;
            const signal_role roles[] = {Block::role...};
            for (const signal_role r : roles) {
                if (r == signal_role::transformer) loads = 0;
                if (r == signal_role::load && ++loads > most) most = loads;
            }
            return most <= 1;
        } else return true;
    }();
    static_assert(
        has_one_load,
        "phono: a cartridge has one loading (with a step_up_transformer one on either side of it); a loading has 47 kOhm even where "
        "its resistance is not written; put what is in parallel into one: "
        "network_loading{parallel(resistor{47_kOhm}, capacitor{150_pF})}");

    static constexpr bool current_input_is_the_load = [] {
        if constexpr (are_blocks && begins_with_source && has_one_source && loads_follow_source && has_one_load) {
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

    /// What is directly behind the cartridge and its cable: only a block without a circuit, which draws nothing, leaves it open. A stage may
    /// have an input resistance or none, by its values.
    static constexpr bool cartridge_is_loaded = [] {
        if constexpr (are_blocks && are_constant && begins_with_source && has_one_source && loads_follow_source && has_one_load) {
            if constexpr ((needs_load<Block> || ...)) {
                const signal_role roles[] = {Block::role...};
                const bool draws[] = {!draws_nothing<Block>...};
                for (int i = 1; i < static_cast<int>(sizeof...(Block)); ++i) {
                    if (roles[i] == signal_role::cable || roles[i] == signal_role::transformer) continue;
                    return draws[i];
                }
            }
            return true;
        } else return true;
    }();
    static_assert(
        cartridge_is_loaded,
        "phono: nothing loads this cartridge, since a curve draws no current; write loading{.resistance = 47_kOhm} (of a moving "
        "coil 100_Ohm) behind it; for a flat transfer, which has its cartridge in it already, write voltage_source{} in its place");

    static constexpr bool ceramic_is_meant = [] {
        if constexpr (are_blocks && begins_with_source && has_one_source)
            return !((follows_displacement<Block> || ...) && (equalises<Block> || ...)) || (undoes_a_curve<Block> || ...);
        else return true;
    }();
    static_assert(
        ceramic_is_meant,
        "phono: a ceramic cartridge needs no RIAA; if a current input or a low load is to read it as a velocity source, which does "
        "need it, write as_velocity_source{ceramic_cartridge{...}}");

    static constexpr bool ok = are_blocks && are_constant && begins_with_source && has_one_source && loads_follow_source && has_one_load &&
                               current_input_is_the_load && cartridge_is_loaded && ceramic_is_meant;
};

}   // namespace phono::inline v0_2::detail
