// SPDX-License-Identifier: BSL-1.0
#include "filters/matched_cartridge.hpp"

#include "support/failure.hpp"
#include "support/origin_notes.hpp"
#include "support/suggestion.hpp"
#include "support/value_text.hpp"

#include <phono/catalogue/cartridges.hpp>
#include <phono/chain/response.hpp>

#include <cmath>
#include <string_view>
#include <type_traits>
#include <vector>

namespace command {

namespace {

// Moving coils that reach a magnetic cartridge's output have some 160 Ohm, magnetic cartridges seldom less than 400.
constexpr double highest_moving_coil = 200.0;

failure no_ceramic(const std::string& option)
{
    return failure{option +
                   ": a ceramic cartridge's EMF follows displacement, behind a capacitance and no coil, so neither input "
                   "judged here is meant for it; it wants a load of 1 MOhm or more and no RIAA"};
}

phono::match_inputs inputs_for(const auto& cartridge, const input_arguments& given)
{
    return {.load = given.load ? phono::resistance{*given.load} : phono::usual_load(cartridge),
            .cable = phono::capacitance{given.cable},
            .open_loop_gain = phono::gain{20.0 * std::log10(given.open_loop_gain)},
            .gain_bandwidth = phono::frequency{given.gain_bandwidth},
            .voltage_gain = phono::gain{given.gain_db},
            .feedback = phono::resistance{given.feedback}};
}

matched_cartridge matched(const auto& cartridge, const input_arguments& given)
{
    const auto inputs = inputs_for(cartridge, given);
    const auto decibels_of = [](const auto& schematic) {
        return [schematic](double hertz) { return phono::decibels(phono::response(schematic, phono::frequency{hertz})); };
    };
    matched_cartridge result;
    result.figures = phono::match(cartridge, inputs);
    result.voltage_db = decibels_of(phono::voltage_input(cartridge, inputs));
    result.transimpedance_db = decibels_of(phono::transimpedance_input(cartridge, inputs));
    return result;
}

matched_cartridge from_catalogue(const cartridge_argument& which, const input_arguments& inputs)
{
    if (which.resistance || which.output || !which.kind.empty())
        throw failure{"--cartridge " + which.name +
                      ": its values are in the catalogue; give a name, or --coil, --output and --winding, not both "
                      "(--winding may stand beside a name)"};
    const auto wanted = folded(which.name);
    std::optional<matched_cartridge> found;
    std::vector<std::string_view> names;
    phono::catalogue::for_each_cartridge([&](const auto& entry) {
        names.push_back(entry.name);
        if (entry.name != wanted) return;
        if constexpr (phono::is_coil_cartridge<std::remove_cvref_t<decltype(entry.value)>>) {
            auto cartridge = entry.value;
            if (which.inductance) cartridge.inductance = phono::inductance{*which.inductance};
            found = matched(cartridge, inputs);
            found->name = entry.name;
            found->title = entry.title;
            found->source = marked_source(entry) + (which.inductance ? "; winding: the command line" : "");
        } else {
            throw no_ceramic("--cartridge " + which.name);
        }
    });
    if (!found)
        throw failure{"unknown cartridge '" + which.name + "'; " + nearest(which.name, names) + "; `phono list cartridges` shows all"};
    return *found;
}

matched_cartridge from_values(const cartridge_argument& which, const input_arguments& inputs)
{
    if (which.kind == "ceramic") throw no_ceramic("--kind ceramic");
    if (!which.resistance) throw failure{"which cartridge? give --cartridge NAME, or --coil, --output and --winding"};
    if (!which.output) throw failure{"--coil without --output: give the EMF at 1 kHz and 5 cm/s too, as --output 0.3m"};
    const bool magnetic = which.kind.empty() ? *which.resistance >= highest_moving_coil : which.kind == "magnetic";
    const phono::voltage output{*which.output};
    const phono::resistance coil{*which.resistance};
    const phono::inductance winding{which.inductance.value_or(0.0)};
    if (magnetic && winding.si == 0.0)
        throw failure{"a magnetic cartridge's treble is set by its winding: give --winding too, as 500m (or --kind moving-coil)"};
    auto result = magnetic ? matched(phono::magnetic_cartridge{.output = output, .resistance = coil, .inductance = winding}, inputs)
                           : matched(phono::moving_coil_cartridge{.output = output, .resistance = coil, .inductance = winding}, inputs);
    result.title = "Cartridge of " + value_text(coil) + (winding.si > 0.0 ? " and " + value_text(winding) : "");
    result.source = "the command line";
    if (which.kind.empty())
        result.guess = std::string{"Taken for a "} + (magnetic ? "magnetic cartridge" : "moving coil") + " since its coil is " +
                       (magnetic ? "200 Ohm or more" : "below 200 Ohm") + "; --kind says otherwise.";
    return result;
}

}   // namespace

matched_cartridge match_cartridge(const cartridge_argument& which, const input_arguments& inputs)
{
    if (which.inductance && *which.inductance == 0.0) {   // unknown, as in the catalogue
        auto without = which;
        without.inductance.reset();
        return match_cartridge(without, inputs);
    }
    return which.name.empty() ? from_values(which, inputs) : from_catalogue(which, inputs);
}

}   // namespace command
