// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/cartridge_sheet.hpp>
#include <phono/catalogue/list.hpp>
#include <phono/literals.hpp>

#include <string_view>

/// What makers state of their cartridges: the level in their words, coil, winding and load.
///
/// Sources. Makers' data sheets; "Engrove Audio Tools 2.0" with the number of its entry (github.com/Engrove/Engrove-Audio-Tools-2.0, commit
/// 16619d4): machine-generated entries of makers' figures that state no velocity, a secondary source; others are named. Where the velocity's
/// meaning is not known it is left unstated, and the level may be up to twice as high as it is read (stated_output).
namespace phono::inline v0_2::cartridges::stated {

using namespace phono::literals;

/// Shure M97xE.
inline constexpr cartridge_sheet shure_m97xe{.output = {.level = 4_mV, .amplitude = velocity_amplitude::peak},
                                             .coil = 1.55_kOhm,
                                             .winding = 650_mH,
                                             .load = {47_kOhm, 47_kOhm},
                                             .load_capacitance = {200_pF, 300_pF}};
/// Shure V15 Type III.
inline constexpr cartridge_sheet shure_v15_iii{.output = {.level = 3.5_mV, .amplitude = velocity_amplitude::peak},
                                               .coil = 1.35_kOhm,
                                               .winding = 500_mH,
                                               .load = {47_kOhm, 47_kOhm},
                                               .load_capacitance = {400_pF, 500_pF}};
/// Shure V15 Type V.
inline constexpr cartridge_sheet shure_v15_v{.output = {.level = 3.2_mV, .amplitude = velocity_amplitude::peak},
                                             .coil = 815_Ohm,
                                             .winding = 330_mH,
                                             .load = {47_kOhm, 47_kOhm},
                                             .load_capacitance = {250_pF, 250_pF}};
/// Shure M44-7.
inline constexpr cartridge_sheet shure_m44_7{.output = {.level = 9.5_mV, .amplitude = velocity_amplitude::peak},
                                             .coil = 650_Ohm,
                                             .winding = 700_mH,
                                             .load = {47_kOhm, 47_kOhm},
                                             .load_capacitance = {400_pF, 500_pF}};
/// Ortofon 2M Red.
inline constexpr cartridge_sheet ortofon_2m_red{
    .output = {.level = 5.5_mV}, .coil = 1.3_kOhm, .winding = 700_mH, .load = {47_kOhm, 47_kOhm}, .load_capacitance = {150_pF, 300_pF}};
/// Ortofon 2M Blue.
inline constexpr cartridge_sheet ortofon_2m_blue{
    .output = {.level = 5.5_mV}, .coil = 1.3_kOhm, .winding = 700_mH, .load = {47_kOhm, 47_kOhm}, .load_capacitance = {150_pF, 300_pF}};
/// Ortofon 2M Bronze.
inline constexpr cartridge_sheet ortofon_2m_bronze{
    .output = {.level = 5_mV}, .coil = 1.2_kOhm, .winding = 630_mH, .load = {47_kOhm, 47_kOhm}, .load_capacitance = {150_pF, 300_pF}};
/// Ortofon 2M Black.
inline constexpr cartridge_sheet ortofon_2m_black{
    .output = {.level = 5_mV}, .coil = 1.2_kOhm, .winding = 630_mH, .load = {47_kOhm, 47_kOhm}, .load_capacitance = {150_pF, 300_pF}};
/// Audio-Technica AT-VM95E.
inline constexpr cartridge_sheet at_vm95e{
    .output = {.level = 4_mV}, .coil = 485_Ohm, .winding = 550_mH, .load = {47_kOhm, 47_kOhm}, .load_capacitance = {100_pF, 200_pF}};
/// Audio-Technica VM540ML.
inline constexpr cartridge_sheet at_vm540ml{
    .output = {.level = 4_mV}, .coil = 485_Ohm, .winding = 460_mH, .load = {47_kOhm, 47_kOhm}, .load_capacitance = {100_pF, 200_pF}};
/// Nagaoka MP-110.
inline constexpr cartridge_sheet nagaoka_mp110{
    .output = {.level = 5_mV}, .coil = 600_Ohm, .winding = 500_mH, .load = {47_kOhm, 47_kOhm}, .load_capacitance = {150_pF, 200_pF}};
/// Grado Prestige series.
inline constexpr cartridge_sheet grado_prestige{.output = {.level = 5_mV}, .coil = 475_Ohm, .winding = 45_mH, .load = {47_kOhm, 47_kOhm}};
/// Goldring 1042.
inline constexpr cartridge_sheet goldring_1042{
    .output = {.level = 6.5_mV}, .coil = 660_Ohm, .winding = 570_mH, .load = {47_kOhm, 47_kOhm}, .load_capacitance = {150_pF, 200_pF}};
/// Sumiko Moonstone.
inline constexpr cartridge_sheet sumiko_moonstone{.output = {.level = 3_mV, .at = 3.54_cm_s},
                                                  .coil = 1.13_kOhm,
                                                  .winding = 500_mH,
                                                  .load = {47_kOhm, 47_kOhm},
                                                  .load_capacitance = {100_pF, 200_pF}};
/// Typical magnetic cartridge.
inline constexpr cartridge_sheet typical_magnetic{.output = {.level = 5_mV}, .coil = 1_kOhm, .winding = 500_mH};
/// Denon DL-103.
inline constexpr cartridge_sheet denon_dl103{.output = {.level = 0.3_mV}, .coil = 40_Ohm, .load = {100_Ohm}};
/// Denon DL-103R.
inline constexpr cartridge_sheet denon_dl103r{.output = {.level = 0.25_mV}, .coil = 14_Ohm};
/// Denon DL-103D.
inline constexpr cartridge_sheet denon_dl103d{.output = {.level = 0.25_mV, .cut = groove_cut::lateral}, .coil = 33_Ohm, .load = {100_Ohm}};
/// Denon DL-110.
inline constexpr cartridge_sheet denon_dl110{.output = {.level = 1.6_mV}, .coil = 160_Ohm, .load = {47_kOhm}};
/// Audio-Technica AT-OC9XML.
inline constexpr cartridge_sheet at_oc9xml{.output = {.level = 0.4_mV}, .coil = 12_Ohm, .winding = 25_uH, .load = {100_Ohm}};
/// Lyra Delos.
inline constexpr cartridge_sheet lyra_delos{.output = {.level = 0.6_mV, .amplitude = velocity_amplitude::peak, .cut = groove_cut::one_wall},
                                            .coil = 8.2_Ohm,
                                            .winding = 11_uH,
                                            .load = {91_Ohm, 47_kOhm}};
/// Koetsu Rosewood.
inline constexpr cartridge_sheet koetsu_rosewood{.output = {.level = 0.4_mV}, .coil = 5_Ohm, .load = {30_Ohm}};
/// Ortofon MC2000.
inline constexpr cartridge_sheet ortofon_mc2000{.output = {.level = 0.05_mV}, .coil = 2_Ohm};
/// Ortofon Cadenza Red.
inline constexpr cartridge_sheet ortofon_cadenza_red{.output = {.level = 0.45_mV}, .coil = 5_Ohm, .load = {50_Ohm, 500_Ohm}};
/// Ortofon Cadenza Blue.
inline constexpr cartridge_sheet ortofon_cadenza_blue{.output = {.level = 0.5_mV}, .coil = 5_Ohm, .load = {50_Ohm, 200_Ohm}};
/// Ortofon Cadenza Bronze.
inline constexpr cartridge_sheet ortofon_cadenza_bronze{.output = {.level = 0.4_mV}, .coil = 5_Ohm, .load = {50_Ohm, 200_Ohm}};
/// Ortofon Cadenza Black.
inline constexpr cartridge_sheet ortofon_cadenza_black{.output = {.level = 0.33_mV}, .coil = 5_Ohm, .load = {10_Ohm}};
/// Ortofon Quintet Blue.
inline constexpr cartridge_sheet ortofon_quintet_blue{.output = {.level = 0.5_mV}, .coil = 7_Ohm, .load = {20_Ohm}};
/// Ortofon Quintet Bronze.
inline constexpr cartridge_sheet ortofon_quintet_bronze{.output = {.level = 0.3_mV}, .coil = 5_Ohm, .load = {20_Ohm}};
/// Ortofon SPU Classic.
inline constexpr cartridge_sheet ortofon_spu_classic{.output = {.level = 0.2_mV}, .coil = 2_Ohm, .load = {10_Ohm}};
/// Dynavector XX-2.
inline constexpr cartridge_sheet dynavector_xx2{.output = {.level = 0.28_mV}, .coil = 6_Ohm, .load = {30_Ohm}};
/// Dynavector 20X2 L.
inline constexpr cartridge_sheet dynavector_20x2l{.output = {.level = 0.3_mV}, .coil = 5_Ohm, .load = {30_Ohm}};
/// Dynavector 20X2 H.
inline constexpr cartridge_sheet dynavector_20x2h{.output = {.level = 2.8_mV}, .coil = 150_Ohm, .load = {1_kOhm}};
/// Hana ML.
inline constexpr cartridge_sheet hana_ml{.output = {.level = 0.4_mV}, .coil = 7_Ohm, .load = {100_Ohm}};
/// Hana SL.
inline constexpr cartridge_sheet hana_sl{.output = {.level = 0.5_mV}, .coil = 30_Ohm, .load = {400_Ohm}};
/// Hana SH.
inline constexpr cartridge_sheet hana_sh{.output = {.level = 2_mV}, .coil = 130_Ohm, .load = {47_kOhm, 47_kOhm}};
/// Hana EH.
inline constexpr cartridge_sheet hana_eh{.output = {.level = 2_mV}, .coil = 130_Ohm, .load = {47_kOhm, 47_kOhm}};
/// Rega Ania.
inline constexpr cartridge_sheet rega_ania{.output = {.level = 0.35_mV}, .coil = 10_Ohm, .load = {100_Ohm, 100_Ohm}};
/// Sumiko Celebration II.
inline constexpr cartridge_sheet sumiko_celebration_2{
    .output = {.level = 0.5_mV, .at = 3.54_cm_s}, .coil = 30_Ohm, .load = {100_Ohm, 1_kOhm}};
/// EMT TSD 15.
inline constexpr cartridge_sheet emt_tsd15{.output = {.level = 1.05_mV}, .coil = 24_Ohm};

}   // namespace phono::inline v0_2::cartridges::stated

namespace phono::inline v0_2::catalogue {

namespace detail {
inline constexpr origin usual_velocity = unverified("velocity", "5 cm/s, as is usual");
}   // namespace detail

/// Every sheet above. Its figures are named output, velocity, coil, winding, least_load, most_load, least_capacitance, most_capacitance.
inline constexpr list cartridge_sheets{
    entry_of<cartridges::stated::shure_m97xe>("Shure M97xE", "Engrove Audio Tools 2.0, 5: user guide", said(),
                                              unverified("velocity", "5 cm/s peak, as Shure's sheets have it"),
                                              unverified("coil winding", "handed down")),
    entry_of<cartridges::stated::shure_v15_iii>("Shure V15 Type III", "Engrove Audio Tools 2.0, 12", said(),
                                                unverified("velocity", "5 cm/s peak, as Shure's sheets have it"),
                                                unverified("coil winding", "handed down")),
    entry_of<cartridges::stated::shure_v15_v>("Shure V15 Type V", "Engrove Audio Tools 2.0, 55", said(),
                                              unverified("velocity", "5 cm/s peak, as Shure's sheets have it"),
                                              unverified("coil winding", "handed down")),
    entry_of<cartridges::stated::shure_m44_7>("Shure M44-7", "Engrove Audio Tools 2.0, 41", said(),
                                              unverified("velocity", "5 cm/s peak, as Shure's sheets have it"),
                                              unverified("coil winding", "handed down")),
    entry_of<cartridges::stated::ortofon_2m_red>("Ortofon 2M Red", "Ortofon, data sheet of the 2M Red", said(), detail::usual_velocity),
    entry_of<cartridges::stated::ortofon_2m_blue>("Ortofon 2M Blue", "Ortofon, data sheet of the 2M Blue", said(), detail::usual_velocity),
    entry_of<cartridges::stated::ortofon_2m_bronze>("Ortofon 2M Bronze", "Ortofon, data sheet of the 2M Bronze", said(),
                                                    detail::usual_velocity),
    entry_of<cartridges::stated::ortofon_2m_black>("Ortofon 2M Black", "Ortofon, data sheet of the 2M Black", said(),
                                                   detail::usual_velocity),
    entry_of<cartridges::stated::at_vm95e>("Audio-Technica AT-VM95E", "Engrove Audio Tools 2.0, 37", said(), detail::usual_velocity,
                                           unverified("coil winding", "handed down")),
    entry_of<cartridges::stated::at_vm540ml>("Audio-Technica VM540ML", "handed down", unverified("*"), detail::usual_velocity),
    entry_of<cartridges::stated::nagaoka_mp110>("Nagaoka MP-110", "Engrove Audio Tools 2.0, 6", said(), detail::usual_velocity,
                                                chosen("coil winding", "no source states them: typical ones")),
    entry_of<cartridges::stated::grado_prestige>("Grado Prestige series", "handed down", unverified("*"), detail::usual_velocity),
    entry_of<cartridges::stated::goldring_1042>("Goldring 1042", "Engrove Audio Tools 2.0, 11", said(), detail::usual_velocity,
                                                unverified("coil winding", "handed down")),
    entry_of<cartridges::stated::sumiko_moonstone>("Sumiko Moonstone", "Sumiko, data sheet of the Moonstone", said(),
                                                   unverified("velocity", "3.54 cm/s, as the Celebration II's"),
                                                   chosen("winding", "no source states it: a typical one")),
    entry_of<cartridges::stated::typical_magnetic>("Typical magnetic cartridge", "textbook values, no make", chosen("*")),
    entry_of<cartridges::stated::denon_dl103>("Denon DL-103", "Engrove Audio Tools 2.0, 3", said(), detail::usual_velocity,
                                              said("coil", "Stereophile, Dispelling a myth")),
    entry_of<cartridges::stated::denon_dl103r>("Denon DL-103R", "github.com/CootCraig/nanoc_blog", said(), detail::usual_velocity),
    entry_of<cartridges::stated::denon_dl103d>("Denon DL-103D", "Audio, September 1980", said()),
    entry_of<cartridges::stated::denon_dl110>("Denon DL-110", "handed down", unverified("*"), detail::usual_velocity),
    entry_of<cartridges::stated::at_oc9xml>("Audio-Technica AT-OC9XML",
                                            "handed down; output of the AT-OC9/III by Engrove Audio Tools 2.0, 10", unverified("*"),
                                            detail::usual_velocity),
    entry_of<cartridges::stated::lyra_delos>("Lyra Delos", "analogplanet.com, Lyra Delos, after Stereophile, August 2010", said(),
                                             unverified("velocity", "5 cm/s, zero to peak, 45 degrees, as Lyra's sheets have it"),
                                             unverified("winding", "handed down")),
    entry_of<cartridges::stated::koetsu_rosewood>("Koetsu Rosewood", "Engrove Audio Tools 2.0, 80", said(), detail::usual_velocity,
                                                  said("coil", "a Koetsu's, reddiamondaudio.net")),
    entry_of<cartridges::stated::ortofon_mc2000>("Ortofon MC2000", "Stereophile, Ortofon MC-3000", said(), detail::usual_velocity,
                                                 unverified("coil", "a user's figure, Audiogon")),
    entry_of<cartridges::stated::ortofon_cadenza_red>("Ortofon Cadenza Red", "Ortofon, data sheet of the Cadenza Red", said(),
                                                      detail::usual_velocity),
    entry_of<cartridges::stated::ortofon_cadenza_blue>("Ortofon Cadenza Blue", "Ortofon, data sheet of the Cadenza Blue", said(),
                                                       detail::usual_velocity),
    entry_of<cartridges::stated::ortofon_cadenza_bronze>("Ortofon Cadenza Bronze", "Ortofon, data sheet of the Cadenza Bronze", said(),
                                                         detail::usual_velocity),
    entry_of<cartridges::stated::ortofon_cadenza_black>("Ortofon Cadenza Black", "Ortofon, data sheet of the Cadenza Black", said(),
                                                        detail::usual_velocity),
    entry_of<cartridges::stated::ortofon_quintet_blue>("Ortofon Quintet Blue", "Ortofon, data sheet of the Quintet Blue", said(),
                                                       detail::usual_velocity),
    entry_of<cartridges::stated::ortofon_quintet_bronze>("Ortofon Quintet Bronze", "Ortofon, data sheet of the Quintet Bronze", said(),
                                                         detail::usual_velocity),
    entry_of<cartridges::stated::ortofon_spu_classic>("Ortofon SPU Classic", "Engrove Audio Tools 2.0, 82: SPU Classic GM E II", said(),
                                                      detail::usual_velocity, unverified("coil", "handed down")),
    entry_of<cartridges::stated::dynavector_xx2>("Dynavector XX-2", "Dynavector, data sheet of the XX-2", said(), detail::usual_velocity),
    entry_of<cartridges::stated::dynavector_20x2l>("Dynavector 20X2 L", "Dynavector, data sheet of the 20X2", said(),
                                                   detail::usual_velocity),
    entry_of<cartridges::stated::dynavector_20x2h>("Dynavector 20X2 H", "Dynavector, data sheet of the 20X2", said(),
                                                   detail::usual_velocity),
    entry_of<cartridges::stated::hana_ml>("Hana ML", "Hana, data sheet of the ML", said(), detail::usual_velocity),
    entry_of<cartridges::stated::hana_sl>("Hana SL", "Engrove Audio Tools 2.0, 56", said(), detail::usual_velocity,
                                          unverified("coil", "handed down")),
    entry_of<cartridges::stated::hana_sh>("Hana SH", "Hana, data sheet of the SH", said(), detail::usual_velocity),
    entry_of<cartridges::stated::hana_eh>("Hana EH", "Hana, data sheet of the EH", said(), detail::usual_velocity),
    entry_of<cartridges::stated::rega_ania>("Rega Ania", "Rega, data sheet of the Ania", said(), detail::usual_velocity),
    entry_of<cartridges::stated::sumiko_celebration_2>("Sumiko Celebration II", "Sumiko, data sheet of the Celebration II", said()),
    entry_of<cartridges::stated::emt_tsd15>("EMT TSD 15", "handed down", unverified("*"), detail::usual_velocity),
};

/// Calls visit(name, value in SI units, unit) for each figure that a cartridge's sheet has.
constexpr void for_each_figure(const cartridge_sheet& sheet, auto&& visit)
{
    const auto show = [&](std::string_view name, auto quantity, std::string_view unit) {
        if (quantity.si > 0.0) visit(name, quantity.si, unit);
    };
    show("output", sheet.output.level, "V");
    show("velocity", sheet.output.at, "m/s");
    show("coil", sheet.coil, "Ohm");
    show("winding", sheet.winding, "H");
    show("least_load", sheet.load.least, "Ohm");
    show("most_load", sheet.load.most, "Ohm");
    show("least_capacitance", sheet.load_capacitance.least, "F");
    show("most_capacitance", sheet.load_capacitance.most, "F");
}

/// The sheet of the cartridge with this name, or a null pointer.
[[nodiscard]] constexpr const entry<cartridge_sheet>* find_cartridge_sheet(std::string_view name) noexcept
{
    return cartridge_sheets.find(name);
}

}   // namespace phono::inline v0_2::catalogue
