// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/match_quantities.hpp>

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
    /// True if the rule applies and its comparison is true.
    [[nodiscard]] constexpr bool holds(const cartridge_match& found) const noexcept
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
};

/// Where the edges of the rules come from.
namespace rule_sources {

inline constexpr std::string_view current_input = "published: heynowhifi.com.au, What is a trans-impedance phono pre-amplifier";
inline constexpr std::string_view load = "published: Audio-Technica, cartridge guide 2019/20, p. 55";
inline constexpr std::string_view groove =
    "published: pspatialaudio.com/max_velo.htm (no groove above 50 cm/s); "
    "assumed: an amplifier on +-15 V swings 13 V";
inline constexpr std::string_view line =
    "assumed: a line input wants 0.316 V (-10 dBV), and the MM input before it gives 46 dB "
    "at 1 kHz at most";
inline constexpr std::string_view circuit = "derived: the circuit's own response";
inline constexpr std::string_view loop = "derived: the circuit's own loop";
/// The lowest bandwidth is 13.9 kHz, of the Ortofon 2M Red into 300 pF, the highest peak 3.54 dB, of the Shure V15 Type III into 500 pF,
/// with the catalogue's windings, which are unverified.
inline constexpr std::string_view makers = "derived: no cartridge of the catalogue on its maker's load ends below 13 kHz or rises by 4 dB";
inline constexpr std::string_view noise = "derived: thermal noise and the amplifier's; assumed: 1 nV and 2 pA per square root of a hertz";

}   // namespace rule_sources

/// All of the rules by which a match is judged.
inline constexpr auto match_rules = [] {
    using enum input_mode;
    using enum rule_subject;
    using enum rule_comparison;
    using enum match_grade;
    namespace from = rule_sources;
    namespace q = match_quantities;
    constexpr auto all = rule_cartridges::all, magnetic = rule_cartridges::magnetic, moving_coil = rule_cartridges::moving_coil;
    return std::to_array<match_rule>({
        {"trans-impedance, low coil", transimpedance, moving_coil, cartridge, q::coil, at_most, 10.0, suits,
         "few ohms drive much current, which is what this input reads; most such inputs want the cartridge floating or balanced",
         from::current_input},
        {"trans-impedance, middling coil", transimpedance, all, cartridge, q::coil, above, 10.0, usable,
         "about 10 Ohm or less is ideal: above it the current, and with it the gain, is less", from::current_input},
        {"trans-impedance, high coil", transimpedance, all, cartridge, q::coil, above, 20.0, does_not_suit,
         "published advice is against it: such a coil drives little current, and the gain, Rf/Rc, is small", from::current_input},
        {"trans-impedance, magnetic", transimpedance, magnetic, cartridge, q::winding_corner, below, 20e3, does_not_suit,
         "a magnetic cartridge's current falls by 6 dB per octave from there up, whatever the amplifier", from::circuit},
        {"trans-impedance, winding, 20 kHz", transimpedance, all, cartridge, q::treble_by_winding, below, -1.0, usable,
         "limited by winding against coil, Rc/(2 pi Lc), more than by the amplifier", from::circuit},
        {"trans-impedance, winding, bandwidth", transimpedance, all, cartridge, q::source_bandwidth, below, 20e3, does_not_suit,
         "limited by winding against coil, Rc/(2 pi Lc): no amplifier mends it", from::circuit},
        {"trans-impedance, amplifier, 20 kHz", transimpedance, all, parts, q::treble_by_amplifier, below, -1.0, usable,
         "limited by the amplifier's gain-bandwidth, Rc/(2 pi (Lc + Rf/(2 pi GBW))): a faster one or a smaller Rf mends it", from::circuit},
        {"trans-impedance, amplifier, bandwidth", transimpedance, all, parts, q::bandwidth_by_amplifier, below, 20e3, does_not_suit,
         "limited by the amplifier's gain-bandwidth, Rc/(2 pi (Lc + Rf/(2 pi GBW))): a faster one or a smaller Rf mends it", from::circuit},
        {"trans-impedance, ringing", transimpedance, all, parts, q::phase_margin, below, 45.0, usable,
         "the loop rings: winding and cable take its phase margin; a capacitor across Rf mends it", from::loop},
        {"trans-impedance, near oscillation", transimpedance, all, parts, q::phase_margin, below, 15.0, does_not_suit,
         "the loop rings: winding and cable take its phase margin; a capacitor across Rf mends it", from::loop},
        {"trans-impedance, level", transimpedance, all, parts, q::output, below, 0.316 / 200.0, usable,
         "too low even for a sensitive MM input behind it: raise Rf", from::line},
        {"trans-impedance, clipping", transimpedance, all, parts, q::peak_output, above, 13.0, does_not_suit,
         "the loudest grooves clip: lower Rf", from::groove},
        {"trans-impedance, noise", transimpedance, moving_coil, parts, q::noise_over_other, above, 3.0, usable,
         "noisier than the voltage input: Rf is small beside the coil", from::noise},

        {"voltage, coil", voltage, all, cartridge, q::coil, at_most, 4.7e3, suits,
         "a voltage input loads it as lightly as it should: ten coils are 47 kOhm at the most", from::load},
        {"voltage, high coil", voltage, all, cartridge, q::coil, above, 4.7e3, usable, "the usual 47 kOhm are less than ten coils",
         from::load},
        {"voltage, load", voltage, all, parts, q::load_over_coil, at_least, 10.0, suits, "ten coils or more: at most 0.83 dB is lost",
         from::load},
        {"voltage, low load", voltage, all, parts, q::load_over_coil, below, 10.0, usable,
         "less than ten coils: the load takes a part of the signal that is best kept from noise", from::load},
        {"voltage, very low load", voltage, all, parts, q::load_over_coil, below, 1.0, does_not_suit,
         "more than half of the signal is lost in the coil", from::circuit},
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
        {"voltage, noise", voltage, moving_coil, parts, q::noise_over_other, above, 3.0, usable,
         "noisier than the trans-impedance input: the load is small beside the coil", from::noise},
    });
}();

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
