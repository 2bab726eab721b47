// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/list.hpp>
#include <phono/equaliser/curve.hpp>
#include <phono/literals.hpp>

#include <string_view>

/// The replay curves of discs. Shelf, turnover and treble corners are those of IASA TC-04, table 1 (microgroove replay
/// equalisation), unless another source is named; microseconds are 1/(2 pi f).
///
/// Each has 0 dB below its bass shelf, as a passive network has; tables and other programs have 0 dB at 1 kHz, which is normalised(riaa).
namespace phono::inline v0_2::curves {

using namespace phono::literals;

/// The shelf given to a curve whose standard has none, so that its gain at DC is finite: 10 Hz, below anything on such discs. It costs
/// 0.17 dB at 50 Hz and 0.04 dB at 100 Hz of a bass boost that would otherwise rise without limit.
inline constexpr duration documented_shelf = time_constant(10_Hz);

/// Every record since about 1955. It has -19.91 dB at 1 kHz, normalised(riaa) 0 dB. Source: RIAA 1954, IEC 60098: 3180, 318, 75 us.
inline constexpr curve riaa = disc_curve(3180_us, 318_us, 75_us);
/// RIAA with the 7950 us (20 Hz) high-pass that the IEC added for replay in the 1970s; it was never applied in recording.
inline constexpr curve riaa_iec = {.lags = {3180_us, 75_us}, .leads = {318_us}, .high_passes = {7950_us}};
/// RIAA with a 3.18 us (50 kHz) zero, the so-called Neumann pole. Source: Wright, Tube Preamp Cookbook. No cutting amplifier has it:
/// the SAL 74B is a second-order low-pass, 0.1 dB down at 20 kHz, where this "corrects" 0.64 dB. For those who want it.
inline constexpr curve riaa_3us18 = {.lags = {3180_us, 75_us}, .leads = {318_us, 3.18_us}};
/// DIN 45537 (1957), mono. Source: fukkokulab.com, EQ curves.
inline constexpr curve din_1957 = disc_curve(3180_us, 318_us, 50_us);
/// Audio Engineering Society, 1951.
inline constexpr curve aes = disc_curve(time_constant(50_Hz), time_constant(400_Hz), time_constant(2500_Hz));
/// Columbia long-playing records, 1948.
inline constexpr curve columbia_lp = disc_curve(time_constant(100_Hz), time_constant(500_Hz), time_constant(1590_Hz));
/// National Association of Broadcasters, 1942; no shelf of its own.
inline constexpr curve nab = disc_curve(documented_shelf, time_constant(500_Hz), time_constant(1590_Hz));
/// Decca and London full frequency range recordings on 78s, 1949. The treble is quoted as a roll-off from 3 kHz that is 5 dB down at
/// 10 kHz, gentler than first order: here it is the first-order roll-off that is 5 dB down at 10 kHz (6.8 kHz, 23.4 us).
inline constexpr curve ffrr_78 = disc_curve(time_constant(40_Hz), time_constant(250_Hz), 23.4_us);
/// Decca ffrr, 1951; no shelf of its own.
inline constexpr curve ffrr_1951 = disc_curve(documented_shelf, time_constant(300_Hz), time_constant(2120_Hz));
/// Decca and London ffrr long-playing records, 1953.
inline constexpr curve ffrr_lp = disc_curve(time_constant(100_Hz), time_constant(450_Hz), time_constant(3180_Hz));
/// RCA Victor New Orthophonic, 1952.
inline constexpr curve rca_orthophonic = disc_curve(time_constant(50_Hz), time_constant(500_Hz), time_constant(3180_Hz));
/// Bass turnover at 629 Hz only; no shelf of its own.
inline constexpr curve bass_629 = disc_curve(documented_shelf, time_constant(629_Hz), duration{});
/// Electrical 78s cut with a 250 Hz turnover and flat treble (early European practice); no shelf of its own.
/// Source: the turnovers of 250 to 1000 Hz in the Millennia LPE-2 manual, p. 13.
inline constexpr curve european_78 = disc_curve(documented_shelf, time_constant(250_Hz), duration{});
/// Early Brunswick 78s: 500 Hz, flat treble; no shelf of its own. Source: Millennia LPE-2 manual, p. 13 (300 to 500 Hz).
inline constexpr curve brunswick_78 = disc_curve(documented_shelf, time_constant(500_Hz), duration{});
/// Early Brunswick 78s with the treble 16 dB down at 10 kHz (100 us). Source: as brunswick_78.
inline constexpr curve brunswick_78_rolled = disc_curve(documented_shelf, time_constant(500_Hz), 100_us);
/// Capitol: 400 Hz, 12 dB down at 10 kHz (2.5 kHz); no shelf of its own. Source: Millennia LPE-2 manual, p. 13.
inline constexpr curve capitol = disc_curve(documented_shelf, time_constant(400_Hz), time_constant(2500_Hz));
/// Acoustic recordings: no equalisation. Source: Millennia LPE-2 manual, p. 13.
inline constexpr curve acoustic = disc_curve(duration{}, duration{}, duration{});

}   // namespace phono::inline v0_2::curves

namespace phono::inline v0_2 {

using curves::riaa;
using curves::riaa_iec;

}   // namespace phono::inline v0_2

namespace phono::inline v0_2::catalogue {

namespace sources {
inline constexpr std::string_view iasa = "IASA TC-04, table 1";
inline constexpr std::string_view millennia = "Millennia LPE-2 manual, p. 13";
}   // namespace sources

/// Every curve above.
inline constexpr list curves{
    entry_of<curves::riaa>("RIAA (3180/318/75 us)", "RIAA 1954, IEC 60098"),
    entry_of<curves::riaa_iec>("RIAA with the IEC 7950 us high-pass", "IEC 60098 amendment"),
    entry_of<curves::riaa_3us18>("RIAA with a 3.18 us zero", "A. Wright, Tube Preamp Cookbook"),
    entry_of<curves::din_1957>("DIN 45537, mono", "fukkokulab.com, EQ curves"),
    entry_of<curves::aes>("AES 1951", sources::iasa),
    entry_of<curves::columbia_lp>("Columbia LP", sources::iasa),
    entry_of<curves::nab>("NAB 1942", sources::iasa),
    entry_of<curves::ffrr_78>("Decca/London ffrr 1949 (78)", sources::iasa),
    entry_of<curves::ffrr_1951>("Decca ffrr 1951", sources::iasa),
    entry_of<curves::ffrr_lp>("Decca/London ffrr LP 1953", sources::iasa),
    entry_of<curves::rca_orthophonic>("RCA New Orthophonic", sources::iasa),
    entry_of<curves::bass_629>("629 Hz turnover", sources::iasa),
    entry_of<curves::european_78>("78, 250 Hz turnover, flat treble", sources::millennia),
    entry_of<curves::brunswick_78>("Early Brunswick 78, flat treble", sources::millennia),
    entry_of<curves::brunswick_78_rolled>("Early Brunswick 78, -16 dB at 10 kHz", sources::millennia),
    entry_of<curves::capitol>("Capitol", sources::millennia),
    entry_of<curves::acoustic>("Acoustic recording, no equalisation", sources::millennia),
};

/// Calls visit(entry) for every curve.
constexpr void for_each_curve(auto&& visit) { curves.for_each(visit); }

/// The curve with this name, or a null pointer.
[[nodiscard]] constexpr const entry<curve>* find_curve(std::string_view name) noexcept { return curves.find(name); }

}   // namespace phono::inline v0_2::catalogue
