// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/cartridge_match.hpp>

#include <optional>

namespace phono::inline v0_2 {

/// A capacitor across Rf of the trans-impedance input, and the phase margin that its loop has with it.
struct mended_loop {
    capacitance capacitor{};
    double phase_margin = 0.0;   ///< degrees; the least of all windings that an unknown one may be
};

/// The least capacitor of 4.7, 10, 22, 47 ... 470 pF that gives the loop 45 degrees or more; none if none does.
template <class Cartridge>
[[nodiscard]] constexpr std::optional<mended_loop> mending_capacitor(const Cartridge& cartridge, match_inputs inputs) noexcept
{
    constexpr double enough = 45.0;
    for (const double picofarads : {4.7, 10.0, 22.0, 47.0, 100.0, 220.0, 470.0}) {
        inputs.feedback_capacitor = capacitance{picofarads * 1e-12};
        double least = 180.0;
        detail::for_each_winding(cartridge, inputs, [&](const Cartridge& wound) {
            const double margin = detail::match_margin(wound, inputs);
            if (margin < least) least = margin;
        });
        if (least >= enough) return mended_loop{inputs.feedback_capacitor, least};
    }
    return {};
}

}   // namespace phono::inline v0_2
