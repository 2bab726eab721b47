// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace phono::inline v0_2 {

/// The role that a block has in a chain.
enum class signal_role {
    source,          ///< begins a chain: its EMF is the input
    cable,           ///< leads from the source to its load or first stage
    transformer,     ///< between the source and its loading
    load,            ///< stands across the source, before any stage
    current_input,   ///< reads the source's current: is itself the load, almost a short circuit
    stage,           ///< amplifies or filters
    equaliser,       ///< equalises the disc's recording curve
};

}   // namespace phono::inline v0_2
