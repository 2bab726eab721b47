// SPDX-License-Identifier: BSL-1.0
#include "filters/matched_cartridge.hpp"

#include "arguments/amplifier_argument.hpp"
#include "arguments/cartridge_argument.hpp"
#include "support/failure.hpp"
#include "support/origin_notes.hpp"
#include "support/suggestion.hpp"
#include "support/value_text.hpp"

#include <phono/analysis/step_response.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/chain/response.hpp>
#include <phono/match/match_verdict.hpp>
#include <phono/match/usual_inputs.hpp>

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

// The amplifier that is named, or the usual one, as the catalogue has it.
const phono::catalogue::entry<phono::amplifier_sheet>& amplifier_for(const auto& cartridge, const std::string& name)
{
    return find_amplifier(name.empty() ? std::string{phono::usual_amplifier_name(cartridge)} : name);
}

// Before the catalogue's loop, which lets no exception pass.
void refuse_unknown(const input_arguments& given)
{
    static_cast<void>(amplifier_for(phono::moving_coil_cartridge{}, given.amplifier));
    static_cast<void>(parse_step_up(given.step_up));
}

phono::match_inputs inputs_for(const auto& cartridge, const phono::cartridge_sheet* sheet, const input_arguments& given)
{
    auto inputs = sheet ? phono::usual_inputs(cartridge, *sheet) : phono::usual_inputs(cartridge);
    if (given.load) inputs.load = phono::resistance{*given.load};
    inputs.cable = phono::capacitance{given.cable};
    inputs.amplifier = amplifier_for(cartridge, given.amplifier).value;
    if (given.open_loop_gain) inputs.amplifier.gain = phono::gain{20.0 * std::log10(*given.open_loop_gain)};
    if (given.gain_bandwidth) inputs.amplifier.gain_bandwidth = phono::frequency{*given.gain_bandwidth};
    inputs.voltage_gain = phono::gain{given.gain_db};
    inputs.feedback = phono::resistance{given.feedback};
    inputs.feedback_capacitor = phono::capacitance{given.feedback_capacitor};
    if (!given.step_up.empty()) inputs.transformer = phono::usual_transformer(cartridge.resistance, parse_step_up(given.step_up));
    return inputs;
}

bool rings(const phono::cartridge_match& figures)
{
    const auto verdict = phono::judge(figures, phono::input_mode::transimpedance);
    for (std::size_t i = 0; i < phono::match_rules.size(); ++i)
        if (verdict.objects(i) && phono::match_rules[i].quantity.name == phono::match_quantities::phase_margin.name) return true;
    return false;
}

matched_cartridge matched(const auto& cartridge, const phono::cartridge_sheet* sheet, const input_arguments& given)
{
    const auto inputs = inputs_for(cartridge, sheet, given);
    const auto decibels_of = [](const auto& schematic) {
        return [schematic](double hertz) { return phono::decibels(phono::response(schematic, phono::frequency{hertz})); };
    };
    matched_cartridge result;
    result.figures = phono::match(cartridge, inputs);
    result.amplifier = amplifier_for(cartridge, given.amplifier).title;
    if (rings(result.figures)) result.mending = phono::mending_capacitor(cartridge, inputs);
    auto drawn = cartridge;
    drawn.inductance = result.figures.inductance;
    result.voltage_db = decibels_of(phono::voltage_input(drawn, inputs));
    result.transimpedance_db = decibels_of(phono::transimpedance_input(drawn, inputs));
    if (result.figures.kind == phono::cartridge_kind::moving_coil)
        result.transformer_db = decibels_of(phono::transformer_input(drawn, inputs));
    const auto step_of = [](const auto& schematic) { return phono::step_response{schematic}; };
    result.steps = {step_of(phono::voltage_input(drawn, inputs)), step_of(phono::transimpedance_input(drawn, inputs)),
                    step_of(phono::transformer_input(drawn, inputs))};
    return result;
}

matched_cartridge of_entry(const auto& entry, const std::optional<double>& winding, const input_arguments& inputs)
{
    auto cartridge = entry.value;
    if (winding) cartridge.inductance = phono::inductance{*winding};
    auto result = matched(cartridge, &phono::catalogue::find_cartridge_sheet(entry.name)->value, inputs);
    result.name = entry.name;
    result.title = entry.title;
    result.source = marked_source(entry) + (winding ? "; winding: the command line" : "");
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
            found = of_entry(entry, which.inductance, inputs);
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
    auto result = magnetic
                      ? matched(phono::magnetic_cartridge{.output = output, .resistance = coil, .inductance = winding}, nullptr, inputs)
                      : matched(phono::moving_coil_cartridge{.output = output, .resistance = coil, .inductance = winding}, nullptr, inputs);
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
    refuse_unknown(inputs);
    if (which.inductance && *which.inductance == 0.0) {   // unknown, as in the catalogue
        auto without = which;
        without.inductance.reset();
        return match_cartridge(without, inputs);
    }
    return which.name.empty() ? from_values(which, inputs) : from_catalogue(which, inputs);
}

std::vector<matched_cartridge> match_all(const input_arguments& inputs)
{
    refuse_unknown(inputs);
    std::vector<matched_cartridge> all;
    phono::catalogue::for_each_cartridge([&](const auto& entry) {
        if constexpr (phono::is_coil_cartridge<std::remove_cvref_t<decltype(entry.value)>>) all.push_back(of_entry(entry, {}, inputs));
    });
    return all;
}

}   // namespace command
