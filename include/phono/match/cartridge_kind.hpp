// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/source/magnetic_cartridge.hpp>
#include <phono/source/moving_coil_cartridge.hpp>

#include <type_traits>

namespace phono::inline v0_2 {

/// The two kinds of cartridge whose EMF is in series with a coil.
enum class cartridge_kind { magnetic, moving_coil };

/// True for a cartridge whose EMF is in series with a coil. A ceramic one is not: its EMF follows displacement, in series with a
/// capacitance.
template <class Cartridge>
inline constexpr bool is_coil_cartridge = std::is_same_v<Cartridge, magnetic_cartridge> || std::is_same_v<Cartridge, moving_coil_cartridge>;

/// The kind of a cartridge.
[[nodiscard]] constexpr cartridge_kind kind_of(const magnetic_cartridge&) noexcept { return cartridge_kind::magnetic; }
/// The kind of a cartridge.
[[nodiscard]] constexpr cartridge_kind kind_of(const moving_coil_cartridge&) noexcept { return cartridge_kind::moving_coil; }

}   // namespace phono::inline v0_2
