// SPDX-License-Identifier: BSL-1.0
#include "filters/loaded_cartridge.hpp"

#include "filters/schematic_functions.hpp"
#include "support/failure.hpp"
#include "support/suggestion.hpp"
#include "support/value_text.hpp"

#include <phono/catalogue/cartridges.hpp>
#include <phono/equaliser/curve.hpp>
#include <phono/match/match_inputs.hpp>
#include <phono/stage/loading.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace command {

namespace {

// An ideal transformer multiplies the EMF, and the impedance behind it by the square.
phono::magnetic_cartridge behind(double ratio, phono::magnetic_cartridge coil)
{
    coil.resistance = coil.resistance * (ratio * ratio);
    coil.inductance = coil.inductance * (ratio * ratio);
    coil.interwinding = coil.interwinding * (1.0 / (ratio * ratio));
    return coil;
}
phono::moving_coil_cartridge behind(double ratio, phono::moving_coil_cartridge coil)
{
    coil.resistance = coil.resistance * (ratio * ratio);
    coil.inductance = coil.inductance * (ratio * ratio);
    return coil;
}

template <class Cartridge>
phono::loading load_of(const Cartridge& cartridge, const loaded_cartridge_argument& given)
{
    if (!given.load.empty()) {
        const auto load = parse_load(given.load);
        return {.resistance = phono::resistance{load.resistance}, .capacitance = phono::capacitance{load.other}};
    }
    if constexpr (phono::is_coil_cartridge<Cartridge>) {
        if (given.step_up.empty()) return {.resistance = phono::usual_load(cartridge)};
        return {.resistance = phono::resistance{47e3}};
    } else {
        throw failure{given.cartridge + ": say what it is loaded with, as --load 1M"};
    }
}

template <class Cartridge>
filter loaded(const std::string& name, const Cartridge& cartridge, const loaded_cartridge_argument& given)
{
    const double ratio = parse_step_up(given.step_up);
    const auto load = load_of(cartridge, given);
    auto title = name + (ratio == 1.0 ? "" : ", step-up 1:" + value_text(ratio, "")) + ", load " + value_text(load.resistance);
    if (load.capacitance.si > 0.0) title += " and " + value_text(load.capacitance);
    const phono::curve turns{.level = phono::gain::from_ratio(ratio)};
    if constexpr (phono::is_coil_cartridge<Cartridge>)
        return {title, small_signal_functions_of(phono::chain{behind(ratio, cartridge), load, turns})};
    else if (ratio != 1.0) throw failure{"--step-up: " + given.cartridge + " is no coil; leave it out"};
    else return {title, small_signal_functions_of(phono::chain{cartridge, load, turns})};
}

filter from_catalogue(const loaded_cartridge_argument& given)
{
    const auto wanted = folded(given.cartridge);
    std::optional<filter> found;
    std::vector<std::string_view> names;
    phono::catalogue::for_each_cartridge([&](const auto& entry) {
        names.push_back(entry.name);
        if (entry.name == wanted) found = loaded(std::string{entry.title}, entry.value, given);
    });
    if (!found)
        throw failure{"unknown cartridge '" + given.cartridge + "'; " + nearest(given.cartridge, names) +
                      "; `phono list cartridges` shows all"};
    return *found;
}

}   // namespace

filter loaded_cartridge(const loaded_cartridge_argument& given)
{
    const auto coil = parse_coil("--cartridge", given.cartridge);
    if (!coil) return from_catalogue(given);
    const phono::resistance resistance{coil->resistance};
    const phono::inductance winding{coil->other};
    if (winding.si == 0.0)
        return loaded("coil of " + value_text(resistance), phono::moving_coil_cartridge{.resistance = resistance}, given);
    return loaded("coil of " + value_text(resistance) + " and " + value_text(winding),
                  phono::magnetic_cartridge{.resistance = resistance, .inductance = winding}, given);
}

}   // namespace command
