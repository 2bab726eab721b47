// SPDX-License-Identifier: BSL-1.0
#include "filters/loaded_cartridge.hpp"

#include "filters/schematic_functions.hpp"
#include "support/failure.hpp"
#include "support/suggestion.hpp"
#include "support/value_text.hpp"

#include <phono/catalogue/cartridges.hpp>
#include <phono/equaliser/curve.hpp>
#include <phono/match/usual_inputs.hpp>
#include <phono/stage/loading.hpp>

#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
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
        throw failure{given.option + ' ' + given.cartridge + ": say what it is loaded with, as --load 1M"};
    }
}

template <class Cartridge>
filter loaded(const std::string& name, const Cartridge& cartridge, const loaded_cartridge_argument& given)
{
    const double ratio = parse_step_up(given.step_up);
    const auto load = load_of(cartridge, given);
    auto title = name + (ratio == 1.0 ? "" : ", step-up 1:" + value_text(ratio, "")) + ", load " + value_text(load.resistance);
    if (load.capacitance.si > 0.0) title += " and " + value_text(load.capacitance);
    if constexpr (phono::is_coil_cartridge<Cartridge>) {
        const phono::curve turns{.level = phono::gain::from_ratio(ratio)};
        return {title, small_signal_functions_of(phono::chain{behind(ratio, cartridge), load, turns})};
    } else if (ratio != 1.0) throw failure{"--step-up: " + given.cartridge + " is no coil; leave it out"};
    else return {title, small_signal_functions_of(phono::chain{cartridge, load})};
}

// Calls visit(title, cartridge) for the one that is named, or that has the values given.
void visit_cartridge(const loaded_cartridge_argument& given, const auto& visit)
{
    if (const auto coil = parse_coil(given.option, given.cartridge)) {
        const phono::resistance resistance{coil->resistance};
        const phono::inductance winding{coil->other};
        const auto title = "coil of " + value_text(resistance);
        if (winding.si == 0.0) return visit(title, phono::moving_coil_cartridge{.resistance = resistance});
        return visit(title + " and " + value_text(winding), phono::magnetic_cartridge{.resistance = resistance, .inductance = winding});
    }
    const auto wanted = folded(given.cartridge);
    std::function<void()> found;   // called later: it may refuse, and the catalogue's loop lets no exception pass
    std::vector<std::string_view> names;
    phono::catalogue::for_each_cartridge([&](const auto& entry) {
        names.push_back(entry.name);
        if (entry.name == wanted) found = [&visit, entry] { visit(std::string{entry.title}, entry.value); };
    });
    if (!found)
        throw failure{given.option + ": unknown cartridge '" + given.cartridge + "'; " + nearest(given.cartridge, names) +
                      "; `phono list cartridges` shows all"};
    found();
}

}   // namespace

filter loaded_cartridge(const loaded_cartridge_argument& given)
{
    std::optional<filter> result;
    visit_cartridge(given, [&](const std::string& title, const auto& cartridge) { result = loaded(title, cartridge, given); });
    warn_of_large_load(given);
    return *result;
}

// Not refused: a moving coil may be damped by a large capacitor.
void warn_of_large_load(const loaded_cartridge_argument& given)
{
    constexpr double most = 10e-9;
    static bool told = false;
    if (told || given.load.empty()) return;
    const double farads = parse_load(given.load).other;
    if (farads <= most) return;
    told = true;
    std::cerr << "phono: warning: --load " << given.load << ": " << value_text(farads, "F")
              << " is much; cables and inputs have some hundred picofarads, as in 47k,250p\n";
}

other_cartridge coil_of(const loaded_cartridge_argument& given)
{
    other_cartridge other;
    visit_cartridge(given, [&]<class Cartridge>(const std::string& title, const Cartridge& cartridge) {
        if constexpr (phono::is_coil_cartridge<Cartridge>) {
            other.title = title;
            other.resistance = cartridge.resistance.si;
            other.inductance = cartridge.inductance.si;
            if (!parse_coil(given.option, given.cartridge)) other.output = cartridge.output.si;   // a coil by its values has none
            if constexpr (requires { cartridge.interwinding; }) other.interwinding = cartridge.interwinding.si;
        } else {
            throw failure{given.option + ' ' + given.cartridge + ": is no coil; a preamp's own is replaced by one only"};
        }
    });
    other.step_up = parse_step_up(given.step_up);
    if (!given.load.empty()) other.load = parse_load(given.load);
    return other;
}

}   // namespace command
