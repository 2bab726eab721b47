// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/network/impedance.hpp>
#include <phono/network/links.hpp>

#include <concepts>
#include <type_traits>

namespace phono::inline v0_2 {

namespace detail {

/// True for any number of blocks followed by one network.
template <class... Item>
inline constexpr bool ends_in_a_network = [] {
    const bool is_network[] = {impedance<Item>..., false};
    const bool is_block[] = {circuit_block<Item>..., false};
    constexpr int last = static_cast<int>(sizeof...(Item)) - 1;
    bool ok = last >= 0 && is_network[last < 0 ? 0 : last];
    for (int i = 0; i < last; ++i) ok = ok && is_block[i];
    return ok;
}();

/// True for an item through which a loop can close: one with a circuit, which a curve of time constants has not, and not a source.
template <class Item>
inline constexpr bool closes_a_loop = [] {
    if constexpr (circuit_block<Item>) {
        netlist_counter counter;
        Item{}.elaborate(counter, ground);
        return Item::role != signal_role::source && counter.size.factors == 0;
    } else return true;
}();

}   // namespace detail

/// A feedback network from an amplifier's output to its minus input that is also connected to ground: a divider, a low-pass, a ladder.
///
/// feedback_path{series_arm{r}, shunt_arm{c}, resistor{47_kOhm}}: blocks from the output on, then the network from the last of them to the
/// minus input.
template <class... Item>
struct feedback_path {
    static_assert(detail::ends_in_a_network<Item...>,
                  "phono: feedback_path takes blocks (series_arm, shunt_arm, buffer ...) and then the one network that ends at the "
                  "minus input");
    static_assert(!detail::ends_in_a_network<Item...> || (detail::closes_a_loop<Item> && ...),
                  "phono: a feedback_path leads through circuits; a curve has none (write its network), and a source begins a chain");

    static constexpr bool equalises = (phono::equalises<Item> || ...);

    detail::links<Item...> items;

    constexpr feedback_path() noexcept = default;
    explicit constexpr feedback_path(Item... item) noexcept requires(sizeof...(Item) > 0) : items(detail::link(item...)) {}

    /// Places the path between an amplifier's output and its minus input.
    constexpr void connect(auto& circuit, node output, node minus) const noexcept
    {
        node at = output;
        items.for_each([&](const auto& item, int) {
            if constexpr (circuit_block<std::remove_cvref_t<decltype(item)>>) at = item.elaborate(circuit, at);
            else item.elaborate(circuit, at, minus);
        });
    }
};

namespace detail {

template <class T>
inline constexpr bool is_feedback_path = false;
template <class... Item>
inline constexpr bool is_feedback_path<feedback_path<Item...>> = true;

/// True for feedback with a foot on ground, which places itself between an amplifier's output and its minus input: a feedback_path, or an
/// item such as riaa_feedback.
template <class T>
inline constexpr bool has_ground_foot = std::default_initializable<T>&& requires(const T& item, netlist_counter& circuit, node n)
{
    item.connect(circuit, n, n);
};

}   // namespace detail

}   // namespace phono::inline v0_2
