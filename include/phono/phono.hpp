// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Phono preamplifiers from their schematics: composing them, running them, and the disc curves.
///
/// The rest has headers of its own: the catalogue's cartridges, triodes and whole preamps (<phono/catalogue/cartridges.hpp>,
/// <phono/catalogue/triodes.hpp>, <phono/catalogue/preamps.hpp>, <phono/catalogue/tube_preamps.hpp>, or all of it: <phono/catalogue.hpp>),
/// analysis (<phono/analysis/...>), the match of a cartridge to an input (<phono/match.hpp>), SPICE netlists (<phono/spice/spice.hpp>), and
/// values as text (<phono/print.hpp>).

// Checked before anything is included: an older standard would answer with a thousand messages about our own headers.
#if __cplusplus <= 201703L && !(defined(_MSVC_LANG) && _MSVC_LANG > 201703L)
#error "phono: this is a library for C++20: compile with -std=c++20 (CMake: target_compile_features(... cxx_std_20); MSVC: /std:c++20)"
#else

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"   // g++ compares our local names with a user's global ones

#include <phono/bank.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/chain.hpp>
#include <phono/equaliser.hpp>
#include <phono/filter/accuracy.hpp>
#include <phono/filter/biquads.hpp>
#include <phono/filter/design.hpp>
#include <phono/kernel/constant_kernel.hpp>
#include <phono/kernel/modal_kernel.hpp>
#include <phono/kernel/partial_fractions.hpp>
#include <phono/kernel/sample_range.hpp>
#include <phono/large_signal/tube_kernel.hpp>
#include <phono/literals.hpp>
#include <phono/mailbox.hpp>
#include <phono/network.hpp>
#include <phono/preamp.hpp>
#include <phono/running.hpp>
#include <phono/selector.hpp>
#include <phono/source.hpp>
#include <phono/stage.hpp>
#include <phono/tube.hpp>
#include <phono/tube_preamp.hpp>
#include <phono/tunable_preamp.hpp>
#include <phono/units.hpp>
#include <phono/version.hpp>

#pragma GCC diagnostic pop

#endif
