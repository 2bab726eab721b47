// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/match_quantities.hpp>
#include <phono/match/rule_sources.hpp>

#include <array>
#include <cstddef>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"   // default: is every other kind

namespace phono::inline v0_2 {

/// How well an input suits a cartridge, from best to worst.
enum class match_grade { suits, usable, does_not_suit };

/// What a rule judges: the cartridge on this kind of input, whatever its parts; or the parts as set, which can be changed.
enum class rule_subject { cartridge, parts };

/// The cartridges to which a rule applies.
enum class rule_cartridges { all, magnetic, moving_coil };
/// How a rule compares its quantity with its edge.
enum class rule_comparison { at_most, above, below, at_least };

/// Where `quantity comparison edge` holds, the match is no better than `grade`, for this reason.
struct match_rule {
    std::string_view name;
    input_mode mode;
    rule_cartridges cartridges;
    rule_subject subject;
    match_quantity quantity;
    rule_comparison comparison;
    double edge;   ///< in the quantity's unit
    match_grade grade;
    std::string_view reason;
    std::string_view source;

    /// True if the rule applies to this kind of cartridge.
    [[nodiscard]] constexpr bool concerns(cartridge_kind kind) const noexcept
    {
        return cartridges == rule_cartridges::all || (cartridges == rule_cartridges::magnetic) == (kind == cartridge_kind::magnetic);
    }
    /// True if the rule applies and its comparison is true; false where the quantity has no value.
    [[nodiscard]] constexpr bool holds(const match_figures& found) const noexcept
    {
        if (!concerns(found.kind)) return false;
        const double value = quantity.measure(found, mode);
        switch (comparison) {
            case rule_comparison::at_most: return value <= edge;
            case rule_comparison::above: return value > edge;
            case rule_comparison::below: return value < edge;
            default: return value >= edge;
        }
    }
    /// True if the first value is further on the side of the edge where the rule holds.
    [[nodiscard]] constexpr bool is_further(double value, double other) const noexcept
    {
        const bool is_low = comparison == rule_comparison::at_most || comparison == rule_comparison::below;
        return is_low ? value < other : value > other;
    }
};

/// All of the rules by which a match is judged.
inline constexpr auto match_rules = [] {
    using enum input_mode;
    using enum rule_subject;
    using enum rule_comparison;
    using enum match_grade;
    namespace from = rule_sources;
    namespace q = match_quantities;
    constexpr auto all = rule_cartridges::all, magnetic = rule_cartridges::magnetic, moving_coil = rule_cartridges::moving_coil;
    constexpr double heard = 3.0, loud = 10.0;
    return std::to_array<match_rule>({
        {"trans-impedance, quiet", transimpedance, all, cartridge, q::least_added_noise, at_most, heard, suits,
         "groove and coil are the louder part of the noise", from::noise},
        {"trans-impedance, noise", transimpedance, all, cartridge, q::least_added_noise, above, heard, usable,
         "its voltage is small: even a quiet amplifier is heard", from::noise},
        {"trans-impedance, much noise", transimpedance, all, cartridge, q::least_added_noise, above, loud, does_not_suit,
         "its voltage is too small: no amplifier is quiet enough", from::noise},
        {"trans-impedance, noise as set", transimpedance, all, parts, q::added_noise, above, heard, usable,
         "the amplifier is heard: a quieter one, or more Rf", from::noise},
        {"trans-impedance, much noise as set", transimpedance, all, parts, q::added_noise, above, loud, does_not_suit,
         "the amplifier is heard: a quieter one, or more Rf", from::noise},
        {"trans-impedance, high coil", transimpedance, moving_coil, cartridge, q::coil, above, 20.0, usable,
         "forums keep current inputs for coils of a few ohms; what its noise, treble and loop say is beside it", from::coil},
        {"trans-impedance, magnetic", transimpedance, magnetic, cartridge, q::winding_corner, below, 20e3, does_not_suit,
         "a magnetic cartridge's current falls by 6 dB per octave from there up, whatever the amplifier", from::circuit},
        {"trans-impedance, winding, 20 kHz", transimpedance, all, cartridge, q::source_treble, below, -1.0, usable,
         "limited by winding against coil, Rc/(2 pi Lc), whatever the amplifier", from::circuit},
        {"trans-impedance, winding, bandwidth", transimpedance, all, cartridge, q::source_bandwidth, below, 20e3, does_not_suit,
         "limited by winding against coil, Rc/(2 pi Lc): no amplifier mends it", from::circuit},
        {"trans-impedance, amplifier, 20 kHz", transimpedance, all, parts, q::treble_by_amplifier, below, -1.0, usable,
         "limited by the amplifier's gain-bandwidth, Rc/(2 pi (Lc + Rf/(2 pi GBW))): a faster one or a smaller Rf mends it", from::circuit},
        {"trans-impedance, amplifier, bandwidth", transimpedance, all, parts, q::bandwidth_by_amplifier, below, 20e3, does_not_suit,
         "limited by the amplifier's gain-bandwidth, Rc/(2 pi (Lc + Rf/(2 pi GBW))): a faster one or a smaller Rf mends it", from::circuit},
        {"trans-impedance, ringing", transimpedance, all, parts, q::phase_margin, below, 45.0, usable,
         "the loop rings: winding and cable take its phase margin; a capacitor across Rf gives it back", from::loop},
        {"trans-impedance, near oscillation", transimpedance, all, parts, q::phase_margin, below, 15.0, does_not_suit,
         "the loop rings: winding and cable take its phase margin; a capacitor across Rf gives it back", from::loop},
        {"trans-impedance, level", transimpedance, all, parts, q::output, below, 0.316 / 200.0, usable,
         "too low even for a sensitive MM input behind it: raise Rf", from::line},
        {"trans-impedance, clipping", transimpedance, all, parts, q::peak_output, above, 13.0, does_not_suit,
         "the loudest grooves clip: lower Rf", from::groove},

        {"voltage, quiet", voltage, all, cartridge, q::least_added_noise, at_most, heard, suits,
         "groove and coil are the louder part of the noise", from::noise},
        {"voltage, noise", voltage, all, cartridge, q::least_added_noise, above, heard, usable,
         "its voltage is small: even a quiet amplifier is heard", from::noise},
        {"voltage, much noise", voltage, all, cartridge, q::least_added_noise, above, loud, does_not_suit,
         "its voltage is too small: no amplifier is quiet enough without a transformer", from::noise},
        {"voltage, noise as set", voltage, all, parts, q::added_noise, above, heard, usable,
         "the amplifier is heard: a quieter one, or a transformer", from::noise},
        {"voltage, much noise as set", voltage, all, parts, q::added_noise, above, loud, does_not_suit,
         "the amplifier is heard: a quieter one, or a transformer", from::noise},
        {"voltage, high coil", voltage, all, cartridge, q::coil, above, 4.7e3, usable, "the usual 47 kOhm are less than ten coils",
         from::load},
        {"voltage, load", voltage, all, parts, q::unstated_load_over_coil, at_least, 10.0, suits,
         "ten coils or more: at most 0.83 dB is lost", from::load},
        {"voltage, low load", voltage, all, parts, q::unstated_load_over_coil, below, 10.0, usable,
         "less than ten coils: the load takes a part of the signal that is best kept from noise", from::load},
        {"voltage, very low load", voltage, all, parts, q::load_over_coil, below, 1.0, does_not_suit,
         "more than half of the signal is lost in the coil", from::circuit},
        {"voltage, below the maker's load", voltage, all, parts, q::load_over_least, below, 0.99, usable,
         "the maker recommends a higher load resistor", from::maker},
        {"voltage, above the maker's load", voltage, all, parts, q::load_over_most, above, 1.01, usable,
         "the maker recommends a lower load resistor", from::maker},
        {"voltage, below the maker's capacitance", voltage, all, parts, q::capacitance_over_least, below, 0.99, usable,
         "the maker recommends more capacitance, cable included", from::maker},
        {"voltage, above the maker's capacitance", voltage, all, parts, q::capacitance_over_most, above, 1.01, usable,
         "the maker recommends less capacitance, cable included", from::maker},
        {"voltage, moving coil, 20 kHz", voltage, moving_coil, parts, q::source_treble, below, -1.0, usable,
         "limited by the winding against load and cable", from::circuit},
        {"voltage, moving coil, bandwidth", voltage, moving_coil, parts, q::source_bandwidth, below, 20e3, does_not_suit,
         "limited by the winding against load and cable", from::circuit},
        {"voltage, magnetic, bandwidth", voltage, magnetic, parts, q::source_bandwidth, below, 10e3, usable,
         "winding and cable end the treble earlier than any maker's load does: less cable", from::makers},
        {"voltage, magnetic, very low bandwidth", voltage, magnetic, parts, q::source_bandwidth, below, 5e3, does_not_suit,
         "winding and cable leave no treble: far less cable", from::makers},
        {"voltage, resonance", voltage, all, parts, q::peak, above, 4.0, usable,
         "winding and cable resonate more than with any maker's load: a lower load resistor or less cable", from::makers},
        {"voltage, slow amplifier", voltage, all, parts, q::amplifier_treble, below, -1.0, usable,
         "limited by the amplifier's gain-bandwidth over its gain: a faster one, or two stages", from::circuit},
        {"voltage, very slow amplifier", voltage, all, parts, q::amplifier_treble, below, -3.0, does_not_suit,
         "limited by the amplifier's gain-bandwidth over its gain: a faster one, or two stages", from::circuit},
        {"voltage, level", voltage, all, parts, q::output, below, 0.316 / 200.0, usable,
         "too low even for a sensitive MM input behind it: raise the gain", from::line},
        {"voltage, clipping", voltage, all, parts, q::peak_output, above, 13.0, does_not_suit, "the loudest grooves clip: lower the gain",
         from::groove},

        {"transformer, quiet", transformer, moving_coil, cartridge, q::added_noise, at_most, heard, suits,
         "groove and coil are the louder part of the noise", from::noise},
        {"transformer, noise", transformer, moving_coil, parts, q::added_noise, above, heard, usable,
         "the amplifier behind the transformer is heard: a higher ratio", from::noise},
        {"transformer, much noise", transformer, moving_coil, parts, q::added_noise, above, loud, does_not_suit,
         "the amplifier behind the transformer is heard: a higher ratio", from::noise},
        {"transformer, magnetic", transformer, magnetic, cartridge, q::winding_corner, below, 20e3, does_not_suit,
         "a transformer multiplies the winding by the square of its ratio, and the level needs none", from::circuit},
        {"transformer, low load", transformer, moving_coil, parts, q::load_over_coil, below, 5.0, usable,
         "the load over the square of the ratio is little for the coil: a lower ratio", from::transformer},
        {"transformer, 20 kHz", transformer, moving_coil, parts, q::source_treble, below, -1.0, usable,
         "limited by winding, leakage and capacitance of coil and transformer", from::circuit},
        {"transformer, bandwidth", transformer, moving_coil, parts, q::source_bandwidth, below, 20e3, does_not_suit,
         "limited by winding, leakage and capacitance of coil and transformer", from::circuit},
        {"transformer, resonance", transformer, moving_coil, parts, q::peak, above, 4.0, usable,
         "leakage and capacitance resonate: a lower ratio", from::makers},
        {"transformer, level", transformer, moving_coil, parts, q::output, below, 0.316 / 200.0, usable,
         "too low even for a sensitive MM input behind it: raise the gain", from::line},
        {"transformer, clipping", transformer, moving_coil, parts, q::peak_output, above, 13.0, does_not_suit,
         "the loudest grooves clip: lower the gain or the ratio", from::groove},
    });
}();

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
