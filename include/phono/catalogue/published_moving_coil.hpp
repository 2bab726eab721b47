// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/list.hpp>
#include <phono/chain/chain.hpp>
#include <phono/network/parts.hpp>
#include <phono/stage/amplifier_stage.hpp>
#include <phono/stage/arms.hpp>
#include <phono/stage/loading.hpp>
#include <phono/stage/step_up_transformer.hpp>
#include <phono/stage/transimpedance_stage.hpp>

/// Inputs for moving coils, each published in part, by its values or its specifications. Each is followed by an ideal RIAA; the cartridge
/// is one that suits it, not part of it.
namespace phono::inline v0_2::preamps {

using namespace phono::literals;

namespace published {

/// W. M. Leach's head amp by its published data: 26 dB (+-1 dB), 100 ohms in, 2000 ohms out, -3 dB at 150 kHz. Derived: 26 dB is taken as
/// the gain without load, and the bass, published as -3 dB below 1 Hz, extends to DC.
inline constexpr op_amp leach_head_amp{.gain = 26_dB, .corner = 150_kHz, .input_resistance = 100_Ohm, .output_resistance = 2_kOhm};

/// Sowter 8055 by its published 1:10, 0.72 and 102 ohms. Derived: both inductances, from the published +-0.25 dB, 10 Hz to 70 kHz, between
/// 3 ohms and 3 kOhm with 150 pF. 220 mH is about the least that meets the bass figure (-0.24 dB at 10 Hz); the leakage is hardly
/// determined by them.
inline constexpr step_up_transformer sowter_8055{
    .ratio = 10.0, .primary_resistance = 0.72_Ohm, .secondary_resistance = 102_Ohm, .magnetising = 220_mH, .leakage = 10_uH};

/// Hagtech's input: published 85 dB of open-loop gain at 1 kHz. Derived: 17.8 MHz from these, for one pole. Assumed: 120 dB at DC.
inline constexpr op_amp hagtech_amplifier{.gain = 120_dB, .corner = corner_of(120_dB, 17.8_MHz)};

/// OP27G: 1.5 million (123.5 dB), 8 MHz. Source: Analog Devices OP27 data sheet, electrical characteristics.
inline constexpr op_amp op27{.gain = 123.5_dB, .corner = corner_of(123.5_dB, 8_MHz)};

}   // namespace published

/// Leach's head amp for a DL-103, into the 47 kOhm of a preamp for magnetic cartridges.
///
/// Source: W. M. Leach, Audio, February 1978, table of data, via gammaelectronics.xyz/audio_02-1978_mc-phono_pre-preamp.html; its internal
/// circuit is not modelled.
inline constexpr auto leach_head_amp =
    chain{cartridges::denon_dl103, amplifier_stage{published::leach_head_amp}, shunt_arm{resistor{47_kOhm}}, riaa};

/// A Sowter 8055 for a DL-103R, 14 ohms of the published 5 to 15, into 47 kOhm and 150 pF.
///
/// Source: Sowter, sowter.co.uk/specs/8055.htm; inductances derived.
inline constexpr auto sowter_8055 =
    chain{cartridges::denon_dl103r, published::sowter_8055, loading{.resistance = 47_kOhm, .capacitance = 150_pF}, riaa};

/// A current input as Hagtech describes his: 100 ohms of feedback, an input of about 6 milliohms, here for a Koetsu of 5 ohms.
///
/// Source: Hagtech in "Higher Impedance MC Carts on Transimpedance Stages?", Audiogon forum. His own circuit was not seen.
inline constexpr auto hagtech_transimpedance =
    chain{cartridges::koetsu_rosewood, transimpedance_stage{published::hagtech_amplifier, resistor{100_Ohm}}, riaa};

/// RJM's Phonoclone, first stage: the coil is the input resistor of an inverting OP27. 14 ohms (a DL-103R) and 560 ohms: 32.0 dB. The ideal
/// curve replaces its inverting RIAA stage, whose values were not found.
///
/// Source: RJM Audio, phonoclone.com/diy-pho4.html: the circuit; OP27G: diyaudio.com thread 50476. The 560 ohms are second-hand.
inline constexpr auto rjm_phonoclone = chain{cartridges::denon_dl103r, transimpedance_stage{published::op27, resistor{560_Ohm}}, riaa};

}   // namespace phono::inline v0_2::preamps

namespace phono::inline v0_2::catalogue {

/// Every preamp above.
inline constexpr list published_moving_coil_preamps{
    entry_of<preamps::leach_head_amp>("Leach's head amp with a DL-103, 47k, RIAA", "W. M. Leach, Audio, February 1978", said(),
                                      detail::added_cartridge),
    entry_of<preamps::sowter_8055>(
        "Sowter 8055 1:10 with a DL-103R, 47k and 150 pF, RIAA", "sowter.co.uk/specs/8055.htm; inductances derived", said(),
        derived("step_up_transformer.magnetising step_up_transformer.leakage", "from the published response"), detail::added_cartridge),
    entry_of<preamps::hagtech_transimpedance>(
        "Hagtech's trans-impedance input with a Koetsu, RIAA", "Hagtech, Audiogon forum; DC gain assumed", said(),
        chosen("op_amp*", "120 dB at DC; the bandwidth from the published 85 dB at 1 kHz"), detail::added_cartridge),
    entry_of<preamps::rjm_phonoclone>("RJM Phonoclone's first stage with a DL-103R, RIAA",
                                      "RJM Audio, phonoclone.com/diy-pho4.html; 560 ohms second-hand", said(), unverified("resistor"),
                                      detail::added_cartridge, detail::typical_op_amp),
};

}   // namespace phono::inline v0_2::catalogue
