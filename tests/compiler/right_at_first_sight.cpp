// SPDX-License-Identifier: BSL-1.0
// What looks like a mistake and is none: each compiles, and means what it says.

#include <phono/phono.hpp>

#include <array>
#include <vector>

namespace {

// No name of the standard library's is in the way.
namespace all_names_at_once {

using namespace std;
using namespace phono;
using namespace phono::literals;

[[maybe_unused]] constexpr chain magnetic{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

}   // namespace all_names_at_once

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};
constexpr chain triode{voltage_source{}, common_cathode_stage{}};

// A whole number of times a value, and a whole number in a literal.
static_assert(2 * 47_kOhm == 94_kOhm && 47_kOhm * 2 == 94_kOhm && 47_kOhm / 2 == 23.5_kOhm);

// A block whose type depends on a field takes its values without names.
[[maybe_unused]] constexpr chain current{moving_coil_cartridge{}, common_base_stage{common_base{}, resistor{1_kOhm}}, follower{op_amp{}}};

// The far end of a capacitor may stay open: no current flows, and the whole voltage is there.
static_assert(!check(chain{voltage_source{}, series_arm{capacitor{1_uF}}}));

// Before the sampling rate is known: silent, which problem() says.
[[maybe_unused]] std::array<preamp<magnetic>, 2> stereo;
[[maybe_unused]] tunable_preamp<decltype(magnetic)> knobs;

// float, in each of the ways to spell it.
[[maybe_unused]] preamp<magnetic, float> constant{44.1_kHz};
[[maybe_unused]] tunable_preamp<decltype(magnetic), float> given{magnetic, 44.1_kHz};
[[maybe_unused]] tunable_preamp<chain<magnetic_cartridge, loading, curve>, float> spelled{magnetic, 44.1_kHz};

// A schematic with triodes is also a preamp: its small-signal model.
[[maybe_unused]] preamp<triode> small_signals{44.1_kHz};

// A rate far too low is a value like any other: the preamp is silent and problem() says why.
[[maybe_unused]] preamp<magnetic> hertz_for_kilohertz{44.1_Hz};

// Any container of the right samples; a pointer with a count of any integer type.
[[maybe_unused]] double play(preamp<magnetic>& left, std::vector<double>& block, double* samples, int count)
{
    left.process(block);
    left.process(samples, count);
    left.process(samples, block.size());
    left.process(samples, samples, count);
    running<magnetic, 96_kHz> local;   // designed when it was compiled
    return local(0.005f);
}

}   // namespace
