// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/curves.hpp>

#include <string_view>

namespace phono::inline v0_2::catalogue {

/// What another source says of a curve of the catalogue.
struct rival {
    std::string_view of;       ///< a curve's name
    std::string_view title;    ///< the other reading
    std::string_view source;   ///< who says so
    curve other;
};

/// Every curve on which sources differ.
inline constexpr rival rivals[] = {
    {"aes", "no bass shelf", sources::audacity, curves::aes_unshelved},
    {"aes_unshelved", "a shelf of 50 Hz", sources::iasa, curves::aes},
    {"ffrr_78", "300 Hz and 25 us", "Audacity, table 1, after Copeland and the British Library", curves::decca_78},
    {"decca_78", "250 Hz, a shelf of 40 Hz, 5 dB down at 10 kHz", sources::iasa, curves::ffrr_78},
    {"ffrr_lp", "500 Hz", "W. Leister, ARSC Journal 48:2, 2017, by Audacity's table 1", curves::london_lp},
    {"london_lp", "450 Hz", sources::iasa, curves::ffrr_lp},
    {"rca_orthophonic", "50 us treble", sources::iasa,
     disc_curve(time_constant(frequency{50.0}), time_constant(frequency{500.0}), time_constant(frequency{3180.0}))},
    {"rca_78", "500 Hz and 75 us, as Moyer of RCA has it", sources::audacity_moyer, curves::rca_old_orthophonic},
    {"european_78", "300 Hz", "P. Copeland, by Audacity's fine tuning", curves::blumlein_78},
    {"blumlein_78", "250 Hz", "Graumann, by Audacity's fine tuning", curves::european_78},
    {"brunswick_78", "16 dB down at 10 kHz", sources::millennia, curves::brunswick_78_rolled},
    {"brunswick_78_rolled", "flat treble", sources::millennia, curves::brunswick_78},
    {"telefunken_78", "ffrr, for discs made by Decca", "Audacity, table 2", curves::decca_78},
};

/// How far one curve is above another at a frequency, both 0 dB at 1 kHz, in decibels.
[[nodiscard]] constexpr gain difference(const curve& one, const curve& other, frequency at) noexcept
{
    const auto level = [&](const curve& c) { return math::decibels(math::abs(normalised(c).transfer()({0.0, angular(at).si}))); };
    return gain{level(other) - level(one)};
}

/// Where two curves differ most, and by how much.
struct widest_gap {
    frequency at{};
    gain difference{};
};

/// The largest of the differences at 50 Hz, where a shelf and a turnover show, and at 10 kHz, where tables quote the treble: how far `other`
/// is above `one`, both 0 dB at 1 kHz.
[[nodiscard]] constexpr widest_gap gap_between(const curve& one, const curve& other) noexcept
{
    const frequency bass{50.0}, treble{10e3};
    const gain low = difference(one, other, bass), high = difference(one, other, treble);
    const bool is_low = math::abs(low.decibels) >= math::abs(high.decibels);
    return is_low ? widest_gap{bass, low} : widest_gap{treble, high};
}

}   // namespace phono::inline v0_2::catalogue
