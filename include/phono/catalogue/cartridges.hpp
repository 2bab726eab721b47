// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/cartridge_sheets.hpp>
#include <phono/catalogue/list.hpp>

#include <type_traits>

/// Cartridges by name, each made of what its maker states (cartridge_sheets.hpp, which says where every figure comes from and what is
/// unverified). Output is RMS at 1 kHz and 5 cm/s RMS of one groove wall, converted from the maker's words. An inductance that no source
/// gives is left out of moving coils.
namespace phono::inline v0_2::cartridges {

/// Shure M97xE.
inline constexpr magnetic_cartridge shure_m97xe = stated::shure_m97xe.magnetic();
/// Shure V15 Type III.
inline constexpr magnetic_cartridge shure_v15_iii = stated::shure_v15_iii.magnetic();
/// Shure V15 Type V.
inline constexpr magnetic_cartridge shure_v15_v = stated::shure_v15_v.magnetic();
/// Shure M44-7.
inline constexpr magnetic_cartridge shure_m44_7 = stated::shure_m44_7.magnetic();
/// Ortofon 2M Red.
inline constexpr magnetic_cartridge ortofon_2m_red = stated::ortofon_2m_red.magnetic();
/// Ortofon 2M Blue.
inline constexpr magnetic_cartridge ortofon_2m_blue = stated::ortofon_2m_blue.magnetic();
/// Ortofon 2M Bronze.
inline constexpr magnetic_cartridge ortofon_2m_bronze = stated::ortofon_2m_bronze.magnetic();
/// Ortofon 2M Black.
inline constexpr magnetic_cartridge ortofon_2m_black = stated::ortofon_2m_black.magnetic();
/// Audio-Technica AT-VM95E.
inline constexpr magnetic_cartridge at_vm95e = stated::at_vm95e.magnetic();
/// Audio-Technica VM540ML.
inline constexpr magnetic_cartridge at_vm540ml = stated::at_vm540ml.magnetic();
/// Nagaoka MP-110.
inline constexpr magnetic_cartridge nagaoka_mp110 = stated::nagaoka_mp110.magnetic();
/// Grado Prestige series.
inline constexpr magnetic_cartridge grado_prestige = stated::grado_prestige.magnetic();
/// Goldring 1042.
inline constexpr magnetic_cartridge goldring_1042 = stated::goldring_1042.magnetic();
/// Sumiko Moonstone.
inline constexpr magnetic_cartridge sumiko_moonstone = stated::sumiko_moonstone.magnetic();
/// Typical magnetic cartridge.
inline constexpr magnetic_cartridge typical_magnetic = stated::typical_magnetic.magnetic();
/// Denon DL-103.
inline constexpr moving_coil_cartridge denon_dl103 = stated::denon_dl103.moving_coil();
/// Denon DL-103R.
inline constexpr moving_coil_cartridge denon_dl103r = stated::denon_dl103r.moving_coil();
/// Denon DL-103D.
inline constexpr moving_coil_cartridge denon_dl103d = stated::denon_dl103d.moving_coil();
/// Denon DL-110.
inline constexpr moving_coil_cartridge denon_dl110 = stated::denon_dl110.moving_coil();
/// Audio-Technica AT-OC9XML.
inline constexpr moving_coil_cartridge at_oc9xml = stated::at_oc9xml.moving_coil();
/// Lyra Delos.
inline constexpr moving_coil_cartridge lyra_delos = stated::lyra_delos.moving_coil();
/// Koetsu Rosewood.
inline constexpr moving_coil_cartridge koetsu_rosewood = stated::koetsu_rosewood.moving_coil();
/// Ortofon MC2000.
inline constexpr moving_coil_cartridge ortofon_mc2000 = stated::ortofon_mc2000.moving_coil();
/// Ortofon Cadenza Red.
inline constexpr moving_coil_cartridge ortofon_cadenza_red = stated::ortofon_cadenza_red.moving_coil();
/// Ortofon Cadenza Blue.
inline constexpr moving_coil_cartridge ortofon_cadenza_blue = stated::ortofon_cadenza_blue.moving_coil();
/// Ortofon Cadenza Bronze.
inline constexpr moving_coil_cartridge ortofon_cadenza_bronze = stated::ortofon_cadenza_bronze.moving_coil();
/// Ortofon Cadenza Black.
inline constexpr moving_coil_cartridge ortofon_cadenza_black = stated::ortofon_cadenza_black.moving_coil();
/// Ortofon Quintet Blue.
inline constexpr moving_coil_cartridge ortofon_quintet_blue = stated::ortofon_quintet_blue.moving_coil();
/// Ortofon Quintet Bronze.
inline constexpr moving_coil_cartridge ortofon_quintet_bronze = stated::ortofon_quintet_bronze.moving_coil();
/// Ortofon SPU Classic.
inline constexpr moving_coil_cartridge ortofon_spu_classic = stated::ortofon_spu_classic.moving_coil();
/// Dynavector XX-2.
inline constexpr moving_coil_cartridge dynavector_xx2 = stated::dynavector_xx2.moving_coil();
/// Dynavector 20X2 L.
inline constexpr moving_coil_cartridge dynavector_20x2l = stated::dynavector_20x2l.moving_coil();
/// Dynavector 20X2 H.
inline constexpr moving_coil_cartridge dynavector_20x2h = stated::dynavector_20x2h.moving_coil();
/// Hana ML.
inline constexpr moving_coil_cartridge hana_ml = stated::hana_ml.moving_coil();
/// Hana SL.
inline constexpr moving_coil_cartridge hana_sl = stated::hana_sl.moving_coil();
/// Hana SH.
inline constexpr moving_coil_cartridge hana_sh = stated::hana_sh.moving_coil();
/// Hana EH.
inline constexpr moving_coil_cartridge hana_eh = stated::hana_eh.moving_coil();
/// Rega Ania.
inline constexpr moving_coil_cartridge rega_ania = stated::rega_ania.moving_coil();
/// Sumiko Celebration II.
inline constexpr moving_coil_cartridge sumiko_celebration_2 = stated::sumiko_celebration_2.moving_coil();
/// EMT TSD 15.
inline constexpr moving_coil_cartridge emt_tsd15 = stated::emt_tsd15.moving_coil();

}   // namespace phono::inline v0_2::cartridges

namespace phono::inline v0_2::catalogue {

namespace detail {

/// The entry of a cartridge: title, source and origins are those of its sheet, which has the same name.
template <const auto& cartridge>
[[nodiscard]] constexpr auto from_sheet() noexcept
{
    const auto& sheet = *find_cartridge_sheet(identifier<cartridge>());
    return entry<std::remove_cvref_t<decltype(cartridge)>>{sheet.name, sheet.title, sheet.source, cartridge, sheet.origins};
}

}   // namespace detail

/// Every cartridge above.
inline constexpr list cartridges{
    detail::from_sheet<cartridges::shure_m97xe>(),
    detail::from_sheet<cartridges::shure_v15_iii>(),
    detail::from_sheet<cartridges::shure_v15_v>(),
    detail::from_sheet<cartridges::shure_m44_7>(),
    detail::from_sheet<cartridges::ortofon_2m_red>(),
    detail::from_sheet<cartridges::ortofon_2m_blue>(),
    detail::from_sheet<cartridges::ortofon_2m_bronze>(),
    detail::from_sheet<cartridges::ortofon_2m_black>(),
    detail::from_sheet<cartridges::at_vm95e>(),
    detail::from_sheet<cartridges::at_vm540ml>(),
    detail::from_sheet<cartridges::nagaoka_mp110>(),
    detail::from_sheet<cartridges::grado_prestige>(),
    detail::from_sheet<cartridges::goldring_1042>(),
    detail::from_sheet<cartridges::sumiko_moonstone>(),
    detail::from_sheet<cartridges::typical_magnetic>(),
    detail::from_sheet<cartridges::denon_dl103>(),
    detail::from_sheet<cartridges::denon_dl103r>(),
    detail::from_sheet<cartridges::denon_dl103d>(),
    detail::from_sheet<cartridges::denon_dl110>(),
    detail::from_sheet<cartridges::at_oc9xml>(),
    detail::from_sheet<cartridges::lyra_delos>(),
    detail::from_sheet<cartridges::koetsu_rosewood>(),
    detail::from_sheet<cartridges::ortofon_mc2000>(),
    detail::from_sheet<cartridges::ortofon_cadenza_red>(),
    detail::from_sheet<cartridges::ortofon_cadenza_blue>(),
    detail::from_sheet<cartridges::ortofon_cadenza_bronze>(),
    detail::from_sheet<cartridges::ortofon_cadenza_black>(),
    detail::from_sheet<cartridges::ortofon_quintet_blue>(),
    detail::from_sheet<cartridges::ortofon_quintet_bronze>(),
    detail::from_sheet<cartridges::ortofon_spu_classic>(),
    detail::from_sheet<cartridges::dynavector_xx2>(),
    detail::from_sheet<cartridges::dynavector_20x2l>(),
    detail::from_sheet<cartridges::dynavector_20x2h>(),
    detail::from_sheet<cartridges::hana_ml>(),
    detail::from_sheet<cartridges::hana_sl>(),
    detail::from_sheet<cartridges::hana_sh>(),
    detail::from_sheet<cartridges::hana_eh>(),
    detail::from_sheet<cartridges::rega_ania>(),
    detail::from_sheet<cartridges::sumiko_celebration_2>(),
    detail::from_sheet<cartridges::emt_tsd15>(),
};

/// Calls visit(entry) for every cartridge.
constexpr void for_each_cartridge(auto&& visit) { cartridges.for_each(visit); }

}   // namespace phono::inline v0_2::catalogue
