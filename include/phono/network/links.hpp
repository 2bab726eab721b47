// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace phono::inline v0_2::detail {

/// A sequence of values of different types, as a recursive aggregate: unlike std::tuple it can be a template argument.
template <class... Item>
struct links {
    static constexpr int size = 0;
    constexpr void for_each(auto&&) const noexcept {}
};

template <class Head, class... Tail>
struct links<Head, Tail...> {
    static constexpr int size = 1 + static_cast<int>(sizeof...(Tail));

    Head head{};
    links<Tail...> tail{};

    /// Calls visit(item, place) for each item in order, counting from `place`.
    constexpr void for_each(auto&& visit, int place = 0) const noexcept
    {
        visit(head, place);
        if constexpr (sizeof...(Tail) > 0) tail.for_each(visit, place + 1);
    }
};

[[nodiscard]] constexpr links<> link() noexcept { return {}; }

template <class Head, class... Tail>
[[nodiscard]] constexpr links<Head, Tail...> link(Head head, Tail... tail) noexcept
{
    return {head, link(tail...)};
}

}   // namespace phono::inline v0_2::detail
