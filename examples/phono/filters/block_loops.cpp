// SPDX-License-Identifier: BSL-1.0
#include "filters/block_loops.hpp"

template class phono::detail::block_choice<double, phono::detail::usual_loops<phono::detail::block_layout<double>::most_states>>;
template class phono::detail::block_choice<float, phono::detail::usual_loops<phono::detail::block_layout<float>::most_states>>;
