// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/flat_card.hpp>

namespace phono::inline v0_2::detail {

/// What a kind of card is to the nodes at its ends.
struct card_shape {
    bool is_path = false;    ///< it connects its ends
    bool is_ideal = false;   ///< by a voltage, or like an inductor at DC by none
    bool has_grid = false;   ///< `plus` is an electrode
    bool controls = false;   ///< `plus` and `minus` are looked at alone
};
[[nodiscard]] constexpr card_shape shape_of(card_kind kind) noexcept
{
    switch (kind) {
        case card_kind::resistor:
        case card_kind::capacitor: return {.is_path = true};
        case card_kind::inductor:
        case card_kind::winding:
        case card_kind::supply:
        case card_kind::driving_voltage:
        case card_kind::voltage_by_current:
        case card_kind::voltage_of_sum: return {.is_path = true, .is_ideal = true};
        case card_kind::voltage_by_voltage: return {.is_path = true, .is_ideal = true, .controls = true};
        case card_kind::current_by_voltage: return {.controls = true};
        case card_kind::amplifier: return {.is_path = true, .controls = true};
        case card_kind::law:
        case card_kind::valve: return {.is_path = true, .has_grid = true};
        case card_kind::none:
        case card_kind::driving_current:
        case card_kind::current:
        case card_kind::current_by_current:
        case card_kind::current_of_sum: return {};
    }
    return {};
}

}   // namespace phono::inline v0_2::detail
