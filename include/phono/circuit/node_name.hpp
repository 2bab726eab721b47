// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/flat_netlist.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace phono::inline v0_2 {

namespace detail {

/// A string as a template argument.
template <std::size_t length>
struct fixed_text {
    char letters[length]{};

    consteval fixed_text(const char (&text)[length]) noexcept
    {
        for (std::size_t i = 0; i < length; ++i) letters[i] = text[i];
    }
    constexpr operator std::string_view() const noexcept { return {letters, length - 1}; }
};

/// The number that follows `word` in a name, or -1.
[[nodiscard]] constexpr int number_behind(std::string_view word, std::string_view name) noexcept
{
    if (!name.starts_with(word) || name.size() == word.size() || name.size() > word.size() + 6) return -1;
    const std::string_view digits = name.substr(word.size());
    if (digits.front() == '0' && digits.size() > 1) return -1;
    int number = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return -1;
        number = 10 * number + (c - '0');
    }
    return number;
}

/// The meaning of a name in a circuit of this size: the word, and the place in the netlist's list; -1 where the name is unknown.
struct named_place {
    enum { plate, grid, cathode, out } word{};
    int place = -1;
};

[[nodiscard]] constexpr named_place place_of(std::string_view name, const netlist_size& size) noexcept
{
    const auto electrode = [&](std::string_view word) {
        const int number = number_behind(word, name);
        return number > 0 && number <= size.triodes ? number - 1 : -1;
    };
    if (const int n = electrode("plate"); n >= 0) return {named_place::plate, n};
    if (const int n = electrode("grid"); n >= 0) return {named_place::grid, n};
    if (const int n = electrode("cathode"); n >= 0) return {named_place::cathode, n};
    const int block = number_behind("out", name);
    return {named_place::out, block < size.blocks ? block : -1};
}

/// True for the same name in any case.
[[nodiscard]] constexpr bool same_name(std::string_view a, std::string_view b) noexcept
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    const std::size_t size = a.size();
    if (size != b.size()) return false;
    for (std::size_t i = 0; i < size; ++i)
        if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
    return true;
}

/// A block's own number of the node to which it gives this name; -1 if there is none.
[[nodiscard]] constexpr int own_number(const node_name_table& table, std::string_view name) noexcept
{
    if (name == "0" || same_name(name, "gnd")) return 0;
    for (int i = 0; i < table.count; ++i)
        if (same_name(table.letters + table.begin[i], name)) return i + 1;
    return -1;
}

/// True for a name of a node in a circuit of this size.
[[nodiscard]] constexpr bool is_known_node(std::string_view name, const netlist_size& size) noexcept
{
    for (int i = 0; size.names(i) != nullptr; ++i)
        if (own_number(*size.names(i), name) >= 0) return true;
    return place_of(name, size).place >= 0;
}

template <fixed_text name>
struct named_node {
    static constexpr std::string_view text = name;
};

}   // namespace detail

/// A node of a circuit by its name: at<"plate1">, grid1, cathode1, plate2 ... for the triodes in signal order; out0, out1 ... for the
/// outputs of the blocks of a chain, numbered as faults number them; and the names that a netlist<"..."> gives to its nodes, in any case.
template <detail::fixed_text name>
inline constexpr detail::named_node<name> at{};

/// The node of this name in a netlist, if there is one.
template <netlist_size size>
[[nodiscard]] constexpr std::optional<node> find_node(const flat_netlist<size>& circuit, std::string_view name) noexcept
{
    for (int i = 0; i < circuit.names_count; ++i)
        if (const int own = detail::own_number(*circuit.names[i].table, name); own >= 0) return circuit.names[i](own);
    const detail::named_place found = detail::place_of(name, size);
    if (found.place < 0) return std::nullopt;
    switch (found.word) {
        case detail::named_place::plate: return circuit.triodes[found.place].plate;
        case detail::named_place::grid: return circuit.triodes[found.place].grid;
        case detail::named_place::cathode: return circuit.triodes[found.place].cathode;
        case detail::named_place::out: return circuit.blocks[found.place].output;
    }
    return std::nullopt;
}

}   // namespace phono::inline v0_2
