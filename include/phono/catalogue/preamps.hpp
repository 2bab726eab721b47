// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/list.hpp>
#include <phono/catalogue/nachbaur.hpp>
#include <phono/catalogue/published_preamps.hpp>
#include <phono/chain/chain.hpp>
#include <phono/source/ceramic_cartridge.hpp>
#include <phono/stage/loading.hpp>

#include <string_view>

/// Whole preamps by name.
namespace phono::inline v0_2::preamps {

using namespace phono::literals;

/// The textbook input: 1 kOhm and 500 mH into 47 kOhm and 150 pF, then ideal RIAA.
inline constexpr auto magnetic_riaa = chain{cartridges::typical_magnetic, loading{.resistance = 47_kOhm, .capacitance = 150_pF}, riaa};
/// A Shure M97xE into the load its maker recommends, 47 kOhm and 250 pF, then ideal RIAA.
inline constexpr auto shure_m97xe_riaa =
    chain{cartridges::shure_m97xe, loading{.resistance = 47_kOhm, .capacitance = 100_pF, .cable = 150_pF}, riaa};
/// An AT-VM95E into 47 kOhm and 200 pF, then RIAA with the IEC's high-pass.
inline constexpr auto at_vm95e_riaa_iec =
    chain{cartridges::at_vm95e, loading{.resistance = 47_kOhm, .capacitance = 100_pF, .cable = 100_pF}, riaa_iec};
/// A Denon DL-103 into 100 ohms, voltage mode, then ideal RIAA.
inline constexpr auto denon_dl103_riaa = chain{cartridges::denon_dl103, loading{.resistance = 100_Ohm, .cable = 200_pF}, riaa};
/// A ceramic cartridge of 600 pF, lightly loaded (2.2 MOhm), without equaliser: its EMF follows displacement, which on an RIAA disc is
/// nearly flat. Source: H. Burstein, Loading the Piezoelectric Cartridge, Audio, March 1959.
inline constexpr auto ceramic_flat =
    chain{ceramic_cartridge{.output = 200_mV, .element = 600_pF}, loading{.resistance = 2.2_MOhm, .cable = 100_pF}};

}   // namespace phono::inline v0_2::preamps

namespace phono::inline v0_2::catalogue {

namespace sources {
inline constexpr std::string_view textbook = "textbook circuit, ideal equaliser";
}   // namespace sources

/// The preamps above.
inline constexpr list textbook_preamps{
    entry_of<preamps::magnetic_riaa>("Magnetic cartridge, 47k and 150 pF, RIAA", sources::textbook, chosen("*")),
    entry_of<preamps::shure_m97xe_riaa>("Shure M97xE, 47k and 250 pF, RIAA", "load: Shure user guide", said(), detail::added_cartridge),
    entry_of<preamps::at_vm95e_riaa_iec>("AT-VM95E, 47k and 200 pF, RIAA with IEC high-pass", sources::textbook, chosen("*")),
    entry_of<preamps::denon_dl103_riaa>("Denon DL-103, 100 Ohm, RIAA", sources::textbook, chosen("*")),
    entry_of<preamps::ceramic_flat>("Ceramic cartridge, 2.2 MOhm, no equaliser", "H. Burstein, Audio, March 1959",
                                    unverified("*", "typical values: the source gives the principle")),
};

/// Calls visit(entry) for every preamp without tubes.
constexpr void for_each_preamp(auto&& visit)
{
    textbook_preamps.for_each(visit);
    nachbaur_preamps.for_each(visit);
    published_preamps.for_each(visit);
    published_moving_coil_preamps.for_each(visit);
}

}   // namespace phono::inline v0_2::catalogue
