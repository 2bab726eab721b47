// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/figures.hpp>
#include <phono/catalogue/list.hpp>
#include <phono/equaliser/curve.hpp>
#include <phono/literals.hpp>

#include <string_view>

/// The replay curves of discs. Sources: "IASA", corners in hertz of IASA TC-04, table 1 (microgroove replay equalisation), microseconds
/// being 1/(2 pi f); "Audacity", time constants of table 1 of Audacity's page on playback equalisation (github.com/audacity/audacity-support,
/// additional-resources/eq-curves, commit 01f1a23), which follows H. O. Graumann, Funkschau 15/1958, and for RCA R. C. Moyer, Audio
/// Engineering, July 1953; others are named. Where sources differ, rivals.hpp says by how much.
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
/// Audio Engineering Society, 1951, with IASA's shelf of 50 Hz.
inline constexpr curve aes = disc_curve(time_constant(50_Hz), time_constant(400_Hz), time_constant(2500_Hz));
/// The same as Graumann has it: no shelf of its own. Source: Audacity.
inline constexpr curve aes_unshelved = disc_curve(documented_shelf, 398_us, 63.7_us);
/// Columbia long-playing records, 1948.
inline constexpr curve columbia_lp = disc_curve(time_constant(100_Hz), time_constant(500_Hz), time_constant(1590_Hz));
/// National Association of Broadcasters, 1942; no shelf of its own.
inline constexpr curve nab = disc_curve(documented_shelf, time_constant(500_Hz), time_constant(1590_Hz));
/// National Association of Broadcasters (NARTB), standard of 1949: the same with a shelf. Source: Audacity.
inline constexpr curve nartb_1949 = disc_curve(3180_us, 318_us, 100_us);
/// Decca and London full frequency range recordings on 78s, 1949. The treble is quoted as a roll-off from 3 kHz that is 5 dB down at
/// 10 kHz, gentler than first order: here it is the first-order roll-off that is 5 dB down at 10 kHz (6.8 kHz, 23.4 us).
inline constexpr curve ffrr_78 = disc_curve(time_constant(40_Hz), time_constant(250_Hz), 23.4_us);
/// The same discs by Copeland and the British Library, whose treble is first order from the start; no shelf of its own. Source: Audacity.
inline constexpr curve decca_78 = disc_curve(documented_shelf, 531_us, 25_us);
/// Decca ffrr, 1951; no shelf of its own.
inline constexpr curve ffrr_1951 = disc_curve(documented_shelf, time_constant(300_Hz), time_constant(2120_Hz));
/// Decca and London ffrr long-playing records, 1953.
inline constexpr curve ffrr_lp = disc_curve(time_constant(100_Hz), time_constant(450_Hz), time_constant(3180_Hz));
/// Decca and London long-playing records, 1949 to 1956, by Graumann and by W. Leister, The London Curve, ARSC Journal 48:2, 2017. Source:
/// Audacity.
inline constexpr curve london_lp = disc_curve(1590_us, 318_us, 50_us);
/// RCA Victor New Orthophonic, August 1952: what became RIAA. Source: Audacity, after Moyer.
inline constexpr curve rca_orthophonic = riaa;
/// RCA's long-playing records until August 1952 (Old Orthophonic), and its 78s of 1931 to 1952 by Moyer; no shelf of its own. Source:
/// Audacity.
inline constexpr curve rca_old_orthophonic = disc_curve(documented_shelf, 318_us, 75_us);
/// RCA's 45s until August 1952; no shelf of its own. Source: Audacity.
inline constexpr curve rca_45 = disc_curve(documented_shelf, 200_us, 75_us);
/// RCA's 78s of 1941 to 1947 as an equaliser's 800 Hz and -8 dB have them; no shelf of its own. Source: Audacity, which computed both
/// constants.
inline constexpr curve rca_78 = disc_curve(documented_shelf, 199_us, 36.7_us);
/// American Columbia's 78s, 1938 to 1948; no shelf of its own. Source: Audacity.
inline constexpr curve columbia_78 = disc_curve(documented_shelf, 530_us, 100_us);
/// American 78s of 1926 to 1951, 250 Hz and about 6 dB down at 10 kHz; no shelf of its own. Source: Audacity (5900 Hz, 27 us).
inline constexpr curve american_78 = disc_curve(documented_shelf, 636_us, 27_us);
/// The same, about 8 dB down at 10 kHz. Source: Audacity (4400 Hz).
inline constexpr curve american_78_rolled = disc_curve(documented_shelf, 636_us, time_constant(4400_Hz));
/// British 78s cut by Blumlein's system, 1927 to 1946: 300 Hz, flat treble; no shelf of its own. Source: Audacity.
inline constexpr curve blumlein_78 = disc_curve(documented_shelf, 531_us, duration{});
/// Telefunken, Ultraphon, Supraphon and Turicaphon 78s: 400 Hz, flat treble; no shelf of its own. Source: Audacity (400N-0).
inline constexpr curve telefunken_78 = disc_curve(documented_shelf, 398_us, duration{});
/// Philips 78s to 1953: 400 Hz, 6 dB down at 10 kHz; no shelf of its own. Source: Audacity, table 2 (400N-6); its 6 dB as in american_78.
inline constexpr curve philips_78 = disc_curve(documented_shelf, 398_us, 27_us);
/// German 78s, CCIR recommendation 134 (1953); no shelf of its own. Source: Audacity.
inline constexpr curve ccir_78 = disc_curve(documented_shelf, 450_us, 50_us);
/// European 78s from 1955, IEC N78 and BS 1928. Source: Audacity.
inline constexpr curve iec_n78 = disc_curve(3180_us, 450_us, 50_us);
/// Bass turnover at 629 Hz only; no shelf of its own.
inline constexpr curve bass_629 = disc_curve(documented_shelf, time_constant(629_Hz), duration{});
/// European 78s of 1926 to 1946, cut with a 250 Hz turnover and flat treble; no shelf of its own. Source: Audacity, after Graumann.
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
inline constexpr std::string_view audacity = "Audacity, playback equalisation, table 1, after Graumann, Funkschau 15/1958";
inline constexpr std::string_view audacity_moyer = "Audacity, playback equalisation, table 1, after Moyer, Audio Engineering 7/1953";
}   // namespace sources

namespace detail {
inline constexpr origin library_shelf = chosen("shelf", "the library's 10 Hz, where the standard has no shelf");
}   // namespace detail

/// Every curve above. Its figures are named shelf, turnover, treble, and what else a curve may have.
inline constexpr list curves{
    entry_of<curves::riaa>("RIAA (3180/318/75 us)", "RIAA 1954, IEC 60098", said()),
    entry_of<curves::riaa_iec>("RIAA with the IEC 7950 us high-pass", "IEC 60098 amendment", said()),
    entry_of<curves::riaa_3us18>("RIAA with a 3.18 us zero", "A. Wright, Tube Preamp Cookbook", said()),
    entry_of<curves::din_1957>("DIN 45537, mono", "fukkokulab.com, EQ curves", said()),
    entry_of<curves::aes>("AES 1951", sources::iasa, said()),
    entry_of<curves::aes_unshelved>("AES 1951 without shelf", sources::audacity, said(), detail::library_shelf),
    entry_of<curves::columbia_lp>("Columbia LP", sources::iasa, said()),
    entry_of<curves::nab>("NAB 1942", sources::iasa, said(), detail::library_shelf),
    entry_of<curves::nartb_1949>("NAB (NARTB) 1949", sources::audacity, said()),
    entry_of<curves::ffrr_78>("Decca/London ffrr 1949 (78)", sources::iasa, said(),
                              derived("treble", "5 dB down at 10 kHz, as a first-order roll-off")),
    entry_of<curves::decca_78>("Decca/London ffrr 78", sources::audacity, said(), detail::library_shelf),
    entry_of<curves::ffrr_1951>("Decca ffrr 1951", sources::iasa, said(), detail::library_shelf),
    entry_of<curves::ffrr_lp>("Decca/London ffrr LP 1953", sources::iasa, said()),
    entry_of<curves::london_lp>("Decca/London LP 1949", sources::audacity, said()),
    entry_of<curves::rca_orthophonic>("RCA New Orthophonic", sources::audacity_moyer, said()),
    entry_of<curves::rca_old_orthophonic>("RCA Old Orthophonic", sources::audacity_moyer, said(), detail::library_shelf),
    entry_of<curves::rca_45>("RCA 45", sources::audacity_moyer, said(), detail::library_shelf),
    entry_of<curves::rca_78>("Old RCA 78", sources::audacity, said(), detail::library_shelf),
    entry_of<curves::columbia_78>("Columbia 78", sources::audacity, said(), detail::library_shelf),
    entry_of<curves::american_78>("American 78, -6 dB at 10 kHz", sources::audacity, said(), detail::library_shelf),
    entry_of<curves::american_78_rolled>("American 78, -8 dB at 10 kHz", sources::audacity, said(), detail::library_shelf),
    entry_of<curves::bass_629>("629 Hz turnover", sources::iasa, said(), detail::library_shelf),
    entry_of<curves::european_78>("European 78, 250 Hz turnover, flat treble", sources::audacity, said(), detail::library_shelf),
    entry_of<curves::blumlein_78>("Blumlein 78, 300 Hz turnover, flat treble", sources::audacity, said(), detail::library_shelf),
    entry_of<curves::telefunken_78>("Telefunken 78, 400 Hz turnover, flat treble", sources::audacity, said(), detail::library_shelf),
    entry_of<curves::philips_78>("Philips 78", "Audacity, playback equalisation, table 2", said(), detail::library_shelf,
                                 derived("treble", "6 dB at 10 kHz, as in american_78")),
    entry_of<curves::ccir_78>("CCIR 78", sources::audacity, said(), detail::library_shelf),
    entry_of<curves::iec_n78>("IEC N78, BS 1928", sources::audacity, said()),
    entry_of<curves::brunswick_78>("Early Brunswick 78, flat treble", sources::millennia, said(), detail::library_shelf),
    entry_of<curves::brunswick_78_rolled>("Early Brunswick 78, -16 dB at 10 kHz", sources::millennia, said(), detail::library_shelf),
    entry_of<curves::capitol>("Capitol", sources::millennia, said(), detail::library_shelf),
    entry_of<curves::acoustic>("Acoustic recording, no equalisation", sources::millennia, said()),
};

/// Another name of a curve.
struct curve_alias {
    std::string_view name, of;
};
/// The names under which a curve is looked for beside its own.
inline constexpr curve_alias curve_aliases[] = {
    {"teldec", "din_1957"},    {"flat_500", "brunswick_78"},
    {"bs_1928", "iec_n78"},    {"nab_1949", "nartb_1949"},
    {"aes_1951", "aes"},       {"nab_1942", "nab"},
    {"capitol_78", "capitol"}, {"new_orthophonic", "rca_orthophonic"},
    {"london_78", "decca_78"}, {"old_orthophonic", "rca_old_orthophonic"},
};

/// Calls visit(entry) for every curve.
constexpr void for_each_curve(auto&& visit) { curves.for_each(visit); }

/// The curve with this name or alias, or a null pointer.
[[nodiscard]] constexpr const entry<curve>* find_curve(std::string_view name) noexcept
{
    for (const curve_alias& alias : curve_aliases)
        if (alias.name == name) return curves.find(alias.of);
    return curves.find(name);
}

}   // namespace phono::inline v0_2::catalogue
