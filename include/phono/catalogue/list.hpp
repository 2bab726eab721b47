// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/entry.hpp>
#include <phono/network/links.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

namespace phono::inline v0_2::catalogue {

/// The entries of a part of the catalogue, in the order in which they are shown: list{entry_of<a>(...), entry_of<b>(...)}.
///
/// Values of one type (curves, triodes) form a range; values of several types (cartridges, preamps) are reached by for_each only.
template <class... Value>
struct list {
    phono::detail::links<entry<Value>...> entries;

    explicit constexpr list(const entry<Value>&... listed) noexcept : entries(phono::detail::link(listed...)) {}

    /// Calls visit(entry) for every entry.
    constexpr void for_each(auto&& visit) const
    {
        entries.for_each([&](const auto& listed, int) { visit(listed); });
    }
};

/// A list of values of one type.
template <class First, class... Rest>
    requires(std::same_as<First, Rest>&&...)
struct list<First, Rest...> {
    entry<First> entries[1 + sizeof...(Rest)];

    [[nodiscard]] constexpr const entry<First>* begin() const noexcept { return entries; }
    [[nodiscard]] constexpr const entry<First>* end() const noexcept { return entries + size(); }
    [[nodiscard]] static constexpr std::size_t size() noexcept { return 1 + sizeof...(Rest); }
    [[nodiscard]] constexpr const entry<First>& operator[](std::size_t place) const noexcept { return entries[place]; }

    /// The entry with this name, or a null pointer.
    [[nodiscard]] constexpr const entry<First>* find(std::string_view name) const noexcept
    {
        for (const entry<First>& listed : entries)
            if (listed.name == name) return &listed;
        return nullptr;
    }

    constexpr void for_each(auto&& visit) const
    {
        for (const entry<First>& listed : entries) visit(listed);
    }
};

template <class... Value>
list(entry<Value>...) -> list<Value...>;

}   // namespace phono::inline v0_2::catalogue
