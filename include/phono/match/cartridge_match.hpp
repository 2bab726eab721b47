// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/match_figures.hpp>

#include <array>
#include <cstddef>

namespace phono::inline v0_2 {

namespace detail {

/// Calls visit(cartridge) with every winding that is to be judged: the known one, or the largest that an unknown one may be, then others from
/// the least up.
template <class Cartridge>
constexpr void for_each_winding(Cartridge cartridge, const match_inputs& inputs, const auto& visit) noexcept
{
    const auto [least, most] = inputs.unknown_winding;
    if (cartridge.inductance.si > 0.0 || !(most > 0.0)) return visit(cartridge);
    constexpr int steps = 4;
    for (int i = 0; i <= steps; ++i) {
        const double per_ohm = i == 0 ? most : least + (most - least) * (i - 1) / steps;
        cartridge.inductance = inductance{per_ohm * cartridge.resistance.si};
        visit(cartridge);
    }
}

}   // namespace detail

/// A cartridge on its inputs. Where its winding is unknown the figures are those of the largest that match_inputs has it in, which bounds
/// every bandwidth from below, and `others` has those of smaller windings down to the least: judge() goes by the worst of all.
struct cartridge_match : match_figures {
    static constexpr std::size_t most_others = 4;

    std::array<match_figures, most_others> others{};
    std::size_t other_count = 0;   ///< 0 where the winding is known

    [[nodiscard]] constexpr bool knows_winding() const noexcept { return other_count == 0; }
};

/// Computes the figures of a cartridge on its inputs; judge() turns them into verdicts.
///
/// Accuracy: within 1e-6 of each closed form. Errors: meaningless where a part is out of its range, which check(voltage_input(...))
/// reports. At compile time: the figures of one input at a time are within the default limits of g++ 12 and clang 14.
template <class Cartridge>
[[nodiscard]] constexpr cartridge_match match(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    static_assert(is_coil_cartridge<Cartridge>,
                  "phono: match takes a magnetic or moving-coil cartridge; a ceramic one's EMF follows displacement, behind a capacitance: "
                  "it wants a load of megohms and no RIAA");
    cartridge_match found;
    bool is_first = true;
    detail::for_each_winding(cartridge, inputs, [&](const Cartridge& wound) {
        const match_figures figures = detail::figures_with_winding(wound, inputs);
        if (is_first) static_cast<match_figures&>(found) = figures;
        else found.others[found.other_count++] = figures;
        is_first = false;
    });
    return found;
}

/// The same on its usual inputs, usual_inputs(cartridge).
template <class Cartridge>
[[nodiscard]] constexpr cartridge_match match(const Cartridge& cartridge) noexcept
{
    if constexpr (is_coil_cartridge<Cartridge>) return match(cartridge, usual_inputs(cartridge));
    else return match(cartridge, match_inputs{});   // whose static_assert says what is wrong
}

}   // namespace phono::inline v0_2
