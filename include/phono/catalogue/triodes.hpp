// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/list.hpp>
#include <phono/literals.hpp>
#include <phono/tube/dempwolf_zoelzer.hpp>
#include <phono/tube/triode.hpp>

#include <string_view>

/// Triodes by type and law.
///
/// Published: Koren's parameters and his grid current of 2 kOhm and a diode (N. Koren, Glass Audio 8(5), 1996, and its library); those of
/// Dempwolf and Zoelzer (DAFx-11, 2011) as printed in public code that cites the paper, not compared with its table.
/// Derived: capacitances of the 12AU7 and 6DJ8, Koren's less 0.7, 0.7 and 0.5 pF (grid-cathode, grid-plate, plate-cathode): the socket that
/// he includes, taken from his 12AX7. **Unverified** against a data sheet: every capacitance.
namespace phono::inline v0_2::triodes {

using namespace phono::literals;

/// 12AX7: Koren's plate current, the grid current of Dempwolf and Zoelzer's RSD-1 (measured on a 12AX7) without its constant 80 nA.
///
/// The default, because of the published laws it comes nearest to a real stage: with 250 V, 100 kOhm, 1.5 kOhm and 330 kOhm, for which
/// Mullard gives a gain of 54.5 and 0.86 mA (second-hand, unverified), it gives 54.9 and 0.80 mA; the measured tubes below give 50.2 to
/// 59.1 and 0.82 to 0.84 mA. At low plate voltages its current is too low: a fifth of the data sheet's at 100 V and -1 V. Capacitances from
/// public SPICE models, unverified.
inline constexpr triode ecc83{koren<>{100.0, 1.4, 1060.0, 600.0, 300.0}, 1.6_pF, 1.7_pF, 0.46_pF};
/// 12AT7, Koren. Capacitances unverified.
inline constexpr triode ecc81{koren<diode_grid_current>{60.0, 1.35, 460.0, 300.0, 300.0}, 2.2_pF, 1.5_pF, 0.5_pF};
/// 12AU7, Koren. Capacitances derived from his 2.3, 2.2 and 1.0 pF.
inline constexpr triode ecc82{koren<diode_grid_current>{21.5, 1.3, 1180.0, 84.0, 300.0}, 1.6_pF, 1.5_pF, 0.5_pF};
/// 6DJ8, Koren. Capacitances derived from his 2.3, 2.1 and 0.7 pF.
inline constexpr triode ecc88{koren<diode_grid_current>{28.0, 1.3, 330.0, 320.0, 300.0}, 1.6_pF, 1.4_pF, 0.2_pF};

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
/// at 100 V, -1 V (0.5 mA, 1250 uS, 80k), of which only the 1.2 mA is verified. Derived: six parameters from six numbers, so a small-signal
/// model about these points, untested against the plate curves, and for that reason not the default.
inline constexpr triode ecc83_data_sheet{koren<>{100.68892, 1.37751, 1735.47, 1825.053, 144.484, 0.54836}, 1.6_pF, 1.7_pF, 0.46_pF};

/// Koren's library model of the 12AX7 as in the reference netlists: grid diode, and 1 GOhm from plate to cathode.
inline constexpr triode koren_12ax7{koren<diode_grid_current>{100.0, 1.4, 1060.0, 600.0, 300.0}, 1.6_pF, 1.7_pF, 0.46_pF, 1_GOhm};
/// The same for the 12AT7.
inline constexpr triode koren_12at7{koren<diode_grid_current>{60.0, 1.35, 460.0, 300.0, 300.0}, 2.2_pF, 1.5_pF, 0.5_pF, 1_GOhm};

}   // namespace phono::inline v0_2::triodes

namespace phono::inline v0_2::catalogue {

namespace sources {
inline constexpr std::string_view koren = "N. Koren, Glass Audio 8(5), 1996; capacitances unverified";
inline constexpr std::string_view dempwolf_zoelzer = "K. Dempwolf, U. Zoelzer, DAFx-11, 2011; capacitances unverified";
}   // namespace sources

/// Every triode above.
inline constexpr list triodes{
    entry_of<triodes::ecc83>("12AX7, ECC83", "N. Koren, Glass Audio 8(5), 1996; grid current: DAFx-11, 2011; capacitances unverified"),
    entry_of<triodes::ecc81>("12AT7, ECC81", sources::koren),
    entry_of<triodes::ecc82>("12AU7, ECC82", sources::koren),
    entry_of<triodes::ecc88>("6DJ8, ECC88", sources::koren),
    entry_of<triodes::ecc83_rsd_1>("12AX7, measured tube RSD-1", sources::dempwolf_zoelzer),
    entry_of<triodes::ecc83_rsd_2>("12AX7, measured tube RSD-2", sources::dempwolf_zoelzer),
    entry_of<triodes::ecc83_ehx_1>("12AX7, measured tube EHX-1", sources::dempwolf_zoelzer),
    entry_of<triodes::ecc83_data_sheet>("12AX7, through two data-sheet points", "fitted to six numbers, most unverified"),
    entry_of<triodes::koren_12ax7>("12AX7, Koren's library card", sources::koren),
    entry_of<triodes::koren_12at7>("12AT7, Koren's library card", sources::koren),
};

/// Calls visit(entry) for every triode.
constexpr void for_each_triode(auto&& visit) { triodes.for_each(visit); }

}   // namespace phono::inline v0_2::catalogue
