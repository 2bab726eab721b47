// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/block_choice.hpp>
#include <phono/kernel/block_layout.hpp>
#include <phono/kernel/sized_modes.hpp>

// The loops over blocks of filters of any size take a compiler six seconds, and thirty tests run them: block_loops.cpp compiles them once.
extern template class phono::detail::block_choice<double, phono::detail::usual_loops<phono::detail::block_layout<double>::most_states>>;
extern template class phono::detail::block_choice<float, phono::detail::usual_loops<phono::detail::block_layout<float>::most_states>>;
