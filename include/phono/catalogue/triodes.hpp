// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/list.hpp>
#include <phono/literals.hpp>
#include <phono/tube/dempwolf_zoelzer.hpp>
#include <phono/tube/koren.hpp>
#include <phono/tube/triode.hpp>

#include <string_view>

/// Triodes by type and law. Those named after a data sheet, and the 6SN7, 6SL7, E88CC and 12AY7, are Cohen and Helie's form of Koren's law
/// fitted to the points of sheet_points.hpp, which also tells by how much each law here misses them: Koren's own by up to 80 % (12AX7 at
/// 100 V), 31 % (12AT7), 25 % (6DJ8) and 13 % (12AU7).
///
/// Published: Koren's parameters and his grid current of 2 kOhm and a diode (N. Koren, Glass Audio 8(5), 1996, and its library); those of
/// Dempwolf and Zoelzer (DAFx-11, 2011) as printed in public code that cites the paper, not compared with its table.
/// Derived: capacitances of the 12AU7, and of the 6DJ8 but for its grid-cathode, Koren's less 0.7, 0.7 and 0.5 pF (grid-cathode, grid-plate,
/// plate-cathode): the socket that he includes, taken from his 12AX7. The 12AX7's are those of its sheet (guitarkitbuilder.com);
/// **unverified** against a data sheet: every other.
namespace phono::inline v0_2::triodes {

using namespace phono::literals;

/// 12AX7: Koren's plate current, the grid current of Dempwolf and Zoelzer's RSD-1 (measured on a 12AX7) without its constant 80 nA.
///
/// The default, because of the published laws it comes nearest to a real stage: with 250 V, 100 kOhm, 1.5 kOhm and 330 kOhm, for which
/// Mullard gives a gain of 54.5 and 0.86 mA (second-hand, unverified), it gives 54.9 and 0.80 mA; the measured tubes below give 50.2 to
/// 59.1 and 0.82 to 0.84 mA. At low plate voltages its current is too low: a fifth of the data sheet's at 100 V and -1 V, which ecc83_data_sheet has.
inline constexpr triode ecc83{koren<>{100.0, 1.4, 1060.0, 600.0, 300.0}, 1.6_pF, 1.7_pF, 0.46_pF};
/// 12AT7, Koren. Capacitances unverified.
inline constexpr triode ecc81{koren<diode_grid_current>{60.0, 1.35, 460.0, 300.0, 300.0}, 2.2_pF, 1.5_pF, 0.5_pF};
/// 12AU7, Koren. Capacitances derived from his 2.3, 2.2 and 1.0 pF.
inline constexpr triode ecc82{koren<diode_grid_current>{21.5, 1.3, 1180.0, 84.0, 300.0}, 1.6_pF, 1.5_pF, 0.5_pF};
/// 6DJ8, Koren. Grid-cathode 3.3 pF as Philips's sheet is quoted (Koren's library has 2.3 pF with the socket, as for every tube), unverified;
/// the others derived from his 2.1 and 0.7 pF.
inline constexpr triode ecc88{koren<diode_grid_current>{28.0, 1.3, 330.0, 320.0, 300.0}, 3.3_pF, 1.4_pF, 0.2_pF};

/// The 12AX7 that Dempwolf and Zoelzer call RSD-1: one tube, measured.
inline constexpr triode ecc83_rsd_1{dempwolf_zoelzer{2.242e-3, 103.2, 1.26, 3.40, 6.177e-4, 1.314, 9.901, 8.025e-8}, 1.6_pF, 1.7_pF,
                                    0.46_pF};
/// Their RSD-2.
inline constexpr triode ecc83_rsd_2{dempwolf_zoelzer{2.173e-3, 100.2, 1.28, 3.19, 5.911e-4, 1.358, 11.76, 4.527e-8}, 1.6_pF, 1.7_pF,
                                    0.46_pF};
/// Their EHX-1. Sources give its mu as 86.9 and 83.9: here 86.9.
inline constexpr triode ecc83_ehx_1{dempwolf_zoelzer{1.371e-3, 86.9, 1.349, 4.56, 3.263e-4, 1.156, 11.99, 3.917e-8}, 1.6_pF, 1.7_pF,
                                    0.46_pF};
/// 12AX7: Cohen and Helie's form of Koren's law, fitted to current, gm and rp of the data sheet at 250 V, -2 V (1.2 mA, 1600 uS, 62.5k) and
/// at 100 V, -1 V (0.5 mA, 1250 uS, 80k). Derived: six parameters from six numbers, so a small-signal
/// model about these points, untested against the plate curves, and for that reason not the default.
inline constexpr triode ecc83_data_sheet{koren<>{100.68892, 1.37751, 1735.47, 1825.053, 144.484, 0.54836}, 1.6_pF, 1.7_pF, 0.46_pF};
/// 12AT7, fitted to current, gm and rp of its sheet at 250 V, -2 V and 100 V, -1 V: within 5 %.
inline constexpr triode ecc81_data_sheet{koren<diode_grid_current>{81.2731, 1.40363, 512.062, 187.113, 2269.99, 0.583699}, 2.2_pF, 1.5_pF,
                                         0.5_pF};
/// 12AU7, fitted to its sheet at 250 V, -8.5 V and 100 V, 0 V: within 0.1 %, six parameters to six numbers.
inline constexpr triode ecc82_data_sheet{koren<diode_grid_current>{26.4823, 1.73253, 3265.46, 48.967, 2425.72, 1.77865}, 1.6_pF, 1.5_pF,
                                         0.5_pF};
/// 6DJ8, mu, ex and kg1 of Koren's law fitted to its sheet at 90 V, -1.3 V, the others Koren's: within 0.1 %, a small-signal model there.
inline constexpr triode ecc88_data_sheet{koren<diode_grid_current>{33.1696, 1.22808, 208.376, 320.0, 300.0}, 3.3_pF, 1.4_pF, 0.2_pF};
/// E88CC, 6922: as ecc88_data_sheet at the sheet's 100 V, +9 V and 680 ohms, which leave 89.8 V and -1.2 V.
inline constexpr triode e88cc{koren<diode_grid_current>{33.1804, 1.30354, 231.979, 320.0, 300.0}, 3.3_pF, 1.4_pF, 0.18_pF};
/// 6SN7, fitted to its sheet at 250 V, -8 V and 90 V, 0 V: within 0.5 %.
inline constexpr triode tube_6sn7{koren<diode_grid_current>{22.4104, 1.59404, 2530.12, 100.645, 1261.86, 0.955196}, 2.8_pF, 3.8_pF, 0.8_pF};
/// 6SL7, fitted to 26 points of its plate curves, 0 to -6 V, 1 to 5 mA, and to its sheet at 250 V, -2 V: within 6.4 %.
inline constexpr triode tube_6sl7{koren<diode_grid_current>{71.7423, 1.39488, 2260.06, 636.474, 1443.85, 0.491235}, 3.0_pF, 2.8_pF, 3.8_pF};
/// 12AY7, 6072: mu, ex and kg1 fitted to its sheet at 250 V, -4 V, the others chosen: within 0.1 %, a small-signal model there.
inline constexpr triode tube_12ay7{koren<diode_grid_current>{41.5639, 1.33278, 1786.12, 300.0, 300.0}, 1.3_pF, 1.3_pF, 0.6_pF};

/// Koren's library model of the 12AX7 as in the reference netlists: grid diode, and 1 GOhm from plate to cathode.
inline constexpr triode koren_12ax7{koren<diode_grid_current>{100.0, 1.4, 1060.0, 600.0, 300.0}, 1.6_pF, 1.7_pF, 0.46_pF, 1_GOhm};
/// The same for the 12AT7.
inline constexpr triode koren_12at7{koren<diode_grid_current>{60.0, 1.35, 460.0, 300.0, 300.0}, 2.2_pF, 1.5_pF, 0.5_pF, 1_GOhm};

}   // namespace phono::inline v0_2::triodes

namespace phono::inline v0_2::catalogue {

namespace sources {
inline constexpr std::string_view koren = "N. Koren, Glass Audio 8(5), 1996";
inline constexpr std::string_view dempwolf_zoelzer = "K. Dempwolf, U. Zoelzer, DAFx-11, 2011";
inline constexpr std::string_view sheet_fit = "fitted to points of the data sheet";
}   // namespace sources

namespace detail {
inline constexpr origin capacitances_12ax7 = said("grid_cathode grid_plate plate_cathode", "12AX7 sheet, guitarkitbuilder.com");
inline constexpr origin capacitances_unread = unverified("grid_cathode grid_plate plate_cathode", "the sheet's as handed down");
inline constexpr origin capacitances_12au7 = derived("grid_cathode grid_plate plate_cathode", "Koren's less his socket");
inline constexpr origin koren_grid = said("grid", "N. Koren's library: 2 kOhm and a diode for every triode");
inline constexpr origin rsd_1_grid = said("grid", "DAFx-11, 2011, tube RSD-1");
}   // namespace detail

/// Every triode above. Its figures are named law (the parameters of the plate current), grid, grid_cathode, grid_plate, plate_cathode,
/// plate_leak.
inline constexpr list triodes{
    entry_of<triodes::ecc83>("12AX7, ECC83", "N. Koren, Glass Audio 8(5), 1996; grid current: DAFx-11, 2011", said(), detail::rsd_1_grid,
                             detail::capacitances_12ax7),
    entry_of<triodes::ecc81>("12AT7, ECC81", sources::koren, said(), detail::capacitances_unread),
    entry_of<triodes::ecc82>("12AU7, ECC82", sources::koren, said(), detail::capacitances_12au7),
    entry_of<triodes::ecc88>("6DJ8, ECC88", sources::koren, said(), unverified("grid_cathode", "Philips's sheet as quoted"),
                             derived("grid_plate plate_cathode", "Koren's less his socket")),
    entry_of<triodes::ecc83_rsd_1>("12AX7, measured tube RSD-1", sources::dempwolf_zoelzer, said(), detail::capacitances_12ax7),
    entry_of<triodes::ecc83_rsd_2>("12AX7, measured tube RSD-2", sources::dempwolf_zoelzer, said(), detail::capacitances_12ax7),
    entry_of<triodes::ecc83_ehx_1>("12AX7, measured tube EHX-1", sources::dempwolf_zoelzer, said(), detail::capacitances_12ax7),
    entry_of<triodes::ecc83_data_sheet>("12AX7, through two data-sheet points", sources::sheet_fit, derived("law", sources::sheet_fit),
                                        detail::rsd_1_grid, detail::capacitances_12ax7),
    entry_of<triodes::ecc81_data_sheet>("12AT7, through two data-sheet points", sources::sheet_fit, derived("law", sources::sheet_fit),
                                        detail::koren_grid, detail::capacitances_unread),
    entry_of<triodes::ecc82_data_sheet>("12AU7, through two data-sheet points", sources::sheet_fit, derived("law", sources::sheet_fit),
                                        detail::koren_grid, detail::capacitances_12au7),
    entry_of<triodes::ecc88_data_sheet>("6DJ8, through a data-sheet point", sources::sheet_fit, derived("law", sources::sheet_fit),
                                        detail::koren_grid, detail::capacitances_unread),
    entry_of<triodes::e88cc>("E88CC, 6922, through a data-sheet point", sources::sheet_fit, derived("law", sources::sheet_fit),
                             detail::koren_grid, detail::capacitances_unread),
    entry_of<triodes::tube_6sn7>("6SN7, through two data-sheet points", sources::sheet_fit, derived("law", sources::sheet_fit),
                                 detail::koren_grid, detail::capacitances_unread),
    entry_of<triodes::tube_6sl7>("6SL7, fitted to its plate curves", sources::sheet_fit, derived("law", sources::sheet_fit),
                                 detail::koren_grid, detail::capacitances_unread),
    entry_of<triodes::tube_12ay7>("12AY7, 6072, through a data-sheet point", sources::sheet_fit, derived("law", sources::sheet_fit),
                                  detail::koren_grid, detail::capacitances_unread),
    entry_of<triodes::koren_12ax7>("12AX7, Koren's library card", sources::koren, said(), detail::capacitances_12ax7),
    entry_of<triodes::koren_12at7>("12AT7, Koren's library card", sources::koren, said(), detail::capacitances_unread),
};

/// The type of tube whose data sheet a triode is compared with, as sheet_points has it: the title up to its comma.
[[nodiscard]] constexpr std::string_view type_of(const entry<triode>& tube) noexcept { return tube.title.substr(0, tube.title.find(',')); }

/// Calls visit(name, value in SI units, unit) for each figure that a triode has.
constexpr void for_each_figure(const triode& tube, auto&& visit)
{
    // Koren's law and its grid's parameters from the seventh on, Dempwolf and Zoelzer's eight parameters: four of plate and four of grid.
    const int plate_parameters = tube.law.is<dempwolf_zoelzer>() ? 4 : 6;
    const int all_parameters = tube.law.is<koren<diode_grid_current>>() || tube.law.is<koren<>>() ? 9 : 8;
    for (int n = 0; n < all_parameters; ++n)
        if (const double value = tube.law.value[n]; value > 0.0 || value < 0.0) visit(n < plate_parameters ? "law" : "grid", value, "");
    visit("grid_cathode", tube.grid_cathode.si, "F");
    visit("grid_plate", tube.grid_plate.si, "F");
    visit("plate_cathode", tube.plate_cathode.si, "F");
    if (tube.plate_leak.si > 0.0) visit("plate_leak", tube.plate_leak.si, "Ohm");
}

/// Calls visit(entry) for every triode.
constexpr void for_each_triode(auto&& visit) { triodes.for_each(visit); }

}   // namespace phono::inline v0_2::catalogue
