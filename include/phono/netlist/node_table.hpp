// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/reading_state.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The same number for a name in any case; nearly always another for another name.
[[nodiscard]] constexpr std::uint32_t hash_of(std::string_view name) noexcept
{
    std::uint32_t hash = 2166136261U;
    for (const char c : name) hash = (hash ^ static_cast<std::uint32_t>(static_cast<unsigned char>(c) | 0x20U)) * 16777619U;
    return hash;
}

[[nodiscard]] constexpr bool is_ground(std::string_view name) noexcept
{
    return name == "0" || (name.size() == 3 && same_name(name, "gnd"));
}

/// The pins that nobody connects have names that say so.
[[nodiscard]] constexpr bool is_unconnected(std::string_view name) noexcept
{
    return (name.size() > 3 && same_name(name.substr(0, 3), "NC_")) || name.starts_with("unconnected-");
}

/// A name of an instance in a list of names, or nullptr.
[[nodiscard]] constexpr const scoped_name* find_name(const scoped_name* begin, const scoped_name* end, int in, std::uint32_t hash,
                                                     std::string_view name) noexcept
{
    for (; begin != end; ++begin)
        if (begin->hash == hash && begin->instance == in && same_name(begin->name, name)) return begin;
    return nullptr;
}

/// The part of this name of an instance, or nullptr.
[[nodiscard]] constexpr const scoped_name* find_part_name(const reading_state& state, int in, std::uint32_t hash,
                                                          std::string_view name) noexcept
{
    return find_name(state.parts.begin() + state.instances[in].first_part, state.parts.end(), in, hash, name);
}

/// The node that a word means within an instance, if there is one: -1 if not.
[[nodiscard]] constexpr int find_node_number(const reading_state& state, int in, std::string_view word) noexcept
{
    const std::string_view name = unquoted(word);
    if (is_ground(name)) return 0;
    const std::uint32_t hash = hash_of(name);
    const instance& here = state.instances[in];
    const scoped_name* const pins = state.pins.begin() + here.first_pin;
    if (const scoped_name* pin = find_name(pins, pins + here.pins, in, hash, name)) return pin->number;
    for (const std::string_view global : state.globals)
        if (same_name(global, name)) in = 0;
    const scoped_name* const found = find_name(state.nodes.begin(), state.nodes.end(), in, hash, name);
    return found != nullptr ? found->number : -1;
}

/// The node that a word means within an instance; a new one if there is none yet.
constexpr int node_number(reading_state& state, int in, std::string_view word)
{
    if (const int known = find_node_number(state, in, word); known >= 0) return known;
    const std::string_view name = unquoted(word);
    for (const std::string_view global : state.globals)
        if (same_name(global, name)) in = 0;
    state.nodes.add({in, hash_of(name), name, state.nodes.count() + 1});
    state.node_names.add(state.add_name(in, name));
    return state.nodes.count();
}

/// A node without a name of its own, behind a part: "C1.esr".
constexpr int inner_node(reading_state& state, int in, std::string_view part, std::string_view behind)
{
    state.nodes.add({-1, 0, part, state.nodes.count() + 1});
    state.node_names.add(state.add_name(in, part, behind));
    return state.nodes.count();
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
