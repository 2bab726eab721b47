// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace phono {

/// The part that a block plays in a chain.
enum class signal_role {
    source,          ///< begins a chain: its EMF is the input
    cable,           ///< leads from the source to what reads it
    transformer,     ///< between the source and its loading
    load,            ///< stands across the source, before any stage
    current_input,   ///< reads the source's current: loads it by itself, with next to a short circuit
    stage,           ///< amplifies or filters
    equaliser,       ///< gives the disc's curve
};

}   // namespace phono
