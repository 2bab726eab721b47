// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/units.hpp>

namespace phono::inline v0_2 {

/// The oversampling factor of a tube circuit: 1, 2, 4 or 8, or chosen by the rate (default_oversampling). 8 is for offline work: it takes
/// twice the time of 4 and is never chosen by itself.
enum class oversampling { automatic = 0, none = 1, twice = 2, four_times = 4, eight_times = 8 };

/// The default oversampling factor of a tube circuit: 4 below 40 kHz, 2 below 160 kHz, then 1.
///
/// At 80 kHz and above the aliases of a 10 kHz tone up to its sixth harmonic stay above 20 kHz, and at 160 kHz and above its third
/// harmonic is within 0.1 dB (tests/large_signal/tube_distortion_test: 0.16 dB at 96 kHz without oversampling). A valve driven into
/// clipping needs more.
[[nodiscard]] constexpr int default_oversampling(frequency rate) noexcept { return rate.si >= 160e3 ? 1 : rate.si >= 40e3 ? 2 : 4; }

}   // namespace phono::inline v0_2
