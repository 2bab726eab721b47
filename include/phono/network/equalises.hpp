// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

namespace phono::inline v0_2 {

/// True for an item that equalises: a block whose role is equaliser, or a network, stage or block that declares a member of this name.
template <class Item>
inline constexpr bool equalises = [] {
    if constexpr (requires { Item::equalises; }) return Item::equalises;
    else if constexpr (requires { Item::role; }) return Item::role == std::remove_cvref_t<decltype(Item::role)>::equaliser;
    else return false;
}();

/// True for a block that undoes a disc's curve, such as an inverse_curve: declared by a member of this name.
template <class Item>
inline constexpr bool undoes_a_curve = [] {
    if constexpr (requires { Item::undoes_a_curve; }) return Item::undoes_a_curve;
    else return false;
}();

}   // namespace phono::inline v0_2
